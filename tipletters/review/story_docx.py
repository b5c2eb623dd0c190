"""Reads a Word document as far as a returned review copy needs it."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from tipletters.letter import clean
from tipletters.review.story import Cell, Note, Story, damaged, lines_cleaned, opened, parsed
from tipletters.review.struck import docx_strikes, struck_docx

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MOST_ABOUT = 2000
# Comments, and notes at the foot or the end: the file, its elements, and what refers to them in the text.
_NOTES = {"comments": "comment", "footnotes": "footnote", "endnotes": "endnote"}
_Struck = frozenset[str]


def read_docx_story(data: bytes) -> Story:
    """Return the story of a Word document.

    Raises:
        ReadError: it is damaged or no Word document.
    """
    with opened(data) as archive:
        names = set(archive.namelist())
        if "word/document.xml" not in names:
            raise damaged()
        body = parsed(archive, "word/document.xml").find(f"{_W}body")
        notes = {of: parsed(archive, f"word/{file}.xml") for file, of in _NOTES.items() if f"word/{file}.xml" in names}
        struck = struck_docx(parsed(archive, "word/styles.xml") if "word/styles.xml" in names else None)
        feet = [parsed(archive, name) for name in sorted(names) if name.startswith(("word/footer", "word/header"))]
    if body is None:
        raise damaged()
    story = Story()
    starts: dict[str, int] = {}
    for item in _children(body):
        if item.tag == f"{_W}tbl":
            _docx_table(item, story, starts, struck)
        else:
            _note_starts(item, starts, len(story.lines))
            story.lines.append(_docx_text(item, struck))
    story.comments = tuple(_docx_notes(body, notes, starts, len(story.lines)))
    changed = ("ins", "del", "moveFrom", "moveTo")
    story.changes = sum(1 for tag in changed for _ in body.iter(f"{_W}{tag}"))
    story.everything = [*story.lines, *(_docx_text(one) for foot in feet for one in foot.iter(f"{_W}p"))]
    return story


def _children(body: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, also those inside block controls."""
    for child in body:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _children(child)


def _docx_table(table: Any, story: Story, starts: dict[str, int], struck: _Struck) -> None:
    for row in table.iter(f"{_W}tr"):
        _note_starts(row, starts, len(story.lines))
        texts = []
        for cell in row.iter(f"{_W}tc"):
            paragraphs = tuple(_docx_text(one, struck) for one in cell.iter(f"{_W}p"))
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


def _docx_text(paragraph: Any, struck: _Struck = frozenset()) -> str:
    parts = []
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    through = style is not None and style.get(f"{_W}val") in struck
    for one in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if any(above.tag in (f"{_W}del", f"{_W}moveFrom") for above in one.iterancestors()):
            continue
        if _is_struck(next(one.iterancestors(f"{_W}r"), None), struck, through):
            continue
        if one.tag == f"{_W}t":
            parts.append(one.text or "")
        elif one.tag == f"{_W}noBreakHyphen":
            parts.append("\u2011")
        elif one.getparent().tag == f"{_W}r":
            parts.append("\n" if one.tag != f"{_W}tab" else " ")
    return lines_cleaned("".join(parts))


def _is_struck(run: Any, struck: _Struck, paragraph: bool) -> bool:
    properties = run.find(f"{_W}rPr") if run is not None else None
    said = docx_strikes(properties)
    style = properties.find(f"{_W}rStyle") if properties is not None else None
    named = style is not None and style.get(f"{_W}val") in struck
    return named or paragraph if said is None else said


def _note_starts(item: Any, starts: dict[str, int], line: int) -> None:
    marks = ("commentRangeStart", "commentReference", "footnoteReference", "endnoteReference")
    for one in item.iter(*(f"{_W}{mark}" for mark in marks)):
        of = etree.QName(one).localname.removesuffix("RangeStart").removesuffix("Reference")
        starts.setdefault(f"{of} {one.get(f'{_W}id', '')}", line)


def _docx_notes(body: Any, notes: dict[str, Any], starts: dict[str, int], without: int) -> Iterator[Note]:
    about = _docx_ranges(body) if "comment" in notes else {}
    for of, part in notes.items():
        for one in part.iter(f"{_W}{of}"):
            if one.get(f"{_W}type", "normal") != "normal":  # the lines that Word draws above footnotes
                continue
            key = one.get(f"{_W}id", "")
            text = "\n".join(filter(None, (_docx_text(p) for p in one.iter(f"{_W}p"))))
            where = about.get(key, "") if of == "comment" else ""
            yield Note(one.get(f"{_W}author", ""), text, where, starts.get(f"{of} {key}", without))


def _docx_ranges(body: Any) -> dict[str, str]:
    """Return the words that each comment is about, up to as many as a passage has."""
    words, at = [], 0
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    for one in body.iter(f"{_W}commentRangeStart", f"{_W}commentRangeEnd", f"{_W}t"):
        if one.tag == f"{_W}t":
            words.append(one.text or "")
            at += len(words[-1])
        else:
            (begins if one.tag == f"{_W}commentRangeStart" else ends)[one.get(f"{_W}id", "")] = at
    text = "".join(words)
    return {key: clean(text[start : min(ends.get(key, at), start + _MOST_ABOUT)]) for key, start in begins.items()}
