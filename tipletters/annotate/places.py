"""Finds where in a Word document a stretch of the checked text stands."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import chain
from typing import Any

from tipletters.checks.flat import flatten
from tipletters.errors import OutputError
from tipletters.letter import Letter
from tipletters.readers.package import Package
from tipletters.readers.word import Document, Tracer, Track
from tipletters.readers.word_styles import W

# What a stretch may hold and still be replaced as a whole, beside text: nothing that a reader sees.
_NOTHING = frozenset(W + name for name in "rPr lastRenderedPageBreak softHyphen proofErr".split())
_MARKS = frozenset(
    W + name
    for name in "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd proofErr permStart permEnd".split()
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of one paragraph: its track, and where the stretch begins and ends in its words."""

    track: Track
    start: int
    end: int


class Places:
    """A Word document opened for writing, with the checked text laid over it.

    Args:
        package: the bytes of the document.
        letter: the letter that was read from it, for its head.
        text: the checked text.

    Raises:
        OutputError: the text is not that of this document.
        ReadError: the document cannot be read.
    """

    def __init__(self, package: bytes, letter: Letter, text: str) -> None:
        self.document = Document(Package(package))
        tracer = Tracer(self.document)
        flat = flatten(Letter(letter.head, tuple(tracer.builder.blocks)))
        if flat.text != text:
            raise OutputError(
                "The report is about another text than this document's.", then="Check the document again."
            )
        pairs = [(start, track) for start, track in zip(flat.starts, tracer.builder.notes, strict=True) if track]
        self._starts = [start for start, _ in pairs]
        self._tracks = [track for _, track in pairs]

    def spots(self, start: int, end: int) -> list[Spot]:
        """Return the stretches of paragraphs that a stretch of the text covers; none where it covers no word."""
        found = []
        number = max(bisect_right(self._starts, start) - 1, 0)
        while number < len(self._tracks) and self._starts[number] < end:
            base, track = self._starts[number], self._tracks[number]
            begin, stop = max(start - base, 0), min(end - base, track.words.size)
            if begin < stop:
                found.append(Spot(track, begin, stop))
            number += 1
        return found

    def host(self, track: Track | None) -> Any:
        """Return the paragraph of the body that takes a comment about words elsewhere, or about the whole letter.

        Raises:
            OutputError: there is no paragraph in the body.
        """
        found = track.paragraph if track else next((one.paragraph for one in self._tracks if not one.where), None)
        if found is None:
            found = next(self.document.root.iter(W + "p"), None)
        if found is None:
            raise OutputError("There is no paragraph in this document to put a comment on.")
        return found


def replaceable(spot: Spot) -> bool:
    """Say whether a stretch can be replaced as a tracked change: plain runs of one paragraph, and nothing but text."""
    if spot.track.where:
        return False
    words = spot.track.words
    pieces = words.pieces[words.number_at(spot.start) : words.number_at(spot.end - 1) + 1]
    if not all(one.plain and one.element.tag == W + "t" for one in pieces):
        return False
    elements = {one.element for one in pieces}
    first, last = pieces[0].element.getparent(), pieces[-1].element.getparent()
    for node in chain([first], first.itersiblings()):
        if node.tag == W + "r":
            if not _only_text(node, elements, is_first=node is first, is_last=node is last):
                return False
        elif node.tag not in _MARKS:
            return False
        if node is last:
            return True
    return False


def _only_text(run: Any, elements: set[Any], *, is_first: bool, is_last: bool) -> bool:
    """Say whether the part of a run that lies in the stretch holds text alone."""
    children = list(run)
    mine = [number for number, one in enumerate(children) if one in elements]
    begin = mine[0] if is_first and mine else 0
    stop = mine[-1] + 1 if is_last and mine else len(children)
    return all(one in elements or one.tag in _NOTHING for one in children[begin:stop])
