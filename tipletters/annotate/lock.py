"""The meaning lock: what a replacement may never change is counted in the old and in the new words and compared."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from tipletters.checks.lexis.lists import entries
from tipletters.dates import MONTHS

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_WORD = re.compile(r"[a-zµμ%]+(?:'[a-z]+)?")
_SAID_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand half quarter "
    "double triple dozen once twice thrice single first second third".split()
)
_UNITS = frozenset(
    "mg mgs g kg mcg µg μg microgram micrograms milligram milligrams gram grams kilogram kilograms ml l litre litres "
    "millilitre millilitres unit units iu mmol mmhg bpm cm mm m metre metres % percent tablet tablets capsule capsules puff "
    "puffs drop drops spoonful hour hours hourly minute minutes day days daily night nightly week weeks weekly fortnight "
    "fortnightly month months monthly year years yearly".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight morning afternoon evening".split()
)
_MONTHS = frozenset(one.lower() for one in MONTHS) - {"may"}  # "may" is a month and a maybe; its number is counted
_SIDES = {"left": "left", "right": "right"} | dict.fromkeys(("both", "bilateral", "bilaterally"), "both")
_NOT = frozenset(
    "no not never none nor neither nobody nothing nowhere without cannot unable refuse refuses refused refusing "
    "deny denies denied denying lack lacks lacked lacking absent absence except".split()
)


@lru_cache(maxsize=1)
def _medicines() -> frozenset[str]:
    return frozenset(one.term.casefold() for one in entries("medicines") if " " not in one.term)


def facts(text: str) -> Counter[tuple[str, str]]:
    """Return what in a text must not change: numbers, units, dates, sides, negations, medicines, each with its count."""
    return Counter(_facts(text.casefold().replace("’", "'")))


def _facts(text: str) -> Iterator[tuple[str, str]]:
    for found in _NUMBER.finditer(text):
        yield "number", found[0]
    for found in _WORD.finditer(text):
        word = found[0]
        if word in _SAID_NUMBERS:
            yield "number", word
        elif word in _UNITS:
            yield "unit", word
        elif word in _DAYS or word in _MONTHS:
            yield "date", word
        elif word in _SIDES:
            yield "side", _SIDES[word]
        elif word in _NOT or word.endswith("n't"):
            yield "negation", "not"
        elif word in _medicines():
            yield "medicine", word


def differences(old: str, new: str) -> tuple[str, ...]:
    """Return the kinds of facts that are not the same in two texts; none where the meaning is kept."""
    before, after = facts(old), facts(new)
    return tuple(sorted({kind for kind, _ in (before - after) | (after - before)}))
