"""A small grammar of clauses that hurt: a threat is seldom one phrase, it is a condition, a person and a loss.

The patterns stand in wordlists/clauses.tsv, the classes of words that they name in wordlists/clause-words.txt. A part of a
pattern is a word, words with "|" between them, or a class in angle brackets; "?" behind it: it may be missing; "!" before
it: it must not stand here; ".." is up to four words of any kind, "..." up to twelve. A clause does not cross a full stop,
colon or semicolon; commas, hyphens and brackets are not read. A place is looked at once for each part, so the time grows
with the text alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tipletters.checks.inflect import forms
from tipletters.checks.lists import Entry, entries
from tipletters.checks.words import TOKEN, columns, tables

_GAPS = {"..": 4, "...": 12}
_SPLIT = {"won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not")}
_ENDINGS = {"n't": "not", "'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would", "'s": "'s"}
_STOPS = frozenset(".;:!?•")
_TOKENS = re.compile(rf"{TOKEN.pattern}|[{''.join(sorted(_STOPS))}]")
# Words that may hide in another ("won't"): a sentence without them may have them all the same.
_HIDDEN = frozenset("not will have are am would can shall 's i you he she it we they that there who _".split())


class Part(NamedTuple):
    """One part of a pattern.

    Args:
        phrases: what may stand here; "_" is any word.
        opens: the first word of each.
        lengths: how many words a phrase may have.
        gap: how many words of any kind may stand here instead.
        optional: whether it may be missing.
        denied: whether it must not stand here.
    """

    phrases: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset()
    lengths: tuple[int, ...] = ()
    gap: int = 0
    optional: bool = False
    denied: bool = False

    def ends(self, words: list[str], at: int) -> list[int]:
        """Return every place at which the part may end when it begins at a place."""
        if self.gap:
            return _gap_ends(words, at, self.gap)
        met = []
        if at < len(words) and (words[at] in self.opens or ("_" in self.opens and words[at] not in _STOPS)):
            met = [at + length for length in self.lengths if self._is(words[at : at + length], length)]
        if self.denied:
            return [] if met else [at]
        return [at, *met] if self.optional else met

    def _is(self, words: list[str], length: int) -> bool:
        if length == 1:
            return words[0] in self.phrases or "_" in self.phrases
        return len(words) == length and (
            " ".join(words) in self.phrases or (length == 2 and f"{words[0]} _" in self.phrases)
        )


def _gap_ends(words: list[str], at: int, most: int) -> list[int]:
    ends = [at]
    for end in range(at + 1, min(at + most, len(words)) + 1):
        if words[end - 1] in _STOPS:
            break
        ends.append(end)
    return ends


class Rule(NamedTuple):
    """A pattern.

    Args:
        entry: its row.
        parts: what it is made of.
        needs: groups of words, of each of which one must stand in the sentence, the rarest group first.
        opens: words with which it may begin.
    """

    entry: Entry
    parts: tuple[Part, ...]
    needs: tuple[frozenset[str], ...]
    opens: frozenset[str]


class Said(NamedTuple):
    """A clause in a sentence: what it is, and where."""

    entry: Entry
    check: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    """Class → its phrases, in every form that its kind has."""
    found: dict[str, frozenset[str]] = {}
    for name, kind, listed in columns("clause-words.txt", 3):
        terms = [term.strip() for term in listed.split(",")]
        own = {form for term in terms if term[0] != "<" for form in forms(term, kind)}
        found[name] = found.get(name, frozenset()).union(own, *(found[term[1:-1]] for term in terms if term[0] == "<"))
    return found


def _part(written: str) -> Part:
    if written in _GAPS:
        return Part(gap=_GAPS[written])
    phrases: set[str] = set()
    for one in written.strip("?!").split("|"):
        phrases |= _classes()[one[1:-1]] if one[0] == "<" else {one}
    opens = frozenset(phrase.split(" ")[0] for phrase in phrases)
    lengths = tuple(sorted({phrase.count(" ") + 1 for phrase in phrases}))
    return Part(frozenset(phrases), opens, lengths, optional=written[-1] == "?", denied=written[0] == "!")


def _rule(entry: Entry) -> Rule:
    parts = tuple(map(_part, entry.term.split(" ")))
    needs = [
        frozenset(max(phrase.split(" "), key=lambda word: (_rarity(word), len(word))) for phrase in part.phrases)
        for part in parts
        if not (part.gap or part.optional or part.denied or "_" in part.phrases)
    ]
    needs.sort(key=lambda words: (not words.isdisjoint(_HIDDEN), sum(10 ** -_rarity(word) for word in words)))
    opens = frozenset().union(*(part.opens for part in parts[: _first(parts) + 1]))
    return Rule(entry, parts, tuple(needs), opens)


def _rarity(word: str) -> float:
    return -2 if word in _classes()["common"] else tables().rarity.get(word, 3)


def _first(parts: tuple[Part, ...]) -> int:
    """Return the number of the first part that must be there."""
    return next(number for number, part in enumerate(parts) if not part.optional)


def _by_word() -> dict[str, list[tuple[frozenset[str], Rule]]]:
    """Every rule under each word of its rarest group, with its next group: most rules fall out by that at once."""
    found: dict[str, list[tuple[frozenset[str], Rule]]] = defaultdict(list)
    for entry in entries("clauses"):
        rule = _rule(entry)
        for word in rule.needs[0]:
            found[word].append((rule.needs[min(1, len(rule.needs) - 1)], rule))
    return found


_RULES = _by_word()
_WORDS = frozenset(_RULES)


def clauses_in(folded: str, different: frozenset[str]) -> tuple[Said, ...]:
    """Return the clauses of a sentence that a pattern fits; those that are fine hide what lies over them.

    Args:
        folded: the sentence in small letters.
        different: its words, each once.
    """
    hidden = "'" in folded or "cannot" in different
    if hidden:
        different = different.union(part for word in different for part in _parted(word))
    rules: dict[str, Rule] = {}
    for word in different & _WORDS:
        for second, rule in _RULES[word]:
            if not different.isdisjoint(second) and not any(map(different.isdisjoint, rule.needs)):
                rules[rule.entry.term] = rule
    if not rules:
        return ()
    words = _TOKENS.findall(folded)
    if hidden:
        words = [part for word in words for part in _parted(word)]
    met = [(rule.entry, *place) for rule in rules.values() for place in _matches(rule, words)]
    return tuple(_kept(met, folded)) if met else ()


def _kept(met: list[tuple[Entry, int, int]], folded: str) -> Iterator[Said]:
    places = [found.span() for found in _TOKENS.finditer(folded) for _ in _parted(found[0])]
    said = [Said(entry, entry.kind.split(" ")[0], places[start][0], places[end - 1][1]) for entry, start, end in met]
    fine = [one for one in said if one.check == "fine"]
    threats = {one.start for one in said if one.check == "threat"}
    free: dict[str, int] = {}
    for one in sorted(said, key=lambda one: (one.start, -one.end)):
        hidden = any(other.start < one.end and one.start < other.end for other in fine)
        hidden |= one.check == "stigma" and one.start in threats  # "failure to attend will result in ..."
        if not hidden and one.start >= free.get(one.check, 0):
            free[one.check] = one.end
            yield one


def _matches(rule: Rule, words: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where a pattern begins and ends, none over another: the shortest, or the longest where it ends in a gap."""
    free = 0
    for start, word in enumerate(words):
        if start < free or word not in rule.opens:
            continue
        places = {start}
        for part in rule.parts:
            places = {end for at in places for end in part.ends(words, at)}
            if not places:
                break
        if places and (end := max(places) if rule.parts[-1].gap else min(places)) > start:
            free = end
            yield start, end


def _parted(word: str) -> tuple[str, ...]:
    if "'" not in word and word != "cannot":
        return (word,)
    if word in _SPLIT:
        return _SPLIT[word]
    for ending, plain in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)], plain
    return (word,)
