"""What came of one row. It holds no word of the letter, so that it can be kept, listed and sent between processes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tipletters.quiet import Quiet
from tipletters.register import Sent


class State(StrEnum):
    """How things stand for a row."""

    READY = "ready"
    WRITTEN = "written"
    ATTENTION = "needs attention"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class File:
    """One file of a row.

    Args:
        name: its name in the folder of letters.
        sha256: of its content, in hex.
        size: in bytes.
        copy: the recipient's key; empty for a file that belongs to a letter's folder.
        way: how the client's copy reaches them; empty for others.
        group: which printing bundle it goes to: the practice or person with their address; empty for the client.
        look: how it is printed, where that is not the usual way, such as "large-print".
        of: for a PDF, the SHA-256 of the Word document that it was made of; empty for others.
    """

    name: str
    sha256: str
    size: int
    copy: str
    way: str = ""
    group: str = ""
    look: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the client's copy reads: its reading age, its difficulty, and how many issues the checks found."""

    age: float = 0.0
    difficulty: float = 0.0
    issues: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row.

    Args:
        row: its number in the table.
        reference: the letter's reference; empty where the row has none that can be used.
        state: how things stand.
        cell: the column that it is about, where it is about one.
        what: what is wrong; empty where nothing is.
        then: what to do about it.
        notes: who gets no copy, and why; never what is withheld.
        files: what was or will be written.
        withheld: how many passages were left out of copies.
        reading: how the client's copy reads; None for as it read before.
    """

    row: int
    reference: str
    state: State
    cell: str = ""
    what: str = ""
    then: str = ""
    notes: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    withheld: int = 0
    reading: Reading | None = None

    def gone(self, there: Iterable[str]) -> list[str]:
        """Return which of the files that are there must go: those of copies that nobody may have any more.

        Nobody can say who may have the letter of a row that needs attention, so it goes too. A folder that was given
        to the client stays: answers come back into it.
        """
        if self.state is State.ATTENTION:
            return sorted(name for name in there if "/" not in name)
        return sorted(set(there) - {one.name for one in self.files})


@dataclass(frozen=True, slots=True, repr=False)
class Made(Quiet):
    """What a worker gives back for one row.

    Args:
        outcome: what came of it.
        data: the content of its files, in their order; None for one that is as it was; empty where all are.
        sent: what the register is to be told of.
        marks: the client as the index of all clients has them.
    """

    outcome: Outcome
    data: tuple[bytes | None, ...] = ()
    sent: tuple[Sent, ...] = ()
    marks: tuple[int, ...] = ()
