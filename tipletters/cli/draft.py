"""`tipletters draft` and `tipletters demo`."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipletters.cli.options import REGISTER
from tipletters.cli.session import Session

if TYPE_CHECKING:
    from tipletters.checks.issue import Report
    from tipletters.config import House
    from tipletters.draft import Draft
    from tipletters.output import Saved

_PDF = click.option("--pdf", is_flag=True, help="Make a PDF of each copy too. Needs LibreOffice.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the summary for another program to read.")
_KINDS = click.Choice(["docx", "html", "text"])


@click.command(epilog="Example: tipletters draft case.toml -o letters --pdf")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The folder for the letters. [default: beside the case]"
)
@click.option("--format", "kind", type=_KINDS, default="docx", show_default=True, help="The kind of document.")
@_PDF
@click.option("--force", is_flag=True, help="Write over letters that are there already.")
@REGISTER
@click.option(
    "--flags",
    type=click.Path(path_type=Path),
    help="Also write a page for you alone with all flags: FILE.docx or FILE.html.",
)
@_JSON
@click.pass_obj
def draft(
    session: Session,
    case: Path,
    output: Path | None,
    kind: str,
    pdf: bool,
    force: bool,
    where: str | None,
    flags: Path | None,
    as_json: bool,
) -> None:
    """Write the letter of a CASE: one copy for each person who may have one.

    You get a summary: who gets what, what was left out, and why somebody gets nothing.
    """
    _draft(session, case, output or case.parent, kind, pdf, force, as_json, where, flags)


@click.command(epilog="Example: tipletters demo -o try-it")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("tipletters-demo"),
    show_default=True,
    help="The folder for the letters.",
)
@_PDF
@_JSON
@click.pass_obj
def demo(session: Session, output: Path, pdf: bool, as_json: bool) -> None:
    """Draft the example letter that comes with tipletters. Everybody in it is invented."""
    from datetime import datetime

    from tipletters.resources import folder

    # The example's own day, so that its answers are in force whenever it is tried.
    example_day = replace(session, now=lambda: datetime(2026, 5, 14, 17, 30))
    _draft(example_day, folder("templates") / "examples" / "meeting-summary.toml", output, "docx", pdf, False, as_json)


def _draft(
    session: Session,
    path: Path,
    output: Path,
    kind: str,
    pdf: bool,
    force: bool,
    as_json: bool,
    where: str | None = None,
    flags: Path | None = None,
) -> None:
    from tipletters.output import save, told
    from tipletters.remember import recording
    from tipletters.review.folder import open_folder

    letter, now = open_folder(path), session.now()
    case, house = letter.case, letter.house
    with recording(where, house=house, folder=Path()) as record:
        made = letter.drafted(now=now, known=record.known(case), examples=session.examples)
        reports = _checked(made, house)
        if flags:
            _write_flags(made, reports, house, flags, force)
        tell = letter.unless_changed(told(record, made, by=session.by, at=now))
        saved = save(made, house, output, kind=kind, pdf=pdf, force=force, before=tell)
    _tell(made, saved, reports, as_json)
    if flags and not as_json:
        click.echo(f"For you alone, with all that needs a look: {flags}")
    if made.needs_attention or saved.needs_attention:
        raise click.exceptions.Exit(1)


def _write_flags(made: "Draft", reports: "dict[str, Report]", house: "House", path: Path, force: bool) -> None:
    from tipletters.files import write_all
    from tipletters.flags import print_flags

    write_all({path: print_flags(made, reports, house, path)}, force=force)


def _checked(made: "Draft", house: "House") -> "dict[str, Report]":
    """Check each recipient's own text; what is the same in several copies is looked at once."""
    from tipletters.checks.run import Run, check
    from tipletters.setting import person_of

    run, about = Run(allowed=frozenset((*house.config.allow, *made.case.allow))), person_of(made.case, house)
    return {copy.key: check(copy.letter, about=about, run=run) for copy in made.copies if copy.letter is not None}


def _tell(made: "Draft", saved: "Saved", reports: "dict[str, Report]", as_json: bool) -> None:
    from tipletters.cli import summary

    if as_json:
        click.echo(summary.as_json(made, saved, reports))
    else:
        summary.show(made, saved, reports)
