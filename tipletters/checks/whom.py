"""Whom a letter speaks about: the client or somebody else, by which names, and as "she" or "he"."""

import re
from collections import Counter
from collections.abc import Iterator

from tipletters.checks.view import PRONOUN, PRONOUN_WORDS, Line, View, cues

FEMALE, MALE = "f", "m"
GENDER = {"she": FEMALE, "her": FEMALE, "hers": FEMALE, "herself": FEMALE} | dict.fromkeys(
    ("he", "his", "him", "himself"), MALE
)
_TITLED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx|Master)\.? (?:[A-Z]\.? )?([A-Z][\w’'-]+)(?: ([A-Z][\w’'-]+))?")
_LABELS = (
    "re|ref|patient|client|name|regarding|tenant|offender|child|pupil|student|young person|service user|resident|applicant|claimant|appellant|subject"
    "|defendant|accused|our client|your client|your patient"
)
ABOUT = re.compile(rf"(?im)^\W{{0,3}}(?:{_LABELS})(?:'s)?\b(?: name)?\s*[:\-]\s*([^\n,;(]{{3,60}})")
# A line of its own that says who it is: "Roy Sugden, 47 yrs, Flat 2", "Mrs Ann Lee (born 3 May 1950)".
_SUBJECT = re.compile(
    r"(?m)^[ \t]{0,9}((?:(?:Mr|Mrs|Ms|Miss|Mx|Master)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3})"
    r"(?=[ ,;(–-]{1,4}(?:aged? \d|\d{1,2}[ -]?(?:y|yrs?|years?)\b|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
    r"|(?: \([^\n()]{3,40}\))?[ ,;(–-]{1,4}(?:born\b|d\.?o\.?b|DOB|D\.O\.B|date of birth|NHS N|CHI N|CHI \d|NHS \d|Hosp(?:ital)? N))"
)
# "Vittorio, you are going home": the client is spoken to by name.
_CALLED = re.compile(r"(?m)^[ \t]{0,20}([A-Z][\w’'-]+), you\b")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_PERSONS = (
    "lady|gentleman|woman|man|boy|girl|youngster|teenager|patient|client|service user|chap|lad|lass|fellow|infant|toddler|baby|child|male|female"
    "|pensioner|widow|widower|mother|father|mum|dad|grandmother|grandfather|schoolboy|schoolgirl|student|smoker|diabetic|asthmatic|epileptic|tenant"
    "|offender|claimant|applicant|resident|individual|primigravida|boy|pupil|prisoner|soul|alcoholic|\\w+ addict|user"
)
_LIVES = "retired|former|widowed|married|divorced|right-handed|left-handed|pleasant|delightful|charming|unfortunate|elderly|frail"
_THIS = re.compile(
    rf"\bthis (?:(?!while |your |the |is |was |and you |for |with |to |of |when |that |if |from |after |my |our |has )[a-z-]+ |\d+[a-z-]* ){{0,4}}?(?:{_PERSONS})\b(?! (?:clinic|group|unit|ward|service|centre|team|book|record|plan|protection|benefit|health|support)\b)"
    r"|\bthis (?!is |was |means |will |can |may |has )(?:[a-z-]+ ){1,4}?[a-z-]+(?=,? who(?:m|se)?\b)"
    rf"|\b(?:this|an?) \d+[- ]?(?:year|yr)s?[- ]old(?: [a-z-]+)?(?: (?:{_PERSONS}))?|\bthis (?:very |most )?(?:{_LIVES}),? (?:[a-z-]+ ){{0,2}}?[a-z-]{{3,}}(?=[ ,.;]|$)(?<!event)(?<!incident)(?<!news)(?<!situation)"
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
_TOP = 4_000  # characters at the head of a letter, where it says whom it is about and greets
_NO_NAMES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mx", "Master", "Dr", "DOB", "NHS", "CHI", "Dob", "Nhs", "Chi", ""})
THIS, _TITLES = cues("this"), cues(" ".join(CLIENT_TITLES))
NOT_NAMES = frozenset(
    "I The A An In On At With He She It His Her This That Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
    "November December English British Scottish Christmas Easter God Street Road Lane Centre Hospital Clinic Court Team Service House "
    "Dear Yours Best Kind Regards Unit Ward Surgery Practice University College School Council Act Level Type Stage".split()
)


def client_gender(view: View, names: frozenset[str]) -> str:
    """Return the pronouns that a letter uses for the client: "f", "m", or nothing where it is unclear."""
    votes: Counter[str] = Counter()
    for line in view.with_words(PRONOUN_WORDS):
        votes.update(GENDER[found[0]] for found in PRONOUN.finditer(line.seen.folded))
    for line in view.with_words(THIS):
        for found in named_as_this(line):
            votes[CLIENT_TITLES.get(found[0].split()[-1], "")] += 5
    for line in view.with_words(_TITLES):
        for titled in _TITLED.finditer(line.sentence.text):
            if {titled[2], titled[3]} & names:
                votes[CLIENT_TITLES.get(titled[1].lower(), "")] += 1
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > 1.5 * best[1][1]) else ""


