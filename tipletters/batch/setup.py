"""What the rows of a run share, and one row as it goes to whoever makes its letter."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tipletters.batch.cells import Reading
from tipletters.batch.plan import Plan
from tipletters.batch.rows import Directory
from tipletters.checks.run import Run
from tipletters.config import House
from tipletters.letter import Block
from tipletters.others import Index
from tipletters.quiet import Quiet
from tipletters.remember import NOTHING_KNOWN, Known
from tipletters.tables import Row
from tipletters.template import Template


@dataclass(frozen=True, repr=False)
class Setup(Quiet):
    """What is the same for every row of a run.

    Args:
        plan: which column goes where.
        readings: how the cells of each column are read.
        directory: recipients by their code.
        template: the template's name.
        folder: where the table stands; its own `templates` folder is looked in first.
        house: the organisation's defaults.
        now: the moment of writing, which the gate goes by.
        kind: a name from WRITERS.
        looked: the worker looked at the questions, and goes on.
        by: who is working.
        examples: numbers that are set aside for examples may stand in it: for tests.
        twice: marks of clients who stand in more than one row.
        same_reference: marks of references that stand in more than one row.
        others: the index of all clients of the run; judging fills it.
    """

    plan: Plan
    readings: tuple[Reading, ...]
    directory: Directory
    template: str
    folder: Path
    house: House
    now: datetime
    kind: str = "docx"
    looked: bool = False
    by: str = ""
    examples: bool = False
    twice: frozenset[int] = frozenset()
    same_reference: frozenset[int] = frozenset()
    others: Index = field(default_factory=Index)


@dataclass(frozen=True, repr=False)
class Task(Quiet):
    """One row to make.

    Args:
        row: the row.
        known: what the register said of its client.
        there: name and SHA-256 of each of its files that is in its place already.
    """

    row: Row
    known: Known = NOTHING_KNOWN
    there: tuple[tuple[str, str], ...] = ()


@dataclass(repr=False)
class Memory(Quiet):
    """What some letters share: the template, sentences, printed blocks. It lives for those alone."""

    template: Template
    run: Run
    blocks: dict[Block, str] = field(default_factory=dict)
