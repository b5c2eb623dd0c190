"""Reads the text layer of a PDF, through pypdf, in a process of its own with limits of time and memory.

A PDF knows lines and no paragraphs: lines are joined again by how far they reach, and what stands at the top or foot of
several pages is taken for header or footer.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tipletters.errors import ReadError
from tipletters.letter import Letter, Paragraph, Place, Run, Style
from tipletters.readers.builder import seen
from tipletters.readers.model import Read, Source, broken, protected
from tipletters.readers.plain import no_date

_SECONDS = 90
_FEW = 200  # letters on a page: a stamp or a heading, and no letter
_SOFT = "\u00ad"
_ITEM = re.compile(r"\s*(?:[•·▪◦–\uf0b7*-]|(\d{1,2}[.)]|\([a-z0-9]{1,2}\)))\s+(?=\S)")
_SPACES = re.compile(r"\s{2,}")
_PAGE_OF = re.compile(r"\b(page|pg\.?|p\.)\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?\b", re.I)
_LONE = re.compile(r"[^\w\s]? ?(\d{1,4})(?: ?(?:of|/) ?\d{1,4})? ?[^\w\s]?")


def read_pdf(source: Source) -> Read:
    """Return the text of a PDF.

    Raises:
        ReadError: it is damaged, protected, a scan, or takes too long.
    """
    answer = _answer(source.data)
    parts = [[_lines(part) for part in one["parts"]] for one in answer["pages"]]
    pages = [[line for part in page for line in part] for page in parts]
    beside = [seen(text) for one in answer["pages"] for text in one["beside"]]
    words = [sum(map(len, (*lines, *one["beside"]))) for lines, one in zip(pages, answer["pages"], strict=True)]
    if sum(words) < 20 * max(len(pages) // 4, 1):
        raise ReadError(
            "There are no words in this PDF: it seems to be a scan, a picture of a letter.",
            then="Check the document that it was printed from, or have its text recognised first.",
        )
    blocks: list[Paragraph] = []
    met: set[str] = set()
    usual = _repeated(pages)
    for page, lines in enumerate(pages, start=1):
        for number, line in enumerate(lines):
            if (shape := _shape(line, page)) in usual and shape not in met:
                met.add(shape)
                place = Place.HEADER if number < len(lines) / 2 else Place.FOOTER
                blocks.append(Paragraph((Run(_joined([line])),), place=place))
        own = [[line for line in part if _shape(line, page) not in usual] for part in parts[page - 1]]
        blocks += _paragraphs(own)
    blocks += [replace(one, place=Place.BOX) for text in beside for one in _paragraphs([text.splitlines()])]
    blocks.sort(key=lambda block: block.place is not Place.BODY)
    return Read(Letter(no_date(), tuple(blocks)), tuple(_problems(answer, words)))


def _problems(answer: dict[str, Any], words: list[int]) -> Iterator[str]:
    unread = "If there is a picture of text, such as a scan, we did not read it."
    if empty := [number for number, count in enumerate(words, start=1) if not count]:
        yield f"There are no words on {_named(empty)}. {unread}"
    shown = zip(answer["pages"], words, strict=True)
    if few := [number for number, (page, count) in enumerate(shown, start=1) if page["pictured"] and 0 < count < _FEW]:
        yield f"There are few words on {_named(few)}, and a picture fills most of it. {unread}"
    if any(page["notes"] for page in answer["pages"]):
        yield "There are comments or hidden fields in this PDF. We did not read them."
    if answer["files"]:
        yield "Another file was put inside this PDF. We did not read that part."


def _named(pages: list[int]) -> str:
    *most, last = map(str, pages)
    return f"pages {', '.join(most)} and {last}" if most else f"page {last}"


def _answer(data: bytes) -> dict[str, Any]:
    child = Path(__file__).with_name("pdf_child.py")
    try:
        # -P: the folder of this file must not stand in for the standard library.
        done = subprocess.run(  # noqa: S603 - a script of our own, no shell
            [sys.executable, "-P", str(child)], input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ReadError(
            "This PDF took too long to read. We stopped.", then="Save it again, or check its text."
        ) from None
    except OSError:
        raise broken() from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise broken() from None
    if answer == "password":
        raise protected()
    if not isinstance(answer, dict):
        raise broken()
    return answer


def _lines(part: str) -> list[str]:
    """Return the lines; a soft hyphen stays at the end of one, where it parts a word."""
    return [_SPACES.sub(" ", seen(line)).strip() + _SOFT * line.rstrip().endswith(_SOFT) for line in part.splitlines()]


def _shape(line: str, page: int) -> str:
    """Return a line without the number of its page; any other number may matter, and stays."""
    lone = _LONE.fullmatch(line)
    return "#" if lone and int(lone[1]) == page else _PAGE_OF.sub("#", line)


def _repeated(pages: list[list[str]]) -> frozenset[str]:
    """Return what stands at the top or foot of more than half of the pages, the number of the page aside."""
    if len(pages) < 2:
        return frozenset()
    counts: Counter[str] = Counter()
    for page, every in enumerate(pages, start=1):
        lines = [_shape(line, page) for line in every if line]
        counts.update({*lines[:3], *lines[-2:]})
    return frozenset(line for line, count in counts.items() if count > len(pages) / 2 and count > 1)


def _paragraphs(parts: list[list[str]]) -> Iterator[Paragraph]:
    """Join lines into paragraphs: one ends at an empty line, before an item, and after a line that stops short.

    Args:
        parts: a page's lines, column by column; a paragraph may go on in the next one.
    """
    lines = [(line, max(map(len, part))) for part in parts for line in part]
    words: list[str] = []
    style, mark = Style.BODY, ""
    for number, (line, width) in enumerate(lines):
        item = _ITEM.match(line)
        if words and (item or not line.strip()):
            yield Paragraph((Run(_joined(words)),), style, mark=mark)
            words, style, mark = [], Style.BODY, ""
        if not line.strip():
            continue
        if item:
            style, mark = (Style.NUMBER, item[1]) if item[1] else (Style.BULLET, "")
        words.append(line[item.end() if item else 0 :].strip())
        after = lines[number + 1][0].strip() if number + 1 < len(lines) else ""
        if _stops_short(line, after, width):
            yield Paragraph((Run(_joined(words)),), style, mark=mark)
            words, style, mark = [], Style.BODY, ""
    if words:
        yield Paragraph((Run(_joined(words)),), style, mark=mark)


def _stops_short(line: str, after: str, width: int) -> bool:
    """Say whether the next line's first word would have fitted on this line, so that the writer ended it."""
    first = len(after.split(" ", 1)[0])
    short = len(line) + first + 1 < 0.85 * width
    return short and (not after or not after[0].islower())


def _joined(words: list[str]) -> str:
    text = " ".join(words)
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "-", text).replace(f"{_SOFT} ", "").replace(_SOFT, "")
