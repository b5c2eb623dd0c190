"""`tipletters disclose`: the rare duty to share without agreement, done openly and written down."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipletters.cli.options import REGISTER, Day, opened
from tipletters.cli.prompts import stopping, words
from tipletters.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tipletters.disclose import Sharing
    from tipletters.passages import Passage


@click.command(epilog="Example: tipletters disclose anna.toml --to gp -o letters")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--to", "to", required=True, help="The key of the recipient, as the case has it.")
@click.option(
    "--passages", "chosen", help="The numbers of the passages, such as “2 5” or “2-5”. [default: shown, then asked]"
)
@click.option("--reason", help="Why it has to be shared, in a few words.")
@click.option("--decided-by", help="Who decided.")
@click.option("--advice", help="Whose advice was taken.")
@click.option("--told", type=Day(), help="The day on which the client was told.")
@click.option("--not-told", help="Why the client was not told.")
@click.option("--look-again", type=Day(), help="If not told: the day on which you look at this again.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder. [default: beside the case]")
@click.option("--force", is_flag=True, help="Write over a document that is there already.")
@REGISTER
@click.pass_obj
def disclose(
    session: Session,
    case: Path,
    to: str,
    chosen: str | None,
    reason: str | None,
    decided_by: str | None,
    advice: str | None,
    told: date | None,
    not_told: str | None,
    look_again: date | None,
    output: Path | None,
    force: bool,
    where: str | None,
) -> None:
    """Share parts of a CASE without the client's agreement, where you have a duty to.

    If somebody is in danger, phone first. Do not wait for this. You pick each passage by itself, and say why, who
    decided, whose advice was taken, and whether the client knows. All of that is written down in the register.
    """
    from tipletters import disclose as sharing_without
    from tipletters.casereader import read_case
    from tipletters.output import save

    (read, house), now = read_case(case), session.now()
    recipient = sharing_without.recipient_of(read, to)
    with opened(where, house) as register:
        before = sharing_without.shared_before(register, read, recipient)
        template, blocks = sharing_without.whole_letter(read, house)
        with stopping("Nothing was shared, and nothing was written down. To go on, give the command again."):
            picked = _picked(sharing_without.to_pick(read, blocks), chosen)
            sharing = _asked(reason, decided_by, advice, told, not_told, look_again)
        made = sharing_without.disclosure(
            read, template, blocks, recipient, picked, sharing, on=now.date(), before=before
        )

        def write_down(digests: "Mapping[str, str]") -> None:
            (digest,) = digests.values()
            sharing_without.write_down(
                register, read, recipient, sharing, digest, picked=len(picked), by=session.by, at=now
            )

        saved = save(made, house, output or case.parent, force=force, before=write_down)
    for path in (path for files in saved.files.values() for path in files):
        click.echo(f"Written for {recipient.described}: {path}")
    for question in (one for asked in saved.questions.values() for one in asked):
        click.echo(f"Please look at this: {question.text} {question.where}")
    click.echo("It is written down in the register. " + _next(sharing))
    if saved.needs_attention:
        raise click.exceptions.Exit(1)


def _picked(passages: "Sequence[Passage]", chosen: str | None) -> list[str]:
    """Return the ids of the passages that the worker picks."""
    from tipletters.errors import CaseError

    if chosen is None:
        for number, one in enumerate(passages, start=1):
            click.echo(f"{number:3}. {one.text}{'  (private)' if one.labels else ''}")
        chosen = words("Which passages have to be shared? Give as few as you can, by number, such as “2 5”")
    numbers = _numbers(chosen)
    if not numbers or any(not 1 <= number <= len(passages) for number in numbers):
        raise CaseError(
            "One of these numbers is no passage of the letter.",
            where="--passages",
            then=f"Give numbers from 1 to {len(passages)}, such as “2 5”, or “2-5” for all from 2 to 5.",
        )
    return [passages[number - 1].id for number in dict.fromkeys(numbers)]


def _numbers(chosen: str) -> list[int]:
    """Return the numbers that were typed, ranges spelled out; none where one of them cannot be read."""
    numbers: list[int] = []
    for part in re.split(r"[\s,;]+", chosen.strip(" \t\n,;")):
        found = re.fullmatch(r"([0-9]{1,4})(?:[-–]([0-9]{1,4}))?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if last < first:
            return []
        numbers += range(first, last + 1)
    return numbers


def _asked(
    reason: str | None,
    decided_by: str | None,
    advice: str | None,
    told: date | None,
    not_told: str | None,
    look_again: date | None,
) -> "Sharing":
    """Ask for what was not given."""
    from tipletters.disclose import Sharing

    reason = reason or words("Why does it have to be shared?")
    decided_by = decided_by or words("Who decided?")
    advice = advice or words("Whose advice was taken?")
    if told is None and not not_told and click.confirm("Have you told the client?"):
        told = click.prompt("On which day?", type=Day())
    if told is None:
        not_told = not_told or words("Why was the client not told?")
        look_again = look_again or click.prompt("On which day do you look at this again?", type=Day())
    return Sharing(reason, decided_by, advice, told, not_told or "", look_again)


def _next(sharing: "Sharing") -> str:
    from tipletters.dates import long_date

    if sharing.look_again:
        return f"Look at it again on {long_date(sharing.look_again)}: can the client be told now?"
    return "Put the reason into the client's record too."
