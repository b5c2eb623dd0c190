"""The parts of a Word document, and how they lead to each other."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from tipletters.errors import ReadError
from tipletters.readers.model import broken
from tipletters.readers.package import Package
from tipletters.readers.word_styles import W

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = "http://purl.oclc.org/ooxml/"
_MODIFIED = "{http://purl.org/dc/terms/}modified"


@dataclass
class Document:
    """A Word document with its parts at hand.

    Args:
        package: the zip.

    Raises:
        ReadError: its main part is missing or cannot be read.
    """

    package: Package
    main: str = ""
    root: Any = None
    relations: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = related(self.package, "").get("officeDocument", [])
        self.main = found[0] if found else "word/document.xml"
        self.root = self.package.xml(self.main)
        if self.root is not None and _STRICT in str(self.root.nsmap):
            raise ReadError(
                "This is a “Strict Open XML” document, which we cannot read.",
                then="Open it in Word and save it as an ordinary Word document (.docx).",
            )
        if self.root is None or self.root.tag != W + "document":
            raise broken()
        self.relations = related(self.package, self.main)

    def parts(self, kind: str) -> Iterator[Any]:
        """Yield the roots of the parts of one kind, such as "header"."""
        for name in self.relations.get(kind, ()):
            root = self.package.xml(name)
            if root is not None:
                yield root

    def ending(self) -> str:
        """Return the ending that a file of this kind of Word document has."""
        types = self.package.xml("[Content_Types].xml")
        named = (one.get("ContentType", "") for one in types if one.get("PartName") == f"/{self.main}")
        kind = next(named, "").lower()
        return f".{'dot' if 'template' in kind else 'doc'}{'m' if 'macroenabled' in kind else 'x'}"

    def part(self, kind: str) -> Any:
        """Return the root of the only part of one kind, or None."""
        return next(self.parts(kind), None)


def related(package: Package, name: str) -> dict[str, list[str]]:
    """Return the names of the parts that a part leads to, by kind; what lies outside the package is left out."""
    folder, base = posixpath.split(name)
    root = package.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
    found: dict[str, list[str]] = {}
    for one in root.iter(_RELATION) if root is not None else ():
        if one.get("TargetMode") != "External":
            target = unquote(one.get("Target", ""))
            target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found.setdefault(one.get("Type", "").rsplit("/", 1)[-1], []).append(posixpath.normpath(target))
    return found


def modified(package: Package) -> datetime | None:
    """Return when the document says that it was changed last."""
    for name in related(package, "").get("core-properties", ()):
        root = package.xml(name)
        text = root.findtext(_MODIFIED) if root is not None else None
        try:
            return datetime.fromisoformat(text.strip()).astimezone(UTC) if text else None
        except (ValueError, OverflowError):
            return None
    return None
