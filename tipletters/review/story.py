"""A review copy as it reads when it comes back, whatever program saved it last; and how its file is opened.

A cell of a table keeps its words, also where tags of controls were lost. Deleted text of open changes is left out and
inserted text is taken in.
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml import etree

from tipletters.errors import ReadError
from tipletters.letter import clean
from tipletters.quiet import Quiet

_BROKEN = (
    etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, OSError, RuntimeError,
    ValueError, NotImplementedError, OverflowError,
)  # fmt: skip
# A review copy has some hundred kilobytes; what unpacks to more than this is no letter.
_MOST = 50_000_000
# What stands before a part of an archive: how it is packed, its size, the lengths of its name and more (APPNOTE 4.3.7).
_HEAD = struct.Struct("<8xH8xI4xHH")


@dataclass(frozen=True, repr=False)
class Cell(Quiet):
    """A cell of a table.

    Args:
        paragraphs: its words.
        line: the line that it stands at.
        tag: its control's tag, where that was not lost.
        checked: what its box holds; None where it has none.
        typed: its control says that its words were typed, also where they are the words of an empty one. LibreOffice,
            which drops the tag, says so of empty ones too.
    """

    paragraphs: tuple[str, ...]
    line: int
    tag: str = ""
    checked: bool | None = None
    typed: bool = False


@dataclass(frozen=True, repr=False)
class Note(Quiet):
    """A comment: who wrote it, what it says, the words and the line that it stands at."""

    author: str
    text: str
    about: str
    line: int


@dataclass(repr=False)
class Story(Quiet):
    """A document as it reads: its lines, the cells of its tables, comments, and how many changes are open."""

    lines: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    comments: tuple[Note, ...] = ()
    changes: int = 0
    everything: list[str] = field(default_factory=list)


def lines_cleaned(text: str) -> str:
    """Return text with each line cleaned, and no empty space around it."""
    return "\n".join(clean(line).strip() for line in text.split("\n")).strip()


def opened(data: bytes) -> zipfile.ZipFile:
    """Return a document's archive.

    Raises:
        ReadError: it is none, or unpacks to more than any review copy.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(one.file_size for one in archive.infolist()) > _MOST:
            raise damaged()
    except _BROKEN:
        raise damaged() from None
    return archive


def parsed(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root of one of an archive's XML files.

    Raises:
        ReadError: it is damaged.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except _BROKEN:
        raise damaged() from None


def recovered(data: bytes) -> dict[str, bytes]:
    """Return the parts of a document that are whole, also where its archive is damaged or was cut off."""
    found: dict[str, bytes] = {}
    left, starts = _MOST, [one.start() for one in re.finditer(b"PK\x03\x04", data)]
    for at, end in pairwise((*starts, len(data))):
        if end - at < _HEAD.size or not left:
            continue
        method, size, length, more = _HEAD.unpack_from(data, at)
        name, begin = at + _HEAD.size, at + _HEAD.size + length + more
        packed = data[begin:end] if method == zipfile.ZIP_DEFLATED else data[begin : begin + size]
        part = _unpacked(packed, left) if method == zipfile.ZIP_DEFLATED else packed
        left -= len(part)
        found[data[name : name + length].decode(errors="replace")] = part
    return found


def _unpacked(packed: bytes, most: int) -> bytes:
    """Return one packed part; nothing where it is not whole."""
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = unpack.decompress(packed, most)
    except zlib.error:
        return b""
    return part if unpack.eof else b""


def damaged() -> ReadError:
    """Return the error that says so."""
    return ReadError(
        "This document is damaged, or of a kind that we cannot read.",
        then="Open it in Word or LibreOffice, save it again, and try once more. Or use “tipletters review enter”.",
    )
