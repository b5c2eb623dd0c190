"""What a document says of itself beside its text, for the checks: title, subject, key words and the like."""

import io
import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from tipletters.readers.package import Package

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
_META = re.compile(r"<meta\s[^>]*?name=[\"']([\w.:-]+)[\"'][^>]*?content=[\"']([^\"']*)[\"']", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>", re.IGNORECASE)
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
    if kind == "pdf":
        return tuple(_of_pdf(data))
    if kind == "html":
        text = data[:200_000].decode(errors="replace")
        found = [("title", unescape(one)) for one in _TITLE.findall(text)[:1]]
        found += [(name.lower(), unescape(value)) for name, value in _META.findall(text)]
        return tuple(one for one in found if one[0] not in _OF_BROWSER)
    return ()


def _of_xml(part: bytes) -> Iterator[tuple[str, str]]:
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True)) if part else None
    except etree.XMLSyntaxError:
        return
    for element in root.iter() if root is not None else ():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname.lower()
        value = (element.text or "").strip()
        if value and name not in _OF_PROGRAM:
            yield name, value


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
