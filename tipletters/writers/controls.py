"""Prints controls as Word's content controls: each in a cell of its own, beside its printed key.

Programs that drop a control's tag keep the cell and the key, so an answer can still be told from another.
"""

import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby

from tipletters.letter import EMPTY, Control, Fill
from tipletters.writers.look import Look
from tipletters.writers.names import CELL, style_id
from tipletters.writers.wordml import LINE, PARAGRAPH, escaped, table

_COLUMNS = 6  # six columns hold two or three boxes to a row
_LARGE = 16  # from this size on each box to tick has a row to itself
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_SYMBOLS = "<w:rFonts {}/>".format(" ".join(f'w:{of}="Segoe UI Symbol"' for of in ("ascii", "hAnsi", "eastAsia", "cs")))
_GREY = '<w:rPr><w:color w:val="595959"/></w:rPr>'
_SDT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:r>{}<w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A8F99"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TICK = (
    f"<w14:checkbox {_W14}>"
    '<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="Segoe UI Symbol"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="Segoe UI Symbol"/></w14:checkbox>'
)
_DATE = (
    '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/>'
    '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
)


def print_controls(controls: Sequence[Control], look: Look) -> str:
    """Return one table for each group of controls, and what stands between the tables.

    Args:
        controls: controls that follow one another.
        look: sizes and colours.
    """
    return "".join(_group(list(group), look) for _, group in groupby(controls, lambda one: one.group))


def _group(controls: list[Control], look: Look) -> str:
    rows = list(_rows(controls, look.size >= _LARGE))
    printed = "".join(_row(row, look, last=number == len(rows)) for number, row in enumerate(rows, start=1))
    return table(printed, _COLUMNS, LINE, looks=f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>')


def _rows(controls: list[Control], large: bool) -> Iterator[list[tuple[Control, int]]]:
    """Yield the rows of a group, each control with the number of columns that it spans."""
    for ticks, run in groupby(controls, lambda one: one.fill is Fill.TICK):
        held = list(run)
        beside = (1 if large else _beside(held)) if ticks else 2
        for start in range(0, len(held), beside):
            row = held[start : start + beside]
            narrow = not ticks and not large and len(row) == 2
            spans = (2, 4) if narrow else (_COLUMNS // len(row),) * len(row)
            yield list(zip(row, spans, strict=True))


def _beside(ticks: list[Control]) -> int:
    longest = max(len(one.text) for one in ticks)
    if longest <= 18 and len(ticks) % 3 == 0:
        return 3
    return 2 if longest <= 30 and len(ticks) > 1 else 1


def _row(row: list[tuple[Control, int]], look: Look, *, last: bool) -> str:
    lines = max(3.4 if one.fill is Fill.TEXT else 1.3 for one, _ in row)
    height = round(look.size * 20 * look.line * lines)
    keep = "" if last else "<w:keepNext/>"
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{LINE // _COLUMNS * span}" w:type="dxa"/><w:gridSpan w:val="{span}"/></w:tcPr>'
        f"{_cell(one, look, keep)}</w:tc>"
        for one, span in row
    )
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'


def _cell(one: Control, look: Look, keep: str) -> str:
    words = f'<w:r><w:t xml:space="preserve">{escaped(one.text)} </w:t></w:r>'
    key = f"<w:r>{_GREY}<w:t>{escaped(one.key)}</w:t></w:r>"
    if one.fill is Fill.TICK:
        space = '<w:r><w:t xml:space="preserve">  </w:t></w:r>'
        return PARAGRAPH.format(style_id(CELL), keep, _control(one, look) + space + words + key)
    asked = PARAGRAPH.format(style_id(CELL), "<w:keepNext/>", words + key)
    return asked + PARAGRAPH.format(style_id(CELL), keep, _control(one, look))


def _control(one: Control, look: Look) -> str:
    name = f'<w:alias w:val="{escaped(one.key)}"/><w:tag w:val="{escaped(one.tag or one.key)}"/>'
    name += f'<w:id w:val="{zlib.crc32(f"{one.tag} {one.key}".encode()) & 0x7FFFFFFF}"/>'
    if one.fill is Fill.TICK:
        size = look.size * 3  # half points: a box half as big again as the words
        looks = f'<w:rPr>{_SYMBOLS}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        return _SDT.format(name + _TICK, looks, EMPTY[one.fill])
    return _SDT.format(f"{name}<w:showingPlcHdr/>{_kind(one)}", _GREY, EMPTY[one.fill])


def _kind(one: Control) -> str:
    if one.fill is Fill.DATE:
        return _DATE
    if one.fill is Fill.TEXT:
        return '<w:text w:multiLine="1"/>'
    items = "".join(
        f'<w:listItem w:displayText="{escaped(option)}" w:value="{escaped(option)}"/>' for option in one.options
    )
    return f"<w:dropDownList>{items}</w:dropDownList>"