def client_names(view: View) -> frozenset[str]:
    """Return the names by which a letter may call the client, from what is known of them or from the letter itself."""
    about = view.speaks_of_client
    if view.about:
        return frozenset(part for name in view.about.names for part in name.split() if len(part) > 1)
    said = [match[1] for match in ABOUT.finditer(view.page.text, 0, _TOP)]
    if about:
        said += [match[1] for match in _SUBJECT.finditer(view.page.text, 0, _TOP)]
    found = {form for name in said for part in _NAME.findall(name) for form in _forms(part, view.page.text)}
    titled: Counter[str] = Counter()
    for line in view.with_words(_TITLES):
        text = line.sentence.text
        titled.update(match[2] for match in _TITLED.finditer(text) if not is_greeting(text, match.start()))
    common = {name for name, count in titled.most_common(1) if count > 1 and not found}
    called = set() if about else {_greeted(view.page.text[:_TOP]), *_CALLED.findall(view.page.text)}
    return frozenset((found | common | called) - _NO_NAMES - NOT_NAMES)


def _forms(name: str, text: str) -> set[str]:
    """Return a name as the letter writes it, where its head has it in capitals: "MCVEY", later "McVey"."""
    if not name.isupper():
        return {name}
    return {name.title(), *re.findall(rf"\b{re.escape(name)}\b", text[: 4 * _TOP], re.IGNORECASE)}


def _greeted(text: str) -> str:
    """Return the first name in "Dear Anna"; nothing where the letter is to "Dear Dr Hart"."""
    found = re.search(
        r"(?m)^[ \t]{0,20}(?:Dear|Hello|Hi) (?:(?:Mr|Mrs|Ms|Miss|Mx)\.? )?([A-Z][\w’'-]+)\s*[,!]?\s*$", text
    )
    return found[1] if found else ""


def greeted_gender(text: str) -> str:
    """Return "f" for "Dear Mrs Lee", "m" for "Dear Mr Lee", otherwise nothing."""
    found = re.search(r"(?m)^[ \t]{0,20}(?:Dear|Hello|Hi) (Mrs|Miss|Ms|Mr)\b", text[:_TOP])
    return CLIENT_TITLES[found[1].lower()] if found else ""


def is_greeting(text: str, at: int) -> bool:
    """Say whether "Dear" stands right before a place."""
    return text[max(0, at - 6) : at].lower().endswith("dear ")


def named_as_this(line: Line) -> Iterator[re.Match[str]]:
    """Yield where a sentence says "this lady" and the like."""
    named = "this" in line.seen.words or ("old" in line.seen.words and line.has_digit())
    return _THIS.finditer(line.seen.folded) if named else iter(())
