"""In which encodings the bytes of an RTF file stand."""

import codecs
import re

from striprtf.striprtf import charset_map

_PAGE = re.compile(r"\\(mac|pca?|ansicpg\d{1,5})(?![a-z\d])")
_PAGES = {"mac": "mac_roman", "ansicpg10000": "mac_roman", "pc": "cp437", "pca": "cp850"}
_FONT = re.compile(r"\\f(\d{1,6})(?!\d)[^{}\\;]*(?:\\(?!fcharset)[^{}\\;]*){0,20}\\fcharset(\d{1,5})")


def encodings(text: str) -> tuple[dict[str, str], str]:
    """Return the encoding of each font of the font table, and that of the text in any other font."""
    begin = text.find("\\fonttbl")
    found = _FONT.finditer(text, begin, begin + 60_000) if begin >= 0 else ()
    fonts = {one[1]: _known(charset_map.get(int(one[2]), "cp1252")) for one in found}
    page = _PAGE.search(text, 0, 2000)
    name = page[1] if page else ""
    return fonts, _PAGES.get(name) or _known(name.replace("ansicpg", "cp"))


def _known(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
