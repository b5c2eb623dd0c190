"""Gets a run ready: opens the table, matches its columns, looks it over, and says what has to be asked first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from tipletters.batch.plan import Mapping as MappingFile
from tipletters.batch.plan import Order, Plan, Zeros, plan_for, read_mapping
from tipletters.batch.rows import Directory, directory_of
from tipletters.batch.run import Work
from tipletters.batch.setup import Setup
from tipletters.batch.survey import Survey, survey
from tipletters.config import House
from tipletters.draft import template_folders
from tipletters.quiet import Quiet
from tipletters.remember import Record
from tipletters.tables import Table, open_table
from tipletters.template import find

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Options(Quiet):
    """How a table is to be read and written.

    Args:
        encoding: how the letters of a text table were saved; empty to find out.
        sheet: the sheet of a workbook; empty for the first.
        mapping: the mapping file.
        recipients: a table of recipients by their code.
        day: the date of every letter that has no other.
        dates: which number of every date is the day.
        zeros: what becomes of every lost zero.
        decided: what was answered before, by "dates" or "zeros", a colon and the column.
        kind: a name from WRITERS.
        pdf: make a PDF of each copy, too.
        by: who is working.
        looked: the worker looked at the questions, and goes on.
        examples: numbers that are set aside for examples may stand in a letter: for tests.
    """

    encoding: str = ""
    sheet: str = ""
    mapping: Path | None = None
    recipients: Path | None = None
    day: date | None = None
    dates: Order | None = None
    zeros: Zeros | None = None
    decided: Mapping[str, str] = field(default_factory=dict)
    kind: str = "docx"
    pdf: bool = False
    by: str = ""
    looked: bool = False
    examples: bool = False


@dataclass(frozen=True, repr=False)
class Prepared(Quiet):
    """A run that is ready to be judged.

    Args:
        table: the table.
        plan: which column goes where.
        survey: what was seen in the table.
        work: what the run stands on.
    """

    table: Table
    plan: Plan
    survey: Survey
    work: Work

    @property
    def open_questions(self) -> bool:
        """Say whether something has to be answered before any row can be judged."""
        return bool(self.survey.doubts or self.plan.doubtful or self.plan.missing)


def prepare(
    template: str,
    path: Path,
    *,
    folder: Path,
    house: House,
    record: Record,
    now: datetime,
    options: Options,
) -> Prepared:
    """Return a run that is ready to be judged.

    Args:
        template: the template's name.
        path: the table.
        folder: where the table stands; its own `templates` folder is looked in first.
        house: the organisation's defaults.
        record: the register.
        now: the moment of writing, which the gate goes by.
        options: how the table is to be read and written.

    Raises:
        TiplettersError: the table, the template or the mapping cannot be used.
    """
    table = open_table(path, encoding=options.encoding, sheet=options.sheet)
    head = find(template, template_folders(folder, house)).head
    mapping = read_mapping(options.mapping) if options.mapping else MappingFile()
    plan = plan_for(table, head, mapping, where=str(options.mapping or ""), day=options.day)
    dates = _for_columns(plan, "dates", options.dates, options.decided, Order) | mapping.dates
    zeros = _for_columns(plan, "zeros", options.zeros, options.decided, Zeros) | mapping.zeros
    seen = survey(table, plan, dates, zeros)
    setup = Setup(
        plan,
        seen.readings,
        _directory(options.recipients),
        template,
        folder,
        house,
        now,
        options.kind,
        options.looked,
        options.by,
        options.examples,
        seen.twice,
        seen.same_reference,
        pdf=options.pdf,
    )
    return Prepared(table, plan, seen, Work(table, setup, record, seen.rows))


def _for_columns(
    plan: Plan, about: str, for_all: T | None, decided: Mapping[str, str], kind: Callable[[str], T]
) -> dict[str, T]:
    """Return what was decided for each column: for all of them on the command line, else when it was asked before."""
    answers = {name: decided.get(f"{about}:{name}") for name in plan.columns}
    if for_all is not None:
        return dict.fromkeys(plan.columns, for_all)
    return {name: kind(answer) for name, answer in answers.items() if answer}


def _directory(path: Path | None) -> Directory:
    if path is None:
        return {}
    table = open_table(path)
    names = [name.casefold() for name in table.columns]
    return directory_of([dict(zip(names, row.cells, strict=True)) for row in table.read()])
