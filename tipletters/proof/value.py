"""The values of a case that carry a label: marked items of lists, and the values of marked rows."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tipletters.consent import PRIVATE
from tipletters.folding import words
from tipletters.letter import label_key
from tipletters.quiet import quiet
from tipletters.template.markers import leading_marker, read_labels

_BULLETS = " -*•\t\uf0b7"


class Value(NamedTuple):
    """A value with a label.

    Args:
        words: its words, folded.
        labels: its labels, as they are compared; `PRIVATE` for one that has no name.
    """

    words: tuple[str, ...]
    labels: frozenset[str]

    def __repr__(self) -> str:
        return quiet(self)


def values_of(fields: Mapping[str, Any]) -> Iterator[Value]:
    """Yield the values that carry a label.

    Args:
        fields: the case's fields, as they were written.
    """
    for value in fields.values():
        for one in value if isinstance(value, list | tuple) else ():
            if isinstance(one, Mapping) and one.get("private"):
                yield from _of_row(one)
            elif isinstance(one, str) and "[" in one:
                text = one.lstrip(_BULLETS)
                end, labels = leading_marker(text)
                if end:
                    yield Value(tuple(words(text[end:])), frozenset(map(label_key, labels)))


def _of_row(row: Mapping[str, Any]) -> Iterator[Value]:
    named = row["private"]
    labels = frozenset({PRIVATE} if named is True else map(label_key, read_labels(str(named))))
    for key, text in row.items():
        if key != "private" and isinstance(text, str):
            yield Value(tuple(words(text)), labels)
