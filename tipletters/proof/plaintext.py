"""The first net for plain text: the letter's words in their order, with nothing between them but signs of lists."""

import re
from collections.abc import Iterator

from tipletters.config import House
from tipletters.letter import Control, Letter, Table, clean, words_of
from tipletters.proof.expected import left_over, numbered, of_head
from tipletters.proof.passage import Paper
from tipletters.writers.look import Look

_BETWEEN = re.compile(r"(?:\n| |- |\[ \] |________ ?|: )*")


def prove_text(data: bytes, letter: Letter, look: Look, house: House) -> Paper:
    """Prove that a text holds its organisation's name and its letter, and nothing else.

    Args, returns and raises as `prove_docx`.
    """
    organisation = house.config.organisation
    fixed = [*filter(None, [organisation.name, *organisation.address])]
    try:
        said = data.decode()
    except UnicodeDecodeError:
        raise left_over("the text") from None
    at = 0
    for piece in (*map(clean, fixed), *of_head(letter.head), *_pieces(letter), f"Reference {letter.head.reference}"):
        piece = clean(piece).strip()
        found = said.find(piece, at) if piece else at
        if found < 0 or not _BETWEEN.fullmatch(said, at, found):
            raise left_over("the text")
        at = found + len(piece)
    if said[at:].strip():
        raise left_over("the text")
    return Paper(fixed, fixed)


def _pieces(letter: Letter) -> Iterator[str]:
    for block, number in numbered(letter.blocks):
        if isinstance(block, Table):
            yield from _cells(block)
        elif isinstance(block, Control):
            yield block.text
            if block.options:
                yield f"({', '.join(block.options)})"
            yield f"({block.key})"
        else:
            yield number + block.text


def _cells(table: Table) -> Iterator[str]:
    names = list(map(words_of, table.header))
    for row in table.rows:
        for at, cell in enumerate(map(words_of, row.cells)):
            if cell:
                yield names[at] if names else ""
                yield cell
