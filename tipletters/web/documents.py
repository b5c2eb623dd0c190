"""Documents that were dropped on the page: read in memory, checked, and handed back with answers in them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tipletters.annotate import chosen, comments, suggest
from tipletters.annotate.edits import edits_between
from tipletters.annotate.page import html_report
from tipletters.checks.existing import Checked, report_of
from tipletters.checks.run import check_text
from tipletters.errors import ReadError
from tipletters.readers import read
from tipletters.readers.model import Source
from tipletters.web.check import as_marks, run_of
from tipletters.web.copies import offer
from tipletters.web.desk import Desk
from tipletters.web.shelf import listed

_KEPT = 5  # documents that the page remembers, the newest ones


def take(desk: Desk, name: str, data: bytes, _: Mapping[str, Any]) -> dict[str, Any]:
    """Read and check a document.

    Raises:
        ReadError: it cannot be read.
    """
    name = Path(name.replace("\\", "/")).name or "letter"
    made = read(data, name, Source(data, name, desk.folder))
    report = report_of(made, run_of(desk))
    held: dict[str, Checked] = desk.held.setdefault("documents", {})
    number = str(next(desk.numbers))
    held[number] = Checked(Path(name), report, made.encoding, read=made)
    for old in list(held)[:-_KEPT]:
        del held[old]
    return {
        "document": number,
        "name": name,
        "text": report.text,
        "problems": list(made.problems),
        "word": bool(made.package),
        "marks": as_marks(report),
    }


def give(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Make a document with answers in it, and say by which number the browser can fetch it.

    Raises:
        TiplettersError: it cannot be made.
    """
    how, text = str(data.get("how", "")), str(data.get("text", ""))
    run = run_of(desk, map(str, listed(data, "allowed")))
    held = desk.held.get("documents", {}).get(str(data.get("document", "")))
    if how == "html":
        name = held.path if held else Path("letter.txt")
        checked = Checked(name, check_text(text, run=run)) if not held or text != held.report.text else held
        return _offered(desk, name, "checked.html", html_report([checked], run.profile))
    if how == "text":
        return _offered(desk, held.path if held else Path("letter.txt"), "better.txt", text.encode())
    if held is None:
        raise ReadError("This document is not open any more.", then="Drop it here again.")
    report = report_of(held.read, run)
    if how == "comments":
        return _offered(desk, held.path, "comments.docx", comments(held.read, report).data)
    edits = edits_between(report.text, text)
    made = chosen(held.read, report, edits) if edits else suggest(held.read, report)
    told = _offered(desk, held.path, "better.docx", made.data)
    return told | {"changes": made.changes, "asked": len(edits) or made.changes}


def _offered(desk: Desk, name: Path, ending: str, data: bytes) -> dict[str, Any]:
    made = f"{name.stem[:60]}-{ending}"
    return {"number": offer(desk, Path(made), data), "name": made}
