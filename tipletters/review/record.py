"""`review.toml`: what a letter's folder remembers of its review. The folder is the truth for the letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import tomlkit

from tipletters.errors import ReviewError
from tipletters.quiet import Quiet
from tipletters.review.copy import Asked
from tipletters.review.states import Act, State, after
from tipletters.tomlfile import fit, read_text, read_toml

FILE_NAME = "review.toml"
REPLACED = "replaced"  # the folder of old versions, with their cases, inside a letter's folder


@dataclass(frozen=True, repr=False)
class Move(Quiet):
    """One step of the letter's way.

    Args:
        act: what was done.
        to: the state it led to.
        on: when.
        by: who did it.
        reason: why, where that is asked.
    """

    act: Act
    to: State
    on: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True, repr=False)
class Reply(Quiet):
    """What the client answered at one time.

    Args:
        code: the review copy that was answered.
        on: when it was read or written down.
        way: how it came: "returned copy", "in person", "phone".
        by: who read it or wrote it down.
        how_known: how the worker knows that it was the client, freely; until then a yes does not count.
        digest: the SHA-256 of the file, where it was one.
        filled: each control's key with its answer.
        unclear: keys whose answer cannot be told.
    """

    code: str
    on: datetime
    way: str
    by: str
    how_known: str = ""
    digest: str = ""
    filled: dict[str, bool | str] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Issued(Quiet):
    """A final copy that was written for somebody, who is taken to hold it; `says` stands for its words."""

    version: int
    recipient: str
    described: str
    on: date
    way: str = ""
    says: str = ""


@dataclass(frozen=True, repr=False)
class Review(Quiet):
    """All that is remembered of one letter.

    Args:
        reference: the letter's reference.
        case: the name of the case's file, in the same folder.
        version: the version that is being made or was made last.
        dates: the date of each version that was made final, by its number.
        reply_by: the day by which an answer would help.
        moves: the letter's way, oldest first.
        copies: what each review copy asked.
        replies: what came back, oldest first.
        issued: the final copies that were written.
        out: the folder of the final documents: within the letter's own, or the whole path.
        raised: how many corrections there were when this was written; where fewer are there, some were lost.
    """

    reference: str
    case: str
    version: int = 1
    dates: dict[str, date] = field(default_factory=dict)
    reply_by: date | None = None
    moves: tuple[Move, ...] = ()
    copies: tuple[Asked, ...] = ()
    replies: tuple[Reply, ...] = ()
    issued: tuple[Issued, ...] = ()
    out: str = ""
    raised: int = 0

    @property
    def state(self) -> State:
        """How far the letter has come."""
        return self.moves[-1].to if self.moves else State.DRAFTED

    @property
    def since(self) -> datetime | None:
        """Since when."""
        return self.moves[-1].on if self.moves else None

    @property
    def replaces(self) -> date | None:
        """The date of the version before this one."""
        return self.dates.get(str(self.version - 1))

    @property
    def current(self) -> tuple[Asked, ...]:
        """The review copies that can be answered: those of this version that were made last."""
        mine = [one for one in self.copies if one.version == self.version]
        return tuple(one for one in mine if one.round == mine[-1].round)

    @property
    def standing(self) -> tuple[Asked, ...]:
        """The copies whose labels hold: the last that is known to be answered by the client, and all made since."""
        known = {reply.code for reply in self.replies if reply.how_known}
        since = max((one.round for one in self.copies if one.code in known), default=0)
        return tuple(one for one in self.copies if one.round >= since)

    @property
    def answers(self) -> tuple[Reply, ...]:
        """The replies to the current copies."""
        codes = {one.code for one in self.current}
        return tuple(reply for reply in self.replies if reply.code in codes)

    def asked(self, code: str) -> Asked:
        """Return what the copy with this code asked."""
        return next(one for one in self.copies if one.code == code)

    def moved(self, act: Act, *, on: datetime, by: str, reason: str = "") -> "Review":
        """Return the review one step further.

        Raises:
            ReviewError: there is no such move.
        """
        move = Move(act, after(self.state, act), on.replace(microsecond=0), by, reason)
        return replace(self, moves=(*self.moves, move))


def beside(case: Path, name: str) -> Path:
    """Return a file of a case's letter: `review.toml` beside `case.toml`, `anna.review.toml` beside `anna.toml`."""
    # Where capitals make no difference in names of files, “Case.toml” is the same file.
    return case.parent / (name if case.stem.casefold() == "case" else f"{case.stem}.{name}")


def review_of(case: Path, reference: str) -> Review:
    """Return what is remembered of a case's letter; a new Review where nothing is.

    Raises:
        ReviewError: what is remembered is of another letter, or under another name; or the case was replaced.
        CaseError: the file cannot be read.
    """
    path = beside(case, FILE_NAME)
    if not path.exists():
        _refuse_replaced(case, reference)
        _refuse_renamed(case, reference)
        return Review(reference, case.name)
    found = fit(Review, read_toml(path), str(path), ReviewError)
    if (found.reference, found.case.casefold()) != (reference, case.name.casefold()):
        raise ReviewError(
            "This review is of another letter. Was the case's reference or name changed?",
            where=str(path),
            then="Change it back. Give each letter a folder of its own, with its case and documents in it.",
        )
    return found


def _refuse_replaced(case: Path, reference: str) -> None:
    """Stop at the case of an old version, from which a letter would begin afresh.

    Raises:
        ReviewError: names the case in force.
    """
    aside = case.resolve().parent
    if aside.parent.name != REPLACED:
        return
    folder = aside.parent.parent
    for held in map(read_toml, sorted(folder.glob(f"*{FILE_NAME}"))):
        if held.get("reference") == reference:
            raise ReviewError(
                "This case is of a version of the letter that was replaced.",
                where=str(case),
                then=f"Use the one in force: {folder / str(held.get('case', case.name))}",
            )


def _refuse_renamed(case: Path, reference: str) -> None:
    """Stop where the folder remembers this letter under another name of its case, so that nothing is forgotten.

    Raises:
        ReviewError: names what it remembers.
    """
    for path in sorted(case.parent.glob("*.toml")):
        name = next((name for name in (FILE_NAME, "corrections.toml") if path.name.endswith(name)), "")
        if not name or path == beside(case, name) or reference not in read_text(path):
            continue
        if read_toml(path).get("reference") == reference:
            old = f"{path.name.removesuffix(name) or 'case.'}toml"
            both = (case.parent / old).exists()
            then = f"Put what is new in this one into “{old}”." if both else f"Name the case “{old}” again."
            # Under a reference of its own, the same letter would know nothing of what the client said.
            one, other = read_toml(case), read_toml(case.parent / old) if both else {}
            if any(one.get(name) != other.get(name) for name in ("template", "date", "client")):
                then += " If this is another letter, give it a reference of its own."
            raise ReviewError(
                "The folder remembers this letter under another name of its case.",
                where=str(path),
                then=then,
            )


def review_file(review: Review, case: Path) -> dict[Path, bytes]:
    """Return the file to write."""
    note = "The way of this letter. tipletters writes this file."
    return {beside(case, FILE_NAME): toml_bytes(review, note)}


def toml_bytes(value: Any, note: str) -> bytes:
    """Return a dataclass as TOML, with a note above it; what is empty is left out."""
    document = tomlkit.document()
    document.add(tomlkit.comment(note))
    document.update(_plain(value))
    return tomlkit.dumps(document).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return str(value.value)
    if is_dataclass(value):
        held = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: _plain(one) for name, one in held.items() if one not in (None, "", (), {}, frozenset())}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
