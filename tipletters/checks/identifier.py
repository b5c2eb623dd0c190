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

from nhs_number import is_valid

from tipletters.checks.context.details import day_of, days_in, details_in, names_in
from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.words import DIGIT
from tipletters.checks.text.frame import body
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View
from tipletters.others import Detail, contact_key, date_key, digits, name_key
from tipletters.people import Person

_NAMED_NUMBER = re.compile(r"\b(?:NHS|CHI|H&C)\b[ .:]*(?:[Nn]o\.?|[Nn]umber|NUMBER)?[ .:)]*(?:is )?$")
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
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
_NEAR = 200  # letters before a detail that may say whose it is
_FREE = ("0800", "0808", "0300", "0345", "0844", "0845")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each detail that is nobody's we know, and for each that is another client's."""
    for line in view.with_shape(DIGIT):
        if any(line.of(details_in)):
            yield from _numbers(line, view)
            yield from _born(line, view)
            yield from _addresses(line, view)
    for line in view.with_sign("@"):
        yield from _emails(line, view)
    if view.others is not None:
        yield from _other_clients(view)


def _numbers(line: Line, view: View) -> Iterator[Issue]:
    text = line.sentence.text
    for found in line.of(details_in).numbers:
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
    for found in line.of(details_in).phones:
        number = digits(found[0])
        if number.startswith(_FREE) or _is_known(number, view) or _is_service(line, view, found.start()):
            continue
        yield _issue(line, found, "A phone number. Whose is it, and may the readers of this letter have it?")


def _born(line: Line, view: View) -> Iterator[Issue]:
    for found in line.of(details_in).births:
        day = day_of(found["day"])
        if day is None or view.about is None or day != view.about.birth_date:
            yield _issue(line, found, "A date of birth. Is it this client's, and does it need to stand here?")


def _addresses(line: Line, view: View) -> Iterator[Issue]:
    postcodes = line.of(details_in).postcodes
    streets = [
        found
        for found in line.of(details_in).streets
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
    """Return where the last match of a pattern shortly before a place ends; -1 where there is none."""
    begin = max(0, until - _NEAR)
    return max((found.end() for found in pattern.finditer(text, begin, min(until, len(text)))), default=-1)


def _is_own(number: str, about: Person | None) -> bool:
    return about is not None and number in about.numbers


def _is_known(text: str, view: View) -> bool:
    sought = contact_key(text)
    return view.about is not None and any(sought in one for one in view.about.contacts)


def _is_other(view: View, kind: Detail, value: str) -> bool:
    return view.others is not None and view.others.holds(kind, value) and not _is_own(value, view.about)


def _other_clients(view: View) -> Iterator[Issue]:
    """Yield what belongs to another client of the run."""
    for line in view.lines:
        if line.of(names_in):
            yield from _other_names(line, view)
    for line in view.with_shape(DIGIT):
        yield from _other_details(line, view)


def _other_details(line: Line, view: View) -> Iterator[Issue]:
    details, others = line.of(details_in), view.others
    for found in details.numbers:
        if _is_other(view, Detail.NUMBER, digits(found[0])):
            yield _issue(line, found, "This number is another client's.", Severity.ERROR)
    for found, day in line.of(days_in):
        if _is_anothers_birthday(view, day):
            yield _issue(line, found, "Another client was born on this day. Is it the right date?")
    for found in details.streets:
        if not _is_known(found[0], view) and others and others.holds(Detail.ADDRESS, name_key(found[0])):
            yield _issue(line, found, "Another client lives here. Is it the right address?")


def _other_names(line: Line, view: View) -> Iterator[Issue]:
    taken: list[tuple[int, int]] = []
    for kind, start, end, name in line.of(names_in):
        if view.others is None or not view.others.holds(kind, name) or name in view.once(_ours):
            continue
        if kind is Detail.NAME:
            taken.append((start, end))
            yield line.issue("identifier", start, end, "This is another client's name.", (), Severity.ERROR)
        elif not any(name in other.split() for other in view.once(_ours)) and not any(
            one <= start < stop for one, stop in taken
        ):
            message = "Another client has this first name. Is somebody else meant here?"
            yield line.issue("identifier", start, end, message, (), Severity.ADVICE)


def _is_anothers_birthday(view: View, day: date) -> bool:
    own = view.about is not None and view.about.birth_date == day
    return not own and view.others is not None and view.others.holds(Detail.BIRTH_DATE, date_key(day))


def _ours(view: View) -> frozenset[str]:
    """Return the names that may stand in this letter."""
    about = view.about
    return frozenset(name_key(name) for name in (*about.names, *about.staff, *about.others)) if about else frozenset()


def _issue(line: Line, found: re.Match[str], message: str, severity: Severity = Severity.ADVICE) -> Issue:
    return line.issue("identifier", found.start(), found.end(), message, (), severity)
