"""Reads the XML of a Word or OpenDocument text as far as a returned review copy needs it.

Whatever program saved it last: a cell of a table keeps its words, also where tags of controls were lost. Deleted text
of open changes is left out and inserted text is taken in.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tipletters.errors import ReadError
from tipletters.letter import clean
from tipletters.quiet import Quiet

_BROKEN = (
    etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, OSError, RuntimeError,
    ValueError, NotImplementedError, OverflowError,
)  # fmt: skip
# A review copy has some hundred kilobytes; what unpacks to more than this is no letter.
_MOST = 50_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LO = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, repr=False)
class Cell(Quiet):
    """A cell of a table.

    Args:
        paragraphs: its words.
        line: the line that it stands at.
        tag: its control's tag, where that was not lost.
        checked: what its box holds; None where it has none.
        typed: its control says that its words were typed, also where they are the words of an empty one. LibreOffice,
            which drops the tag, says so of empty ones too.
    """

    paragraphs: tuple[str, ...]
    line: int
    tag: str = ""
    checked: bool | None = None
    typed: bool = False


@dataclass(frozen=True, repr=False)
class Note(Quiet):
    """A comment: who wrote it, what it says, the words and the line that it stands at."""

    author: str
    text: str
    about: str
    line: int


@dataclass(repr=False)
class Story(Quiet):
    """A document as it reads: its lines, the cells of its tables, comments, and how many changes are open."""

    lines: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    comments: tuple[Note, ...] = ()
    changes: int = 0
    everything: list[str] = field(default_factory=list)


def read_docx_story(data: bytes) -> Story:
    """Return the story of a Word document.

    Raises:
        ReadError: it is damaged or no Word document.
    """
    with _opened(data) as archive:
        names = set(archive.namelist())
        if "word/document.xml" not in names:
            raise _damaged()
        body = _parsed(archive, "word/document.xml").find(f"{_W}body")
        notes = _parsed(archive, "word/comments.xml") if "word/comments.xml" in names else None
        feet = [_parsed(archive, name) for name in sorted(names) if name.startswith(("word/footer", "word/header"))]
    if body is None:
        raise _damaged()
    story = Story()
    starts: dict[str, int] = {}
    for item in _children(body):
        _note_starts(item, starts, len(story.lines))
        if item.tag == f"{_W}tbl":
            _docx_table(item, story, starts)
        else:
            story.lines.append(_docx_text(item))
    story.comments = tuple(_docx_comments(body, notes, starts))
    changed = ("ins", "del", "moveFrom", "moveTo")
    story.changes = sum(1 for tag in changed for _ in body.iter(f"{_W}{tag}"))
    story.everything = [*story.lines, *(_docx_text(one) for foot in feet for one in foot.iter(f"{_W}p"))]
    return story


def _children(body: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, also those inside block controls."""
    for child in body:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child)


def _docx_table(table: Any, story: Story, starts: dict[str, int]) -> None:
    for row in table.iter(f"{_W}tr"):
        _note_starts(row, starts, len(story.lines))
        texts = []
        for cell in row.iter(f"{_W}tc"):
            paragraphs = tuple(_docx_text(one) for one in cell.iter(f"{_W}p"))
            texts.append(" ".join(filter(None, paragraphs)))
            story.cells.append(_docx_cell(cell, paragraphs, len(story.lines)))
        story.lines.append(" | ".join(texts))


def _docx_cell(cell: Any, paragraphs: tuple[str, ...], line: int) -> Cell:
    tag, checked, typed = "", None, False
    for properties in cell.iter(f"{_W}sdtPr"):
        typed = properties.find(f"{_W}showingPlcHdr") is None
        found = properties.find(f"{_W}tag")
        tag = found.get(f"{_W}val", "") if found is not None else tag
        box = next(properties.iter(f"{_W14}checked"), None)
        if box is not None:
            checked = box.get(f"{_W14}val") in ("1", "true", "on")
    return Cell(paragraphs, line, tag, checked, typed and bool(tag))


def _docx_text(paragraph: Any) -> str:
    parts = []
    for one in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if any(above.tag in (f"{_W}del", f"{_W}moveFrom") for above in one.iterancestors()):
            continue
        if one.tag == f"{_W}t":
            parts.append(one.text or "")
        elif one.tag == f"{_W}noBreakHyphen":
            parts.append("\u2011")
        elif one.getparent().tag == f"{_W}r":
            parts.append("\n" if one.tag != f"{_W}tab" else " ")
    return _lines_cleaned("".join(parts))


def _note_starts(item: Any, starts: dict[str, int], line: int) -> None:
    for one in item.iter(f"{_W}commentRangeStart", f"{_W}commentReference"):
        starts.setdefault(one.get(f"{_W}id", ""), line)


