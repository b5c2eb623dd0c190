"""What is known of the words of a run's texts, each worked out once."""

import gc
import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from tipletters.checks.lexis.trade import trade_score
from tipletters.checks.lexis.words import DIGIT, SHORT, base, kind, letter_groups, tables


class Word(NamedTuple):
    """What is known of a token.

    Args:
        points: how hard it is.
        rarity: 5 less its Zipf frequency, at least 0.
        syllables: as textstat counts them; most are in the table, so that its dictionary is seldom loaded.
        shape: DIGIT and SHORT, added.
        folded: the token in small letters.
        trade: how much a rare word looks like one of the trade; see `trade_score`.
    """

    points: float
    rarity: float
    syllables: int
    shape: int
    folded: str
    trade: float


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
        self[token] = made = _listed(token) or _other(token)
        return made


def _listed(token: str) -> Word | None:
    """Return what is known of a token that is a word of the table; most are."""
    word = token.lower()
    known = tables().words.get(word)
    if known is None or len(token) < 3 or not (token[1:].islower() and token.isalpha()):
        return None
    points, rarity, syllables = known
    return Word(points, rarity, syllables, 0, word, trade_score(word, points, rarity))


def _other(token: str) -> Word:
    if token.isdigit():
        return _number()._replace(folded=token)
    points, rarity = _hardness(token)
    folded = token.lower().replace("’", "'")
    trade = trade_score(folded.removesuffix("'s"), points, rarity)
    return Word(points, rarity, _syllables(token), _shape(token), folded, trade)


@lru_cache(maxsize=1)
def _number() -> Word:
    return Word(*_hardness("1"), 1, DIGIT, "", -9.0)


def _shape(token: str) -> int:
    digit = DIGIT if any(map(str.isdigit, token)) else 0
    two = len(token) == 2 and token[0].isupper() and token.lower() not in _TWO
    return digit | (SHORT if two or kind(token) in ("code", "mixed", "letter") else 0)


def _syllables(token: str) -> int:
    word = token.lower()[:60]
    if (known := tables().words.get(word)) is not None:
        return known.syllables
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
    rare = data.rarity(word, data.weights["unlisted rarity"])
    if what != "word":
        return data.weights[f"points of a {what}"], 0.0 if what == "number" else rare
    known = data.words.get(word)
    return _unlisted(word) if known is None else known.points, rare


def _unlisted(word: str) -> float:
    """Points of a word that the table lacks, from its letter groups, smoothed to stay above nothing."""
    total = tables().weights["unlisted word"]
    if len(word) > 3:
        total += math.fsum(tables().groups.get(group, 0.0) for group in letter_groups(word[:60]))
    return max(0.0, total) if total > 20 else math.log1p(math.exp(4 * max(total, -100))) / 4
