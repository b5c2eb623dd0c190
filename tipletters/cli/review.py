"""`tipletters review`: the client checks the letter, and what they say comes back."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipletters.cli.options import REGISTER, Day, Words
from tipletters.cli.prompts import stopping
from tipletters.cli.session import Session

if TYPE_CHECKING:
    from tipletters.remember import Record
    from tipletters.review.folder import Folder
    from tipletters.review.taking import CameBack

_CASE = click.argument("case", type=click.Path(path_type=Path))
_NOTHING_YET = "Nothing is written down yet of what the client answered, not even a no."
_MAY_BE_FILLED_IN = (
    "It may be filled in: then read it first, “tipletters review read”. Move it into another folder, then start again."
)
_HOW = click.option(
    "--how-known", type=Words(), default="", help="How you know that it was the client, freely. A yes needs this."
)


@click.group(epilog="Example: tipletters review start case.toml")
def review() -> None:
    """Check a letter with the client: give it to them, and take in what comes back."""


@review.command(epilog="Example: tipletters review start case.toml --reply-by 2026-05-28")
@_CASE
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder. [default: beside the case]")
@click.option("--reply-by", type=Day(), help="When an answer would help. [default: in 14 days]")
@click.option("--format", "kind", type=click.Choice(["docx", "html", "text"]), default="docx", show_default=True)
@click.option("--pdf", is_flag=True, help="Make a PDF to print too. Needs LibreOffice.")
@REGISTER
@click.pass_obj
def start(
    session: Session,
    case: Path,
    output: Path | None,
    reply_by: date | None,
    kind: str,
    pdf: bool,
    where: str | None,
) -> None:
    """Write the copy of a CASE for the client to check, with boxes to tick and room for their own words.

    Go through it together, hand it over, or send it where that is safe.
    """
    from tipletters.cli.summary import as_lines
    from tipletters.errors import AlreadyThereError
    from tipletters.output import save
    from tipletters.remember import recording
    from tipletters.review.ahead import asked_ahead
    from tipletters.review.folder import open_folder
    from tipletters.review.giving import start as begin

    letter, now = open_folder(case), session.now()
    with recording(where, house=letter.house, folder=Path()) as record:
        made = letter.drafted(now=now, known=record.known(letter.case), examples=session.examples, anew=True)
        if made.stopped:
            click.echo(f"Nothing was written. {made.stopped}")
            raise click.exceptions.Exit(1)
        letter, copies = begin(letter, made, reply_by=reply_by, by=session.by, now=now)
        folder, before = output or letter.folder, letter.unless_changed()
        try:
            saved = save(copies, letter.house, folder, kind=kind, pdf=pdf, before=before)
        except AlreadyThereError as problem:
            raise AlreadyThereError(problem.what, where=problem.where, then=_MAY_BE_FILLED_IN) from None
    letter.save()
    for copy in copies.copies:
        click.echo(f"{copy.whom}: {', '.join(path.name for path in saved.files[copy.key])} ({copy.way})")
        if copy.withheld:
            click.echo("  Not in this one, since it must not be at home: go through that part when you meet.")
    for question in made.questions:
        click.echo(f"Please look at this: {question}")
    if lines := as_lines(asked_ahead(letter, made)):
        click.echo("\nBefore anybody else gets a copy\n- " + "\n- ".join(lines) + "\n")
    click.echo(f"The files are in: {saved.folder.resolve()}")
    click.echo(f"When it comes back: tipletters review read FILE. On the phone: tipletters review enter {case}")


@review.command(epilog="Example: tipletters review read returned.docx --how-known 'we filled it in together'")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--case", type=click.Path(path_type=Path), help="The case. [default: the one in the file's folder]")
@_HOW
@click.option("--no-ask", is_flag=True, help="Ask nothing; decide about changes later.")
@REGISTER
@click.pass_obj
def read(session: Session, file: Path, case: Path | None, how_known: str, no_ask: bool, where: str | None) -> None:
    """Read what came back in a FILE: Word, OpenDocument, or the answers of the page.

    A no, or a wish to keep something private, counts at once. A yes counts when you say how you know that it was the
    client. Changes are shown to you one by one.
    """
    from hashlib import sha256

    from tipletters.cli import desk
    from tipletters.remember import recording
    from tipletters.review.folder import case_beside, open_folder
    from tipletters.review.known import how_known as said
    from tipletters.review.returned import read_returned
    from tipletters.review.taking import came_back

    how_known = said(how_known)
    data = file.read_bytes()
    returned = read_returned(data)
    letter, now = open_folder(case or case_beside(file, returned.reference)), session.now()
    digest = sha256(data).hexdigest()
    back = came_back(letter, returned, digest=digest, how_known=how_known, by=session.by, now=now)
    if back.again:
        click.echo("This very file was read before. Nothing is counted twice.")
    if not back.reply.how_known and not no_ask:
        with stopping(f"{_NOTHING_YET} Read it again: tipletters review read {file}. With --no-ask, nothing is asked."):
            how_known = desk.how_known()
        back = came_back(letter, returned, digest=digest, how_known=how_known, by=session.by, now=now)
    with recording(where, house=letter.house, folder=Path()) as record:
        _finish(session, back, record, ask=not no_ask)


@review.command(epilog="Example: tipletters review enter case.toml --way phone")
@_CASE
@click.option("--way", type=click.Choice(["in person", "phone", "writing"]), default="in person", show_default=True)
@click.option("--declined", is_flag=True, help="The client does not want to check this letter.")
@click.option("--copy", "code", default="", help="The code at the foot of the copy. [default: the fullest one]")
@_HOW
@REGISTER
@click.pass_obj
def enter(session: Session, case: Path, way: str, declined: bool, code: str, how_known: str, where: str | None) -> None:
    """Write down the client's answers to a CASE at a desk, on the phone, or from paper: one question at a time."""
    from tipletters.cli import desk
    from tipletters.errors import ReviewError
    from tipletters.remember import recording
    from tipletters.review import form
    from tipletters.review.folder import open_folder
    from tipletters.review.known import how_known as said
    from tipletters.review.record import Reply
    from tipletters.review.states import Act, after
    from tipletters.review.taking import taken_in
    from tipletters.review.understand import whom_of

    how_known = said(how_known)
    letter, now = open_folder(case), session.now()
    after(letter.review.state, Act.ANSWER)
    current = letter.review.current
    ask_again = f"{_NOTHING_YET} Begin again: tipletters review enter {case}"
    if current and not (code or declined) and current[0].round > 1:
        with stopping(ask_again):
            code = desk.words(desk.WHICH_COPY)
    asked = next((one for one in current if code.upper() in ("", one.code)), None)
    if asked is None:
        raise ReviewError("There is no such copy to check now.", then="Look at the code at the foot of its pages.")
    if declined:
        filled: desk.Filled = {form.DECLINE: True}
    else:
        with stopping(ask_again):
            filled = desk.of_client(asked, letter.case, lambda name: whom_of(name, letter.case.recipients)[1])
            how_known = how_known or desk.how_known()
    reply = Reply(asked.code, now.replace(microsecond=0), way, session.by, how_known, filled=filled)
    back = taken_in(letter, reply, (), by=session.by, now=now)
    with recording(where, house=letter.house, folder=Path()) as record:
        _finish(session, back, record, ask=not declined)


