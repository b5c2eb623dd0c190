"""Reads an OpenDocument text as far as a returned review copy needs it."""

from collections.abc import Iterator
from typing import Any

from tipletters.review.story import Cell, Note, Story, damaged, lines_cleaned, opened, parsed
from tipletters.review.struck import struck_odt

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LO = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MOST_SPACES = 100
_ASIDE = (f"{_OFFICE}annotation", f"{_TEXT}note")
_Struck = frozenset[str]


def read_odt_story(data: bytes) -> Story:
    """Return the story of an OpenDocument text.

    Raises:
        ReadError: it is damaged or no OpenDocument text.
    """
    with opened(data) as archive:
        names = set(archive.namelist())
        if "content.xml" not in names:
            raise damaged()
        content = parsed(archive, "content.xml")
        feet = parsed(archive, "styles.xml") if "styles.xml" in names else None
    body = next(content.iter(f"{_OFFICE}text"), None)
    if body is None:
        raise damaged()
    story, struck = Story(), struck_odt(feet, content)
    notes: list[Note] = []
    for tracked in list(body.iter(f"{_TEXT}tracked-changes")):
        story.changes = sum(1 for _ in tracked.iter(f"{_TEXT}changed-region"))
        tracked.getparent().remove(tracked)
    for item in _odt_blocks(body):
        notes += _odt_notes(item, len(story.lines))
        if item.tag == f"{_TABLE}table":
            _odt_table(item, story, struck)
        else:
            story.lines.append(_odt_text(item, struck))
    story.comments = tuple(notes)
    marks = (f"{_TEXT}p", f"{_TEXT}h")
    story.everything = [*story.lines, *(_odt_text(p) for p in (feet.iter(*marks) if feet is not None else ()))]
    return story


def _odt_blocks(body: Any) -> Iterator[Any]:
    for child in body:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _ASIDE:  # lists, sections, frames with words in them
            yield from _odt_blocks(child)


def _odt_table(table: Any, story: Story, struck: _Struck) -> None:
    for row in table.iter(f"{_TABLE}table-row"):
        texts = []
        for cell in row.iter(f"{_TABLE}table-cell"):
            paragraphs = tuple(_odt_text(one, struck) for one in _odt_blocks(cell))
            texts.append(" ".join(filter(None, paragraphs)))
            box = next((one for one in cell.iter(f"{_LO}content-control") if one.get(f"{_LO}checkbox")), None)
            checked = box.get(f"{_LO}checked") == "true" if box is not None else None
            tag = next((one.get(f"{_LO}tag", "") for one in cell.iter(f"{_LO}content-control")), "")
            story.cells.append(Cell(paragraphs, len(story.lines), tag, checked))
        story.lines.append(" | ".join(texts))


def _odt_text(paragraph: Any, struck: _Struck = frozenset()) -> str:
    return lines_cleaned("".join(_odt_parts(paragraph, struck, through=False)))


def _odt_parts(item: Any, struck: _Struck, *, through: bool) -> Iterator[str]:
    through = through or item.get(f"{_TEXT}style-name") in struck
    yield "" if through else item.text or ""
    for child in item:
        if child.tag == f"{_TEXT}s":
            yield _spaces(child.get(f"{_TEXT}c", "1"))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " " if child.tag.endswith("tab") else "\n"
        elif isinstance(child.tag, str) and child.tag not in _ASIDE:
            yield from _odt_parts(child, struck, through=through)
        yield "" if through else child.tail or ""


def _spaces(number: str) -> str:
    try:
        return " " * min(int(number), _MOST_SPACES)
    except ValueError:
        raise damaged() from None


def _odt_notes(item: Any, line: int) -> Iterator[Note]:
    for one in item.iter(f"{_OFFICE}annotation"):
        author = next((found.text or "" for found in one.iter(f"{_DC}creator")), "")
        text = "\n".join(filter(None, (_odt_text(p) for p in one.iter(f"{_TEXT}p"))))
        yield Note(author, text, "", line)
    for one in item.iter(f"{_TEXT}note"):
        body = one.find(f"{_TEXT}note-body")
        if body is not None:
            yield Note("", "\n".join(filter(None, map(_odt_text, _odt_blocks(body)))), "", line)
