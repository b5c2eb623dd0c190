"""Checks files that exist already. What cannot be read is said, and the next file is checked all the same."""

from dataclasses import dataclass
from pathlib import Path

from tipletters.checks.issue import Report
from tipletters.checks.run import Run, check, check_text
from tipletters.errors import ReadError, TiplettersError
from tipletters.people import Person
from tipletters.quiet import Quiet

_BEGINS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, repr=False)
class Checked(Quiet):
    """What came of one file: a report, or why it could not be read."""

    path: Path
    report: Report | None = None
    encoding: str = ""
    error: str = ""


def check_file(path: Path, run: Run, about: Person | None = None) -> Checked:
    """Return the report about a file; a file that cannot be read has an error instead.

    Args:
        path: a text file, or a Word letter that tipletters made.
        run: the run's profile and memory.
        about: whose letter it is.
    """
    try:
        data = path.read_bytes()
        if data.startswith(b"PK"):
            from tipletters.readers.docx import read_docx

            return Checked(path, check(read_docx(data), about=about, run=run))
        text, encoding = decoded(data)
        return Checked(path, check_text(text, about=about, run=run), encoding)
    except TiplettersError as problem:
        return Checked(path, error=f"{problem.what} {problem.then}".strip())
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "the name is not allowed"
        return Checked(path, error=f"This file cannot be read: {reason}.")


def decoded(data: bytes) -> tuple[str, str]:
    """Return text and its encoding: by its byte order mark, else UTF-8, else that of Windows in western Europe.

    Raises:
        ReadError: the bytes are no text.
    """
    for begin, name in _BEGINS:
        if data.startswith(begin):
            return data.decode(name, errors="replace").removeprefix("\ufeff"), name
    if b"\x00" in data[:100_000]:
        raise ReadError("This file is not text.", then="Save the letter as plain text (.txt) and check that.")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"
