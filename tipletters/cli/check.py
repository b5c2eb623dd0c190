"""`tipletters check` and `tipletters explain`."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipletters.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tipletters.case import Case
    from tipletters.checks.run import Run
    from tipletters.config import House
    from tipletters.people import Person

_PATH = click.Path(path_type=Path)
_LEVELS = click.Choice(["error", "warning", "advice"])


@click.command(epilog="Example: tipletters check letter.docx --suggest better.docx")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--profile", default="nhs", show_default=True, help="How strict: a name, or your own .toml file.")
@click.option("--only", multiple=True, metavar="CHECK", help="Run this check alone. You can give it more than once.")
@click.option("--skip", multiple=True, metavar="CHECK", help="Leave this check out. You can give it more than once.")
@click.option(
    "--allow",
    multiple=True,
    metavar="WORD",
    help="Words that may stand here.",
)
@click.option("--client", type=click.Path(path_type=Path), help="The case of the letter's client; its labels count.")
@click.option("--fail-on", type=_LEVELS, default="warning", show_default=True, help="End with 1 from this level on.")
@click.option("--comments", type=_PATH, help="Write the letter with Word comments: a .docx, or a folder for several.")
@click.option("--suggest", type=_PATH, help="The same, with safe replacements as tracked changes.")
@click.option("--html", type=_PATH, help="Write one page with the letter, its marks and scores.")
@click.option("--csv", "table", type=_PATH, help="Write a table: a row for each letter.")
@click.option("--trend", is_flag=True, help="Say how the letters changed from month to month.")
@click.option("--date", "day", metavar="DAY", help="The date of comments and changes. [default: the letter's own]")
@click.option("--force", is_flag=True, help="Write over files that are there already.")
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    profile: str,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    allow: tuple[str, ...],
    client: Path | None,
    fail_on: str,
    comments: Path | None,
    suggest: Path | None,
    html: Path | None,
    table: Path | None,
    trend: bool,
    day: str | None,
    force: bool,
) -> None:
    """Say what in a letter would trip or hurt the client, and what to write instead.

    PATHS are letters as Word (.docx, .doc), ODT, RTF, PDF, web page, e-mail, Markdown or text; or folders and zips
    of them. Exit codes: 0 nothing from --fail-on up, 1 something, 2 a file could not be read (the others are checked
    all the same).
    """
    from tipletters.checks.existing import check_files
    from tipletters.checks.issue import RANK, Severity, told
    from tipletters.checks.run import without_answered
    from tipletters.cli import check_out, report, terminal

    about, allowed, labelled = _about(client) if client else (None, (), ())
    run = _run(profile, only, skip, (*allow, *allowed), paths[0].parent)
    wanted = check_out.Wanted(comments, suggest, html, table, trend, _day(day), force)
    checked = list(check_files(paths, run, about, keep=bool(comments or suggest)))
    if labelled:
        checked = [replace(one, report=one.report and without_answered(one.report, labelled)) for one in checked]
    if form == "json":
        click.echo(report.as_json(checked, trend=trend))
    else:
        terminal.show(checked, run.profile, trend=trend)
    for line in check_out.write(wanted, checked, run.profile):
        click.echo(printable(line), err=form == "json")
    worst = RANK[Severity(fail_on)]
    shown = [one.report if form == "json" else told(one.report) for one in checked if one.report]
    found = any(RANK[issue.severity] <= worst for each in shown for issue in each.issues)
    context.exit(2 if any(one.error for one in checked) else int(found))


def _about(client: Path) -> "tuple[Person, tuple[str, ...], tuple[str, ...]]":
    """Return whose letter it is, what may stand in it, and its labelled passages; only this needs all of a case."""
    from tipletters.casereader import read_case
    from tipletters.setting import person_of

    case, house = read_case(client)
    return person_of(case), case.allow, tuple(_labelled(case, house))


def _labelled(case: "Case", house: "House") -> "Iterator[str]":
    """Yield the passages of a case that carry a label; none where its letter cannot be made yet: then all is asked."""
    from tipletters.checks.text.flat import flatten, labelled
    from tipletters.draft import template_folders
    from tipletters.errors import TiplettersError
    from tipletters.letter import Head, Letter
    from tipletters.setting import setting
    from tipletters.template import find, render

    try:
        template = find(case.template, template_folders(case.folder, house))
        blocks = render(template, case.fields, setting(case, house), reference=case.reference, where=case.where)
    except TiplettersError:
        return
    letter = Letter(Head("", case.reference, case.date, ""), blocks)
    flat = flatten(letter)
    for (start, end), labels in labelled(letter, flat):
        if labels:
            yield flat.text[start:end]


def _day(text: str | None) -> "date | None":
    from tipletters.dates import read_date

    try:
        return read_date(text) if text else None
    except ValueError:
        raise click.UsageError(f"“{text}” is no date. Write it as 2026-05-12 or 12 May 2026.") from None


def _run(profile: str, only: tuple[str, ...], skip: tuple[str, ...], allow: tuple[str, ...], folder: Path) -> "Run":
    from tipletters.checks.profile import profile_of
    from tipletters.checks.registry import CHECKS
    from tipletters.checks.run import Run
    from tipletters.config import find
    from tipletters.errors import did_you_mean

    for name in (*only, *skip):
        if name not in CHECKS:
            hint = did_you_mean(name, CHECKS) or f"There are: {', '.join(CHECKS)}."
            raise click.UsageError(f"There is no check “{name}”. {hint}")
    allowed = frozenset((*allow, *find(folder).config.allow))
    return Run(profile_of(profile), frozenset(only), frozenset(skip), allowed)


@click.command(epilog="Example: tipletters explain jargon")
@click.argument("check", required=False)
def explain(check: str | None) -> None:
    """Say what a CHECK looks for, why it matters to the client, and what to write instead."""
    from tipletters.checks.registry import CHECKS, manual
    from tipletters.errors import did_you_mean

    if check is None:
        for name in CHECKS:
            click.echo(f"{name}: {manual(name).splitlines()[0]}")
        return
    if check not in CHECKS:
        raise click.UsageError(f"There is no check “{check}”. {did_you_mean(check, CHECKS)}".strip())
    click.echo(manual(check))
