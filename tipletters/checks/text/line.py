"""A sentence in its place, and what is known of its words."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.cues import Cues, cues
from tipletters.checks.lexis.finder import Found
from tipletters.checks.lexis.lists import Entry
from tipletters.checks.lexis.words import DIGIT, MIXED
from tipletters.checks.text.page import Block, Sentence
from tipletters.quiet import quiet
from tipletters.wording import capital_first

T = TypeVar("T")


class Seen(NamedTuple):
    """What is known of a sentence's words, worked out once for each distinct sentence of a run.

    Args:
        folded: the sentence in small letters, of the same length.
        word_count: how many words it has.
        words: its words in small letters, each once.
        cues: those of the words that a check looks for.
        sought: the declared cues of which it holds one.
        found: listed terms.
        difficulty: 1 (everyone) to 6 (specialists).
        rarest: how much its rarest word looks like one of the trade.
        syllables: of all words together.
        long_words: words of three syllables or more.
        shapes: of its words that have one: DIGIT, SHORT or both added.
        memo: what checks worked out from its words alone (`Line.of`).
    """

    folded: str
    word_count: int
    words: frozenset[str]
    cues: Cues
    sought: frozenset[Cues]
    found: tuple[Found, ...]
    difficulty: float
    rarest: float
    syllables: int
    long_words: int
    shapes: frozenset[int]
    memo: dict[Callable[["Line"], Any], Any]

    def __repr__(self) -> str:
        return quiet(self)


class Line(NamedTuple):
    """A sentence in its place.

    Args:
        sentence: its words.
        seen: what is known of them.
        block: the paragraph, heading or item in which it stands.
        number: counts the sentences of the text.
        at: the place in the text from which the places of the sentence and the block count.
    """

    sentence: Sentence
    seen: Seen
    block: Block
    number: int = 0
    at: int = 0

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.at + self.sentence.start

    @property
    def paragraph(self) -> int:
        """Where its paragraph begins in the text."""
        return self.at + self.block.start

    def is_beside(self, other: "Line") -> bool:
        """Say whether both stand in one paragraph."""
        return self.paragraph == other.paragraph

    def __repr__(self) -> str:
        return quiet(self)

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
        """Return an issue about a stretch of this sentence, in the text's own places.

        Args:
            check: the check's id.
            start: where the stretch begins in the sentence.
            end: where it ends.
            message: what would trip or hurt the reader.
            suggestions: what to write instead.
            severity: how much it matters.
            source: where the rule comes from.
        """
        at = self.at + self.sentence.start
        return Issue(check, at + start, at + end, message, suggestions, severity, source)

    def listed(
        self, check: str, start: int, end: int, message: str, entry: Entry, severity: Severity = Severity.WARNING
    ) -> Issue:
        """Return an issue about a listed term. Suggestions replace its words; what else to do stands in the message.

        Args:
            check: the check's id.
            start: where the term begins in the sentence.
            end: where it ends.
            message: what would trip or hurt the reader.
            entry: the term's row.
            severity: how much it matters.
        """
        said = " ".join((message, *(f"{capital_first(one)}." for one in entry.advice)))
        return self.issue(check, start, end, said, entry.prefer, severity, entry.source)

    def of(self, work: "Callable[[Line], T]") -> T:
        """Return what `work` says of this sentence; it is worked out once for all places of a run where it stands.

        Args:
            work: a plain function that goes by the sentence's own words and terms alone.
        """
        memo = self.seen.memo
        if work not in memo:
            memo[work] = work(self)
        made: T = memo[work]
        return made

    def found(self, *lists: str) -> list[Found]:
        """Return the terms of some lists."""
        return [one for one in self.seen.found if one.entry.list in lists] if self.seen.found else []

    def has_found(self, start: int, end: int, *lists: str) -> bool:
        """Say whether a term of some lists lies over a stretch.

        Args:
            start: where the stretch begins in the sentence.
            end: where it ends.
            lists: the lists.
        """
        return any(one.start < end and start < one.end for one in self.found(*lists))

    def has_digit(self) -> bool:
        """Say whether there is a number in the sentence."""
        return not DIGITS.isdisjoint(self.seen.shapes)

    def advice(self, check: str, found: re.Match[str], message: str, source: str = "own") -> Issue:
        """Return advice about what a pattern found in this sentence.

        Args:
            check: the check's id.
            found: where.
            message: what would trip or hurt the reader.
            source: where the rule comes from.
        """
        return self.issue(check, found.start(), found.end(), message, (), Severity.ADVICE, source)


PRONOUN = re.compile(r"\b(she|he|her|his|him|hers|herself|himself)\b(?!/)")
PRONOUN_WORDS = cues("she he her his him hers herself himself she's he's she'd he'd she'll he'll")
DIGITS = frozenset({DIGIT, MIXED})
YOU_WORDS = cues("you your yours yourself you're you've you'll you'd")
