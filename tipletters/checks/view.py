"""What a check looks at: a text with what was found in each sentence, and whom the letter is to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tipletters.checks.finder import Found
from tipletters.checks.issue import Issue, Severity
from tipletters.checks.page import Block, Page, Sentence
from tipletters.checks.profile import Profile
from tipletters.checks.words import Hardness
from tipletters.people import Person
from tipletters.quiet import Quiet
from tipletters.wording import capital_first

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, repr=False)
class Seen(Quiet):
    """What is known of a sentence's words, worked out once for each distinct sentence of a run.

    Args:
        folded: the sentence in small letters, of the same length.
        tokens: its words.
        words: its words in small letters, each once.
        found: listed terms.
        difficulty: 1 (everyone) to 6 (specialists).
        syllables: of all words together.
        long_words: words of three syllables or more.
        issues: what the checks of single sentences say, with places in the sentence.
    """

    folded: str
    tokens: tuple[str, ...]
    words: frozenset[str]
    found: tuple[Found, ...]
    difficulty: float
    syllables: int = 0
    long_words: int = 0
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Line(Quiet):
    """A sentence in its place."""

    sentence: Sentence
    seen: Seen
    block: Block

    def issue(
        self,
        check: str,
        start: int,
        end: int,
        message: str,
        suggestions: tuple[str, ...] = (),
        severity: Severity = Severity.WARNING,
        source: str = "own",
    ) -> Issue:
        """Return an issue about a stretch of this sentence, in the text's own places."""
        at = self.sentence.start
        return Issue(check, at + start, at + end, message, suggestions, severity, source)

    def found(self, *lists: str) -> list[Found]:
        """Return the terms of some lists."""
        return [one for one in self.seen.found if one.entry.list in lists] if self.seen.found else []

    def has_found(self, start: int, end: int, *lists: str) -> bool:
        """Say whether a term of some lists lies over a stretch."""
        return any(one.start < end and start < one.end for one in self.found(*lists))

    def has_digit(self) -> bool:
        """Say whether there is a number in the sentence."""
        return bool(_DIGIT.search(self.sentence.text))

    def advice(self, check: str, found: re.Match[str], message: str, source: str = "own") -> Issue:
        """Return advice about what a pattern found in this sentence."""
        return self.issue(check, found.start(), found.end(), message, (), Severity.ADVICE, source)


@dataclass(frozen=True, slots=True, repr=False)
class View(Quiet):
    """A whole text for the checks."""

    page: Page
    lines: tuple[Line, ...]
    profile: Profile
    hardness: Hardness
    about: Person | None = None

    def with_words(self, words: frozenset[str]) -> Iterator[Line]:
        """Yield the sentences that hold one of the words."""
        return (line for line in self.lines if not words.isdisjoint(line.seen.words))


_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Say whether a stretch stands in quotation marks: the client's own words."""
    near, at = text[max(0, start - 400) : start], min(start, 400)
    after = text[end : end + 400]
    for opening, closing in _QUOTES:
        before = near.rfind(opening)
        if before < 0 or (opening == closing and near.count(opening) % 2 == 0):
            continue
        if (opening == closing or near.rfind(closing, before + 1, at) < 0) and closing in after:
            return True
    return False


def from_list(view: View, check: str, *lists: str) -> Iterator[Issue]:
    """Yield an issue for each listed term; the client's own quoted words are advice at most."""
    return (listed_issue(line, check, one) for line in view.lines if line.seen.found for one in line.found(*lists))


def listed_issue(line: Line, check: str, one: Found) -> Issue:
    """Return the issue about a listed term; the client's own quoted words are advice at most."""
    mild = one.entry.kind == "question" or is_quoted(line.sentence.text, one.start, one.end)
    why = one.entry.remark or "this can hurt"
    return line.issue(
        check,
        one.start,
        one.end,
        f"{capital_first(why)}.",
        one.entry.prefer,
        Severity.ADVICE if mild else Severity.WARNING,
        one.entry.source,
    )
