"""What somebody changed in a text, word by word, so that it can stand in the document as tracked changes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from tipletters.annotate.safe import Edit

_WORD = re.compile(r"\w+(?:['’\-.]\w+)*|\s+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def edits_between(old: str, new: str) -> tuple[Edit, ...]:
    """Return the replacements that make one text of another; each replaces at least one word or sign.

    Args:
        old: the text as it was checked.
        new: the text as somebody left it.
    """
    return tuple(edit for start, end, text in _lines(old, new) for edit in _words(old, start, end, text))


def _lines(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of lines that differ, so that words are compared in these alone."""
    before, after = _LINE.findall(old), _LINE.findall(new)
    starts = _starts(before)
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            yield from ((starts[a + n], starts[a + n + 1], after[c + n]) for n in range(b - a))
        elif tag != "equal":
            yield starts[a], starts[b], "".join(after[c:d])


def _words(old: str, start: int, end: int, new: str) -> list[Edit]:
    before, after = _WORD.findall(old[start:end]), _WORD.findall(new)
    starts = _starts(before, start)
    made: list[Edit] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        words = "".join(after[c:d])
        if tag == "equal":
            continue
        if a < b:
            made.append(Edit(starts[a], starts[b], words))
        elif made and made[-1].end == starts[a]:
            made[-1] = replace(made[-1], text=made[-1].text + words)
        elif a:  # put in after a word that stays
            made.append(Edit(starts[a - 1], starts[a], before[a - 1] + words))
        elif before:
            made.append(Edit(starts[0], starts[1], words + before[0]))
        else:  # there is no word in this line to hold on to
            made.append(Edit(start, end, words))
    return made


def _starts(pieces: Sequence[str], at: int = 0) -> list[int]:
    starts = [at]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts
