"""Makes a tracked change of a stretch between two marks: the old runs deleted, the new words inserted as they looked."""

from copy import deepcopy
from typing import Any

from lxml import etree

from tipletters.annotate.cut import between
from tipletters.annotate.remarks import Remarks, element
from tipletters.readers.word_styles import W

_DELETED = {W + "t": W + "delText"}
# What belongs to the old words alone.
_NOT_KEPT = (W + "rPrChange", W + "ins", W + "del")


def marks() -> tuple[Any, Any]:
    """Return two elements that hold the place of a change until it is made; neither stays in the document."""
    return element("bookmarkStart"), element("bookmarkEnd")


def change(start: Any, end: Any, text: str, remarks: Remarks) -> None:
    """Delete the runs between two marks and insert words after them, both as tracked changes; take the marks away."""
    deleted: Any = None
    look: Any = None
    last: Any = start
    for one in between(start, end):
        if one.tag != W + "r" or one.find(W + "commentReference") is not None:
            deleted = None
            continue
        if look is None:
            look = one.find(W + "rPr")
        if deleted is None:
            deleted = element("del", **remarks.stamp())
            one.addprevious(deleted)
        deleted.append(one)
        for text_element in list(one.iter(W + "t")):
            text_element.tag = _DELETED[text_element.tag]
        last = deleted
    if text:
        last.addnext(_inserted(text, look, remarks))
    for mark in (start, end):
        mark.getparent().remove(mark)


def _inserted(text: str, look: Any, remarks: Remarks) -> Any:
    made, run = element("ins", **remarks.stamp()), etree.Element(W + "r")
    if look is not None:
        kept = deepcopy(look)
        for one in kept.findall("*"):
            if one.tag in _NOT_KEPT:
                kept.remove(one)
        run.append(kept)
    run.append(element("t", text))
    made.append(run)
    return made
