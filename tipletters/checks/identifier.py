"""A number, address or date that tells who somebody is: whose is it?

Why it matters: a number that was copied from another letter brings one person's life into another one's post.
Bad: Your NHS number is 999 012 3455.
Good: You can call us on 01632 960145.
What is known to be the client's own, or the service's, is left alone. Another client's number or full name is an error, unless that
person is staff, gets a copy, or is declared in the case. Another client's first name, date of birth or address alone is a question.
Source: NHS Data Model (check digit, modulus 11); Ofcom numbering plan; Royal Mail postcodes.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from nhs_number import is_valid

from tipletters.checks.frame import body
from tipletters.checks.issue import Issue, Severity
from tipletters.checks.view import Line, View
from tipletters.checks.words import DIGIT
from tipletters.dates import read_date
from tipletters.others import Detail, contact_key, date_key, digits, name_key
from tipletters.people import Person

_TEN = re.compile(r"(?<![\d+])(?:\d[ -]?){9}\d(?!\d)")
_NAMED_NUMBER = re.compile(r"\b(?:NHS|CHI|H&C)\b[ .:]*(?:[Nn]o\.?|[Nn]umber|NUMBER)?[ .:)]*(?:is )?$")
_PHONE = re.compile(r"(?<![\d/-])(?:\+44[ -]?(?:\(0\)[ -]?)?|\(?0)(?:\d[ ()-]{0,2}){8,9}\d(?!\d)")
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
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
_BORN = re.compile(
    r"(?:\b(?:date of birth|d\.? ?o\.? ?b\.?|born(?: on)?|birthday|birth date)\b[ .:)]*(?:is |on )?)"
    r"(?P<day>\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-]\d{2,4})",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[A-Z][a-z]{2,8})[ ./-]\d{4}\b")
_NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:de |van |von |da |al |el |bin |Mc)?[A-Z][\w’'-]*){1,3}")
_FIRST = re.compile(r"(?<=[a-z,;] )[A-Z][a-zà-þ’'-]+\b(?! (?:\d|[A-Z]))")
_PERSONAL = re.compile(
    r"\b(?:(?:reach|ring|call|text|phone|email) (?:him|her|them|you)|(?:he|she|they) (?:can be|is|are) (?:best )?reached|your (?:new |own |work |home |private "
    r")?(?:e-?mail|number|mobile|phone)|(?:his|her|their) (?:new |own |work |home |private )?(?:e-?mail|number|mobile|phone)|you (?:as|on|at)|at home)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:call|ring|phone|text|write to|contact|e-?mail|reach|ask|talk to|speak to) (?:us|me|our|the|it)\b|\b(?:our|the) (?:\w+ )?(?:number|team|nurse|desk|line|office|reception)\b"
    r"|\b(?:reception|helpline|switchboard|service|clinic|surgery|hospital|centre|center|department|desk|team|council|practice|unit|ward|tel|telephone|fax|infirmary"
    r"|samaritans|advice|open|booked?|duty|out of hours|town hall|office|college|library|leisure|group|course|class|hall)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:call|ring|phone|text|write to|contact|e-?mail|reach|ask) (?:us|me|our)\b", re.IGNORECASE)
_CALL = re.compile(r"\b(?:call|ring|phone|my (?:direct )?(?:number|line|mobile)(?: is|:)?) $", re.IGNORECASE)
_SHARED_BOX = re.compile(
    r"(?:hello|info|contact|enquir\w*|admin|office|reception|team|clinic|group\w*|support|help|mail|post|secretary|bookings?|appointments?|genetics|service\w*"
    r"|referrals?|duty|advice)\b",
    re.IGNORECASE,
)
_FREE = ("0800", "0808", "0300", "0345", "0844", "0845")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each detail that is nobody's we know, and for each that is another client's."""
    for line in view.with_shape(DIGIT):
        yield from _numbers(line, view)
        yield from _born(line, view)
        yield from _addresses(line, view)
    for line in view.with_sign("@"):
        yield from _emails(line, view)
    if view.others is not None:
        yield from _other_clients(view)


