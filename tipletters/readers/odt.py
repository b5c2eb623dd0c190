"""Reads OpenDocument text (.odt): a zip of XML, walked by ourselves, since no library with Windows wheels does it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tipletters.letter import Head, Letter, Place, Style
from tipletters.readers.builder import Builder
from tipletters.readers.model import COMMENTS, Read, Source, broken, protected
from tipletters.readers.package import Package

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, OFFICE, TABLE, DRAW, STYLE = (_SPACE % name for name in ("text", "office", "table", "drawing", "style"))
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SIGNS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_NOT_TEXT = frozenset(
    (
        TEXT + "tracked-changes",
        TEXT + "note-citation",
        TEXT + "ruby-text",
        TEXT + "sequence-decls",
        OFFICE + "annotation",
        OFFICE + "forms",
    )
)
_INSIDE = (DRAW + "object", DRAW + "object-ole", DRAW + "plugin", DRAW + "applet", DRAW + "floating-frame")


class _Walk:
    """Walks the text of one document.

    Args:
        styles: name of a style → its element, also those of lists.
    """

    def __init__(self, styles: dict[str, Any]) -> None:
        self.builder: Builder[None] = Builder()
        self.styles = styles
        self.hidden = self.pending = self.comments = self.inside = False
        self._lists: list[tuple[str, int]] = []  # open lists: name of the style, number of the last item
        self._item: tuple[Style, str] | None = None
        self._later: list[tuple[Any, Place]] = []
        self._place = Place.BODY

    def blocks(self, node: Any) -> None:
        """Read what stands between paragraphs."""
        for child in node:
            tag = child.tag
            if not isinstance(tag, str) or self._is_unread(child):
                continue
            if tag in (TEXT + "p", TEXT + "h"):
                self._paragraph(child)
            elif tag == TEXT + "list":
                self._list(child)
            elif tag == TABLE + "table":
                self._table(child)
            elif tag.startswith(DRAW):
                self.elsewhere(child, Place.BOX)
            else:
                self.blocks(child)

    def _is_unread(self, node: Any) -> bool:
        """Say whether something is no text of the letter, and remember what is to be said of it."""
        tag = node.tag
        field, hidden = tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"), self._is_hidden(node)
        self.hidden |= field or (hidden and any(map(str.strip, node.itertext())))
        self.pending |= tag == TEXT + "tracked-changes" and len(node) > 0
        self.comments |= tag == OFFICE + "annotation"
        self.inside |= tag in _INSIDE or (tag == OFFICE + "forms" and len(node) > 0)
        return field or hidden or tag in _NOT_TEXT or tag in _INSIDE

    def elsewhere(self, node: Any, place: Place) -> None:
        """Read what does not stand in the body; a box in a header or a note belongs to that."""
        before = self._place
        self._place = place if before is Place.BODY else before
        self.blocks(node)
        self._place = before

    def _paragraph(self, node: Any) -> None:
        name = node.get(TEXT + "style-name", "")
        style, mark = self._item or (Style.BODY, "")
        if node.tag == TEXT + "h":
            style = Style.HEADING if node.get(TEXT + "outline-level", "1") == "1" else Style.SUBHEADING
        later, self._later = self._later, []
        self._inline(node, self._is_bold(name, False))
        self._item = None
        self.builder.end(style, mark, self._place)
        for one, place in self._later:
            self.elsewhere(one, place)
        self._later = later

    def _inline(self, node: Any, bold: bool) -> None:
        self.builder.text(node.text or "", bold)
        for child in node:
            tag = child.tag
            if not isinstance(tag, str) or self._is_unread(child):
                pass
            elif tag == TEXT + "s":
                count = child.get(TEXT + "c", "1")
                self.builder.text(" " * (int(count) if count.isdigit() and len(count) < 4 else 1), bold)
            elif tag in _SIGNS:
                self.builder.text(_SIGNS[tag], bold)
            elif tag == TEXT + "note":
                self._later += [(one, Place.NOTE) for one in child.findall(TEXT + "note-body")]
            elif tag.startswith(DRAW):
                self._later.append(([child], Place.BOX))
            else:
                self._inline(child, self._is_bold(child.get(TEXT + "style-name", ""), bold))
            self.builder.text(child.tail or "", bold)

    def _said(self, name: str, what: str) -> str | None:
        """Return what a style says of its text, or the styles say that it is based on."""
        for _ in range(20):  # styles in a ring end here
            style = self.styles.get(name)
            if style is None:
                break
            found = style.find(STYLE + "text-properties")
            if found is not None and what in found.attrib:
                return str(found.get(what))
            name = style.get(STYLE + "parent-style-name", "")
        return None

    def _is_bold(self, name: str, otherwise: bool) -> bool:
        weight = self._said(name, FO + "font-weight")
        return otherwise if weight is None else weight == "bold"

    def _is_hidden(self, node: Any) -> bool:
        if node.tag == TEXT + "section":
            return bool(node.get(TEXT + "display") == "none" or node.get(TEXT + "is-hidden") == "true")
        name = node.get(TEXT + "style-name") if node.tag in (TEXT + "p", TEXT + "h", TEXT + "span") else None
        return name is not None and self._said(name, TEXT + "display") == "none"

    def _list(self, node: Any) -> None:
        name = node.get(TEXT + "style-name") or (self._lists[-1][0] if self._lists else "")
        self._lists.append((name, 0))
        for child in node:
            if child.tag in (TEXT + "list-item", TEXT + "list-header"):
                self._item = self._next() if child.tag == TEXT + "list-item" else None
                self.blocks(child)
        self._lists.pop()

    def _next(self) -> tuple[Style, str]:
        name, number = self._lists[-1]
        self._lists[-1] = (name, number + 1)
        style = self.styles.get(name)
        numbered = style is not None and any(
            level.tag == TEXT + "list-level-style-number" and level.get(TEXT + "level") == str(len(self._lists))
            for level in style
        )
        return (Style.NUMBER, f"{number + 1}.") if numbered else (Style.BULLET, "")

    def _table(self, node: Any) -> None:
        self.builder.open_table()
        for row, head in _rows(node, head=False):
            self.builder.row(head)
            for cell in row.findall(TABLE + "table-cell"):
                self.builder.cell()
                self.blocks(cell)
        self.builder.close_table()


def _rows(node: Any, head: bool) -> Any:
    for child in node:
        if child.tag == TABLE + "table-row":
            yield child, head
        elif child.tag in (TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"):
            yield from _rows(child, head or child.tag == TABLE + "table-header-rows")


def read_odt(source: Source) -> Read:
    """Return the text of an OpenDocument file.

    Raises:
        ReadError: it cannot be read.
    """
    package = Package(source.data)
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise protected()
    content = package.xml("content.xml")
    if content is None:
        raise broken()
    return of_xml(content, package.xml("styles.xml"), package.xml("meta.xml"))


def of_xml(content: Any, more: Any, about: Any) -> Read:
    """Return the text of an OpenDocument file that is unpacked already.

    Args:
        content: the root of its text; in a flat file, of all of it.
        more: the root of its styles, headers and footers, if it has any.
        about: the root of what it says of itself, if it says anything.

    Raises:
        ReadError: there is no text in it.
    """
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise broken()
    walk = _Walk({name: one for root in (more, content) if root is not None for name, one in _styles(root)})
    walk.blocks(body)
    for place, part in _margins(more):
        walk.elsewhere(part, place)
    when = _modified(about)
    head = Head("", "", when.date() if when else datetime.min.date())
    return Read(Letter(head, tuple(walk.builder.blocks)), tuple(_problems(walk)), modified=when)


def _margins(root: Any) -> Iterator[tuple[Place, Any]]:
    """Yield headers and footers, those of first and left pages too; what one said already is read once."""
    met: set[tuple[str, str]] = set()
    for page in root.iter(STYLE + "master-page") if root is not None else ():
        for part in page.iterchildren("{*}*"):
            kind = part.tag.rpartition("}")[2].partition("-")[0]
            said = "".join(part.itertext())
            if kind in ("header", "footer") and part.get(STYLE + "display") != "false" and (kind, said) not in met:
                met.add((kind, said))
                yield Place(kind), part


def _problems(walk: _Walk) -> Iterator[str]:
    if walk.hidden:
        yield "There is hidden text in this document. We did not check it."
    if walk.pending:
        yield "There are tracked changes that nobody has accepted yet. We read it as if all were accepted."
    if walk.comments:
        yield COMMENTS
    if walk.inside:
        yield "There is a chart, a formula, a form or another file in this document. We did not read the words in it."


def _styles(root: Any) -> Any:
    for one in root.iter(STYLE + "style", TEXT + "list-style"):
        yield one.get(STYLE + "name", ""), one


def _modified(root: Any) -> datetime | None:
    found = root.find(f".//{OFFICE}meta/{{http://purl.org/dc/elements/1.1/}}date") if root is not None else None
    try:
        return datetime.fromisoformat(found.text.strip()[:19]).replace(tzinfo=UTC) if found is not None else None
    except (ValueError, AttributeError):
        return None
