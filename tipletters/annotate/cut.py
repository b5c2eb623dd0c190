"""Cuts the runs of a Word paragraph where something is to be put between two letters, and nowhere else."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from tipletters.readers.word_pieces import Words
from tipletters.readers.word_styles import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIELD = f"{W}fldChar"
_KIND = f"{W}fldCharType"


def put(words: Words, opens: Mapping[int, list[Any]], closes: Mapping[int, list[Any]]) -> dict[int, Any]:
    """Put elements between the letters of a paragraph.

    Args:
        words: the paragraph's words with their runs.
        opens: what stands right before the letter at a place.
        closes: what stands right after the letter before a place.

    Returns:
        For each place of `closes`, what a comment's mark can follow at the level of the paragraph.
    """
    after: dict[int, Any] = {}
    ends: dict[Any, int] = {}
    # From the end on, so that a cut never moves what is still to be cut.
    for place in sorted({*opens, *closes}, reverse=True):
        if place in opens:
            piece = words.pieces[words.number_at(place)]
            run = _cut(piece.element, piece.offset + place - piece.start, ends)
            for one in opens[place]:
                run.addprevious(one)
        if place in closes:
            piece = words.pieces[words.number_at(place - 1)]
            _cut(piece.element, piece.offset + place - piece.start, ends)
            run = piece.element.getparent()
            for one in reversed(closes[place]):
                run.addnext(one)
            after[place] = _outside(closes[place][-1], piece.depth)
    for element, end in ends.items():
        element.text = element.text[:end]
        element.set(_SPACE, "preserve")
    return after


def _cut(element: Any, offset: int, ends: dict[Any, int]) -> Any:
    """Make sure that a run begins or ends at a place in one of its children; return the run that begins there.

    Args:
        element: the child.
        offset: the place in its text.
        ends: where the texts that were cut end now; they are shortened last, so that a long one is not copied each time.
    """
    run = element.getparent()
    if element.tag == W + "t" and 0 < offset < ends.get(element, len(element.text)):
        other = etree.Element(W + "t")
        other.text = element.text[offset : ends.get(element)]
        other.set(_SPACE, "preserve")
        ends[element] = offset
        element.addnext(other)
        first = other
    else:
        first = element if offset == 0 else element.getnext()
    if first is None or all(one.tag == W + "rPr" for one in first.itersiblings(preceding=True)):
        return run
    right = etree.Element(run.tag, run.attrib)
    properties = run.find(W + "rPr")
    if properties is not None:
        right.append(deepcopy(properties))
    while first is not None:
        following = first.getnext()
        right.append(first)
        first = following
    run.addnext(right)
    return right


def _outside(node: Any, depth: int) -> Any:
    """Return what stands at the level of the paragraph and ends no earlier: past links, controls and open fields."""
    while node.getparent().tag != W + "p":
        node = node.getparent()
    for sibling in node.itersiblings() if depth else ():
        for mark in sibling.iter(_FIELD):
            depth += {"begin": 1, "end": -1}.get(mark.get(_KIND), 0)
        if depth == 0:
            return sibling
    return node


def between(start: Any, end: Any) -> Iterator[Any]:
    """Yield the elements between two siblings."""
    one = start.getnext()
    while one is not None and one is not end:
        following = one.getnext()  # what is yielded may be moved
        yield one
        one = following
