"""How hard a sentence is, 1 (everyone) to 6 (specialists): a linear formula of five parts that a person can read off.

The weights stand in `wordlists/difficulty.tsv`; how they were found, in `bench/fit_difficulty.py`.
"""

import math
from dataclasses import dataclass

from tipletters.checks.words import TOKEN, Hardness, tables


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the formula adds to a sentence's difficulty."""

    name: str
    adds: float


def parts(sentence: str, hardness: Hardness | None = None) -> tuple[Part, ...]:
    """Return what each part adds.

    Args:
        sentence: one sentence.
        hardness: what is known of words from earlier in the run.
    """
    known = [(hardness if hardness is not None else Hardness())[token] for token in TOKEN.findall(_eased(sentence))]
    weights = tables().weights
    count, points, rarity = len(known), sum(one for one, _ in known), sum(rare for _, rare in known)
    return (
        Part("base", weights["base"]),
        Part("hard words", weights["hard words"] * math.sqrt((points + 0.05) / (count + 10))),
        Part("rare words", weights["rare words"] * math.sqrt(rarity / (count + 3))),
        Part("long sentence", weights["long sentence"] * math.log(count + 1)),
        Part("brackets", weights["brackets"] * sentence.count("(")),
        Part("commas", weights["commas"] * sentence.count(",")),
    )


def sentence_difficulty(sentence: str, hardness: Hardness | None = None) -> float:
    """Return how hard a sentence is, 1 (everyone) to 6 (specialists).

    Args:
        sentence: one sentence.
        hardness: what is known of words from earlier in the run.
    """
    return min(6.0, max(1.0, sum(part.adds for part in parts(sentence, hardness))))


def _eased(sentence: str) -> str:
    return sentence.lower() if sentence.isupper() else sentence
