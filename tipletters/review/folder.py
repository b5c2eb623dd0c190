"""A letter's folder: its case, what is remembered of its review, its corrections. It is the truth for the letter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tipletters.case import Case
from tipletters.casereader import read_case
from tipletters.config import House
from tipletters.consent import CLIENT
from tipletters.draft import Draft, draft
from tipletters.errors import ReviewError
from tipletters.files import write_all
from tipletters.passages import passages
from tipletters.quiet import Quiet
from tipletters.remember import NOTHING_KNOWN, Known
from tipletters.review.corrections import FILE_NAME as CORRECTIONS
from tipletters.review.corrections import Corrections, corrections_file, corrections_of
from tipletters.review.holds import held_now
from tipletters.review.labels import LOST, lost_labels
from tipletters.review.record import FILE_NAME, Review, beside, review_file, review_of
from tipletters.review.told import told
from tipletters.review.whom import as_asked, to_ask
from tipletters.stage import Stage
from tipletters.template import Template
from tipletters.tomlfile import read_toml


@dataclass(frozen=True, repr=False)
class Folder(Quiet):
    """One letter with all that belongs to it.

    `seen` stands for what is remembered of it as that was when it was read, and `case_seen` for its case.
    """

    path: Path
    case: Case
    house: House
    review: Review
    corrections: Corrections
    seen: str = ""
    case_seen: str = ""

    @property
    def folder(self) -> Path:
        """Where it all lies."""
        return self.path.parent

    def drafted(
        self,
        *,
        now: datetime,
        known: Known = NOTHING_KNOWN,
        template: Template | None = None,
        stage: Stage | None = None,
        examples: bool = False,
        anew: bool = False,
    ) -> Draft:
        """Return the copies, without what the client wants changed or kept private.

        Args:
            now: the moment of writing.
            known: what the register said.
            template: the case's template, where it was loaded before.
            stage: how far the letter has come; without it, it is a draft of this version.
            examples: numbers that are set aside for examples may stand in it.
            anew: the client is asked about it as it is now, so that labels which got lost since hold no more.

        Raises:
            TiplettersError: the letter cannot be made.
        """
        if not anew:
            self._refuse_lost()
        stage = stage or Stage(version=self.review.version, replaces=self.review.replaces)
        stage = replace(stage, under_way=bool(self.review.copies))
        replies = told(self.review, self.case)
        case = replace(self.case, delivery=replies.delivery)
        known = replace(known, provisions=(*known.provisions, *replies.no))
        asked: Any = {"now": now, "known": known, "template": template, "examples": examples}
        made = draft(case, self.house, stage=stage, **asked)
        whole = next((copy.letter for copy in made.copies if copy.key == CLIENT), None)
        if whole is None:
            return made
        said, copies, recipients = self.corrections.corrections, self.review.copies, self.case.recipients
        there = passages(whole.blocks, self.case.reference)
        held = held_now(said, copies, whole.blocks, there, recipients)
        lost = frozenset() if anew else lost_labels(self.review.standing, there)
        if held or lost:
            made = draft(case, self.house, stage=replace(stage, held=held, labels=lost), **asked)
        more = (*((LOST,) * bool(lost)), *replies.questions, *to_ask(said, copies, recipients))
        return replace(made, questions=(*made.questions, *more))

    def _refuse_lost(self) -> None:
        """Stop where fewer corrections are there than were written down: what is lost may be to be kept private.

        Raises:
            ReviewError: says how to bring them back.
        """
        count = len(self.corrections.corrections)
        if count < self.review.raised:
            raise ReviewError(
                f"What the client wants changed or kept private is missing: {self.review.raised} were written down, "
                f"and {count} are there.",
                where=str(beside(self.path, CORRECTIONS)),
                then="Bring the file back: from the bin, or an older version of it. If nobody has it, read the copy "
                "that came back again (tipletters review read), or go through the answers again (tipletters review "
                "enter).",
            )

    def save(self, more: Mapping[Path, bytes] = MappingProxyType({})) -> "Folder":
        """Write `review.toml` and `corrections.toml`, with `more` beside them, and return the letter as it is saved.

        Raises:
            ReviewError: somebody else wrote to them since they were read; nothing is written then.
            OutputError: they cannot be written.
        """
        if _seen(self.path) != self.seen:
            raise self._changed()
        raised = max(self.review.raised, len(self.corrections.corrections))
        review = replace(self.review, raised=raised)
        # That something was read comes last: where a file before it cannot be written, it is to be read again.
        files = {**more, **corrections_file(self.corrections, self.path), **review_file(review, self.path)}
        write_all(files, force=True)
        return replace(self, review=review, seen=_seen(self.path))

    def unless_changed(
        self, tell: Callable[[Mapping[str, str]], None] = lambda _: None
    ) -> Callable[[Mapping[str, str]], None]:
        """Return what `output.save` is to call before it saves: a no that came while it printed stops every copy.

        Args:
            tell: what to call next, where nobody else worked on the letter.
        """

        def before(digests: Mapping[str, str]) -> None:
            if (_seen(self.path), _seen_case(self.path)) != (self.seen, self.case_seen):
                raise self._changed()
            tell(digests)

        return before

    def _changed(self) -> ReviewError:
        return ReviewError(
            "Somebody else worked on this letter at the same time. Nothing was written.",
            where=str(self.folder),
            then="Look at what it says now, then do this again.",
        )


def _seen(case: Path) -> str:
    """Return what stands for what is remembered of a letter, as it is now."""
    held = (beside(case, name) for name in (FILE_NAME, CORRECTIONS))
    return sha256(b"\0".join(path.read_bytes() if path.exists() else b"" for path in held)).hexdigest()


def _seen_case(case: Path) -> str:
    return sha256(case.read_bytes() if case.is_file() else b"").hexdigest()


def folder_of(path: Path, case: Case, house: House) -> Folder:
    """Return what belongs to a case that was read already.

    Raises:
        TiplettersError: something in its folder cannot be used.
    """
    seen, reference = _seen(path), case.reference
    review = review_of(path, reference)
    case = replace(case, provisions=as_asked(case.provisions, review.copies))
    return Folder(path, case, house, review, corrections_of(path, reference), seen)


def open_folder(path: Path) -> Folder:
    """Return the letter of a case.

    Raises:
        TiplettersError: something in its folder cannot be used.
    """
    seen = _seen_case(path)
    case, house = read_case(path)
    return replace(folder_of(path, case, house), case_seen=seen)


def case_beside(file: Path, reference: str) -> Path:
    """Return the case of the letter with this reference, in the folder of a file or the one in which the worker works.

    Raises:
        ReviewError: there is no such letter that was given to check.
    """
    for folder in dict.fromkeys((file.parent, Path())):
        found = [(path, read_toml(path)) for path in _records(folder)]
        mine = [one for one in found if one[1].get("reference") == reference] or found
        cases = [(path, folder / str(held.get("case", "case.toml"))) for path, held in mine]
        # A copy that somebody made, “Copy of anna.review.toml”, is not where its own case has it.
        cases = [(path, case) for path, case in cases if beside(case, FILE_NAME) == path] or cases
        if len(cases) == 1:
            return cases[0][1]
    raise ReviewError(
        "We cannot tell which letter this belongs to.",
        where=str(file),
        then="Put the file into the letter's folder, or add --case with the letter's case.",
    )


def _records(folder: Path) -> list[Path]:
    """Return the files of a folder whose names are those of records; “Copy of review.toml” is none."""
    found = sorted(folder.glob(f"*{FILE_NAME}"))
    return [path for path in found if path.name == FILE_NAME or path.name.endswith(f".{FILE_NAME}")]
