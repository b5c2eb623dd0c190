"""Whom a letter greets, and what its head says of whom it is about."""

import re

TOP = 4_000  # characters at the head of a letter, where it says whom it is about and greets
_WORKERS = r"(?:[A-Z]\w+ )?(?:Dr|Doctor|Prof|Professor|Colleagues?|Sirs?|Madam|Teams?|All|GP|Cllr|Councillor|MP|Sheriff|Reporter)\b"
_TO_PROFESSIONAL = re.compile(rf"(?m)^[ \t]{{0,20}}(?:Dear|Hello|Hi) {_WORKERS}")
_TO_SOMEBODY = re.compile(rf"(?m)^[ \t]{{0,20}}(?:Dear|Hello|Hi) (?!{_WORKERS})[A-Z]")
_OF_SOMEBODY = re.compile(
    r"(?im)^\W{0,3}(?:re|ref|patient|client|name|child|pupil|tenant|offender|subject)\b.{0,20}[:-]|\bon behalf of (?:Mr|Mrs|Ms|Miss)\b|\bthis (?:[a-z-]+ ){0,3}(?:lady|gentleman|woman|man|boy|girl|patient|\d+)\b|\b(?:d\.?o\.?b\b|born\b|nhs n|nhs \d|chi \d|chi n|aged \d|, \d\d ?(?:yrs?|years)\b)"
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
}


def is_about_client(text: str, you: int, they: int, is_old_voice: bool) -> bool:
    """Say whether a letter as a whole speaks about the client, and not to them.

    Args:
        text: the letter.
        you: how often it says "you".
        they: how often it says "she", "the patient" and the like.
        is_old_voice: it talks as one professional to another somewhere.
    """
    top = text[:TOP]
    if they >= you and _TO_PROFESSIONAL.search(top) and _OF_SOMEBODY.search(top):
        return True
    if they <= 2 * you or (you and they <= 5):
        return False
    if not you or not _TO_SOMEBODY.search(top) or (_OF_SOMEBODY.search(top) and not is_to_family(top)):
        return True
    # "Dear Mr Pettigrew, Thank you for having Dylan to stay": to a carer, about somebody else
    return they > 4 * you if is_old_voice else they > 8 * you and not is_to_family(top)


def is_to_family(text: str) -> bool:
    """Say whether a letter greets two people, or speaks of their child."""
    top = text[:TOP]
    return bool(_TWO_GREETED.search(top) or _OF_THEIR_CHILD.search(top))


_TWO_GREETED = re.compile(
    r"(?m)^[ \t]{0,20}(?:Dear|Hello|Hi) (?!Drs?\b)(?:[A-Z][\w’'.-]+ ){1,3}(?:and|&) (?!Dr\b)[A-Z]"
)
_OF_THEIR_CHILD = re.compile(r"\b[Yy]our (?:[a-z-]+ ){0,2}(?:son|daughter|child)\b|\b[Tt]hank you for bringing [A-Z]")


def greeted_name(text: str) -> str:
    """Return the first name in "Dear Anna"; nothing where the letter is to "Dear Dr Hart"."""
    found = re.search(
        r"(?m)^[ \t]{0,20}(?:Dear|Hello|Hi) (?:(?:Mr|Mrs|Ms|Miss|Mx)\.? )?([A-Z][\w’'-]+)\s*[,!]?\s*$", text
    )
    return found[1] if found else ""


def greeted_gender(text: str) -> str:
    """Return "f" for "Dear Mrs Lee", "m" for "Dear Mr Lee", otherwise nothing."""
    if _TWO_GREETED.search(text[:TOP]):
        return ""
    found = re.search(r"(?m)^[ \t]{0,20}(?:Dear|Hello|Hi) (Mrs|Miss|Ms|Mr)\b", text[:TOP])
    return CLIENT_TITLES[found[1].lower()] if found else ""


def is_greeting(text: str, at: int) -> bool:
    """Say whether "Dear" stands right before a place."""
    return text[max(0, at - 6) : at].lower().endswith("dear ")
