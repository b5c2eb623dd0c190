"""Writes the answers of `tipletters check` into files: commented documents, suggested changes, a page, a table."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipletters.errors import TiplettersError
from tipletters.readers.sources import CHECKED

if TYPE_CHECKING:
    from tipletters.annotate import Annotated
    from tipletters.checks.existing import Checked
    from tipletters.checks.issue import Report
    from tipletters.checks.profile import Profile
    from tipletters.readers.model import Read


@dataclass(frozen=True)
class Wanted:
    """What answers are wanted, and where.

    Args:
        comments: a document with comments; a folder where there are several letters.
        suggest: the same with tracked changes.
        html: one page about all.
        csv: one table about all.
        by_date: the table's rows stand in the order of the letters' dates.
        day: the date of comments and changes.
        force: write over files that are there.
    """

    comments: Path | None = None
    suggest: Path | None = None
    html: Path | None = None
    csv: Path | None = None
    by_date: bool = False
    day: date | None = None
    force: bool = False


def write(wanted: Wanted, checked: Sequence["Checked"], profile: "Profile") -> Iterator[str]:
    """Write all that is wanted, and yield what to tell about it, a line each.

    Raises:
        OutputError: a file cannot be written.
        ReadError: comments are wanted in what is no Word document.
    """
    if not any((wanted.comments, wanted.suggest, wanted.html, wanted.csv)):
        return
    from tipletters.annotate import comments, suggest
    from tipletters.files import make_folder, write_all

    files: dict[Path, bytes] = {}
    for out, make in ((wanted.comments, comments), (wanted.suggest, suggest)):
        if out is not None:
            yield from _annotated(out, make, checked, wanted, files)
    if wanted.html:
        from tipletters.annotate.page import html_report

        files[wanted.html] = html_report(checked, profile)
    if wanted.csv:
        from tipletters.annotate.summary import as_csv

        files[wanted.csv] = as_csv(checked, by_date=wanted.by_date)
    if wanted.comments or wanted.suggest:
        for one in checked:
            if one.read and not one.read.package:
                yield f"No comments in {one.path}: they can only be put into a Word document."
    for path in files:
        make_folder(path.parent)
    write_all(files, force=wanted.force)
    for path in files:
        yield f"Written: {path}"


def _annotated(
    out: Path,
    make: "Callable[[Read, Report, datetime | None], Annotated]",
    checked: Sequence["Checked"],
    wanted: Wanted,
    files: dict[Path, bytes],
) -> Iterator[str]:
    when = datetime.combine(wanted.day, time(), UTC) if wanted.day else None
    read = [one for one in checked if one.report]
    taken = {_alike(path) for path in files}
    one_file = out.suffix.lower() == ".docx"
    if one_file and len(read) > 1:
        raise click.UsageError(f"There are {len(read)} letters and one name, “{out.name}”. Name a folder instead.")
    for one in read:
        if one.read is None or one.report is None or not (one.read.package or one_file):
            continue
        try:
            made = make(one.read, one.report, when)
        except TiplettersError as problem:
            if one_file:
                raise
            yield f"No comments in {one.path}: {problem.what}"
            continue
        path = _free(_named(out if one_file else out / one.path.name, made.ending), taken)
        files[path] = made.data
        changes = f", {made.changes} tracked changes" if made.changes else ""
        yield f"{one.path}: {made.comments} comments{changes}."
        if made.dropped:
            kinds = sorted({kind for dropped in made.dropped for kind in dropped.changes})
            yield f"  {len(made.dropped)} replacements would have changed a {' or a '.join(kinds)}: comments instead."


def _named(path: Path, ending: str) -> Path:
    """Return the path with CHECK in its name, so that nobody sends it, and with the ending that Word wants."""
    return path.with_name(f"{path.stem}{'' if CHECKED in path.stem else f'-{CHECKED}'}{ending}")


def _free(path: Path, taken: set[str]) -> Path:
    """Return the path, with a number where two letters of different folders have the same name."""
    number, made = 1, path
    while _alike(made) in taken:
        number += 1
        made = path.with_name(f"{path.stem}-{number}{path.suffix}")
    taken.add(_alike(made))
    return made


def _alike(path: Path) -> str:
    """Return what two names have in common that Windows or macOS takes for one."""
    return unicodedata.normalize("NFC", str(path)).casefold()