class _Details(NamedTuple):
    """What looks like a detail in a sentence with a number in it."""

    numbers: tuple[re.Match[str], ...]
    phones: tuple[re.Match[str], ...]
    births: tuple[re.Match[str], ...]
    dates: tuple[re.Match[str], ...]
    postcodes: tuple[re.Match[str], ...]
    streets: tuple[re.Match[str], ...]


def _details(line: Line) -> _Details:
    text = line.sentence.text
    long = len(_DIGIT.findall(text)) > 8
    numbers, phones = (_TEN, _PHONE) if long else (None, None)
    streets = None if _STREETS.isdisjoint(line.seen.words) else _STREET
    patterns = (numbers, phones, _BORN, _ANY_DATE, _POSTCODE, streets)
    return _Details(*(tuple(one.finditer(text)) if one else () for one in patterns))


def _numbers(line: Line, view: View) -> Iterator[Issue]:
    text = line.sentence.text
    for found in line.of(_details).numbers:
        number = digits(found[0])
        called = bool(_NAMED_NUMBER.search(text, max(0, found.start() - 20), found.start()))
        if number[0] == "0" and not called:
            continue
        if _is_other(view, Detail.NUMBER, number):
            continue
        if called and not is_valid(number):
            yield _issue(
                line,
                found,
                "This number cannot be right: its last digit does not fit. Check it against the record.",
                Severity.WARNING,
            )
        elif is_valid(number) and not _is_own(number, view.about):
            yield _issue(line, found, "An NHS or CHI number. Is it this client's, and does it need to stand here?")
    for found in line.of(_details).phones:
        number = digits(found[0])
        if number.startswith(_FREE) or _is_known(number, view) or _is_service(line, view, found.start()):
            continue
        yield _issue(line, found, "A phone number. Whose is it, and may the readers of this letter have it?")


def _born(line: Line, view: View) -> Iterator[Issue]:
    for found in line.of(_details).births:
        day = _day(found["day"])
        if day is None or view.about is None or day != view.about.birth_date:
            yield _issue(line, found, "A date of birth. Is it this client's, and does it need to stand here?")


def _addresses(line: Line, view: View) -> Iterator[Issue]:
    postcodes = line.of(_details).postcodes
    streets = [
        found
        for found in line.of(_details).streets
        if found[0][0].isdigit() or found[0].startswith(("Flat", "Room", "Apartment"))
    ]
    for found in postcodes:
        before = [one for one in streets if one.end() <= found.start()]
        start = before[-1].start() if before else found.start()
        if not (_is_known(found[0], view) or _is_service(line, view, found.start())):
            yield line.issue("identifier", start, found.end(), _ADDRESS, (), Severity.ADVICE)
    for found in streets if not postcodes else []:
        if not (_is_known(found[0], view) or _is_service(line, view, found.start())):
            yield _issue(line, found, _ADDRESS)


_ADDRESS = "An address. Whose is it, and may the readers of this letter have it?"


def _emails(line: Line, view: View) -> Iterator[Issue]:
    for found in _EMAIL.finditer(line.sentence.text):
        if not (_SHARED_BOX.match(found[0]) or _is_known(found[0], view) or _is_service(line, view, found.start())):
            yield _issue(line, found, "An e-mail address. Whose is it, and may the readers of this letter have it?")


def _is_service(line: Line, view: View, at: int) -> bool:
    """Say whether a detail looks like the service's own: in the letterhead, under the signature, or by the words around it."""
    text = line.sentence.text
    if _last(_PERSONAL, text, at + 20) > _last(_OURS, text, at):
        return False
    inside, alone = view.once(body), len(text) < 40
    if line.number >= inside.stop or (alone and line.number >= len(view.lines) - 3):
        return True
    if alone and line.number < 6 and re.fullmatch(r"\W*0[1-6][\d ]+", text):
        return True
    if _CALL.search(text, max(0, at - 30), at):
        return True
    if line.number < inside.start and len(inside) < len(view.lines):
        near = view.lines[max(0, line.number - 3) : line.number + 1]
        return any(_SERVICE.search(other.sentence.text) for other in near)
    return bool(_SERVICE.search(text, max(0, at - 90), at + 60))


