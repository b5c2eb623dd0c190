"""Writes a zip anew with some parts changed; every other entry is copied as it stands, byte for byte."""

import io
import zipfile
from collections.abc import Mapping
from copy import copy

_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEADER, _NAME_AT, _HAS_SIZES_LATER = 30, 26, 0x08  # of an entry's own header (PKWARE APPNOTE 4.3.7, 4.4.4)


def repack(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return the zip with parts changed or added.

    Args:
        data: the old zip.
        changed: the new content of parts, by name.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename in changed:
                _put(new, info.filename, changed[info.filename], info.date_time)
            else:
                _copy(new, info, _packed(data, info))
        for name in changed.keys() - set(old.namelist()):
            _put(new, name, changed[name], _EPOCH)
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes, when: tuple[int, int, int, int, int, int]) -> None:
    archive.writestr(zipfile.ZipInfo(name, when), data, zipfile.ZIP_DEFLATED)


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """Return an entry's packed bytes, which stand after its header, name and extra field."""
    at = info.header_offset + _NAME_AT
    name, extra = (int.from_bytes(data[at + more : at + more + 2], "little") for more in (0, 2))
    begin = info.header_offset + _HEADER + name + extra
    return data[begin : begin + info.compress_size]


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, packed: bytes) -> None:
    """Add an entry that is packed already; `zipfile` itself can only pack anew."""
    entry = copy(info)
    entry.flag_bits &= ~_HAS_SIZES_LATER
    file = archive.fp
    if file is None:
        raise ValueError("the zip is closed")
    entry.header_offset = file.tell()
    file.write(entry.FileHeader(zip64=False))
    file.write(packed)
    archive.start_dir = file.tell()
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
