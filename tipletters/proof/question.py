"""What a machine can only suspect: said as a question, answered by the worker, and the answer recorded in the case."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from tipletters.case import Reply
from tipletters.quiet import Quiet

HOW_TO_ANSWER = (
    'For instance: question = "q-1a2b3c4d", answer = "Anna says it is fine", by = "Robin Hale", date = 2026-05-14.'
)


@dataclass(frozen=True, repr=False)
class Question(Quiet):
    """Something to look at before a copy goes.

    Args:
        id: a short word for it. It stays the same as long as both passages do, and asks afresh when one changes.
        text: the question, in plain words; it quotes nothing that was withheld.
        where: which paragraphs it is about, and their lines in the case.
    """

    id: str
    text: str
    where: str = ""


def question_id(kind: str, *passages: str) -> str:
    """Return the id of a question of some kind about some passages; nobody can read them off it."""
    digest = hashlib.blake2b("\0".join((kind, *passages)).encode(errors="replace"), digest_size=4)
    return f"q-{digest.hexdigest()}"


def unanswered(questions: Iterable[Question], replies: Iterable[Reply]) -> tuple[Question, ...]:
    """Return the questions to which the case holds no answer yet, each once."""
    settled = {one.question for one in replies}
    return tuple({one.id: one for one in questions if one.id not in settled}.values())
