"""What a check looks at: a text with what was found in each sentence, and whom the letter is to."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from tipletters.checks.finder import Found
from tipletters.checks.greeting import is_about_client
from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexicon import Lexicon
from tipletters.checks.page import Block, Page, Sentence
from tipletters.checks.profile import Profile
from tipletters.checks.words import DIGIT, MIXED
from tipletters.others import Index
from tipletters.people import Person
from tipletters.quiet import Quiet, quiet

Cues = frozenset[str]
# Words that checks look for, each with those who look for it; each check declares its own with `cues`.
CUES: dict[str, set[Cues]] = {}
_DECLARED: set[Cues] = set()


def cues(words: str) -> Cues:
    """Declare words by which a check will look for sentences, so that they are found without a search.

    Args:
        words: in small letters, with spaces between them.
    """
    declared = frozenset(words.split())
    _DECLARED.add(declared)
    for word in declared:
        CUES.setdefault(word, set()).add(declared)
    return declared


def sought(words: Cues) -> frozenset[Cues]:
    """Return those of the declared cues of which a sentence with these words holds one."""
    return frozenset[Cues]().union(*(CUES[word] for word in words))


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
        """Return an issue about a stretch of this sentence, in the text's own places."""
        at = self.at + self.sentence.start
        return Issue(check, at + start, at + end, message, suggestions, severity, source)

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
        """Say whether a term of some lists lies over a stretch."""
        return any(one.start < end and start < one.end for one in self.found(*lists))

    def has_digit(self) -> bool:
        """Say whether there is a number in the sentence."""
        return not DIGITS.isdisjoint(self.seen.shapes)

    def advice(self, check: str, found: re.Match[str], message: str, source: str = "own") -> Issue:
        """Return advice about what a pattern found in this sentence."""
        return self.issue(check, found.start(), found.end(), message, (), Severity.ADVICE, source)


PRONOUN = re.compile(r"\b(she|he|her|his|him|hers|herself|himself)\b(?!/)")
PRONOUN_WORDS = cues("she he her his him hers herself himself she's he's she'd he'd she'll he'll")
DIGITS = frozenset({DIGIT, MIXED})
YOU_WORDS = cues("you your yours yourself you're you've you'll you'd")


@dataclass(frozen=True, repr=False)
class File(Quiet):
    """The file that a text came from.

    Args:
        name: its name, without the folder.
        properties: what the document says of itself, each with its name.
    """

    name: str = ""
    properties: tuple[tuple[str, str], ...] = ()


class View(Quiet):
    """A whole text for the checks.

    Args:
        page: the text and its blocks.
        lines: its sentences in order, each with what is known of it.
        profile: how strict the checks are.
        lexicon: what is known of single words.
        about: whose letter it is.
        others: the clients of other letters.
        file: the file that it came from.
    """

    def __init__(
        self,
        page: Page,
        lines: tuple[Line, ...],
        profile: Profile,
        lexicon: Lexicon,
        about: Person | None = None,
        others: Index | None = None,
        file: File | None = None,
    ) -> None:
        self.page, self.lines, self.profile, self.lexicon = page, lines, profile, lexicon
        self.about, self.others, self.file = about, others, file
        self._worked_out: dict[Callable[[View], Any], Any] = {}
        self._by_list: dict[str, list[int]] = defaultdict(list)
        self._by_cues: dict[Cues, list[Line]] = defaultdict(list)
        self._by_shape: dict[int, list[int]] = defaultdict(list)
        self._with_shape: dict[int, list[Line]] = {}
        for number, line in enumerate(lines):
            seen = line.seen
            for shape in seen.shapes:
                self._by_shape[shape].append(number)
            for declared in seen.sought:
                self._by_cues[declared].append(line)
            for name in {one.entry.list for one in seen.found} if seen.found else ():
                self._by_list[name].append(number)

    def once(self, work: "Callable[[View], T]") -> T:
        """Return what `work` says of this text; it is worked out once, for all checks that ask."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        made: T = self._worked_out[work]
        return made

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def speaks_of_client(self) -> bool:
        """Whether the letter as a whole speaks about the client and not to them."""
        you = sum(len(YOU_WORDS & line.seen.cues) for line in self.with_words(YOU_WORDS))
        they = sum(len(PRONOUN_WORDS & line.seen.cues) for line in self.with_words(PRONOUN_WORDS))
        they += sum(len(line.found("third-person")) for line in self.with_list("third-person"))
        return is_about_client(self.page.text, you, they, bool(self.with_list("third-person", "gp-speak", "doubt")))

    def with_words(self, words: Iterable[str]) -> list[Line]:
        """Return the sentences that hold one of the words, in order; words that are `cues` are found at once."""
        wanted = words if isinstance(words, frozenset) else frozenset(words)
        if wanted in _DECLARED:
            return self._by_cues.get(wanted, [])
        return [line for line in self.lines if not wanted.isdisjoint(line.seen.words)]

    def with_list(self, *lists: str) -> list[Line]:
        """Return the sentences that hold a term of one of the lists, in order."""
        return self._in_order([self._by_list.get(name, ()) for name in lists])

    def with_sign(self, *signs: str) -> list[Line]:
        """Return the sentences in which one of the signs stands."""
        numbers = {number for sign in signs for number in self._with(sign)}
        return [self.lines[number] for number in sorted(numbers)]

    def _with(self, sign: str) -> Iterator[int]:
        text, at = self.page.text, self.page.text.find(sign)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            end = self._starts[number] + len(self.lines[number].sentence.text) if number >= 0 else 0
            if at + len(sign) <= end:
                yield number
            at = text.find(sign, max(end, at + 1))

    def with_shape(self, shape: int) -> list[Line]:
        """Return the sentences in which a word has this shape (DIGIT, SHORT, or one of both)."""
        if shape not in self._with_shape:
            groups = [self._by_shape.get(one, ()) for one in range(1, 4) if one & shape]
            self._with_shape[shape] = self._in_order(groups)
        return self._with_shape[shape]

    def _in_order(self, groups: Iterable[Sequence[int]]) -> list[Line]:
        some = [group for group in groups if group]
        if not some:
            return []
        lines, numbers = self.lines, some[0] if len(some) == 1 else sorted(set(some[0]).union(*some[1:]))
        return [lines[number] for number in numbers]
