"""Puts private markers into what a worker wrote, as if they had typed them: at the head of paragraphs and bullets."""

import re
from collections.abc import Iterator

from tipletters.template.markers import LEADING

_SIGN = re.compile(r"[ \t]*(?:(?:[-*•\uf0b7]|\d{1,3}[.)])[ \t]+)?")


def keep_private(text: str, start: int, end: int, label: str | None, *, lines: bool = False) -> str:
    """Return the text with every paragraph or bullet that a stretch touches marked as private.

    Args:
        text: prose, or a list with one thing on each line.
        start: where the stretch begins.
        end: where it ends; the same as `start` for a place between two letters.
        label: what it is about; "" for a passage without a name; None takes the markers away.
        lines: each line is a thing of its own.
    """
    marker = "" if label is None else f"[private: {label}] " if label else "[private] "
    for begin, stop in reversed(list(_units(text, lines))):
        touched = begin <= start <= stop if start == end else begin < end and start < stop
        if not touched:
            continue
        at = begin + len(_SIGN.match(text, begin, stop)[0])  # type: ignore[index]  # it always matches
        rest = at
        while found := LEADING.match(text, rest, stop):
            rest = found.end()
        if text[rest:stop].strip():
            text = text[:at] + marker + text[rest:]
    return text


def without_markers(text: str) -> str:
    """Return the text with spaces where markers stand, so that every other letter keeps its place."""
    return LEADING.sub(lambda found: re.sub(r"\S", " ", found[0]), text)


def _units(text: str, lines: bool) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph or bullet begins and ends."""
    begin: int | None = None
    at = end = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        sign = _SIGN.match(line)
        if begin is not None and (lines or not words or (sign and sign[0].strip())):
            yield begin, end
            begin = None
        if words and begin is None:
            begin = at
        if words:
            end = at + len(line.rstrip())
        at += len(line)
    if begin is not None:
        yield begin, end
