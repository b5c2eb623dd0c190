"""Which passages of the letter as it stands now are kept from copies, also where their words were changed since."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from tipletters.consent import EVERYONE
from tipletters.folding import words
from tipletters.letter import Block
from tipletters.passages import Passage
from tipletters.people import Recipient
from tipletters.redact import led_to
from tipletters.review.copy import Asked
from tipletters.review.corrections import Correction, Decision, Source
from tipletters.review.whom import kept_from

# A passage that shares five words in a row with one that is held (all, if it has fewer), or is as like it as this, is
# held too.
_WORDS_IN_A_ROW = 5
_ALIKE = 0.6


def held_now(
    corrections: Iterable[Correction],
    copies: Sequence[Asked],
    blocks: Sequence[Block],
    now: Sequence[Passage],
    recipients: Sequence[Recipient],
) -> frozenset[tuple[str, str]]:
    """Return the names of passages to hold back, each with the recipient or everyone.

    A passage whose words were changed since is looked for at its old place, and wherever its words went. With a heading
    or lead-in goes all that stands under it. What the client wrote at no part of the letter may be about all of it.
    When in doubt more is held.

    Args:
        corrections: all corrections of the letter.
        copies: what the client was asked, with the words as they were.
        blocks: the letter as it stands, with everything in it.
        now: the passages of these blocks.
        recipients: those of the case as it stands.
    """
    return frozenset(
        (name, whom)
        for correction in corrections
        if (held := kept_from(correction, copies, recipients) or ((EVERYONE,) * (not is_put_in(correction, now))))
        for name in _names(correction, copies, blocks, now)
        for whom in held
    )


def _names(
    correction: Correction, copies: Sequence[Asked], blocks: Sequence[Block], now: Sequence[Passage]
) -> set[str]:
    """Return the passages of the letter as it stands that a correction is about."""
    there = {one.id for one in now}
    names = _about(correction, copies)
    found = {one for name in names for one in ({name} if name in there else went(name, copies, now))}
    under = _under(found, blocks, now)
    return there if is_about_all(correction) and not under else found | under


def is_about_all(one: Correction) -> bool:
    """Say whether nobody can tell which part of the letter the client's words are about."""
    return bool(one.says) and not (one.part and one.passages)


def is_put_in(one: Correction, now: Sequence[Passage]) -> bool:
    """Say whether a letter no longer says what it said where a change was agreed; True where none was.

    An addition is put in where the letter says it; where it was agreed in part, something else may have been done,
    which the reason says. Of several passages one at least was changed; the others may stay where the letter now says
    what was agreed, or where their words are part of that.

    Args:
        one: the correction.
        now: the passages of the letter as it stands.
    """
    says = _folded(one.now_says)
    stands = says in _folded(*(passage.text for passage in now))
    if one.is_agreed and one.is_addition:
        return stands if says else one.decision is Decision.PARTLY
    left = {passage.id: passage for passage in now if passage.id in one.passages}
    if not (one.is_agreed and left):
        return True
    if len(left) == len(set(one.passages)):
        return False
    return stands or all(_folded(passage.text) in says for passage in left.values())


def _folded(*texts: str) -> str:
    return " ".join(word for text in texts for word in words(text))


def _about(one: Correction, copies: Sequence[Asked]) -> set[str]:
    """Return the passages that a correction is about: of words written into a part or beside it, the whole part."""
    names = set(one.passages)
    if one.says and one.source is not Source.ANSWER:
        for asked in copies:
            parts = {line.part for line in asked.lines if line.id in names} - {0}
            names |= {line.id for line in asked.lines if line.id and line.part in parts}
    return names


def _under(names: set[str], blocks: Sequence[Block], now: Sequence[Passage]) -> set[str]:
    """Return the passages that headings and lead-ins of these names lead up to."""
    led = {place for one in now if one.id in names for place in led_to(blocks, one.block)}
    return {one.id for one in now if one.block in led}


def went(name: str, copies: Sequence[Asked], now: Sequence[Passage]) -> set[str]:
    """Return the names of the passages that may hold now what one held whose name no passage has now."""
    for asked in copies:
        lines = [line for line in asked.lines if line.id]
        for place, line in enumerate(lines):
            if line.id == name:
                old = [one.id for one in lines]
                fresh = [one for one in now if one.id not in old]
                return _in_its_place(old, place, now) | {one.id for one in fresh if is_like(line.text, one.text)}
    return set()


def _in_its_place(old: Sequence[str], place: int, now: Sequence[Passage]) -> set[str]:
    new = [one.id for one in now]
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal" and old_from <= place < old_to:
            return set(new[new_from:new_to])
    return set()


def is_like(one: str, other: str) -> bool:
    """Say whether a text shares words in a row with another, or is much like it."""
    first, second = words(one), words(other)
    length = min(_WORDS_IN_A_ROW, len(first))  # of a short passage, all of its words
    rows = {tuple(first[at : at + length]) for at in range(len(first) - length + 1)} if length else set()
    if any(tuple(second[at : at + length]) in rows for at in range(len(second) - length + 1)):
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
