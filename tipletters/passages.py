"""The passages of a letter: each paragraph, list item and row of a table, with a name that tells nothing."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from tipletters.letter import Block, Control, Paragraph, Row, Style, Table, clean, words_of
from tipletters.quiet import Quiet

# The label of a passage that is held back. It holds a line break, so no label that anybody types can be the same.
HELD = "held\nback"
_EMPTY = frozenset({Style.WRITE, Style.SIGNATURE})


@dataclass(frozen=True, slots=True, repr=False)
class Passage(Quiet):
    """One paragraph, list item or row.

    Args:
        id: an opaque name: the same words in the same letter have the same.
        text: its words; the cells of a row with a bar between them.
        labels: what it is about.
        block: the place of its block among the blocks.
        row: the place of its row, in a table; else -1.
    """

    id: str
    text: str
    labels: frozenset[str]
    block: int
    row: int = -1


def passages(blocks: Sequence[Block], reference: str) -> tuple[Passage, ...]:
    """Return the passages in the order of the letter.

    Args:
        blocks: the letter's blocks; controls and lines to write on are no passages.
        reference: the letter's reference, so that the same words have another name in another letter.
    """
    return tuple(_passages(blocks, reference))


def _passages(blocks: Iterable[Block], reference: str) -> Iterator[Passage]:
    for number, block in enumerate(blocks):
        if isinstance(block, Control):
            continue
        if isinstance(block, Paragraph):
            if block.style not in _EMPTY:
                yield Passage(name_of(block.text, reference), clean(block.text), block.labels, number)
            continue
        for place, row in enumerate(block.rows):
            text = row_text(row)
            yield Passage(name_of(text, reference), text, block.labels | row.labels, number, place)


def row_text(row: Row) -> str:
    """Return the words of a table's row."""
    return clean(" | ".join(map(words_of, row.cells)))


def name_of(text: str, reference: str) -> str:
    """Return the opaque name of a passage with these words; spaces make no difference."""
    words = " ".join(clean(text).split())
    return hashlib.blake2b(words.encode(), key=reference.encode()[:64], digest_size=6).hexdigest()


def hold(blocks: tuple[Block, ...], reference: str, ids: Set[str]) -> tuple[Block, ...]:
    """Return the blocks with the label HELD on each passage that is named, so that redacting leaves it out.

    Args:
        blocks: the letter's blocks.
        reference: the letter's reference.
        ids: the passages' names.
    """
    return with_labels(blocks, reference, {(one, HELD) for one in ids})


def with_labels(blocks: tuple[Block, ...], reference: str, more: Set[tuple[str, str]]) -> tuple[Block, ...]:
    """Return the blocks with more labels.

    Args:
        blocks: the letter's blocks.
        reference: the letter's reference.
        more: each label with the name of the passage that it is for.
    """
    if not more:
        return blocks
    made = list(blocks)
    for one in passages(blocks, reference):
        if added := {label for name, label in more if name == one.id}:
            made[one.block] = _labelled(made[one.block], one.row, added)
    return tuple(made)


def _labelled(block: Block, place: int, more: Set[str]) -> Block:
    if isinstance(block, Table):
        rows = list(block.rows)
        rows[place] = replace(rows[place], labels=rows[place].labels | more)
        return replace(block, rows=tuple(rows))
    return replace(block, labels=block.labels | more)
