"""What a document says of itself beside its text, for the checks: title, subject, key words and the like."""

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tipletters.readers.html import page_text
from tipletters.readers.model import hostile
from tipletters.readers.odt import OFFICE
from tipletters.readers.package import Package, parse

_PARTS = {
    "docx": ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"),
    "odt": ("meta.xml",),
}
# Of these the values are counts, versions and dates, which the program writes.
_OF_PROGRAM = frozenset(
    "created modified date creation-date print-date revision editing-cycles editing-duration generator template "
    "document-statistic totaltime pages words characters characterswithspaces application docsecurity lines "
    "paragraphs scalecrop linksuptodate appversion shareddoc hyperlinkschanged language headingpairs titlesofparts "
    "lpstr i4".split()
)
_MOST = 10_000  # elements; no program writes as many
_OF_BROWSER = frozenset({"viewport", "referrer", "generator", "robots"})


def properties(data: bytes, kind: str) -> tuple[tuple[str, str], ...]:
    """Return the properties of a document, each with its name in small letters; the author's are among them.

    Args:
        data: the document.
        kind: the kind that `read` told.

    Raises:
        ReadError: it is damaged.
    """
    if kind in _PARTS:
        package = Package(data)
        return tuple(one for name in _PARTS[kind] for one in _of_xml(package.read(name)))
    if kind == "fodt":
        return tuple(_of_elements(parse(data).find(f"{OFFICE}meta")))
    if kind == "pdf":
        return tuple(_of_pdf(data))
    if kind == "html":
        return tuple(one for one in _of_page(data[:200_000]) if one[0] not in _OF_BROWSER)
    return ()


def _of_xml(part: bytes) -> Iterator[tuple[str, str]]:
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True)) if part else None
    except etree.XMLSyntaxError:
        return
    yield from _of_elements(root)


def _of_elements(root: Any) -> Iterator[tuple[str, str]]:
    for number, element in enumerate(root.iter() if root is not None else ()):
        if number == _MOST:
            raise hostile()
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname.lower()
        value = (element.text or "").strip()
        if value and name not in _OF_PROGRAM:
            yield name, value


class _Head:
    """What lxml calls for the tags of a page; it builds no tree."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._title: list[str] = []
        self._in_title = False

    def start(self, tag: Any, attributes: Any) -> None:
        """A tag begins."""
        self._in_title = tag == "title" and not self._title
        if tag == "meta" and "name" in attributes:
            self.found.append((attributes["name"].lower(), attributes.get("content") or ""))

    def end(self, tag: Any) -> None:
        """A tag ends."""
        self._in_title = False

    def data(self, text: str) -> None:
        """Some text."""
        if self._in_title:
            self._title.append(text)

    def close(self) -> list[tuple[str, str]]:
        """The end."""
        return [("title", "".join(self._title)), *self.found] if self._title else self.found


def _of_page(data: bytes) -> list[tuple[str, str]]:
    parser = etree.HTMLParser(target=_Head(), no_network=True)
    try:
        parser.feed(page_text(data))
        found: list[tuple[str, str]] = parser.close()
    except (etree.LxmlError, ValueError):
        return []
    return found


def _of_pdf(data: bytes) -> Iterator[tuple[str, str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        found = dict(PdfReader(io.BytesIO(data)).metadata or {})
    except (PyPdfError, ValueError, KeyError, RecursionError):
        return
    for key, value in found.items():
        if key in ("/Title", "/Author", "/Subject", "/Keywords"):
            yield key[1:].lower(), str(value)
