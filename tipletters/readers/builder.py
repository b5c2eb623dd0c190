"""Puts what a reader meets together: runs into paragraphs, paragraphs into cells, cells into tables."""

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Generic, TypeVar

from tipletters.letter import Block, Cell, Paragraph, Place, Row, Run, Style, Table
from tipletters.readers.model import hostile
from tipletters.wording import UNSEEN

Note = TypeVar("Note")
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DEEPEST = 100  # tables in each other; each hands what it holds to the one around it
_CELL_WORDS = 40  # a cell with more words is part of the page's layout, not of a table


def seen(text: str) -> str:
    """Return the text without signs that show nothing."""
    return text if text.isascii() and text.isprintable() else _BAD.sub("", UNSEEN.sub("", text))


@dataclass
class _Open(Generic[Note]):
    """A table that is being read; each cell holds its blocks with their notes."""

    rows: list[list[list[tuple[Block, list[Note | None]]]]] = field(default_factory=list)
    head: int = 0


class Builder(Generic[Note]):
    """Gathers blocks in the order of the document.

    `notes` holds, for each paragraph and cell in the order of `letter.texts`, what the reader wants to remember of it.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Note | None] = []
        self._runs: list[Run] = []
        self._tables: list[_Open[Note]] = []

    def text(self, text: str, bold: bool = False) -> None:
        """Add words to the open paragraph."""
        if text := seen(text):
            self._runs.append(Run(text, bold))

    def end(self, style: Style = Style.BODY, mark: str = "", place: Place = Place.BODY) -> None:
        """Close the open paragraph; one without words is dropped."""
        runs, self._runs = tidy(self._runs), []
        if runs:
            self.add(Paragraph(runs, style, place=place, mark=mark))

    def add(self, paragraph: Paragraph, note: Note | None = None) -> None:
        """Add a whole paragraph, with what is to be remembered of it."""
        self._put(paragraph, [note])

    def _put(self, block: Block, notes: list[Note | None]) -> None:
        if self._tables and self._tables[-1].rows and self._tables[-1].rows[-1]:
            self._tables[-1].rows[-1][-1].append((block, notes))
        else:
            self.blocks.append(block)
            self.notes += notes

    def open_table(self) -> None:
        """Begin a table.

        Raises:
            ReadError: it stands in more tables than any letter has.
        """
        if len(self._tables) == _DEEPEST:
            raise hostile()
        self._tables.append(_Open())

    def row(self, head: bool = False) -> None:
        """Begin a row; `head` says that it repeats on every page."""
        table = self._tables[-1]
        table.head += head and table.head == len(table.rows)
        table.rows.append([])

    def cell(self) -> None:
        """Begin a cell."""
        if not self._tables[-1].rows:
            self.row()
        self._tables[-1].rows[-1].append([])

    def in_table(self) -> bool:
        """Say whether a table is open."""
        return bool(self._tables)

    def close_table(self) -> None:
        """End a table. One that only lays out the page is taken apart into its paragraphs, row by row."""
        table = self._tables.pop()
        rows = [_without_empty_end(row) for row in table.rows if any(row)]
        if all(_is_simple(cell) for row in rows for cell in row) and any(len(row) > 1 for row in rows):
            cells = [tuple(_runs(cell) for cell in row) for row in rows]
            header = cells.pop(0) if table.head == 1 and len(rows) > 1 else ()
            notes = [cell[0][1][0] if cell else None for row in rows for cell in row]
            place = next((block.place for row in rows for cell in row for block, _ in cell), Place.BODY)
            self._put(Table(header, tuple(Row(one) for one in cells), place=place), notes)
            return
        for block, notes in (one for row in rows for cell in row for one in cell):
            self._put(block, notes)


def _without_empty_end(row: list[list[tuple[Block, list[Note | None]]]]) -> list[list[tuple[Block, list[Note | None]]]]:
    last = max(number for number, cell in enumerate(row) if cell)
    return row[: last + 1]


def _is_simple(cell: list[tuple[Block, list[Note | None]]]) -> bool:
    if not cell:
        return True
    block = cell[0][0]
    return len(cell) == 1 and isinstance(block, Paragraph) and not block.mark and block.text.count(" ") < _CELL_WORDS


def _runs(cell: list[tuple[Block, list[Note | None]]]) -> Cell:
    return cell[0][0].runs if cell and isinstance(cell[0][0], Paragraph) else ()


def joined(runs: list[Run]) -> tuple[Run, ...]:
    """Return the runs with equal neighbours joined, and not a letter changed."""
    groups = groupby((run for run in runs if run.text), key=lambda run: run.bold)
    return tuple(Run("".join(run.text for run in group), bold) for bold, group in groups)


def tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Return the runs joined, without white space at both ends; nothing where there are no words."""
    made = list(joined(runs))
    while made and not made[0].text.lstrip():
        made.pop(0)
    while made and not made[-1].text.rstrip():
        made.pop()
    if made:
        made[0] = replace(made[0], text=made[0].text.lstrip())
        made[-1] = replace(made[-1], text=made[-1].text.rstrip())
    return tuple(made)
