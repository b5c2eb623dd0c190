"""Prints a draft's copies, proves them and saves them: all of it is proved before the first file is written."""

import hashlib
import re
from collections.abc import Callable, Container, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tipletters.checks.issue import Report
from tipletters.checks.run import ASKED, Run, check
from tipletters.config import House
from tipletters.consent import CLIENT
from tipletters.copies import Copy
from tipletters.draft import Draft
from tipletters.errors import ProofError
from tipletters.files import make_folder, write_all
from tipletters.letter import Block
from tipletters.proof import Question, asked, origin_of, prove, unanswered
from tipletters.remember import Record
from tipletters.setting import person_of
from tipletters.wording import capital_first
from tipletters.writers import WRITERS
from tipletters.writers.libreoffice import to_pdf

DRAFT = "-DRAFT"


@dataclass(frozen=True)
class Saved:
    """Where a draft's copies were saved.

    Args:
        folder: the folder.
        files: the files of each copy, by its key.
        questions: what the proof asks of each copy and the case does not answer yet, by its key.
        older: files for each reader that lay in the folder before, of whatever format, and were not written anew.
    """

    folder: Path
    files: Mapping[str, tuple[Path, ...]]
    questions: Mapping[str, tuple[Question, ...]]
    older: Mapping[str, tuple[Path, ...]]

    @property
    def needs_attention(self) -> bool:
        """Say whether there is a question left."""
        return any(self.questions.values())


def save(
    draft: Draft,
    house: House,
    folder: Path,
    *,
    kind: str = "docx",
    pdf: bool = False,
    force: bool = False,
    before: Callable[[Mapping[str, str]], None] = lambda _: None,
) -> Saved:
    """Print every copy, prove that it holds nothing which its reader may not have, and save it.

    Args:
        draft: the copies.
        house: the organisation's logo, letterhead and name.
        folder: where to save; it is made where it is missing.
        kind: a name from WRITERS.
        pdf: make a PDF of each copy too.
        force: write over files that are there.
        before: told the SHA-256 of each copy, by its key, when all are ready and none is in its place; if it raises,
            none is saved.

    Raises:
        TiplettersError: a copy cannot be printed, proved or saved; then none is saved.
    """
    copies = [copy for copy in draft.copies if copy.letter is not None]
    made = printed(kind, copies, house, {})
    questions = proved(kind, made, copies, draft, house)
    for key, more in asked_about(copies, draft, house).items():
        questions[key] += more
    make_folder(folder)
    files = {copy.key: [(_path(folder, copy, draft, WRITERS[kind].ending), made[copy.key])] for copy in copies}
    if pdf and copies:
        pages = to_pdf(made if kind == "docx" else printed("docx", copies, house, {}), folder)
        proved("pdf", pages, copies, draft, house)
        for copy in copies:
            files[copy.key].append((_path(folder, copy, draft, ".pdf"), pages[copy.key]))
    digests = {key: hashlib.sha256(data).hexdigest() for key, data in made.items()}
    ready = {path: data for pairs in files.values() for path, data in pairs}
    write_all(ready, force=force, before=lambda: before(digests))
    left = {copy.key: older(folder, draft.case.reference, copy.key, ready) for copy in draft.copies}
    return Saved(folder, {key: tuple(path for path, _ in pairs) for key, pairs in files.items()}, questions, left)


def older(folder: Path, reference: str, key: str, fresh: Container[Path] = ()) -> tuple[Path, ...]:
    """Return the files of one reader's copy that a folder holds, drafts and final ones, of whatever format.

    Args:
        folder: the folder.
        reference: the letter's reference.
        key: the copy's key.
        fresh: files that were written just now.
    """
    endings = (*(writer.ending for writer in WRITERS.values()), ".pdf")
    named = [folder / f"{slug(reference)}-{key}{draft}{ending}" for draft in ("", DRAFT) for ending in endings]
    return tuple(path for path in named if path not in fresh and path.exists())


