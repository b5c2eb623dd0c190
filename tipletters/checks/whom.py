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
ABOUT = re.compile(r"(?im)^\W{0,3}(?:re|patient|client|name|regarding)\b\s*(?:name)?\s*[:\-]\s*([^\n,;(]{3,60})")
_NAME = re.compile(r"[A-Z][a-zà-þ’'-]+")
_THIS = re.compile(
    r"\b(?:this|a|our|your) (?:[a-z-]+ |\d+[a-z-]* ){0,4}?(?:lady|gentleman|woman|man|boy|girl|youngster|teenager|patient|client|service user"
    r"|\w+ addict|alcoholic)\b|\bthis \d+[- ]?(?:year|yr)[- ]old(?: (?:lady|gentleman|woman|man|boy|girl|patient))?"
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
THIS, _TITLES = cues("this"), cues(" ".join(CLIENT_TITLES))
NOT_NAMES = frozenset(
    "I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
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
            votes[CLIENT_TITLES.get(found[0].split()[-1], "")] += 5 if found[0].startswith("this ") else 0
    for line in view.with_words(_TITLES):
        for titled in _TITLED.finditer(line.sentence.text):
            if {titled[2], titled[3]} & names:
                votes[CLIENT_TITLES.get(titled[1].lower(), "")] += 1
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > 1.5 * best[1][1]) else ""


def client_names(view: View, about: bool) -> frozenset[str]:
    """Return the names by which a letter may call the client, from what is known of them or from the letter itself."""
    if view.about:
        return frozenset(part for name in view.about.names for part in name.split() if len(part) > 1)
    found = {part for match in ABOUT.finditer(view.page.text, 0, _TOP) for part in _NAME.findall(match[1])}
    titled: Counter[str] = Counter()
    for line in view.with_words(_TITLES):
        text = line.sentence.text
        titled.update(match[2] for match in _TITLED.finditer(text) if not is_greeting(text, match.start()))
    common = {name for name, count in titled.most_common(1) if count > 1}
    greeted = "" if about else _greeted(view.page.text[:_TOP])
    return frozenset((found | common | {greeted}) - {"Mr", "Mrs", "Ms", "Miss", "Dr"} - NOT_NAMES - {""})


def _greeted(text: str) -> str:
    """Return the first name in "Dear Anna"; nothing where the letter is to "Dear Dr Hart"."""
    found = re.search(
        r"(?m)^[ \t]{0,20}(?:Dear|Hello|Hi) (?:(?:Mr|Mrs|Ms|Miss|Mx)\.? )?([A-Z][\w’'-]+)\s*[,!]?\s*$", text
    )
    return found[1] if found else ""


def is_greeting(text: str, at: int) -> bool:
    """Say whether "Dear" stands right before a place."""
    return text[max(0, at - 6) : at].lower().endswith("dear ")


def named_as_this(line: Line) -> Iterator[re.Match[str]]:
    """Yield where a sentence says "this lady" and the like."""
    return iter(()) if "this" not in line.seen.words else _THIS.finditer(line.seen.folded)
