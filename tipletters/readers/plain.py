"""Reads plain text in any encoding."""

import codecs
import re
from datetime import date

from tipletters.codepages import likeliest
from tipletters.errors import ReadError
from tipletters.letter import Head, Letter, Paragraph, Run
from tipletters.readers.model import Read, Source

_BEGINS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"))
_BEGINS_16 = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_GAPS = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*")
_SAMPLE = 100_000
_BEYOND, _LATIN = re.compile(rb"[\x80-\xff]"), re.compile(rb"[A-Za-z]")
_FEW = 8  # letters; more of them, and fewer Latin ones, are Greek, Russian and the like
# What browsers take for a declared encoding: https://encoding.spec.whatwg.org/#names-and-labels. Python knows others,
# that are none of letters, and slow.
_DECLARED = re.compile(r"(?:utf-(?:8|16|32)|cp|iso|koi8|mac|big5|gb|shift_jis|euc_|tis)[\w-]*")
_AS_BROWSERS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}


def no_date() -> Head:
    """Return the head of a text that says nothing of itself."""
    return Head("", "", date.min)


def read_plain(source: Source) -> Read:
    """Return a plain text, as it stands and in paragraphs.

    Raises:
        ReadError: the bytes are no text.
    """
    text, encoding = decoded(source.data)
    blocks = tuple(Paragraph((Run(part),)) for part in _GAPS.split(text) if part.strip())
    return Read(Letter(no_date(), blocks), encoding=encoding, text=text)


def decoded(data: bytes) -> tuple[str, str]:
    """Return text and its encoding.

    By its byte order mark; else UTF-8, even where some lines are not; else UTF-16 where every other byte is nought;
    else the likeliest old code page where most of it is ASCII; else what charset-normalizer thinks likeliest.

    Raises:
        ReadError: the bytes are no text.
    """
    for begin, name in (*_BEGINS, *_BEGINS_16):
        if data.startswith(begin):
            return data.decode(name, errors="replace").removeprefix("\ufeff"), name
    if name := _wide(data[:_SAMPLE]):
        return data.decode(name, errors="replace"), name
    if b"\x00" in data[:_SAMPLE]:
        raise ReadError("This file is not text.", then="Open it in the program that made it, and save it as text.")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _by_line(data)


def as_declared(data: bytes, charset: str) -> str:
    """Return text in the encoding that a page or an e-mail says it has, unless its first bytes or its letters say no.

    Raises:
        ReadError: the bytes are no text.
    """
    if charset and not data.startswith(tuple(begin for begin, _ in (*_BEGINS, *_BEGINS_16))):
        try:
            name = codecs.lookup(charset).name
            if _DECLARED.fullmatch(name):
                return data.decode(_AS_BROWSERS.get(name, name))
        except (LookupError, ValueError):
            pass
    return decoded(data)[0]


def _wide(sample: bytes) -> str:
    """Return "utf-16-le" or "utf-16-be" where nearly every other byte is nought, as in English text."""
    even, odd = sample[0::2], sample[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high.count(0) > 0.7 * len(high) and low.count(0) < 0.05 * len(low):
            return name
    return ""


def _by_line(data: bytes) -> tuple[str, str]:
    """Return a text of an old code page, or one of UTF-8 with some lines pasted from elsewhere, or cut short."""
    lines = data.splitlines(keepends=True)
    odd = [line for line in lines if not _is_utf8(line)]
    name = _guessed(b"".join(odd))
    if sum(not line.isascii() for line in lines) <= 2 * len(odd):
        return data.decode(name, errors="replace"), name
    return "".join(line.decode("utf-8" if _is_utf8(line) else name, "replace") for line in lines), "utf-8"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guessed(odd: bytes) -> str:
    odd = odd[:_SAMPLE]
    beyond, latin = len(_BEYOND.findall(odd)), len(_LATIN.findall(odd))
    if beyond <= max(latin, _FEW):
        return likeliest(odd)
    from charset_normalizer import from_bytes

    best = from_bytes(odd).best()
    return best.encoding if best is not None else "cp1252"
