"""Documents that were dropped on the page: read in memory, checked, and handed back with answers in them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tipletters.annotate import chosen, comments, suggest
from tipletters.annotate.edits import edits_between
from tipletters.annotate.page import html_report
from tipletters.checks.existing import Checked, file_of, report_of
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
    source = Source(data, name, desk.folder)
    made = read(data, name, source)
    file = file_of(source, made)
    report = report_of(made, run_of(desk), file=file)
    held: dict[str, Checked] = desk.held.setdefault("documents", {})
    number = str(next(desk.numbers))
    held[number] = Checked(Path(name), report, made.encoding, read=made, file=file)
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
    held: Checked | None = desk.held.get("documents", {}).get(str(data.get("document", "")))
    if how == "html":
        name = held.path if held else Path("letter.txt")
        about = held.file if held else None
        same = held is not None and held.report is not None and text == held.report.text
        checked = held if held and same else Checked(name, check_text(text, run=run, file=about))
        return _offered(desk, name, "checked.html", html_report([checked], run.profile))
    if how == "text":
        return _offered(desk, held.path if held else Path("letter.txt"), "better.txt", text.encode())
    if held is None or held.read is None:
        raise ReadError("This document is not open any more.", then="Drop it here again.")
    report = report_of(held.read, run, file=held.file)
    if how == "comments":
        commented = comments(held.read, report)
        return _offered(desk, held.path, f"comments{commented.ending}", commented.data)
    edits = edits_between(report.text, text)
    made = chosen(held.read, report, edits) if edits else suggest(held.read, report)
    told = _offered(desk, held.path, f"better{made.ending}", made.data)
    return told | {"changes": made.changes, "asked": len(edits) or made.changes}


def _offered(desk: Desk, name: Path, ending: str, data: bytes) -> dict[str, Any]:
    made = f"{name.stem[:60]}-{ending}"
    return {"number": offer(desk, Path(made), data), "name": made}
