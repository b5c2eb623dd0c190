"""The first net for PDF, which LibreOffice makes of a proved Word document: its text, its properties, its every string.

The text is read by pypdf, a reader that is not ours, and compared without white space, since lines break anywhere.
Nothing may be left over but signs of lists. What cannot be told from outside is whether a picture or font holds more.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tipletters.config import House
from tipletters.letter import EMPTY, HEADINGS, Control, Fill, Letter, Paragraph, Table, clean, texts
from tipletters.proof.expected import left_over, numbered, of_head
from tipletters.proof.passage import Paper
from tipletters.proof.word import fixed_of
from tipletters.quiet import Quiet
from tipletters.writers.docx import package_for
from tipletters.writers.look import Look

_DATE = re.compile(r"D:[0-9+\-Z']{4,24}")
_PRODUCER = re.compile(r"LibreOffice [0-9.]+(?: \(\w+\))?(?: / LibreOffice Community)?|Writer")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_OF_XMP = re.compile(
    r"x-default|application/pdf|uuid:[0-9a-f-]{36}|\d{4}-\d\d-\d\dT[0-9:+Z-]{8,14}|[0-9.]{1,3}"
    rf"|{_PRODUCER.pattern}"
)
_NOT_OURS = frozenset(
    "/Annots /AcroForm /EmbeddedFiles /EmbeddedFile /AF /JavaScript /JS /AA /Launch /URI "
    "/PieceInfo /Thumb /OCProperties /Collection /RichMedia".split()
)
_HEAD = re.compile(rb"%PDF-1\.\d\s+(?:%[\x80-\xff]{1,8}\s+)?")
_SIGNS = re.compile("[•☐\0]*")
_PAGE_NUMBER = re.compile("[0-9]{1,3}")


def prove_pdf(data: bytes, letter: Letter, look: Look, house: House) -> Paper:
    """Prove that a PDF shows its letterhead and its letter, and holds nothing else that can be read.

    Args, returns and raises as `prove_docx`.
    """
    fixed = fixed_of(package_for(letter, look, house)).paper
    organisation = house.config.organisation
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages]
        held = _held(reader)
        _prove_bytes(data, reader)
    except (PyPdfError, ValueError, KeyError, RecursionError, etree.XMLSyntaxError):
        raise left_over("the PDF") from None
    if "/Image" in held.names and not (organisation.logo or organisation.letterhead):
        raise left_over("a picture in the PDF")
    _prove_strings(held.strings, letter, frozenset(fixed.printed))
    _prove_pages(pages, letter, fixed.printed, own_letterhead=bool(organisation.letterhead))
    return Paper((*fixed.texts, *held.names), fixed.printed)


@dataclass(repr=False)
class _Held(Quiet):
    """What can be reached in a PDF: strings with the keys under which they stand, names, numbers of objects."""

    strings: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    objects: set[int] = field(default_factory=set)


def _held(reader: PdfReader) -> _Held:
    """Return what can be reached from the beginning of a PDF.

    Raises:
        ValueError: there is something that a printed letter never holds, such as an attached file.
    """
    held = _Held()
    waiting: list[tuple[str, Any]] = [("", reader.trailer)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, IndirectObject):
            if value.idnum in held.objects:
                continue
            held.objects.add(value.idnum)
            value = value.get_object()
        if isinstance(value, DictionaryObject):
            if _NOT_OURS.intersection(value):
                raise ValueError("not a printed letter")
            held.names.update(value)
            waiting += value.items()
            if value.get("/Type") == "/Metadata" and isinstance(value, StreamObject):
                held.strings += [("/Metadata", text) for text in _of_xmp(value.get_data())]
        elif isinstance(value, ArrayObject):
            waiting += [(key, one) for one in value]
        elif isinstance(value, NameObject):
            held.names.add(value)
        elif isinstance(value, TextStringObject | ByteStringObject) and key != "/ID":
            held.strings.append((key, value if isinstance(value, str) else value.decode("latin-1")))
    for number in reader.xref.get(0, {}):
        if number not in held.objects and not isinstance(reader.get_object(number), NumberObject):
            raise ValueError("an object that nothing leads to")
    return held


def _prove_bytes(data: bytes, reader: PdfReader) -> None:
    """Prove that nothing stands before, between or after the objects.

    Raises:
        ValueError: something does.
    """
    places = sorted(reader.xref.get(0, {}).values())
    if data.count(b"startxref") != 1 or data.rpartition(b"%%EOF")[2].strip() or not places:
        raise ValueError("something after the end")
    if not _HEAD.fullmatch(data[: places[0]]):
        raise ValueError("something before the beginning")
    end = data.rindex(b"startxref")
    table = int(data[end + 9 :].split()[0])
    if data[table : table + 4] == b"xref":
        if b"%" in data[table:end]:
            raise ValueError("something in the table of objects")
        end = table
    for place, after in pairwise((*places, end)):
        if data[place:after].rstrip()[-6:] != b"endobj" or data.count(b"endobj", place, after) != 1:
            raise ValueError("something between two objects")


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
        "/Alt": printed,
    }
    for key, text in strings:
        if key in ("/CreationDate", "/ModDate"):
            fine = bool(_DATE.fullmatch(text))
        elif key in ("/Creator", "/Producer"):
            fine = bool(_PRODUCER.fullmatch(text))
        elif key == "/Lang":
            fine = bool(_LANGUAGE.fullmatch(text))  # the letterhead's own
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
    for block, number in numbered(letter.blocks):
        if isinstance(block, Control):
            empty, asked = EMPTY[block.fill], f"{block.text} {block.key}"
            yield from (f"{empty} {asked}",) if block.fill is Fill.TICK else (asked, empty)
            continue
        for text in texts(block):
            yield number + text


def _bare(text: str) -> str:
    return "".join(clean(text).split()).replace("\xad", "")
