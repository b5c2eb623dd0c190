"""What the final copies for others will ask the worker, while they still have the letter open."""

from tipletters.checks.run import ASKED, Run, check
from tipletters.consent import CLIENT
from tipletters.draft import Draft
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
    report = check(whole, about=person_of(made.case, letter.house), run=Run(only=ASKED))
    return unanswered(asked(report), made.case.answers)
