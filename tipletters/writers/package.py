"""Prepares a Word package once for a letterhead and a look: everything but the letter itself."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml import etree

from tipletters.config import House
from tipletters.errors import CaseError
from tipletters.writers.images import without_metadata
from tipletters.writers.letterhead import open_letterhead, strip
from tipletters.writers.look import Look
from tipletters.writers.styles import INK, WINDOW, put_lists, put_styles
from tipletters.writers.zipped import Mould, Part, mould, packed, part

# Stands in the prepared parts where the letter's reference will be printed.
REFERENCE = "\u27e6reference\u27e7"
_MARGIN = Mm(25)


@dataclass(frozen=True)
class Package:
    """A prepared package.

    Args:
        parts: the parts that are the same in every letter, compressed.
        moulds: parts that hold the reference.
        section: the section's settings, as XML.
        lists: the numbers of our lists in this package.
        background: the page's colour, or nothing.
    """

    parts: tuple[Part, ...]
    moulds: tuple[Mould, ...]
    section: str
    lists: tuple[tuple[str, int], ...]
    background: str

    @property
    def changing(self) -> dict[str, str]:
        """The parts that hold the reference, as text, by their names."""
        return {one.name: REFERENCE.encode().join(one.around).decode() for one in self.moulds}

    @property
    def base(self) -> bytes:
        """An archive of the parts that are the same in every letter."""
        return packed(self.parts)


@lru_cache(maxsize=32)
def prepare(house: House, look: Look, numbered: int) -> Package:
    """Return the package for an organisation and a look. It holds no text of any letter.

    Args:
        house: the organisation's settings and where its files lie.
        look: sizes and colours.
        numbered: how many numbered lists a letter may have.

    Raises:
        CaseError: the logo or letterhead cannot be used.
    """
    letterhead = house.file(house.config.organisation.letterhead)
    document = open_letterhead(letterhead) if letterhead else docx.Document()
    strip(document)
    put_styles(document, look, own=letterhead is None)
    if letterhead is None:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        _page(document, look)
        _head(document, house, look)
    lists = put_lists(document, look, numbered)
    _foot(document, look)
    _settings(document, look)
    return _packed(document, lists, look)


def _page(document: Document, look: Look) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin = Mm(20), Mm(22 if look.size < 16 else 25)
    section.header_distance, section.footer_distance = Mm(12), Mm(12)
    section.different_first_page_header_footer = True


def _head(document: Document, house: House, look: Look) -> None:
    """Print logo, name and address of the organisation at the head of the first page, clear of the window."""
    organisation = house.config.organisation
    header = document.sections[0].first_page_header
    header.is_linked_to_previous = False
    lines = [organisation.name, *organisation.address]
    table: Any = header.add_table(1, 2, Mm(160))
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Mm(60), Mm(100)
    table.rows[0].height = WINDOW["y"] - Mm(12) - Mm(2) if look.addressed else Mm(27)
    logo = house.file(organisation.logo)
    if logo:
        _logo(left.paragraphs[0], logo, organisation.logo_alt or organisation.name)
    for number, line in enumerate(filter(None, lines)):
        paragraph = right.paragraphs[0] if number == 0 else right.add_paragraph()
        _plain_line(paragraph, line, look.size + (2 if number == 0 else 0), bold=number == 0)
        paragraph.alignment = 2
    header.paragraphs[0]._p.getparent().remove(header.paragraphs[0]._p)
    last = header.add_paragraph()
    last.paragraph_format.space_after, last.paragraph_format.line_spacing = Pt(0), Pt(2)


def _plain_line(paragraph: Any, text: str, size: int, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size, run.font.color.rgb = Pt(size), INK
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.0


def _logo(paragraph: Any, path: Path, alt: str) -> None:
    picture = without_metadata(path)
    try:
        shape = paragraph.add_run().add_picture(picture, height=Mm(20))
    except (UnrecognizedImageError, OSError, ValueError):
        raise CaseError(
            "The logo is not an image that Word can show.", where=str(path), then="Use a PNG or JPEG file."
        ) from None
    if shape.width > Mm(58):
        shape.height = int(shape.height * Mm(58) / shape.width)
        shape.width = Mm(58)
    # No taller than its row: where the header grows, LibreOffice leaves a heading alone at the foot of the page.
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.0
    shape._inline.docPr.set("descr", alt)
    shape._inline.docPr.set("name", "Logo")


def _foot(document: Document, look: Look) -> None:
    """Print the reference and "Page 1 of 2" at the foot of every page."""
    section = document.sections[0]
    feet = [section.footer]
    if section.different_first_page_header_footer:
        feet.append(section.first_page_footer)
    for foot in feet:
        foot.is_linked_to_previous = False
        paragraph: Any = (
            foot.add_paragraph() if any(p.text or len(p._p) > 1 for p in foot.paragraphs) else foot.paragraphs[0]
        )
        paragraph.style = document.styles["Normal"]
        _plain_line(paragraph, f"Reference {REFERENCE} · Page\u00a0", look.size)
        _field(paragraph, "PAGE", look)
        _plain_line(paragraph, "\u00a0of\u00a0", look.size)  # in large print too, “Page 10 of 12” stays together
        _field(paragraph, "NUMPAGES", look)


def _field(paragraph: Any, code: str, look: Look) -> None:
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "/>')
    _plain_line(paragraph, "1", look.size)
    run = paragraph.runs[-1]._r
    run.addprevious(field)
    field.append(run)


def _settings(document: Document, look: Look) -> None:
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    if look.background:
        settings.append(parse_xml(f"<w:displayBackgroundShape {nsdecls('w')}/>"))
    settings.append(parse_xml(_COMPAT))
    settings.append(parse_xml(f'<w:themeFontLang {nsdecls("w")} w:val="en-GB"/>'))


_COMPAT = (
    f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)


def _packed(document: Document, lists: dict[str, int], look: Look) -> Package:
    section = document.element.body.find(qn("w:sectPr"))
    saved = io.BytesIO()
    document.save(saved)
    parts, moulds = [], []
    with zipfile.ZipFile(saved) as old:
        for name in _in_order(old.namelist()):
            data = old.read(name)
            if name in ("word/document.xml", "docProps/core.xml"):
                continue
            if REFERENCE.encode() in data:
                moulds.append(mould(name, data, REFERENCE.encode()))
            else:
                parts.append(part(name, data))
    settings = (_section_xml(section), tuple(lists.items()), look.background)
    return Package(tuple(parts), tuple(moulds), *settings)


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", not name.startswith("_rels"), name))


def _section_xml(section: Any) -> str:
    xml = etree.tostring(section, encoding="unicode")
    return re.sub(r' xmlns:(?!w=|r=)\w+="[^"]*"', "", xml)
