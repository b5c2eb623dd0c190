"""A text as the checks see it: blocks (paragraphs, headings, list items) and sentences, each with its place.

Sentences are split by ourselves, since libraries take "Dr. Smith" for two and a bullet list for one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tipletters.quiet import Quiet, quiet


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"


class Sentence(NamedTuple):
    """A sentence, heading or list item, and where it begins in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)

    def __repr__(self) -> str:
        return quiet(self)


class Block(NamedTuple):
    """A paragraph, heading or list item."""

    kind: Kind
    start: int
    end: int
    sentences: tuple[Sentence, ...]

    def __repr__(self) -> str:
        return quiet(self)


@dataclass(frozen=True, slots=True, repr=False)
class Page(Quiet):
    """A whole text with its blocks.

    Args:
        text: the text.
        blocks: each with the place from which its own places count.
    """

    text: str
    blocks: tuple[tuple[int, Block], ...]

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence in order."""
        for at, block in self.blocks:
            for sentence in block.sentences:
                yield Sentence(at + sentence.start, sentence.text)


_ITEM = re.compile(r"[ \t]{0,20}(?:[-*•·▪◦–\uf0b7]|\d{1,2}[.)]|\([a-z0-9]{1,2}\)|\[ ?\])[ \t]+")
_BEGINS_ITEM = frozenset("-*•·▪◦–\uf0b7([0123456789")
# The end of a sentence and the space after it, where the next begins as sentences do.
_ENDS = re.compile(r"(?<![.!?…])([.!?…]++[\"'”’)\]]{0,3})\s++(?=[\"'“‘(\[]{0,3}[A-Z0-9£À-Þ])")
# After these a full stop does not end a sentence.
_SHORT = frozenset(
    "dr mr mrs ms mx prof st rev hon jr sr eg ie etc approx no nos fig vs tel ext dept ref re inc ltd co vol pp cf al "
    "jan feb mar apr jun jul aug sept sep oct nov dec e.g i.e a.m p.m b.d o.d t.d.s q.d.s p.r.n d.o.b".split()
)


_PIECE = 1_000_000  # characters of a very long text that are looked at together
_SENTENCE = 2_000  # characters that may count as one sentence; without any full stop, the time still stays in step


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text in pieces of whole paragraphs where it can, each with its place; nearly every text is one piece."""
    start = 0
    while len(text) - start > _PIECE:
        cut = text.rfind("\n\n", start, start + _PIECE) + 2
        cut = cut if cut > start + 1 else _cut(text, start, start + _PIECE)
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def _cut(text: str, start: int, limit: int) -> int:
    """Return where a stretch can be cut before a limit: after the last space, else at the limit."""
    return max(text.rfind(" ", start, limit), text.rfind("\n", start, limit)) + 1 or limit


def page_of(text: str) -> Page:
    """Return a plain text with its blocks and sentences.

    Args:
        text: with line ends of one character; lines of one paragraph may be broken anywhere.
    """
    return Page(text, tuple((0, block) for block in _blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    begin, open_at, end, kind = 0, -1, 0, Kind.PARAGRAPH
    for line in text.split("\n"):
        stripped = line.strip()
        item = _ITEM.match(line) if len(stripped) > 1 and stripped[0] in _BEGINS_ITEM else None
        if open_at >= 0 and (item or not stripped):
            yield _block(text, kind, open_at, end)
            open_at = -1
        if stripped:
            if open_at < 0:
                open_at = begin + (item.end() if item else line.index(stripped[0]))
                kind = Kind.ITEM if item else Kind.PARAGRAPH
            end = begin + len(line.rstrip())
            if kind is Kind.PARAGRAPH and len(stripped) < 50 and _stands_alone(stripped):
                yield _block(text, kind, open_at, end)
                open_at = -1
        begin += len(line) + 1
    if open_at >= 0:
        yield _block(text, kind, open_at, end)


def _stands_alone(stripped: str) -> bool:
    """Say whether a line is short and open-ended, such as a heading, a line of an address or "Dear Anna"."""
    return len(stripped) < 50 and stripped[-1] not in ".!?;:" and stripped.count(" ") < 8


def _block(text: str, kind: Kind, start: int, end: int) -> Block:
    sentences = _sentences(text, start, end)
    if kind is Kind.PARAGRAPH and len(sentences) == 1 and start < end and _stands_alone(sentences[0].text):
        kind = Kind.HEADING
    return Block(kind, start, end, sentences)


def _sentences(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    made: list[Sentence] = []
    begin = start
    for found in _ENDS.finditer(text, start, end):
        if not _is_short(text, begin, found.start()):
            made.append(Sentence(begin, text[begin : found.end(1)]))
            begin = found.end()
    if begin < end:
        made.append(Sentence(begin, text[begin:end]))
    if end - start > _SENTENCE:
        made = [short for one in made for short in _short_enough(text, one.start, one.end)]
    return tuple(made)


def _short_enough(text: str, begin: int, end: int) -> list[Sentence]:
    made: list[Sentence] = []
    while end - begin > _SENTENCE:
        cut = _cut(text, begin, begin + _SENTENCE)
        made.append(Sentence(begin, text[begin:cut]))
        begin = cut
    if begin < end:
        made.append(Sentence(begin, text[begin:end]))
    return made


def _is_short(text: str, begin: int, stop: int) -> bool:
    if text[stop] != ".":
        return False
    last = text[max(begin, stop - 12) : stop].split()
    word = last[-1].strip("(\"'“‘[") if last else ""
    return word.lower() in _SHORT or (len(word) == 1 and word.isalpha() and word.isupper() and word != "I")
