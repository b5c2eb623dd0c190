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
from pathlib import Path

from tipletters.errors import ReadError
from tipletters.letter import Letter, Paragraph, Place, Run, Style
from tipletters.readers.builder import seen
from tipletters.readers.model import Read, Source, broken, protected
from tipletters.readers.plain import no_date

_SECONDS = 90
_ITEM = re.compile(r"\s*(?:[•·▪◦–\uf0b7*-]|(\d{1,2}[.)]|\([a-z0-9]{1,2}\)))\s+(?=\S)")
_SPACES = re.compile(r"\s{2,}")
_DIGITS = re.compile(r"\d+")


def read_pdf(source: Source) -> Read:
    """Return the text of a PDF.

    Raises:
        ReadError: it is damaged, protected, a scan, or takes too long.
    """
    pages = _pages(source.data)
    if sum(len(page.strip()) for page in pages) < 20 * max(len(pages) // 4, 1):
        raise ReadError(
            "There are no words in this PDF: it seems to be a scan, a picture of a letter.",
            then="Check the document that it was printed from, or have its text recognised first.",
        )
    blocks, met = [], set()
    usual = _repeated(pages)
    for page in pages:
        lines = [_SPACES.sub(" ", line).strip() for line in seen(page).splitlines()]
        for number, line in enumerate(lines):
            if (shape := _shape(line)) in usual:
                place = Place.HEADER if number < len(lines) / 2 else Place.FOOTER
                if shape not in met:
                    met.add(shape)
                    blocks.append(Paragraph((Run(line.strip()),), place=place))
        blocks += _paragraphs([line for line in lines if _shape(line) not in usual])
    blocks.sort(key=lambda block: block.place is not Place.BODY)
    return Read(Letter(no_date(), tuple(blocks)))


def _pages(data: bytes) -> list[str]:
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
    if not isinstance(answer, list):
        raise broken()
    return answer


def _shape(line: str) -> str:
    return _DIGITS.sub("#", _SPACES.sub(" ", line.strip()))


def _repeated(pages: list[str]) -> frozenset[str]:
    """Return what stands at the top or foot of more than half of the pages, numbers aside."""
    if len(pages) < 2:
        return frozenset()
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [_shape(line) for line in page.splitlines() if line.strip()]
        counts.update({*lines[:3], *lines[-2:]})
    return frozenset(line for line, count in counts.items() if count > len(pages) / 2 and count > 1)


def _paragraphs(lines: list[str]) -> Iterator[Paragraph]:
    """Join lines into paragraphs: one ends at an empty line, before an item, and after a line that stops short."""
    width = max((len(line) for line in lines), default=0)
    words: list[str] = []
    style, mark = Style.BODY, ""
    for number, line in enumerate(lines):
        item = _ITEM.match(line)
        if words and (item or not line.strip()):
            yield Paragraph((Run(_joined(words)),), style, mark=mark)
            words, style, mark = [], Style.BODY, ""
        if not line.strip():
            continue
        if item:
            style, mark = (Style.NUMBER, item[1]) if item[1] else (Style.BULLET, "")
        words.append(line[item.end() if item else 0 :].strip())
        after = lines[number + 1].strip() if number + 1 < len(lines) else ""
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
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "-", text)
