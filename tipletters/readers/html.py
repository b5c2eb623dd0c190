"""Reads HTML: what a browser shows, without running or fetching anything.

lxml's parser calls us tag by tag, so that no tree is built: absurd nesting and broken pages cost
no more than their size.
"""

import re
from typing import Any

from lxml import etree

from tipletters.letter import Letter, Style
from tipletters.readers.builder import Builder
from tipletters.readers.model import Read, Source, broken, hostile
from tipletters.readers.plain import as_declared, no_date

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_WIDE = re.compile(r"utf[-_]?(?:16|32)", re.IGNORECASE)
# Tags in each other. A thousand is a page that never closes a tag; at each end the parser looks through all open ones.
_DEEPEST = 5_000
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NOT_SHOWN = frozenset(
    "head title script style template noscript svg math object iframe audio video canvas select textarea".split()
)
_BLOCKS = frozenset(
    "p div section article header footer main nav aside address blockquote pre ul ol dl dt dd figure figcaption form "
    "fieldset legend hr body html center details summary h1 h2 h3 h4 h5 h6 li".split()
)
_HEADINGS = {"h1": Style.HEADING} | dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), Style.SUBHEADING)
_BOLD = frozenset(("b", "strong", "th"))
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class _Page:
    """What lxml calls for every tag and text."""

    def __init__(self) -> None:
        self.builder: Builder[None] = Builder()
        self.hidden = False
        self._depth = 0
        self._unseen: list[str] = []  # open tags from one that is not shown on
        self._bold = 0
        self._lists: list[int | None] = []  # open lists: the number of the last item, None for bullets
        self._style, self._mark = Style.BODY, ""
        self._space = True

    def start(self, tag: Any, attributes: Any) -> None:
        """A tag begins."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise hostile()
        if self._unseen or self._is_unseen(tag, attributes):
            if tag not in _VOID:
                self._unseen.append(tag)
            return
        if tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._end()
            self._begin(tag)
        elif tag == "table":
            self._end()
            self.builder.open_table()
        elif tag == "tr" and self.builder.in_table():
            self.builder.row()
        elif tag in ("td", "th") and self.builder.in_table():
            self._end()
            self.builder.cell()
        self._bold += tag in _BOLD

    def _begin(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            if number is None:
                self._style = Style.BULLET
            else:
                self._lists[-1] = number + 1
                self._style, self._mark = Style.NUMBER, f"{number + 1}."
        else:
            self._style = _HEADINGS.get(tag, self._style)

    def _is_unseen(self, tag: Any, attributes: Any) -> bool:
        hidden = "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
        self.hidden |= hidden
        return hidden or tag in _NOT_SHOWN

    def end(self, tag: Any) -> None:
        """A tag ends."""
        self._depth -= 1
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
            return
        self._bold -= tag in _BOLD and self._bold > 0
        if tag in _BLOCKS:
            self._end()
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
        elif tag in ("td", "th"):
            self._end()
        elif tag == "table" and self.builder.in_table():
            self._end()
            self.builder.close_table()

    def data(self, text: str) -> None:
        """Some text."""
        if not self._unseen:
            text = _SPACE.sub(" ", text)
            self._add(text[1:] if self._space and text.startswith(" ") else text)

    def _add(self, text: str) -> None:
        if text:
            self.builder.text(text, bold=self._bold > 0)
            self._space = text[-1] in " \n"

    def _end(self) -> None:
        self.builder.end(self._style, self._mark)
        self._style, self._mark, self._space = Style.BODY, "", True

    def close(self) -> "_Page":
        """The end."""
        self._end()
        while self.builder.in_table():
            self.builder.close_table()
        return self


def read_html(source: Source) -> Read:
    """Return what a browser shows of a page.

    Raises:
        ReadError: it cannot be read.
    """
    return of_html(page_text(source.data))


def page_text(data: bytes) -> str:
    """Return a page, its tags and all, as letters.

    Raises:
        ReadError: the bytes are no text.
    """
    declared = _CHARSET.search(data[:2048])
    charset = declared[1].decode(errors="replace") if declared else ""
    # A declaration that can be read byte by byte is itself no UTF-16.
    return as_declared(data, "" if _WIDE.match(charset) else charset)


def of_html(text: str) -> Read:
    """Return what a browser shows of a page that is decoded already.

    Raises:
        ReadError: it cannot be read.
    """
    parser = etree.HTMLParser(target=_Page(), no_network=True, huge_tree=True)
    try:
        parser.feed(text.removeprefix("\ufeff"))
        page = parser.close()
    except (etree.LxmlError, ValueError):
        raise broken() from None
    problems = ("There are hidden parts in this page. We did not check them.",) if page.hidden else ()
    return Read(Letter(no_date(), tuple(page.builder.blocks)), problems)
