"""What a copy shows and what it must not show, folded for the search."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from tipletters.consent import PRIVATE
from tipletters.folding import Folded, pieces, words
from tipletters.letter import Block, Letter, Row, Table, label_key, texts, words_of
from tipletters.proof.value import Value
from tipletters.quiet import Quiet

_CAPITAL = re.compile(r"\b(?=[^\W\d_])(?![a-z])[\w’'-]+")


class Passage(Quiet):
    """A withheld paragraph, or row of a table.

    Args:
        parts: its text, or that of each cell.
        block: the block it stands in.
        labels: the labels that it carries.
    """

    def __init__(self, parts: Iterable[str], block: Block, labels: frozenset[str]) -> None:
        self.text = " ".join(held := tuple(parts))
        self.block = block
        self.labels = labels
        self.parts = [words(part) for part in held]
        self.words = [word for part in self.parts for word in part]

    def holds(self, value: Value) -> bool:
        """Say whether a value with one of its labels stands in it."""
        mine = set(map(label_key, self.labels))
        wanted = any(label == PRIVATE or label in mine for label in value.labels)
        return wanted and f" {' '.join(value.words)} " in f" {' '.join(self.words)} "

    @cached_property
    def names(self) -> frozenset[str]:
        """Words that stand with a capital inside a sentence, folded."""
        found: set[str] = set()
        for one in _CAPITAL.finditer(self.text):
            before = self.text[: one.start()].rstrip(" “\"'‘(")
            if before and before[-1] not in ".!?:…":
                found.update(pieces(one[0]))
        return frozenset(found)


class Paper(Quiet):
    """What is the same in every letter of an organisation.

    Args:
        texts: all that its fixed parts say, names and attributes too.
        printed: what of it a reader sees.
    """

    def __init__(self, texts: Iterable[str], printed: Iterable[str]) -> None:
        self.texts = tuple(texts)
        self.folded = Folded(self.texts)
        self.printed = tuple(printed)


def passages(hidden: Iterable[Block]) -> Iterator[Passage]:
    """Yield what was withheld, paragraph by paragraph and row by row."""
    for block in hidden:
        if not isinstance(block, Table):
            yield Passage((block.text,), block, block.labels)
            continue
        head = (Row(block.header),) if block.labels and block.header else ()  # else it stands over the rows that stay
        for row in (*head, *block.rows):
            yield Passage(map(words_of, row.cells), block, block.labels | row.labels)


class Shown(Quiet):
    """The words of a copy, its title with them.

    Frame words and addressee stand apart: what they say of people and places gives nothing away.

    Args:
        letter: one recipient's copy.
    """

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.texts = [letter.head.title, *(" ".join(texts(block)) for block in letter.blocks)]
        self.folded = Folded(self.texts)
        self.frame = Folded((*letter.head.frame, *letter.head.addressee, letter.head.author))

    def paragraph(self, letters: str) -> int:
        """Return the number of the first paragraph in which folded words stand, or begin.

        0 is the title. One more than there are: they stand in none, so at the head of the page.
        """
        place = next(self.folded.places(letters), -1)
        return len(self.texts) if place < 0 else self.folded.text_at(place)


def number_in(block: Block, whole: Letter | None) -> int:
    """Return the number of a withheld block in the client's full copy; 0 where it is not found."""
    for number, other in enumerate(whole.blocks if whole else (), start=1):
        if other == block or (isinstance(other, Table) and isinstance(block, Table) and _is_part(block, other)):
            return number
    return 0


def _is_part(part: Table, whole: Table) -> bool:
    return part.header == whole.header and set(part.rows) <= set(whole.rows)
