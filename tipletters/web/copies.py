"""Files for the browser to fetch, and what the worker decided about a copy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.responses import Response

from tipletters.errors import CaseError
from tipletters.web import shelf
from tipletters.web.desk import Desk

# Files that do not stand on the disk are held for the browser to fetch; older ones make room.
_IN_MEMORY = 8


def decide(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Write down what the worker decided about a question that was asked of a copy.

    Raises:
        CaseError: nothing was decided.
    """
    _, _, held = shelf.read(desk, data.get("letter"))
    said = str(data.get("said", "")).strip()
    if not said:
        raise CaseError("Please write in a few words what you decided.", then="Then choose again.")
    section = held.get("author")
    by = (section.get("name") if isinstance(section, Mapping) else "") or desk.by
    reply = {"question": str(data.get("question", "")), "answer": said, "by": by, "date": desk.now().date()}
    given = {"answers": [*shelf.listed(held, "answers"), reply]}
    return {"seen": shelf.keep(desk, data, given)[0]}


def offer(desk: Desk, path: Path, data: bytes | None = None) -> int:
    """Let the browser fetch a file once made, by a number: a path from the browser is never followed.

    Args:
        desk: where it is remembered until the page locks.
        path: the file, or only its name.
        data: its bytes, where it does not stand on the disk.

    Returns:
        The number.
    """
    offered: dict[int, tuple[Path, bytes | None]] = desk.held.setdefault("files", {})
    number = next(desk.numbers)
    offered[number] = (path, data)
    in_memory = [one for one, (_, held) in offered.items() if held is not None]
    for old in in_memory[:-_IN_MEMORY]:
        del offered[old]
    return number


def download(desk: Desk, asked: Mapping[str, str]) -> Response:
    """Return a file that was offered.

    Raises:
        CaseError: it was not, or it is gone.
    """
    try:
        path, data = desk.held.get("files", {})[int(asked.get("number", ""))]
        return as_file(path.name, path.read_bytes() if data is None else data)
    except (KeyError, OSError, ValueError):
        raise CaseError("This file is not there any more.", then="Write it again.") from None


def as_file(name: str, data: bytes) -> Response:
    """Return bytes for the browser to save, never to show."""
    plain = "".join(ch if ch.isascii() and (ch.isalnum() or ch in ".-_") else "-" for ch in name)
    return Response(
        data,
        media_type="application/octet-stream",
        headers={"content-disposition": f'attachment; filename="{plain}"'},
    )
