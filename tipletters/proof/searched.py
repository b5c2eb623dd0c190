"""One copy in which what was withheld is looked for, and how places in it are named to the worker."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tipletters.folding import Folded
from tipletters.letter import Letter, Table, words_of
from tipletters.proof.origin import Origin
from tipletters.proof.passage import Paper, Passage, Shown, number_in
from tipletters.proof.question import Question, question_id
from tipletters.quiet import Quiet


@dataclass(frozen=True, repr=False)
class Search(Quiet):
    """One search of one copy.

    Args:
        shown: what the copy shows.
        paper: what every letter of the organisation shows.
        hidden: what was withheld from it.
        origin: where the words come from.
        whole: the client's full copy, for the numbers of paragraphs.
        settled: ids of questions that the case answers already.
    """

    shown: Shown
    paper: Paper
    hidden: tuple[Passage, ...]
    origin: Origin
    whole: Letter | None
    settled: frozenset[str] = frozenset()

    def ask(self, kind: str, passages: Iterable[str], text: str, where: Callable[[], str]) -> Iterator[Question]:
        """Yield a question, unless the case answers it; only then its places are looked for."""
        made = question_id(kind, *passages)
        if made not in self.settled:
            yield Question(made, text, where())

    def shown_place(self, letters: str, passage: Passage) -> str:
        """Name the paragraph of the copy in which folded words stand.

        Args:
            letters: the words.
            passage: the withheld passage that holds them too.
        """
        number = self.shown.paragraph(letters)
        if number == len(self.shown.texts):
            return "the head of the page"
        line = self.origin.lines.find(letters, passage.text)
        place = f"paragraph {number}{self._row(number, letters)} of this copy" if number else "the title of this copy"
        return place + _of_case(line)

    def _row(self, number: int, letters: str) -> str:
        """Name the row, where the paragraph is a table."""
        block = self.shown.letter.blocks[number - 1]
        for place, row in enumerate(block.rows if isinstance(block, Table) else (), start=1):
            if Folded(map(words_of, row.cells)).holds(letters):
                return f", row {place},"
        return ""

    def kept_place(self, passage: Passage) -> str:
        """Name the place of a withheld passage."""
        number = number_in(passage.block, self.whole)
        windows = (" ".join(passage.words[at : at + 4]) for at in range(len(passage.words) - 3))
        line = next((found for part in (passage.text, *windows) if (found := self.origin.lines.find(part))), 0)
        place = f"paragraph {number}{self._kept_row(number, passage)} of the full copy" if number else ""
        return (place or "a passage that is kept") + _of_case(line)

    def _kept_row(self, number: int, passage: Passage) -> str:
        """Name the row of a withheld passage, where it stands in a table."""
        block = self.whole.blocks[number - 1] if self.whole else passage.block
        for place, row in enumerate(block.rows if isinstance(block, Table) else (), start=1):
            if " ".join(map(words_of, row.cells)) == passage.text:
                return f", row {place},"
        return ""


def _of_case(line: int) -> str:
    return f" (line {line} of the case)" if line else ""
