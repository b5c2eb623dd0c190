"""The words of one Word paragraph, each with the run that it stands in, as Word shows them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tipletters.readers.builder import seen
from tipletters.readers.word_styles import VAL, Styles, W, on

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What holds runs, and is read through.
_AROUND = frozenset(
    W + name
    for name in "hyperlink fldSimple smartTag customXml sdt sdtContent ins moveTo dir bdo ruby rubyBase".split()
)
GONE = (W + "del", W + "moveFrom")
_PENDING = (W + "ins", W + "moveTo", *GONE)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_BOXES = frozenset((W + "drawing", W + "pict", W + "object", MC + "AlternateContent"))
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_FIELD = W + "fldChar"
_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"  # what the font Symbol shows for a to z
_DINGS = {0xB7: "•", 0xA7: "▪", 0xD8: "▪", 0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xFB: "✗", 0xE0: "→", 0xB0: "°"}


@dataclass(slots=True)
class Piece:
    """A stretch of text that stands as one in one child of a run.

    Args:
        start: where it begins in the paragraph's text.
        size: its length.
        element: the child of the run, such as `w:t`.
        offset: where it begins in the element's own text.
        plain: it stands directly in the paragraph, so that it may be replaced: in no field, link, control or
            somebody's pending change.
        bold: it is printed bold.
        depth: how many complex fields are open around it.
    """

    start: int
    size: int
    element: Any
    offset: int
    plain: bool
    bold: bool
    depth: int = 0


@dataclass
class Story:
    """What is met while one part of a document (body, header, notes) is read.

    Args:
        styles: the styles of the document.
    """

    styles: Styles
    hidden: int = 0  # letters of hidden text
    pending: int = 0  # changes that nobody has accepted yet
    pictured: bool = False  # words that stand in a drawing or formula, where they cannot be read
    _fields: list[bool] = field(default_factory=list)  # open fields: whether the result has begun
    _endless: frozenset[Any] = frozenset()  # beginnings of fields that never end

    def enter(self, part: Any) -> None:
        """Begin to read a part. A field that it begins and never ends is none, so that no words are lost in it."""
        opened: list[Any] = []
        for mark in part.iter(_FIELD):
            kind = mark.get(W + "fldCharType")
            if kind in ("begin", "end") and not any(one.tag in GONE for one in mark.iterancestors()):
                if kind == "begin":
                    opened.append(mark)
                elif opened:
                    opened.pop()
        self._fields.clear()
        self._endless = frozenset(opened)

    def words(self, paragraph: Any) -> "Words":
        """Return the words of a paragraph (`w:p`)."""
        made = Words(self, self.style_of(paragraph))
        for child in paragraph:
            made.inline(child, plain=True)
        return made

    @staticmethod
    def style_of(paragraph: Any) -> str:
        """Return the id of a paragraph's style."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return str(style.get(VAL, "")) if style is not None else ""


