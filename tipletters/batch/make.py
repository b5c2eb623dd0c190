"""Makes the letters of some rows, wherever that happens: here, in a worker process, or on another machine.

A row goes the same road as a single letter: case, gate, draft, checks on each recipient's own text, print, proof. Rows
go in, bytes and outcomes come out, and nothing is kept.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tipletters.batch.cells import Reading as CellReading
from tipletters.batch.outcome import File, Made, Outcome, Reading, State
from tipletters.batch.plan import Plan
from tipletters.batch.rows import DiedError, Directory, data_of
from tipletters.batch.said import said
from tipletters.batch.survey import client_mark, reference_mark
from tipletters.batch.tocheck import to_check
from tipletters.case import client_key
from tipletters.casereader import case_from
from tipletters.checks.issue import Report, Severity
from tipletters.checks.run import Run, check
from tipletters.config import House
from tipletters.consent import CLIENT
from tipletters.draft import Copy, Draft, draft, template_folders
from tipletters.errors import CaseError, TiplettersError
from tipletters.letter import Block
from tipletters.others import Index
from tipletters.output import asked_about, file_name, printed, proved, slug
from tipletters.quiet import Quiet
from tipletters.register import Sent
from tipletters.remember import NOTHING_KNOWN, Known
from tipletters.setting import person_of
from tipletters.tables import Row
from tipletters.template import Review, Template, find
from tipletters.wording import capital_first, sentence
from tipletters.writers import WRITERS


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
    readings: tuple[CellReading, ...]
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


def make(setup: Setup, tasks: Sequence[Task], judge: bool = False) -> list[Made]:
    """Return what comes of some rows, in their order.

    Args:
        setup: what is the same for every row.
        tasks: the rows.
        judge: say only how things stand; print nothing.

    Raises:
        TiplettersError: the template cannot be used.
    """
    template = find(setup.template, template_folders(setup.folder, setup.house))
    memory = Memory(template, Run(allowed=frozenset(setup.house.config.allow)))
    return [_make(setup, task, memory, judge) for task in tasks]


def _make(setup: Setup, task: Task, memory: Memory, judge: bool) -> Made:
    row, reference = task.row.number, ""
    try:
        data = data_of(task.row, setup.plan, setup.readings, setup.directory) | {"template": setup.template}
        drafted = _drafted(setup, task, memory, data)
        reference = drafted.case.reference
        wanting = _wanting(drafted, setup)
        if wanting:
            outcome = Outcome(row, reference, *wanting)
        else:
            outcome = Outcome(row, reference, State.READY, notes=tuple(_notes(drafted)))
        if judge:
            return Made(outcome, marks=setup.others.marks(drafted.case.client))
        return Made(outcome) if wanting else _printed(setup, task, memory, drafted, outcome, data)
    except DiedError as problem:
        return Made(Outcome(row, reference, State.REFUSED, problem.where, problem.what, _DIED_THEN))
    except TiplettersError as problem:
        return Made(Outcome(row, reference, State.ATTENTION, *said(problem, setup.plan)))
    except Exception as problem:  # noqa: BLE001 - a row never stops the others, and an unknown error may hold a secret
        what = f"Something went wrong that we did not expect ({type(problem).__name__})."
        then = "Tell the person who looks after tipletters, and write this letter by itself."
        return Made(Outcome(row, reference, State.ATTENTION, "", what, then))


_DIED_THEN = "Take the row out. Think about who should be told, and how."


def _drafted(setup: Setup, task: Task, memory: Memory, data: Mapping[str, Any]) -> Draft:
    case = case_from(data, setup.house, "the table", setup.folder)
    if setup.same_reference and reference_mark(task.row, setup.plan) in setup.same_reference:
        raise CaseError(
            "Another row has the same reference.", where="reference", then="Give each letter a reference of its own."
        )
    if setup.twice and client_mark(task.row, setup.plan) in setup.twice:
        raise CaseError(
            "Another row is about the same client.",
            where="client.nhs_number",
            then="Keep one of them. If both letters are meant, send them in two runs.",
        )
    return draft(case, setup.house, now=setup.now, template=memory.template, known=task.known, examples=setup.examples)


def _wanting(made: Draft, setup: Setup) -> tuple[State, str, str, str] | None:
    """Say what stands in the way of a letter: state, cell, what, and what to do."""
    column = setup.plan.column_of
    if made.stopped:
        died = column("client.date_of_death") if made.case.client.date_of_death else ""
        return State.REFUSED, died, made.stopped, _DIED_THEN if died else "Put it in, or take the row out."
    if made.unmet:
        return (
            State.ATTENTION,
            column("client.needs"),
            "This letter has a need that we cannot make, such as Braille or another language.",
            "Ask who can make it in your service, and take the row out.",
        )
    if made.questions and not setup.looked:
        return State.ATTENTION, "", made.questions[0], "Look at it. If all is well, add --looked to go on."
    return None


def _notes(made: Draft) -> Iterator[str]:
    """Say who gets no copy, and how the client's reaches them. What is withheld is never said."""
    for copy in made.copies:
        if copy.letter is None:
            yield f"{copy.key}: no copy. {copy.why_none}"
        elif copy.way and copy.way != "may be sent" and copy.key == CLIENT:
            yield f"client: {sentence(capital_first(copy.way))}"


