"""`tipletters new`: asks for what a letter needs, one thing at a time, or writes a case file to fill in."""

import signal
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tipletters.cli.session import Session
from tipletters.cli.templates import complete_name

if TYPE_CHECKING:
    from tipletters.template import TemplateHead


@contextmanager
def _when_closed(do: Any) -> Iterator[None]:
    """For a while, stop as at Ctrl+C where the window is closed, or first end what is being written."""
    ends = [getattr(signal, one) for one in ("SIGHUP", "SIGTERM", "SIGBREAK") if hasattr(signal, one)]
    before = [signal.signal(one, do) for one in ends]
    try:
        yield
    finally:
        for one, handler in zip(ends, before, strict=True):
            signal.signal(one, handler)


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
@click.option("--resume", is_flag=True, help="Go on with a case file: ask only what it does not answer yet.")
@click.pass_obj
@_when_closed(signal.SIG_IGN)
def new(session: Session, template: str, output: Path, blank: bool, old: Path | None, resume: bool) -> None:
    """Begin a letter with TEMPLATE: answer one question at a time.

    You can stop at any time with Ctrl+C: what you have typed is kept. Go on with --resume.
    An older case never hands on what its letter said, or what the client agreed to: please ask again.
    """
    from tipletters.casefile import case_text
    from tipletters.config import find as find_house
    from tipletters.draft import template_folders
    from tipletters.errors import OutputError
    from tipletters.files import make_folder, write_all
    from tipletters.template import find

    folder = output.resolve().parent
    head = find(template, template_folders(folder, find_house(folder))).head
    if resume:
        if blank or old:
            raise click.UsageError("Please give --resume without --blank and --from.")
        _go_on(session, template, head, output)
        return
    if output.exists():
        then = "Choose another with -o, or go on with this one: add --resume."
        raise OutputError("There is a file of this name already.", where=str(output), then=then)
    given: dict[str, Any] = _taken_over(old) if old else {}
    make_folder(folder)  # before anything is asked, so that no answer is lost for want of it
    stopped = False
    if blank:
        given["date"] = session.now().date()
    else:
        stopped = not _ask(session, head, given, settled=given.keys() & {"client", "author"})
    write_all({output: case_text(template, head, given).encode()})
    if stopped:
        _stop(template, output, output)
    click.echo(f"Your case is in {output}.")
    click.echo(f"{'Fill it in, then draft' if blank else 'Draft'} the letter with: tipletters draft {output}")


def _stop(template: str, output: Path, written: Path) -> NoReturn:
    """Say where all that was typed stands, and how to go on."""
    click.echo(f"\nStopped. What you typed is in {written}. Was the last answer not done yet? Finish it there.")
    click.echo(f"Fill in the rest there too, or go on with: tipletters new {template} -o {output} --resume")
    raise click.exceptions.Exit(1)


def _go_on(session: Session, template: str, head: "TemplateHead", output: Path) -> None:
    """Ask what a case file does not answer yet, and add it; what a hand wrote there stays."""
    from copy import deepcopy

    from tipletters.casefile import changed
    from tipletters.files import write_all
    from tipletters.tomlfile import parse_toml, read_text

    text = read_text(output)
    raw, given = output.read_bytes(), parse_toml(text, str(output))
    _check_shape(given, template, str(output))
    before = deepcopy(given)
    click.echo("What is answered stands. What was left open is asked again; to stop, press Ctrl+C.")
    done = _ask(session, head, given, settled=())
    made, written = changed(text, _since(before, given)), output
    if not _is_still(output, raw):
        written = _free(output, "new")
        write_all({written: made.encode()})
        click.echo(f"\n{output} was changed while you answered, so it stays as it is. Your answers are in {written}.")
    elif made != text:
        kept = output.with_name(f"{output.name}.old")  # one alone: older ones would lie about for ever
        write_all({kept: raw, output: made.encode()}, force=True)
        click.echo(f"\nThe file as it was before is in {kept}. Put it away when you do not need it.")
    if not done:
        _stop(template, output, written)
    click.echo(f"Your case is in {written}.\nDraft the letter with: tipletters draft {written}")


def _check_shape(data: Mapping[str, Any], template: str, where: str) -> None:
    from tipletters.errors import CaseError

    if data.get("template") != template:
        raise CaseError(
            "This case is for another template.", where=f"{where}, template", then="Name the one it is for."
        )
    for name in ("client", "delivery", "spoken", "author", "fields"):
        if not isinstance(data.get(name, {}), dict):
            raise CaseError(f"“{name}” must be a section of its own.", where=where, then=f"Write it as [{name}].")
    for name in ("recipients", "provisions"):
        rows = data.get(name, [])
        if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
            raise CaseError(f"“{name}” must be sections of their own.", where=where, then=f"Write each as [[{name}]].")


def _since(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was answered since, as `changed` takes it."""
    made: dict[str, Any] = {}
    for name, value in given.items():
        was = before.get(name)
        if isinstance(value, dict):
            made[name] = {key: one for key, one in value.items() if one != (was or {}).get(key)}
        elif value and value != was:
            made[name] = value
    return made


def _is_still(path: Path, raw: bytes) -> bool:
    try:
        return path.read_bytes() == raw
    except OSError:
        return False


def _free(path: Path, ending: str) -> Path:
    """Return a name beside a case that is not taken, and that nothing reads as a case."""
    names = (path.with_name(f"{path.name}.{ending}{number}") for number in ("", *range(2, 1000)))
    return next(name for name in names if not name.exists())


def _taken_over(old: Path) -> dict[str, Any]:
    from tipletters.tomlfile import read_toml

    data = read_toml(old)
    return {key: data[key] for key in ("client", "author", "recipients") if key in data}


def _ask(session: Session, head: "TemplateHead", given: dict[str, Any], settled: Collection[str]) -> bool:
    """Ask everything; say whether the worker came to the end."""
    from tipletters.cli import ask

    try:
        with _when_closed(signal.default_int_handler):
            ask.case(head, given, session.now().date(), settled)
    except (click.Abort, KeyboardInterrupt):
        return False
    return True
