"""What the rows of a run share, and one row as it goes to whoever makes its letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tipletters.batch.cells import Reading
from tipletters.batch.outcome import File
from tipletters.batch.plan import Plan
from tipletters.batch.rows import Directory
from tipletters.checks.run import Run
from tipletters.config import House
from tipletters.copies import Copy
from tipletters.draft import Draft
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
        pdf: make a PDF of each copy, too.
        parts: where LibreOffice's throwaway files stand while it makes them.
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
    pdf: bool = False
    parts: Path = Path()


@dataclass(frozen=True, repr=False)
class Task(Quiet):
    """One row to make.

    Args:
        row: the row.
        known: what the register said of its client.
        there: name and SHA-256 of each of its files that is in its place already.
        pages: those of them that are a PDF as it was written last.
    """

    row: Row
    known: Known = NOTHING_KNOWN
    there: tuple[tuple[str, str], ...] = ()
    pages: tuple[File, ...] = ()


@dataclass(frozen=True, repr=False)
class Sheets(Quiet):
    """The PDFs of one letter, of which LibreOffice is still to make some.

    Args:
        draft: the letter's draft.
        copies: those of its copies that still want one.
        documents: its copies as Word documents, by their keys.
        files: all its PDFs, in the order of the copies; one that is still to be made has no SHA-256 yet.
    """

    draft: Draft
    copies: tuple[Copy, ...]
    documents: Mapping[str, bytes]
    files: tuple[File, ...]


@dataclass(repr=False)
class Memory(Quiet):
    """What some letters share: the template, sentences, printed blocks. It lives for those alone.

    Args:
        template: the template.
        run: what the checks share.
        blocks: what blocks were printed as.
        cells: what cells were read as.
        waiting: the PDFs that are still to be made, by the number of their row.
    """

    template: Template
    run: Run
    blocks: dict[Block, str] = field(default_factory=dict)
    cells: dict[tuple[int, str], Any] = field(default_factory=dict)
    waiting: dict[int, Sheets] = field(default_factory=dict)
