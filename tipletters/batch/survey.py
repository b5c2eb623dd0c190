"""Looks over the whole table once before any letter is made: how each column is to be read, and who is in it twice.

What it keeps is a number of eight bytes for each row and a few for each column, so that a million rows fit.
"""

import hashlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from tipletters.batch.cells import Reading, lost_zero
from tipletters.batch.days import is_serial, numbers_of
from tipletters.batch.places import Kind, fold
from tipletters.batch.plan import Order, Plan, Zeros
from tipletters.output import slug
from tipletters.quiet import Quiet
from tipletters.tables import Row, Table, is_empty

_PHONE = ("phone", "mobile", "tel", "fax", "landline")


@dataclass(frozen=True, repr=False)
class Doubt(Quiet):
    """One thing to ask about a whole column.

    Args:
        column: the column.
        about: "dates" or "zeros".
        rows: how many rows it touches.
        first: the first of them.
        question: in words.
        options: each answer with what it means, the likelier first.
    """

    column: str
    about: str
    rows: int
    first: int
    question: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, repr=False)
class Survey(Quiet):
    """What was seen.

    Args:
        rows: how many there are.
        readings: how each column's cells are read.
        doubts: what has to be asked first.
        notes: what was noticed and needs no answer.
        twice: marks of clients that stand in more than one row.
        same_reference: marks of references that stand in more than one row.
    """

    rows: int
    readings: tuple[Reading, ...]
    doubts: tuple[Doubt, ...]
    notes: tuple[str, ...]
    twice: frozenset[int]
    same_reference: frozenset[int]


@dataclass(slots=True)
class _Column:
    """What was seen in one column."""

    may_lose_zeros: bool
    day_first: int = 0
    month_first: int = 0
    either: int = 0
    first_either: int = 0
    first_other: int = 0
    serials: int = 0
    zeros: int = 0
    first_zero: int = 0


@dataclass(slots=True)
class _Seen:
    columns: list[_Column]
    clients: "array[int]" = field(default_factory=lambda: array("Q"))
    references: "array[int]" = field(default_factory=lambda: array("Q"))
    rows: int = 0


def survey(table: Table, plan: Plan, dates: Mapping[str, Order], zeros: Mapping[str, Zeros]) -> Survey:
    """Look over a table.

    Args:
        table: the table.
        plan: which column goes where.
        dates: what was decided about the dates of a column.
        zeros: what was decided about the lost zeros of a column.

    Raises:
        ReadError: the table cannot be read to its end.
    """
    seen = _Seen([_Column(_may_lose_zeros(*one)) for one in zip(plan.columns, plan.places, plan.kinds, strict=True)])
    for row in table.read():
        _look(row, plan, seen)
    readings, doubts, notes = [], [], list(table.notes)
    for name, kind, column in zip(plan.columns, plan.kinds, seen.columns, strict=True):
        reading, asked = _reading(name, kind, column, dates.get(name), zeros.get(name))
        readings.append(replace(reading, day_0=table.day_0))
        doubts += asked
        if column.serials:
            notes.append(
                f"“{name}”: {_rows(column.serials)} Excel's number of a day instead of a date. We read it as the date."
            )
    return Survey(
        seen.rows, tuple(readings), tuple(doubts), tuple(notes), _doubled(seen.clients), _doubled(seen.references)
    )


def _rows(count: int) -> str:
    return "1 row has" if count == 1 else f"{count:,} rows have"


def _look(row: Row, plan: Plan, seen: _Seen) -> None:
    seen.rows += 1
    for cell, kind, column in zip(row.cells, plan.kinds, seen.columns, strict=True):
        if kind is Kind.DATE:
            _look_at_date(cell, row.number, column)
        elif column.may_lose_zeros and lost_zero(cell, kind):
            column.zeros += 1
            column.first_zero = column.first_zero or row.number
    if client := client_mark(row, plan):
        seen.clients.append(client)
    if reference := reference_mark(row, plan):
        seen.references.append(reference)


def _may_lose_zeros(name: str, place: str, kind: Kind) -> bool:
    return kind is Kind.NUMBER or (kind in (Kind.TEXT, Kind.WORDS) and _is_phone(name, place))


def _is_phone(name: str, place: str) -> bool:
    return any(word in fold(name) or word in fold(place) for word in _PHONE)


def _look_at_date(cell: Any, row: int, column: _Column) -> None:
    found = numbers_of(cell)
    if found is None:
        column.serials += is_serial(cell)
        return
    first, second = found
    if first > 12 >= second:
        column.day_first += 1
    elif second > 12 >= first:
        column.month_first += 1
        column.first_other = column.first_other or row
    elif first != second:
        column.either += 1
        column.first_either = column.first_either or row


def _reading(
    name: str, kind: Kind, seen: _Column, order: Order | None, zeros: Zeros | None
) -> tuple[Reading, list[Doubt]]:
    doubts = []
    # Day first, unless the column itself speaks against it or says nothing at all.
    if order is None and (seen.month_first or (seen.either and not seen.day_first)):
        doubts.append(_about_dates(name, seen))
    if zeros is None and seen.zeros:
        which = "NHS or CHI number" if kind is Kind.NUMBER else "phone number"
        doubts.append(
            Doubt(
                name,
                "zeros",
                seen.zeros,
                seen.first_zero,
                f"“{name}”: {_rows(seen.zeros)} a {which} that lost its first 0, such as row {seen.first_zero}.",
                ((Zeros.PUT_BACK, "the 0 should come back"), (Zeros.LEAVE, "the numbers are right as they are")),
            )
        )
    return Reading(order or Order.DAY_FIRST, zeros or Zeros.LEAVE), doubts


def _about_dates(name: str, seen: _Column) -> Doubt:
    row = seen.first_other or seen.first_either
    if seen.month_first and seen.day_first:
        question = f"“{name}” mixes two kinds of dates. In row {row} the month comes first, in others the day."
    elif seen.month_first:
        question = f"In “{name}” the month seems to come first, as in row {row}."
    else:
        question = f"In “{name}” no date tells which number is the day, as in row {row}."
    return Doubt(
        name,
        "dates",
        seen.either + seen.month_first,
        row,
        question,
        (
            (Order.DAY_FIRST, "the day comes first: 03/04/2026 is 3 April"),
            (Order.MONTH_FIRST, "the month comes first: 03/04/2026 is 4 March"),
        ),
    )


def client_mark(row: Row, plan: Plan) -> int:
    """Return a mark of the client in a row: their number or key, else name and day of birth; 0 where there is none."""
    cells = dict(zip(plan.places, row.cells, strict=True))
    for place in ("client.nhs_number", "client.chi_number", "client.key"):
        if digits := _folded(cells.get(place)):
            return _mark(place, digits.lstrip("0"))
    parts = [_folded(cells.get(f"client.{part}")) for part in ("first_name", "last_name", "date_of_birth")]
    return _mark("name", *parts) if any(parts[:2]) and parts[2] else 0


def reference_mark(row: Row, plan: Plan) -> int:
    """Return a mark of a row's reference as file names have it; 0 where there is none."""
    cell = next((cell for place, cell in zip(plan.places, row.cells, strict=True) if place == "reference"), None)
    name = "" if is_empty(cell) else slug(str(cell)).casefold()
    return _mark("reference", name) if name else 0


def _folded(cell: Any) -> str:
    return "" if is_empty(cell) else fold(str(cell))


def _mark(*parts: str) -> int:
    return int.from_bytes(hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest(), "big") or 1


def _doubled(marks: "array[int]") -> frozenset[int]:
    return frozenset(one for one, other in pairwise(sorted(marks)) if one == other)
