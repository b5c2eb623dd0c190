"""Turns lines into blocks: blank lines between paragraphs, `# `, `- `, `1. `, `[ ] `, `____`, `~~~`, `|`, `**`.

The lines of a template hold placeholders where values will stand, so that no value can ever become structure.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tipletters.errors import TemplateError
from tipletters.letter import NO_LABELS, Paragraph, Run, Style
from tipletters.template.shape import OpenBlock, OpenProse, OpenRow, OpenTable, Part, Shape, paragraph

_MARKS = (
    (re.compile(r"##\s+"), Style.SUBHEADING),
    (re.compile(r"#\s+"), Style.HEADING),
    (re.compile(r"[-*•\uf0b7]\s+"), Style.BULLET),
    (re.compile(r"\d{1,3}[.)]\s+"), Style.NUMBER),
    (re.compile(r"\[ ?\]\s+"), Style.TICK),
)
_ONE_LINE = frozenset({Style.HEADING, Style.SUBHEADING, Style.WRITE, Style.SIGNATURE})
_PROSE_STYLES = frozenset({Style.BULLET, Style.NUMBER})
# How an item begins in what a worker wrote: Word's bullets are pasted with and without a space after them.
_ITEM = re.compile(r"(?P<bullet>[-*]\s+|[•·▪◦\uf0b7]\s*)|\d{1,3}[.)]\s+")
_ALONE = ((re.compile(r"_{4,}"), Style.WRITE), (re.compile(r"~{3,}"), Style.SIGNATURE))
_RULE = re.compile(r"\|[\s:|-]+\|")
_BOLD = re.compile(r"\*\*")

# Takes the placeholders in one run apart: the run's text → words, number of a value, words, …
Take = Callable[[str], tuple[str | int, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rendered template, with the private passages it lies in, or the prose that stands in its place.

    Args:
        text: without the space around it.
        scope: the numbers of the private passages that it lies in.
        labels: theirs.
        prose: the number of a value that is paragraphs by itself and stands alone on the line.
    """

    text: str
    scope: tuple[int, ...] = ()
    labels: frozenset[str] = NO_LABELS
    prose: int | None = None

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.text.startswith("|")


def shape_of_template(lines: Iterable[Line], take: Take) -> Shape:
    """Return the blocks of a rendered template, open for its values.

    Args:
        lines: all of them.
        take: takes the placeholders of a run apart.

    Raises:
        TemplateError: a private passage holds part of a paragraph; bold that is not closed; an uneven table.
    """
    return tuple(_block(group, take) for group in _groups(lines))


