"""Finds out how the letters of a text table were saved. Tables seldom say so, and a name must not be misspelt."""

from pathlib import Path

from tipletters.codepages import likeliest

_BEGINS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# No line of a table is longer than this; what is has lost a quotation mark, or is no table.
LONGEST = 1 << 24
_SAMPLE = 2000
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
    return MIXED if multi else likeliest(b"".join(old))


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
