"""Reads CSV as Excel and patient systems export it: any encoding, any separator."""

import csv
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from tipletters.errors import ReadError
from tipletters.tables.encoding import LONGEST, MIXED, encoding_of
from tipletters.tables.guard import unguarded
from tipletters.tables.table import Row, Table, first_filled, is_empty, named, row_of

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}
_LOOK_AT = 50  # rows that tell the separator
_SPELLED = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "Windows letters", "mac_roman": "old Mac letters"}
_SPELLED |= {
    "cp1250": "Windows letters of central Europe",
    "cp850": "old DOS letters",
    MIXED: "UTF-8 and Windows letters, mixed",
}
_ODD = "Its letters were saved in another way than those of other rows, so names may be misspelt."
_ODD_THEN = "Check the names and accents in this row, then save the whole table as “CSV UTF-8”."

_SWALLOWED = "The next row seems to stand in a cell of this one."
_SWALLOWED_THEN = "Look in this row for a quotation mark that is not closed, and put it right."


def open_csv(path: Path, encoding: str = "", sheet: str = "") -> Table:
    """Return a CSV file as a table.

    Args:
        path: the file.
        encoding: how its letters were saved; empty to find out.
        sheet: not used: a CSV file has one sheet.

    Raises:
        ReadError: it is no table.
    """
    encoding = encoding or encoding_of(path)
    separator = _separator(path, encoding)
    first = first_filled(_records(path, encoding, separator))
    if first is None:
        raise ReadError("This table is empty.", where=str(path), then="Put the names of the columns in its first row.")
    at, cells, _ = first
    columns = named(tuple(unguarded(cell) for cell in cells), str(path))

    def read() -> Iterator[Row]:
        for number, cells, odd in _records(path, encoding, separator):
            if number <= at or all(map(is_empty, cells)):
                continue
            row = row_of(number, tuple(unguarded(cell) for cell in cells), len(columns))
            if not row.problem and any(_holds_a_row(cell, separator, len(columns)) for cell in cells):
                row = Row(number, row.cells, _SWALLOWED, _SWALLOWED_THEN)
            yield Row(number, row.cells, _ODD, _ODD_THEN) if odd and not row.problem else row

    spelled = _SPELLED.get(encoding, encoding.upper())
    return Table("csv", columns, f"CSV, {_SEPARATORS[separator]} between cells, {spelled}", read, (encoding, separator))


def _holds_a_row(cell: str, separator: str, columns: int) -> bool:
    """Say whether a line within a cell has as many separators as a whole row: a quotation mark was not closed."""
    return "\n" in cell and any(line.count(separator) >= max(2, columns - 1) for line in cell.splitlines()[1:])


class _Lines:
    """The lines of a text file. `odd` says whether a line since it was last put down was not in the file's encoding."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.odd = False
        self._mixed = encoding == MIXED
        # Bytes that are no UTF-8 stand in a mixed line as lone surrogates, until the line is read anew.
        with_odd_bytes = "surrogateescape" if self._mixed else "replace"
        self._file = path.open(encoding="utf-8" if self._mixed else encoding, errors=with_odd_bytes, newline="")

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(LONGEST):
            if self._mixed and not line.isascii():
                raw = line.encode("utf-8", "surrogateescape")
                try:
                    raw.decode()
                except UnicodeDecodeError:
                    self.odd, line = True, raw.decode("cp1252", errors="replace")
            yield line


def _records(
    path: Path, encoding: str, separator: str, *, strict: bool = True
) -> Generator[tuple[int, list[str], bool], None, None]:
    """Yield each record's number, cells, and whether its letters were saved in another way.

    Without `strict` a quotation mark may stand anywhere, as it does where the separator is another.
    """
    csv.field_size_limit(LONGEST)
    number = 0
    try:
        with _Lines(path, encoding) as lines:
            for cells in csv.reader(_from_table(lines), delimiter=separator, strict=strict):
                number += 1
                odd, lines.odd = lines.odd, False
                yield number, cells, odd
    except csv.Error:
        raise ReadError(
            f"The table cannot be read beyond row {number + 1}.",
            where=str(path),
            then="Look there for a quotation mark that is not closed.",
        ) from None
    except (OSError, UnicodeError, LookupError):
        raise ReadError("This table cannot be read.", where=str(path), then="Save it as “CSV UTF-8”.") from None


def _from_table(lines: _Lines) -> Iterator[str]:
    """Leave out the line by which Excel tells the separator."""
    for number, line in enumerate(lines):
        if number or not line.startswith(("sep=", "\ufeffsep=")):
            yield line.removeprefix("\ufeff") if not number else line


def _separator(path: Path, encoding: str) -> str:
    """Return the separator that gives the first rows the same number of cells, and more than one."""
    best, most = ",", 0
    with _Lines(path, encoding) as lines:
        first = next(iter(lines), "").removeprefix("\ufeff").rstrip("\r\n")
    if first.startswith("sep=") and first[4:] in _SEPARATORS:
        return first[4:]
    for one in _SEPARATORS:
        widths = []
        with closing(_records(path, encoding, one, strict=False)) as records:
            for _, cells, _ in islice(records, _LOOK_AT):
                if not all(map(is_empty, cells)):
                    widths.append(len(cells))
        alike = sum(width == widths[0] for width in widths) if widths and widths[0] > 1 else 0
        if alike > most:
            best, most = one, alike
    return best
