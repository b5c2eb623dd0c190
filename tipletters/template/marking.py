"""Puts private markers into what a worker wrote, as if they had typed them: at the head of paragraphs and bullets."""

import re

from tipletters.template.grammar import units
from tipletters.template.markers import LEADING


def keep_private(text: str, start: int, end: int, label: str | None, *, lines: bool = False) -> str:
    """Return the text with every paragraph or bullet that a stretch touches marked as private.

    Args:
        text: prose, or a list with one thing on each line.
        start: where the stretch begins.
        end: where it ends; the same as `start` for a place between two letters.
        label: what it is about; "" for a passage without a name; None takes the markers away.
        lines: each line is a thing of its own.
    """
    marker = "" if label is None else marker_for(label)
    for unit in reversed(list(units(text, lines=lines))):
        touched = unit.begin <= start <= unit.end if start == end else unit.begin < end and start < unit.end
        if not touched:
            continue
        rest = unit.words
        while found := LEADING.match(text, rest, unit.end):
            rest = found.end()
        if text[rest : unit.end].strip():
            text = text[: unit.words] + marker + text[rest:]
    return text


def all_private(text: str, label: str) -> str:
    """Return prose with every paragraph and bullet marked as private, besides the markers that stand there already.

    Args:
        text: prose.
        label: what it is about; "" for passages without a name.
    """
    for unit in reversed(list(units(text))):
        text = text[: unit.words] + marker_for(label) + text[unit.words :]
    return text


def marker_for(label: str) -> str:
    """Return the marker with a label; "" for a passage without a name."""
    return f"[private: {label}] " if label else "[private] "


def without_markers(text: str) -> str:
    """Return the text with spaces where markers stand, so that every other letter keeps its place."""
    return LEADING.sub(lambda found: re.sub(r"\S", " ", found[0]), text)
