"""Opens a zip, and the XML in it, without trusting either: sizes are counted while unpacking, entities never expand."""

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from tipletters.readers.model import MOST_OF_A_PART, MOST_PARTS, MOST_UNPACKED, broken, hostile, protected, too_big

_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


class Package:
    """A zip whose parts can be read one by one.

    Args:
        data: the bytes of the zip.

    Raises:
        ReadError: it is damaged, protected, or holds more than any letter does.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE:
            raise broken() from None
        self.infos = self._zip.infolist()
        self.names = {info.filename: info for info in self.infos}
        if len(self.infos) > MOST_PARTS or len(self.names) < len(self.infos):
            raise hostile() from None
        self._left = MOST_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str, limit: int = MOST_OF_A_PART) -> bytes:
        """Return a part's bytes.

        Args:
            name: the part's name; one that is not there is empty.
            limit: bytes that it may have at most.

        Raises:
            ReadError: it is damaged, protected or too big.
        """
        info = self.names.get(name)
        if info is None:
            return b""
        if info.flag_bits & 0x1:
            raise protected() from None
        limit = min(limit, self._left)
        try:
            with self._zip.open(info) as file:
                data = file.read(limit + 1)  # what the zip says of its size may be a lie
        except _UNREADABLE:
            raise broken() from None
        if len(data) > limit:
            raise (hostile() if len(data) > 100 * max(info.compress_size, 1) else too_big()) from None
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Any:
        """Return a part's root element, or None where there is no such part.

        Raises:
            ReadError: it is damaged, or no letter would have it.
        """
        data = self.read(name)
        return parse(data) if data else None


def parse(data: bytes) -> Any:
    """Return the root of some XML; entities, document types and deep nesting are refused, nothing is fetched.

    Raises:
        ReadError: it is damaged, or no letter would have it.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        harmful = any(word in str(problem) for word in ("depth", "amplification", "Huge", "huge", "entit"))
        raise (hostile() if harmful else broken()) from None
    except ValueError:
        raise broken() from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise hostile() from None
    return root
