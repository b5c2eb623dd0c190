"""Opens an organisation's own letterhead, and leaves behind what tells of its past."""

from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from tipletters.errors import CaseError
from tipletters.writers.images import bare


def open_letterhead(path: Path) -> Document:
    """Return a letterhead without its text.

    Raises:
        CaseError: it is no Word document that can be opened.
    """
    try:
        document = docx.Document(str(path))
    except Exception:  # noqa: BLE001 - python-docx raises many kinds for a file that is no Word document
        raise CaseError(
            "The letterhead is not a Word document that we can open.",
            where=str(path),
            then="Save it in Word as .docx, and name it in tipletters.toml.",
        ) from None
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return document


_KEPT_OF_DOCUMENT = {RT.STYLES, RT.THEME, RT.NUMBERING, RT.HEADER, RT.FOOTER, RT.FONT_TABLE, RT.SETTINGS}


def strip(document: Document) -> None:
    """Drop what tells of the file's past: old body parts, comments, custom data, thumbnail, links to elsewhere."""
    _ = document.settings, document.part.numbering_part  # python-docx makes them where they are missing
    for rels, kept in ((document.part.rels, _KEPT_OF_DOCUMENT), (document.part.package.rels, {RT.OFFICE_DOCUMENT})):
        for key in [key for key, rel in rels.items() if rel.reltype not in kept]:
            del rels[key]
    for rel in document.part.rels.values():
        if rel.reltype in (RT.HEADER, RT.FOOTER):
            inner = rel.target_part.rels
            for key in [key for key, one in inner.items() if one.is_external or one.reltype != RT.IMAGE]:
                del inner[key]
            for one in inner.values():
                _bare_image(one.target_part)
    _ = document.core_properties  # made anew; each letter prints its own


def _bare_image(part: Any) -> None:
    try:
        part._blob = bare(part.blob)
    except ValueError:
        raise CaseError(
            "A picture in the letterhead is of a kind that we cannot clean of its past.",
            where=part.partname,
            then="Replace it in Word with a PNG or JPEG picture.",
        ) from None
