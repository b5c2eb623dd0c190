"""Finds the line of a case file in which a passage was written; it is read for a message and kept nowhere."""

from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

from tipletters.proof.fold import Folded

# As much of a passage as tells it from others.
_BEGINNING = 40


def line_of(where: str, sought: str, apart_from: str = "") -> int:
    """Return the number of the line in which a text begins; 0 where it is not found, or the case is no file.

    Args:
        where: the case's file.
        sought: the text.
        apart_from: a passage that does not count, since it holds the same words.
    """
    try:
        lines = Path(where).read_text(encoding="utf-8").splitlines() if where else []
    except (OSError, ValueError):
        return 0
    pieces = [Folded(line).letters for line in lines]
    whole, ends = "".join(pieces), list(accumulate(map(len, pieces)))
    letters = Folded(sought).letters[:_BEGINNING]
    if apart_from:
        other = Folded(apart_from).letters
        whole = whole.replace(other, "\0" * len(other))
    at = whole.find(letters) if letters else -1
    return bisect_right(ends, at) + 1 if at >= 0 else 0
