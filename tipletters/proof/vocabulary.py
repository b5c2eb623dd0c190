"""The tags that the text of a Word document may hold: those of every letter, and those that depend on this one."""

import zlib
from collections.abc import Iterator
from xml.sax.saxutils import escape

from tipletters.letter import Control, Fill, Letter, Paragraph, Table, clean, plain_block
from tipletters.writers.look import Look
from tipletters.writers.names import OF_PAPER, STRONG, STYLE_NAMES, TABLE, style_id
from tipletters.writers.package import Package
from tipletters.writers.styles import WINDOW_FRAME

_WIDTH = 9070  # of a line of text, in twentieths of a point
_FORM_COLUMNS = 6
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_OF_TEXT = {
    *"<w:body> <w:p> </w:p> <w:pPr> </w:pPr> <w:r> </w:r> <w:rPr> </w:rPr> </w:t> <w:keepNext/>".split(),
    *"<w:numPr> </w:numPr> <w:tbl> </w:tbl> <w:tblPr> </w:tblPr> <w:tblGrid> </w:tblGrid> <w:tr> </w:tr>".split(),
    *"<w:trPr> </w:trPr> <w:cantSplit/> <w:tblHeader/> <w:tc> </w:tc> <w:tcPr> </w:tcPr>".split(),
    '<w:t xml:space="preserve">',
    '<w:ilvl w:val="0"/>',
    WINDOW_FRAME,
    *(f'<w:pStyle w:val="{style_id(name)}"/>' for name in (*STYLE_NAMES.values(), *OF_PAPER)),
    f'<w:rStyle w:val="{style_id(STRONG)}"/>',
    f'<w:tblStyle w:val="{style_id(TABLE)}"/>',
    *(
        f'<w:tblLook w:val="{mask}" w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
        for mask, first in (("0020", 1), ("0600", 0))
    ),
}
_OF_FORMS = {
    *"<w:sdt> </w:sdt> <w:sdtPr> </w:sdtPr> <w:sdtContent> </w:sdtContent> <w:t> <w:showingPlcHdr/>".split(),
    *"<w:tblBorders> </w:tblBorders> </w14:checkbox> <w:date> </w:date> <w:dropDownList> </w:dropDownList>".split(),
    '<w:color w:val="595959"/>',
    '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol" '
    'w:cs="Segoe UI Symbol"/>',
    '<w:tblLayout w:type="fixed"/>',
    f'<w14:checkbox xmlns:w14="{_W14}">',
    '<w14:checked w14:val="0"/>',
    *(
        f'<w14:{state} w14:val="{code}" w14:font="Segoe UI Symbol"/>'
        for state, code in (("checkedState", 2612), ("uncheckedState", 2610))
    ),
    '<w:dateFormat w:val="d MMMM yyyy"/>',
    '<w:lid w:val="en-GB"/>',
    '<w:storeMappedDataAs w:val="date"/>',
    '<w:calendar w:val="gregorian"/>',
    '<w:text w:multiLine="1"/>',
    *(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A8F99"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ),
}
TAGS = frozenset(_OF_TEXT)


def tags_of(letter: Letter, look: Look, package: Package) -> set[str]:
    """Return the tags that depend on the letter: widths of its tables, numbers of its lists, its controls.

    Args:
        letter: the redacted letter.
        look: sizes.
        package: the package into which it was printed.
    """
    first = dict(package.lists)["number"]
    tags = {f'<w:numId w:val="{first + offset}"/>' for offset in range(len(letter.blocks))}
    for block in (plain_block(one) for one in letter.blocks if not isinstance(one, Paragraph)):
        if isinstance(block, Table):
            columns = len(block.rows[0].cells)
            tags.update(_of_table(_WIDTH // columns, columns))
        elif isinstance(block, Control):
            tags.update(_of_control(block, look))
    return tags


def _of_table(width: int, columns: int) -> Iterator[str]:
    yield f'<w:gridCol w:w="{width}"/>'
    yield f'<w:tcW w:w="{width}" w:type="dxa"/>'
    yield f'<w:tblW w:w="{width * columns}" w:type="dxa"/>'


def _of_control(control: Control, look: Look) -> Iterator[str]:
    yield from _OF_FORMS
    yield f'<w:gridCol w:w="{_WIDTH // _FORM_COLUMNS}"/>'
    yield f'<w:tblW w:w="{_WIDTH}" w:type="dxa"/>'
    for span in range(1, _FORM_COLUMNS + 1):
        yield f'<w:tcW w:w="{_WIDTH // _FORM_COLUMNS * span}" w:type="dxa"/>'
        yield f'<w:gridSpan w:val="{span}"/>'
    for lines in (1.3, 3.4):
        yield f'<w:trHeight w:val="{round(look.size * 20 * look.line * lines)}" w:hRule="atLeast"/>'
    yield f'<w:sz w:val="{look.size * 3}"/>'
    yield f'<w:szCs w:val="{look.size * 3}"/>'
    yield f'<w:alias w:val="{quoted(control.key)}"/>'
    yield f'<w:tag w:val="{quoted(control.tag or control.key)}"/>'
    yield f'<w:id w:val="{zlib.crc32(f"{control.tag} {control.key}".encode()) & 0x7FFFFFFF}"/>'
    for option in control.options if control.fill is Fill.CHOICE else ():
        yield f'<w:listItem w:displayText="{quoted(option)}" w:value="{quoted(option)}"/>'


def quoted(text: str) -> str:
    """Return a text as it stands in the XML of our documents."""
    return escape(clean(text), {'"': "&quot;"})
