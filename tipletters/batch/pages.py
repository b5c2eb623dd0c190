"""Makes PDFs of the copies of some rows, many in one start of LibreOffice, and proves each as a single letter's."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tipletters.batch.outcome import File, Made, State
from tipletters.batch.said import said, unexpected
from tipletters.batch.setup import Setup, Sheets
from tipletters.errors import TiplettersError
from tipletters.output import proved
from tipletters.writers.libreoffice import to_pdf_if_possible

# Letters that LibreOffice makes in one go: its start then costs little, and the command fits into Windows' limit.
_AT_ONCE = 100
# After so many goes in a row that made nothing, LibreOffice itself is at fault, not one letter.
_IN_VAIN = 2


def with_pages(setup: Setup, made: Sequence[Made], waiting: Mapping[int, Sheets]) -> list[Made]:
    """Return what was made of some rows, with their PDFs.

    A row whose PDF cannot be made needs attention, and nothing of it is written.

    Args:
        setup: what is the same for every row.
        made: what was made of each row.
        waiting: the PDFs that are still to be made, by the number of their row.

    Raises:
        TiplettersError: no PDF can be made here.
    """
    documents = {
        f"{row}-{copy.key}": sheets.documents[copy.key] for row, sheets in waiting.items() for copy in sheets.copies
    }
    names = list(documents)
    pages: dict[str, bytes] = {}
    for start in range(0, len(names), _AT_ONCE):
        pages |= _converted({name: documents[name] for name in names[start : start + _AT_ONCE]}, setup.parts)
    return [_with(one, waiting.get(one.outcome.row), pages, setup) for one in made]


def _converted(documents: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return all PDFs that LibreOffice can make. A letter at which it fails is tried once more by itself."""
    made: dict[str, bytes] = {}
    waiting, in_vain = dict(documents), 0
    while waiting and in_vain < _IN_VAIN:
        got = to_pdf_if_possible(waiting, folder)
        made |= got
        in_vain = 0 if got else in_vain + 1
        waiting = {name: data for name, data in waiting.items() if name not in got}
        if waiting:
            first = next(iter(waiting))
            made |= to_pdf_if_possible({first: waiting.pop(first)}, folder)
    return made


def _with(made: Made, sheets: Sheets | None, pages: Mapping[str, bytes], setup: Setup) -> Made:
    """Return a row with its PDFs, proved; one without all of them needs attention."""
    if sheets is None:
        return made
    row = made.outcome.row
    found = {copy.key: pages.get(f"{row}-{copy.key}", b"") for copy in sheets.copies}
    if not all(found.values()):
        return _attention(made, "", "LibreOffice did not make the PDF of this letter.", _THEN)
    try:
        proved("pdf", found, sheets.copies, sheets.draft, setup.house)
    except TiplettersError as problem:
        return _attention(made, *said(problem, setup.plan))
    except Exception as problem:  # noqa: BLE001 - a row never stops the others
        return _attention(made, *unexpected(problem))
    data = tuple(found.get(file.copy) for file in sheets.files)
    files = (file if new is None else _as(file, new) for file, new in zip(sheets.files, data, strict=True))
    documents = made.outcome.files[: len(made.data)]
    return replace(made, outcome=replace(made.outcome, files=(*documents, *files)), data=(*made.data, *data))


def _as(file: File, data: bytes) -> File:
    return replace(file, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


_THEN = (
    "Run the same command again. If that does not help, write this letter without --pdf, and save it as PDF from Word."
)


def _attention(made: Made, cell: str, what: str, then: str) -> Made:
    return Made(replace(made.outcome, state=State.ATTENTION, files=(), cell=cell, what=what, then=then))
