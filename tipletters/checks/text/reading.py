"""Reads a text for the checks: blocks and sentences, and what is known of each. What was met before is not read again."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from tipletters.checks.lexis.cues import CUES, sought
from tipletters.checks.lexis.finder import Found, edged, finder, fold
from tipletters.checks.lexis.lexicon import Lexicon
from tipletters.checks.lexis.short_forms import table
from tipletters.checks.lexis.words import tokens, words_alone
from tipletters.checks.text.difficulty import difficulty, sentence_difficulty
from tipletters.checks.text.line import Line, Seen
from tipletters.checks.text.page import Block, Page, Sentence, page_of
from tipletters.checks.text.scores import Tally
from tipletters.quiet import Quiet, quiet

_LIMIT = 20_000


class _Part(NamedTuple):
    """What stands between two blank lines: blocks with what is known of their sentences, and what the scores count."""

    blocks: tuple[tuple[Block, tuple[Seen, ...]], ...]
    tally: Tally

    def __repr__(self) -> str:
        return quiet(self)


@dataclass(repr=False)
class Memory(Quiet):
    """The parts, sentences and words that a run has met. It holds text, so it lives no longer than the run.

    Args:
        lexicon: what is known of single words.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    _parts: dict[str, _Part] = field(default_factory=dict)
    _seen: dict[str, Seen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table()  # it declares cues, which must be known before the first sentence is read

    def read(self, text: str) -> tuple[Page, tuple[Line, ...], Tally]:
        """Return a text's blocks, its sentences with what is known of each, and what the scores count.

        What stands between two blank lines is read by itself, and not again where it was met before: so the cost of a
        letter is what is new in it.
        """
        blocks: list[tuple[int, Block]] = []
        lines: list[Line] = []
        tallies: list[Tally] = []
        folded = edges = spaced = ""
        at = 0
        for part in text.split("\n\n"):
            known = self._parts.get(part)
            if known is None:
                if not folded:
                    folded = fold(text)
                    edges, spaced = edged(folded), words_alone(text)
                end = at + len(part)
                known = self._new_part(part, folded[at:end], edges[at:end], spaced[at:end])
            for block, seen in known.blocks:
                blocks.append((at, block))
                for sentence, one in zip(block.sentences, seen, strict=True):
                    lines.append(Line(sentence, one, block, len(lines), at))
            tallies.append(known.tally)
            at += len(part) + 2
        return Page(text, tuple(blocks)), tuple(lines), Tally.together(tallies)

    def _new_part(self, text: str, folded: str, edges: str, spaced: str) -> _Part:
        if len(self._parts) >= _LIMIT:
            self._parts.clear()
        matches = finder().matches(edges)
        ends = [end for _, _, end in matches]

        def seen(one: Sentence) -> Seen:
            known = self._seen.get(one.text)
            if known is None:
                start, end = one.start, one.end
                here = matches[bisect_right(ends, start) : bisect_right(ends, end)]
                terms = finder().terms((match for match in here if match[1] >= start), start)
                known = self._new_seen(one.text, folded[start:end], tokens(one.text, spaced[start:end]), terms)
            return known

        blocks = tuple((block, tuple(map(seen, block.sentences))) for _, block in page_of(text).blocks)
        made = self._parts[text] = _Part(blocks, Tally.of(one for _, several in blocks for one in several))
        return made

    def _new_seen(self, text: str, folded: str, words: list[str], terms: tuple[Found, ...]) -> Seen:
        if len(self._seen) >= _LIMIT:
            self._seen.clear()
        known = map(self.lexicon.__getitem__, words)
        points, rarity, beats, shapes, small, trade = zip(*known, strict=True) if words else ((),) * 6
        count, point, rare = len(words), sum(points), sum(rarity)
        hard = sentence_difficulty(text) if text.isupper() else difficulty(text, count, point, rare)
        long_words = len([beat for beat in beats if beat > 2])
        different = frozenset(small)
        cues = frozenset(filter(CUES.__contains__, different))
        made = self._seen[text] = Seen(
            *(folded, count, different, cues, sought(cues), terms, round(hard, 3), max(trade, default=-9.0)),
            *(sum(beats), long_words, frozenset(shapes) - {0}, {}),
        )
        return made
