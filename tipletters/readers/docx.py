"""Reads our own Word documents back as the Letter they were printed from (without labels, which are never written)."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from tipletters.errors import ReadError
from tipletters.letter import Block, Cell, Head, Letter, Paragraph, Row, Run, Style, Table, join_runs
from tipletters.readers.controls import controls_of
from tipletters.writers.names import ADDRESSEE, DATE, FRAME, GAP, STRONG, STYLE_NAMES

_STYLES = {name: style for style, name in STYLE_NAMES.items()}


def read_docx(data: bytes) -> Letter:
    """Return the letter in one of our own documents.

    Raises:
        ReadError: this is no Word document, or not one of ours.
    """
    try:
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise ReadError("This is not a Word document.", then="Choose a file that ends in .docx.") from None
    lines: dict[str, list[str]] = {ADDRESSEE: [], FRAME: [], DATE: []}
    blocks: list[Block] = []
    for item in document.iter_inner_content():
        if isinstance(item, WordTable):
            blocks += list(controls_of(item)) or [_table(item)]
            continue
        name = item.style.name if item.style is not None and item.style.name else "Normal"
        if name in lines:
            lines[name].append(item.text)
        elif name != GAP:
            blocks.append(_paragraph(item, name))
    return Letter(_head(document, lines), tuple(blocks))


def _head(document: Any, lines: dict[str, list[str]]) -> Head:
    properties = document.core_properties
    if properties.created is None:
        raise ReadError("This document was not made by tipletters.", then="Choose a letter that tipletters wrote.")
    return Head(
        title=properties.title,
        reference=properties.identifier,
        date=properties.created.date(),
        author=properties.author,
        language=properties.language,
        addressee=tuple(lines[ADDRESSEE]),
        frame=tuple(lines[FRAME]),
    )


def _paragraph(paragraph: WordParagraph, name: str) -> Paragraph:
    return Paragraph(join_runs(_runs(paragraph)), _STYLES.get(name, Style.BODY))


def _runs(paragraph: WordParagraph) -> Iterator[Run]:
    for run in paragraph.runs:
        strong = run.style is not None and run.style.name == STRONG
        yield Run(run.text, bold=bool(run.bold) or strong)


def _table(table: WordTable) -> Table:
    rows = [(_is_head(row), tuple(_cell(cell) for cell in row.cells)) for row in table.rows]
    head = rows.pop(0)[1] if rows and rows[0][0] else ()
    return Table(head, tuple(Row(cells) for _, cells in rows))


def _is_head(row: Any) -> bool:
    properties = row._tr.trPr
    return properties is not None and properties.find(qn("w:tblHeader")) is not None


def _cell(cell: Any) -> Cell:
    return join_runs(run for paragraph in cell.paragraphs for run in _runs(paragraph))
