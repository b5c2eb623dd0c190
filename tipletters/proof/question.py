"""What a machine can only suspect: said as a question, answered by the worker, and the answer recorded in the case."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from tipletters.case import Reply
from tipletters.checks.issue import Report
from tipletters.quiet import Quiet

HOW_TO_ANSWER = (
    'For instance: question = "q-1a2b3c4d", answer = "Anna says it is fine", by = "Robin Hale", date = 2026-05-14.'
)


@dataclass(frozen=True, repr=False)
class Question(Quiet):
    """Something to look at before a copy goes.

    Args:
        id: a short word for it. It stays the same as long as the passages that it is about do, and asks afresh when one
            changes.
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


_MATTERS = {
    "sensitive": "This paragraph is about something that many people want kept, and it has no label. Has the client "
    "been asked who may read it?",
    "third-party": "This paragraph is about somebody else, and it has no label. Would you say it to them, and does it "
    "need to be written?",
}


def asked(report: Report) -> tuple[Question, ...]:
    """Return what the checks ask of a copy for somebody else, one question for each paragraph and check.

    Until each is answered (`unanswered`), the copy needs attention.

    Args:
        report: what the checks say of the copy; only `sensitive` and `third-party` ask.
    """
    paragraphs = report.text.split("\n\n")
    ends = list(accumulate(len(one) + 2 for one in paragraphs))
    found: dict[str, Question] = {}
    for issue in report.issues:
        if issue.check in _MATTERS:
            number = bisect_right(ends, issue.start)
            made = question_id(issue.check, paragraphs[number])
            found.setdefault(made, Question(made, _MATTERS[issue.check], f"paragraph {number + 1}"))
    return tuple(found.values())
