"""The pieces of WordprocessingML that the letter and the forms in it share."""

from xml.sax.saxutils import escape

from tipletters.letter import clean
from tipletters.writers.names import GAP, TABLE, style_id

LINE = 9070  # the length of a line of text, in twentieths of a point
# A style's id, more properties, and runs stand in it.
PARAGRAPH = '<w:p><w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>{}</w:p>'


def escaped(text: str) -> str:
    """Return a text as it stands between tags, or in an attribute."""
    return escape(clean(text), {'"': "&quot;"})


def table(rows: str, columns: int, width: int, *, has_head: bool = False, looks: str = "") -> str:
    """Return a table, and the little space that Word wants after it.

    Args:
        rows: its rows, printed.
        columns: how many it has, all of the same width.
        width: of all of them together, in twentieths of a point.
        has_head: its first row is its head.
        looks: properties that a letter's table takes from its style.
    """
    properties = (
        f'<w:tblStyle w:val="{style_id(TABLE)}"/><w:tblW w:w="{width}" w:type="dxa"/>{looks}'
        f'<w:tblLook w:val="{"0020" if has_head else "0600"}" w:firstRow="{int(has_head)}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    grid = f'<w:gridCol w:w="{width // columns}"/>' * columns
    gap = PARAGRAPH.format(style_id(GAP), "", "")
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{gap}"
