"""What is known of single words: how hard, how rare, how many syllables."""

import gc
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tipletters.checks.lists import rows
from tipletters.resources import folder

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_GROUPS = (3, 4, 5)  # letters in a group


@dataclass(frozen=True, slots=True)
class Tables:
    """The data behind the words: none of it is text of a letter."""

    points: dict[str, float]
    rarity: dict[str, float]
    syllables: dict[str, int]
    groups: dict[str, float]
    weights: dict[str, float]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Return the tables, read once."""
    points: dict[str, float] = {}
    rarity: dict[str, float] = {}
    syllables: dict[str, int] = {}
    for first, second, third, words in columns("rarity.txt", 4):
        listed = words.split(" ")
        points.update(dict.fromkeys(listed, float(first)))
        rarity.update(dict.fromkeys(listed, float(second)))
        syllables.update(dict.fromkeys(listed, int(third)))
    groups = {group: float(first) for first, many in columns("letter-groups.txt", 2) for group in many.split(" ")}
    weights = {term: float(weight) for term, weight, _, _ in rows("difficulty")}
    return Tables(points, rarity, syllables, groups, weights)


def columns(name: str, count: int) -> list[list[str]]:
    """Return the lines of a shipped table, parted at tabs, without its head."""
    text = (folder("wordlists") / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("# ")]
    return [line.split("\t", count - 1) for line in lines[1:]]


def kind(token: str) -> str:
    """Say what a token is: "number", "code" (TSH), "mixed" (B12), "letter" (alone), or "word"."""
    if token.isdigit():
        return "number"
    if not token.isalpha() and any(map(str.isdigit, token)):
        return "mixed"
    if len(token) == 1:
        return "word" if token in ("a", "A", "I") else "letter"
    if token.islower() or token[1:].islower() or sum(map(str.isupper, token)) < 2:
        return "word"
    return "code"


def base(token: str) -> str:
    """Return a token in small letters, without a possessive s."""
    return token.lower().replace("’", "'").removesuffix("'s")


class Word(NamedTuple):
    """What is known of a token.

    Args:
        points: how hard it is.
        rarity: 5 less its Zipf frequency, at least 0.
        syllables: as textstat counts them; most are in the table, so that its dictionary is seldom loaded.
        shape: DIGIT and SHORT, added.
        folded: the token in small letters.
    """

    points: float
    rarity: float
    syllables: int
    shape: int
    folded: str


DIGIT = 1  # there is a digit in it
SHORT = 2  # it looks like a short form: CMHT, B12, Hb
# Words of two letters that begin a sentence, and titles: no short forms.
_TWO = frozenset(
    "ah am an as at be by do dr go he hi if in is it me mr ms mx my no of oh ok on or so to up us we".split()
)


class Lexicon(dict[str, Word]):
    """Token → what is known of it, worked out once for each distinct token of a run, up to a limit."""

    LIMIT = 100_000

    def __missing__(self, token: str) -> Word:
        if len(self) >= self.LIMIT:
            self.clear()
        self[token] = made = Word(*_hardness(token), _syllables(token), _shape(token), token.lower().replace("’", "'"))
        return made


def _shape(token: str) -> int:
    digit = DIGIT if any(map(str.isdigit, token)) else 0
    two = len(token) == 2 and token[0].isupper() and token.lower() not in _TWO
    return digit | (SHORT if two or kind(token) in ("code", "mixed", "letter") else 0)


def _syllables(token: str) -> int:
    word = token.lower()[:60]
    if (known := tables().syllables.get(word)) is not None:
        return known
    return max(1, int(_counter()(word))) if word.isalpha() or "'" in word else 1


@lru_cache(maxsize=1)
def _counter() -> Callable[[str], int]:
    from textstat import textstat

    textstat.syllable_count("a")
    gc.freeze()  # its dictionary is a quarter of a million lists that never go: do not walk them again and again
    count: Callable[[str], int] = textstat.syllable_count
    return count


def _hardness(token: str) -> tuple[float, float]:
    data, what, word = tables(), kind(token), base(token)
    rare = data.rarity.get(word, data.weights["unlisted rarity"])
    if what != "word":
        return data.weights[f"points of a {what}"], 0.0 if what == "number" else rare
    points = data.points.get(word)
    return _unlisted(word) if points is None else points, rare


def letter_groups(word: str) -> set[str]:
    """Return the groups of three to five letters in a word; ^ and $ are its ends."""
    text = f"^{word}$"
    return {text[at : at + size] for size in _GROUPS for at in range(len(text) - size + 1)}


def _unlisted(word: str) -> float:
    """Points of a word that the table lacks, from its letter groups, smoothed to stay above nothing."""
    total = tables().weights["unlisted word"]
    if len(word) > 3:
        total += sum(tables().groups.get(group, 0.0) for group in sorted(letter_groups(word[:60])))
    return max(0.0, total) if total > 20 else math.log1p(math.exp(4 * max(total, -100))) / 4