@dataclass
class Words:
    """The words of one paragraph.

    Args:
        story: what holds over several paragraphs: open fields, counts.
        style: the paragraph's style.
    """

    story: Story
    style: str
    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)  # text boxes that hang on this paragraph
    notes: list[tuple[str, str]] = field(default_factory=list)  # footnotes and endnotes that it refers to
    size: int = 0

    def number_at(self, place: int) -> int:
        """Return the number of the piece in which a place of the text lies."""
        return max(bisect_right(self.pieces, place, key=lambda one: one.start) - 1, 0)

    @property
    def text(self) -> str:
        """The words as Word shows them, without signs that show nothing."""
        return "".join(self.parts)

    def inline(self, node: Any, plain: bool) -> None:
        """Read one child of a paragraph, or of what holds runs."""
        tag = node.tag
        if tag in _PENDING:
            self.story.pending += 1
        if tag == W + "r":
            self._run(node, plain and not self.story._fields)
        elif tag in _AROUND:
            for child in node:
                self.inline(child, plain=False)
        elif tag == MC + "AlternateContent":
            for child in chosen(node):
                self.inline(child, plain=False)
        elif isinstance(tag, str) and tag.startswith(_MATHS):
            self.story.pictured = True

    def _run(self, run: Any, plain: bool) -> None:
        properties = run.find(W + "rPr")
        named = properties.find(W + "rStyle") if properties is not None else None
        style = named.get(VAL, "") if named is not None else ""
        hidden, bold = (self._is_on(properties, style, switch) for switch in ("vanish", "b"))
        for child in run:
            tag = child.tag
            around = self.story._fields[:]
            if tag == _FIELD:
                self._field(child)
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], child.get(W + "id", "")))
            elif tag in _BOXES:
                self.boxes += _boxes(child)
                self.story.pictured |= _is_pictured(child)
            elif tag == W + "ruby":
                self.inline(child, plain=False)
            if all(around) and (text := _text(child)):
                if hidden:
                    self.story.hidden += len(text)
                else:
                    self._add(text, child, plain, bold)

    def _is_on(self, properties: Any, style: str, switch: str) -> bool:
        said = on(properties, switch)
        if said is None:
            styles = self.story.styles
            said = bool(style and styles.is_on(style, switch)) or bool(self.style and styles.is_on(self.style, switch))
        return said

    def _field(self, mark: Any) -> None:
        fields, kind = self.story._fields, mark.get(W + "fldCharType")
        if kind == "begin":
            if mark not in self.story._endless:
                fields.append(False)
        elif fields and kind == "separate":
            fields[-1] = True
        elif fields and kind == "end":
            fields.pop()

    def _add(self, text: str, element: Any, plain: bool, bold: bool) -> None:
        """Add the text of one element: one piece for each stretch between signs that show nothing."""
        for offset, part in _stretches(text):
            self.pieces.append(Piece(self.size, len(part), element, offset, plain, bold, len(self.story._fields)))
            self.parts.append(part)
            self.size += len(part)


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    if seen(text) == text:
        yield 0, text
        return
    start = 0
    for at in range(len(text) + 1):
        if at == len(text) or not seen(text[at]):
            if at > start:
                yield start, text[start:at]
            start = at + 1


def _text(child: Any) -> str:
    name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
    if name == "t":
        return child.text or ""
    if child.tag in (_FIELD, MC + "AlternateContent"):
        return _picked(child) if child.tag == _FIELD else _instead(child)
    return _symbol(child) if name == "sym" else _SIGNS.get(name, "")


def _picked(mark: Any) -> str:
    """Return what was picked in a list that drops down, which has no other text."""
    picks = mark.find(f"{W}ffData/{W}ddList")
    if picks is None:
        return ""
    number = next((one.get(VAL, "") for one in picks.findall(W + "result")), "0")
    entries = picks.findall(W + "listEntry")
    at = int(number) if number.isdecimal() and len(number) < 4 else len(entries)
    return str(entries[at].get(VAL, "")) if at < len(entries) else ""


def _instead(node: Any) -> str:
    """Return the words of a choice, or of what stands for it in older programs, as Word writes an emoji."""
    said = ("".join(one.text or "" for one in part.findall(W + "t")) for part in node)
    return next(filter(None, said), "")


def _symbol(child: Any) -> str:
    try:
        code = int(child.get(W + "char", ""), 16) & 0xFF
    except ValueError:
        return ""
    if "symbol" in child.get(W + "font", "").lower() and ord("a") <= code <= ord("z"):
        return _GREEK[code - ord("a")]
    return _DINGS.get(code, "□")


def chosen(node: Any) -> list[Any]:
    """Return what Word shows of an `mc:AlternateContent`: its first choice; the fallback says the same once more."""
    for name in ("Choice", "Fallback"):
        found = node.find(MC + name)
        if found is not None and len(found):
            return list(found)
    return []


def _is_pictured(node: Any) -> bool:
    """Say whether a drawing holds words that are no text: a chart, a diagram, WordArt, a drawing within a drawing."""
    return next(node.iter("{*}chart", "{*}relIds", "{*}textpath", _DRAWN), None) is not None


def _boxes(node: Any) -> Iterator[Any]:
    """Yield the content of the text boxes in a drawing, each once, outermost only."""
    if node.tag == W + "txbxContent":
        yield node
        return
    for child in chosen(node) if node.tag == MC + "AlternateContent" else node:
        yield from _boxes(child)
