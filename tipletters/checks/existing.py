"""Checks files that exist already. What cannot be read is said, and the next file is checked all the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tipletters.checks.issue import Report
from tipletters.checks.run import Run, check, check_text
from tipletters.checks.text.view import File
from tipletters.errors import TiplettersError
from tipletters.people import Person
from tipletters.quiet import Quiet
from tipletters.readers import read
from tipletters.readers.model import Read, Source
from tipletters.readers.properties import properties
from tipletters.readers.sources import Found, reason, sources


@dataclass(frozen=True, repr=False)
class Checked(Quiet):
    """What came of one file: a report, or why it could not be read.

    Args:
        path: the file; for one in a zip, the zip's path and its name in it.
        report: what the checks say.
        encoding: of a plain text.
        error: why it could not be read.
        skipped: why nobody would want it read.
        read: what the file says.
        file: its name, and what it says of itself.
    """

    path: Path
    report: Report | None = None
    encoding: str = ""
    error: str = ""
    skipped: str = ""
    read: Read | None = None
    file: File | None = None


def check_files(
    paths: tuple[Path, ...], run: Run, about: Person | None = None, *, keep: bool = False
) -> Iterator[Checked]:
    """Yield the report about each file, also of those in folders and zips.

    Args:
        paths: files of any kind that there is a reader for, folders and zips.
        run: the run's profile and memory.
        about: whose letter it is.
        keep: hold on to the documents themselves, for comments; otherwise a folder of thousands would fill the memory.
    """
    for found in sources(paths):
        checked = check_found(found, run, about)
        if checked.read and not keep:
            checked = replace(checked, read=checked.read.light())
        yield checked


def check_found(found: Found, run: Run, about: Person | None = None) -> Checked:
    """Return the report about one file; a file that cannot be read has an error instead.

    Args:
        found: the file.
        run: the run's profile and memory.
        about: whose letter it is.
    """
    if found.source is None:
        return Checked(found.path, error=found.error, skipped=found.skipped)
    source = found.source
    try:
        made = read(source.data, source.name, source)
        file = file_of(source, made)
    except TiplettersError as problem:
        return Checked(found.path, error=reason(problem))
    except Exception as problem:  # noqa: BLE001 - one strange file must not keep the others from being checked
        return Checked(found.path, error=f"This file cannot be read ({type(problem).__name__}). Save it as .docx.")
    return Checked(found.path, report_of(made, run, about, file), made.encoding, read=made, file=file)


def file_of(source: Source, made: Read) -> File:
    """Return what the checks may know of a file that was read, beside its text.

    Raises:
        ReadError: the parts in which it says so are damaged.
    """
    return File(Path(source.name).name, properties(source.data, made.kind))


def report_of(made: Read, run: Run, about: Person | None = None, file: File | None = None) -> Report:
    """Return what the checks say of a file that was read: of a plain text as it stands, else of its letter.

    Args:
        made: what was read.
        run: the run's profile and memory.
        about: whose letter it is.
        file: its name, and what it says of itself.
    """
    if made.text is not None:
        return check_text(made.text, about=about, run=run, file=file)
    return check(made.letter, about=about, run=run, file=file)
