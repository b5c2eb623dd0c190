"""Compares two versions of a letter: how they score, what was solved, what is new, and whether a fact changed."""

from collections import Counter
from dataclasses import dataclass

from tipletters.annotate.lock import facts
from tipletters.checks.issue import Issue, Report
from tipletters.checks.lexis.finder import fold
from tipletters.quiet import Quiet

_WHOLE = 60  # letters; what is longer is a sentence or a paragraph


@dataclass(frozen=True, repr=False)
class Fact(Quiet):
    """Something that a rewriting should keep, and that one version has more often than the other.

    Args:
        kind: number, unit, date, side, negation or medicine.
        words: what it is.
        old: how often it stands in the old version.
        new: how often in the new one.
    """

    kind: str
    words: str
    old: int
    new: int


@dataclass(frozen=True, repr=False)
class Compared(Quiet):
    """What differs between two versions.

    Args:
        scores: name → old and new score, for those that both have.
        solved: issues of the old version that the new one has not.
        new: issues of the new version that the old one had not.
        kept: how many issues both have.
        facts: what the meaning lock found.
    """

    scores: dict[str, tuple[float, float]]
    solved: tuple[Issue, ...]
    new: tuple[Issue, ...]
    kept: int
    facts: tuple[Fact, ...]


def compare(old: Report, new: Report) -> Compared:
    """Return what differs between the reports about two versions of a letter."""
    before, after = (Counter(_key(report, one) for one in report.issues) for report in (old, new))
    return Compared(
        {name: (old.scores[name], new.scores[name]) for name in old.scores if name in new.scores},
        _without(old, after),
        _without(new, before),
        sum((before & after).values()),
        tuple(_facts(old.text, new.text)),
    )


def _key(report: Report, issue: Issue) -> tuple[str, str]:
    """Return what makes two issues the same; of a whole sentence that was rewritten, the check alone."""
    words = report.text[issue.start : issue.end]
    return issue.check, (fold(words) or issue.message) if len(words) < _WHOLE else ""


def _without(report: Report, others: Counter[tuple[str, str]]) -> tuple[Issue, ...]:
    """Return the issues that the other report has not, or has less often."""
    left = Counter(others)
    found = []
    for issue in report.issues:
        key = _key(report, issue)
        if left[key]:
            left[key] -= 1
        else:
            found.append(issue)
    return tuple(found)


def _facts(old: str, new: str) -> list[Fact]:
    before, after = facts(old), facts(new)
    keys = sorted(key for key in before.keys() | after.keys() if before[key] != after[key])
    return [Fact(kind, words, before[kind, words], after[kind, words]) for kind, words in keys]
