"""Clauses that hurt: a threat is seldom one phrase, it is a condition, a person and a loss, in any words.

Their patterns stand in wordlists/clauses.tsv, the classes of words that these name in wordlists/clause-words.txt; how they
are read: tipletters/checks/lexis/pattern.py. A pattern is tried only where a phrase of its rarest part stands.
"""

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

import ahocorasick_rs

from tipletters.checks.lexis.finder import edged
from tipletters.checks.lexis.lists import Entry, entries
from tipletters.checks.lexis.pattern import STOPS, Part, classes, matches, parted, parts_of
from tipletters.checks.lexis.words import TOKEN, tables

_TOKENS = re.compile(rf"{TOKEN.pattern}|[{''.join(sorted(STOPS))}]")


_SELDOM = 1e-3  # a part in fewer sentences than this finds them by itself
_PAIRS = 30  # phrases that two parts may make together


class Rule(NamedTuple):
    """A pattern.

    Args:
        entry: its row.
        parts: what it is made of.
        rarest: the phrases of its rarest part, or of two beside each other, by which sentences are found.
        needs: groups of words for the other parts, of each of which one must stand in the sentence too.
        opens: words with which it may begin.
    """

    entry: Entry
    parts: tuple[Part, ...]
    rarest: frozenset[str]
    needs: tuple[frozenset[str], ...]
    opens: frozenset[str]


class Said(NamedTuple):
    """A clause in a sentence: what it is, and where; and the first place at which one that begins there could end."""

    entry: Entry
    check: str
    start: int
    end: int
    core: int


def _rule(entry: Entry) -> Rule:
    parts = parts_of(entry.term)
    needed = {number: part.phrases for number, part in enumerate(parts) if part.needed}
    places = _rarest(needed)
    rarest = frozenset(map(" ".join, product(*(needed.pop(number) for number in places))))
    needs = sorted(needed.values(), key=_frequency)
    first = next(number for number, part in enumerate(parts) if not part.optional)
    opens = frozenset[str]().union(*(part.opens for part in parts[: first + 1]))
    return Rule(entry, parts, rarest, tuple(map(_signs, needs)), opens)


def _rarest(needed: dict[int, frozenset[str]]) -> tuple[int, ...]:
    """Return which part's phrases are seldom met, or which two that stand beside each other: "to" is in every sentence."""
    rarest = min(needed, key=lambda number: _frequency(needed[number]))
    if _frequency(needed[rarest]) < _SELDOM:
        return (rarest,)
    pairs = [(number, number + 1) for number in needed if _pairs(needed, number)]
    return min(((rarest,), *pairs), key=lambda places: math.prod(_frequency(needed[number]) for number in places))


def _pairs(needed: dict[int, frozenset[str]], number: int) -> int:
    """Return how many phrases a part makes with the next; none where they are many, or one of them holds a gap."""
    first, second = needed[number], needed.get(number + 1, frozenset())
    many = len(first) * len(second)
    return 0 if many > _PAIRS or any(phrase.endswith(" _") for phrase in first) else many


@cache
def _signs(phrases: frozenset[str]) -> frozenset[str]:
    """Return the rarest word of each phrase, of "mrs _" the first."""
    return frozenset(
        min(phrase.removesuffix(" _").split(" "), key=_share) if " " in phrase else phrase for phrase in phrases
    )


@cache
def _frequency(phrases: frozenset[str]) -> float:
    return sum(map(_share, phrases))


@cache
def _share(phrase: str) -> float:
    """Return in about what share of sentences a phrase stands (counted in the letters for tuning)."""
    if " " in phrase:
        return math.prod(map(_share, phrase.split(" ")))
    if phrase in classes()["everywhere"]:
        return 0.1
    return 0.01 if phrase in classes()["common"] else 10 ** (-2.5 - tables().rarity(phrase, 3))


@lru_cache(maxsize=1)
def _machine() -> tuple[ahocorasick_rs.AhoCorasick, list[list[Rule]]]:
    """Return what finds the phrases of every pattern's rarest parts, and the patterns of each phrase."""
    found: dict[str, list[Rule]] = {}
    for entry in entries("clauses"):
        rule = _rule(entry)
        for phrase in rule.rarest:
            found.setdefault(phrase, []).append(rule)
    return ahocorasick_rs.AhoCorasick([_spaced(phrase.removesuffix(" _")) for phrase in found]), list(found.values())


def _spaced(text: str) -> str:
    return f" {' '.join(edged(text).replace('-', ' ').split())} "


def clauses_in(folded: str, different: frozenset[str]) -> tuple[Said, ...]:
    """Return the clauses of a sentence that a pattern fits; those that are fine hide what lies over them.

    Args:
        folded: the sentence in small letters.
        different: its words, each once.
    """
    words: list[str] = []
    text = folded
    if "'" in folded or "cannot" in different:
        words = _words(folded)
        different = frozenset(words)
        text = " ".join(words)
    fitting = _fitting(_spaced(text), different)
    if not fitting:
        return ()
    words = words or _TOKENS.findall(folded)
    met = [(rule.entry, *place) for rule in fitting.values() for place in matches(rule.parts, rule.opens, words)]
    return tuple(_kept(met, folded)) if met else ()


def _fitting(spaced: str, different: frozenset[str]) -> dict[str, Rule]:
    """Return the patterns for whose every part a word stands in a sentence."""
    machine, rules = _machine()
    fitting: dict[str, Rule] = {}
    for number in {number for number, _, _ in machine.find_matches_as_indexes(spaced, overlapping=True)}:
        for rule in rules[number]:
            for needed in rule.needs:  # the rarest first, so that most end here
                if different.isdisjoint(needed):
                    break
            else:
                fitting[rule.entry.term] = rule
    return fitting


def _kept(met: list[tuple[Entry, int, int, int]], folded: str) -> Iterator[Said]:
    places = [found.span() for found in _TOKENS.finditer(folded) for _ in parted(found[0])]
    said = [
        Said(entry, _check_of(entry), places[start][0], places[end - 1][1], places[core - 1][1])
        for entry, start, end, core in met
    ]
    fine = [one for one in said if one.check.startswith("fine")]
    threats = {one.start for one in said if one.check == "threat"}
    free: dict[str, int] = {}
    cores = {(one.check, one.start): one.core for one in sorted(said, key=lambda one: -one.core)}
    for one in sorted(said, key=lambda one: (one.start, -one.end, one.entry.term)):
        quiet = ("fine", f"fine {one.check}")
        hidden = any(other.check in quiet and other.start < one.end and one.start < other.end for other in fine)
        hidden &= one not in fine
        hidden |= one.check == "stigma" and one.start in threats  # "failure to attend will result in ..."
        if not hidden and one.start >= free.get(one.check, 0):
            free[one.check] = one.end
            yield one._replace(core=cores[one.check, one.start])


def _check_of(entry: Entry) -> str:
    """Return the check of a pattern; "fine threat" where it only keeps that check quiet."""
    return entry.kind if entry.kind.startswith("fine") else entry.kind.split(" ")[0]


def _words(folded: str) -> list[str]:
    """Return the words of a sentence, "won't" as two, with the signs that part clauses."""
    return [part for word in _TOKENS.findall(folded) for part in parted(word)]
