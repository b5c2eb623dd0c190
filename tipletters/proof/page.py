"""The first net for HTML: every tag and text of the page is known, or the page is refused.

What the page of an empty letter holds is the organisation's and ours; the rest may be the tags listed here and the
redacted letter's words, in their order.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import escape

from tipletters.config import House
from tipletters.letter import EMPTY, Block, Control, Fill, Head, Letter, clean, shown, texts
from tipletters.proof.expected import left_over, of_head
from tipletters.proof.passage import Paper
from tipletters.quiet import Quiet
from tipletters.writers.html import write_html
from tipletters.writers.look import Look

_TAG = re.compile(r"<[^>]*>")
_STYLE = re.compile(r"<style>([^<]*)</style>")
_ALT = re.compile(r'alt="([^"]*)"')
_TAGS = frozenset(
    """
    <p> </p> <br> <ul> </ul> <ol> </ol> <li> </li> <h2> </h2> <h3> </h3> <strong> </strong> <address> </address> <table>
    </table> <thead> </thead> <tbody> </tbody> <tr> </tr> <td> </td> </th>
    """.split()
) | {'<p class="frame">', '<p class="write">', '<p class="signature">', '<ul class="tick">', '<th scope="col">'}

_OF_FORMS = (
    '<div class="answer">', "</div>", '<span class="key">', "</span>", "<label>", "</label>", "</select>",
    "</textarea>", '<option value="">', "<option>", "</option>",
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class Fixed(Quiet):
    """What is the same in every page of an organisation: its tags, style sheet and words, and what serves a form."""

    tags: frozenset[str]
    style: str
    paper: Paper
    form: tuple[str, ...]


@lru_cache(maxsize=32)
def _fixed_of(look: Look, house: House, has_form: bool) -> Fixed:
    control = (Control("", Fill.TEXT, ""),) if has_form else ()
    page = write_html(Letter(Head("", "", date.min), control), look, house, {}).decode()
    style = _STYLE.findall(page)[0]
    said = _TAG.sub("\n", page.replace(style, "")) + "\n".join(_ALT.findall(page))
    form = [text for text in _TAG.split(page.partition("</footer>")[2]) if text.strip("\n")]
    return Fixed(
        frozenset(_TAG.findall(page)),
        style,
        Paper(html.unescape(said).splitlines(), html.unescape(said).splitlines()),
        tuple(map(html.unescape, form)),
    )


def _tags_of_form(letter: Letter) -> Iterator[str]:
    """Yield the tags of the letter's controls, with their keys, and where the answers are saved to."""
    for block in letter.blocks:
        if isinstance(block, Control):
            named = f'name="{escape(block.key)}" data-tag="{escape(block.tag)}"'
            yield from (f'<input type="checkbox" {named}>', f'<input type="date" {named}>')
            yield from (f"<select {named}>", f"<textarea {named}>")
            yield from _OF_FORMS
            reference = clean(letter.head.reference)
            file = "-".join(re.findall("[A-Za-z0-9]+", reference))
            yield f'<section id="saving" hidden data-reference="{escape(reference)}" data-file="answers-{file}.json">'


def _said(block: Block) -> Iterator[str]:
    if not isinstance(block, Control):
        yield from texts(block)
    elif block.fill is Fill.CHOICE:
        yield from (block.key, block.text, EMPTY[block.fill], *block.options)
    else:
        yield from (block.key, block.text)


def prove_html(data: bytes, letter: Letter, look: Look, house: House) -> Paper:
    """Prove that a page holds what every page of this organisation holds and its letter, and nothing else.

    Args, returns and raises as `prove_docx`.
    """
    has_form = any(isinstance(block, Control) for block in letter.blocks)
    fixed, head, organisation = _fixed_of(look, house, has_form), letter.head, house.config.organisation
    try:
        page = data.decode()
    except UnicodeDecodeError:
        raise left_over("the page") from None
    mine = {
        f'<html lang="{escape(clean(head.language))}">',
        f'<meta name="author" content="{escape(clean(head.author))}">',
        *_tags_of_form(letter),
    }
    if not set(_TAG.findall(page)) <= fixed.tags | _TAGS | mine or _STYLE.findall(page) != [fixed.style]:
        raise left_over("the tags of the page")
    said = "".join(text for text in _TAG.split(page) if text.strip("\n"))
    expected = [
        clean(head.title),
        fixed.style,
        *map(clean, filter(None, [organisation.name, *organisation.address])),
        *of_head(head),
        clean(head.title),
        *(text for block in shown(letter.blocks) for text in _said(block)),
        f"Reference {clean(head.reference)}",
        *fixed.form,
    ]
    if html.unescape(said) != "".join(expected):
        raise left_over("the text of the page")
    return fixed.paper
