"""What came back, whatever it came back as: the filled-in controls, the letter's lines, comments and open changes."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tipletters.errors import ReadError
from tipletters.quiet import Quiet
from tipletters.review.form import TITLE
from tipletters.review.story import Cell, Note, Story
from tipletters.review.story_docx import read_docx_story
from tipletters.review.story_odt import read_odt_story

Filled = Mapping[str, bool | str]
_CODE = re.compile(r", version (\d{1,3}), code ([2-9A-HJ-NP-Z]{5})\b")
_LONGEST = 71  # letters of a reference with the words before it
_FOOT = re.compile(r"^(?:.*\b)?(?:Reference|letter) ")
_KEY = re.compile(r"(?<![\w.,:])([A-Z]?\d{1,3}[a-f])(?![\w])")
_OPEN, _TICKED = "☐", "☒☑✓✔✗✘🗹🗷"
# Spaces, and the signs that some editors save in front of a text.
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
# What Word puts in an emptied control by itself.
_WORDS_OWN = ("click or tap here to enter text.", "click here to enter text.", "choose an item.")
_WORDS_DAY = ("click or tap to enter a date.", "click here to enter a date.")
_OURS = ("write here", "choose", "day")


@dataclass(frozen=True, repr=False)
class Spot(Quiet):
    """A cell or paragraph among the questions: the line it stands at, its key ("" for none), its words."""

    line: int
    key: str
    words: str


@dataclass(frozen=True, repr=False)
class Returned(Quiet):
    """A returned review copy.

    Args:
        reference: the letter's reference, as printed in it.
        version: the letter's version.
        code: the code of the review copy.
        filled: each control's key with its answer: True or False for a box, the words for anything else.
        unclear: keys of controls whose answer cannot be told.
        lines: the letter as it reads now, with all open changes taken as made; None where it holds no letter text.
        comments: what was written beside it, each with the line that it stands at.
        changes: how many open (tracked) changes it holds.
        spots: what stands among the questions, in order, beside the answers themselves.
    """

    reference: str
    version: int
    code: str
    filled: Filled
    unclear: frozenset[str] = frozenset()
    lines: tuple[str, ...] | None = None
    comments: tuple[Note, ...] = ()
    changes: int = 0
    spots: tuple[Spot, ...] = ()


def read_returned(data: bytes) -> Returned:
    """Return what a file holds: a Word document, an OpenDocument text, or the answers of the HTML form.

    Raises:
        ReadError: it is damaged, of another kind, or no review copy of ours.
    """
    if data[:2] == b"PK":
        return returned_of(read_story(data))
    if data.lstrip(_BEFORE)[:1] == b"{":
        return _of_answers(data)
    raise ReadError(
        "This file is not a review copy that we can read.",
        then="Choose the Word or OpenDocument file, or the file with the answers. A scan or a letter on paper can be "
        "entered with “tipletters review enter”.",
    )


def read_story(data: bytes) -> Story:
    """Return what a Word document or an OpenDocument text holds.

    Raises:
        ReadError: it is damaged or neither.
    """
    return read_odt_story(data) if b"opendocument.text" in data[:200] else read_docx_story(data)


def _of_answers(data: bytes) -> Returned:
    try:
        held = json.loads(data)
        reference, answers = held["reference"], held["answers"]
        known = held["tipletters"] == "answers" and isinstance(reference, str)
        filled = {str(key): value for key, value in answers.items() if isinstance(value, bool | str)}
        # Half a sign, which JSON can name, cannot be written down.
        "".join((reference, *filled, *(value for value in filled.values() if isinstance(value, str)))).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        known = False
    if not known:
        raise ReadError("This file with answers is damaged.", then="Ask for it again, or use “review enter”.") from None
    found = _references(reference)
    return Returned(
        *found[0], {key: value.strip() if isinstance(value, str) else value for key, value in filled.items()}
    )


def _references(text: str) -> list[tuple[str, int, str]]:
    """Return each reference, version and code that a text names.

    Raises:
        ReadError: it names none.
    """
    found = [(_before(text, one.start()), int(one[1]), one[2]) for one in _CODE.finditer(text)]
    found = [one for one in found if one[0]]
    if not found:
        raise ReadError(
            "This is not one of our review copies, or its code was lost.",
            then="Look for the code at the foot of its pages, and enter the answers with “tipletters review enter”.",
        )
    return found


def _before(text: str, end: int) -> str:
    """Return the reference that ends at a place, without the words of the foot that lead to it."""
    line = re.split(r"[\n|]", text[max(0, end - _LONGEST) : end])[-1]
    return _FOOT.sub("", line.strip())


def returned_of(story: Story) -> Returned:
    """Return what a document holds, as it was read.

    Raises:
        ReadError: it is no review copy of ours.
    """
    found = _references("\n".join(story.everything))
    if len({code for *_, code in found}) > 1:
        raise ReadError(
            "This document holds parts of more than one review copy.",
            then="Look at it together with the client, and enter the answers with “tipletters review enter”.",
        )
    end = _end_of_letter(story)
    filled: dict[str, bool | str] = {}
    unclear: set[str] = set()
    keyed = list(_keyed([cell for cell in story.cells if cell.line >= end]))
    for key, cell in keyed:
        value = _value(key, cell)
        if value is None or (key in filled and filled[key] != value):
            unclear.add(key)
        else:
            filled[key] = value
    lines = tuple(re.sub(r"^Part \d{1,3}: ?", "", line) for line in story.lines[:end])
    spots = tuple(_spots(story, end, keyed))
    return Returned(*found[0], filled, frozenset(unclear), lines, story.comments, story.changes, spots)


def _end_of_letter(story: Story) -> int:
    """Return how many lines are the letter's: those before the questions."""
    for number, line in enumerate(story.lines):
        if line.strip().casefold() == TITLE.casefold():
            return number
    return min((cell.line for cell in story.cells if _key_of(cell)), default=len(story.lines))


