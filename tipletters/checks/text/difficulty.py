"""How hard a sentence is, 1 (everyone) to 6 (specialists): a linear formula of five parts that a person can read off.

The weights stand in `wordlists/difficulty.tsv`; how they were found, in `bench/fit_difficulty.py`.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from tipletters.checks.lexis.lexicon import Lexicon
from tipletters.checks.lexis.words import TOKEN, tables

PARTS = ("base", "hard words", "rare words", "long sentence", "brackets", "commas")


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the formula adds to a sentence's difficulty."""

    name: str
    adds: float


def parts(sentence: str) -> tuple[Part, ...]:
    """Return what each part adds to a sentence's difficulty."""
    return tuple(map(Part, PARTS, adds(sentence, *_known(sentence))))


def sentence_difficulty(sentence: str) -> float:
    """Return how hard a sentence is, 1 (everyone) to 6 (specialists)."""
    return difficulty(sentence, *_known(sentence))


def difficulty(sentence: str, words: int, points: float, rarity: float) -> float:
    """Return how hard a sentence is, 1 (everyone) to 6 (specialists), from what is known of its words.

    Args:
        sentence: one sentence.
        words: how many there are in it.
        points: of all of them together.
        rarity: of all of them together.
    """
    return min(6.0, max(1.0, sum(adds(sentence, words, points, rarity))))


def adds(sentence: str, words: int, points: float, rarity: float) -> tuple[float, ...]:
    """Return what each of PARTS adds; the arguments are those of `difficulty`."""
    base, hard, rare, long, brackets, commas = _weights()
    return (
        base,
        hard * math.sqrt((points + 0.05) / (words + 10)),
        rare * math.sqrt(rarity / (words + 3)),
        long * math.log(words + 1),
        brackets * sentence.count("("),
        commas * sentence.count(","),
    )


@lru_cache(maxsize=1)
def _weights() -> tuple[float, ...]:
    return tuple(tables().weights[part] for part in PARTS)


def _known(sentence: str) -> tuple[int, float, float]:
    lexicon = Lexicon()
    tokens = TOKEN.findall(sentence.lower() if sentence.isupper() else sentence)
    words = [lexicon[token] for token in tokens]
    return len(words), sum(word.points for word in words), sum(word.rarity for word in words)
