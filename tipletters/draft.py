"""Drafts a letter: from a case and its template to one copy for each recipient. Nothing is written to disk here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from tipletters import resources
from tipletters.access import access
from tipletters.answers import as_remembered, taken_for_another, validate
from tipletters.case import Case
from tipletters.checks.revealing import tells
from tipletters.config import House, refuse_examples
from tipletters.consent import NOT_AT_HOME
from tipletters.copies import Copy, client_copies, copy_for
from tipletters.dates import long_date
from tipletters.errors import CaseError, ConsentError, did_you_mean
from tipletters.gate import gate
from tipletters.letter import Head, Letter, Paragraph, Run, Style, label_key, labels_of
from tipletters.passages import with_labels
from tipletters.quiet import Quiet
from tipletters.remember import NOTHING_KNOWN, Known, not_on_record
from tipletters.setting import setting
from tipletters.stage import Stage
from tipletters.template import Review, Template, find, render
from tipletters.writers.look import look_for

_ALIKE = 0.8  # of two labels, as difflib counts: "alcohl" is a slip for "alcohol"
_TELLING = "{} holds “{}”, and is seen {}. Choose one that tells nothing, or put the word under “allow”."
STANDING_SENTENCE = "You choose what is written here. It may not say everything that we talked about."


@dataclass(frozen=True, repr=False)
class Draft(Quiet):
    """All copies of one letter.

    Args:
        case: what they were made from.
        copies: one for each recipient, the client first.
        questions: what the worker should look at.
        unmet: needs of the client that this tool cannot meet.
        stopped: why nothing was written for anyone; empty where something was.
        register: which register was asked.
        seen: the newest answer that it knew then, for each of the client's keys.
        template: the template they were made with.
    """

    case: Case
    copies: tuple[Copy, ...]
    questions: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    stopped: str = ""
    register: str = NOTHING_KNOWN.said
    seen: Mapping[str, int] = field(default_factory=dict)
    template: Template | None = None

    @property
    def needs_attention(self) -> bool:
        """Say whether the worker has something left to look at: somebody without a copy, a need unmet, a question."""
        return bool(self.stopped or self.unmet or self.questions or self._missing)

    @property
    def _missing(self) -> bool:
        return any(copy.letter is None and not copy.refused for copy in self.copies)


def template_folders(case_folder: Path, house: House) -> list[Path]:
    """Return where templates are looked for: beside the case, beside `tipletters.toml`, then the shipped ones."""
    own = [case_folder / "templates", *([house.templates] if house.templates else [])]
    return [folder for folder in dict.fromkeys(own) if folder.is_dir()] + [resources.folder("templates")]


def draft(
    case: Case,
    house: House,
    *,
    now: datetime,
    template: Template | None = None,
    known: Known = NOTHING_KNOWN,
    stage: Stage | None = None,
    examples: bool = False,
) -> Draft:
    """Return every recipient's copy of a letter.

    Args:
        case: the case.
        house: the organisation's defaults.
        now: the moment of writing; it decides who may have a copy, never what is in it.
        template: the case's template, where it was loaded before, for many letters of one kind.
        known: what the register said for this case.
        stage: how far the letter has come; a letter that needs no review is final at once.
        examples: numbers that are set aside for examples may stand in it: for the demo and for tests.

    Raises:
        TiplettersError: the letter cannot be rendered, or an answer of the client makes no sense.
    """
    if not examples:
        _refuse_examples(case, house)
    template = template or find(case.template, template_folders(case.folder, house))
    stage = stage or Stage()
    if template.head.review is Review.NONE and not stage.under_way:
        stage = replace(stage, final=True, offered=False)
    holds = house.config.delivery.holds_days
    check = gate(case, template.head, now, holds=holds, final=stage.final, unread=known.problem)
    look, unmet = look_for(case.client.needs)
    if check.stopped:
        return Draft(case, (), check.questions, unmet, check.stopped, known.said, template=template)
    blocks = render(template, case.fields, setting(case, house), reference=case.reference, where=case.where)
    blocks = with_labels(blocks, case.reference, stage.labels)
    labels = labels_of(blocks)
    questions = validate(
        case.provisions,
        recipients=[one.key for one in case.recipients],
        labels=labels.union(template.head.labels),
        letter=case.reference,
        now=now,
        remembered=known.provisions,
    )
    said = known.said + not_on_record(case, known)
    case = replace(case, provisions=(*as_remembered(case.provisions, known.provisions), *known.provisions))
    _check_not_at_home(case, labels, template.head.labels)
    whole = Letter(_head(case, template, stage), (*blocks, _small(STANDING_SENTENCE)))
    accesses = [
        access(
            case.provisions,
            one.key,
            labels,
            letter=case.reference,
            now=now,
            decider=case.decides,
            person=one.person,
        )
        for one in case.recipients
    ]
    others = [
        copy_for(one, access, whole, case, check, stage) for one, access in zip(case.recipients, accesses, strict=True)
    ]
    clients = client_copies(whole, others, case, check, look, stage)
    alike = taken_for_another(case.provisions, case.recipients, letter=case.reference)
    asked = (*check.questions, *_telling_names(case, house), *known.questions, *questions, *alike)
    return Draft(case, (*clients, *others), asked, unmet, register=said, seen=known.seen, template=template)


def _refuse_examples(case: Case, house: House) -> None:
    """Stop where a number is one that is set aside for examples, unless this is a shipped example itself."""
    try:
        refuse_examples(house, case.author.contact)
    except CaseError:
        if not resources.is_shipped(Path(case.where)):
            raise


def _telling_names(case: Case, house: House) -> Iterator[str]:
    """Ask about a word that tells of a private matter where a lock screen or a list of files would show it."""
    allowed = {word.lower() for word in (*house.config.allow, *case.allow)}
    if word := tells(case.reference, allowed):
        yield _TELLING.format("The reference", word, "on every copy and in the names of its files")
    for one in case.recipients:
        if word := tells(one.key, allowed):
            yield _TELLING.format(f"The key “{one.key}”", word, "in the name of a file")


def _check_not_at_home(case: Case, labels: frozenset[str], declared: Iterable[str]) -> None:
    """Stop where a label that is not to be sent home stands nowhere, or where another is spelled nearly like it."""
    known = {label_key(label): label for label in (*declared, *labels, NOT_AT_HOME)}
    where = f"{case.where}, [delivery] → not_at_home"
    for label in case.delivery.not_at_home:
        if label_key(label) not in known:
            raise ConsentError(
                f"“{label}” is not to be sent home, but nothing in this letter has that label.",
                where=where,
                then=did_you_mean(label, known.values(), label_key)
                or "Mark the passage with this label, or correct the label's spelling.",
            )
    kept = {label_key(label): label for label in case.delivery.not_at_home}
    for key in {label_key(label) for label in labels} - {label_key(label) for label in declared} - kept.keys():
        if alike := get_close_matches(key, kept, n=1, cutoff=_ALIKE):
            raise ConsentError(
                f"“{known[key]}” is spelled nearly like “{kept[alike[0]]}”, which is not to be sent home.",
                where=where,
                then="Spell both alike if they mean the same, or give one of them a name of its own.",
            )


def _head(case: Case, template: Template, stage: Stage) -> Head:
    title = f"{template.head.title} {case.reference}, {long_date(case.date)}"
    return Head(title, stage.reference(case.reference), case.date, case.author.name)


def _small(text: str) -> Paragraph:
    return Paragraph((Run(text),), Style.SMALL)
