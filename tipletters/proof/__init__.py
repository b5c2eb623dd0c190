"""The proof: what is written for a recipient holds the redacted letter, and nothing that was withheld from them.

Two nets (docs/confidentiality.md). The first knows everything that a document may hold and refuses whatever is left
over; there is one for each kind of document, in the list below. The second searches what the document says for what
was withheld.
"""

from collections.abc import Callable, Sequence

from tipletters.config import House
from tipletters.letter import Block, Letter
from tipletters.proof.fold import Folded
from tipletters.proof.origin import Origin, origin_of
from tipletters.proof.page import prove_html
from tipletters.proof.plaintext import prove_text
from tipletters.proof.question import Question, unanswered
from tipletters.proof.withheld import search
from tipletters.proof.word import prove_docx
from tipletters.writers.look import Look

Prover = Callable[[bytes, Letter, Look, House], Folded]


def _prove_pdf(data: bytes, letter: Letter, look: Look, house: House) -> Folded:
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

    Returns:
        What the worker should look at.

    Raises:
        ProofError: the document may not be written.
    """
    fixed = PROVERS[kind](data, letter, look, house)
    return search(letter, hidden, origin or Origin(), whole, fixed) if hidden else ()


__all__ = ["PROVERS", "Folded", "Origin", "Question", "origin_of", "prove", "unanswered"]
