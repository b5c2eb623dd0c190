"""A text as the checks see it: blocks (paragraphs, headings, list items) and sentences, each with its place.

Sentences are split by ourselves, since libraries take "Dr. Smith" for two and a bullet list for one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tipletters.quiet import Quiet


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True, repr=False)
class Sentence(Quiet):
    """A sentence, heading or list item, and where it begins in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, repr=False)
class Block(Quiet):
    """A paragraph, heading or list item."""

    kind: Kind
    start: int
    end: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Page(Quiet):
    """A whole text with its blocks."""

    text: str
    blocks: tuple[Block, ...]

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence in order."""
        for block in self.blocks:
            yield from block.sentences


_ITEM = re.compile(r"[ \t]{0,20}(?:[-*•·▪◦–\uf0b7]|\d{1,2}[.)]|\([a-z0-9]{1,2}\)|\[ ?\])[ \t]+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ENDS = re.compile(r"[.!?…]+[\"'”’)\]]{0,3}(?=\s)")
_NEXT = re.compile(r"\s+[\"'“‘(\[]{0,3}[A-Z0-9£À-Þ]")
# After these a full stop does not end a sentence.
_SHORT = frozenset(
    "dr mr mrs ms mx prof st rev hon jr sr eg ie etc approx no nos fig vs tel ext dept ref re inc ltd co vol pp cf al "
    "jan feb mar apr jun jul aug sept sep oct nov dec e.g i.e a.m p.m b.d o.d t.d.s q.d.s p.r.n".split()
)


def page_of(text: str) -> Page:
    """Return a plain text with its blocks and sentences.

    Args:
        text: with line ends of one character; lines of one paragraph may be broken anywhere.
    """
    return Page(text, tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    open_at, end, kind = -1, 0, Kind.PARAGRAPH
    for found in _LINE.finditer(text):
        line = found[0]
        item = _ITEM.match(line)
        if open_at >= 0 and (item or not line.strip()):
            yield _block(text, kind, open_at, end)
            open_at = -1
        if not line.strip():
            continue
        if open_at < 0:
            open_at = found.start() + (item.end() if item else len(line) - len(line.lstrip()))
            kind = Kind.ITEM if item else Kind.PARAGRAPH
        end = found.start() + len(line.rstrip())
        if kind is Kind.PARAGRAPH and _stands_alone(line):
            yield _block(text, kind, open_at, end)
            open_at = -1
    if open_at >= 0:
        yield _block(text, kind, open_at, end)


def _stands_alone(line: str) -> bool:
    """Say whether a line is short and open-ended, such as a heading, a line of an address or "Dear Anna"."""
    stripped = line.strip()
    return len(stripped) < 50 and stripped[-1] not in ".!?;:" and len(stripped.split(" ")) < 9


def _block(text: str, kind: Kind, start: int, end: int) -> Block:
    sentences = tuple(_sentences(text, start, end))
    if kind is Kind.PARAGRAPH and len(sentences) == 1 and _stands_alone(text[start:end] or "x."):
        kind = Kind.HEADING
    return Block(kind, start, end, sentences)


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    begin = start
    for found in _ENDS.finditer(text, start, end):
        if found.start() < begin or not _NEXT.match(text, found.end(), end) or _is_short(text, begin, found.start()):
            continue
        yield Sentence(begin, text[begin : found.end()])
        begin = found.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield Sentence(begin, text[begin:end])


def _is_short(text: str, begin: int, stop: int) -> bool:
    if text[stop] != ".":
        return False
    last = text[max(begin, stop - 12) : stop].split()
    word = last[-1].strip("(\"'“‘[") if last else ""
    return word.lower() in _SHORT or (len(word) == 1 and word.isalpha() and word.isupper() and word != "I")
