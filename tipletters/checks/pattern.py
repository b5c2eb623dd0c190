"""Patterns of clauses: what their parts are, and where in a sentence they fit.

A part of a pattern is a word, or a class of words in angle brackets; "|" stands between those that may all stand there,
and "_" between words that belong together. "?" behind a part: it may be missing; "!" before it: it must not stand here; "_"
alone is any word, ".." up to four words, "..." up to twelve; "^" is where a clause begins ("Refused obs"), "$" among the
phrases of a part where it ends. A clause does not cross a full stop, colon or semicolon; commas, hyphens and brackets are
not read. For each part a place is looked at once, so the time grows with the text alone.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from tipletters.checks.inflect import forms
from tipletters.checks.words import columns

STOPS = frozenset(".;:!?•")
_OWNERS = re.compile(r"(?<=\w)'s\b")
_GAPS = {"..": 4, "...": 12}


class Part(NamedTuple):
    """One part of a pattern.

    Args:
        phrases: what may stand here; "_" is any word, "$" the end of the clause.
        opens: the first word of each.
        lengths: how many words a phrase may have.
        gap: how many words of any kind may stand here instead.
        optional: whether it may be missing.
        denied: whether it must not stand here.
        first: whether it is only the place where a clause begins.
        plain: whether it is one word that must stand here.
    """

    phrases: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset()
    lengths: tuple[int, ...] = ()
    gap: int = 0
    optional: bool = False
    denied: bool = False
    first: bool = False
    plain: bool = False

    @property
    def needed(self) -> bool:
        """Whether one of its phrases must stand in the sentence."""
        return not (self.gap or self.optional or self.denied or "_" in self.phrases or "$" in self.phrases)

    def ends(self, words: list[str], at: int) -> list[int]:
        """Return every place at which the part may end when it begins at a place."""
        if self.gap:
            return _gap_ends(words, at, self.gap)
        if self.first:
            return [at] if at == 0 or words[at - 1] in STOPS else []
        met = []
        if at < len(words) and (words[at] in self.opens or ("_" in self.opens and words[at] not in STOPS)):
            met = [at + length for length in self.lengths if self._is(words[at : at + length], length)]
        if "$" in self.phrases and (at == len(words) or words[at] in STOPS):
            met.append(at)
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
        if words[end - 1] in STOPS:
            break
        ends.append(end)
    return ends


@lru_cache(maxsize=1)
def classes() -> dict[str, frozenset[str]]:
    """Return each class with its phrases, in every form that its kind has."""
    found: dict[str, frozenset[str]] = {}
    for name, kind, listed in columns("clause-words.txt", 3):
        terms = [term.strip() for term in listed.split(",")]
        own = {form for term in terms if term[0] != "<" for form in forms(term, kind)}
        found[name] = frozenset(own).union(*(found[term[1:-1]] for term in terms if term[0] == "<"))
    return found


def parts_of(written: str) -> tuple[Part, ...]:
    """Return the parts of a pattern.

    Args:
        written: as it stands in wordlists/clauses.tsv.
    """
    return tuple(map(_part, written.split(" ")))


@cache
def _part(written: str) -> Part:
    if written in _GAPS:
        return Part(gap=_GAPS[written])
    if written == "^":
        return Part(optional=True, first=True)
    phrases: set[str] = set()
    for one in written.strip("?!").split("|"):
        phrases |= classes()[one[1:-1]] if one[0] == "<" else {one if one == "_" else one.replace("_", " ")}
    if any("'" in phrase for phrase in phrases):
        phrases = {_OWNERS.sub(" 's", phrase) for phrase in phrases}  # two words, as a sentence is read
    opens = frozenset(phrase.split(" ")[0] for phrase in phrases)
    lengths = tuple(sorted({phrase.count(" ") + 1 for phrase in phrases}))
    made = Part(frozenset(phrases), opens, lengths, optional=written[-1] == "?", denied=written[0] == "!")
    return made._replace(plain=made.needed and lengths == (1,))


def matches(parts: tuple[Part, ...], opens: frozenset[str], words: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where a pattern begins and ends, none over another, and where it could end at the earliest.

    The end is the earliest too, or the last where the pattern ends in a gap.

    Args:
        parts: of the pattern.
        opens: words with which it may begin.
        words: of the sentence, with the signs that part clauses.
    """
    free = 0
    for start, word in enumerate(words):
        if start < free or word not in opens:
            continue
        places = {start}
        for part in parts:
            if part.plain:  # most are, and need no list of places
                places = {at + 1 for at in places if at < len(words) and words[at] in part.phrases}
            else:
                places = {end for at in places for end in part.ends(words, at)}
            if not places:
                break
        if places and (end := max(places) if parts[-1].gap else min(places)) > start:
            free = end
            yield start, end, max(start + 1, min(places))
