"""What a check has to say: an Issue about a stretch of text, and the Report of all of them."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from tipletters.quiet import Quiet, quiet


class Severity(StrEnum):
    """How much it matters to the client."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


DOSE_CODE = "A code for doses. Say when and how to take it."
RISKY_DOSES = "ISMP"  # the source of what is known of doses that are misread
RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}


class Issue(NamedTuple):
    """One thing about one stretch of text.

    Args:
        check: the check's id.
        start: where it begins, in code points.
        end: where it ends, exclusive.
        message: what would trip or hurt the reader, and why.
        suggestions: what to write instead.
        severity: how much it matters.
        source: where the rule or the word comes from.
        about: whom or what it asks about, where it may ask at many places: a person is told of each once (`told`).
        is_told: whether it is worth a reader's time; where not, it is for what decides about a copy.
    """

    check: str
    start: int
    end: int
    message: str
    suggestions: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING
    source: str = "own"
    about: str = ""
    is_told: bool = True

    def __repr__(self) -> str:
        return quiet(self)

    @property
    def is_dose(self) -> bool:
        """Whether it is about a dose that can be misread, which does more harm than any word."""
        return self.source == RISKY_DOSES or self.message.startswith(DOSE_CODE)

    def moved(self, by: int) -> "Issue":
        """Return the issue with its places moved, as when its sentence stands in a text."""
        return self._replace(start=self.start + by, end=self.end + by)


class SentenceScore(NamedTuple):
    """A sentence's place and its difficulty, 1 (everyone) to 6 (specialists)."""

    start: int
    end: int
    difficulty: float


@dataclass(frozen=True, repr=False)
class Report(Quiet):
    """All that the checks say of one text.

    Args:
        text: the text, as the offsets count it.
        issues: in the order of the text.
        sentences: each sentence with its difficulty.
        scores: readability by name; see docs/checks.md.
        allowed: words that were allowed, and would have been an issue.
        costly: the words that cost the reader most.
    """

    text: str
    issues: tuple[Issue, ...] = ()
    sentences: tuple[SentenceScore, ...] = ()
    scores: dict[str, float] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    costly: tuple[str, ...] = ()

    @property
    def hardest(self) -> list[SentenceScore]:
        """The sentences, the hardest first; an address, a postcode or a name by itself is none."""
        told = (one for one in self.sentences if len(_IN_SMALL.findall(self.text, one.start, one.end)) > 1)
        return sorted(told, key=lambda one: (-one.difficulty, one.start))


_IN_SMALL = re.compile(r"(?<![\w@.-])[a-zà-þ]{2,}")  # words that begin with a small letter


def worst_first(report: Report) -> list[list[Issue]]:
    """Return the issues in groups, those that matter most first; the same words, or what is about the same, are one group.

    A dose that can be misread comes before other words.
    """
    groups: dict[tuple[str, str], list[Issue]] = {}
    for issue in sorted(report.issues, key=_weight):
        words = report.text[issue.start : issue.end].casefold()
        groups.setdefault((issue.check, issue.about or words or issue.message), []).append(issue)
    return list(groups.values())


def _weight(issue: Issue) -> tuple[int, bool, int]:
    return RANK[issue.severity], not issue.is_dose, issue.start


_NAMED = 4  # further places that are named


def told(report: Report) -> Report:
    """Return a report for a person to read: what asks the same at many places does so once, and names the others.

    Whatever decides about a copy goes by the report itself, which keeps every place.

    Args:
        report: what the checks say.
    """
    groups: dict[tuple[str, str], list[Issue]] = {}
    for issue in report.issues:
        if issue.about and issue.is_told:
            groups.setdefault((issue.check, issue.about), []).append(issue)
    first = {group[0]: _naming(report.text, group) for group in groups.values()}
    kept = (first.get(one) if one.about else one for one in report.issues)
    return replace(report, issues=tuple(one for one in kept if one and one.is_told))


def _naming(text: str, group: list[Issue]) -> Issue:
    """Return the first issue of a group, with the words of the others in its message."""
    first, *more = group
    if not more:
        return first
    words = {text[one.start : one.end].casefold(): text[one.start : one.end] for one in reversed(more)}
    words.pop(text[first.start : first.end].casefold(), None)
    named = ", ".join(f"“{' '.join(one.split())}”" for one in list(words.values())[: -_NAMED - 1 : -1])
    times = "twice" if len(group) == 2 else f"{len(group)} times"
    also = f", also as {named}" if named else ""
    return first._replace(message=f"{first.message} It is there {times}{also}.")
