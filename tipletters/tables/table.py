"""What a table is to us: named columns, and rows that are read one after the other, each time anew."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

from tipletters.errors import ReadError
from tipletters.quiet import Quiet

# More than any list of letters needs; a table beyond it is not what it says it is.
MAX_COLUMNS = 500
# Excel counts the days from here on; it believes that 1900 was a leap year.
DAY_0 = date(1899, 12, 30)


@dataclass(frozen=True, slots=True, repr=False)
class Row(Quiet):
    """One row.

    Args:
        number: as the program counts it that shows the table; the names of the columns stand in row 1.
        cells: one for each column: text, number, date, time, yes or no, or None where it is empty.
        problem: why the row cannot be used as it stands; empty where it can.
        then: what to do about it.
        beyond: cells that stand beyond the last column; the row cannot be used then.
    """

    number: int
    cells: tuple[Any, ...]
    problem: str = ""
    then: str = ""
    beyond: tuple[Any, ...] = ()


@dataclass(frozen=True, repr=False)
class Table(Quiet):
    """A table that was opened.

    Args:
        kind: a name from `tables.KINDS`.
        columns: their names, in order.
        described: how it was read, in words, for the worker to see.
        read: yields the rows; each call begins anew.
        form: what a table in the same format needs: the encoding and the separator of a CSV file.
        notes: what the worker should know of it besides, in sentences.
        day_0: the day from which numbers of days are counted; workbooks from old Macs begin at 1904.
    """

    kind: str
    columns: tuple[str, ...]
    described: str
    read: Callable[[], Iterator[Row]]
    form: tuple[str, str] = ("utf-8-sig", ",")
    notes: tuple[str, ...] = ()
    day_0: date = DAY_0


def first_filled(rows: Generator[tuple[Any, ...], None, None]) -> tuple[Any, ...] | None:
    """Return the first row that holds something, its cells in second place, and close what it was read from."""
    with closing(rows):
        return next((row for row in rows if not all(map(is_empty, row[1]))), None)


def is_empty(cell: Any) -> bool:
    """Say whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def named(cells: tuple[Any, ...], where: str) -> tuple[str, ...]:
    """Return the names of the columns; one without a name is called by its letters, as in Excel.

    Raises:
        ReadError: there are too many, or two have one name.
    """
    names = [f"column {letters(n)}" if is_empty(cell) else " ".join(str(cell).split()) for n, cell in enumerate(cells)]
    if len(names) > MAX_COLUMNS:
        raise ReadError(f"This table has more than {MAX_COLUMNS} columns.", where=where, then="Keep those you need.")
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name.casefold() in seen:
            raise ReadError(
                f"Two columns have the same name; the second is column {letters(number)}.",
                where=where,
                then="Give each column a name of its own in the first row.",
            )
        seen.add(name.casefold())
    return tuple(names)


def letters(number: int) -> str:
    """Return a column's letters as Excel shows them: 0 is A, 26 is AA."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def row_of(number: int, cells: tuple[Any, ...], width: int) -> Row:
    """Return a row of the table's width; one of another width says so."""
    while len(cells) > width and is_empty(cells[-1]):
        cells = cells[:-1]
    if len(cells) == width:
        return Row(number, cells)
    return Row(
        number,
        (*cells[:width], *[None] * (width - len(cells))),
        f"This row has {len(cells)} cells, but the table has {width} columns.",
        "Look for a separator inside a cell, or a quotation mark that is not closed.",
        cells[width:],
    )
