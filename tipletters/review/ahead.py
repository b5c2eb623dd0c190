"""What the final copies for others will ask the worker, while they still have the letter open."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tipletters.checks.run import ASKED, Run, check
from tipletters.consent import CLIENT
from tipletters.copies import WHO_GETS_ONE
from tipletters.draft import Draft
from tipletters.letter import Block, Paragraph
from tipletters.proof import Question, asked, unanswered
from tipletters.review.folder import Folder
from tipletters.setting import person_of


def asked_ahead(letter: Folder, made: Draft) -> tuple[Question, ...]:
    """Return what the checks will ask of copies for others, and the case does not answer yet, each once.

    They are asked of the whole letter, since nobody knows yet what of it the client will let others have.

    Args:
        letter: the letter.
        made: its draft.
    """
    whole = next((copy.letter for copy in made.copies if copy.key == CLIENT), None)
    others = [copy for copy in made.copies if not (copy.refused or copy.key.startswith(CLIENT))]
    if whole is None or not others:
        return ()
    report = check(
        replace(whole, blocks=tuple(_without_readers(whole.blocks))),
        about=person_of(made.case, letter.house),
        run=Run(only=ASKED),
    )
    return unanswered(asked(report), made.case.answers)


def _without_readers(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield a client's copy up to who gets one, which stands in no copy for others."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.text == WHO_GETS_ONE:
            return
        yield block
