"""Reads Excel workbooks, row by row, through openpyxl."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Any

from tipletters.errors import ReadError, did_you_mean
from tipletters.tables.guard import unguarded
from tipletters.tables.table import Row, Table, first_filled, is_empty, named, row_of
from tipletters.tables.xlsxlook import SAVE_ANEW, look, weigh
from tipletters.tables.xlsxshown import formats_of, shown

_NO_RESULT = "A formula in this row has no result saved with it, so it would read as empty."


def open_xlsx(path: Path, encoding: str = "", sheet: str = "") -> Table:
    """Return a sheet of a workbook as a table.

    Args:
        path: the workbook.
        encoding: not used: a workbook says it itself.
        sheet: the sheet's name; empty for the first one that can be seen.

    Raises:
        ReadError: it cannot be read, or has no such sheet.
    """
    with _opened(path, sheet) as (book, name):
        looked, day_0 = look(path, book, name), book.epoch.date()
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
                row = row_of(number, padded, len(columns))
                yield Row(number, row.cells, _NO_RESULT, SAVE_ANEW) if number in looked.without_result else row

    return Table("xlsx", columns, f"Excel workbook, sheet “{name}”", read, notes=looked.notes, day_0=day_0)


@contextmanager
def _opened(path: Path, sheet: str) -> Iterator[tuple[Any, str]]:
    """Open a workbook, and find the name of the sheet to read."""
    import openpyxl

    weigh(path)
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
        book[name].reset_dimensions()  # what the file says of its own size may be wrong
        formats = formats_of(book)
        rows = enumerate(book[name].iter_rows(values_only=not formats), start=1)
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
            if formats:
                cells = tuple(shown(_plain(cell.value), getattr(cell, "_style_id", 0), formats) for cell in cells)
            yield number, cells if formats else tuple(_plain(cell) for cell in cells)


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return unguarded(_unescaped(cell) if "_x" in cell else cell)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return int(cell)
    return cell


def _unescaped(text: str) -> str:
    """Return a text with the signs that Excel writes by their number, "_x000D_" for a carriage return."""
    from openpyxl.utils.escape import unescape

    signs: str = unescape(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # an emoji is two
    return signs.replace("\r\n", "\n").replace("\r", "\n")
