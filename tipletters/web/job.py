"""One table on its way from the page to letters: written in a thread of its own, with how far it is, and the files."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from tipletters.batch import Folder, Options, Prepared, State, Tally, prepare, run_of, write_reports, written
from tipletters.batch.aside import PRINT
from tipletters.batch.folder import HIDDEN
from tipletters.batch.printing import bundle, can_print
from tipletters.config import find
from tipletters.errors import ReadError, TiplettersError
from tipletters.files import write_all
from tipletters.quiet import Quiet
from tipletters.remember import Record, recording
from tipletters.web.answers import told
from tipletters.web.copies import offer
from tipletters.web.desk import Desk


@dataclass(repr=False)
class Job(Quiet):
    """One table on its way to letters.

    Args:
        folder: where the letters go.
        table: the table, kept in that folder until the letters are written.
        template: the template's name.
        day: the date of the letters.
        id: what the page calls it by, so that no tab speaks of the table of another.
        answers: what was answered about whole columns.
        columns: what the worker said a column is; empty for one that is left out.
        looked: the worker looked at the questions and goes on.
        pdf: a PDF of each letter, too.
        joined: all letters that go one way in one document, for the printer.
    """

    folder: Path
    table: Path
    template: str
    day: date
    id: str
    answers: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    looked: bool = False
    pdf: bool = False
    joined: bool = False
    done: int = 0
    total: int = 0
    at_work: bool = False
    files: list[Path] = field(default_factory=list)
    error: TiplettersError | None = None
    tally: Tally = field(default_factory=Tally)


def _named(desk: Desk, data: Mapping[str, Any]) -> Job:
    job = desk.held.get("batches", {}).get(str(data.get("batch", "")))
    if not isinstance(job, Job):
        raise ReadError("This table was replaced by another one that was opened since.", then="Choose it again.")
    return job


def job_of(desk: Desk, data: Mapping[str, Any]) -> Job:
    """Return the table that a page speaks of.

    Raises:
        ReadError: it is not held any more, or its letters are being written.
    """
    job = _named(desk, data)
    if job.at_work:
        raise ReadError("The letters are being written.", then="Wait until that is done.")
    return job


def prepared(desk: Desk, job: Job, record: Record) -> Prepared:
    """Open a table with all that was answered so far.

    Raises:
        TiplettersError: the table or the template cannot be used.
    """
    mapping = job.folder / HIDDEN / "columns.toml"
    if job.columns:
        write_all({mapping: tomlkit.dumps({"columns": job.columns}).encode()}, force=True)
    named = mapping if job.columns else None
    options = Options(
        mapping=named, day=job.day, decided=job.answers, pdf=job.pdf, looked=job.looked, examples=desk.examples
    )
    house = find(desk.folder)
    return prepare(
        job.template, job.table, folder=desk.folder, house=house, record=record, now=desk.now(), options=options
    )


def write(desk: Desk, data: Mapping[str, Any]) -> dict[str, bool]:
    """Begin to write the letters that are ready; how far it is, `progress` says."""
    job = job_of(desk, data)
    job.pdf, job.joined = data.get("pdf") is True, data.get("joined") is True
    job.at_work, job.done, job.error, job.tally = True, 0, None, Tally()
    threading.Thread(target=_write, args=(desk, job), daemon=False).start()
    return {"begun": True}


def _write(desk: Desk, job: Job) -> None:
    try:
        with recording(None, house=find(desk.folder), folder=desk.folder) as record:
            ready = prepared(desk, job, record)
            job.total = ready.survey.rows
            folder = Folder(job.folder, run_of(job.table))
            with folder.taken() as ledger:
                ledger.decide(job.answers)
                for outcome, _ in written(ready.work, folder, ledger, by=desk.by, at=desk.now()):
                    job.tally.add(outcome)
                    job.done += 1
                title = f"Letters of the kind “{job.template}”"
                made = write_reports(folder, ledger, ready.table, title, job.day)
                if job.joined:
                    ending = "pdf" if can_print() else "docx"
                    names = (name for name, _, _ in bundle(folder, ledger, pdf=can_print()))
                    made = [*(f"{PRINT}/{name}.{ending}" for name in names), *made]
                job.files = [job.folder / one for one in made]
        job.table.unlink(missing_ok=True)
    except TiplettersError as problem:
        job.error = problem
    except Exception as problem:  # noqa: BLE001 - in a thread of its own nobody else would hear of it
        job.error = ReadError(f"Something went wrong that we did not expect ({type(problem).__name__}).")
    finally:
        job.at_work = False


def progress(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Say how far the letters are, and where they are when they are written."""
    job = _named(desk, data)
    if job.at_work:
        return {"done": job.done, "total": job.total, "finished": False}
    if job.error:
        return {"finished": True, "error": told(job.error)}
    return {
        "finished": True,
        "done": job.done,
        "total": job.total,
        "written": job.tally[State.WRITTEN],
        "folder": str(job.folder),
        "files": [{"name": path.name, "number": offer(desk, path)} for path in job.files],
    }
