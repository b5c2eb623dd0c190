"""Reads RTF. striprtf knows the destinations without text, code pages and signs; the walk is ours.

Its own walk takes hidden and deleted text for text, drops footnotes, and knows no headings, lists or bold.
"""

import re
from dataclasses import dataclass, replace

from striprtf.striprtf import destinations, remove_pict_groups, specialchars

from tipletters.letter import Letter, Place, Style
from tipletters.readers.builder import Builder
from tipletters.readers.model import COMMENTS, MEGABYTE, Read, Source, hostile, too_big
from tipletters.readers.plain import no_date
from tipletters.readers.rtf_fonts import encodings

_MOST = 60 * MEGABYTE
_DEEPEST = 500
_PLACES = (
    dict.fromkeys(("header", "headerl", "headerr", "headerf"), Place.HEADER)
    | dict.fromkeys(("footer", "footerl", "footerr", "footerf"), Place.FOOTER)
    | {"footnote": Place.NOTE, "shptxt": Place.BOX, "dptxbxtext": Place.BOX}
)
# A control word with its number, a byte, a sign, a brace, or plain text.
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
# What is said of a document in which such words stand.
_TOLD = {"annotation": "comments", "object": "inside", "revised": "pending"}
_PROBLEMS = {
    "hidden": "There is hidden text in this document. We did not check it.",
    "pending": "There are tracked changes that nobody has accepted yet. We read it as if all were accepted.",
    "comments": COMMENTS,
    "inside": "Another file was put inside this document. We did not read that part.",
}
# What is shown though it stands in a silent group: as text is shown this many groups further out.
_SHOWN = {"do": 2, "ud": 3, "result": 3}
_FLAGS = {"b": "bold", "v": "hidden", "deleted": "deleted"}
_SIGNS = {
    name: sign for name, sign in specialchars.items() if name not in ("par", "sect", "page", "row", "cell", "nestcell")
}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside one group."""

    silent: bool = False
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    font: str = ""
    skip: int = 1
    place: Place = Place.BODY
    listtext: bool = False


class _Walk:
    """Walks the tokens of one document."""

    def __init__(self, fonts: dict[str, str], encoding: str) -> None:
        self.body: Builder[None] = Builder()
        self.builders: dict[Place, Builder[None]] = {Place.BODY: self.body}
        self.told: set[str] = set()
        self._fonts, self._encoding = fonts, encoding
        self._states = [_State()]
        self._bytes = bytearray()
        self._skipping = self._half = 0
        self._mark, self._level = "", 0
        self._in_table = False

    @property
    def _builder(self) -> Builder[None]:
        place = self._states[-1].place
        return self.builders.setdefault(place, Builder())

    def token(self, found: re.Match[str]) -> None:
        """Read one token."""
        word, number, code, sign, brace, letters = found.groups()
        if self._bytes and not code:
            self._flush()
        if brace:
            self._brace(brace)
        elif word:
            self._skipping = 0
            self._word(word.lower() if word not in specialchars else word, number)
        elif sign:
            self._skipping = 0
            self._sign(sign)
        elif code:
            if not self._skipping:
                self._bytes += bytes.fromhex(code)
            self._skipping = max(self._skipping - 1, 0)
        elif letters:
            self._add(letters[self._skipping :])
            self._skipping = max(self._skipping - len(letters), 0)

    def _brace(self, brace: str) -> None:
        self._skipping = 0
        if brace == "{":
            if len(self._states) > _DEEPEST:
                raise hostile()
            self._states.append(self._states[-1])
        elif len(self._states) > 1:
            before = self._states.pop()
            if before.place is not self._states[-1].place:
                self.builders[before.place].end(place=before.place) if before.place in self.builders else None

    def _set(self, **changes: object) -> None:
        self._states[-1] = replace(self._states[-1], **changes)  # type: ignore[arg-type]

    def _word(self, word: str, number: str | None) -> None:
        if word in _TOLD and number != "0":
            self.told.add(_TOLD[word])
        if word in _SHOWN:
            self._set(silent=any(state.silent for state in self._states[-_SHOWN[word] :][:1]))
        elif word in _PLACES:
            self._set(place=_PLACES[word], silent=self._states[-1].silent and word not in ("shptxt", "footnote"))
        elif word in ("listtext", "pntext"):
            self._set(listtext=True)
        elif word in destinations and word not in ("shp", "shpinst", "pn"):
            self._set(silent=True)
        elif word in _FLAGS:
            self._set(**{_FLAGS[word]: number != "0"})
        elif word == "plain":
            self._set(bold=False, hidden=False, deleted=False)
        elif word in ("par", "sect", "page", "row", "cell", "nestcell", "pard", "intbl", "outlinelevel"):
            self._structure(word, number)
        elif word == "u" and number:
            self._unicode(int(number))
        elif word == "uc" and number:
            self._set(skip=min(max(int(number), 0), 10))
        elif word == "f" and number:
            self._set(font=number)
        elif word == "bin" and number:
            self._skipping = min(int(number), 10**9)
        elif word in _SIGNS:
            self._add(_SIGNS[word])

    def _structure(self, word: str, number: str | None) -> None:
        if self._states[-1].silent:
            return
        if word == "pard":
            self._level, self._in_table = 0, False
        elif word == "intbl":
            self._in_table = True
            if not self._builder.in_table():
                self._end()
                self._builder.open_table()
                self._builder.cell()
        elif word == "outlinelevel":
            self._level = min(int(number or 0), 8) + 1
        elif word in ("cell", "nestcell"):
            self._end()
            if self._builder.in_table():
                self._builder.cell()
        elif word == "row":
            self._end()
            if self._builder.in_table():
                self._builder.row()
                self._builder.cell()
        else:
            if not self._in_table and self._builder.in_table():
                self._leave_table()
            self._end()

    def _leave_table(self) -> None:
        """The first paragraph after a table: its words belong after the table, not into its last cell."""
        builder = self._builder
        runs, builder._runs = builder._runs, []
        builder.close_table()
        builder._runs = runs

    def _end(self) -> None:
        mark, self._mark = self._mark.strip(), ""
        style = Style.HEADING if self._level == 1 else Style.SUBHEADING if self._level else Style.BODY
        if mark and not self._level:
            counted = any(map(str.isalnum, mark))
            style, mark = (Style.NUMBER, mark) if counted else (Style.BULLET, "")
        self._builder.end(style, mark, self._states[-1].place)

    def _unicode(self, code: int) -> None:
        self._skipping = self._states[-1].skip
        code += 0x10000 if code < 0 else 0
        half, self._half = self._half, code
        if 0xD800 <= half < 0xDC00 <= code < 0xE000:  # two halves of one sign
            code = 0x10000 + (half - 0xD800) * 0x400 + code - 0xDC00
        if 0 < code < 0x110000:
            self._add(chr(code))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._set(silent=True)
        elif sign in "\n\r":
            self._structure("par", None)
        elif sign in specialchars:
            self._add(specialchars[sign])

    def _flush(self) -> None:
        name = self._fonts.get(self._states[-1].font, self._encoding)
        self._add(bytes(self._bytes).decode(name, errors="replace"))
        self._bytes.clear()

    def _add(self, text: str) -> None:
        state = self._states[-1]
        if state.silent:
            return
        if state.listtext:
            self._mark += text if len(self._mark) < 20 else ""
        elif state.hidden or state.deleted:
            self.told |= {name for name, on in (("hidden", state.hidden), ("pending", state.deleted)) if on}
        else:
            self._builder.text(text, state.bold)


def read_rtf(source: Source) -> Read:
    """Return the text of an RTF file.

    Raises:
        ReadError: it is too big, or no letter is built like it.
    """
    if len(source.data) > _MOST:
        raise too_big()
    text: str = remove_pict_groups(source.data.decode("latin-1"))  # type: ignore[no-untyped-call]
    walk = _Walk(*encodings(text))
    for found in _TOKEN.finditer(text):
        walk.token(found)
    for place, builder in walk.builders.items():
        builder.end(place=place)
        while builder.in_table():
            builder.close_table()
    blocks = [block for builder in walk.builders.values() for block in builder.blocks]
    problems = tuple(said for name, said in _PROBLEMS.items() if name in walk.told)
    return Read(Letter(no_date(), tuple(blocks)), problems)
