"""Every letter in a folder and below it: how far it has come, and who waits for whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tipletters.config import FILE_NAME as HOUSE_FILE
from tipletters.dates import long_date
from tipletters.errors import TiplettersError
from tipletters.quiet import Quiet
from tipletters.review.corrections import Correction, late
from tipletters.review.folder import Folder, open_folder
from tipletters.review.left import ask_if_right, is_checked, open_questions, unconfirmed
from tipletters.review.record import REPLACED
from tipletters.review.states import State
from tipletters.tomlfile import read_toml
from tipletters.wording import counted


@dataclass(frozen=True, repr=False)
class Letter(Quiet):
    """One letter in the overview.

    Args:
        path: its case.
        reference: its reference.
        state: how far it has come.
        since: since when.
        waits: what is waited for, and from whom.
        corrections: those that are open.
        problem: why it cannot be shown; empty where it can.
    """

    path: Path
    reference: str = ""
    state: str = ""
    since: date | None = None
    waits: str = ""
    corrections: tuple[Correction, ...] = ()
    problem: str = ""


def overview(folder: Path, today: date) -> tuple[Letter, ...]:
    """Return every letter in a folder and below it.

    Args:
        folder: where to look.
        today: the day, for what is late.
    """
    return tuple(_shown(path, today) for path in _cases(folder))


def _cases(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.toml")):
        if path.name == HOUSE_FILE or REPLACED in path.relative_to(folder).parts[:-1]:
            continue
        try:
            data = read_toml(path)
        except TiplettersError:
            yield path
            continue
        if "template" in data and "client" in data:
            yield path


def _shown(path: Path, today: date) -> Letter:
    try:
        letter = open_folder(path)
        waits = waits_for(letter, today)
    except TiplettersError as problem:
        return Letter(path, problem=problem.what)
    review = letter.review
    return Letter(
        path,
        letter.case.reference,
        str(review.state),
        review.since.date() if review.since else None,
        waits,
        letter.corrections.open,
    )


def waits_for(letter: Folder, today: date) -> str:
    """Say what is waited for, and from whom."""
    review = letter.review
    if review.state in (State.DRAFTED, State.REISSUED):
        if not is_checked(letter):
            return "you: hand it over or send it"
        return "you: offer it to the client to check"
    if review.state is State.WITH_CLIENT:
        return _with_client(review.reply_by, today)
    if unconfirmed(letter):
        return "you: say how you know that the answers are the client's own"
    if ask_if_right(letter):
        return "you: ask the client whether the letter is right"
    if questions := open_questions(letter):
        return f"the client: {counted(len(questions), 'answer is', 'answers are')} not clear"
    if found := letter.corrections.open:
        overdue = f", {len(late(found, today))} of them late" if late(found, today) else ""
        return f"you: {counted(len(found), 'correction is', 'corrections are')} open{overdue}"
    if review.state is State.FINAL:
        return "nobody"
    return "you: make it final"


def _with_client(until: date | None, today: date) -> str:
    if until and today > until:
        return f"you: the day for an answer was {long_date(until)}; ask them, or go on with a reason"
    return "the client" + (f", until {long_date(until)}" if until else "")
