"""Writes rows of a table out again in the format that they came in, with the reason beside each."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path
from typing import IO, Any

from tipletters.tables.encoding import MIXED
from tipletters.tables.guard import guarded
from tipletters.tables.table import DAY_0, Row, Table, is_empty

REASON, THEN = "what is wrong", "what to do"
ENDINGS = {"csv": ".csv", "xlsx": ".xlsx", "jsonl": ".jsonl"}
# A date inside the file, the same on every day; the zip format knows no earlier one.
_DAY = datetime(1980, 1, 1)
_LONGEST_CELL = 32_767  # Excel's own limit

Rows = Iterable[tuple[Row, str, str]]


def write_rows(table: Table, rows: Rows, out: IO[bytes], folder: Path) -> None:
    """Write rows as a table like the one that they came from.

    Args:
        table: where they came from.
        rows: each with what is wrong with it and what to do; a table that is read again leaves these two columns out.
        out: where to write.
        folder: where a workbook's throwaway files may stand.
    """
    _WRITE[table.kind](table, rows, out, folder)


def _csv(table: Table, rows: Rows, out: IO[bytes], _: Path) -> None:
    encoding, separator = table.form
    encoding = "utf-8-sig" if encoding in ("utf-8", MIXED) or not encoding.startswith("utf") else encoding
    text = io.TextIOWrapper(out, encoding, newline="", write_through=True)
    write = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow
    write([guarded(cell) for cell in _head(table)])
    for line in _lines(table, rows):
        write([guarded(as_text(cell)) for cell in line])
    text.detach()


def _jsonl(table: Table, rows: Rows, out: IO[bytes], _: Path) -> None:
    head = _head(table)
    for line in _lines(table, rows):
        kept = {name: cell for name, cell in zip(head, line, strict=True) if cell is not None}
        out.write(json.dumps(kept, ensure_ascii=False, default=as_text).encode(errors="replace") + b"\n")


def _xlsx(table: Table, rows: Rows, out: IO[bytes], folder: Path) -> None:
    import xlsxwriter

    as_counted = {"date_1904": table.day_0 != DAY_0}
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": str(folder), "use_zip64": False} | as_counted)
    book.set_properties({"created": _DAY})
    sheet = book.add_worksheet("Rows to mend")
    as_words = book.add_format({"num_format": "@"})  # Excel leaves zeros and dates in such a cell alone
    for number, line in enumerate(chain([_head(table)], _lines(table, rows))):
        for column, cell in enumerate(line):
            if not is_empty(cell):
                sheet.write_string(number, column, as_text(cell)[:_LONGEST_CELL], as_words)
    book.close()


def _head(table: Table) -> list[str]:
    return [name for name in table.columns if name not in (REASON, THEN)] + [REASON, THEN]


def _lines(table: Table, rows: Rows) -> Iterator[list[Any]]:
    kept = [number for number, name in enumerate(table.columns) if name not in (REASON, THEN)]
    for row, reason, then in rows:
        yield [row.cells[number] for number in kept] + [reason, then, *row.beyond]


def as_text(cell: Any) -> str:
    """Return a cell as text that reads back as the same value."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date | time):
        return cell.isoformat()
    return cell if isinstance(cell, str) else str(cell)


_WRITE: dict[str, Callable[[Table, Rows, IO[bytes], Path], None]] = {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}
