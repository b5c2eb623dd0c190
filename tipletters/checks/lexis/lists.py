"""Reads the word lists: one row a term, with what to write instead, a note and a source."""

from collections.abc import Iterator
from dataclasses import dataclass

from tipletters.resources import folder


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a word list.

    Args:
        list: the list's name.
        term: the word or phrase.
        prefer: what to write instead, each fitting into the sentence.
        advice: what to do that cannot be put in the term's place; in a list it stands in brackets.
        note: part of speech or kind, then a remark.
        source: where it was taken from.
    """

    list: str
    term: str
    prefer: tuple[str, ...]
    note: str
    source: str
    advice: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The note's first part."""
        return self.note.split(":")[0]

    @property
    def remark(self) -> str:
        """The note's second part."""
        return self.note.partition(":")[2].strip()


def rows(name: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the rows of a list as they stand."""
    with (folder("wordlists") / f"{name}.tsv").open(encoding="utf-8") as file:
        lines = (line.rstrip("\n") for line in file if not line.startswith("# "))
        next(lines)
        for line in lines:
            term, prefer, note, source = line.split("\t")
            yield term, prefer, note, source


def entries(name: str) -> Iterator[Entry]:
    """Yield a list's entries."""
    for term, prefer, note, source in rows(name):
        parts = [part.strip() for part in prefer.split(";") if part.strip() not in ("", "-")]
        better = tuple(part for part in parts if not _is_advice(part))
        yield Entry(name, term, better, note, source, tuple(part[1:-1] for part in parts if _is_advice(part)))


def _is_advice(part: str) -> bool:
    return part.startswith("(") and part.endswith(")")