def _last(pattern: re.Pattern[str], text: str, until: int) -> int:
    """Return where the last match of a pattern before a place ends; -1 where there is none."""
    return max((found.end() for found in pattern.finditer(text, 0, min(until, len(text)))), default=-1)


def _is_own(number: str, about: Person | None) -> bool:
    return about is not None and number in about.numbers


def _is_known(text: str, view: View) -> bool:
    sought = contact_key(text)
    return view.about is not None and any(sought in one for one in view.about.contacts)


def _is_other(view: View, kind: Detail, value: str) -> bool:
    return view.others is not None and view.others.holds(kind, value) and not _is_own(value, view.about)


def _other_clients(view: View) -> Iterator[Issue]:
    """Yield what belongs to another client of the run."""
    ours = _names_of(view.about)
    for line in view.lines:
        if line.of(_names_in):
            yield from _other_names(line, view, ours)
    for line in view.with_shape(DIGIT):
        yield from _other_details(line, view)


def _other_details(line: Line, view: View) -> Iterator[Issue]:
    details, others = line.of(_details), view.others
    for found in details.numbers:
        if _is_other(view, Detail.NUMBER, digits(found[0])):
            yield _issue(line, found, "This number is another client's.", Severity.ERROR)
    for found in details.dates:
        day = _day(found[0])
        if day and _is_anothers_birthday(view, day):
            yield _issue(line, found, "Another client was born on this day. Is it the right date?")
    for found in details.streets:
        if not _is_known(found[0], view) and others and others.holds(Detail.ADDRESS, name_key(found[0])):
            yield _issue(line, found, "Another client lives here. Is it the right address?")


def _other_names(line: Line, view: View, ours: frozenset[str]) -> Iterator[Issue]:
    taken: list[tuple[int, int]] = []
    for kind, start, end, name in line.of(_names_in):
        if view.others is None or not view.others.holds(kind, name) or name in ours:
            continue
        if kind is Detail.NAME:
            taken.append((start, end))
            yield line.issue("identifier", start, end, "This is another client's name.", (), Severity.ERROR)
        elif not any(name in other.split() for other in ours) and not any(one <= start < stop for one, stop in taken):
            message = "Another client has this first name. Is somebody else meant here?"
            yield line.issue("identifier", start, end, message, (), Severity.ADVICE)


def _names_in(line: Line) -> tuple[tuple[Detail, int, int, str], ...]:
    """Return what could be full names in a sentence, then what could be first names, each with its place."""
    text = line.sentence.text
    if text[1:].islower():
        return ()
    full = ((Detail.NAME, *one) for one in _full_names(text))
    first = ((Detail.FIRST_NAME, *found.span(), name_key(_without_s(found[0]))) for found in _FIRST.finditer(text))
    return (*full, *first)


def _is_anothers_birthday(view: View, day: date) -> bool:
    own = view.about is not None and view.about.birth_date == day
    return not own and view.others is not None and view.others.holds(Detail.BIRTH_DATE, date_key(day))


def _names_of(about: Person | None) -> frozenset[str]:
    return frozenset(name_key(name) for name in (*about.names, *about.staff, *about.others)) if about else frozenset()


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


def _day(text: str) -> date | None:
    try:
        return read_date(re.sub(r"[ .-](?=\d)|(?<=\d)[.-]", "/", text) if not re.search("[A-Za-z]{3}", text) else text)
    except ValueError:
        return None


def _issue(line: Line, found: re.Match[str], message: str, severity: Severity = Severity.ADVICE) -> Issue:
    return line.issue("identifier", found.start(), found.end(), message, (), severity)
