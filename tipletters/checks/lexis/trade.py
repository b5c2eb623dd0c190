"""Tells a word of the trade that no list has ("perivascular") from another rare word ("allotment")."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.lists import entries
from tipletters.checks.lexis.words import columns, letter_groups, tables


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
    # fsum, since a set has no order and the last digit must not depend on it
    return trade.base + math.fsum(trade.weights.get(group, 0.0) for group in letter_groups(word[:60]))


_RARE = 2.0  # rarity: 5 less the Zipf frequency
_UNKNOWN = 2.5  # hardly anybody writes a word above this: being hard counts too


def trade_score(word: str, points: float, rarity: float) -> float:
    """Return how much a word looks like one of the trade that a client would not know; -9 where it is common or plain.

    Args:
        word: in small letters, without a possessive s.
        points: how hard it is.
        rarity: 5 less its Zipf frequency.
    """
    if rarity < _RARE or len(word) < 4 or not word.isalpha() or is_plain(word):
        return -9.0
    return trade_points(word) + (2 * points if rarity > _UNKNOWN else 0)


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    return frozenset(form for entry in entries("rare-but-plain") for form in forms(entry.term.casefold(), "noun verb"))


def is_plain(word: str) -> bool:
    """Say whether a rare word is known to all, or built from one that is: "crumbly", "unwatched".

    Args:
        word: in small letters.
    """
    plain = _plain_words()
    if word in plain or word.removesuffix("ly") in plain or word.removesuffix("y") in plain:
        return True
    stem = re.sub(r"(?:ness|less|ful|er|est|ly|ish)$", "", word)
    if word.startswith("un") and tables().rarity(word[2:], 9) < 2:
        return True
    return stem in plain or (stem != word and tables().rarity(stem, 9) < 1.5)
