"""What looks like a name, a number, an address or a date in a sentence, by its words alone."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tipletters.checks.lexis.words import MIXED
from tipletters.checks.text.line import Line
from tipletters.dates import read_date
from tipletters.others import Detail, name_key

_TEN = re.compile(r"(?<![\d+])(?:\d[ -]?){9}\d(?!\d)")
_PHONE = re.compile(r"(?<![\d/-])(?:\+44[ -]?(?:\(0\)[ -]?)?|\(?0)(?:\d[ ()-]{0,2}){8,9}\d(?!\d)")
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b")
_STREETS = frozenset(
    "road street lane avenue drive close court row terrace place crescent gardens grove way wynd hill square park view house rd st ave mews walk green "
    "rise brae loan".split()
)
_STREET = re.compile(
    r"\b(?:(?:Flat|Room|Apartment|Unit) \w+,? )?(?:\d+[A-Za-z]?(?:[-/]\d+)?,? )?(?:[A-Z][\w’'-]+ ){1,3}"
    rf"(?:{'|'.join(sorted(map(str.capitalize, _STREETS)))})\b"
)
_DIGIT = re.compile(r"\d")
_BIRTH = frozenset("birth born dob d birthday".split())
_BORN = re.compile(
    r"(?:\b(?:date of birth|d\.? ?o\.? ?b\.?|born(?: on)?|birthday|birth date)\b[ .:)]*(?:is |on )?)"
    r"(?P<day>\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-]\d{2,4})",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[A-Z][a-z]{2,8})[ ./-]\d{4}\b")
_MONTH = re.compile("[A-Za-z]{3}")
_PARTED = re.compile(r"[ .-](?=\d)|(?<=\d)[.-]")
_NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:de |van |von |da |al |el |bin |Mc)?[A-Z][\w’'-]*){1,3}")
_FIRST = re.compile(r"(?<=[a-z,;] )[A-Z][a-zà-þ’'-]+\b(?! (?:\d|[A-Z]))")


class Details(NamedTuple):
    """What looks like a detail of somebody, by its kind."""

    numbers: tuple[re.Match[str], ...]
    phones: tuple[re.Match[str], ...]
    births: tuple[re.Match[str], ...]
    postcodes: tuple[re.Match[str], ...]
    streets: tuple[re.Match[str], ...]


def details_in(line: Line) -> Details:
    """Return what looks like a detail in a sentence with a number in it."""
    text, words = line.sentence.text, line.seen.words
    long = len(_DIGIT.findall(text)) > 8
    patterns = (
        (_TEN, long),
        (_PHONE, long),
        (_BORN, not _BIRTH.isdisjoint(words)),
        (_POSTCODE, MIXED in line.seen.shapes),
        (_STREET, not _STREETS.isdisjoint(words)),
    )
    return Details(*(tuple(one.finditer(text)) if may_be else () for one, may_be in patterns))


def days_in(line: Line) -> tuple[tuple[re.Match[str], date], ...]:
    """Return the dates in a sentence that have a year."""
    found = ((one, day_of(one[0])) for one in _ANY_DATE.finditer(line.sentence.text))
    return tuple((one, day) for one, day in found if day)


def day_of(text: str) -> date | None:
    """Return a date in any of the ways in which letters write one; None where there is no such day."""
    try:
        return read_date(text if _MONTH.search(text) else _PARTED.sub("/", text))
    except ValueError:
        return None


def names_in(line: Line) -> tuple[tuple[Detail, int, int, str], ...]:
    """Return what could be full names in a sentence, then what could be first names, each with its place."""
    text = line.sentence.text
    if text[1:].islower():
        return ()
    full = ((Detail.NAME, *one) for one in _full_names(text))
    first = ((Detail.FIRST_NAME, *found.span(), name_key(_without_s(found[0]))) for found in _FIRST.finditer(text))
    return (*full, *first)


def _full_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each run of two to four words that could be a full name, with its place."""
    for found in _NAME.finditer(text):
        words = [(one.start(), one.end()) for one in re.finditer(r"\S+", found[0])]
        for first in range(len(words)):
            for last in range(first + 1, min(first + 4, len(words))):
                start, end = words[first][0], words[last][1]
                name = _without_s(found[0][start:end])
                yield found.start() + start, found.start() + start + len(name), name_key(name)


def _without_s(name: str) -> str:
    return name.removesuffix("’s").removesuffix("'s")
