"""What a copy shows and what it must not show, folded for the search."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from tipletters.letter import Block, Letter, Table, texts
from tipletters.proof.fold import Folded, words
from tipletters.quiet import Quiet


class Passage(Quiet):
    """A withheld paragraph, or row of a table.

    Args:
        text: its words; a row's cells follow one another.
        block: the block it stands in.
    """

    def __init__(self, text: str, block: Block) -> None:
        self.text = text
        self.block = block
        self.words = words(text)


def passages(hidden: Iterable[Block]) -> Iterator[Passage]:
    """Yield what was withheld, paragraph by paragraph and row by row."""
    for block in hidden:
        if not isinstance(block, Table):
            yield Passage(block.text, block)
            continue
        for cells in (block.header, *(row.cells for row in block.rows)):
            if cells:
                yield Passage(" ".join("".join(run.text for run in cell) for cell in cells), block)


class Shown(Quiet):
    """The words of a copy, its title with them; frame words and addressee do not count.

    Args:
        letter: one recipient's copy.
    """

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.texts = [letter.head.title, *(" ".join(texts(block)) for block in letter.blocks)]
        self.folded = Folded("\n".join(self.texts))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(words("\n".join(self.texts)))

    def paragraph(self, letters: str) -> int:
        """Return the number of the first paragraph in which folded words stand, or begin.

        0 is the title. One more than there are: they stand in none, so in the letterhead.
        """
        for number, text in enumerate(self.texts):
            if letters in Folded(text).letters:
                return number
        place, end = next(self.folded.places(letters), len(self.folded.letters)), 0
        for number, text in enumerate(self.texts):
            end += len(Folded(text).letters)
            if place < end:
                return number
        return len(self.texts)


def number_in(block: Block, whole: Letter | None) -> int:
    """Return the number of a withheld block in the client's full copy; 0 where it is not found."""
    for number, other in enumerate(whole.blocks if whole else (), start=1):
        if other == block or (isinstance(other, Table) and isinstance(block, Table) and _is_part(block, other)):
            return number
    return 0


def _is_part(part: Table, whole: Table) -> bool:
    return part.header == whole.header and set(part.rows) <= set(whole.rows)
