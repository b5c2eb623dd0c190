"""How hard a sentence is, 1 (everyone) to 6 (specialists): a linear formula of five parts that a person can read off.

The weights stand in `wordlists/difficulty.tsv`; how they were found, in `bench/fit_difficulty.py`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tipletters.checks.words import TOKEN, Hardness, tables

PARTS = ("base", "hard words", "rare words", "long sentence", "brackets", "commas")


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the formula adds to a sentence's difficulty."""

    name: str
    adds: float


def parts(sentence: str, hardness: Hardness | None = None, tokens: Sequence[str] | None = None) -> tuple[Part, ...]:
    """Return what each part adds.

    Args:
        sentence: one sentence.
        hardness: what is known of words from earlier in the run.
        tokens: its words, where they are known already.
    """
    return tuple(map(Part, PARTS, _adds(sentence, hardness, tokens)))


def sentence_difficulty(sentence: str, hardness: Hardness | None = None, tokens: Sequence[str] | None = None) -> float:
    """Return how hard a sentence is, 1 (everyone) to 6 (specialists).

    Args:
        sentence: one sentence.
        hardness: what is known of words from earlier in the run.
        tokens: its words, where they are known already.
    """
    return min(6.0, max(1.0, sum(_adds(sentence, hardness, tokens))))


def _adds(sentence: str, hardness: Hardness | None, tokens: Sequence[str] | None) -> tuple[float, ...]:
    table = Hardness() if hardness is None else hardness
    if sentence.isupper():
        tokens = TOKEN.findall(sentence.lower())
    elif tokens is None:
        tokens = TOKEN.findall(sentence)
    known = [table[token] for token in tokens]
    count = len(known)
    points, rarity = map(sum, zip(*known, strict=True)) if known else (0.0, 0.0)
    weigh = tables().weights
    return (
        weigh["base"],
        weigh["hard words"] * math.sqrt((points + 0.05) / (count + 10)),
        weigh["rare words"] * math.sqrt(rarity / (count + 3)),
        weigh["long sentence"] * math.log(count + 1),
        weigh["brackets"] * sentence.count("("),
        weigh["commas"] * sentence.count(","),
    )
