"""The model in the middle: one immutable Letter that readers make, transforms map, checks read and writers print.

Text lives here and nowhere else. A `repr` never shows it, so that it cannot slip into a log or a traceback.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from tipletters.folding import words
from tipletters.quiet import Quiet


class Style(StrEnum):
    """What a paragraph is; each style has one named style in every kind of document that we write."""

    BODY = "body"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BULLET = "bullet"
    NUMBER = "number"
    TICK = "tick"  # a box to tick, in a form
    WRITE = "write"  # a line to write on, in a form
    SIGNATURE = "signature"  # space for a signature
    SMALL = "small"  # the standing sentence and the list of copies
    SHEET = "sheet"  # a heading that begins a page of its own


HEADINGS = {Style.HEADING: 1, Style.SHEET: 1, Style.SUBHEADING: 2}
LISTS = frozenset({Style.BULLET, Style.NUMBER, Style.TICK})


class Place(StrEnum):
    """Where in the document a block stands."""

    BODY = "body"
    HEADER = "header"
    FOOTER = "footer"
    NOTE = "note"
    BOX = "box"  # a text box of an existing document


@dataclass(frozen=True, slots=True, repr=False)
class Run(Quiet):
    """A stretch of text that looks the same throughout."""

    text: str
    bold: bool = False


def words_of(runs: tuple[Run, ...]) -> str:
    """Return the words of a paragraph's runs, or of a cell's."""
    return runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)


Cell = tuple[Run, ...]
NO_LABELS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class Paragraph(Quiet):
    """One paragraph, heading, list item or line of a form.

    `mark` is the number that an existing document shows before it, such as "2." or "3.1"; we write no marks ourselves.
    """

    runs: tuple[Run, ...]
    style: Style = Style.BODY
    labels: frozenset[str] = NO_LABELS
    place: Place = Place.BODY
    mark: str = ""

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return words_of(self.runs)


@dataclass(frozen=True, slots=True, repr=False)
class Row(Quiet):
    """One row of a table; it carries labels of its own, since one medicine may be the secret."""

    cells: tuple[Cell, ...]
    labels: frozenset[str] = NO_LABELS


@dataclass(frozen=True, slots=True, repr=False)
class Table(Quiet):
    """A small table. `header` is the row that repeats on every page; it may be empty."""

    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    labels: frozenset[str] = NO_LABELS
    place: Place = Place.BODY


class Fill(StrEnum):
    """How a control is filled in."""

    TICK = "tick"
    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True, repr=False)
class Control(Quiet):
    """Something for the client to fill in, on a screen or with a pen. Only the review makes any, and none is filled in.

    Args:
        key: what is printed beside it, such as "3a"; controls in a row with the same number are one group.
        fill: how it is filled in.
        text: what a tick says, or what is asked.
        tag: an opaque mark that comes back with the answer.
        options: what a choice offers.
    """

    key: str
    fill: Fill
    text: str
    tag: str = ""
    options: tuple[str, ...] = ()
    labels: frozenset[str] = NO_LABELS
    place: Place = Place.BODY

    @property
    def group(self) -> str:
        """The key without its last letter."""
        return self.key.rstrip("abcdefghijklmnopqrstuvwxyz")


# What stands in a control until it is filled in.
EMPTY = {Fill.TICK: "☐", Fill.CHOICE: "Choose", Fill.TEXT: "Write here", Fill.DATE: "Day"}

Block = Paragraph | Table | Control


@dataclass(frozen=True, slots=True, repr=False)
class Head(Quiet):
    """What a copy says before its text.

    Args:
        title: the document's title property; never the client's name.
        reference: the letter's reference, printed on every page.
        date: the letter's date, from the case.
        author: the author property: the worker who writes.
        language: a language tag such as "en-GB".
        addressee: name and address, a line each.
        frame: frame words, from `people.Frame` alone.
    """

    title: str
    reference: str
    date: date
    author: str = ""
    language: str = "en-GB"
    addressee: tuple[str, ...] = ()
    frame: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Letter(Quiet):
    """One letter, or one recipient's copy of it."""

    head: Head
    blocks: tuple[Block, ...]


_SPACES = re.compile(r"[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
# Characters that XML 1.0 forbids, the byte order mark, and non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Return `text` as it can stand in any document: NFC, no line breaks or tabs, nothing that XML forbids.

    White space between words becomes one space; a no-break space stays.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    text = unicodedata.normalize("NFC", _ILLEGAL.sub("", _SPACES.sub(" ", text)))
    return _SPACES.sub(" ", text)


def join_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs cleaned, with equal neighbours joined and empty ones dropped."""
    kept = [run for run in runs if clean(run.text)]
    if len(kept) == 1:
        run, text = kept[0], clean(kept[0].text)
        return (run,) if text is run.text else (Run(text, run.bold),) if text else ()
    joined = (
        Run(clean("".join(run.text for run in group)), bold) for bold, group in groupby(kept, lambda run: run.bold)
    )
    return tuple(run for run in joined if run.text)


def plain(letter: Letter) -> Letter:
    """Return the letter as any of its documents reads back: no labels, runs joined, text cleaned, body blocks alone."""
    return replace(letter, blocks=tuple(shown(letter.blocks)))


def shown(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks as a document shows them in its body."""
    for block in blocks:
        made = plain_block(block)
        if made is not None:
            yield made


def plain_block(block: Block) -> Block | None:
    """Return one block as it reads back, or None where a document does not show it in its body."""
    if block.place is not Place.BODY:
        return None
    if isinstance(block, Paragraph):
        return Paragraph(join_runs(block.runs), block.style)
    if isinstance(block, Control):
        return Control(block.key, block.fill, clean(block.text), block.tag, tuple(map(clean, block.options)))
    width = max((len(row.cells) for row in block.rows), default=0)
    width = max(width, len(block.header))
    if not block.rows or not width:
        return None
    rows = tuple(Row(_fill(row.cells, width)) for row in block.rows)
    return Table(_fill(block.header, width) if block.header else (), rows)


def _fill(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    filled = tuple(join_runs(cell) for cell in cells)
    return filled + ((),) * (width - len(filled))


def texts(block: Block) -> Iterator[str]:
    """Yield the words of a block: a paragraph's, each cell's, or all that a control prints."""
    if isinstance(block, Paragraph):
        yield block.text
        return
    if isinstance(block, Control):
        yield from (block.text, block.key, EMPTY[block.fill], *block.options)
        return
    for cells in (block.header, *(row.cells for row in block.rows)):
        yield from map(words_of, cells)


def labels_of(blocks: Iterable[Block]) -> frozenset[str]:
    """Return all labels that the blocks and their rows carry."""
    found: set[str] = set()
    for block in blocks:
        found |= block.labels
        if isinstance(block, Table):
            found.update(*(row.labels for row in block.rows))
    return frozenset(found)


def label_key(label: str) -> str:
    """Return a label in the form in which labels are compared: no accents, look-alikes, signs, spaces or case."""
    if label.isascii() and label.isalpha():
        return label.lower()
    return "".join(words(label)) or label.casefold()


def relabel(block: Block, change: Callable[[frozenset[str]], frozenset[str]]) -> Block:
    """Return the block with `change` applied to its labels and to those of its rows."""
    if not isinstance(block, Table):
        return replace(block, labels=change(block.labels))
    rows = tuple(replace(row, labels=change(row.labels)) for row in block.rows)
    return replace(block, labels=change(block.labels), rows=rows)
