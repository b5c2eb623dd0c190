"""The parts of a Word package that hold comments, and the elements that anchor one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from tipletters.readers.builder import seen
from tipletters.readers.word_parts import Document
from tipletters.readers.word_styles import W

AUTHOR, INITIALS = "tipletters", "tl"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Numbers of a document that we count on from; a greater one is odd, and there may be no room after it (ECMA-376 allows
# 2,147,483,647).
_COUNTED = 1 << 30
# Everything whose number must differ from that of a comment or a change.
_NUMBERED = frozenset(
    W + name for name in "comment commentRangeStart ins del moveFrom moveTo bookmarkStart rPrChange pPrChange".split()
)


def as_xml(root: Any) -> bytes:
    """Return a part's bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def element(name: str, text: str | None = None, **attributes: str) -> Any:
    """Return an element of WordprocessingML."""
    made = etree.Element(W + name, {W + key: value for key, value in attributes.items()}, nsmap={"w": _WORD})
    if text is not None:
        made.text = text
        made.set(_SPACE, "preserve")
    return made


@dataclass
class Remarks:
    """The comments of one document, old and new.

    Args:
        document: the document that they belong to.
        when: the date of every new comment and change.
    """

    document: Document
    when: datetime
    added: int = 0
    _next: int = 0

    def __post_init__(self) -> None:
        names = self.document.relations.get("comments", [])
        self._is_new = not names
        folder = self.document.main.rpartition("/")[0]
        self._name = names[0] if names else f"{folder}/comments.xml".lstrip("/")
        root = self.document.package.xml(self._name) if names else None
        self._root = root if root is not None else etree.Element(W + "comments", nsmap={"w": _WORD})
        used = [one.get(W + "id", "") for part in (self.document.root, self._root) for one in part.iter(*_NUMBERED)]
        self._used = {int(one) for one in used if len(one) < 11 and one.isascii() and one.isdigit()}
        self._next = max((one for one in self._used if one < _COUNTED), default=-1) + 1

    def number(self) -> str:
        """Return a number that nothing in the document has."""
        while self._next in self._used:
            self._next += 1
        self._next += 1
        return str(self._next - 1)

    def stamp(self) -> dict[str, str]:
        """Return number, author and date for a comment or a change."""
        return {"id": self.number(), "author": AUTHOR, "date": self.when.strftime("%Y-%m-%dT%H:%M:%SZ")}

    def add(self, lines: list[str]) -> tuple[Any, Any, Any]:
        """Add a comment.

        Args:
            lines: what it says, a paragraph each.

        Returns:
            The elements that begin and end its stretch, and the run that shows it.
        """
        stamp = self.stamp()
        comment = element("comment", initials=INITIALS, **stamp)
        for line in lines:
            paragraph, run = element("p"), element("r")
            run.append(element("t", seen(line)))
            paragraph.append(run)
            comment.append(paragraph)
        self._root.append(comment)
        self.added += 1
        mark = element("r")
        mark.append(element("commentReference", id=stamp["id"]))
        return element("commentRangeStart", id=stamp["id"]), element("commentRangeEnd", id=stamp["id"]), mark

    def parts(self) -> dict[str, bytes]:
        """Return the parts that had to change, by name."""
        changed = {self.document.main: as_xml(self.document.root)}
        if self.added:
            changed[self._name] = as_xml(self._root)
            if self._is_new:
                changed |= self._announced()
        return changed

    def _announced(self) -> dict[str, bytes]:
        """Return the two parts that name every part, with that of the comments added."""
        package, main = self.document.package, self.document.main
        folder, _, base = main.rpartition("/")
        name = f"{folder}/_rels/{base}.rels".lstrip("/")
        relations = package.xml(name)
        if relations is None:
            relations = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        known = {one.get("Id") for one in relations}
        new = next(f"rId{n}" for n in range(1, len(known) + 2) if f"rId{n}" not in known)
        made = etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship")
        made.attrib.update({"Id": new, "Type": _RELATION, "Target": "comments.xml"})
        types = package.xml("[Content_Types].xml")
        override = etree.SubElement(types, f"{{{_TYPES}}}Override")
        override.attrib.update({"PartName": f"/{self._name}", "ContentType": _TYPE})
        return {name: as_xml(relations), "[Content_Types].xml": as_xml(types)}
