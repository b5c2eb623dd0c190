"""One copy in which what was withheld is looked for, and how places in it are named to the worker."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tipletters.folding import Folded
from tipletters.letter import Block, Letter, Row, Table, words_of
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
        """Yield a question, unless the case answers it.

        Args:
            kind: what is suspected, in a word.
            passages: what it is about; when one of them changes, it is asked again.
            text: the question.
            where: names the places; it is only called where the question is asked.
        """
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
        if not number:
            return "the title of this copy" + _of_case(line)
        block = self.shown.letter.blocks[number - 1]
        row = _row_of(block, lambda one: Folded(map(words_of, one.cells)).holds(letters))
        return f"paragraph {number}{row} of this copy{_of_case(line)}"

    def kept_place(self, passage: Passage) -> str:
        """Name the place of a withheld passage."""
        number = number_in(passage.block, self.whole)
        windows = (" ".join(passage.words[at : at + 4]) for at in range(len(passage.words) - 3))
        line = next((found for part in (passage.text, *windows) if (found := self.origin.lines.find(part))), 0)
        if not (number and self.whole):
            return "a passage that is kept" + _of_case(line)
        row = _row_of(self.whole.blocks[number - 1], lambda one: " ".join(map(words_of, one.cells)) == passage.text)
        return f"paragraph {number}{row} of the full copy{_of_case(line)}"


def _row_of(block: Block, is_meant: Callable[[Row], bool]) -> str:
    """Name the first row of a table that is meant; nothing for other blocks."""
    rows = block.rows if isinstance(block, Table) else ()
    return next((f", row {place}," for place, row in enumerate(rows, start=1) if is_meant(row)), "")


def _of_case(line: int) -> str:
    return f" (line {line} of the case)" if line else ""
