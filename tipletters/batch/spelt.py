"""Knows a cell whose letters another program has spoilt, before somebody is greeted as “Dear NULL” or “Dear ?tefan”."""

import re
import unicodedata
from datetime import date, time
from html import unescape
from typing import Any

from tipletters.errors import ReadError

# How programs write that there is nothing. “Null” and “Nan” are names, so the case counts.
_NOTHING = frozenset(r"NULL null (null) <null> NaN nan NaT <NA> #N/A \N undefined".split())
_NO_NAME = frozenset(("none", "n/a", "not known", "unknown"))
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
# Signs of money and the like, which stand where another alphabet was read as ours. Some type ` or ´ in O’Neill.
_NO_LETTERS = frozenset(("Sc", "Sk", "So", "No"))
_AS_APOSTROPHE = "`´"
# What Excel shows, and saves as CSV, where somebody typed 3/1, 5/26 or 3/1/26; its words for yes and no; and what our
# own table of the rows to mend makes of a date or a time.
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_TURNED = re.compile(
    rf"\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|{_MONTH}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|TRUE|FALSE|"
    r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+)?|\d{1,2}:\d{2}(?::\d{2})?"
)
_SAVE = "Look it up, and type it in again; or save the table anew as “CSV UTF-8”, and look at the names first."


def refuse_spoilt(text: str, is_name: bool) -> None:
    """Stop at a cell that cannot be what somebody wrote.

    Args:
        text: what stands in it.
        is_name: it is to be somebody's name.

    Raises:
        ReadError: it cannot be right; the message never repeats it.
    """
    if text in _NOTHING or (is_name and text.casefold() in _NO_NAME):
        raise ReadError(
            "A word for “nothing” stands here instead of a value.", then="Leave the cell empty, or type the value in."
        )
    if (found := _ENTITY.search(text)) and unescape(found[0]) != found[0]:
        raise ReadError("There is the code of a web page in it, where a letter should be.", then=_SAVE)
    if _is_misread(text):
        raise ReadError("Its accented letters were read in another way than they were saved.", then=_SAVE)
    if is_name and any(_is_no_letter(char) for char in text):
        raise ReadError("There is a sign in this name that no name has; a letter may be lost.", then=_SAVE)


def refuse_turned(cell: Any) -> None:
    """Stop at a cell that Excel turned into a date, a time, yes or no, such as a flat 3/1, where words belong.

    Args:
        cell: what stands in it.

    Raises:
        ReadError: it cannot be what somebody typed; the message never repeats it.
    """
    if isinstance(cell, bool | date | time) or (isinstance(cell, str) and _TURNED.fullmatch(cell.strip())):
        raise ReadError(
            "A date, a time or TRUE stands where words belong. Excel makes a date of a flat such as 3/1.",
            then="Set the column to “Text” in Excel (Format Cells), and type the cell in again, such as Flat 3/1.",
        )


def _is_misread(text: str) -> bool:
    if text.isascii():
        return False
    from ftfy.badness import is_bad

    return bool(is_bad(text))


def _is_no_letter(char: str) -> bool:
    return char == "?" or (char not in _AS_APOSTROPHE and unicodedata.category(char) in _NO_LETTERS)
