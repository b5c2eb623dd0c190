"""Reads an e-mail (.eml): what it says; the standard library knows the format."""

import email
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime

from tipletters.letter import Letter, Paragraph, Run
from tipletters.readers.html import of_html
from tipletters.readers.model import Read, Source, broken, hostile
from tipletters.readers.plain import decoded, no_date, read_plain

_MOST_PARTS = 100


def read_email(source: Source) -> Read:
    """Return the subject and the words of an e-mail; its attachments are named, not read.

    Raises:
        ReadError: it cannot be read.
    """
    if source.data.lower().count(b"multipart/") > _MOST_PARTS:
        raise hostile()
    try:
        message: EmailMessage = email.message_from_bytes(source.data, policy=default)
        subject = str(message["subject"] or "").strip()
        part = message.get_body(preferencelist=("plain", "html"))
        body = _body(part) if part is not None else Read(Letter(no_date(), ()))
        attached = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    except (ValueError, LookupError, AttributeError, TypeError, KeyError, IndexError, RecursionError):
        raise broken() from None
    blocks = (Paragraph((Run(subject),)),) if subject else ()
    return replace(
        body,
        letter=replace(body.letter, blocks=(*blocks, *body.letter.blocks)),
        problems=(*body.problems, *_problems(attached)),
        modified=_sent(message),
        text=None,
        encoding="",
    )


def _body(part: MIMEPart) -> Read:
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    charset = part.get_content_charset()
    try:
        text = data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text, _ = decoded(data)
    if part.get_content_subtype() == "html":
        return of_html(text)
    return read_plain(Source(text.encode("utf-8", "replace")))


def _problems(attached: int) -> Iterator[str]:
    if attached:
        files = "a file" if attached == 1 else f"{attached} files"
        yield f"This e-mail carries {files}. Save what you want to have checked, and check it by itself."


def _sent(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message["date"])).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
