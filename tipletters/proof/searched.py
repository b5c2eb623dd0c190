"""One copy in which what was withheld is looked for, and how places in it are named to the worker."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tipletters.letter import Letter
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
        return (f"paragraph {number} of this copy" if number else "the title of this copy") + _of_case(line)

    def kept_place(self, passage: Passage) -> str:
        """Name the place of a withheld passage."""
        number = number_in(passage.block, self.whole)
        windows = (" ".join(passage.words[at : at + 4]) for at in range(len(passage.words) - 3))
        line = next((found for part in (passage.text, *windows) if (found := self.origin.lines.find(part))), 0)
        return (f"paragraph {number} of the full copy" if number else "a passage that is kept") + _of_case(line)


def _of_case(line: int) -> str:
    return f" (line {line} of the case)" if line else ""
