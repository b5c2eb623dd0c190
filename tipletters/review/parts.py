"""Cuts a letter into the few numbered parts that the client is asked about.

Asked about is what the worker wrote for this client; what every letter of its kind says (how to reach us, who helps at
once) has no number, and can be spoken of under "something else".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tipletters.dates import clock, long_date
from tipletters.letter import HEADINGS, LISTS, Block, Paragraph, Style, Table
from tipletters.passages import Passage, passages
from tipletters.quiet import Quiet

_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])?\s*(?:\[private[^\]]*\])?\s*(?:[-*•]\s)?", re.IGNORECASE)
# Shorter answers, such as "You" or "GP", stand in many sentences that are not about them.
_SHORTEST = 4


@dataclass(frozen=True, repr=False)
class Part(Quiet):
    """A numbered part of a letter: one paragraph, or a list or rows with what leads up to them."""

    number: int
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """Its words, a passage a line."""
        return "\n".join(one.text for one in self.passages)

    @property
    def labels(self) -> frozenset[str]:
        """What it is about."""
        return frozenset().union(*(one.labels for one in self.passages))


def parts(blocks: Sequence[Block], reference: str, given: Mapping[str, Any]) -> tuple[Part, ...]:
    """Return the parts that the client is asked about, numbered without a gap.

    Args:
        blocks: the client's copy; what follows the standing sentence is not asked about.
        reference: the letter's reference.
        given: the case's fields: what the worker wrote for this client.
    """
    wrote = tuple(_said(given))
    groups = _groups(blocks, passages(blocks, reference))
    asked = [group for group in groups if any(one.labels or _speaks(one.text, wrote) for one in group)]
    return tuple(Part(number, tuple(group)) for number, group in enumerate(asked, start=1))


def _groups(blocks: Sequence[Block], found: Sequence[Passage]) -> Iterator[list[Passage]]:
    group: list[Passage] = []
    for one in found:
        block = blocks[one.block]
        style = block.style if isinstance(block, Paragraph) else None
        if style is Style.SMALL:
            break
        if group and not _goes_on(blocks, group[-1], one):
            yield group
            group = []
        if style not in HEADINGS:
            group.append(one)
    if group:
        yield group


def _goes_on(blocks: Sequence[Block], before: Passage, one: Passage) -> bool:
    """Say whether a passage belongs with the one before: rows of a table, items of a list, a lead-in and its list."""
    last, block = blocks[before.block], blocks[one.block]
    if before.labels != one.labels or one.block - before.block > 1:
        return False
    if isinstance(block, Table):
        return last is block or _leads(last)
    return isinstance(block, Paragraph) and block.style in LISTS and (_is_item(last) or _leads(last))


def _is_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in LISTS


def _leads(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style is Style.BODY and block.text.rstrip().endswith(":")


def _said(value: Any) -> Iterator[str]:
    """Yield every stretch of what the worker wrote, folded."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "private":
                yield from _said(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _said(inner)
    elif isinstance(value, date):
        yield long_date(value).casefold()
    elif isinstance(value, time):
        yield clock(value)
    elif isinstance(value, str):
        for line in value.splitlines():
            folded = _fold(_MARK.sub("", line))
            if len(folded) >= _SHORTEST:
                yield folded


def _speaks(text: str, wrote: Sequence[str]) -> bool:
    folded = _fold(text)
    return any(said in folded or (len(folded) >= _SHORTEST and folded in said) for said in wrote)


def _fold(text: str) -> str:
    return " ".join(text.replace("**", "").split()).casefold().rstrip(".")
