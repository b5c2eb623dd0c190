"""Whom a letter greets, and what its head says of whom it is about."""

import re

TOP = 4_000  # characters at the head of a letter, where it says whom it is about and greets
_TO_SOMEBODY = re.compile(
    r"(?m)^[ \t]{0,20}(?:Dear|Hello|Hi) (?!(?:[A-Z]\w+ )?(?:Dr|Doctor|Prof|Professor|Colleagues?|Sir|Madam|Teams?|All|GP|Sheriff|Reporter)\b)[A-Z]"
)
_OF_SOMEBODY = re.compile(
    r"(?im)^\W{0,3}(?:re|ref|patient|client|name|child|pupil|tenant|offender|subject)\b.{0,20}[:-]|\bthis (?:[a-z-]+ ){0,3}(?:lady|gentleman|woman|man|boy|girl|patient|\d+)\b|\b(?:d\.?o\.?b\b|born\b|nhs n|nhs \d|chi \d|chi n|aged \d|, \d\d ?(?:yrs?|years)\b)"
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


def is_to_somebody(text: str) -> bool:
    """Say whether a letter greets a person by name, no doctor, and has no line that says which other it is about."""
    top = text[:TOP]
    return bool(_TO_SOMEBODY.search(top)) and (not _OF_SOMEBODY.search(top) or is_to_family(top))


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
    found = re.search(r"(?m)^[ \t]{0,20}(?:Dear|Hello|Hi) (Mrs|Miss|Ms|Mr)\b(?! and\b| &)", text[:TOP])
    return CLIENT_TITLES[found[1].lower()] if found else ""


def is_greeting(text: str, at: int) -> bool:
    """Say whether "Dear" stands right before a place."""
    return text[max(0, at - 6) : at].lower().endswith("dear ")
