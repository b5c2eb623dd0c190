"""The proof: what is written for a recipient holds the redacted letter, and nothing that was withheld from them.

Two nets (docs/confidentiality.md). The first knows everything that a document may hold and refuses whatever is left
over; there is one for each kind of document, in the list below. The second searches what the document says for what
was withheld.
"""

from collections.abc import Callable, Sequence

from tipletters.config import House
from tipletters.letter import Block, Letter
from tipletters.proof.hints import hints
from tipletters.proof.origin import Origin, origin_of
from tipletters.proof.page import prove_html
from tipletters.proof.passage import Paper, Shown, passages
from tipletters.proof.plaintext import prove_text
from tipletters.proof.question import Question, asked, unanswered
from tipletters.proof.searched import Search
from tipletters.proof.withheld import refuse_tell_tales, shared_words
from tipletters.proof.word import prove_docx
from tipletters.writers.look import Look

Prover = Callable[[bytes, Letter, Look, House], Paper]


def _prove_pdf(data: bytes, letter: Letter, look: Look, house: House) -> Paper:
    from tipletters.proof.pdf import prove_pdf  # pypdf takes a while to load, and few letters become a PDF

    return prove_pdf(data, letter, look, house)


PROVERS: dict[str, Prover] = {"docx": prove_docx, "html": prove_html, "text": prove_text, "pdf": _prove_pdf}


def prove(
    data: bytes,
    kind: str,
    letter: Letter,
    look: Look,
    house: House,
    *,
    hidden: Sequence[Block] = (),
    origin: Origin | None = None,
    whole: Letter | None = None,
    safety: bool = True,
    settled: frozenset[str] = frozenset(),
) -> tuple[Question, ...]:
    """Prove that a written document holds its letter, and nothing that was withheld.

    Args:
        data: the document's bytes.
        kind: a name from PROVERS.
        letter: the redacted letter.
        look: how it was printed.
        house: for which organisation.
        hidden: what was withheld from this recipient.
        origin: where the letter's words come from; without it every word counts as the client's own.
        whole: the client's full copy, for the numbers of paragraphs in messages.
        safety: ask too about withheld matter that bears on safety; not for a copy to the client.
        settled: ids of questions that are answered and need not be asked.

    Returns:
        What the worker should look at.

    Raises:
        ProofError: the document may not be written.
    """
    paper = PROVERS[kind](data, letter, look, house)
    if not hidden:
        return ()
    one = Search(Shown(letter), paper, tuple(passages(hidden)), origin or Origin(), whole, settled)
    refuse_tell_tales(one)
    return (*shared_words(one), *hints(one, safety=safety))


__all__ = ["PROVERS", "Origin", "Question", "asked", "origin_of", "prove", "unanswered"]
