"""Reads the controls of our own Word documents back as they were printed."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.table import Table as WordTable

from tipletters.letter import Control, Fill

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def controls_of(table: WordTable) -> Iterator[Control]:
    """Yield the controls in a table; none where it is a table of words."""
    for cell in table._tbl.iter(qn("w:tc")):
        control = next(cell.iter(qn("w:sdt")), None)
        if control is not None:
            yield _control(cell, control)


def _control(cell: Any, control: Any) -> Control:
    properties = control.find(qn("w:sdtPr"))
    key = properties.find(qn("w:alias")).get(qn("w:val"))
    tag = properties.find(qn("w:tag")).get(qn("w:val"))
    own = set(control.iter(qn("w:t")))
    words = "".join(part.text or "" for part in cell.iter(qn("w:t")) if part not in own)
    options = tuple(item.get(qn("w:value")) for item in properties.iter(qn("w:listItem")))
    return Control(key, _fill(properties), words.strip().removesuffix(key).strip(), "" if tag == key else tag, options)


def _fill(properties: Any) -> Fill:
    if properties.find(f"{_W14}checkbox") is not None:
        return Fill.TICK
    if properties.find(qn("w:date")) is not None:
        return Fill.DATE
    return Fill.TEXT if properties.find(qn("w:text")) is not None else Fill.CHOICE
