"""Takes a zip archive apart to its last byte, so that nothing can ride along between, before or after its entries.

The layout is that of PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16; every field that could carry something
must have the one value that our own writer gives it.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from tipletters.quiet import quiet

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _MODE = 20, 0o600 << 16
_USUAL = (_VERSION, 0, 0, (1 << 5) | 1, 0)  # version, flags, time, day (1 January 1980), size of extra fields


class Entry(NamedTuple):
    """One entry of an archive.

    Args:
        name: its name.
        size: of all its bytes, with its header.
        packed: its content, as it is stored.
        method: 0 stored, 8 deflated.
        check: the CRC-32 of its content.
    """

    name: str
    size: int
    packed: bytes
    method: int
    check: int

    def __repr__(self) -> str:
        return quiet(self)

    def content(self) -> bytes:
        """Return what it holds.

        Raises:
            ValueError: it is broken, or something follows after its end.
        """
        if self.method == 0:
            data = self.packed
        else:
            machine = zlib.decompressobj(-15)
            try:
                data = machine.decompress(self.packed)
            except zlib.error:
                raise ValueError("broken") from None
            if not machine.eof or machine.unused_data or machine.unconsumed_tail:
                raise ValueError("more than its content")
        if zlib.crc32(data) != self.check:
            raise ValueError("a wrong sum")
        return data


class Opening(NamedTuple):
    """Entries that are known, with which an archive must open.

    Args:
        records: all their bytes, with their headers.
        directory: what the archive's directory says of them.
        names: their names.
    """

    records: bytes = b""
    directory: bytes = b""
    names: frozenset[str] = frozenset()


def opening(data: bytes) -> Opening:
    """Return all entries of an archive as the opening of others."""
    start = _END.unpack_from(data, len(data) - _END.size)[6]
    return Opening(data[:start], data[start : -_END.size], frozenset(one.name for one in entries(data)))


def entries(data: bytes, known: Opening = Opening()) -> Iterator[Entry]:  # noqa: B008 - it cannot be changed
    """Yield the entries of an archive that follow its opening; it holds nothing else.

    Args:
        data: the archive.
        known: the entries with which it must open.

    Raises:
        ValueError: there is something beside the entries, it opens otherwise, or it is no archive.
    """
    try:
        yield from _entries(data, known)
    except (struct.error, zlib.error, UnicodeDecodeError):
        raise ValueError("no archive of ours") from None


def _entries(data: bytes, known: Opening) -> Iterator[Entry]:
    end = len(data) - _END.size
    mark, disk, first_disk, here, total, size, start, comment = _END.unpack_from(data, end)
    if mark != b"PK\x05\x06" or disk or first_disk or comment or here != total or start + size != end:
        raise ValueError("something beside its entries")
    if not (data.startswith(known.records) and data.startswith(known.directory, start)):
        raise ValueError("another opening")
    at, place, names = start + len(known.directory), len(known.records), set(known.names)
    for _ in range(total - len(names)):
        central = _CENTRAL.unpack_from(data, at)
        name_size = central[10]
        name = data[at + _CENTRAL.size : at + _CENTRAL.size + name_size]
        at += _CENTRAL.size + name_size
        entry = _entry(data, place, central, name)
        place += entry.size
        if entry.name in names:
            raise ValueError("two entries of one name")
        names.add(entry.name)
        yield entry
    if place != start or at != end:
        raise ValueError("something between its entries")


def _entry(data: bytes, place: int, central: tuple[int | bytes, ...], name: bytes) -> Entry:
    mark, *fields = _LOCAL.unpack_from(data, place)
    version, flags, method, hour, day, check, size, full, name_size, extra = fields
    begin = place + _LOCAL.size + name_size
    usual = (mark, version, flags, hour, day, extra) == (b"PK\x03\x04", *_USUAL) and method in (0, 8)
    again = (b"PK\x01\x02", _VERSION, *fields[:9], 0, 0, 0, 0, _MODE, place)
    if not usual or central != again or data[begin - name_size : begin] != name or (method == 0 and size != full):
        raise ValueError("an entry that is not as ours are")
    return Entry(name.decode("ascii"), begin + size - place, data[begin : begin + size], method, check)
