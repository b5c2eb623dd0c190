"""Prints, proves and checks the copies of one letter of a run. Nothing is saved here."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tipletters.batch.outcome import File, Made, Outcome, Reading, State
from tipletters.batch.setup import Memory, Setup, Sheets, Task
from tipletters.batch.tocheck import to_check
from tipletters.case import client_key
from tipletters.checks.issue import Report, Severity
from tipletters.checks.run import Run, check
from tipletters.config import House
from tipletters.copies import Copy
from tipletters.draft import Draft
from tipletters.others import Index
from tipletters.output import asked_about, file_name, printed, proved, slug
from tipletters.register import Sent
from tipletters.setting import person_of
from tipletters.template import Review
from tipletters.writers import WRITERS


def copies_of(setup: Setup, task: Task, memory: Memory, made: Draft, outcome: Outcome, data: Mapping[str, Any]) -> Made:
    """Return the copies of one letter, proved and checked, and what came of its row.

    Args:
        setup: what is the same for every row.
        task: the row.
        memory: what the letters of a chunk share.
        made: its draft.
        outcome: what is known of the row so far.
        data: what its case file would hold.

    Raises:
        TiplettersError: a copy cannot be printed, or may not be written.
    """
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
    held, sheets = _sheets(setup, task, made, copies, documents, within) if setup.pdf or task.pages else ((), None)
    outcome = replace(outcome, state=State.WRITTEN, files=(*files, *held), withheld=withheld)
    if not sheets and set(task.there) == {(one.name, one.sha256) for one in outcome.files}:
        return Made(outcome)
    by_copy = proved(setup.kind, documents, copies, made, setup.house)
    reports = _checked(made, copies, setup.house, memory.run, setup.others)
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
    done = Made(outcome, content, tuple(_sent(setup, made, copies, files)))
    if sheets:
        memory.waiting[outcome.row] = sheets
    return done


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _file(made: Draft, copy: Copy, data: bytes, within: str, ending: str) -> File:
    others = {one.key: one for one in made.case.recipients}
    whom = others.get(copy.key)
    # Many practices are called “The Surgery”: the address tells them apart.
    group = ", ".join((whom.organisation or whom.name, *whom.address)) if whom else ""
    return File(
        within + file_name(made.case.reference, copy, ending),
        _sha256(data),
        len(data),
        copy.key,
        copy.way,
        group,
        copy.look.described,
    )


def _sheets(
    setup: Setup, task: Task, made: Draft, copies: Sequence[Copy], documents: Mapping[str, bytes], within: str
) -> tuple[tuple[File, ...], Sheets | None]:
    """Return the PDFs that are there and still belong to their copies, and those that are to be made."""
    word = documents if setup.kind == "docx" else printed("docx", copies, setup.house, {})
    there = {(one.name, one.of): one for one in task.pages}
    files = []
    for copy in copies:
        new = _file(made, copy, word[copy.key], within, ".pdf")
        files.append(there.get((new.name, new.sha256)) or replace(new, sha256="", size=0, of=new.sha256))
    wanting = tuple(copy for copy, file in zip(copies, files, strict=True) if not file.sha256) if setup.pdf else ()
    held = tuple(one for one in files if one.sha256)
    return held, Sheets(made, wanting, word, tuple(files)) if wanting else None


def _checked(made: Draft, copies: Sequence[Copy], house: House, run: Run, others: Index) -> list[Report]:
    """Check each recipient's own text, the client's first, and compare it with all other clients of the run."""
    about = person_of(made.case, house)
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
