"""Finds the line of a case file in which a passage was written; it is read for a message and kept no longer."""

from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

from tipletters.folding import one_stroke, pieces
from tipletters.quiet import Quiet

# As much of a passage as tells it from others.
_BEGINNING = 40


class Lines(Quiet):
    """The lines of a case file, folded.

    Args:
        where: the file; a case that is no file has no lines.
    """

    def __init__(self, where: str) -> None:
        try:
            lines = Path(where).read_text(encoding="utf-8").splitlines() if where else []
        except (OSError, ValueError):
            lines = []
        letters = list(map(_letters, lines))
        self._whole, self._ends = "".join(letters), list(accumulate(map(len, letters)))

    def find(self, sought: str, apart_from: str = "") -> int:
        """Return the number of the line in which a text begins; 0 where it is not found.

        Args:
            sought: the text.
            apart_from: a passage that does not count, since it holds the same words.
        """
        letters, other, whole = _letters(sought)[:_BEGINNING], _letters(apart_from), self._whole
        if other:
            whole = whole.replace(other, "\0" * len(other))
        at = whole.find(letters) if letters else -1
        return bisect_right(self._ends, at) + 1 if at >= 0 else 0


def _letters(text: str) -> str:
    return one_stroke("".join(pieces(text)))
