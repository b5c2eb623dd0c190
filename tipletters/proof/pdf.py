"""The first net for PDF, which LibreOffice makes of a proved Word document: its text, its properties, its every string.

The text is read by pypdf, a reader that is not ours, and compared without white space, since lines break anywhere.
Nothing may be left over but signs of lists. What cannot be told from outside is whether a picture or font holds more.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from tipletters.config import House
from tipletters.letter import EMPTY, HEADINGS, Control, Fill, Letter, Paragraph, Style, Table, clean, shown, texts
from tipletters.proof.expected import left_over, of_head
from tipletters.proof.passage import Paper
from tipletters.proof.word import fixed_of
from tipletters.writers.docx import package_for
from tipletters.writers.look import Look

_DATE = re.compile(r"D:[0-9+\-Z']{4,24}")
_PRODUCER = re.compile(r"LibreOffice [0-9.]+(?: \(\w+\))?(?: / LibreOffice Community)?|Writer")
_OF_XMP = re.compile(
    r"x-default|application/pdf|uuid:[0-9a-f-]{36}|\d{4}-\d\d-\d\dT[0-9:+Z-]{8,14}|[0-9.]{1,3}"
    r"|LibreOffice [0-9.]+(?: \(\w+\))?(?: / LibreOffice Community)?|Writer"
)
_NOT_OURS = frozenset(
    "/Annots /AcroForm /EmbeddedFiles /EmbeddedFile /AF /JavaScript /JS /AA /Launch /URI "
    "/PieceInfo /Thumb /OCProperties /Collection /RichMedia".split()
)
_SIGNS = re.compile("[•☐\0]*")
_PAGE_NUMBER = re.compile("[0-9]{1,3}")


def prove_pdf(data: bytes, letter: Letter, look: Look, house: House) -> Paper:
    """Prove that a PDF shows its letterhead and its letter, and holds nothing else that can be read.

    Args, returns and raises as `prove_docx`.
    """
    fixed = fixed_of(package_for(letter, look, house))
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages]
        strings = list(_strings(reader.trailer))
    except (PyPdfError, ValueError, KeyError, RecursionError, etree.XMLSyntaxError):
        raise left_over("the PDF") from None
    if data.count(b"startxref") != 1 or data[-64:].partition(b"%%EOF")[2].strip():
        raise left_over("the end of the PDF")
    _prove_strings(strings, letter, frozenset(fixed.paper.printed))
    _prove_pages(pages, letter, fixed.paper.printed, own_letterhead=bool(house.config.organisation.letterhead))
    return fixed.paper


def _strings(root: Any) -> Iterator[tuple[str, str]]:
    """Yield every string that can be reached, with the key under which it stands.

    Raises:
        ValueError: there is something that a printed letter never holds, such as an attached file.
    """
    waiting, seen = [("", root)], set()
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, IndirectObject):
            if value.idnum in seen:
                continue
            seen.add(value.idnum)
            value = value.get_object()
        if isinstance(value, DictionaryObject):
            if _NOT_OURS.intersection(value):
                raise ValueError("not a printed letter")
            waiting += value.items()
            if value.get("/Type") == "/Metadata" and isinstance(value, StreamObject):
                yield from (("/Metadata", text) for text in _of_xmp(value.get_data()))
        elif isinstance(value, ArrayObject):
            waiting += [(key, one) for one in value]
        elif isinstance(value, TextStringObject | ByteStringObject) and key != "/ID":
            yield key, value if isinstance(value, str) else value.decode("latin-1")


def _of_xmp(data: bytes) -> Iterator[str]:
    """Yield what the properties say in their second form (XMP): texts and attributes."""
    for element in etree.fromstring(data, etree.XMLParser(resolve_entities=False)).iter():
        said = (element.text, element.tail, *element.attrib.values())
        yield from (text.strip() for text in said if text and text.strip())


def _prove_strings(strings: list[tuple[str, str]], letter: Letter, printed: frozenset[str]) -> None:
    head = letter.head
    headings = {clean(one.text) for one in letter.blocks if isinstance(one, Paragraph) and one.style in HEADINGS}
    known = {
        "/Title": {clean(head.title), *headings},  # the document's, and those in its list of contents
        "/Author": {clean(head.author)},
        "/Lang": {head.language},
        "/Alt": printed,
    }
    for key, text in strings:
        if key in ("/CreationDate", "/ModDate"):
            fine = bool(_DATE.fullmatch(text))
        elif key in ("/Creator", "/Producer"):
            fine = bool(_PRODUCER.fullmatch(text))
        elif key == "/Metadata":
            fine = text in {clean(head.title), clean(head.author), head.language} or bool(_OF_XMP.fullmatch(text))
        else:
            fine = text in known.get(key, ())
        if not fine:
            raise left_over("the properties of the PDF")


def _prove_pages(pages: list[str], letter: Letter, printed: tuple[str, ...], *, own_letterhead: bool) -> None:
    said = []
    for number, page in enumerate(pages, start=1):
        foot = _bare(f"Reference {letter.head.reference} · Page {number} of {len(pages)}")
        text = _bare(page)
        if foot not in text:
            raise left_over("the foot of a page of the PDF")
        said.append(text.replace(foot, "", 1))
    left = "".join(said)
    pieces = [*map(_bare, of_head(letter.head)), *map(_bare, _pieces(letter))]
    for piece in sorted(filter(None, pieces), key=len, reverse=True):
        if piece not in left:
            raise left_over("the text of the PDF")
        left = left.replace(piece, "\0", 1)
    again = (text for block in letter.blocks if isinstance(block, Table) for text in texts(Table(block.header, ())))
    for piece in sorted(filter(None, map(_bare, (*printed, *again))), key=len, reverse=True):
        left = left.replace(piece, "")  # a table's head stands on each of its pages
    if own_letterhead:
        left = _PAGE_NUMBER.sub("", left)
    if not _SIGNS.fullmatch(left):
        raise left_over("the text of the PDF")


def _pieces(letter: Letter) -> Iterator[str]:
    number = 0
    for block in shown(letter.blocks):
        number = number + 1 if isinstance(block, Paragraph) and block.style is Style.NUMBER else 0
        if isinstance(block, Control):
            empty, asked = EMPTY[block.fill], f"{block.text} {block.key}"
            yield from (f"{empty} {asked}",) if block.fill is Fill.TICK else (asked, empty)
            continue
        for text in texts(block):
            yield (f"{number}. " if number else "") + text


def _bare(text: str) -> str:
    return "".join(clean(text).split()).replace("\xad", "")
