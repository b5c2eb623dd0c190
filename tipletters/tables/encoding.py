"""Finds out how the letters of a text table were saved. Tables seldom say so, and a name must not be misspelt."""

import codecs
from pathlib import Path

_BEGINS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# No line of a table is longer than this; what is has lost a quotation mark, or is no table.
LONGEST = 1 << 24
_SAMPLE = 2000
# Windows, old Macs, old DOS programs, Windows in central Europe; the first wins where two fit alike. Libraries that
# guess among a hundred code pages take a handful of accented names for any of them, so we weigh these four by what
# letters in names look like.
_OLD = ("cp1252", "mac_roman", "cp850", "cp1250")
_PLAUSIBLE = frozenset("‘’“”–—…£€·°½¼¾¹²³ªº¡¿é")
# Some lines are UTF-8 and some are not: each is read by itself.
MIXED = "mixed"


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file: by its byte order mark, UTF-8 where it fits, else the likeliest old one.

    Args:
        path: a file that can be read.

    Returns:
        A codec's name, or MIXED.
    """
    with path.open("rb") as file:
        start = file.read(4)
    for begin, name in _BEGINS:
        if start.startswith(begin):
            return name
    if wide := _wide(path):
        return wide
    old, multi = _odd_lines(path)
    if not old:
        return "utf-8"
    return MIXED if multi else max(_OLD, key=lambda name: (_plausible(b"".join(old), name), -_OLD.index(name)))


def _wide(path: Path) -> str:
    """UTF-16 without a mark: in western text every other byte is nothing."""
    with path.open("rb") as file:
        start = file.read(1 << 16)
    if len(start) < 4 or len(start) % 2:
        return ""
    half = len(start) // 4
    if start[1::2].count(0) > half and start[::2].count(0) < half // 4:
        return "utf-16-le"
    if start[::2].count(0) > half and start[1::2].count(0) < half // 4:
        return "utf-16-be"
    return ""


def _odd_lines(path: Path) -> tuple[list[bytes], bool]:
    """Return some lines that are not UTF-8, and whether others hold letters of UTF-8 beyond ASCII."""
    old: list[bytes] = []
    multi = False
    with path.open("rb") as file:
        for line in iter(lambda: file.readline(LONGEST), b""):
            if line.isascii():
                continue
            try:
                line.decode()
                multi = True
            except UnicodeDecodeError:
                if len(old) < _SAMPLE:
                    old.append(line[:_SAMPLE])
    return old, multi


def _plausible(data: bytes, name: str) -> int:
    """Weigh a reading: accented letters speak for it, capitals inside words and odd signs against it."""
    text = codecs.decode(data, name, errors="replace")
    weight = 0
    for before, char in zip(" " + text, text, strict=False):
        if char.isascii():
            continue
        if char.isalpha():
            weight += -2 if char.isupper() and before.islower() else 1
        else:
            weight += 1 if char in _PLAUSIBLE else -2
    return weight
