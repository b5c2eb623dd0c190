"""Reads Markdown, through markdown-it-py: the words that it becomes, not the signs."""

from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tipletters.letter import Letter, Style
from tipletters.readers.builder import Builder
from tipletters.readers.html import of_html
from tipletters.readers.model import MEGABYTE, Read, Source, too_big
from tipletters.readers.plain import decoded, no_date, read_plain

_MOST = 5 * MEGABYTE
_LONGEST = 20_000  # letters of a block; no paragraph is as long, and the time grows with the square


def read_markdown(source: Source) -> Read:
    """Return the text of a Markdown file.

    Raises:
        ReadError: it is no text, or too big.
    """
    if len(source.data) > _MOST:
        raise too_big()
    text, _ = decoded(source.data)
    if any(len(block) > _LONGEST for block in text.split("\n\n")):
        return replace(read_plain(source), text=None, encoding="")
    builder: Builder[None] = Builder()
    lists: list[int | None] = []
    style, mark = Style.BODY, ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "heading_open":
            style = Style.HEADING if token.tag == "h1" else Style.SUBHEADING
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrs.get("start", 1)) - 1 if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            style, mark = _item(lists)
        elif token.type == "inline":
            _inline(builder, token.children or [])
        elif token.type in ("fence", "code_block"):
            builder.text(token.content)
        elif token.type == "html_block":
            for block in of_html(token.content).letter.blocks:
                builder.blocks.append(block)
        _table(builder, token)
        if token.type in ("heading_close", "paragraph_close", "fence", "code_block", "td_close", "th_close"):
            builder.end(style, mark)
            style, mark = Style.BODY, ""
    return Read(Letter(no_date(), tuple(builder.blocks)))


def _item(lists: list[int | None]) -> tuple[Style, str]:
    number = lists[-1]
    if number is None:
        return Style.BULLET, ""
    lists[-1] = number + 1
    return Style.NUMBER, f"{number + 1}."


def _inline(builder: Builder[None], tokens: list[Token]) -> None:
    bold = 0
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold += 1 if token.nesting > 0 else -1
        elif token.type in ("text", "code_inline"):
            builder.text(token.content, bold=bold > 0)
        elif token.type in ("softbreak", "hardbreak"):
            builder.text(" " if token.type == "softbreak" else "\n")


def _table(builder: Builder[None], token: Token) -> None:
    if token.type == "table_open":
        builder.open_table()
    elif token.type == "tr_open":
        builder.row()
    elif token.type in ("td_open", "th_open"):
        builder.cell()
    elif token.type == "table_close":
        builder.close_table()
