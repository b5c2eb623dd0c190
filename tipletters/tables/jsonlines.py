"""Reads JSON Lines: one object a line. What lies inside an object is a column of its own, named "client.first_name"."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tipletters.errors import ReadError
from tipletters.tables.encoding import LONGEST
from tipletters.tables.table import MAX_COLUMNS, Row, Table


def open_jsonl(path: Path, encoding: str = "", sheet: str = "") -> Table:
    """Return a JSON Lines file as a table.

    Args:
        path: the file.
        encoding: how its letters were saved; UTF-8 where nothing is said.
        sheet: not used.

    Raises:
        ReadError: it has no objects, or too many columns.
    """
    encoding = encoding or "utf-8-sig"
    columns: dict[str, None] = {}
    for _, found in _objects(path, encoding):
        columns.update(dict.fromkeys(found or ()))
        if len(columns) > MAX_COLUMNS:
            raise ReadError(
                f"This table has more than {MAX_COLUMNS} names.", where=str(path), then="Keep those you need."
            )
    if not columns:
        raise ReadError("There is no object in this file.", where=str(path), then="Write one JSON object on each line.")
    names = tuple(columns)

    def read() -> Iterator[Row]:
        for number, found in _objects(path, encoding):
            if found is None:
                then = "Write each row as one JSON object on a line of its own."
                yield Row(number, (None,) * len(names), "This line is no JSON object.", then)
            elif found:
                yield Row(number, tuple(found.get(name) for name in names))

    return Table("jsonl", names, "JSON Lines", read, (encoding, ""))


def _objects(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Yield each line's number and object; None for a line that holds none."""
    try:
        with path.open(encoding=encoding, errors="replace", newline="\n") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST), ""), start=1):
                if not line.strip():
                    continue
                yield number, _object(line)
    except (OSError, UnicodeError, LookupError):
        raise ReadError("This table cannot be read.", where=str(path), then="Save it as UTF-8.") from None


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return dict(_flat(found)) if isinstance(found, dict) else None


def _flat(found: Mapping[str, Any], begin: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in found.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{begin}{key}.")
        else:
            yield f"{begin}{key}", value
