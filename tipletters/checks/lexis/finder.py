"""Finds listed terms in a sentence, all lists in one pass; the time does not grow with the lists (Aho-Corasick)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.lists import Entry, entries

JARGON = ("jargon-health", "jargon-mind", "jargon-care", "jargon-justice", "jargon-office")
TONE = ("stigma", "doubt", "order", "threat", "false-promise", "third-person", "gp-speak", "graphic")
SIGNALS = (
    "sensitive",
    "purposes",
    "heads",
)  # never an issue by themselves; they hide nothing and are hidden by nothing
# The first list wins where two have the same stretch.
_ORDER = {name: number for number, name in enumerate(("fine", *TONE, "medicines", *JARGON, *SIGNALS))}


_PRONOUNS = ("she ", "he ", "her ", "his ", "him ", "they ")


class Found(NamedTuple):
    """A listed term in a sentence."""

    entry: Entry
    start: int
    end: int


class Finder:
    """Looks for the forms of many entries at once.

    Args:
        listed: the entries; a stem such as "-pril" is left to others.
    """

    def __init__(self, listed: Iterable[Entry]) -> None:
        by_form: dict[str, list[Entry]] = {}
        for entry in listed:
            if not entry.term.startswith("-"):
                # Words of tone come without a part of speech: every form of them hurts.
                note = "noun verb" if entry.list in ("doubt", "stigma", "threat", "sensitive") else entry.note
                for form in forms(entry.term.casefold(), note):
                    by_form.setdefault(form, []).append(entry)
        self._entries = [tuple(sorted(found, key=lambda one: _ORDER.get(one.list, 99))) for found in by_form.values()]
        self._machine = ahocorasick_rs.AhoCorasick([f" {edged(form)} " for form in by_form])

    def matches(self, edged: str) -> list[tuple[int, int, int]]:
        """Return all terms in a text made `edged`, as whole words: number, start and end, in the order of their ends."""
        return [
            (index, start, end - 2)
            for index, start, end in self._machine.find_matches_as_indexes(f" {edged} ", overlapping=True)
        ]

    def find(self, edged: str) -> tuple[Found, ...]:
        """Return the terms in a sentence made `edged`: whole words alone, the longest where several overlap."""
        return self.terms(self.matches(edged))

    def terms(self, matches: Iterable[tuple[int, int, int]], at: int = 0) -> tuple[Found, ...]:
        """Return some matches as terms, the longest where several overlap.

        Args:
            matches: from `matches`, of one sentence.
            at: where the sentence begins.
        """
        found: list[Found] = []
        signals: list[Found] = []
        for index, start, end in matches:
            for entry in self._entries[index]:
                (signals if entry.list in SIGNALS else found).append(Found(entry, start - at, end - at))
        return (*_longest(found), *signals) if found else tuple(signals)


_EDGES = bytes(code if chr(code).isalnum() or code == ord("-") else ord(" ") for code in range(256))


def edged(folded: str) -> str:
    """Return a folded text with a space for all that is no letter, digit or hyphen, and of the same length.

    A term between two spaces is then a whole word. Letters beyond Latin-1 are in no list, and count as spaces.
    """
    return folded.encode("latin-1", errors="replace").translate(_EDGES).decode("latin-1")


def _longest(found: list[Found]) -> list[Found]:
    """Keep the longest of those that overlap, list by list.

    A "fine" phrase hides the words of tone that lie in it; a word of tone hides the jargon that lies in it.
    """
    if len(found) == 1:
        return [] if found[0].entry.list == "fine" else found
    places: dict[str, list[tuple[int, int]]] = {
        "fine": [(one.start, one.end) for one in found if one.entry.list == "fine"]
    }
    kept: list[Found] = []
    ends: dict[str, int] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end, _ORDER.get(one.entry.list, 99))):
        family = one.entry.list
        if family in JARGON:  # a mild word never hides a hard one
            family = "mild" if one.entry.note.partition(":")[0].endswith("mild") else "jargon"
        if family == "fine" or one.start < ends.get(family, 0) or _lies_in(one, places["fine"], TONE):
            continue
        ends[family] = one.end
        kept.append(one)
    tone = [(one.start, one.end) for one in kept if one.entry.list in TONE]
    return [one for one in kept if not _lies_in(one, tone, JARGON)]


def _lies_in(one: Found, places: list[tuple[int, int]], lists: tuple[str, ...]) -> bool:
    return one.entry.list in lists and any(start <= one.start and one.end <= end for start, end in places)


@lru_cache(maxsize=1)
def finder() -> Finder:
    """Return the finder over the shipped lists; it holds no text of any letter."""
    names = ("fine", *TONE, *JARGON, "medicines", *SIGNALS)
    listed = (entry for name in names for entry in entries(name))
    # "she denies" hurts twice: who is meant by "she" is judged by the check, "denies" by its own list.
    return Finder(one for one in listed if one.list != "third-person" or not one.term.startswith(_PRONOUNS))


_BROKEN = re.compile("[\ud800-\udfff]")
_FOLDS = (("’", "'"), ("‘", "'"), ("‐", "-"), ("‑", "-"), ("–", "-"), ("\u00a0", " "), ("\n", " "), ("\t", " "))


def fold(text: str) -> str:
    """Return the text in small letters, with one kind of apostrophe, hyphen and space, and of the same length."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    for sign, plain in _FOLDS:
        lowered = lowered.replace(sign, plain)
    return lowered if lowered.isascii() else _BROKEN.sub("?", lowered)
