"""`corrections.toml`: what is to be put right in the formal record, and what was decided."""

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from tipletters.consent import EVERYONE
from tipletters.errors import ReviewError
from tipletters.quiet import Quiet
from tipletters.review.record import beside, toml_bytes
from tipletters.tomlfile import fit, read_toml

FILE_NAME = "corrections.toml"


class Kind(StrEnum):
    """What kind of thing the client says."""

    FACT = "fact"
    OPINION = "opinion"
    ADD = "add"
    PRIVATE = "private"


class Decision(StrEnum):
    """What the worker decided."""

    OPEN = "open"
    AGREED = "agreed"
    PARTLY = "agreed in part"
    NOT_AGREED = "not agreed"
    WITHDRAWN = "withdrawn by the client"
    KEPT = "kept private"
    LIFTED = "not private any more"


class Source(StrEnum):
    """Where the client said it."""

    ANSWER = "answer"
    TEXT = "text"
    COMMENT = "comment"


@dataclass(frozen=True, repr=False)
class Correction(Quiet):
    """One thing to be put right in the formal record.

    Args:
        number: counts the corrections of a letter.
        raised: the day on which the client said it.
        kind: a fact, a disagreement about an opinion, something to add, or private.
        version: the version of the letter it is about.
        part: the part's number in the review copy; 0 for none.
        passages: the opaque names of the passages.
        labels: what they are about.
        said: what the letter said.
        says: what the client says.
        source: where they said it. In the letter's text, what they say is the passage's new text; "" takes it out.
        sent: final copies of this version were out already when the client said it.
        whom: private from whom: recipients' keys, or "everyone".
        decision: what the worker decided.
        now_says: what the letter says now.
        reason: why it was decided so.
        by: who decided.
        decided: the day on which it was decided.
        statement: the client's own statement, to be kept with the record where it was not agreed.
    """

    number: int
    raised: date
    kind: Kind = Kind.FACT
    version: int = 1
    part: int = 0
    passages: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    said: str = ""
    says: str = ""
    source: Source = Source.ANSWER
    sent: bool = False
    whom: tuple[str, ...] = ()
    decision: Decision = Decision.OPEN
    now_says: str = ""
    reason: str = ""
    by: str = ""
    decided: date | None = None
    statement: str = ""

    @property
    def due(self) -> date:
        """The last day for an answer to the client."""
        return month_after(self.raised)

    @property
    def is_text(self) -> bool:
        """What the client says is the passage's new text."""
        return self.source is Source.TEXT

    @property
    def is_open(self) -> bool:
        """Nobody has decided yet."""
        return self.decision is Decision.OPEN

    @property
    def dissent(self) -> str:
        """The client's own statement, unless it was agreed in the end; it is kept, should that change back."""
        return "" if self.decision is Decision.AGREED else self.statement

    @property
    def is_agreed(self) -> bool:
        """The letter is to say something else, as a whole or in part."""
        return self.decision in (Decision.AGREED, Decision.PARTLY) and self.kind is not Kind.PRIVATE

    @property
    def is_addition(self) -> bool:
        """It stands at nothing that the letter said."""
        return not self.said and not self.passages

    @property
    def held_from(self) -> tuple[str, ...]:
        """From whom its passages are kept: what is private from those named, what is open from everyone."""
        if self.kind is Kind.PRIVATE:
            return self.whom if self.decision in (Decision.OPEN, Decision.KEPT) else ()
        return (EVERYONE,) if self.is_open else ()

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return f"part {self.part}" if self.part else "the letter as a whole"


def month_after(day: date) -> date:
    """Return the same day of the next month, or that month's last day.

    The time that UK GDPR, Article 12(3), gives for an answer, counted as the Information Commissioner's Office counts.
    """
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, repr=False)
class Corrections(Quiet):
    """All corrections of one letter."""

    reference: str
    corrections: tuple[Correction, ...] = ()

    @property
    def open(self) -> tuple[Correction, ...]:
        """Those that nobody has decided yet."""
        return tuple(one for one in self.corrections if one.is_open)

    def with_new(self, found: Iterable[Correction]) -> "Corrections":
        """Return these with those that are new; what was said before in the same words is not doubled."""
        known = {_what(one) for one in self.corrections}
        held = list(self.corrections)
        for one in found:
            if _what(one) not in known:
                known.add(_what(one))
                held.append(replace(one, number=len(held) + 1))
        return replace(self, corrections=tuple(held))

    def without_withdrawn(
        self, told: Iterable[Correction], parts: Collection[int], *, by: str, on: date
    ) -> "Corrections":
        """Return these, where what the client said of a part is open and they now say something else of it: withdrawn.

        Args:
            told: what the answers say now.
            parts: the parts of which they spoke anew, so that it is known to be their last word.
            by: who wrote it down.
            on: when.
        """
        now = {_what(one) for one in told}
        return replace(
            self,
            corrections=tuple(
                replace(one, decision=Decision.WITHDRAWN, by=by, decided=on)
                if one.is_open and one.source is Source.ANSWER and one.part in parts and _what(one) not in now
                else one
                for one in self.corrections
            ),
        )

    def numbered(self, number: int) -> Correction:
        """Return one by its number.

        Raises:
            ReviewError: there is none.
        """
        for one in self.corrections:
            if one.number == number:
                return one
        raise ReviewError(
            f"There is no correction number {number}.", then="Run “tipletters corrections due” to see which there are."
        )

    def decided(self, one: Correction) -> "Corrections":
        """Return these with one of them changed."""
        return replace(self, corrections=tuple(one if old.number == one.number else old for old in self.corrections))


def _what(one: Correction) -> tuple[object, ...]:
    """What tells one correction from another."""
    return one.version, one.part, one.passages, one.kind, one.says, one.whom


def corrections_of(case: Path, reference: str) -> Corrections:
    """Return the corrections of a case's letter.

    Raises:
        ReviewError: the file cannot be used.
    """
    path = beside(case, FILE_NAME)
    return fit(Corrections, read_toml(path), str(path), ReviewError) if path.exists() else Corrections(reference)


def corrections_file(held: Corrections, case: Path) -> dict[Path, bytes]:
    """Return the file to write; nothing where there is nothing to say."""
    if not held.corrections:
        return {}
    note = "What is to be put right in the formal record, and what was decided."
    return {beside(case, FILE_NAME): toml_bytes(held, note)}


def late(found: Sequence[Correction], today: date) -> tuple[Correction, ...]:
    """Return those that are open after their last day."""
    return tuple(one for one in found if one.is_open and one.due < today)
