"""Whom a letter greets, and what its head says of whom it is about."""

import re

TOP = 4_000  # characters at the head of a letter, where it says whom it is about and greets
_WORKERS = (
    r"(?:[A-Z]\w+ ){0,3}(?:Dr|Doctor|Prof|Professor|Colleagues?|Sirs?|Madam|Teams?|All|GP|Cllr|Councillor|MP|Sheriff|Reporter|Sergeant|Constable|Inspector"
    r"|Managers?|Officers?|Panel|Board|Committee|Nurses?|Matron|Worker|Workers|Registrar|Pharmacist|SENCo|both|Chair)\b"
)
GREETS = ("Dear ", "Hello ", "Hi ", "Annwyl ")
_TO_PROFESSIONAL = re.compile(rf"(?m)^\w+ (?:{_WORKERS}|[^\n,]{{3,30}}, {_WORKERS})")
# A note without a greeting: "To: Resource Panel", "FAO Duty Social Worker".
_NOTE_TO_PROFESSIONAL = re.compile(
    rf"(?m)^(?:To|FAO|fao|Attn|For the attention of)\b:? (?:the )?(?:{_WORKERS}|[^\n]*\b(?:Nurse|Worker|Service|Services|Housing|Council|Practice|Outreach|Court|Centre|School)\b)"
)
# The line under the greeting: "Mrs Olwen Hopkin, 4 Chapel Terrace".
SUBJECT_BELOW = re.compile(
    r"(?m)^Dear [^\n]{2,60}\n\s*((?:(?:Mr|Mrs|Ms|Miss|Mx|Master)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*){1,3})(?=, (?:[^\n]{0,40}\b\d|[^\n.]{3,40}$)|$| \d| and (?:children|baby|twins|family) )"
)
_TO_SOMEBODY = re.compile(rf"(?m)^\w+ (?!{_WORKERS})[A-Z]")
_OF_SOMEBODY = re.compile(
    r"(?im)^\W{0,3}(?:re|ref|patient|client|name|child|children|siblings|victim|pupil|tenant|offender|subject|applicant|claimant)\b.{0,20}[:-]|\bon behalf of (?:Mr|Mrs|Ms|Miss)\b|\bthank(?:s| you)\b[^.\n]{0,24} for (?:seeing|referring|accepting|taking on|agreeing to (?:see|take|pick|visit)|asking (?:me|us) to (?:see|review|visit|assess)|sending (?:along |me |us )?(?:this|mr|mrs|ms|miss)|sending (?!it|this|that|the|your|in|me|us|them|on|back|over)[a-z’'-]+ (?:to (?:us|me|see)|along|our way|my way)\b)\b|\b(?:about|regarding|behalf of) (?:mr|mrs|ms|miss)\b[^\n,.]{3,40},? (?:\d\d\b|who\b|born\b|aged\b)|\bthis (?:[a-z-]+ ){0,3}(?:lady|gentleman|woman|man|boy|girl|patient|\d+)\b|\b(?:d\.?o\.?b\b|born\b|nhs n|nhs \d|chi \d|chi n|aged \d|, \d\d ?(?:yrs?|years)\b)"
)
CLIENT_TITLES = {
    "mrs": "f",
    "miss": "f",
    "ms": "f",
    "mr": "m",
    "master": "m",
    "lady": "f",
    "woman": "f",
    "girl": "f",
    "gentleman": "m",
    "man": "m",
    "boy": "m",
    "lad": "m",
    "chap": "m",
    "fellow": "m",
    "lass": "f",
}


def is_about_client(text: str, you: int, they: int, is_old_voice: bool) -> bool:
    """Say whether a letter as a whole speaks about the client, and not to them.

    Args:
        text: the letter.
        you: how often it says "you".
        they: how often it says "she", "the patient" and the like.
        is_old_voice: it talks as one professional to another somewhere.
    """
    if they < you:
        return False
    greets = greetings(text)
    is_of_somebody = bool(_OF_SOMEBODY.search(text, 0, TOP) or SUBJECT_BELOW.search(text, 0, TOP))
    is_note = not greets and bool(_NOTE_TO_PROFESSIONAL.search(text, 0, TOP))
    if is_note or (_TO_PROFESSIONAL.search(greets) and (is_of_somebody or they > you + 1)):
        return True
    is_family = is_to_family(text, greets)
    is_of_another = is_of_somebody and not is_family
    if they <= 2 * you - is_of_another or (you and they <= (2 if is_of_another else 5)):
        return False
    if not you or not _TO_SOMEBODY.search(greets) or is_of_another:
        return True
    # "Dear Mr Pettigrew, Thank you for having Dylan to stay": to a carer, about somebody else
    return they > 4 * you if is_old_voice else they > 8 * you and not is_family


