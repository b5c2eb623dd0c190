"""Takes the rows of a table through: first judged, then made, in their order, here or by workers."""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from tipletters.batch.cells import read_cell
from tipletters.batch.folder import Folder
from tipletters.batch.ledger import Ledger
from tipletters.batch.make import make
from tipletters.batch.outcome import Made, Outcome, State
from tipletters.batch.setup import Setup, Task
from tipletters.errors import OutputError, RegisterError, TiplettersError
from tipletters.quiet import Quiet
from tipletters.remember import Record
from tipletters.tables import Row, Table

# So many rows go to a worker at once: enough that what they share is worked out seldom, few enough to fit in memory.
CHUNK = 250
# With PDFs: about as many copies as LibreOffice makes in one go, so that little is lost when a run is killed.
WITH_PAGES = 50
_KEYS = ("client.nhs_number", "client.chi_number", "client.key")


@dataclass(frozen=True, repr=False)
class Work(Quiet):
    """What a run stands on.

    Args:
        table: the table.
        setup: what is the same for every row.
        record: the register.
        rows: how many rows there are.
        executor: who makes the letters; None for here and now.
        workers: how many there are.
        make: what a worker calls.
    """

    table: Table
    setup: Setup
    record: Record
    rows: int
    executor: Executor | None = None
    workers: int = 1
    make: Callable[[Setup, Sequence[Task], bool], list[Made]] = make

    def chunk(self, *, judge: bool) -> int:
        """Say how many rows go to a worker at once."""
        most = CHUNK if judge or not self.setup.pdf else WITH_PAGES
        return max(10, min(most, self.rows // (4 * self.workers) + 1))


def judged(work: Work) -> Iterator[Outcome]:
    """Yield how things stand for each row, in order, and take up each client in the index. Nothing is written.

    Raises:
        TiplettersError: the run cannot go on.
    """
    for _, made in _made(work, lambda row: Task(row, work.record.known_of(_keys(row, work.setup))), judge=True):
        for one in made:
            work.setup.others.take(one.marks)
            yield one.outcome


def written(work: Work, folder: Folder, ledger: Ledger, *, by: str, at: datetime) -> Iterator[tuple[Outcome, bool]]:
    """Make and save every letter that may be made, and yield what came of each row, in order.

    Args:
        work: what the run stands on.
        folder: where the letters go.
        ledger: the folder's ledger.
        by: who is working, for the register.
        at: the moment, for the register.

    Returns:
        Each outcome, and whether something was written for it now; a letter that is as it was is not written again.

    Raises:
        TiplettersError: the run cannot go on; what was written is noted, and a new run goes on from there.
    """

    def task(row: Row) -> Task:
        there = folder.there(ledger.files_of(_reference(row, work.setup)))
        return Task(row, work.record.known_of(_keys(row, work.setup)), tuple(there.items()), ledger.pages(there))

    _ask_the_same(work.record, ledger)
    work = replace(work, setup=replace(work.setup, parts=folder.parts))
    if not len(work.setup.others):
        deque(judged(work), maxlen=0)  # no letter is written before all clients are known, whose words it may not hold
    for tasks, made in _made(work, task, judge=False):
        told = [_told(one, task, work.record, by, at) for one, task in zip(made, tasks, strict=True)]
        pairs = [(one, dict(task.there)) for one, task in zip(told, tasks, strict=True)]
        saved = folder.save(pairs, ledger)
        ledger.see(
            (one.outcome.reference or _reference(task.row, work.setup), one.outcome.state is not State.WRITTEN)
            for one, task in zip(saved, tasks, strict=True)
        )
        for one in saved:
            yield one.outcome, bool(one.data)
    folder.hold(ledger.taken_out(), ledger)


def hold(work: Work, folder: Folder, rows: Container[int]) -> None:
    """Put aside what an earlier run wrote of rows for which nothing is written now.

    Args:
        work: what the run stands on.
        folder: where its letters are.
        rows: the numbers of the rows.

    Raises:
        OutputError: a file cannot be moved, or another run is at work there.
    """
    if not folder.hidden.is_dir():
        return
    with folder.taken() as ledger:
        references = [_reference(row, work.setup) for row in work.table.read() if row.number in rows]
        ledger.see((reference, True) for reference in references)
        folder.hold(references, ledger)


def _ask_the_same(record: Record, ledger: Ledger) -> None:
    """Stop where a folder's letters were made with a register, and now none is asked: a no in it would be passed over.

    Raises:
        RegisterError: names the register.
    """
    before = ledger.register()
    if record.register is not None:
        ledger.asked(record.place.described)
    elif before and not record.problem:
        raise RegisterError(
            "The letters in this folder were made with what the register knows, and now no register is asked.",
            where=before,
            then="Add --register with it, or choose another folder with -o.",
        )


def _told(made: Made, task: Task, record: Record, by: str, at: datetime) -> Made:
    """Tell the register of a letter's final copies; where an answer came since it was asked, nothing is written."""
    if not made.sent or record.register is None:
        return made
    try:
        record.register.sent(made.sent, by=by, at=at, seen=task.known.seen)
    except RegisterError as problem:
        outcome = replace(
            made.outcome, state=State.ATTENTION, files=(), what=problem.what, then="Run the same command again."
        )
        return Made(outcome)
    return made


def _made(work: Work, task: Callable[[Row], Task], *, judge: bool) -> Iterator[tuple[Sequence[Task], Sequence[Made]]]:
    chunks = _chunks(map(task, work.table.read()), work.chunk(judge=judge))
    if work.executor is None:
        for tasks in chunks:
            yield tasks, work.make(work.setup, tasks, judge)
        return
    ahead = 2 * work.workers
    waiting: deque[tuple[Sequence[Task], Future[list[Made]]]] = deque()
    try:
        for tasks in chunks:
            waiting.append((tasks, work.executor.submit(work.make, work.setup, tasks, judge)))
            if len(waiting) >= ahead:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())
    finally:
        for _, future in waiting:
            future.cancel()


def _result(tasks: Sequence[Task], future: "Future[list[Made]]") -> tuple[Sequence[Task], Sequence[Made]]:
    try:
        return tasks, future.result()
    except TiplettersError:
        raise
    except Exception as problem:  # noqa: BLE001 - each engine has its own; what an unknown one says could hold a secret
        raise OutputError(
            f"The workers could not go on ({type(problem).__name__}).",
            then="Run the same command again: it goes on where it stopped. With --workers 1 nothing else is started.",
        ) from None


def _chunks(tasks: Iterable[Task], size: int) -> Iterator[list[Task]]:
    tasks = iter(tasks)
    while chunk := list(islice(tasks, size)):
        yield chunk


def _reference(row: Row, setup: Setup) -> str:
    for place, cell in zip(setup.plan.places, row.cells, strict=True):
        if place == "reference":
            return str(cell or "")
    return str(setup.plan.same.get("reference", ""))


def _keys(row: Row, setup: Setup) -> tuple[str, ...]:
    """Return what the register may know a row's client by, in the form in which a case has it."""
    found: dict[str, str] = {}
    for place, kind, cell, reading in zip(setup.plan.places, setup.plan.kinds, row.cells, setup.readings, strict=True):
        if place not in _KEYS:
            continue
        try:
            value = str(read_cell(cell, kind, reading) or "")
        except TiplettersError:
            continue
        found[place] = value if place == "client.key" else re.sub(r"\D", "", value)
    return tuple(found[place] for place in _KEYS if found.get(place))


def run_of(path: Path) -> str:
    """Return what tells a table from others: a hash of its content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
