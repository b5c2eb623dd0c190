"""Text as it is compared where no spelling may hide a word: letters and digits alone, all in one shape.

Case, kinds of letters that look alike, accents, invisible characters and spaces make no difference. Digits are never
taken for letters, nor letters for digits. Look-alikes: Unicode's list of confusables (UTS 39), one letter for one.
"""

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from tipletters.resources import folder

# What looks like nothing at all: it becomes a zero-width space.
_FILLERS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\u2800"), "\u200b")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
_INSIDE = re.compile(r"(?<=[^\W_])['’‘ʼ`´](?=[^\W_])")


def _one_shape(text: str) -> str:
    """Return the text in one shape; invisible characters stay."""
    if "&" in text:
        text = html.unescape(text)
    if text.isascii():
        return text.lower()
    alike = _look_alikes()
    text = unicodedata.normalize("NFKD", text.translate(alike)).translate(alike).casefold()
    text = "".join(ch for ch in text if unicodedata.category(ch) not in ("Mn", "Me"))
    return text.translate(alike)


@lru_cache(maxsize=1)
def _look_alikes() -> dict[int, str]:
    """Return each sign that looks like a letter from a to z, with that letter."""
    lines = (folder("wordlists") / "look-alikes.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("# "))
    return {ord(sign): letter for letter, signs in pairs if len(letter) == 1 for sign in signs} | _FILLERS


def words(text: str) -> list[str]:
    """Return the words of a text, folded, as a reader counts them: "don't" is one; a soft hyphen parts nothing."""
    text = _INSIDE.sub("", _one_shape(text))
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return _WORD.findall("".join(ch for ch in text if unicodedata.category(ch) != "Cf"))


def pieces(text: str) -> list[str]:
    """Return what stands between any two places where a word could begin or end, whether they can be seen or not."""
    text = _one_shape(text)
    return _ASCII_WORD.findall(text) if text.isascii() else _WORD.findall(text)


def one_stroke(letters: str) -> str:
    """Return the letters with "l" for "i": a capital I looks like a small l."""
    return letters.replace("i", "l")


class Folded:
    """Texts in which words are looked for, however they are cut up: over runs, cells, lines or invisible characters.

    Args:
        texts: they follow one another.
    """

    __slots__ = ("_ends", "_pieces", "letters")

    def __init__(self, texts: Iterable[str]) -> None:
        self._pieces = [pieces(text) for text in texts]
        self.letters = one_stroke("".join(piece for text in self._pieces for piece in text))
        self._ends: list[int] = []

    def __repr__(self) -> str:
        return "<Folded>"

    def places(self, sought: str) -> Iterator[int]:
        """Yield where the sought letters begin, from the beginning of a word to the end of one."""
        sought = one_stroke(sought)
        at = self.letters.find(sought) if sought else -1
        while at >= 0:
            if self._is_end(at) and self._is_end(at + len(sought)):
                yield at
            at = self.letters.find(sought, at + 1)

    def holds(self, sought: str) -> bool:
        """Say whether the sought letters stand here as whole words."""
        return one_stroke(sought) in self.letters and any(True for _ in self.places(sought))

    def text_at(self, place: int) -> int:
        """Return the number of the text in which a place lies, from 0."""
        ends = accumulate(sum(map(len, text)) for text in self._pieces)
        return sum(end <= place for end in ends)

    def _is_end(self, at: int) -> bool:
        if not self._ends:
            self._ends = [0, *accumulate(len(piece) for text in self._pieces for piece in text)]
        found = bisect_left(self._ends, at)
        return found < len(self._ends) and self._ends[found] == at
