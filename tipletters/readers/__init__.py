"""Readers: each takes one kind of file; all stand in the list below. A file's content says of which kind it is."""

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from tipletters.errors import ReadError
from tipletters.readers.model import MOST_BYTES, Read, Source, hostile, too_big
from tipletters.readers.package import Package

# What a kind is called, and where its reader stands; it is imported when the first file of its kind is met.
READERS = {
    "docx": "tipletters.readers.word:read_word",
    "odt": "tipletters.readers.odt:read_odt",
    "rtf": "tipletters.readers.rtf:read_rtf",
    "pdf": "tipletters.readers.pdf:read_pdf",
    "html": "tipletters.readers.html:read_html",
    "markdown": "tipletters.readers.markdown:read_markdown",
    "text": "tipletters.readers.plain:read_plain",
    "eml": "tipletters.readers.email:read_email",
    "doc": "tipletters.readers.old_word:read_old_word",
}
# Endings of files that are never text as it stands; an old .doc may be.
_PACKED = dict.fromkeys(("docx", "docm", "dotx", "dotm"), "Word document") | {"odt": "ODT document", "pdf": "PDF"}
# What may stand before a page's first tag; it is passed over piece by piece, since all at once could be tried for ever.
_BEFORE = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->)", re.I | re.S)
_HTML = re.compile(rb"\s*<(?:!doctype html|html|head|body)\b", re.I)
_TAGS = re.compile(rb"\s*<(?:p|div|h[1-6]|ul|ol|table|span|article|section|main)\b", re.I)
_HEADER = re.compile(rb"(?:[!-9;-~]{1,60}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}")
_ONLY_MAIL = re.compile(rb"^(?:mime-version|message-id|return-path|content-type|x-[a-z-]+):", re.I | re.M)
_NO_LETTERS = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"II*\x00": "a picture",
    b"MM\x00*": "a picture", b"MZ": "a program", b"\x7fELF": "a program", b"\x1f\x8b": "a packed file (gzip)",
    b"7z\xbc\xaf": "a packed file (7z)", b"Rar!": "a packed file (rar)", b"ID3": "a recording", b"RIFF": "a recording",
    b"OggS": "a recording", b"SQLite format 3": "a database",
}  # fmt: skip


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


def kind_of(data: bytes, name: str = "") -> str:
    """Return the kind of a file: a key of `READERS`, or "zip" for an archive with files in it.

    Raises:
        ReadError: it is of a kind that holds no letter.
    """
    ending = name.rpartition(".")[2].lower()
    start = data[:4096]
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(Package(data))
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    for begin, what in _NO_LETTERS.items():
        if start.startswith(begin):
            raise ReadError(
                f"This is {what}. There is no text in it that we can read.", then="Check the letter itself."
            )
    return _kind_of_text(start.removeprefix(b"\xef\xbb\xbf"), ending)


def _kind_of_text(start: bytes, ending: str) -> str:
    if _is_page(start, ending):
        return "html"
    if (head := _HEADER.match(start)) and (ending == "eml" or _is_head_of_mail(head[0], start[head.end() :])):
        return "eml"
    if ending in _PACKED:
        raise ReadError(
            f"This is no {_PACKED[ending]}, though its name ends in .{ending}.",
            then="Open it in the program that made it, and save it again.",
        )
    return "markdown" if ending in ("md", "markdown", "mkd") else "text"


def _is_page(start: bytes, ending: str) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "replace").encode("utf-8", "replace")
    at = 0
    while piece := _BEFORE.match(start, at):
        at = piece.end()
    return bool(_HTML.match(start, at) or (ending in ("html", "htm", "xhtml") and _TAGS.match(start, at)))


def _is_head_of_mail(head: bytes, rest: bytes) -> bool:
    """Tell an e-mail from a letter that begins with "Re: …" and "Received: …": all before the first gap is its head."""
    whole = rest.startswith((b"\n", b"\r\n")) or b"\n" not in rest  # or it goes on beyond what we look at
    return whole and bool(_ONLY_MAIL.search(head))


def _kind_of_zip(package: Package) -> str:
    if "[Content_Types].xml" in package:
        if any(name.startswith("word/") for name in package.names):
            return "docx"
        raise ReadError(
            "This is an Office file, but no Word document.", then="Save the letter as a Word document (.docx)."
        )
    if "mimetype" in package:
        kind = package.read("mimetype", 200)
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt"
        raise ReadError("This is no text document.", then="Save the letter as a Word document (.docx).")
    return "zip"
