"""Leaves out of a letter what a recipient may not have, so that nothing shows where it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tipletters.access import Access
from tipletters.letter import HEADINGS, LISTS, Block, Letter, Paragraph, Style, Table, labels_of
from tipletters.quiet import Quiet


@dataclass(frozen=True, repr=False)
class Redacted(Quiet):
    """A letter for one recipient, and what was withheld from them."""

    letter: Letter
    withheld: tuple[Block, ...] = ()

    @property
    def labels(self) -> frozenset[str]:
        """The labels for which something was withheld."""
        return labels_of(self.withheld)


def redact(letter: Letter, may: Access) -> Redacted:
    """Return the letter as the recipient may have it.

    Withholds every block and table row with a label that is not permitted. With the last of them goes what led up to
    it: the heading of a section that became empty, the table without rows, the lead-in ending in ":".

    Args:
        letter: the whole letter; it is not changed.
        may: the recipient's access.
    """
    blocks = letter.blocks
    if may.may_have(labels_of(blocks)):
        return Redacted(letter)
    cut = [_cut(block, may) for block in blocks]
    withheld = tuple(hidden for _, hidden in cut if hidden is not None)
    kept = _without_stumps(blocks, [block for block, _ in cut])
    return Redacted(replace(letter, blocks=tuple(block for block in kept if block is not None)), withheld)


def _cut(block: Block, may: Access) -> tuple[Block | None, Block | None]:
    """Split one block into what may be shown and what is withheld."""
    if not may.may_have(block.labels):
        return None, block
    if not isinstance(block, Table):
        return block, None
    shown = tuple(row for row in block.rows if may.may_have(row.labels))
    if len(shown) == len(block.rows):
        return block, None
    hidden = replace(block, rows=tuple(row for row in block.rows if not may.may_have(row.labels)))
    return (replace(block, rows=shown) if shown else None), hidden


def _without_stumps(blocks: Sequence[Block], allowed: Sequence[Block | None]) -> list[Block | None]:
    """Drop headings and lead-ins whose whole content went; work from the end, since one may lead to another."""
    kept = list(allowed)
    for index in reversed(range(len(blocks))):
        group = led_to(blocks, index)
        if group and all(kept[other] is None for other in group):
            kept[index] = None
    return kept


def led_to(blocks: Sequence[Block], index: int) -> range:
    """Return which blocks the block at `index` leads up to: a heading's section, a lead-in's list.

    Args:
        blocks: the letter's blocks.
        index: the place of one of them.
    """
    block = blocks[index]
    if not isinstance(block, Paragraph):
        return range(0)
    if block.style in HEADINGS:
        return range(index + 1, _section_end(blocks, index, HEADINGS[block.style]))
    if block.style not in LISTS and block.text.rstrip(" *").endswith((":", "：")):
        return range(index + 1, _list_end(blocks, index + 1))
    return range(0)


def _section_end(blocks: Sequence[Block], index: int, level: int) -> int:
    for end in range(index + 1, len(blocks)):
        if _level(blocks[end]) <= level:
            return end
    return len(blocks)


def _list_end(blocks: Sequence[Block], start: int) -> int:
    """The end of the list that starts here; of a single block where there is no list."""
    end = start
    while end < len(blocks) and _is_item(blocks[end]):
        end += 1
    if end == start and start < len(blocks) and _level(blocks[start]) > len(HEADINGS):
        end = start + 1
    return end


def _is_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in LISTS


def _level(block: Block) -> int:
    """A heading's level; for anything else a number beyond them all."""
    style = block.style if isinstance(block, Paragraph) else Style.BODY
    return HEADINGS.get(style, len(HEADINGS) + 1)
