"""Reads a cell as Excel shows it, where its format puts words or zeros around it: 7 as ML-0007 by "ML-"0000.

The signs of a format are those of ECMA-376, part 1, 18.8.31. What is no plain pattern, such as money, stays as it is.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# Words, a sign by itself, a place for a digit or a text, signs that stand for themselves, a colour, an empty space.
_PIECE = re.compile(
    r'"([^"]*)"|\\(.)|(General|[0#@])|([ ()+-])|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+)\]|_.',
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+', re.DOTALL)
_CUSTOM = 164  # formats of the workbook's own are numbered from here on
_MOST_DIGITS = 15  # Excel knows no more of a number
# What a format puts in a row: a place, or words.
_Pieces = tuple[tuple[bool, str], ...]


def formats_of(book: Any) -> dict[int, str]:
    """Return the formats that change how a number or a text is shown, by the number of the style that has them.

    Args:
        book: the workbook, as openpyxl opened it.
    """
    own = {at: book._number_formats[one.numFmtId - _CUSTOM] for at, one in enumerate(book._cell_styles) if _is_own(one)}
    return {at: held for at, held in own.items() if any(_changes(one) for one in _sections(held))}


def _is_own(style: Any) -> bool:
    return bool(style.numFmtId >= _CUSTOM)


def shown(value: Any, style: int, formats: Mapping[int, str]) -> Any:
    """Return a value as its format shows it, or as it is.

    Args:
        value: what stands in the cell.
        style: the number of its style.
        formats: those that change something.
    """
    held = formats.get(style)
    if held is None or isinstance(value, bool) or not isinstance(value, int | str):
        return value
    sections = _sections(held)
    if isinstance(value, str):
        pieces = sections[3] if len(sections) > 3 else sections[0]
        return _filled(pieces, value) if (True, "@") in pieces else value
    if value < 0 or len(str(value)) > _MOST_DIGITS:
        return value
    pieces = sections[2] if value == 0 and len(sections) > 2 else sections[0]
    return _filled(pieces, str(value)) if _changes(pieces) and (True, "@") not in pieces else value


@lru_cache(maxsize=256)
def _sections(held: str) -> tuple[_Pieces, ...]:
    return tuple(_pieces(one) for one in _SECTION.findall(held)) or ((),)


def _pieces(section: str) -> _Pieces:
    """Return what a section of a format puts in a row; nothing where it is no plain pattern."""
    found, at = list[tuple[bool, str]](), 0
    for one in _PIECE.finditer(section):
        if one.start() != at:
            return ()
        at = one.end()
        words, sign, place, plain = one.groups()
        if place:
            found.append((True, place))
        elif text := words or sign or plain:
            found.append((False, text))
    return tuple(found) if at == len(section) else ()


def _changes(pieces: _Pieces) -> bool:
    return len(pieces) > 1 or any(not is_place for is_place, _ in pieces)


def _filled(pieces: _Pieces, text: str) -> str:
    """Put digits into their places from the right; the first place takes all that is left."""
    out, left = list[str](), text
    places = sum(is_place for is_place, _ in pieces)
    for is_place, held in reversed(pieces):
        if not is_place:
            out.append(held)
            continue
        places -= 1
        take = left if places == 0 or held in ("General", "@") else left[-1:]
        left = left[: len(left) - len(take)]
        out.append(take or ("0" if held == "0" else ""))
    return "".join(reversed(out))
