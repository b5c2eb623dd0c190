"""The shape of a letter: its blocks, with places left open for values.

The letters of one template share a few shapes, so a shape is worked out once. It holds the template's own words and no
value. Values are put in last, so that none can become structure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from tipletters.errors import TemplateError
from tipletters.letter import NO_LABELS, Block, Cell, Paragraph, Row, Run, Style, Table, clean, relabel
from tipletters.template.values import Labelled, Prose, Text

Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one look: words and, at every odd place, the number of the value that stands there."""

    pieces: tuple[str | int, ...]
    bold: bool


@dataclass(frozen=True, slots=True)
class OpenParagraph:
    """A paragraph with places for values."""

    parts: tuple[Part, ...]
    style: Style
    labels: Labels


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A table's row with places for values."""

    cells: tuple[tuple[Part, ...], ...]
    labels: Labels


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table with places for values; its first row may be its head."""

    rows: tuple[OpenRow, ...]
    has_header: bool


@dataclass(frozen=True, slots=True)
class OpenProse:
    """The place of a value that is paragraphs by itself."""

    value: int
    labels: Labels


OpenBlock = Paragraph | OpenParagraph | OpenTable | OpenProse
Shape = tuple[OpenBlock, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A private passage: what was rendered inside it, and its label."""

    body: str
    labels: Labels


Values = Sequence[Text | Prose | Group]


def paragraph(parts: tuple[Part, ...], style: Style, labels: Labels) -> Paragraph | OpenParagraph:
    """Return a paragraph of a shape; one without values is finished already."""
    made = OpenParagraph(parts, style, labels)
    return made if any(len(part.pieces) > 1 for part in parts) else _paragraph(made, ())


def fill(shape: Shape, values: Values) -> tuple[Block, ...]:
    """Return the blocks of a letter: the shape with the values in their places, and the labels that they carry.

    Raises:
        TemplateError: the head of a table is private, but its rows are not.
    """
    return tuple(_filled(shape, values))


def _filled(shape: Shape, values: Values) -> Iterator[Block]:
    for block in shape:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, OpenParagraph):
            yield _paragraph(block, values)
        elif isinstance(block, OpenTable):
            yield _table(block, values)
        elif isinstance(prose := values[block.value], Prose):
            for one in prose.blocks:
                yield relabel(one, block.labels.union) if block.labels else one


def _paragraph(block: OpenParagraph, values: Values) -> Paragraph:
    runs, labels = _runs(block.parts, values)
    return Paragraph(runs, block.style, block.labels | labels if labels else block.labels)


def _runs(parts: tuple[Part, ...], values: Values) -> tuple[tuple[Run, ...], Labels]:
    labels = NO_LABELS
    runs = []
    for part in parts:
        words = []
        for piece in part.pieces:
            value = piece if isinstance(piece, str) else values[piece]
            if isinstance(value, Labelled):
                labels |= value.labels
                value = value.text
            words.append(value)
        if text := clean("".join(cast(list[str], words))):
            runs.append(Run(text, part.bold))
    return tuple(runs), labels


def _table(table: OpenTable, values: Values) -> Table:
    read = [_row(row, values) for row in table.rows]
    if not table.has_header:
        return Table((), tuple(read))
    shared = frozenset.intersection(*(row.labels for row in read))
    if read[0].labels - shared:
        raise TemplateError("The head of a table is private, but its rows are not.", then="Hold the whole table.")
    rows_without = tuple(Row(row.cells, row.labels - shared) for row in read[1:])
    return Table(read[0].cells, rows_without, labels=shared)


def _row(row: OpenRow, values: Values) -> Row:
    cells: list[Cell] = []
    labels = row.labels
    for parts in row.cells:
        runs, more = _runs(parts, values)
        cells.append(runs)
        labels |= more
    return Row(tuple(cells), labels)
