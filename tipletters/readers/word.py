"""Reads any Word document (.docx, .docm, .dotx) as Word shows it, and traces every word back to the run it stands in.

python-docx gives neither text boxes, notes, content controls nor pending changes, so the parts are walked here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tipletters.letter import Head, Letter, Paragraph, Place, Run, Style
from tipletters.readers.builder import Builder, joined
from tipletters.readers.model import COMMENTS, Read, Source
from tipletters.readers.package import Package
from tipletters.readers.word_parts import Document, modified
from tipletters.readers.word_pieces import MC, Story, Words, chosen
from tipletters.readers.word_styles import Lists, Styles, W
from tipletters.writers.names import ADDRESSEE, DATE, FRAME, style_id

_THROUGH = frozenset(
    (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "body", W + "txbxContent")
)
# What our own letters say beside their text (`people.Frame`), and where they are sent.
_BESIDE = frozenset(map(style_id, (ADDRESSEE, DATE, FRAME)))
_PARTS = {"header": (Place.HEADER, "the header"), "footer": (Place.FOOTER, "the footer")}


@dataclass(frozen=True, slots=True)
class Track:
    """The way back from a paragraph of the letter into the document.

    Args:
        words: its words with the runs that they stand in.
        paragraph: the `w:p` element, or for text outside the body the nearest one in the body.
        where: "" in the body, else where the words stand: "the header", "a footnote", "a text box".
    """

    words: Words
    paragraph: Any
    where: str = ""


class Tracer:
    """Walks a document once, block by block.

    Args:
        document: the opened document. `blocks` and `tracks` then hold its text and the way back.
    """

    def __init__(self, document: Document) -> None:
        styles = Styles(document.part("styles"))
        self.document, self.story = document, Story(styles)
        self.lists = Lists(document.part("numbering"))
        self.builder: Builder[Track] = Builder()
        self.elsewhere = 0  # files put inside the document, which are not read
        self._hosts: dict[tuple[str, str], Any] = {}
        self._place, self._where = Place.BODY, ""
        self._host: Any = None
        body = document.root.find(W + "body")
        if body is not None:
            self.story.enter(body)
            self._walk(body)
        self._rest()

    def _walk(self, node: Any) -> None:
        for child in node:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child)
            elif tag == W + "tbl":
                self._table(child)
            elif tag in _THROUGH:
                self._walk(child)
            elif tag == MC + "AlternateContent":
                self._walk(chosen(child))
            elif tag == W + "altChunk":
                self.elsewhere += 1

    def _paragraph(self, paragraph: Any) -> None:
        words = self.story.words(paragraph)
        text = words.text
        host = paragraph if self._place is Place.BODY else self._host
        self._hosts.update(dict.fromkeys(words.notes, host))
        properties = paragraph.find(W + "pPr")
        number, level = self.story.styles.numbering(properties, words.style)
        counted = self.lists.mark(number, level) if number and text.strip() else None
        if text.strip() and words.style not in _BESIDE:
            style, mark = self._style(properties, words.style, counted)
            runs = joined([Run(part, piece.bold) for part, piece in zip(words.parts, words.pieces, strict=True)])
            block = Paragraph(runs, style, place=self._place, mark=mark)
            self.builder.add(block, Track(words, host, self._where))
        for box in words.boxes:
            self._elsewhere(box, Place.BOX if self._place is Place.BODY else self._place, "a text box", host)

    def _style(self, properties: Any, style: str, counted: tuple[Style, str] | None) -> tuple[Style, str]:
        level = self.story.styles.level(properties, style)
        mark = counted[1] if counted else ""
        if level is not None:
            return (Style.HEADING if level == 1 else Style.SUBHEADING), mark
        return (counted[0] if counted else Style.BODY), mark

    def _table(self, table: Any) -> None:
        self.builder.open_table()
        for row in rows_of(table, "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            self.builder.row(head=properties is not None and properties.find(W + "tblHeader") is not None)
            for cell in rows_of(row, "tc"):
                self.builder.cell()
                self._walk(cell)
        self.builder.close_table()

    def _elsewhere(self, node: Any, place: Place, where: str, host: Any) -> None:
        """Walk what does not stand in the body; its comments go to a paragraph of the body."""
        before = self._place, self._where, self._host
        self._place, self._where, self._host = place, self._where or where, host
        self._walk(node)
        self._place, self._where, self._host = before

    def _rest(self) -> None:
        """Walk notes, headers and footers; a header that says what another one said is read once."""
        bodies = [track.paragraph for track in self.builder.notes if track]
        first, last = (bodies[0], bodies[-1]) if bodies else (None, None)
        for kind, where in (("footnote", "a footnote"), ("endnote", "an endnote")):
            root = self.document.part(f"{kind}s")
            if root is None:
                continue
            self.story.enter(root)
            for note in root.findall(W + kind):
                if note.get(W + "type", "normal") == "normal":
                    host = self._hosts.get((kind, note.get(W + "id", "")), last)
                    self._elsewhere(note, Place.NOTE, where, host)
        met: set[str] = set()
        for kind, (place, where) in _PARTS.items():
            for root in self.document.parts(kind):
                said = "".join(root.itertext())
                if said not in met:
                    met.add(said)
                    self.story.enter(root)
                    self._elsewhere(root, place, where, first if kind == "header" else last)


def rows_of(node: Iterable[Any], name: str) -> Iterator[Any]:
    """Yield a table's rows or a row's cells, also those that stand in a content control or a pending insertion."""
    for child in node:
        if child.tag == W + name:
            yield child
        elif child.tag in _THROUGH:
            yield from rows_of(child, name)
        elif child.tag == MC + "AlternateContent":
            yield from rows_of(chosen(child), name)


def read_word(source: Source) -> Read:
    """Return the text of a Word document.

    Raises:
        ReadError: it cannot be read, or no letter is built like it.
    """
    package = Package(source.data)
    tracer = Tracer(Document(package))
    when = modified(package)
    head = Head("", "", when.date() if when else datetime.min.date())
    problems = tuple(_problems(tracer, package))
    return Read(Letter(head, tuple(tracer.builder.blocks)), problems, package=source.data, modified=when)


def _problems(tracer: Tracer, package: Package) -> Iterator[str]:
    if tracer.story.hidden:
        yield (
            "There is hidden text in this document. We did not check it. "
            "In Word, the ¶ button shows it; take it out before the letter goes."
        )
    if tracer.story.pending:
        yield (
            "There are tracked changes that nobody has accepted yet. We read it as if all were accepted; "
            "accept or reject them before the letter goes."
        )
    if tracer.story.pictured:
        yield "There is a chart, a diagram, WordArt or a formula in this document. We did not read the words in it."
    if any(root.find(W + "comment") is not None for root in tracer.document.parts("comments")):
        yield COMMENTS
    if tracer.elsewhere or any("embeddings/" in name for name in package.names):
        yield "Another file was put inside this document. We did not read that part."
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        yield "This document is signed. A copy with comments is another document, and its signature does not hold."
    if any(name.endswith("vbaProject.bin") for name in package.names):
        yield "There are macros in this document. Nothing of them was run."
