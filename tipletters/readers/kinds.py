"""Tells of which kind a file is, from what stands in it."""

import re

from tipletters.errors import ReadError
from tipletters.readers.package import Package

# Endings of files that are never text as it stands; an old .doc may be.
_PACKED = dict.fromkeys(("docx", "docm", "dotx", "dotm"), "Word document") | {"odt": "ODT document", "pdf": "PDF"}
# What may stand before a page's first tag; it is passed over piece by piece, since all at once could be tried for ever.
_BEFORE = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->)", re.I | re.S)
_HTML = re.compile(rb"\s*<(?:!doctype html|html|head|body)\b", re.I)
_TAGS = re.compile(rb"\s*<(?:p|div|h[1-6]|ul|ol|table|span|article|section|main)\b", re.I)
_XML, _FLAT_ODT = re.compile(rb"\s*<\?xml\b", re.I), re.compile(rb"<office:document[\s>]")
_LINE_END = rb"(?:\r\n?|\n)"
_HEADER = re.compile(rb"(?:[!-9;-~]{1,60}:[^\r\n]*(?:%b[ \t][^\r\n]*)*%b){2,}" % (_LINE_END, _LINE_END))
_ONLY_MAIL = re.compile(rb"(?:\A|[\r\n])(?:mime-version|message-id|return-path|content-type|x-[a-z-]+):", re.I)
# The line before each e-mail in a mailbox, and in some that were saved alone (RFC 4155).
ENVELOPE = rb"From [^\r\n]{1,100}?\d\d:\d\d:\d\d[^\r\n]{0,100}%b" % _LINE_END
_NO_LETTERS = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"II*\x00": "a picture",
    b"MM\x00*": "a picture", b"MZ": "a program", b"\x7fELF": "a program", b"\x1f\x8b": "a packed file (gzip)",
    b"7z\xbc\xaf": "a packed file (7z)", b"Rar!": "a packed file (rar)", b"ID3": "a recording", b"RIFF": "a recording",
    b"OggS": "a recording", b"SQLite format 3": "a database", b"%!PS": "a file for a printer (PostScript)",
    b"\x78\x9f\x3e\x22": "what Outlook packs a letter in for itself (winmail.dat)",
}  # fmt: skip


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
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    tags = start.decode("utf-16", "replace").encode("utf-8", "replace") if is_wide else start
    if _is_page(tags, ending):
        return "html"
    mail = as_mail(start)
    if (head := _HEADER.match(mail)) and (ending == "eml" or _is_head_of_mail(head[0], mail[head.end() :])):
        return "eml"
    if _XML.match(tags):
        if _FLAT_ODT.search(tags):
            return "fodt"
        raise ReadError(
            "This is XML, which programs write for each other.",
            then="Open it in the program that made it, and save it as a Word document (.docx).",
        )
    if ending in _PACKED:
        raise ReadError(
            f"This is no {_PACKED[ending]}, though its name ends in .{ending}.",
            then="Open it in the program that made it, and save it again.",
        )
    return "markdown" if ending in ("md", "markdown", "mkd") else "text"


def as_mail(data: bytes) -> bytes:
    """Return an e-mail from its first line on: some are saved with a byte order mark, gaps or an envelope before it."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    envelope = re.match(ENVELOPE, data)
    return data[envelope.end() :] if envelope else data


def _is_page(start: bytes, ending: str) -> bool:
    at = 0
    while piece := _BEFORE.match(start, at):
        at = piece.end()
    return bool(_HTML.match(start, at) or (ending in ("html", "htm", "xhtml") and _TAGS.match(start, at)))


def _is_head_of_mail(head: bytes, rest: bytes) -> bool:
    """Tell an e-mail from a letter that begins with "Re: …" and "Received: …": all before the first gap is its head."""
    whole = rest[:1] in b"\r\n" or b"\n" not in rest.replace(b"\r", b"\n")  # or it goes on beyond what we look at
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
    if any(name == "Index.zip" or (name.startswith("Index/") and name.endswith(".iwa")) for name in package.names):
        raise ReadError(
            "This is a document of Apple's Pages or its like.", then="Export it as a Word document (.docx)."
        )
    return "zip"
