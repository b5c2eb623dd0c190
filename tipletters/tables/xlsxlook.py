"""Looks over the XML of a sheet for what openpyxl does not tell: rows that are hidden or struck through, comments."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipletters.errors import ReadError

_ROW, _CELL = re.compile(rb"<(?:\w+:)?row(?=[ />])"), re.compile(rb"<(?:\w+:)?c(?=[ />])")
_FORMULA, _VALUE = re.compile(rb"<(?:\w+:)?f[ />]"), re.compile(rb"<(?:\w+:)?v(?: [^>]*)?>([^<]+)")
_FILLED = re.compile(rb"<(?:\w+:)?[vt](?: [^>]*)?>[^<]")
_TEXT, _SHARED = re.compile(rb"\st=[\"']str[\"']"), re.compile(rb"\st=[\"']s[\"']")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_STYLE = re.compile(rb"\ss=[\"'](\d{1,6})[\"']")
_STRIKE = re.compile(rb"<(?:\w+:)?strike(?![^>]*val=[\"'](?:0|false))[ />]")
_STRING = re.compile(rb"<(?:\w+:)?si(?=[ />])")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*/(?:comments|threadedComment)[\"'][^>]*>")
_TARGET = re.compile(rb"\sTarget=[\"']([^\"']+)")
_COMMENTED = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment)\s[^>]*?\bref=[\"'][A-Za-z]{1,3}(\d{1,7})")
_FAR = re.compile(rb"\sr=[\"'][A-Za-z]{3,}\d")  # a cell beyond column ZZ; openpyxl fills all the way there
_NUMBER = re.compile(rb'\sr=["\'](\d{1,9})["\']')
SAVE_ANEW = "Open the workbook in Excel or LibreOffice, save it anew as .xlsx, and try again."
_LONGEST = 1 << 24  # bytes of a row
_MOST_ROWS = 1 << 20  # Excel's own limit
_MOST_FAR = 1_000  # rows
# Bytes of a part other than a sheet's, such as that of all texts: openpyxl holds them in memory at several times that.
_MOST_OF_A_PART = 100_000_000
_MOST_OF_A_SHEET = 4_000_000_000  # bytes; a million rows of fifty columns
_UNREADABLE = (OSError, KeyError, ValueError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile)
_NAMED = 10  # rows that are told by their number


@dataclass(frozen=True, slots=True)
class Looked:
    """What openpyxl does not tell of a sheet.

    Args:
        without_result: rows with a formula whose result was not saved; it would read as empty.
        notes: what somebody should know who looks at the sheet in Excel, in sentences.
    """

    without_result: frozenset[int]
    notes: tuple[str, ...]


def weigh(path: Path) -> None:
    """Stop at a workbook that would fill the memory; no part gives more bytes than the zip says it has.

    Raises:
        ReadError: it would.
    """
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


def look(path: Path, book: Any, name: str) -> Looked:
    """Look over a sheet, and whether there is something in the others.

    Args:
        path: the workbook.
        book: it, as openpyxl opened it.
        name: the sheet.

    Raises:
        ReadError: it is damaged, or holds too much.
    """
    hides, last, far = False, 0, 0
    without, struck = set[int](), list[int]()
    part = _part(book[name])
    try:
        styles = {at for at, one in enumerate(book._cell_styles) if book._fonts[one.fontId].strike}
        texts = _struck_texts(path)
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
                raise _too_much(f"{path}, sheet “{name}”")
            found = _CELL.split(cells)
            if any(map(_lacks_result, found)):
                without.add(number)
            if (styles or texts or b"strike" in cells) and any(_is_struck(one, styles, texts) for one in found):
                struck.append(number)
        notes = _notes(name, hides, struck, _commented(path, part), _others(path, book, name))
    except _UNREADABLE:
        raise ReadError(
            "The rows of this sheet are damaged or out of order.", where=f"{path}, sheet “{name}”", then=SAVE_ANEW
        ) from None
    return Looked(frozenset(without), notes)


def _part(sheet: Any) -> str:
    return str(sheet._worksheet_path).lstrip("/")  # openpyxl tells it nowhere else


def _notes(
    name: str, hides: bool, struck: Sequence[int], commented: Sequence[int], others: Sequence[str]
) -> tuple[str, ...]:
    notes = ["Rows that Excel hides are in it too."] if hides else []
    if struck:
        notes.append(f"Something is struck through in {_rows(struck)}. We read it as if it were not.")
    if commented:
        notes.append(f"There are comments on {_rows(commented)}. We do not read them: look whether one holds a no.")
    if others:
        named = ", ".join(f"“{one}”" for one in others)
        notes.append(f"We read the sheet “{name}” alone. There is more in {named}.")
    return tuple(notes)


def _rows(numbers: Sequence[int]) -> str:
    more = len(numbers) - _NAMED
    shown = ", ".join(map(str, numbers[:_NAMED])) + (f" and {more:,} more" if more > 0 else "")
    return f"row {shown}" if len(numbers) == 1 else f"rows {shown}"


def _lacks_result(cell: bytes) -> bool:
    """Say whether a cell has a formula and no result; where that is an empty text, the cell says that it is a text."""
    return bool(_FORMULA.search(cell) and not _VALUE.search(cell) and not _TEXT.search(cell.partition(b">")[0]))


def _is_struck(cell: bytes, styles: Container[int], texts: Container[int]) -> bool:
    """Say whether a cell holds something that is struck through, all of it or a part."""
    head = cell.partition(b">")[0]
    style = _STYLE.search(head)
    if style and int(style[1]) in styles and _FILLED.search(cell):
        return True
    text = _VALUE.search(cell) if texts and _SHARED.search(head) else None
    return int(text[1]) in texts if text else bool(_STRIKE.search(cell))


def _struck_texts(path: Path) -> frozenset[int]:
    """Return the numbers of the workbook's shared texts of which a part is struck through."""
    with zipfile.ZipFile(path) as archive:
        part = next((one for one in archive.namelist() if one.casefold() == "xl/sharedstrings.xml"), "")
        data = archive.read(part) if part else b""
    if not _STRIKE.search(data):
        return frozenset()
    return frozenset(at for at, one in enumerate(_STRING.split(data)[1:]) if _STRIKE.search(one))


def _commented(path: Path, part: str) -> list[int]:
    """Return the rows with comments or notes on a cell."""
    folder, file = posixpath.split(part)
    rows = set[int]()
    with zipfile.ZipFile(path) as archive:
        links = f"{folder}/_rels/{file}.rels"
        for link in _LINK.findall(archive.read(links)) if links in archive.namelist() else ():
            target = _TARGET.search(link)
            held = posixpath.normpath(posixpath.join(f"/{folder}", target[1].decode() if target else "")).lstrip("/")
            if held in archive.namelist():
                rows |= {int(one) for one in _COMMENTED.findall(archive.read(held))}
    return sorted(rows)


def _others(path: Path, book: Any, name: str) -> list[str]:
    """Return the names of other sheets in which something stands."""
    return [one.title for one in book.worksheets if one.title != name and _holds_something(path, _part(one))]


def _holds_something(path: Path, part: str) -> bool:
    try:
        return any(_FILLED.search(row) for row in _raw_rows(path, part))
    except _UNREADABLE:
        return True


def _raw_rows(path: Path, part: str) -> Iterator[bytes]:
    """Yield the XML of each row of a sheet, after "<row"."""
    with zipfile.ZipFile(path) as archive, archive.open(part) as file:
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
