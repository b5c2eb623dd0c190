"""Readers: each takes one kind of file; all stand in the list below. A file's content says of which kind it is."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from tipletters.errors import ReadError
from tipletters.readers.kinds import kind_of
from tipletters.readers.model import MOST_BYTES, Read, Source, hostile, too_big

__all__ = ["READERS", "kind_of", "read"]

# What a kind is called, and where its reader stands; it is imported when the first file of its kind is met.
READERS = {
    "docx": "tipletters.readers.word:read_word",
    "odt": "tipletters.readers.odt:read_odt",
    "fodt": "tipletters.readers.fodt:read_fodt",
    "rtf": "tipletters.readers.rtf:read_rtf",
    "pdf": "tipletters.readers.pdf:read_pdf",
    "html": "tipletters.readers.html:read_html",
    "markdown": "tipletters.readers.markdown:read_markdown",
    "text": "tipletters.readers.plain:read_plain",
    "eml": "tipletters.readers.email:read_email",
    "doc": "tipletters.readers.old_word:read_old_word",
}


def read(data: bytes, name: str = "", source: Source | None = None) -> Read:
    """Return what a file says.

    Args:
        data: its bytes.
        name: its name, which tells Markdown from plain text and e-mail from a text with headings, and no more.
        source: the same with more around it, where there is more.

    Raises:
        ReadError: it cannot be read; the error says why and what to do.
    """
    if len(data) > MOST_BYTES:
        raise too_big()
    kind = kind_of(data, name)
    if kind not in READERS:
        raise ReadError("This is a zip with files in it.", then="Choose the letter in it.")
    module, _, function = READERS[kind].partition(":")
    reader: Callable[[Source], Read] = getattr(import_module(module), function)
    try:
        made = reader(source or Source(data, name))
    except (RecursionError, MemoryError):
        raise hostile() from None
    if not made.letter.blocks and made.text is None:
        raise ReadError("There are no words in this file.", then="Check that it is the right file.")
    return replace(made, kind=kind)