def proved(
    kind: str, documents: Mapping[str, bytes], copies: Iterable[Copy], draft: Draft, house: House
) -> dict[str, tuple[Question, ...]]:
    """Prove every copy, and return what is asked about each and not answered in the case.

    Args:
        kind: a name from PROVERS.
        documents: the copies as documents, by their keys.
        copies: the copies that there are.
        draft: the draft that they belong to.
        house: for which organisation.

    Raises:
        ProofError: a copy holds what its reader may not have.
    """
    origin = origin_of(draft.case, draft.template)
    whole = next((copy.letter for copy in draft.copies if copy.key == CLIENT), None)
    settled = frozenset(one.question for one in draft.case.answers)
    found: dict[str, tuple[Question, ...]] = {}
    for copy in copies:
        if copy.letter is None:
            continue
        # The client's own have a way, and what is shared without agreement: there nothing waits for a talk with them.
        data, safety = documents[copy.key], not copy.way
        try:
            found[copy.key] = prove(
                data,
                kind,
                copy.letter,
                copy.look,
                house,
                hidden=copy.hidden,
                origin=origin,
                whole=whole,
                safety=safety,
                settled=settled,
            )
        except ProofError as problem:
            raise ProofError(
                problem.what, where=f"the copy for {copy.whom}: {problem.where}", then=problem.then
            ) from None
    return found


def asked_about(
    copies: Iterable[Copy], draft: Draft, house: House, reports: Mapping[str, Report] | None = None
) -> dict[str, tuple[Question, ...]]:
    """Return what the checks ask of each final copy for somebody else, and the case does not answer.

    Args:
        copies: the copies that there are.
        draft: the draft that they belong to.
        house: for which organisation.
        reports: what the checks said of each copy, by its key; without them the copies are checked now.
    """
    others = [copy for copy in copies if copy.letter is not None and not copy.draft and not copy.key.startswith(CLIENT)]
    if reports is None:
        run, about = Run(only=ASKED), person_of(draft.case, house)
        reports = {one.key: check(one.letter, about=about, run=run) for one in others if one.letter is not None}
    return {one.key: unanswered(asked(reports[one.key]), draft.case.answers) for one in others}


def each_once(draft: Draft, saved: Saved) -> tuple[Question, ...]:
    """Return each question about saved copies once, with where in each copy it stands: one answer settles it for all.

    Args:
        draft: the copies.
        saved: what is asked of each.
    """
    places: dict[Question, list[str]] = {}
    for copy in draft.copies:
        for one in saved.questions.get(copy.key, ()):
            places.setdefault(replace(one, where=""), []).append(f"{capital_first(copy.whom)}: {one.where}")
    return tuple(replace(one, where="; ".join(where)) for one, where in places.items())


def told(
    record: Record, draft: Draft, *, by: str, at: datetime, version: int = 1
) -> Callable[[Mapping[str, str]], None]:
    """Return what `save` is to call before it saves, so that the register knows who holds a final copy.

    Args:
        record: the register that was asked for this letter.
        draft: the copies.
        by: who writes.
        at: the moment of writing.
        version: the letter's version.
    """

    def tell(digests: Mapping[str, str]) -> None:
        final = [copy for copy in draft.copies if copy.letter is not None and not copy.draft]
        copies = {copy.key: (copy.whom, digests[copy.key], copy.way) for copy in final}
        record.written(draft.case, copies, by=by, at=at, version=version, seen=draft.seen)

    return tell


def printed(kind: str, copies: Iterable[Copy], house: House, memo: MutableMapping[Block, str]) -> dict[str, bytes]:
    """Return every copy that there is as a document, by its key.

    Args:
        kind: a name from WRITERS.
        copies: the copies.
        house: the organisation's logo, letterhead and name.
        memo: what blocks printed as earlier; it lives no longer than a run.

    Raises:
        CaseError: the logo or letterhead cannot be used.
    """
    write = WRITERS[kind].write
    return {copy.key: write(copy.letter, copy.look, house, memo) for copy in copies if copy.letter is not None}


def slug(reference: str) -> str:
    """Return a reference as it can stand in the name of a file."""
    return re.sub(r"[^A-Za-z0-9]+", "-", reference).strip("-")


def file_name(reference: str, copy: Copy, ending: str) -> str:
    """Return the name of a copy's file: reference and recipient's key alone, and DRAFT where it is not final."""
    return f"{slug(reference)}-{copy.key}{DRAFT if copy.draft else ''}{ending}"


def _path(folder: Path, copy: Copy, draft: Draft, ending: str) -> Path:
    return folder / file_name(draft.case.reference, copy, ending)
