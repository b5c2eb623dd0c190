"""The `[private]` and `[private: label]` markers in what a worker wrote: understood, or refused; never printed."""

import hashlib
import re
import unicodedata

from tipletters.consent import NOT_AT_HOME, PRIVATE, RESERVED
from tipletters.errors import CaseError
from tipletters.letter import NO_LABELS, clean, label_key

_MARKER = re.compile(r"\s*\[\s*private\s*(?::\s*([^\[\]\n]*?)\s*)?\]\s*", re.IGNORECASE)
_ANONYMOUS = re.compile(rf"{PRIVATE} [0-9a-f]{{8}}")
_NOT_AT_HOME = re.compile(r"\s*\[\s*not[\s-]+at[\s-]+home\s*\]\s*", re.IGNORECASE)
LEADING = re.compile(f"{_MARKER.pattern}|{_NOT_AT_HOME.pattern}", re.IGNORECASE)
# Anything that a hurried or slipping hand could have meant as a marker, in folded text.
_LOOKS_LIKE = re.compile(
    r"[\[({<]\s*(?:pr[iyl1|]v[aei]{1,2}t?e?|pirvate|prviate|privat|notathome|not[\s-]+at[\s-]+home)\b"
    r"|[\[({<]\s*p ?r ?i ?v ?a ?t ?e"
    r"|[\[{<]\s*confidential\b"
    r"|^\s*private\s*[:\]–—]"
    r"|^\s*private\s+-\s"
    r"|\bprivate\s*\]",
    re.IGNORECASE,
)
_LOOK_ALIKES = str.maketrans("іаеорсɪν［］【】〔〕", "iaeopciv[][][]")
_HELP = (
    "Begin a paragraph or bullet with [private] or [private: home life], after a blank line or the “- ”. "
    "To name two things, write [private: home life, alcohol]."
)


def take_marker(text: str, where: str, reference: str) -> tuple[str, frozenset[str]]:
    """Split a paragraph or bullet into its text and the labels of its leading marker.

    Args:
        text: the paragraph as the worker wrote it.
        where: the field's name, for errors.
        reference: the letter's reference; a marker without a name gets a label of its own, of that letter alone.

    Raises:
        CaseError: a marker stands elsewhere than at the beginning, or is not understood.
    """
    found, labels = leading_marker(text)
    rest = text[found:]
    refuse_markers(rest, where)
    if found and not rest.strip():
        raise CaseError("A private marker has no text after it.", where=where, then=_HELP)
    named = frozenset(label for label in labels if label_key(label) != PRIVATE)
    if named != labels:
        named |= {anonymous_label(rest, reference)}
    for label in named:
        check_label(label, where)
    return rest, named


def leading_marker(text: str) -> tuple[int, frozenset[str]]:
    """Return where the marker at the beginning of a text ends, and the labels that it names; (0, none) without one."""
    at, labels = 0, NO_LABELS
    while found := (_MARKER.match(text, at) or _NOT_AT_HOME.match(text, at)):
        at = found.end()
        named = NOT_AT_HOME if found.re is _NOT_AT_HOME else found[1]
        labels |= read_labels(named or PRIVATE)
    return at, labels


def read_labels(text: str) -> frozenset[str]:
    """Return the labels in "home life, alcohol", in the form in which they are shown."""
    labels = {" ".join(clean(part).split()) for part in text.split(",")}
    return frozenset(label for label in labels if label)


def check_label(label: str, where: str) -> None:
    """Refuse a label that means something else, or nothing.

    Raises:
        CaseError: with what to write instead.
    """
    key = label_key(label)
    if not key or key in RESERVED or len(label) > 60 or re.search(r"[\[\]{}<>\"]", label):
        raise CaseError("This cannot be a label.", where=where, then="Say in a few words what it is about: home life.")


def anonymous_label(text: str, reference: str) -> str:
    """Return the label of a `[private]` passage without a name: its own, in this letter alone."""
    digest = hashlib.blake2b(clean(text).strip().encode(), key=reference.encode()[:64], digest_size=4)
    return f"{PRIVATE} {digest.hexdigest()}"


def is_anonymous(label: str) -> bool:
    """Say whether a label is one that `anonymous_label` made; "private life" is a label that somebody named."""
    return _ANONYMOUS.fullmatch(label) is not None


def refuse_markers(text: str, where: str) -> None:
    """Refuse text that holds something like a marker.

    Raises:
        CaseError: names the field and never the text.
    """
    if _LOOKS_LIKE.search(_folded(text)):
        raise CaseError(
            "A private marker stands in the wrong place, or is not written as we understand it.",
            where=where,
            then=_HELP,
        )


def _folded(text: str) -> str:
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text).translate(_LOOK_ALIKES)
    return "".join(ch for ch in text if unicodedata.category(ch) not in ("Cf", "Mn"))