def _groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines of one paragraph, item or table after the other."""
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group[0], line):
            yield group
            group = []
        if line.text:
            group.append(line)
    if group:
        yield group


def _goes_on(first: Line, line: Line) -> bool:
    """Say whether a line belongs to the block that another began."""
    if not line.text or line.prose is not None or first.prose is not None:
        return False
    if first.is_row or line.is_row:
        return first.is_row and line.is_row
    begun = _begins(first.text)
    return _begins(line.text) is None and not (begun and begun[0] in _ONE_LINE)


def _block(lines: list[Line], take: Take) -> OpenBlock:
    first = lines[0]
    if first.prose is not None:
        return OpenProse(first.prose, first.labels)
    if first.is_row:
        return _table(lines, take)
    if any(line.scope != first.scope for line in lines):
        raise TemplateError(
            "A private passage holds only part of a paragraph.",
            then="Put a blank line before {% private %} and after {% endprivate %}, so that it holds whole paragraphs.",
        )
    style, words = _begins(first.text) or (Style.BODY, first.text)
    text = " ".join((words, *(line.text for line in lines[1:])))
    return paragraph(_parts(text, take), style, first.labels)


def _begins(text: str) -> tuple[Style, str] | None:
    for pattern, style in _MARKS:
        if found := pattern.match(text):
            return style, text[found.end() :]
    for pattern, style in _ALONE:
        if pattern.fullmatch(text):
            return style, ""
    return None


def _parts(text: str, take: Take) -> tuple[Part, ...]:
    pieces = _BOLD.split(text)
    if len(pieces) % 2 == 0:
        raise TemplateError("Bold begins with ** and is not closed.", then="Put ** before and after the bold words.")
    return tuple(Part(take(piece), bold=number % 2 == 1) for number, piece in enumerate(pieces))


def _table(lines: list[Line], take: Take) -> OpenTable:
    """Read a table; each row is a line, so a private passage may hold whole rows."""
    has_header = len(lines) > 1 and bool(_RULE.fullmatch(lines[1].text))
    rows = tuple(_row(line, take) for line in lines if not _RULE.fullmatch(line.text))
    if len({len(row.cells) for row in rows}) > 1:
        raise TemplateError("The rows of a table differ in length.", then="Give each row the same number of | cells.")
    return OpenTable(rows, has_header)


def _row(line: Line, take: Take) -> OpenRow:
    cells = line.text.strip("|").split("|")
    return OpenRow(tuple(_parts(cell.strip(), take) for cell in cells), line.labels)


Mark = Callable[[str], tuple[str, frozenset[str]]]


class Unit(NamedTuple):
    """One paragraph or list item of what a worker wrote.

    Args:
        begin: where it begins, with the white space and the sign before its words.
        words: where its words begin.
        end: where they end.
        style: what it is.
        indent: how far in its first line stands.
    """

    begin: int
    words: int
    end: int
    style: Style
    indent: int


def units(text: str, *, lines: bool = False) -> Iterator[Unit]:
    """Yield each paragraph and list item of what a worker wrote: the one place that says where each begins.

    Args:
        text: what they wrote.
        lines: each line is a thing of its own.
    """
    now: Unit | None = None
    at = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        item = _item(words)
        if now and (lines or not words or item):
            yield now
            now = None
        end = at + len(line.rstrip())
        if words and now is None:
            indent = len(line) - len(line.lstrip())
            style = item.style if item else Style.BODY
            before = line[:indent].expandtabs()
            now = Unit(at, at + indent + (item.length if item else 0), end, style, len(before))
        elif now:
            now = now._replace(end=end)
        at += len(line)
    if now:
        yield now


class _Item(NamedTuple):
    style: Style
    length: int


def _item(words: str) -> _Item | None:
    """Return how a line begins as an item; None where it does not, or where nothing stands after its sign."""
    found = _ITEM.match(words)
    if not found or found.end() == len(words):
        return None
    return _Item(Style.BULLET if found["bullet"] else Style.NUMBER, found.end())


def blocks_of_prose(text: str, take_marker: Mark) -> tuple[Paragraph, ...]:
    """Return the paragraphs and bullets of what a worker wrote.

    Args:
        text: blank lines, `- `, `1. `, `**` and leading private markers are understood; nothing else is. A marker holds
            for the list that its paragraph leads in with a colon too, and for items nested in its own.
        take_marker: splits a paragraph into its text and the labels of its marker.

    Raises:
        TiplettersError: from `take_marker`.
    """
    found: list[Paragraph] = []
    below = _Below()
    for unit in units(text):
        style = unit.style
        lines = text[unit.words : unit.end].splitlines()
        words, labels = take_marker("\n".join(line.strip() for line in lines))
        if labels and style is Style.BODY and (item := _item(words)):
            style, words = item.style, words[item.length :]
        labels, below = below.reach(words, style, unit.indent, labels)
        found.append(Paragraph(_prose_runs(" ".join(words.split("\n"))), style, labels))
    return tuple(found)


class _Below(NamedTuple):
    """What a private passage lends to the items below it: those of the list that it leads in, or that are nested in it.

    Args:
        labels: its own.
        indent: items further in than that are below it.
    """

    labels: frozenset[str] = NO_LABELS
    indent: int = -1

    def reach(self, words: str, style: Style, indent: int, own: frozenset[str]) -> "tuple[frozenset[str], _Below]":
        """Return the labels of a paragraph or item, and what it lends to those that follow."""
        if style not in _PROSE_STYLES:
            return own, _Below(own if words.rstrip().endswith(":") else NO_LABELS)
        if self.labels and indent > self.indent:
            return own | self.labels, self
        return own, _Below(own, indent)


def _prose_runs(text: str) -> tuple[Run, ...]:
    pieces = _BOLD.split(text)
    if len(pieces) % 2 == 0:
        return (Run(text),)
    return tuple(Run(piece, bold=number % 2 == 1) for number, piece in enumerate(pieces) if piece)
