"""Packs the parts of a Word document. What is the same in every letter is compressed once and no more.

The standard library's zipfile takes longer to write a dozen entries than a letter takes to be made. The layout is that
of PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16, with nothing in it that changes from day to day or machine
to machine.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_FIELDS = struct.Struct("<5H3I2H")  # what both headers of an entry hold
_STORED = struct.Struct("<2H")  # how long an uncompressed stretch is, and the same with all bits turned (RFC 1951)
_MORE = struct.Struct("<3H2I")  # what the central header holds beside
_END = struct.Struct("<4s4H2IH")
_VERSION, _DEFLATED = 20, 8
_MADE_BY = struct.pack("<H", _VERSION)
_DAY = (1 << 5) | 1  # 1 January 1980, the earliest that the format knows
_OWNER_ONLY = 0o600 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """One part, compressed, with the fields of its headers."""

    name: bytes
    fields: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Mould:
    """A part in which a few words change from letter to letter; what stands around them is compressed once.

    Args:
        name: its name in the archive, in ASCII.
        around: what stands before, between and after the places of the words.
        squeezed: the same, each compressed so that it can follow whatever stands before it.
    """

    name: str
    around: tuple[bytes, ...]
    squeezed: tuple[bytes, ...]

    def filled(self, words: bytes) -> Part:
        """Return the part with some words, of up to 65,535 bytes, in their places."""
        size = len(words)
        here = b"\0" + _STORED.pack(size, size ^ 0xFFFF) + words
        return _part(self.name, words.join(self.around), here.join(self.squeezed), _DEFLATED)


def mould(name: str, data: bytes, place: bytes) -> Mould:
    """Return a part in which other words will stand for a mark.

    Args:
        name: its name in the archive, in ASCII.
        data: its content.
        place: the mark, wherever words will stand.
    """
    around = data.split(place)
    ends = (zlib.Z_FINISH if number == len(around) else zlib.Z_FULL_FLUSH for number in range(1, len(around) + 1))
    return Mould(name, tuple(around), tuple(_squeezed(one, 9, end) for one, end in zip(around, ends, strict=True)))


def part(name: str, data: bytes, level: int = 9) -> Part:
    """Return a part, compressed.

    Args:
        name: its name in the archive, in ASCII.
        data: its content.
        level: from 1, quick, to 9, small; 0 leaves it as it is.
    """
    return _part(name, data, _squeezed(data, level, zlib.Z_FINISH), _DEFLATED) if level else _part(name, data, data, 0)


def _squeezed(data: bytes, level: int, end: int) -> bytes:
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeeze.compress(data) + squeeze.flush(end)


def _part(name: str, data: bytes, small: bytes, method: int) -> Part:
    path = name.encode("ascii")
    return Part(
        path,
        _FIELDS.pack(_VERSION, 0, method, 0, _DAY, zlib.crc32(data), len(small), len(data), len(path), 0),
        small,
    )


def packed(parts: Iterable[Part]) -> bytes:
    """Return the archive that holds the parts, in their order."""
    entries: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for one in parts:
        entries += (b"PK\x03\x04", one.fields, one.name, one.data)
        directory += (b"PK\x01\x02", _MADE_BY, one.fields, _MORE.pack(0, 0, 0, _OWNER_ONLY, place), one.name)
        place += 4 + _FIELDS.size + len(one.name) + len(one.data)
    index = b"".join(directory)
    count = len(entries) // 4
    return b"".join((*entries, index, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(index), place, 0)))
