"""Runs the checks over a text. A sentence that was seen before in the same run is not looked at twice."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tipletters.checks.issue import RANK, Issue, Report, SentenceScore
from tipletters.checks.lexis.finder import fold
from tipletters.checks.lexis.words import TOKEN
from tipletters.checks.profile import Profile, profile_of
from tipletters.checks.registry import CHECKS
from tipletters.checks.text.flat import flatten, labelled
from tipletters.checks.text.memory import without_collector
from tipletters.checks.text.page import pieces
from tipletters.checks.text.reading import Memory
from tipletters.checks.text.scores import Tally, scores
from tipletters.checks.text.shown import shown
from tipletters.checks.text.view import File, View
from tipletters.letter import Letter, labels_of
from tipletters.others import Index
from tipletters.people import Person

_HARD_TOO = frozenset(("jargon", "number-format", "brackets-and-codes", "capitals"))

# Those that ask who may read a passage; a label is the answer.
ASKED = frozenset({"sensitive", "third-party"})


@dataclass
class Run:
    """What one run remembers: sentences and words that it has met. It holds text, so it lives no longer than the run.

    Args:
        profile: how strict the checks are.
        only: ids of the checks to run; empty for all.
        skip: ids of checks to leave out.
        allowed: words or phrases that may stand, in capitals or not: what lies in one of them is no issue. A phrase of
            several words allows them in that place alone.
        rated: say of each sentence how hard it is, and which words cost the reader most.
    """

    profile: Profile = field(default_factory=lambda: profile_of("nhs"))
    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    rated: bool = True
    _memory: Memory = field(default_factory=Memory, repr=False)

    def __post_init__(self) -> None:
        self.allow(self.allowed)

    def allow(self, words: Iterable[str]) -> None:
        """Let these words stand from now on, and no others."""
        self.allowed = frozenset(" ".join(fold(one).split()) for one in words) - {""}

    @without_collector
    def check(
        self, text: str, about: Person | None = None, others: Index | None = None, file: File | None = None
    ) -> Report:
        """Return what the checks say of a text; a very long one is read in pieces, so that memory stays bounded.

        Args:
            text: with line ends of one character.
            about: whose letter it is.
            others: the clients of other letters.
            file: the file that it came from.
        """
        issues: list[Issue] = []
        sentences: list[SentenceScore] = []
        tallies: list[Tally] = []
        for start, piece in pieces(text):
            page, lines, counted = self._memory.read(piece)
            view = View(page, lines, self.profile, self._memory.lexicon, about, others, file if not start else None)
            found = [issue for name, check in CHECKS.items() if self._wanted(name) for issue in check(view)]
            found = _each_once(found)
            found.sort(key=lambda one: (one.start, one.end, RANK[one.severity], one.check))
            issues += [issue.moved(start) for issue in found] if start else found
            sentences += [
                SentenceScore(start + at + begin, start + at + begin + len(words), seen.difficulty)
                for (begin, words), seen, _, _, at in (lines if self.rated else ())
            ]
            tallies.append(counted)
        kept, allowed = self._without_allowed(text, issues)
        costly = tuple(self._costly(text, kept)) if self.rated else ()
        return Report(
            text, tuple(kept), tuple(sentences), scores(Tally.together(tallies)), tuple(sorted(allowed)), costly
        )

    def _wanted(self, name: str) -> bool:
        return (not self.only or name in self.only) and name not in self.skip and name not in self.profile.skip

    def _without_allowed(self, text: str, issues: list[Issue]) -> tuple[list[Issue], set[str]]:
        if not self.allowed:
            return issues, set()
        inside = set(_places(fold(text), self.allowed))
        kept = [one for one in issues if not (one.start < one.end and inside.issuperset(range(one.start, one.end)))]
        return kept, {text[one.start : one.end].casefold() for one in set(issues) - set(kept)}

    def _costly(self, text: str, issues: list[Issue]) -> Iterator[str]:
        """Yield the ten terms that cost the reader most: how hard they are, and how often they come."""
        terms = Counter(fold(text[one.start : one.end]) for one in issues if one.check in ("jargon", "abbreviation"))
        cost = {
            term: count * max((self._memory.lexicon[token].points for token in TOKEN.findall(term)), default=0)
            for term, count in terms.items()
        }
        yield from sorted(cost, key=lambda term: (-cost[term], term))[:10]


def _each_once(issues: list[Issue]) -> list[Issue]:
    """Return the issues with one for each term: what is a short form needs no second word about its being hard."""
    short = {(one.start, one.end) for one in issues if one.check == "abbreviation"}
    return [one for one in dict.fromkeys(issues) if one.check not in _HARD_TOO or (one.start, one.end) not in short]


def _places(folded: str, allowed: Iterable[str]) -> Iterator[int]:
    """Yield every place in a text that lies in one of the allowed words, as whole words."""
    for words in allowed:
        pattern = r" +".join(map(re.escape, words.split(" ")))
        for found in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", folded):
            yield from range(*found.span())


def check_text(
    text: str,
    *,
    about: Person | None = None,
    profile: str = "nhs",
    run: Run | None = None,
    file: File | None = None,
) -> Report:
    """Say of every stretch of a text what would trip or hurt the reader, and what to write instead.

    Args:
        text: plain text with line ends of any kind; signs in it that show nothing hide no word.
        about: whose letter it is.
        profile: a shipped profile's name, or the path of a profile file.
        run: what was met before, where several texts are checked.
        file: the file that it came from.

    Raises:
        CaseError: there is no such profile.
    """
    return _as_shown(run or Run(profile_of(profile)), text, about, None, file)


def check(
    letter: Letter,
    *,
    about: Person | None = None,
    others: Index | None = None,
    run: Run | None = None,
    file: File | None = None,
) -> Report:
    """Say of every stretch of a letter what would trip or hurt the reader; its blocks are joined by blank lines.

    Args:
        letter: one recipient's copy.
        about: whose letter it is.
        others: the clients of other letters: none of their details may stand in this one.
        run: what was met before, where several letters are checked.
        file: the file that it came from.
    """
    flat = flatten(letter)
    report = _as_shown(run or Run(), flat.text, about, others, file)
    if not labels_of(letter.blocks):
        return report
    settled = [span for span, labels in labelled(letter, flat) if labels]
    return replace(report, issues=tuple(one for one in report.issues if not _has_its_answer(one, settled)))


def without_answered(report: Report, passages: Iterable[str]) -> Report:
    """Return a report on a document, which carries no labels, without what asks about passages that have one in the case.

    Args:
        report: what the checks say of the document.
        passages: the words of each paragraph or row of the case that carries a label.
    """
    patterns = (r"\s+".join(map(re.escape, passage.split())) for passage in passages if passage.strip())
    settled = [found.span() for one in patterns for found in re.finditer(rf"(?<!\w){one}(?!\w)", report.text)]
    return replace(report, issues=tuple(one for one in report.issues if not _has_its_answer(one, settled)))


def _has_its_answer(issue: Issue, settled: Iterable[tuple[int, int]]) -> bool:
    """Say whether an issue asks who may read a passage to which the client has answered by its label."""
    return issue.check in ASKED and any(start <= issue.start < end for start, end in settled)


def _as_shown(run: Run, text: str, *more: Any) -> Report:
    """Return what the checks say of a text as its reader sees it, with the places of the text itself."""
    seen = shown(text)
    report = run.check(seen.text, *more)
    if seen.text == text:
        return report
    issues = (one._replace(start=seen.origin(one.start), end=seen.origin(one.end)) for one in report.issues)
    rated = (one._replace(start=seen.origin(one.start), end=seen.origin(one.end)) for one in report.sentences)
    return replace(report, text=text, issues=tuple(issues), sentences=tuple(rated))
