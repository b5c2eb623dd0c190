"""Reads Excel workbooks, row by row, through openpyxl."""

import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from tipletters.errors import ReadError, did_you_mean
from tipletters.tables.guard import unguarded
from tipletters.tables.table import Row, Table, first_filled, is_empty, named, row_of

_ROW, _CELL = re.compile(rb"<(?:\w+:)?row(?=[ />])"), re.compile(rb"<(?:\w+:)?c(?=[ />])")
_FORMULA, _VALUE = re.compile(rb"<(?:\w+:)?f[ />]"), re.compile(rb"<(?:\w+:)?v(?: [^>]*)?>[^<]")
_TEXT = re.compile(rb"\st=[\"']str[\"']")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_FAR = re.compile(rb"\sr=[\"'][A-Za-z]{3,}\d")  # a cell beyond column ZZ; openpyxl fills all the way there
_NUMBER = re.compile(rb'\sr=["\'](\d{1,9})["\']')
_NO_RESULT = "A formula in this row has no result saved with it, so it would read as empty."
_SAVE_ANEW = "Open the workbook in Excel or LibreOffice, save it anew as .xlsx, and try again."
_LONGEST = 1 << 24  # bytes of a row
_MOST_ROWS = 1 << 20  # Excel's own limit
_MOST_FAR = 1_000  # rows
# Bytes of a part other than a sheet's, such as that of all texts: openpyxl holds them in memory at several times that.
_MOST_OF_A_PART = 100_000_000
_MOST_OF_A_SHEET = 4_000_000_000  # bytes; a million rows of fifty columns
_UNREADABLE = (OSError, KeyError, ValueError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile)


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
        looked = _look(path, book[name]._worksheet_path, name)  # openpyxl tells it nowhere else
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
                yield Row(number, row.cells, _NO_RESULT, _SAVE_ANEW) if number in looked.without_result else row

    described = f"Excel workbook, sheet “{name}”"
    return Table(
        "xlsx", columns, f"{described}; rows that Excel hides are in it too" if looked.hides else described, read
    )


@contextmanager
def _opened(path: Path, sheet: str) -> Iterator[tuple[Any, str]]:
    """Open a workbook, and find the name of the sheet to read."""
    import openpyxl

    _weigh(path)
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


def _weigh(path: Path) -> None:
    """Stop at a workbook that would fill the memory; no part gives more bytes than the zip says it has."""
    try:
        with zipfile.ZipFile(path) as archive:
            fits = all(_fits(archive, one) for one in archive.infolist())
    except _UNREADABLE:
        return  # openpyxl says so
    if not fits:
        raise _too_much(str(path))


def _fits(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Say whether a part is of sensible size; rows are read one by one, all that stands before the first at once."""
    if not part.filename.startswith("xl/worksheets/") or part.file_size <= _LONGEST:
        return part.file_size <= _MOST_OF_A_PART
    with archive.open(part) as file:
        return part.file_size <= _MOST_OF_A_SHEET and _ROW.search(file.read(_LONGEST)) is not None


def _too_much(where: str) -> ReadError:
    return ReadError(
        "There is more in this workbook than in any list of letters.",
        where=where,
        then="Copy the rows and columns that you need to a new workbook, or save the sheet as “CSV UTF-8”.",
    )


def _rows(path: Path, sheet: str) -> Generator[tuple[int, tuple[Any, ...]], None, None]:
    with _opened(path, sheet) as (book, name):
        book[name].reset_dimensions()  # what the file says of its own size may be wrong
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


@dataclass(frozen=True, slots=True)
class _Looked:
    """What openpyxl does not tell of a sheet.

    Args:
        hides: it has rows that a filter or a hand has hidden: whoever looks at it does not see them.
        without_result: rows with a formula whose result was not saved; it would read as empty.
    """

    hides: bool
    without_result: frozenset[int]


def _look(path: Path, part: str, sheet: str) -> _Looked:
    hides, last, far, without = False, 0, 0, set[int]()
    try:
        for row in _raw_rows(path, part):
            head, _, cells = row.partition(b">")
            hides |= bool(_HIDDEN.search(head))
            far += bool(_FAR.search(cells))
            said = _NUMBER.search(head)
            number = int(said[1]) if said else last + 1
            if number <= last:
                raise ValueError
            last = number
            if last > _MOST_ROWS or far > _MOST_FAR:
                raise _too_much(f"{path}, sheet “{sheet}”")
            if any(map(_lacks_result, _CELL.split(cells))):
                without.add(number)
    except _UNREADABLE:
        raise ReadError(
            "The rows of this sheet are damaged or out of order.", where=f"{path}, sheet “{sheet}”", then=_SAVE_ANEW
        ) from None
    return _Looked(hides, frozenset(without))


def _lacks_result(cell: bytes) -> bool:
    """Say whether a cell has a formula and no result; where that is an empty text, the cell says that it is a text."""
    return bool(_FORMULA.search(cell) and not _VALUE.search(cell) and not _TEXT.search(cell.partition(b">")[0]))


def _raw_rows(path: Path, part: str) -> Iterator[bytes]:
    """Yield the XML of each row of a sheet, after "<row"."""
    with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as file:
        before, inside = b"", False
        while chunk := file.read(1 << 16):
            first, *rows = _ROW.split(before + chunk)
            if inside and rows:
                yield first
            yield from rows[:-1]
            inside |= bool(rows)
            before = rows[-1] if rows else first if inside else first[-20:]
            if len(before) > _LONGEST:
                raise ValueError
        if inside:
            yield before
