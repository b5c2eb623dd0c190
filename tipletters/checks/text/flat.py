"""The text of a letter as the checks read it, and where in it each paragraph and cell stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tipletters.letter import LISTS, Control, Letter, Paragraph, Row, Table, words_of
from tipletters.quiet import Quiet

_COUNTED = re.compile(r"(\d{1,2}[.)]|\([a-z0-9]{1,2}\))")
_LETTERED = re.compile(r"\(?([a-z]{1,2})[.)]")


@dataclass(frozen=True, slots=True, repr=False)
class Flat(Quiet):
    """A letter as one text.

    Args:
        text: its blocks, with blank lines between them; a row of a table is one line.
        starts: where the words of each paragraph, control and cell begin, in order.
    """

    text: str
    starts: tuple[int, ...]


def flatten(letter: Letter) -> Flat:
    """Return the text of a letter, with the place of each paragraph and cell in it."""
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for before, words in _pieces(letter):
        if words is None:
            starts.append(at)
            continue
        parts += (before, words)
        at += len(before)
        starts.append(at)
        at += len(words)
    return Flat("".join(parts), tuple(starts))


def labelled(letter: Letter, flat: Flat) -> Iterator[tuple[tuple[int, int], frozenset[str]]]:
    """Yield the stretch of each paragraph and row in the text of a letter, with the labels that it carries.

    Args:
        letter: the letter.
        flat: its text, from `flatten`.
    """
    at = 0
    ends = (*flat.starts[1:], len(flat.text))
    for block in letter.blocks:
        rows = (Row(block.header), *block.rows) if isinstance(block, Table) else (Row(((),)),)
        for row in rows:
            count = len(row.cells)
            if count:
                yield (flat.starts[at], ends[at + count - 1]), block.labels | row.labels
            at += count


def _pieces(letter: Letter) -> Iterator[tuple[str, str | None]]:
    """Yield what stands before each paragraph or cell, and its words; None for one that is empty."""
    gap = ""
    for block in letter.blocks:
        if isinstance(block, Paragraph):
            filled = block.text.strip()
            yield (gap + _sign(block), block.text) if filled else ("", None)
            gap = "\n\n" if filled else gap
            continue
        if isinstance(block, Control):
            yield f"{gap}- ", block.text
            gap = "\n\n"
            continue
        for cells in (block.header, *(row.cells for row in block.rows)):
            begin = gap
            for cell in cells:
                words = words_of(cell)
                yield (begin, words) if words.strip() else ("", None)
                begin = "; " if words.strip() else begin
            gap = "\n\n" if begin == "; " else gap


def _sign(block: Paragraph) -> str:
    """Return what marks an item: its number where the checks know one when they see it, else a dash."""
    if block.mark and _COUNTED.fullmatch(block.mark):
        return f"{block.mark} "
    if block.mark and (lettered := _LETTERED.fullmatch(block.mark)):
        return f"({lettered[1]}) "
    if block.style in LISTS:
        return "- "
    return f"{block.mark} " if block.mark else ""
