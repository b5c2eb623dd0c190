"""What a check looks at: a text with its sentences, and whom the letter is to."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from tipletters.checks.lexis.cues import Cues, is_declared
from tipletters.checks.lexis.lexicon import Lexicon
from tipletters.checks.profile import Profile
from tipletters.checks.text.greeting import is_about_client
from tipletters.checks.text.line import PRONOUN_WORDS, YOU_WORDS, Line
from tipletters.checks.text.page import Page
from tipletters.others import Index
from tipletters.people import Person
from tipletters.quiet import Quiet

T = TypeVar("T")


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
        if is_declared(wanted):
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
