"""The first net for Word documents: every part, name, tag, attribute and text is known, or the document is refused.

Fixed parts are those that were prepared from the organisation's settings before there was a letter; they are looked
into once per process, and compared byte for byte in each document. What changes from letter to letter (the text, the
properties, the reference at the foot) may hold the tags listed here and the redacted letter's words, in their order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import unescape

from lxml import etree

from tipletters.config import House
from tipletters.errors import ProofError
from tipletters.letter import EMPTY, Block, Control, Fill, Head, Letter, Paragraph, Place, clean, plain_block, texts
from tipletters.proof.archive import Opening, entries, opening
from tipletters.proof.expected import left_over, of_head
from tipletters.proof.passage import Paper
from tipletters.proof.vocabulary import TAGS, quoted, tags_of
from tipletters.quiet import Quiet
from tipletters.writers.docx import package_for
from tipletters.writers.look import Look
from tipletters.writers.package import REFERENCE, Package

DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
_TAG = re.compile(r"(<[^>]*>)")
_T = re.compile(r'<w:t>|<w:t xml:space="preserve">')
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_QUOTE = {"&quot;": '"'}
_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
_CORE_TAGS = re.compile(
    r"<(?:\?xml version=\"1\.0\" encoding=\"UTF-8\" standalone=\"yes\"\?|/?(?:cp:coreProperties|dc:creator"
    r"|dc:identifier|dc:language|cp:lastModifiedBy|dc:title|dcterms:created|dcterms:modified)"
    r"(?: xsi:type=\"dcterms:W3CDTF\"| xmlns:(?:cp=\"http://schemas\.openxmlformats\.org/package/2006/metadata/"
    r"core-properties\"|dc=\"http://purl\.org/dc/elements/1\.1/\"|dcterms=\"http://purl\.org/dc/terms/\""
    r"|xsi=\"http://www\.w3\.org/2001/XMLSchema-instance\"))*)>"
)


@dataclass(frozen=True, repr=False)
class Fixed(Quiet):
    """What is the same in every letter of an organisation.

    Args:
        opening: the fixed parts, with which every document opens.
        paper: what they say, for the search: letterhead, alternative texts and all.
        tags: tags of the letter's text that depend on the organisation.
    """

    opening: Opening
    paper: Paper
    tags: frozenset[str]


@lru_cache(maxsize=32)
def fixed_of(package: Package) -> Fixed:
    """Return the fixed parts of a prepared package, looked into once per process.

    Raises:
        ProofError: a part links to elsewhere or cannot be read.
    """
    base = package.base
    parts = {one.name: one.content() for one in entries(base) if one.name.endswith((".xml", ".rels"))}
    parts |= {name: part.encode() for name, part in package.changing.items()}
    read = {name: _read(part) for name, part in parts.items()}
    words = [text for root in read.values() for text in _everything(root)]
    printed = [text for name, root in read.items() if name.startswith(_AT_EDGES) for text in _printed(root)]
    background = {f'<w:background w:color="{package.background}"/>'} if package.background else set()
    numbers = dict(package.lists)
    lists = {f'<w:numId w:val="{numbers[kind]}"/>' for kind in ("bullet", "tick")}
    return Fixed(opening(base), Paper(dict.fromkeys(words), printed), frozenset(background | lists))


_AT_EDGES = ("word/header", "word/footer")


def _read(part: bytes) -> Any:
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        raise left_over("a fixed part of the Word package") from None
    if root.xpath("//*[@TargetMode='External']"):
        raise ProofError(
            "The letterhead links to something outside of the document.",
            where="its relationships",
            then="Take linked pictures and templates out of the letterhead in Word.",
        )
    return root


def _everything(root: Any) -> Iterator[str]:
    for element in root.iter():
        yield from filter(None, (element.text, element.tail, *element.attrib.values()))


def _printed(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{{{_W}}}p"):
        text = "".join(one.text or "" for one in paragraph.iter(f"{{{_W}}}t"))
        if text.strip() and REFERENCE not in text:
            yield text
    for element in root.iter():
        yield from filter(None, (element.get(name) for name in ("descr", "title")))


def prove_docx(data: bytes, letter: Letter, look: Look, house: House) -> Paper:
    """Prove that a Word document holds its fixed parts and its letter, and nothing else.

    Args:
        data: the document.
        letter: the redacted letter that it was printed from.
        look: sizes and colours.
        house: the organisation.

    Returns:
        The words of the fixed parts, so that they too can be searched.

    Raises:
        ProofError: something in it is neither.
    """
    package = package_for(letter, look, house)
    fixed = fixed_of(package)
    changing = {DOCUMENT: "", CORE: "", **package.changing}
    reference = quoted(letter.head.reference)
    if not data.startswith(fixed.opening.records):
        raise left_over("a part of the Word package")
    try:
        for entry in entries(data, fixed.opening):
            if entry.name not in changing:
                raise left_over("the parts of the Word package")
            text = entry.content().decode()
            if entry.name == DOCUMENT:
                _prove_text(text, letter, look, package, fixed)
            elif entry.name == CORE:
                _prove_properties(text, letter.head)
            elif text != changing[entry.name].replace(REFERENCE, reference):
                raise left_over("the foot of the page")
            del changing[entry.name]
    except ValueError:
        raise left_over("the Word package") from None
    if changing:
        raise left_over("the parts of the Word package")
    return fixed.paper


def _prove_text(xml: str, letter: Letter, look: Look, package: Package, fixed: Fixed) -> None:
    end = f"{package.section}</w:body></w:document>"
    if not xml.startswith(_BEGIN) or not xml.endswith(end):
        raise left_over(DOCUMENT)
    between, *runs = _T.split(xml[len(_BEGIN) : len(xml) - len(end)])
    said, others = [], {between}  # between one text and the next stand a few rows of tags, again and again
    for text, close, after in (run.partition("</w:t>") for run in runs):
        if not close:
            raise left_over(DOCUMENT)
        said.append(text)
        others.add(after)
    unknown = {tag for row in others for tag in _tags(row)} - TAGS - fixed.tags
    if unknown and not unknown <= tags_of(letter, look, package):
        raise left_over(DOCUMENT)
    expected = [*of_head(letter.head), *(text for block in letter.blocks for text in _said(block))]
    words = "".join(said)
    if "<" in words or unescape(words, _QUOTE) != "".join(expected):
        raise left_over(DOCUMENT)


def _tags(row: str) -> list[str]:
    pieces = _TAG.split(row)  # a text, a tag, a text, a tag, ...
    if any(pieces[::2]):
        raise left_over(DOCUMENT)
    return pieces[1::2]


def _said(block: Block) -> Iterator[str]:
    """Yield what a block says in a Word document, in order."""
    if isinstance(block, Paragraph) and len(block.runs) == 1 and block.place is Place.BODY:
        yield clean(block.runs[0].text)
        return
    made = plain_block(block)
    if isinstance(made, Control):
        empty = EMPTY[made.fill]
        ticked = made.fill is Fill.TICK
        yield from (empty, "  ", f"{made.text} ", made.key) if ticked else (f"{made.text} ", made.key, empty)
    elif made is not None:
        yield from texts(made)


def _prove_properties(xml: str, head: Head) -> None:
    created = f"{head.date.isoformat()}T00:00:00Z"
    said = [created, head.author, head.reference, head.language, head.author, created, head.title]
    pieces = _TAG.split(xml)
    texts = [text for text in pieces[::2] if text not in ("", "\n")]
    if not all(map(_CORE_TAGS.fullmatch, pieces[1::2])):
        raise left_over(CORE)
    if [unescape(text, _QUOTE) for text in texts] != [clean(text) for text in said if text]:
        raise left_over(CORE)
