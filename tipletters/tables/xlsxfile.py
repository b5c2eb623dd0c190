"""Reads Excel workbooks, row by row, through openpyxl."""

import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Any

from tipletters.errors import ReadError, did_you_mean
from tipletters.tables.guard import unguarded
from tipletters.tables.table import Row, Table, first_filled, is_empty, named, row_of


def open_xlsx(path: Path, encoding: str = "", sheet: str = "") -> Table:
    """Return a sheet of a workbook as a table.

    Args:
        path: the workbook.
        encoding: not used: a workbook says it itself.
        sheet: the sheet's name; empty for the first one that can be seen.

    Raises:
        ReadError: it cannot be read, or has no such sheet.
    """
    with _opened(path, sheet) as (_, name):
        hidden = _hides_rows(path)
    first = first_filled(_rows(path, name))
    if first is None:
        raise ReadError("This sheet is empty.", where=f"{path}, sheet “{name}”", then="Choose another with --sheet.")
    at, cells = first
    while cells and is_empty(cells[-1]):
        cells = cells[:-1]
    columns = named(cells, f"{path}, sheet “{name}”")

    def read() -> Iterator[Row]:
        for number, cells in _rows(path, name):
            if number > at and not all(map(is_empty, cells)):
                padded = (*cells, *[None] * (len(columns) - len(cells)))
                yield row_of(number, padded, len(columns))

    described = f"Excel workbook, sheet “{name}”"
    return Table("xlsx", columns, f"{described}; rows that Excel hides are in it too" if hidden else described, read)


@contextmanager
def _opened(path: Path, sheet: str) -> Iterator[tuple[Any, str]]:
    """Open a workbook, and find the name of the sheet to read."""
    import openpyxl

    with path.open("rb") as file:  # by its content, since openpyxl goes by the name's ending
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception:  # noqa: BLE001 - openpyxl raises whatever the broken part made it stumble over
            raise ReadError(
                "This workbook cannot be read.", where=str(path), then="Open it in Excel and save it anew as .xlsx."
            ) from None
        seen = [one.title for one in book.worksheets if one.sheet_state == "visible"]
        if not seen or (sheet and sheet not in book.sheetnames):
            hint = did_you_mean(sheet, book.sheetnames) or f"It has: {', '.join(book.sheetnames)}."
            what = f"There is no sheet “{sheet}”." if sheet else "It has no sheet that can be seen."
            raise ReadError(what, where=str(path), then=hint)
        yield book, sheet or seen[0]


def _rows(path: Path, sheet: str) -> Generator[tuple[int, tuple[Any, ...]], None, None]:
    with _opened(path, sheet) as (book, name):
        rows = enumerate(book[name].iter_rows(values_only=True), start=1)
        number = 0
        while True:
            try:
                number, cells = next(rows, (0, ()))
            except Exception:  # noqa: BLE001 - as above
                raise ReadError(
                    f"The workbook cannot be read beyond row {number}.",
                    where=f"{path}, sheet “{sheet}”",
                    then="Open it in Excel and save it anew as .xlsx.",
                ) from None
            if not number:
                return
            yield number, tuple(_plain(cell) for cell in cells)


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return unguarded(cell)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return int(cell)
    return cell


def _hides_rows(path: Path) -> bool:
    """Say whether a sheet has rows that a filter or a hand has hidden: whoever looks at it does not see them."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/sheet"):
                continue
            with archive.open(name) as part:
                before = b""
                while chunk := part.read(1 << 16):
                    for row in (before + chunk).split(b"<row ")[1:]:
                        if b' hidden="1"' in row.split(b">", 1)[0]:
                            return True
                    before = chunk[-200:]
    return False
