"""Patterns of clauses: what their parts are, and where in a sentence they fit.

A part of a pattern is a word, or a class of words in angle brackets; "|" stands between those that may all stand there,
and "_" between words that belong together. "?" behind a part: it may be missing; "!" before it: it must not stand here; "_"
alone is any word, ".." up to four words, "..." up to twelve; "^" is where a clause begins ("Refused obs"), "$" among the
phrases of a part where it ends. A clause does not cross a full stop, colon or semicolon; commas, hyphens and brackets are
not read. For each part a place is looked at once, so the time grows with the text alone.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.words import columns

STOPS = frozenset(".;:!?•")
_SPLIT = {"won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not")}
_ENDINGS = {"n't": "not", "'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would", "'s": "'s"}
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
        own = {_as_read(form) for term in terms if term[0] != "<" for form in forms(term, kind)}
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
    pieces = written.strip("?!").split("|")
    own = frozenset(one if one == "_" else _as_read(one.replace("_", " ")) for one in pieces if one[0] != "<")
    listed = [own] if own else []
    listed += [classes()[one[1:-1]] for one in pieces if one[0] == "<"]
    phrases = frozenset[str]().union(*listed)
    opens, lengths = (frozenset().union(*each) for each in zip(*map(_opens, listed), strict=True))
    optional, denied = written[-1] == "?", written[0] == "!"
    plain = lengths == _ONE and not (optional or denied or {"_", "$"} & phrases)
    return Part(phrases, opens, tuple(sorted(lengths)), optional=optional, denied=denied, plain=plain)


@cache
def _opens(phrases: frozenset[str]) -> tuple[frozenset[str], frozenset[int]]:
    """Return the first word of each phrase, and how many words they have."""
    long = [phrase for phrase in phrases if " " in phrase]
    if not long:
        return phrases, _ONE
    opens = {phrase.partition(" ")[0] for phrase in long}
    return phrases.difference(long) | opens, frozenset(map(_length, long)) | (
        _ONE if len(long) < len(phrases) else set()
    )


def _length(phrase: str) -> int:
    return phrase.count(" ") + 1


_ONE = frozenset({1})


def _as_read(phrase: str) -> str:
    """Return a phrase in the words as which a sentence is read: "mother 's", "can not"."""
    if "'" not in phrase and "cannot" not in phrase:
        return phrase
    return " ".join(part for word in phrase.split(" ") for part in parted(word))


def parted(word: str) -> tuple[str, ...]:
    """Return the words that one stands for: "won't" is "will" and "not"."""
    if "'" not in word and word != "cannot":
        return (word,)
    if word in _SPLIT:
        return _SPLIT[word]
    for ending, plain in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)], plain
    return (word,)


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
