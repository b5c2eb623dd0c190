"""Joins letters that we wrote into one Word document to print: each begins on an odd page and counts its own pages."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from tipletters.writers.zipped import packed, part

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_FOOTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_DOCUMENT, _DOCUMENT_RELS, _NUMBERING = "word/document.xml", "word/_rels/document.xml.rels", "word/numbering.xml"
_CONTENT, _CORE = "[Content_Types].xml", "docProps/core.xml"
# What follows the numbering of pages in a section's settings, in the order of the standard (ECMA-376, 17.6.17).
_AFTER_NUMBERS = ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")


def join(documents: Sequence[bytes], title: str) -> bytes:
    """Return one Word document of several.

    Args:
        documents: letters that tipletters wrote for one organisation and with one look, at least one.
        title: the document's title property.
    """
    parts = _parts(documents[0])
    root = _read(parts[_DOCUMENT])
    body = root.find(qn("w:body"))
    for child in list(body):
        body.remove(child)
    rels, types, numbering = (_read(parts[name]) for name in (_DOCUMENT_RELS, _CONTENT, _NUMBERING))
    numbers = _Numbers(numbering)
    _without_footers(parts, rels, types)
    for count, document in enumerate(documents, start=1):
        own = _parts(document)
        children = list(_read(own[_DOCUMENT]).find(qn("w:body")))
        section = children.pop()
        _set_pages(section)
        for name, data in _footers(own, section, count, rels, types):
            parts[name] = data
        body.extend(children)
        numbers.renew(children)
        if count == len(documents):
            body.append(section)
        else:
            children[-1].get_or_add_pPr().append(section)
    parts |= {_DOCUMENT: _xml(root), _DOCUMENT_RELS: _xml(rels), _CONTENT: _xml(types), _NUMBERING: _xml(numbering)}
    core = re.sub(rb"<dc:identifier>.*?</dc:identifier>", b"", parts[_CORE])
    parts[_CORE] = re.sub(rb"<dc:title>.*?</dc:title>", f"<dc:title>{escape(title)}</dc:title>".encode(), core)
    names = sorted(parts, key=lambda name: (name != _CONTENT, not name.startswith("_rels"), name))
    return packed(part(name, parts[name], 6) for name in names)


def _parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _read(data: bytes) -> Any:
    return parse_xml(data)


def _xml(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _without_footers(parts: dict[str, bytes], rels: Any, types: Any) -> None:
    """Take away the footers of the first letter; each letter brings its own."""
    for rel in [one for one in rels if one.get("Type") == _FOOTER]:
        name = f"word/{rel.get('Target')}"
        rels.remove(rel)
        parts.pop(name)
        parts.pop(_rels_of(name), None)
        for kind in [one for one in types if one.get("PartName") == f"/{name}"]:
            types.remove(kind)


def _footers(own: dict[str, bytes], section: Any, count: int, rels: Any, types: Any) -> Iterator[tuple[str, bytes]]:
    """Yield a letter's footers under new names, and point its section to them."""
    targets = {rel.get("Id"): rel.get("Target") for rel in _read(own[_DOCUMENT_RELS])}
    for number, reference in enumerate(section.findall(qn("w:footerReference")), start=1):
        old = f"word/{targets[reference.get(qn('r:id'))]}"
        name, key = f"letter{count}-footer{number}.xml", f"rIdLetter{count}Footer{number}"
        reference.set(qn("r:id"), key)
        etree.SubElement(rels, f"{{{_RELS}}}Relationship", {"Id": key, "Type": _FOOTER, "Target": name})
        etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/word/{name}", "ContentType": _FOOTER_TYPE})
        yield f"word/{name}", _without_total(own[old])
        if _rels_of(old) in own:
            yield _rels_of(f"word/{name}"), own[_rels_of(old)]


def _without_total(footer: bytes) -> bytes:
    """Take "of 3" out of "Page 2 of 3": in a joined document it would count the pages of all letters.

    Word could count a section's pages; LibreOffice cannot, and would print a wrong number.
    """
    root = _read(footer)
    for field in root.iter(qn("w:fldSimple")):
        if field.get(qn("w:instr"), "").strip() != "NUMPAGES":
            continue
        before = field.getprevious()
        if before is not None and before.xpath("string()").strip() == "of":
            before.getparent().remove(before)
        field.getparent().remove(field)
        break
    return _xml(root)


def _rels_of(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/_rels/{last}.rels"


def _set_pages(section: Any) -> None:
    """Let a letter begin on an odd page, and count its pages from 1."""
    for name in ("w:type", "w:pgNumType"):
        for old in section.findall(qn(name)):
            section.remove(old)
    begin = section.makeelement(qn("w:type"), {qn("w:val"): "oddPage"})
    section.find(qn("w:pgSz")).addprevious(begin)
    count = section.makeelement(qn("w:pgNumType"), {qn("w:start"): "1"})
    after = next((one for name in _AFTER_NUMBERS for one in section.findall(qn(f"w:{name}"))), None)
    section.append(count) if after is None else after.addprevious(count)


class _Numbers:
    """The numbered lists of the joined document: each letter's get numbers of their own, so that each begins at 1."""

    def __init__(self, numbering: Any) -> None:
        self._root = numbering
        nums = numbering.findall(qn("w:num"))
        self._next = max((int(one.get(qn("w:numId"))) for one in nums), default=0) + 1
        self._lists = {one.get(qn("w:numId")): one for one in nums if one.find(qn("w:lvlOverride")) is not None}

    def renew(self, children: Sequence[Any]) -> None:
        """Give the numbered lists of one letter new numbers."""
        new: dict[str, str] = {}
        for child in children:
            for place in child.iter(qn("w:numId")):
                old = place.get(qn("w:val"))
                if old not in self._lists:
                    continue
                if old not in new:
                    new[old] = str(self._next)
                    again = deepcopy(self._lists[old])
                    again.set(qn("w:numId"), new[old])
                    self._root.append(again)
                    self._next += 1
                place.set(qn("w:val"), new[old])
