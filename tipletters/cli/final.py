"""`tipletters final`, `reissue` and `status`: the end of a letter's way, and where each letter is."""

from dataclasses import replace
from pathlib import Path

import click

from tipletters.cli.options import REGISTER, Words
from tipletters.cli.session import Session

_CASE = click.argument("case", type=click.Path(path_type=Path))


@click.command(epilog="Example: tipletters final case.toml")
@_CASE
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder. [default: beside the case]")
@click.option("--format", "kind", type=click.Choice(["docx", "html", "text"]), default="docx", show_default=True)
@click.option("--pdf", is_flag=True, help="Make a PDF of each copy too. Needs LibreOffice.")
@click.option("--force", is_flag=True, help="Write over files that are there already.")
@click.option("--reason", type=Words(), default="", help="Why you go on, where the client did not check the letter.")
@REGISTER
@click.pass_obj
def final(
    session: Session,
    case: Path,
    output: Path | None,
    kind: str,
    pdf: bool,
    force: bool,
    reason: str,
    where: str | None,
) -> None:
    """Write the final copies of a CASE, for those who may have one. Nothing is sent.

    It stops until the client has checked the letter or does not want to, or the day for an answer has passed. What they
    want changed or kept private is left out of the copies for others.
    """
    from tipletters.cli import summary
    from tipletters.output import save, told
    from tipletters.remember import recording
    from tipletters.review import ending
    from tipletters.review.folder import open_folder
    from tipletters.review.left import left_behind
    from tipletters.review.unread import refuse_unread

    letter, now = open_folder(case), session.now()
    stage = ending.final_stage(letter, reason=reason, now=now)
    folder = output or letter.folder
    refuse_unread(letter, (letter.folder, folder))
    with recording(where, house=letter.house, folder=Path()) as record:
        made = letter.drafted(now=now, known=record.known(letter.case), stage=stage, examples=session.examples)
        ending.refuse_not_put_in(letter, made)
        left = (*ending.still_open(letter), *left_behind(letter, folder))
        made = replace(made, questions=(*made.questions, *left))
        done = ending.finished(letter, made, folder=folder, reason=reason, by=session.by, now=now)
        tell = told(record, made, by=session.by, at=now, version=letter.review.version)
        saved = save(made, letter.house, folder, kind=kind, pdf=pdf, force=force, before=letter.unless_changed(tell))
    if not made.stopped:
        done.save()
    summary.show(made, saved, {})
    if letter.corrections.open:
        click.echo(f"To decide: tipletters corrections decide {case} NUMBER agreed (or: not agreed --reason …)")
    if made.needs_attention or saved.needs_attention:
        raise click.exceptions.Exit(1)


@click.command(epilog="Example: tipletters reissue case.toml --reason 'the date was wrong'")
@_CASE
@click.option("--reason", type=Words(), required=True, help="Why it is written anew.")
@REGISTER
@click.pass_obj
def reissue(session: Session, case: Path, reason: str, where: str | None) -> None:
    """Write the letter of a CASE anew after a correction: mark the old one as replaced, and say who holds it."""
    from tipletters.remember import recording
    from tipletters.review import ending
    from tipletters.review.folder import open_folder
    from tipletters.review.record import REPLACED
    from tipletters.review.unread import refuse_unread

    letter, now = open_folder(case), session.now()
    refuse_unread(letter, (letter.folder,))
    with recording(where, house=letter.house, folder=Path()) as record:
        old = ending.holders(letter, record)
        fresh = ending.reissued(letter, reason=reason, by=session.by, now=now)
        facts = {"version": str(letter.review.version), "replaced_by": str(fresh.review.version)}
        ending.noted(letter, record, "reissue", facts, by=session.by, at=now)
    click.echo(f"Version {letter.review.version} of {letter.case.reference} is replaced. These people hold it:")
    for described in old:
        click.echo(f"- {described}")
    aside = letter.folder / REPLACED / f"version-{letter.review.version}"
    if any(path.suffix != ".toml" for path in aside.iterdir()):
        click.echo(f"The old documents are in: {aside.resolve()}")
    else:
        click.echo("None of its documents was found. Put them aside, so that nobody takes them for the new ones.")
    click.echo(
        f"Change {case.name} where it is needed, with the date of the new letter. Then: tipletters review start {case}"
    )


@click.command(epilog="Example: tipletters status letters")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path())
@click.option("--json", "as_json", is_flag=True, help="Print it for another program to read.")
@click.pass_obj
def status(session: Session, folder: Path, as_json: bool) -> None:
    """Show every letter in FOLDER and below it: how far it has come, and who waits for whom."""
    import json

    from tipletters.dates import long_date
    from tipletters.review.overview import overview

    found = overview(folder, session.now().date())
    if as_json:
        keys = ("reference", "state", "waits", "problem")
        rows = [
            {"case": str(one.path), "since": one.since.isoformat() if one.since else None}
            | {key: getattr(one, key) for key in keys}
            | {"open_corrections": len(one.corrections)}
            for one in found
        ]
        click.echo(json.dumps({"version": 1, "letters": rows}, ensure_ascii=False, indent=2))
        return
    for one in found:
        if one.problem:
            click.echo(f"{one.path}: cannot be shown. {one.problem}")
            continue
        since = f" since {long_date(one.since)}" if one.since else ""
        click.echo(f"{one.reference}: {one.state}{since}. Waits for {one.waits}.")
    if not found:
        click.echo(f"There is no case in {folder.resolve()} or below it. Name the folder where your cases (.toml) are.")