def _printed(setup: Setup, task: Task, memory: Memory, made: Draft, outcome: Outcome, data: Mapping[str, Any]) -> Made:
    within, beside = "", dict[str, bytes]()
    if memory.template.head.review is Review.REQUIRED:  # the client's copy to check, and no others
        made, beside = to_check(made, data, setup.house, setup.by)
        within = f"{slug(made.case.reference)}/"
    copies = tuple(copy for copy in made.copies if copy.letter is not None)
    documents = printed(setup.kind, copies, setup.house, memory.blocks)
    ending = WRITERS[setup.kind].ending
    files = tuple(_file(made, copy, documents[copy.key], within, ending) for copy in copies)
    files += tuple(File(within + name, _sha256(content), len(content), "") for name, content in beside.items())
    withheld = sum(len(copy.hidden) for copy in copies)
    outcome = replace(outcome, state=State.WRITTEN, files=files, withheld=withheld)
    if set(task.there) == {(one.name, one.sha256) for one in files}:
        return Made(outcome)
    by_copy = proved(setup.kind, documents, copies, made, setup.house)
    reports = _checked(made, copies, memory.run, setup.others)
    said = {copy.key: report for copy, report in zip(copies, reports, strict=True)}
    more = asked_about(copies, made, setup.house, said)
    questions = [one for asked in (*by_copy.values(), *more.values()) for one in asked]
    if questions and not setup.looked:
        then = f"{questions[0].where}. Look at it. If all is well, add --looked to go on.".removeprefix(". ")
        return Made(replace(outcome, state=State.ATTENTION, files=(), what=questions[0].text, then=then))
    if errors := [one for report in reports for one in report.issues if one.severity is Severity.ERROR]:
        then = "Look at the text of this row: something of another letter may have been pasted in."
        return Made(replace(outcome, state=State.ATTENTION, files=(), what=errors[0].message, then=then))
    outcome = replace(outcome, reading=_reading(reports))
    content = (*(documents[copy.key] for copy in copies), *beside.values())
    return Made(outcome, content, tuple(_sent(setup, made, copies, files)))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _file(made: Draft, copy: Copy, data: bytes, within: str, ending: str) -> File:
    others = {one.key: one for one in made.case.recipients}
    group = others[copy.key].organisation or others[copy.key].name if copy.key in others else ""
    return File(
        within + file_name(made.case.reference, copy, ending),
        _sha256(data),
        len(data),
        copy.key,
        copy.way,
        group,
        copy.look.described,
    )


def _checked(made: Draft, copies: Sequence[Copy], run: Run, others: Index) -> list[Report]:
    """Check each recipient's own text, the client's first, and compare it with all other clients of the run."""
    about = person_of(made.case)
    return [check(copy.letter, about=about, others=others, run=run) for copy in copies if copy.letter is not None]


def _reading(reports: Sequence[Report]) -> Reading:
    """Say how the client's copy reads, and how many issues all copies have."""
    client = reports[0]
    issues = sum(len(report.issues) for report in reports)
    return Reading(
        round(client.scores.get("reading_age", 0.0), 1), round(client.scores.get("difficulty", 0.0), 2), issues
    )


def _sent(setup: Setup, made: Draft, copies: Sequence[Copy], files: Sequence[File]) -> Iterator[Sent]:
    """Final copies are taken to be held by those whom they are for; drafts and copies to check by nobody."""
    key = "" if len(files) > len(copies) else client_key(made.case)
    for copy, one in zip(copies, files, strict=False):
        if key and not copy.draft:
            yield Sent(key, made.case.reference, 1, copy.key, copy.whom, one.sha256, setup.now.date(), copy.way)
