"""Chooses the replacements that can be made without asking: they fit the sentence, and the meaning lock lets them pass."""

import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from tipletters.annotate.lock import differences
from tipletters.annotate.terms import replacement
from tipletters.annotate.to_you import to_you
from tipletters.checks.context.listed import is_quoted
from tipletters.checks.issue import Issue, Report, Severity
from tipletters.checks.lexis.finder import fold
from tipletters.checks.text.line import PRONOUN
from tipletters.checks.who.whom import GENDER
from tipletters.quiet import Quiet

_LONGEST = 1500  # letters; what is longer is no sentence, and nothing in it is sure
_OF_TERMS = frozenset(("jargon", "abbreviation", "doubt"))
# Said to somebody's face, these hurt more than said of them: a person has to find other words.
_HURTS = frozenset("stigma doubt order threat false-promise detail surprise gp-speak".split())
_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_DOSE = re.compile(
    r"\d[\d.,/-]*\s?(?:mg|g|kg|mcg|micrograms?|milligrams?|ml|units?|iu|tablets?|capsules?|puffs?|drops?|%)\b[^.;\n]{0,40}",
    re.IGNORECASE,
)
# Thanks to another professional: "you" in them is not the client.
_THANKS = re.compile(r"\bthank(?:s| you)\b", re.IGNORECASE)
# Lines that name a condition, a person or a place as a record does.
_RECORD = re.compile(
    r"\s*(?:diagnos[ei]s|problems?|medications?|past medical history|re|patient|name|address)\b[^.]{0,20}:", re.I
)


@dataclass(frozen=True, slots=True, repr=False)
class Edit(Quiet):
    """Words that replace a stretch of the checked text."""

    start: int
    end: int
    text: str


_END = Edit(sys.maxsize, sys.maxsize, "")


class _Sentence(NamedTuple):
    """A sentence, where it begins, and what the checks say of words in it."""

    text: str
    start: int
    issues: list[Issue]


@dataclass(frozen=True, slots=True, repr=False)
class Suggestion(Quiet):
    """Edits that belong together: all or none of them.

    Args:
        edits: in the order of the text.
        issues: what they answer.
        changes: what the meaning lock says would change; nothing for one that passes.
    """

    edits: tuple[Edit, ...]
    issues: tuple[Issue, ...]
    changes: tuple[str, ...] = ()


def suggestions_for(report: Report) -> tuple[tuple[Suggestion, ...], tuple[Suggestion, ...]]:
    """Return the replacements that are safe, and those that the meaning lock refused.

    Args:
        report: what the checks say of a text.
    """
    sentences = list(_sentences(report))
    passed: list[Suggestion] = []
    dropped: list[Suggestion] = []
    if _is_about_the_client(report):
        rewritten = [made for one in sentences for made in _locked(one, _to_the_client(*one))]
        dropped += [made for made in rewritten if made.changes]
        passed += _throughout(report, [made for made in rewritten if not made.changes])
    taken = deque(edit for made in passed for edit in made.edits)
    for one in sentences:
        while taken and taken[0].end <= one.start:
            taken.popleft()
        for made in _locked(one, _terms(*one), taken):
            (dropped if made.changes else passed).append(made)
    return tuple(_spelled_once(report, passed)), tuple(dropped)


def _sentences(report: Report) -> Iterator[_Sentence]:
    """Yield the sentences in which something may be sure."""
    issues = iter(sorted(report.issues, key=lambda one: one.start))
    issue = next(issues, None)
    for found in report.sentences:
        mine = []
        while issue is not None and issue.start < found.end:
            if issue.start >= found.start and issue.start < issue.end <= found.end:
                mine.append(issue)
            issue = next(issues, None)
        text = report.text[found.start : found.end] if found.end - found.start <= _LONGEST else ""
        if text and not _RECORD.match(text):
            yield _Sentence(text, found.start, mine)


def _throughout(report: Report, rewritten: list[Suggestion]) -> Iterator[Suggestion]:
    """Yield the rewriting of the whole letter as one, if it reaches every place; a letter half to the client mixes up people."""
    edits = tuple(edit for made in rewritten for edit in made.edits)
    answered = tuple(issue for made in rewritten for issue in made.issues)
    if not edits or len(answered) < sum(one.check == "third-person" for one in report.issues):
        return
    places = iter((*edits, _END))
    edit = next(places)
    meant: set[str] = set()
    left: set[str] = set()
    for found in PRONOUN.finditer(fold(report.text)):
        while edit.end <= found.start():
            edit = next(places)
        (meant if edit.start <= found.start() else left).add(GENDER[found[0]])
    if meant.isdisjoint(left):
        yield Suggestion(edits, answered)


def _spelled_once(report: Report, suggestions: list[Suggestion]) -> Iterator[Suggestion]:
    """Spell letters out where they come first; that answers for every later place, too."""
    places: dict[str, list[Issue]] = {}
    for issue in report.issues:
        if issue.check == "abbreviation":
            places.setdefault(report.text[issue.start : issue.end], []).append(issue)
    for one in suggestions:
        if one.issues[0].check != "abbreviation":
            yield one
            continue
        same = places[report.text[one.issues[0].start : one.issues[0].end]]
        if one.issues[0] is same[0]:
            yield replace(one, issues=tuple(same))


def _is_about_the_client(report: Report) -> bool:
    """Say whether the letter speaks about the client throughout; in one that says "you", "he" may be somebody else."""
    third = sum(one.check == "third-person" for one in report.issues)
    return third > 2 * len(_YOU.findall(report.text))


def _locked(sentence: _Sentence, suggestions: Iterator[Suggestion], taken: Iterable[Edit] = ()) -> Iterator[Suggestion]:
    """Yield the suggestions for one sentence, each with what the meaning lock says; no two of them touch the same words."""
    text, start, _ = sentence
    mine = [*takewhile(lambda one: one.start < start + len(text), taken)]
    for made in suggestions:
        if any(one.start < other.end and other.start < one.end for one in made.edits for other in mine):
            continue
        changes = differences(text, _with(text, start, made.edits))
        if not changes:
            mine += made.edits
        yield replace(made, changes=changes)


def _with(sentence: str, start: int, edits: tuple[Edit, ...]) -> str:
    for one in sorted(edits, key=lambda one: -one.start):
        sentence = sentence[: one.start - start] + one.text + sentence[one.end - start :]
    return sentence


def _to_the_client(sentence: str, at: int, issues: list[Issue]) -> Iterator[Suggestion]:
    mine = [one for one in issues if one.check == "third-person" and one.severity is not Severity.ADVICE]
    if not mine or any(one.check in _HURTS for one in issues) or _THANKS.search(sentence):
        return
    found = to_you(sentence, [(one.start - at, one.end - at) for one in mine])
    if found and not any(_is_in_dose(sentence, start, end) for start, end, _ in found):
        yield Suggestion(tuple(Edit(at + start, at + end, new) for start, end, new in found), tuple(mine))


def _terms(sentence: str, at: int, issues: list[Issue]) -> Iterator[Suggestion]:
    for issue in issues:
        if issue.check not in _OF_TERMS or issue.severity is Severity.ADVICE:
            continue
        start, end = issue.start - at, issue.end - at
        if is_quoted(sentence, start, end) or _is_in_dose(sentence, start, end):
            continue
        if found := replacement(issue, sentence, start, end):
            yield Suggestion((Edit(at + found[0], at + found[1], found[2]),), (issue,))


def _is_in_dose(sentence: str, start: int, end: int) -> bool:
    return any(one.start() < end and start < one.end() for one in _DOSE.finditer(sentence))
