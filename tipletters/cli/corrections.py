"""`tipletters corrections`: what is to be put right in the formal record."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tipletters.cli.options import REGISTER, Words
from tipletters.cli.session import Session

if TYPE_CHECKING:
    from tipletters.review.folder import Folder

_CASE = click.argument("case", type=click.Path(path_type=Path))
_DECISIONS = ["agreed", "agreed in part", "not agreed", "not private any more", "kept private", "open"]


@click.group(epilog="Example: tipletters corrections due letters")
def corrections() -> None:
    """What clients asked to put right in the formal record: see what is due, decide, write it out."""


@corrections.command(epilog="Example: tipletters corrections due letters")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path())
@click.pass_obj
def due(session: Session, folder: Path) -> None:
    """List what is open and what is late, in FOLDER and below it. An answer is due within one month."""
    from tipletters.dates import long_date
    from tipletters.review.overview import overview

    today, found = session.now().date(), 0
    for letter in overview(folder, today):
        for one in letter.corrections:
            found += 1
            when = "LATE: was due" if one.due < today else "due"
            click.echo(
                f"{letter.reference}, correction {one.number} ({one.kind}, {one.place}): {when} {long_date(one.due)}"
            )
    if found:
        raise click.exceptions.Exit(1)
    click.echo("No correction is open.")


@corrections.command(epilog="Example: tipletters corrections decide case.toml 2 agreed")
@_CASE
@click.argument("number", type=int)
@click.argument("decision", type=click.Choice(_DECISIONS))
@click.option(
    "--reason", type=Words(), default="", help="Why. It is needed where you do not agree; the client will read it."
)
@click.option(
    "--now-says", type=Words(), default="", help="What the letter is to say. [default: as the client changed it]"
)
@click.option(
    "--statement",
    type=Words(),
    default="",
    help="The client's own statement, to be kept with the record.",
)
@click.option("--kind", type=click.Choice(["fact", "opinion", "add"]), help="What kind of thing it is.")
@REGISTER
@click.pass_obj
def decide(
    session: Session,
    case: Path,
    number: int,
    decision: str,
    reason: str,
    now_says: str,
    statement: str,
    kind: str | None,
    where: str | None,
) -> None:
    """Write down what you decided about correction NUMBER of a CASE: agreed, agreed in part, or not agreed."""
    from tipletters.remember import recording
    from tipletters.review.corrections import Decision, Kind
    from tipletters.review.decide import Choice, decided, put_in
    from tipletters.review.ending import noted
    from tipletters.review.folder import open_folder

    letter, now = open_folder(case), session.now()
    choice = Choice(Decision(decision), Kind(kind) if kind else None, now_says, reason, statement)
    letter = decided(letter, number, choice, by=session.by, now=now).save()
    one = letter.corrections.numbered(number)
    with recording(where, house=letter.house, folder=Path()) as record:
        facts = {"number": str(number), "kind": str(one.kind), "decision": decision}
        noted(letter, record, "correction", facts, by=session.by, at=now)
    if one.decision in (Decision.AGREED, Decision.PARTLY):
        done = put_in(letter, one, now=now) is not None
        click.echo("It is changed in the case." if done else f"Please change it in {case.name} yourself.")
    click.echo(f"Correction {number}: {decision}.")


@corrections.command(epilog="Example: tipletters corrections export case.toml")
@_CASE
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder. [default: beside the case]")
@click.option("--force", is_flag=True, help="Write over files that are there already.")
@click.pass_obj
def export(session: Session, case: Path, output: Path | None, force: bool) -> None:
    """Write the corrections of a CASE for the formal record (Word, CSV, JSON), and the reply to the client.

    Of what is to be kept private, none of the words are in it. The reply is a letter of its own, in a folder "reply".
    """
    from tipletters.errors import ReviewError
    from tipletters.files import make_folder, write_all
    from tipletters.review import export as make
    from tipletters.review.folder import open_folder
    from tipletters.writers import WRITERS
    from tipletters.writers.look import Look

    letter, today = open_folder(case), session.now().date()
    if not letter.corrections.corrections:
        raise ReviewError("There are no corrections to this letter.", where=str(case), then="Nothing needs to be done.")
    folder, name = output or letter.folder, f"{letter.case.reference.replace('/', '-').replace(' ', '-')}-corrections"
    document = WRITERS["docx"].write(make.for_record(letter, today), Look(), letter.house, {})
    make_folder(folder)
    files = {".docx": document, ".csv": make.as_csv(letter), ".json": make.as_json(letter)}
    write_all({folder / f"{name}{ending}": data for ending, data in files.items()}, force=force)
    click.echo(f"For the record: {', '.join(f'{name}{ending}' for ending in files)}")
    _reply(session, letter, folder / "reply", force)


def _reply(session: Session, letter: "Folder", folder: Path, force: bool) -> None:
    import tomlkit

    from tipletters.files import make_folder, write_all
    from tipletters.output import save
    from tipletters.review.export import reply_case
    from tipletters.review.folder import open_folder

    held: dict[str, Any] = reply_case(letter, session.now().date())
    make_folder(folder)
    path = folder / "case.toml"
    write_all({path: tomlkit.dumps(held).encode()}, force=force)
    reply = open_folder(path)
    made = reply.drafted(now=session.now(), examples=session.examples)
    saved = save(made, reply.house, folder, force=force)
    for paths in saved.files.values():
        click.echo(f"The reply to the client, to check and to hand over: {folder.name}/{paths[0].name}")
