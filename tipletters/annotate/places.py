"""Finds where in a Word document a stretch of the checked text stands."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tipletters.checks.text.flat import flatten
from tipletters.errors import OutputError
from tipletters.letter import Letter
from tipletters.readers.package import Package
from tipletters.readers.word import Tracer, Track
from tipletters.readers.word_parts import Document
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
    return all(
        one in elements or one.tag in _NOTHING or one.tag in _MARKS
        for one in _through(pieces[0].element, pieces[-1].element)
    )


def _through(first: Any, last: Any) -> Iterator[Any]:
    """Yield the children of runs, and what stands between the runs, from one child to another."""
    node = first
    while node is not None:
        yield node
        if node is last:
            return
        following = node.getnext()
        if following is None and node.getparent().tag == W + "r":
            following = node.getparent().getnext()
        while following is not None and following.tag == W + "r":
            if len(following):
                following = following[0]
                break
            following = following.getnext()
        node = following
