"""Chooses the replacements that can be made without asking: they fit the sentence, and the meaning lock lets them pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tipletters.annotate.lock import differences
from tipletters.annotate.terms import replacement
from tipletters.annotate.to_you import to_you
from tipletters.checks.issue import Issue, Report, Severity
from tipletters.checks.listed import is_quoted
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


@dataclass(frozen=True, slots=True, repr=False)
class Suggestion(Quiet):
    """Edits of one sentence that belong together: all or none of them.

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
    of_client = _is_about_the_client(report)
    passed: list[Suggestion] = []
    dropped: list[Suggestion] = []
    issues = iter(sorted(report.issues, key=lambda one: one.start))
    issue = next(issues, None)
    for sentence in report.sentences:
        mine = []
        while issue is not None and issue.start < sentence.end:
            if issue.start >= sentence.start and issue.start < issue.end <= sentence.end:
                mine.append(issue)
            issue = next(issues, None)
        if sentence.end - sentence.start > _LONGEST:
            continue
        for made in _of_sentence(report.text, sentence.start, sentence.end, mine, of_client):
            (dropped if made.changes else passed).append(made)
    return tuple(_spelled_once(report, passed)), tuple(dropped)


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


def _of_sentence(text: str, start: int, end: int, issues: list[Issue], of_client: bool) -> Iterator[Suggestion]:
    """Yield the suggestions for one sentence; no two of them touch the same words."""
    sentence = text[start:end]
    if _RECORD.match(sentence):
        return
    taken: list[Edit] = []
    rewritten = _to_the_client(sentence, start, issues) if of_client else ()
    for made in (*rewritten, *_terms(sentence, start, issues)):
        if any(one.start < other.end and other.start < one.end for one in made.edits for other in taken):
            continue
        changes = differences(sentence, _with(sentence, start, made.edits))
        if not changes:
            taken += made.edits
        yield Suggestion(made.edits, made.issues, changes)


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
