"""Gets a run ready for the printer: letters joined by whom they go to, and everything in one zip file."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from itertools import chain, groupby

from tipletters.batch.aside import PRINT, ZIP, unjoin
from tipletters.batch.folder import LETTERS, Folder
from tipletters.batch.ledger import Ledger
from tipletters.batch.outcome import File
from tipletters.batch.report import MANIFEST
from tipletters.consent import CLIENT
from tipletters.errors import OutputError
from tipletters.gate import Way
from tipletters.writers.join import join
from tipletters.writers.libreoffice import program, to_pdf

# Word opens a document of this many letters in good time; more are split over several.
_MOST = 250
_AT_ONCE = 50  # letters that LibreOffice turns into pages in one go


def bundle(folder: Folder, ledger: Ledger, *, pdf: bool) -> list[tuple[str, str, int]]:
    """Join the letters of a run for printing: the clients' copies, and each practice's or person's into one of its own.

    Args:
        folder: the run's folder.
        ledger: its ledger.
        pdf: make a PDF of each, too.

    Returns:
        The name of each document without its ending, whom it is for, and how many letters it has.

    Raises:
        OutputError: a letter is not there as it was written.
    """
    unjoin(folder.path)
    made = []
    files = sorted((one for one in ledger.to_go_out() if one.name.endswith(".docx")), key=_pile)
    pages = {one.of: one for one in ledger.to_go_out() if one.of}
    practice = 0
    for (whom, look), pile in groupby(files, key=lambda one: _pile(one)[:2]):
        if whom not in _CLIENTS:
            practice += 1
        for number, letters in enumerate(_parts(list(pile)), start=1):
            more = f"-{number}" if number > 1 else ""
            name = f"{_CLIENTS.get(whom) or f'recipient-{practice:02d}'}{look and f'-{look}'}{more}"
            documents = [_content(folder, one) for one in letters]
            with folder.file(f"{PRINT}/{name}.docx") as file:
                file.write(join(documents, "Letters to print"))
            if pdf:
                with folder.file(f"{PRINT}/{name}.pdf") as file:
                    file.write(_pages(letters, pages, folder))
            drafts = any("-DRAFT" in one.name.upper() for one in letters)
            who = "clients" if whom in _CLIENTS else whom[1:]
            made.append((name, f"{who}; {_DRAFTS}" if drafts else who, len(letters)))
    return made


_DRAFTS = "these are drafts: check each with its client before any is sent"
_SEND, _HAND_OVER = "1", "2"
_CLIENTS = {_SEND: "clients-to-send", _HAND_OVER: "clients-to-hand-over"}


def _pile(file: File) -> tuple[str, str, str]:
    """Return what keeps piles apart: whom they go to, how they are printed; and the order within."""
    whom = f"3{file.group}"
    if file.copy.startswith(CLIENT):
        whom = _SEND if file.way == Way.SEND else _HAND_OVER
    return whom, file.look, file.name


def _parts(files: list[File]) -> Iterator[list[File]]:
    for start in range(0, len(files), _MOST):
        yield files[start : start + _MOST]


def _content(folder: Folder, file: File) -> bytes:
    data = folder.read(file)
    if data is None:
        raise OutputError(
            "A letter is not there as it was written.",
            where=str(folder.letters / file.name),
            then="Run the same command again, and look at the report.",
        )
    return data


def _pages(letters: list[File], there: Mapping[str, File], folder: Folder) -> bytes:
    """Return letters as one PDF: each as LibreOffice prints it by itself, a blank page after an odd last one.

    Args:
        letters: the letters.
        there: the PDFs that there are already, by the SHA-256 of their letters.
        folder: the run's folder.
    """
    from pypdf import PdfReader, PdfWriter

    joined = PdfWriter()
    for start in range(0, len(letters), _AT_ONCE):
        some = letters[start : start + _AT_ONCE]
        made = {one.name: folder.read(there[one.sha256]) for one in some if one.sha256 in there}
        wanting = {one.name: _content(folder, one) for one in some if not made.get(one.name)}
        made |= to_pdf(wanting, folder.parts) if wanting else {}
        for one in some:
            pages = PdfReader(io.BytesIO(made[one.name] or b"")).pages
            for page in pages:
                joined.add_page(page)
            if len(pages) % 2:
                joined.add_blank_page()
    out = io.BytesIO()
    joined.write(out)
    return out.getvalue()


def can_print() -> bool:
    """Say whether LibreOffice is on this machine."""
    return program() is not None


def pack(folder: Folder, ledger: Ledger) -> None:
    """Put all letters, what was joined and the list of files into one zip file, the same bytes each time."""
    joined = sorted((folder.path / PRINT).glob("*"))
    letters = (f"{LETTERS}/{one.name}" for one in ledger.to_go_out() if one.copy)
    names = chain([MANIFEST], letters, (f"{PRINT}/{one.name}" for one in joined))
    with folder.file(ZIP) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, (folder.path / name).read_bytes())