def greetings(text: str) -> str:
    """Return the lines in the head of a letter that greet."""
    said = text[:TOP].replace(" / Dear ", "\nDear ").split("\n")  # "Annwyl Gethin / Dear Gethin"
    greets = [line.strip() for line in said if line.lstrip().startswith(GREETS)]
    bare = None if greets else _BARE.search(text, 0, TOP)
    return f"Dear {bare[1]}" if bare else "\n".join(greets)


def is_to_family(text: str, greets: str) -> bool:
    """Say whether a letter greets two people, or speaks of their child.

    Args:
        text: the letter.
        greets: its `greetings`.
    """
    if any(word in text for word in _CHILD_WORDS) and _OF_THEIR_CHILD.search(text, 0, TOP):
        return True
    if "To " in text and _TO_FAMILY.search(text, 0, TOP):
        return True
    return bool(TWO_GREETED.search(greets))


_BARE = re.compile(r"(?m)^((?:Mr|Mrs|Ms|Miss) [A-Z][\w’'-]+),?\n\n")  # "Mr Beddoes", and nothing else
TWO_GREETED = re.compile(r"(?m)^\w+ (?!Drs?\b)(?:[A-Z][\w’'.-]+ ){1,3}(?:and|&) (?!Dr\b)[A-Z]")
_NAME_GREETED = re.compile(r"(?m)^\w+ (?:(?:Mr|Mrs|Ms|Miss|Mx)\.? )?([A-Z][\w’'-]+)\s*[,!]?\s*$")
_TITLE_GREETED = re.compile(r"(?m)^\w+ (Mrs|Miss|Ms|Mr)\b")
_ADDRESSED = re.compile(r"(?m)^[ \t]*(Mrs|Miss|Ms|Mr)\.? ([A-Z][\w’'-]+) ([A-Z][\w’'-]+)(?=,|$)")
_CHILD_WORDS = (" son", " daughter", " child", " bringing ")
_OF_THEIR_CHILD = re.compile(r"\b[Yy]our (?:[a-z-]+ ){0,2}(?:son|daughter|child)\b|\b[Tt]hank you for bringing [A-Z]")
_TO_FAMILY = re.compile(
    r"\bTo (?:the )?(?:parents?|family|mother|father|carers?|guardians?) of [A-Z]|\bTo [A-Z][a-z]+[’']s? (?:parents|family|mum|dad)\b"
)


def greeted_name(greets: str) -> str:
    """Return the first name in "Dear Anna"; nothing where the letter is to "Dear Dr Hart"."""
    found = _NAME_GREETED.search(greets)
    return found[1] if found else ""


def greeted_gender(greets: str) -> str:
    """Return "f" for "Dear Mrs Lee", "m" for "Dear Mr Lee", otherwise nothing."""
    found = None if TWO_GREETED.search(greets) else _TITLE_GREETED.search(greets)
    return CLIENT_TITLES[found[1].lower()] if found else ""


def addressed_gender(text: str, names: frozenset[str]) -> str:
    """Return "f" where "Mrs Ann Lee" stands above "Dear Ann", "m" for "Mr", otherwise nothing."""
    if not any(title in text for title in ("Mr", "Ms", "Miss")):
        return ""
    titles = (found[1] for found in _ADDRESSED.finditer(text, 0, TOP) if found[2] in names and found[3] in names)
    return next((CLIENT_TITLES[title.lower()] for title in titles), "")


def is_greeting(text: str, at: int) -> bool:
    """Say whether "Dear" stands right before a place."""
    return text[max(0, at - 6) : at].lower().endswith("dear ")
