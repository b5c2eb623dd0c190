"""Says where capitals are no short form that has to be spelled out: a name, a word that is shouted, an office's own code."""

import re

from tipletters.checks.lexis.short_forms import table
from tipletters.checks.lexis.words import tables

_REFERENCE = re.compile(
    r"(?i)(?:^reference|\b(?:(?:our|your|case|file) ref(?:erence)?|hospital (?:no|number)))[.:]? ?[\w/-]{0,12}$"
)
_INSURANCE = re.compile(r" ?(?:\d\d ?){3}[A-D]\b")  # a National Insurance number
_AT_SCHOOL = re.compile(r" (?:bag|kit|lessons?|teacher|class|shoes|clothes)\b")
_ROAD = re.compile(r"\bthe [AM]\d{1,4}$|\b(?:of|on|in|an|one) A[3-6]$")  # or a size of paper
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d?[A-Z]{0,2}")
_IN_NAME = re.compile(r"[A-Z][a-z]+ \|.?$|^\|:$")
_COUNTED = re.compile(r"(?i)\b(?:stage|type|part|grade|chapter|level|schedule|phase|class) $")
_ROMAN = re.compile(r"[IVX]{2,4}")


def is_of_office(text: str, start: int) -> bool:
    """Say whether a sentence gives a reference at a place: "our ref: AB/12"."""
    return bool(_REFERENCE.search(text, max(0, start - 24), start))


def is_no_short_form(short: str, text: str, start: int, end: int) -> bool:
    """Say whether capitals stand for nothing that a reader would have to know, or for what everybody knows.

    Args:
        short: the capitals, without a plural s.
        text: the sentence.
        start: where they begin in it.
        end: where they end.
    """
    known = table().known
    if (start == 0 and text[end : end + 1] == ":" and short in ("RE", "Re")) or (
        short.isupper()
        and len(short) > 5
        and short not in table().exact
        and _IN_NAME.search(text[:start] + "|" + text[end : end + 1])
    ):
        return True  # the subject line; a name or a heading in capitals
    if short.isupper() and short not in table().exact:
        rarity = tables().rarity(short.lower(), 9)
        if rarity < 3 and (len(short) > 4 or rarity < 0.5):
            return True  # a word of every day in capitals
    if start == 0 and text[end : end + 1] == ":" and short == "PC":
        return False  # "presenting complaint"
    if is_of_office(text, start) or (len(short) == 2 and _INSURANCE.match(text, end)):
        return True  # the office's own code
    if (short == "PE" and _AT_SCHOOL.match(text, end)) or _ROAD.search(text, max(0, start - 9), end):
        return True
    if short in known or short.upper() in known or short + "s" in known or short in ("I", "Mr", "Ms", "Dr"):
        return True
    if short not in table().exact and not re.search(r"[A-Z].*[A-Z]|\d", short):
        return True
    if (_ROMAN.fullmatch(short) and (short != "IV" or _COUNTED.search(text, max(0, start - 12), start))) or (
        _POSTCODE.fullmatch(short) and re.match(r" \d[A-Z]{2}\b", text[end : end + 5])
    ):
        return True
    return bool(re.fullmatch(r"\d[A-Z]{2}", text[start - 1 : end])) or short.isdigit()
