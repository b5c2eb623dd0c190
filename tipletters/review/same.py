"""Whether a letter still says what the client checked: their text and labels, and what was agreed since."""

from collections.abc import Sequence
from datetime import datetime

from tipletters.consent import CLIENT
from tipletters.letter import Paragraph, Style
from tipletters.passages import Passage, passages
from tipletters.review.corrections import Correction
from tipletters.review.folder import Folder
from tipletters.review.labels import labels_by_name


def was_changed(letter: Folder, now: datetime) -> bool:
    """Say whether the letter was changed since the client was given it to check, other than they and the worker agreed.

    Who gets a copy, which follows from their answers, is no part of the text.

    Args:
        letter: the letter.
        now: the moment.

    Raises:
        TiplettersError: the letter cannot be made.
    """
    made = letter.drafted(now=now, examples=True, anew=True)
    whole = next((copy.letter for copy in made.copies if copy.key == CLIENT), None)
    asked = max(letter.review.current, key=lambda one: len(one.lines), default=None)
    if whole is None or asked is None:
        return not made.stopped
    there = passages(whole.blocks, letter.case.reference)
    ends = next((one for one in there if _is_small(whole.blocks[one.block])), None)
    new = there[: there.index(ends)] if ends else there
    old = [line.id for line in asked.lines if line.id]
    old = old[: old.index(ends.id)] if ends and ends.id in old else old
    was, here = labels_by_name(asked.lines), labels_by_name(there)
    if any(here[name] != was[name] for name in was.keys() & here.keys()):
        return True
    mine = [one for one in letter.corrections.corrections if one.version == letter.review.version]
    return _differs(old, new, [one for one in mine if one.is_agreed])


def _is_small(block: object) -> bool:
    return isinstance(block, Paragraph) and block.style is Style.SMALL


def _differs(old: Sequence[str], new: Sequence[Passage], agreed: Sequence[Correction]) -> bool:
    said, gone = {one.id for one in new}, {name for one in agreed for name in one.passages}
    stayed = [name for name in old if name in said]
    if not {*old} - said <= gone or stayed != [one.id for one in new if one.id in old]:
        return True
    return not all(_stands(one, agreed) for one in new if one.id not in old)


def _stands(one: Passage, agreed: Sequence[Correction]) -> bool:
    """Say whether a passage is what was agreed."""
    text = " ".join(one.text.split())
    return any(text in " ".join(other.now_says.split()) for other in agreed)
