"""What the client changed in the letter's text itself: plain edits and open changes alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tipletters.letter import clean
from tipletters.quiet import Quiet
from tipletters.review.copy import Line
from tipletters.review.story import Note

# Lines that share less than this are not the same line in other words.
_ALIKE = 0.4


@dataclass(frozen=True, repr=False)
class Edit(Quiet):
    """One line that the client changed, took out ("" for `says`), or added ("" for `said`)."""

    part: int
    said: str
    says: str
    passages: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def edits(lines: Sequence[Line], now: Sequence[str]) -> tuple[Edit, ...]:
    """Return what is different between the letter as it was given and as it came back.

    Args:
        lines: the letter as it was given.
        now: the lines that came back.
    """
    old = [line for line in lines if _fold(line.text)]
    new = [line for text in now for line in text.split("\n") if _fold(line)]
    return tuple(_edits(old, new))


def _edits(old: Sequence[Line], new: Sequence[str]) -> Iterator[Edit]:
    matcher = SequenceMatcher(None, [_fold(line.text) for line in old], [_fold(line) for line in new], autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        before = old[old_from - 1] if old_from else Line("")
        yield from _paired(list(old[old_from:old_to]), list(new[new_from:new_to]), before)


def _paired(old: list[Line], new: list[str], before: Line) -> Iterator[Edit]:
    """Pair changed lines in order; a line that is like none of those left was taken out or added."""
    for line in old:
        at = next((n for n, text in enumerate(new) if _alike(line.text, text)), None)
        if at is None and len(old) == len(new) == 1:
            at = 0
        for added in new[: at or 0]:
            yield Edit(before.part, "", clean(added))
        yield Edit(line.part, line.text, "" if at is None else clean(new[at]), _names(line), line.labels)
        new = new if at is None else new[at + 1 :]
        before = line
    for added in new:
        yield Edit(before.part, "", clean(added))


def _names(line: Line) -> tuple[str, ...]:
    return (line.id,) if line.id else ()


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, _fold(one), _fold(other), autojunk=False).ratio() >= _ALIKE


def _fold(text: str) -> str:
    return " ".join(clean(text).split())


def said_beside(lines: Sequence[Line], now: Sequence[str], notes: Sequence[Note]) -> tuple[Edit, ...]:
    """Return each comment as something to look at, with the line that it stands at.

    Args:
        lines: the letter as it was given.
        now: the lines that came back.
        notes: the comments.
    """
    found = []
    for note in notes:
        text = _fold(now[note.line]) if note.line < len(now) else ""
        line = next((one for one in lines if text and _fold(one.text) == text), None)
        line = line or next((one for one in lines if note.about and _fold(note.about) in _fold(one.text)), Line(""))
        if note.text:
            found.append(Edit(line.part, line.text, note.text, _names(line), line.labels))
    return tuple(found)
