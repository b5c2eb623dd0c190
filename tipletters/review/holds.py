"""Which passages of the letter as it stands now are kept from copies, also where their words were changed since."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from tipletters.folding import words
from tipletters.passages import Passage
from tipletters.review.copy import Asked
from tipletters.review.corrections import Correction

# A passage that shares five words in a row with one that is held (all, if it has fewer), or is as like it as this, is
# held too.
_WORDS_IN_A_ROW = 5
_ALIKE = 0.6


def held_now(
    corrections: Iterable[Correction], copies: Sequence[Asked], now: Sequence[Passage]
) -> frozenset[tuple[str, str]]:
    """Return the names of passages to hold back, each with the recipient or everyone.

    A passage whose words were changed since is looked for at its old place, and wherever its words went. When in doubt
    more is held.

    Args:
        corrections: all corrections of the letter.
        copies: what the client was asked, with the words as they were.
        now: the passages of the letter as it stands.
    """
    return frozenset(_held(corrections, copies, now))


def _held(
    corrections: Iterable[Correction], copies: Sequence[Asked], now: Sequence[Passage]
) -> Iterator[tuple[str, str]]:
    there = {one.id for one in now}
    for correction in corrections:
        for name in correction.passages if correction.held_from else ():
            found = {name} if name in there else _went(name, copies, now)
            for one in found:
                for whom in correction.held_from:
                    yield one, whom


def _went(name: str, copies: Sequence[Asked], now: Sequence[Passage]) -> set[str]:
    """Return the passages that may hold now what the passage of this name held."""
    for asked in copies:
        lines = [line for line in asked.lines if line.id]
        for place, line in enumerate(lines):
            if line.id == name:
                old = [one.id for one in lines]
                fresh = [one for one in now if one.id not in old]
                return _in_its_place(old, place, now) | {one.id for one in fresh if _is_like(line.text, one.text)}
    return set()


def _in_its_place(old: Sequence[str], place: int, now: Sequence[Passage]) -> set[str]:
    new = [one.id for one in now]
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal" and old_from <= place < old_to:
            return set(new[new_from:new_to])
    return set()


def _is_like(one: str, other: str) -> bool:
    first, second = words(one), words(other)
    length = min(_WORDS_IN_A_ROW, len(first))  # of a short passage, all of its words
    rows = {tuple(first[at : at + length]) for at in range(len(first) - length + 1)} if length else set()
    if any(tuple(second[at : at + length]) in rows for at in range(len(second) - length + 1)):
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
