"""Tells a word of the trade that no list has ("perivascular") from another rare word ("allotment")."""

from dataclasses import dataclass
from functools import lru_cache

from tipletters.checks.words import columns, letter_groups


@dataclass(frozen=True, slots=True)
class _Trade:
    base: float
    weights: dict[str, float]
    known: frozenset[str]


@lru_cache(maxsize=1)
def _trade() -> _Trade:
    weights = {group: float(weight) for weight, many in columns("trade-groups.txt", 2) for group in many.split(" ")}
    known = frozenset(word for _, many in columns("trade-words.txt", 2) for word in many.split(" "))
    return _Trade(weights.pop("^"), weights, known)


def trade_points(word: str) -> float:
    """Return how much a rare word looks like one of the trade: above 0 more than not.

    Args:
        word: in small letters.
    """
    trade = _trade()
    if word in trade.known or (word.endswith("s") and word[:-1] in trade.known):
        return 9.0
    if len(word) < 5:
        return -9.0
    return trade.base + sum(trade.weights.get(group, 0.0) for group in letter_groups(word[:60]))
