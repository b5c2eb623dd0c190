"""Reads one cell of a table for its place in a case. What cannot be right is said and never guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from nhs_number import is_valid

from tipletters.batch.days import read_day, time_of_day
from tipletters.batch.places import Kind
from tipletters.batch.plan import Order, Zeros
from tipletters.batch.spelt import refuse_spoilt, refuse_turned
from tipletters.consent import PRIVATE
from tipletters.dates import clock, long_date
from tipletters.errors import ReadError
from tipletters.letter import label_key
from tipletters.tables import DAY_0, is_empty
from tipletters.template.markers import check_label, read_labels
from tipletters.wording import means_nothing

# More than a letter of ten pages; what is longer got into the cell by mistake.
LONGEST = 20_000
_BROKEN = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!)|#{4,}")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[Ee]\+?\d{1,2}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_YES = frozenset("yes y true t 1 agreed ✓ ✔ ja".split())
_NO = frozenset("no n false f 0 refused declined ✗ ✘".split())
_OF_PEOPLE = (Kind.NAME, Kind.PERSON)
_WORDS_ALONE = (*_OF_PEOPLE, Kind.WORDS, Kind.MAYBE, Kind.LINES)
NOT_ASKED = frozenset(("not asked", "unknown", "n/a", "na", "not known", "?", "-"))


@dataclass(frozen=True)
class Reading:
    """How the cells of one column are read, decided once for the whole column."""

    order: Order = Order.DAY_FIRST
    zeros: Zeros = Zeros.LEAVE
    day_0: date = DAY_0


def _wrong(what: str, then: str) -> ReadError:
    return ReadError(what, then=then)


def read_cell(cell: Any, kind: Kind, reading: Reading) -> Any:
    """Return a cell's value for a place in a case; None where it is empty.

    Args:
        cell: what stands in the table.
        kind: how it is read.
        reading: what was decided for its column.

    Raises:
        ReadError: it cannot be right; the message never repeats it.
    """
    if is_empty(cell):
        return None
    if isinstance(cell, str):
        cell = cell.strip()
        _check(cell)
        refuse_spoilt(cell, kind in _OF_PEOPLE)
    if kind in _WORDS_ALONE:
        refuse_turned(cell)
    return _READERS[kind](cell, reading)


def _check(text: str) -> None:
    if len(text) > LONGEST:
        raise _wrong("This cell is longer than a letter can be.", "Look whether several cells ran into one.")
    if _BROKEN.fullmatch(text):
        raise _wrong("This cell shows an error of Excel instead of a value.", "Mend the formula, or type the value in.")
    if _CONTROL.search(text):
        raise _wrong("There is a character in it that cannot be printed.", "Delete the cell and type it in again.")


def _text(cell: Any, reading: Reading) -> Any:
    if isinstance(cell, bool) or cell in ("TRUE", "FALSE"):
        return "yes" if cell in (True, "TRUE") else "no"
    if isinstance(cell, datetime):
        return f"{long_date(cell.date())} at {clock(cell.time())}"
    if isinstance(cell, date):
        return long_date(cell)
    if isinstance(cell, time):
        return clock(cell)
    if isinstance(cell, list | dict):
        return cell
    text = str(cell)
    if _SHORTENED.fullmatch(text):
        raise _wrong(
            "Excel has shortened this number.", "Set the column to “Text” in Excel and type the number in again."
        )
    return f"0{text}" if reading.zeros is Zeros.PUT_BACK and lost_zero(text, Kind.TEXT) else text


def lost_zero(cell: Any, kind: Kind) -> bool:
    """Say whether a number looks as if Excel had taken away its first 0.

    Args:
        cell: what stands in the table.
        kind: NUMBER for NHS and CHI numbers, whose check digit tells; TEXT for a UK phone number.
    """
    digits = str(cell).strip() if not isinstance(cell, bool | float) else ""
    if kind is Kind.NUMBER:
        return len(digits) == 9 and digits.isdecimal() and is_valid(f"0{digits}")
    return bool(re.fullmatch(r"[1237]\d{9}|1\d{8}|8[04]\d{8}", digits)) and _is_phone(f"0{digits}")


def _is_phone(text: str) -> bool:
    import phonenumbers

    return phonenumbers.is_possible_number(phonenumbers.parse(text, "GB"))


def _number(cell: Any, reading: Reading) -> Any:
    if isinstance(cell, float) or _SHORTENED.fullmatch(str(cell)):
        raise _wrong(
            "Excel has changed this number.", "Set the column to “Text” in Excel and type the number in again."
        )
    text = str(cell)
    return f"0{text}" if reading.zeros is Zeros.PUT_BACK and lost_zero(text, Kind.NUMBER) else text


def _yes_no(cell: Any, _: Reading) -> Any:
    if isinstance(cell, bool):
        return cell
    word = str(cell).strip().casefold()
    if word in NOT_ASKED:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    raise _wrong("This is neither yes nor no.", "Write yes, no or not asked.")


def _lines(cell: Any, reading: Reading) -> Any:
    if isinstance(cell, list):
        return [str(one) for one in cell]
    return [line.strip() for line in str(_text(cell, reading)).splitlines() if line.strip()]


def _list(cell: Any, reading: Reading) -> Any:
    if isinstance(cell, list):
        return cell
    text = str(_text(cell, reading))
    parts = text.splitlines() if "\n" in text else text.split(";")
    return [part.strip().removeprefix("- ") for part in parts if part.strip()]


def _rows(cell: Any, _: Reading) -> Any:
    """Rows of a table in one cell: a line for each, its parts named "who: You | what: call us"."""
    if isinstance(cell, list):
        return cell
    rows = []
    for line in str(cell).splitlines():
        pairs = [part.partition(":") for part in line.split("|") if part.strip()]
        if not all(colon for _, colon, _ in pairs):
            raise _wrong(
                "Each part of this row needs its name.", "Write, for instance: who: You | what: call us | when: soon."
            )
        if pairs:
            rows.append({name.strip().casefold(): value.strip() for name, _, value in pairs})
    return rows


def _labels(cell: Any, reading: Reading) -> Any:
    """What a field is about; a plain yes keeps it private without a name, and a no could mean two things."""
    text = ", ".join(map(str, cell)) if isinstance(cell, list) else str(_text(cell, reading))
    named = [_label(one) for one in sorted(read_labels(re.sub(r"[;\r\n]+", ",", text)))]
    return list(dict.fromkeys(named))


def _label(text: str) -> str:
    word = text.casefold()
    if word in _YES or word == "x" or label_key(text) == PRIVATE:
        return PRIVATE
    if word in _NO or word in NOT_ASKED:
        raise _wrong(
            "This does not say what is private here.",
            "Write what it is about, such as home life. Leave it empty if everybody who gets a copy may read it.",
        )
    check_label(text, "")
    return text


def _no_label(_: Any, __: Reading) -> Any:
    raise _wrong(
        "This cannot be kept private by itself: it stands within a sentence.",
        "Put it into a paragraph or a list that can be, or put {% private %} around its sentence in the template.",
    )


_READERS: dict[Kind, Callable[[Any, Reading], Any]] = {
    Kind.TEXT: _text,
    Kind.WORDS: _text,
    Kind.MAYBE: lambda cell, reading: None if means_nothing(str(cell)) else _text(cell, reading),
    Kind.NAME: _text,
    Kind.PROSE: _text,
    Kind.PERSON: _text,
    Kind.DATE: lambda cell, reading: read_day(cell, reading.order, reading.day_0),
    Kind.TIME: lambda cell, _: time_of_day(cell),
    Kind.YES_NO: _yes_no,
    Kind.LINES: _lines,
    Kind.LIST: _list,
    Kind.NUMBER: _number,
    Kind.ROWS: _rows,
    Kind.LABEL: _labels,
    Kind.NO_LABEL: _no_label,
    Kind.LEAVE_OUT: lambda _, __: None,
}
