"""The page for many letters from one table: how each row stands, what to mend, progress, and the files."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from tipletters.batch import Outcome, Prepared, State, Tally, judged
from tipletters.batch.folder import HIDDEN, keep
from tipletters.batch.printing import can_print
from tipletters.config import find
from tipletters.dates import read_date
from tipletters.draft import template_folders
from tipletters.errors import ReadError, TiplettersError
from tipletters.remember import recording
from tipletters.tables import open_table
from tipletters.tables.table import Row
from tipletters.tables.writing import as_text, write_rows
from tipletters.template import TemplateHead, names
from tipletters.template import find as find_template
from tipletters.template.head import read_source
from tipletters.web.desk import Desk
from tipletters.web.here import here
from tipletters.web.job import Job, job_of, prepared
from tipletters.web.pages import page
from tipletters.web.questions import in_words

_SHOWN = 200  # rows to mend that the page shows at once
_KEPT = 3  # tables that the page remembers, the newest ones


def show(desk: Desk, _: Mapping[str, str]) -> str:
    """Return the page."""
    folders = template_folders(desk.folder, find(desk.folder))
    kinds = []
    for name, path in names(folders).items():
        try:
            kinds.append((name, read_source(path).head.purpose))
        except TiplettersError:
            continue  # the page of templates says what is wrong with it
    return page("batch.html", desk, kinds=kinds, today=desk.now().date().isoformat(), can_print=can_print())


def take(desk: Desk, _: str, data: bytes, more: Mapping[str, Any]) -> dict[str, Any]:
    """Take a table, and say how things stand for each row.

    Raises:
        TiplettersError: the table or the template cannot be used.
    """
    try:
        day = read_date(str(more.get("day", "")))
    except ValueError:
        raise ReadError("Please give the date of the letters.", then="Then drop the table again.") from None
    folder = _free_folder(desk)
    job = Job(folder, keep(BytesIO(data), folder), str(more.get("template", "")), day, str(next(desk.numbers)))
    held: dict[str, Job] = desk.held.setdefault("batches", {})
    held[job.id] = job
    for old in [one for one in held.values() if not one.at_work][:-_KEPT]:
        old.table.unlink(missing_ok=True)
        del held[old.id]
    return _judged(desk, job)


def _free_folder(desk: Desk) -> Path:
    today = desk.now().date()
    tries = (desk.folder / f"batch-{today:%y%m%d}-{number}" for number in range(1, 10_000))
    return next(path for path in tries if not path.exists())


def judge(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Take what was answered and mended, and look at the rows again.

    Raises:
        TiplettersError: the table cannot be used.
    """
    job = job_of(desk, data)
    answers = data.get("answers")
    if isinstance(answers, Mapping):
        job.answers |= {str(key): str(value) for key, value in answers.items() if value}
    columns = data.get("columns")
    if isinstance(columns, Mapping):
        job.columns |= {str(name): str(place) for name, place in columns.items()}
    job.looked = job.looked or data.get("looked") is True
    mended = data.get("mended")
    if isinstance(mended, list) and mended:
        _mend(job, [one for one in mended if isinstance(one, Mapping)])
    return _judged(desk, job)


def _mend(job: Job, mended: list[Mapping[str, Any]]) -> None:
    """Write the table again with some cells changed."""
    table = open_table(job.table)
    at = {name: number for number, name in enumerate(table.columns)}
    changes: dict[int, dict[int, str]] = {}
    for one in mended:
        if one.get("column") in at and isinstance(one.get("row"), int):
            changes.setdefault(one["row"], {})[at[one["column"]]] = str(one.get("value", ""))

    def rows() -> Iterator[tuple[Row, str, str]]:
        for row in table.read():
            fresh = changes.get(row.number, {})
            cells = tuple(fresh.get(number, cell) for number, cell in enumerate(row.cells))
            yield replace(row, cells=cells), "", ""

    made = BytesIO()
    write_rows(table, rows(), made, job.folder / HIDDEN)
    old, job.table = job.table, keep(BytesIO(made.getvalue()), job.folder)
    old.unlink(missing_ok=True)


def _judged(desk: Desk, job: Job) -> dict[str, Any]:
    with recording(None, house=find(desk.folder), folder=desk.folder) as record:
        ready = prepared(desk, job, record)
        said: dict[str, Any] = {
            "batch": job.id,
            "rows": ready.survey.rows,
            "described": ready.table.described,
            "notes": list(ready.survey.notes),
            "unused": list(ready.plan.unused),
            "columns": list(ready.table.columns),
        }
        head = find_template(job.template, template_folders(desk.folder, find(desk.folder))).head
        if ready.open_questions:
            return said | {"questions": _questions(ready, head)}
        tally = Tally()
        waiting: list[Outcome] = []
        for outcome in judged(ready.work):
            tally.add(outcome)
            if outcome.state is not State.READY and len(waiting) < _SHOWN:
                waiting.append(outcome)
    held = _cells(ready, {one.row for one in waiting})
    rows = [
        {
            "row": one.row,
            "reference": one.reference,
            "refused": one.state is State.REFUSED,
            "column": one.cell if one.cell in ready.table.columns else "",
            "value": held.get(one.row, {}).get(one.cell, ""),
            "what": _what(one, ready, head),
            "then": here(one.then),
        }
        for one in waiting
    ]
    counts = {str(state): tally[state] for state in (State.READY, State.ATTENTION, State.REFUSED)}
    return said | {"counts": counts, "waiting": rows, "copies": list(tally.notes)[:20]}


def _cells(ready: Prepared, wanted: set[int]) -> dict[int, dict[str, str]]:
    columns = ready.table.columns
    rows = (row for row in ready.table.read() if row.number in wanted)
    return {row.number: dict(zip(columns, map(as_text, row.cells), strict=True)) for row in rows}


def _what(one: Outcome, ready: Prepared, head: TemplateHead) -> str:
    """Say what is wrong, and of what where no column holds it."""
    return one.what if one.cell in ("", *ready.table.columns) else f"{in_words(one.cell, head)}: {one.what}"


def _questions(ready: Prepared, head: TemplateHead) -> dict[str, Any]:
    return {
        "missing": [{"place": place, "name": in_words(place, head)} for place, _ in ready.plan.missing],
        "doubtful": [
            {"column": name, "place": place, "name": in_words(place, head)} for name, place in ready.plan.doubtful
        ],
        "spare": [*ready.plan.unused, *(name for name, _ in ready.plan.doubtful)],
        "doubts": [
            {"key": f"{one.about}:{one.column}", "question": one.question, "options": one.options}
            for one in ready.survey.doubts
        ],
    }