def _key_of(cell: Cell) -> str:
    found = _KEY.search("\n".join(cell.paragraphs))
    return found[1] if found else ""


def _keyed(cells: Sequence[Cell]) -> Iterator[tuple[str, Cell]]:
    """Yield each cell with its key: the tag's, else the printed one, else the one that comes next in its group.

    Where tag and printed key differ, both are given with a cell that says nothing, so that both are asked about.
    """
    printed_anywhere = {_key_of(cell) for cell in cells} | {cell.tag.partition(".")[0] for cell in cells}
    before = ""
    for cell in cells:
        tagged, printed = cell.tag.partition(".")[0], _key_of(cell)
        follows = before[:-1] + chr(ord(before[-1]) + 1) if _KEY.fullmatch(before) else ""
        key = tagged or printed or (follows if follows not in printed_anywhere else "")
        if tagged and printed and tagged != printed:
            yield printed, Cell((), cell.line)
            yield tagged, Cell((), cell.line)
        elif key:
            yield key, cell
        before = key


def _spots(story: Story, end: int, keyed: Sequence[tuple[str, Cell]]) -> Iterator[Spot]:
    for key, cell in keyed:
        if cell.paragraphs:
            yield Spot(cell.line, key, _around(key, cell))
    mine, rows = {id(cell) for _, cell in keyed}, {cell.line for cell in story.cells}
    loose = [(cell.line, "\n".join(cell.paragraphs)) for cell in story.cells if id(cell) not in mine]
    loose += [(number, line) for number, line in enumerate(story.lines) if number not in rows]
    for number, text in loose:
        for line in text.split("\n") if number >= end else ():
            if bare(line):
                yield Spot(number, "", line)


def _around(key: str, cell: Cell) -> str:
    """Return the words of a cell that are not its answer: all of a box's; of others, what stands before the key."""
    before, found, after = "\n".join(cell.paragraphs).partition(key)
    if _is_tick(cell):
        return " ".join(f"{before} {after}".split()).strip(f"{_OPEN}{_TICKED} ")
    return before.strip() if found else ""


def is_ticked(text: str) -> bool:
    """Say whether a ticked box stands in a text."""
    return any(sign in text for sign in _TICKED)


def bare(text: str) -> str:
    """Return words without spaces and boxes, to be compared."""
    return "".join(ch for ch in "".join(text.split()).casefold() if ch not in f"{_OPEN}{_TICKED}")


def _value(key: str, cell: Cell) -> bool | str | None:
    """Return what a cell says; None where that cannot be told."""
    if not cell.paragraphs:
        return None
    if _is_tick(cell):
        return _ticked(cell)
    before, _, after = "\n".join(cell.paragraphs).partition(key)
    words = after if key in "\n".join(cell.paragraphs) else before
    lines = [line.strip() for line in words.split("\n")]
    return "\n".join(line for line in lines if line and (cell.typed or not _is_placeholder(line)))


def _is_tick(cell: Cell) -> bool:
    first = "".join(cell.paragraphs).lstrip()[:1]
    return cell.checked is not None or first in (_OPEN, *_TICKED)


def _ticked(cell: Cell) -> bool | None:
    """A box says yes or no; what it shows and what it holds must agree."""
    words = "".join(cell.paragraphs)
    shown = True if any(sign in words for sign in _TICKED) else False if _OPEN in words else None
    if shown is None:  # its sign was struck out or taken away
        return None if cell.checked else cell.checked
    if cell.checked is None:
        return shown
    return shown if shown == cell.checked else None


def _is_placeholder(line: str) -> bool:
    return line.casefold() in (*_OURS, *_WORDS_OWN, *_WORDS_DAY)
