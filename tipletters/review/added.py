"""What somebody wrote among the questions of a review copy where no room was left for it, and what they struck out.

The questions as they were printed are remembered, so that any other words there are known to be the client's. Near one
answer they make that answer unclear; elsewhere nobody can tell what they are about, and no copy has a yes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tipletters.quiet import Quiet
from tipletters.review import form as of
from tipletters.review.copy import Asked
from tipletters.review.edits import Edit, said_beside
from tipletters.review.returned import Returned, bare


@dataclass(frozen=True, repr=False)
class Added(Quiet):
    """Words that were written beside the answers.

    Args:
        says: the words, with what was printed in the same cell; "" where something was struck out or taken away.
        said: what was printed there; "" for a paragraph of its own.
        keys: the keys of the answers that it stands at; none where it may be about any of them.
    """

    says: str
    said: str = ""
    keys: tuple[str, ...] = ()


def added(asked: Asked, returned: Returned) -> tuple[Added, ...]:
    """Return what was written among the questions, or struck out there.

    Args:
        asked: what the copy asked.
        returned: what came back.
    """
    if returned.lines is None:
        return ()
    tries = [(*_beside(form, returned), *_struck(form, returned)) for form in asked.printings]
    # Of the ways in which the questions were printed, the one that the client had is the one that fits.
    return (*min(tries, key=len), *_noted(asked, returned))


def unclear_for(found: Sequence[Added], asked: Asked, filled: Mapping[str, bool | str]) -> set[str]:
    """Return the keys of the answers that are not clear because of what was written; a clear no stays one.

    Args:
        found: what was written.
        asked: what the copy asked.
        filled: the answers.
    """
    copies = [f"{of.COPIES}{number}" for number, _ in enumerate(asked.recipients, start=1)]
    anywhere = {f"{one}{of.YES}" for one in copies if filled.get(f"{one}{of.NO}") is not True}
    return {key for one in found for key in one.keys or anywhere}


def to_talk_about(found: Sequence[Added], asked: Asked) -> tuple[Edit, ...]:
    """Return the words that were written, each with the part of the letter that it is about, if any.

    Args:
        found: what was written.
        asked: what the copy asked.
    """
    return tuple(_about(one, asked) for one in found if one.says)


def _about(one: Added, asked: Asked) -> Edit:
    bare_key = one.keys[0][:-1] if one.keys else ""
    part = int(bare_key) if bare_key.isdecimal() else 0
    lines = asked.part(part) if part else ()
    return Edit(
        part,
        "\n".join(line.text for line in lines),
        one.says,
        tuple(line.id for line in lines if line.id),
        tuple(sorted({label for line in lines for label in line.labels})),
    )


def _beside(form: Sequence[str], returned: Returned) -> Iterator[Added]:
    labels = {key: text for key, tab, text in (line.partition("\t") for line in form) if tab}
    paragraphs = {bare(line) for line in form if "\t" not in line}
    for spot in returned.spots:
        if spot.key:
            label = labels.get(spot.key, "")
            if bare(spot.words) != bare(label):
                yield Added(spot.words, label, (spot.key,))
        elif bare(spot.words) not in paragraphs:
            yield Added(spot.words)


def _struck(form: Sequence[str], returned: Returned) -> Iterator[Added]:
    """Yield each printed paragraph that is gone, where the question that it leads to was answered."""
    there = {bare(spot.words) for spot in returned.spots if not spot.key}
    answered = {key for key, value in returned.filled.items() if value}
    for place, line in enumerate(form):
        if "\t" in line or bare(line) in there:
            continue
        follows = next((one.partition("\t")[0] for one in form[place:] if "\t" in one), "")
        if follows and any(key[:-1] == follows[:-1] for key in answered):
            yield Added("", line, (follows,))


def _noted(asked: Asked, returned: Returned) -> Iterator[Added]:
    """Yield each comment or footnote that stands at no passage of the letter."""
    lines = returned.lines or ()
    for note in returned.comments:
        at_passage = note.line < len(lines) and any(one.passages for one in said_beside(asked.lines, lines, [note]))
        if note.text and not at_passage:
            yield Added(note.text, keys=tuple(one.key for one in returned.spots if one.line == note.line and one.key))