def _docx_comments(body: Any, notes: Any, starts: dict[str, int]) -> Iterator[Note]:
    if notes is None:
        return
    for one in notes.iter(f"{_W}comment"):
        key = one.get(f"{_W}id", "")
        text = "\n".join(filter(None, (_docx_text(p) for p in one.iter(f"{_W}p"))))
        yield Note(one.get(f"{_W}author", ""), text, _docx_range(body, key), starts.get(key, 0))


def _docx_range(body: Any, key: str) -> str:
    parts, inside = [], False
    for one in body.iter(f"{_W}commentRangeStart", f"{_W}commentRangeEnd", f"{_W}t"):
        if one.tag == f"{_W}t":
            parts += [one.text or ""] if inside else []
        elif one.get(f"{_W}id") == key:
            inside = one.tag == f"{_W}commentRangeStart"
    return clean("".join(parts))


def read_odt_story(data: bytes) -> Story:
    """Return the story of an OpenDocument text.

    Raises:
        ReadError: it is damaged or no OpenDocument text.
    """
    with _opened(data) as archive:
        names = set(archive.namelist())
        if "content.xml" not in names:
            raise _damaged()
        content = _parsed(archive, "content.xml")
        feet = _parsed(archive, "styles.xml") if "styles.xml" in names else None
    body = next(content.iter(f"{_OFFICE}text"), None)
    if body is None:
        raise _damaged()
    story = Story()
    notes: list[Note] = []
    for tracked in list(body.iter(f"{_TEXT}tracked-changes")):
        story.changes = sum(1 for _ in tracked.iter(f"{_TEXT}changed-region"))
        tracked.getparent().remove(tracked)
    for item in _odt_blocks(body):
        notes += _odt_notes(item, len(story.lines))
        if item.tag == f"{_TABLE}table":
            _odt_table(item, story)
        else:
            story.lines.append(_odt_text(item))
    story.comments = tuple(notes)
    marks = (f"{_TEXT}p", f"{_TEXT}h")
    story.everything = [*story.lines, *(_odt_text(p) for p in (feet.iter(*marks) if feet is not None else ()))]
    return story


def _odt_blocks(body: Any) -> Iterator[Any]:
    for child in body:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table"):
            yield child
        elif child.tag in (f"{_TEXT}list", f"{_TEXT}list-item", f"{_TEXT}section", f"{_TEXT}list-header"):
            yield from _odt_blocks(child)


def _odt_table(table: Any, story: Story) -> None:
    for row in table.iter(f"{_TABLE}table-row"):
        texts = []
        for cell in row.iter(f"{_TABLE}table-cell"):
            paragraphs = tuple(_odt_text(one) for one in _odt_blocks(cell))
            texts.append(" ".join(filter(None, paragraphs)))
            box = next((one for one in cell.iter(f"{_LO}content-control") if one.get(f"{_LO}checkbox")), None)
            checked = box.get(f"{_LO}checked") == "true" if box is not None else None
            tag = next((one.get(f"{_LO}tag", "") for one in cell.iter(f"{_LO}content-control")), "")
            story.cells.append(Cell(paragraphs, len(story.lines), tag, checked))
        story.lines.append(" | ".join(texts))


def _odt_text(paragraph: Any) -> str:
    return _lines_cleaned("".join(_odt_parts(paragraph)))


def _odt_parts(item: Any) -> Iterator[str]:
    yield item.text or ""
    for child in item:
        if child.tag == f"{_TEXT}s":
            yield " " * int(child.get(f"{_TEXT}c", "1"))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " " if child.tag.endswith("tab") else "\n"
        elif isinstance(child.tag, str) and child.tag not in (f"{_OFFICE}annotation", f"{_TEXT}note"):
            yield from _odt_parts(child)
        yield child.tail or ""


def _odt_notes(item: Any, line: int) -> Iterator[Note]:
    for one in item.iter(f"{_OFFICE}annotation"):
        author = next((found.text or "" for found in one.iter(f"{_DC}creator")), "")
        text = "\n".join(filter(None, (_odt_text(p) for p in one.iter(f"{_TEXT}p"))))
        yield Note(author, text, "", line)


def _lines_cleaned(text: str) -> str:
    return "\n".join(clean(line).strip() for line in text.split("\n")).strip()


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(one.file_size for one in archive.infolist()) > _MOST:
            raise _damaged()
    except _BROKEN:
        raise _damaged() from None
    return archive


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except _BROKEN:
        raise _damaged() from None


def _damaged() -> ReadError:
    return ReadError(
        "This document is damaged, or of a kind that we cannot read.",
        then="Open it in Word or LibreOffice, save it again, and try once more. Or use “tipletters review enter”.",
    )
