"""`tipletters new`: asks for what a letter needs, one thing at a time, or writes a case file to fill in."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tipletters.cli.session import Session
from tipletters.cli.templates import complete_name

if TYPE_CHECKING:
    from tipletters.template import TemplateHead


@click.command(epilog="Example: tipletters new meeting-summary -o anna.toml")
@click.argument("template", shell_complete=complete_name)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("case.toml"),
    show_default=True,
    help="The case file.",
)
@click.option("--blank", is_flag=True, help="Ask nothing: write a case file with notes, to fill in.")
@click.option(
    "--from", "old", type=click.Path(path_type=Path), help="Take client, author and recipients from an older case."
)
@click.pass_obj
def new(session: Session, template: str, output: Path, blank: bool, old: Path | None) -> None:
    """Begin a letter with TEMPLATE: answer one question at a time.

    You can stop at any time with Ctrl+C: what you have typed is kept.
    An older case never hands on what its letter said, or what the client agreed to: please ask again.
    """
    from tipletters.casefile import case_text
    from tipletters.config import find as find_house
    from tipletters.draft import template_folders
    from tipletters.errors import OutputError
    from tipletters.files import write_all
    from tipletters.template import find

    folder = output.resolve().parent
    head = find(template, template_folders(folder, find_house(folder))).head
    if output.exists():
        raise OutputError("There is a file of this name already.", where=str(output), then="Choose another with -o.")
    given: dict[str, Any] = {"date": session.now().date(), **(_taken_over(old) if old else {})}
    stopped = False
    if not blank:
        stopped = not _ask(session, head, given, settled=given.keys() & {"client", "author"})
    write_all({output: case_text(template, head, given).encode()})
    if stopped:
        click.echo(f"\nStopped. What you typed is in {output}, also the lines of an answer that was not done yet.")
        click.echo("Fill in the rest there.")
        raise click.exceptions.Exit(1)
    click.echo(f"Your case is in {output}.")
    click.echo(f"{'Fill it in, then draft' if blank else 'Draft'} the letter with: tipletters draft {output}")


def _taken_over(old: Path) -> dict[str, Any]:
    from tipletters.tomlfile import read_toml

    data = read_toml(old)
    return {key: data[key] for key in ("client", "author", "recipients") if key in data}


def _ask(session: Session, head: "TemplateHead", given: dict[str, Any], settled: Collection[str]) -> bool:
    """Ask everything; say whether the worker came to the end."""
    from tipletters.cli import ask

    try:
        ask.case(head, given, session.now().date(), settled)
    except (click.Abort, KeyboardInterrupt):
        return False
    return True
