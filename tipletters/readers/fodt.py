"""Reads flat OpenDocument text (.fodt): the parts of an .odt in one XML file, as LibreOffice saves it."""

from tipletters.errors import ReadError
from tipletters.readers.model import MOST_OF_A_PART, Read, Source, too_big
from tipletters.readers.odt import OFFICE, of_xml
from tipletters.readers.package import parse


def read_fodt(source: Source) -> Read:
    """Return the text of a flat OpenDocument file.

    Raises:
        ReadError: it cannot be read, or holds no text.
    """
    if len(source.data) > MOST_OF_A_PART:
        raise too_big()
    root = parse(source.data)
    if root.find(f"{OFFICE}body/{OFFICE}text") is None:
        raise ReadError("This is no text document.", then="Save the letter as a Word document (.docx).")
    return of_xml(root, root, root)
