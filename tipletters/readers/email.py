"""Reads an e-mail (.eml): what it says; the standard library knows the format."""

import email
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import Any, cast

from tipletters.errors import ReadError
from tipletters.letter import Letter, Paragraph, Run
from tipletters.readers.html import of_html
from tipletters.readers.kinds import ENVELOPE, as_mail
from tipletters.readers.model import Read, Source, broken, hostile
from tipletters.readers.plain import as_declared, no_date, read_plain

_MOST_PARTS = 100
_NEXT = re.compile(rb"[\r\n]{2}%b[!-9;-~]{1,60}:" % ENVELOPE)  # one more e-mail
_LONGEST_LINE = 4_000  # signs of a line of the head; the time to take one apart grows with the square of them


class _Policy(EmailPolicy):
    """The library's own rules, with a limit."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """Return a line of the head, taken apart; only those that we read are."""
        if len(value) > _LONGEST_LINE:
            raise hostile()
        return super().header_fetch_parse(name, value)


def read_email(source: Source) -> Read:
    """Return the subject and the words of an e-mail; its attachments are named, not read.

    Raises:
        ReadError: it cannot be read.
    """
    data = as_mail(source.data)
    if data.lower().count(b"multipart/") > _MOST_PARTS:
        raise hostile()
    if _NEXT.search(data):
        raise ReadError(
            "This is a mailbox: there is more than one e-mail in it.",
            then="Save the e-mail that you want to have checked.",
        )
    try:
        message = cast("EmailMessage", email.message_from_bytes(data, policy=_Policy()))
        subject = str(message["subject"] or "").strip()
        shown, attached = _taken(message)
    except (ValueError, LookupError, AttributeError, TypeError, KeyError, IndexError, RecursionError):
        raise broken() from None
    head = (Paragraph((Run(subject),)),) if subject else ()
    blocks = (*head, *(block for one in shown for block in one.letter.blocks))
    problems = dict.fromkeys(problem for one in shown for problem in one.problems)
    return Read(Letter(no_date(), blocks), (*problems, *_problems(attached)), modified=_sent(message))


def _taken(part: MIMEPart) -> tuple[list[Read], int]:
    """Return what a part shows, one piece after the other, and how many files it carries."""
    kind, attached = part.get_content_type(), part.get_content_disposition() == "attachment"
    if kind.startswith("multipart/"):
        if not part.is_multipart():
            raise broken()
        pieces = [_taken(one) for one in part.iter_parts()]
        if kind == "multipart/alternative":
            # A mail program shows the last one that it can (RFC 2046, 5.1.4).
            pieces = [one for one in pieces if any(read.letter.blocks for read in one[0])][-1:] or pieces[-1:]
        return [read for shown, _ in pieces for read in shown], sum(files for _, files in pieces)
    if kind in ("text/plain", "text/html") and not attached:
        return [_body(part)], 0
    is_in_the_text = "content-id" in part and part.get_content_maintype() == "image"
    return [], int(attached or not is_in_the_text)


def _body(part: MIMEPart) -> Read:
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    text = as_declared(data, part.get_content_charset() or "")
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
