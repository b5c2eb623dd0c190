"""How far a letter has come: what its copies say of that, and which passages they lack for it."""

from dataclasses import dataclass
from datetime import date

from tipletters.consent import EVERYONE
from tipletters.people import Frame
from tipletters.quiet import Quiet


@dataclass(frozen=True, repr=False)
class Stage(Quiet):
    """How far a letter has come. Without a review it is a draft.

    Args:
        final: its review is over, so that copies may go.
        checked_on: the day on which the client checked it; only where it is true.
        held: passages kept from copies, each with the recipient's key, or EVERYONE.
        version: 2 for a letter that was put right and written anew.
        replaces: the date of the letter whose place it takes.
        offered: letters of its kind are checked with the client; reminders and the like are not.
        labels: what passages were about when the client was asked, each with the passage's name; it holds still.
        under_way: the client was given it to check, so that it is not final before, whatever its template says now.
    """

    final: bool = False
    checked_on: date | None = None
    held: frozenset[tuple[str, str]] = frozenset()
    version: int = 1
    replaces: date | None = None
    offered: bool = True
    labels: frozenset[tuple[str, str]] = frozenset()
    under_way: bool = False

    def reference(self, of_case: str) -> str:
        """Return what is printed at the foot of every page: a letter that came through its review says its version."""
        told = self.offered and (self.final or self.version > 1)
        return f"{of_case}, version {self.version}" if told else of_case

    def held_from(self, recipient: str) -> frozenset[str]:
        """Return the passages that this recipient may not have yet."""
        return frozenset(one for one, whom in self.held if whom in (recipient, EVERYONE))

    def frame(self, *, client: bool) -> tuple[str, ...]:
        """Return what a copy says of how far the letter has come."""
        said = [Frame.replaces(self.replaces)] if self.replaces else []
        if not self.offered:
            return tuple(said)
        if not self.final:
            return (Frame.DRAFT_CLIENT if client else Frame.DRAFT, *said)
        if self.checked_on:
            said.append(Frame.checked(self.checked_on, client=client))
        elif client:
            said.append(Frame.CAN_CHANGE)
        return tuple(said)