def _finish(session: Session, back: "CameBack", record: "Record", *, ask: bool) -> None:
    """Write it all down, offer the changes, and say what is left to do."""
    from tipletters.review.left import ask_if_right, unconfirmed
    from tipletters.review.taking import written_down

    letter = written_down(back, record, by=session.by, now=session.now())
    stopped = False
    try:
        for one in back.fresh:
            if ask and one.is_open:
                letter = _decide(session, letter, one.number)
    except click.Abort:
        stopped = True
        click.echo(
            "\nStopped. All that the client answered is written down, and so is each change that you decided on."
        )
    _tell(letter, back)
    if stopped:
        numbers = ", ".join(str(one.number) for one in letter.corrections.open)
        click.echo(f"Still to decide: {numbers}. For each: tipletters corrections decide {letter.path} NUMBER agreed")
    if back.questions or letter.corrections.open or unconfirmed(letter) or ask_if_right(letter):
        raise click.exceptions.Exit(1)


def _decide(session: Session, letter: "Folder", number: int) -> "Folder":
    from tipletters.cli import desk
    from tipletters.review.decide import decided, put_in

    choice = desk.decision(letter.corrections.numbered(number))
    if choice is None:
        return letter
    letter = decided(letter, number, choice, by=session.by, now=session.now()).save()
    changed = put_in(letter, letter.corrections.numbered(number), now=session.now())
    if changed is not None:
        click.echo("It is changed in the case.")
        return changed
    click.echo(f"Please change it in {letter.path.name} yourself: we could not tell where it stands.")
    return letter


def _tell(letter: "Folder", back: "CameBack") -> None:
    from tipletters.review.left import again, ask_if_right, still_there, unconfirmed

    said = back.found.said
    click.echo(f"\nLetter {letter.case.reference}: {letter.review.state}.")
    if said.declined:
        click.echo("The client does not want to check it. That is fine. To go on: tipletters final CASE --reason …")
    right, private = [one for one in said.parts if one.right], [one for one in said.parts if one.private]
    click.echo(f"Parts that are right: {len(right)}. Private: {len(private)}. Open corrections: {_open(letter)}.")
    for copy in said.copies:
        if copy.words:
            click.echo(f"- {copy.recipient}: {copy.words}")
    for way in said.sending.ways:
        click.echo(f"- The client {way}.")
    if said.sending.aloud:
        click.echo("- They would like to have it read aloud.")
    for about, text in (("How it felt", said.felt), ("They say", said.felt_words), ("Who filled it in", said.who)):
        if text:
            click.echo(f"- {about}: {text}")
    for one in back.added:
        words = f"They wrote beside the answers: {one.says}" if one.says else f"They struck out: “{one.said}”"
        click.echo(f"- {words}")
    for name in still_there(letter, said):
        click.echo(f"- Still in the folder, from before: {name}. Please put it away if it is out of date.")
    for question in back.questions:
        where = f"Part {question.part}: " if question.part else f"{question.recipient}: " if question.recipient else ""
        click.echo(f"Please ask the client. {where}{question.text}")
    if to_ask := ask_if_right(letter):
        click.echo(f"Please ask the client. {to_ask} Write it down: tipletters review enter {letter.path}")
    if unconfirmed(letter):
        click.echo(f"A yes does not count yet. When you know that it was the client, {again(letter)}")


def _open(letter: "Folder") -> int:
    return len(letter.corrections.open)
