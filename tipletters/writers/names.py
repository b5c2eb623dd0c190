"""The names of the styles in our Word documents, shared by the writer and the reader."""

from tipletters.letter import Style

STYLE_NAMES = {
    Style.BODY: "Normal",
    Style.HEADING: "Heading 1",
    Style.SUBHEADING: "Heading 2",
    Style.BULLET: "List Bullet",
    Style.NUMBER: "List Number",
    Style.TICK: "Letter Tick",
    Style.WRITE: "Letter Line",
    Style.SIGNATURE: "Letter Signature",
    Style.SMALL: "Letter Small",
    Style.SHEET: "Letter Sheet",
}
ADDRESSEE = "Letter Addressee"
DATE = "Letter Date"
FRAME = "Letter Frame"
GAP = "Letter Gap"  # the little space that Word wants after a table
CELL = "Letter Cell"
STRONG = "Strong"
TABLE = "Letter Table"
OF_PAPER = (ADDRESSEE, DATE, FRAME, GAP, CELL)


def style_id(name: str) -> str:
    """Return the id under which a style of this name stands in the package."""
    return name.replace(" ", "")
