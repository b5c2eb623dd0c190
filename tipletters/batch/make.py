"""Makes the letters of some rows, wherever that happens: here, in a worker process, or on another machine.

A row goes the same road as a single letter: case, gate, draft, checks on each recipient's own text, print, proof. Rows
go in, bytes and outcomes come out, and nothing is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tipletters.batch.copies import copies_of
from tipletters.batch.outcome import Made, Outcome, State
from tipletters.batch.pages import with_pages
from tipletters.batch.rows import DiedError, data_of
from tipletters.batch.said import said, unexpected
from tipletters.batch.setup import Memory, Setup, Task
from tipletters.batch.survey import client_mark, reference_mark
from tipletters.casereader import case_from
from tipletters.checks.run import Run, check_text
from tipletters.checks.text.memory import without_collector
from tipletters.consent import CLIENT
from tipletters.draft import Draft, draft, template_folders
from tipletters.errors import CaseError, TiplettersError
from tipletters.template import find
from tipletters.wording import capital_first, sentence
from tipletters.writers.libreoffice import required


@without_collector
def make(setup: Setup, tasks: Sequence[Task], judge: bool = False) -> list[Made]:
    """Return what comes of some rows, in their order.

    Args:
        setup: what is the same for every row.
        tasks: the rows.
        judge: say only how things stand; print nothing.

    Raises:
        TiplettersError: the template cannot be used, or LibreOffice is wanted and not there.
    """
    if setup.pdf:
        required()
    template = find(setup.template, template_folders(setup.folder, setup.house))
    memory = Memory(template, Run(allowed=frozenset(setup.house.config.allow), rated=False))
    made = [_make(setup, task, memory, judge) for task in tasks]
    return with_pages(setup, made, memory.waiting) if memory.waiting else made


def ready() -> None:
    """Read the word lists, which takes a second or two, before the first rows come."""
    check_text("Dear Anna, will you come?")


def _make(setup: Setup, task: Task, memory: Memory, judge: bool) -> Made:
    row, reference = task.row.number, ""
    try:
        data = data_of(task.row, setup.plan, setup.readings, setup.directory, memory.cells) | {
            "template": setup.template
        }
        drafted = _drafted(setup, task, memory, data)
        reference = drafted.case.reference
        wanting = _wanting(drafted, setup)
        if wanting:
            outcome = Outcome(row, reference, *wanting)
        else:
            outcome = Outcome(row, reference, State.READY, notes=tuple(_notes(drafted)))
        if judge:
            return Made(outcome, marks=setup.others.marks(drafted.case.client))
        return Made(outcome) if wanting else copies_of(setup, task, memory, drafted, outcome, data)
    except DiedError as problem:
        return Made(Outcome(row, reference, State.REFUSED, problem.where, problem.what, _DIED_THEN))
    except TiplettersError as problem:
        return Made(Outcome(row, reference, State.ATTENTION, *said(problem, setup.plan)))
    except Exception as problem:  # noqa: BLE001 - a row never stops the others
        return Made(Outcome(row, reference, State.ATTENTION, *unexpected(problem)))


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
