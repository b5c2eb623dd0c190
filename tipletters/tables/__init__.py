"""Tables: read row by row, from CSV, Excel and JSON Lines; written in the format that they came in."""

from collections.abc import Callable
from pathlib import Path

from tipletters.errors import ReadError
from tipletters.tables.csvfile import open_csv
from tipletters.tables.jsonlines import open_jsonl
from tipletters.tables.table import DAY_0, Row, Table, is_empty, letters
from tipletters.tables.xlsxfile import open_xlsx

# Each kind of table, with what opens it.
KINDS: dict[str, Callable[[Path, str, str], Table]] = {"csv": open_csv, "xlsx": open_xlsx, "jsonl": open_jsonl}

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def open_table(path: Path, *, encoding: str = "", sheet: str = "") -> Table:
    """Return a table, whatever its name says: its content tells what it is.

    Args:
        path: the file.
        encoding: how the letters of a text table were saved; empty to find out.
        sheet: the sheet of a workbook; empty for the first.

    Raises:
        ReadError: it cannot be read, or is no table.
    """
    return KINDS[kind_of(path)](path, encoding, sheet)


def kind_of(path: Path) -> str:
    """Return what kind of table a file is.

    Raises:
        ReadError: it is none, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(1 << 12)
    except OSError as problem:
        reason = problem.strerror or "the name is not allowed"
        raise ReadError(f"This table cannot be read: {reason}.", where=str(path), then="Check the name.") from None
    if start.startswith(_OLD_EXCEL):
        raise ReadError(
            "This is an old Excel workbook (.xls), or one with a password.",
            where=str(path),
            then="Open it in Excel and save it as .xlsx without a password.",
        )
    if start.startswith(b"PK"):
        return "xlsx"
    begins = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "jsonl" if begins.startswith(b"{") else "csv"


__all__ = ["DAY_0", "KINDS", "Row", "Table", "is_empty", "kind_of", "letters", "open_table"]
