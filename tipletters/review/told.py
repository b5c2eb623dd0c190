"""What the client's replies hold back, whatever became of the case since: a file can be put back to an older state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tipletters.case import Case, Delivery
from tipletters.consent import Answer, Provision, covers
from tipletters.dates import long_date
from tipletters.letter import label_key
from tipletters.quiet import Quiet
from tipletters.review import form
from tipletters.review.outcome import provisions_from
from tipletters.review.record import Review
from tipletters.review.together import Answered, answered

_NOT_THERE = (
    "What the client said on {} is not in the case: {}. It holds all the same. Was an older state of the file put "
    "back? Go through the answers with them again: tipletters review enter."
)


@dataclass(frozen=True, repr=False)
class Told(Quiet):
    """What the replies hold back.

    Args:
        no: every no that does not stand in the case.
        delivery: how the letter may reach the client, less what they said of it last, unless they were asked since.
        questions: what to tell the worker of what the replies hold back and the case does not.
    """

    no: tuple[Provision, ...]
    delivery: Delivery
    questions: tuple[str, ...]


def told(review: Review, case: Case) -> Told:
    """Return what the client's replies hold back.

    Args:
        review: what is remembered of the letter.
        case: the case as it stands.
    """
    answers = tuple(_answers(review, case))
    no, (day, delivery) = _no(answers, case), _way(answers, case.delivery)
    # One about somebody who was taken out of the case is no question.
    here = (one for one in no if any(covers(one, reader.key, reader.person) for reader in case.recipients))
    questions = [
        _NOT_THERE.format(long_date(one.given), f"a no about “{one.about}” for “{one.recipient}”") for one in here
    ]
    if day and delivery != case.delivery:
        questions.append(_NOT_THERE.format(long_date(day), "how they want to get the letter"))
    return Told(no, delivery, tuple(dict.fromkeys(questions)))


def _no(answers: Sequence[Answered], case: Case) -> tuple[Provision, ...]:
    there = {_what(one) for one in case.provisions}
    said = (one for found in answers for one in provisions_from(found, case))
    return tuple(one for one in said if one.answer is Answer.DENY and _what(one) not in there)


def _way(answers: Sequence[Answered], delivery: Delivery) -> tuple[date | None, Delivery]:
    """Return the day on which they last said how to get the letter, and what holds by that."""
    spoke = [(reply.on, found) for found in answers if (reply := found.reply(form.SENDING))]
    if not spoke:
        return None, delivery
    on, found = max(spoke, key=lambda one: one[0])
    sending = found.said.sending
    if delivery.asked and delivery.asked > on.date():
        return on.date(), delivery
    return on.date(), replace(
        delivery,
        nothing_sent=delivery.nothing_sent or sending.nothing,
        hand_over=delivery.hand_over or sending.hand,
        asked=None if sending.unclear else delivery.asked,
    )


def _answers(review: Review, case: Case) -> Iterator[Answered]:
    """Yield the answers to each copy that was answered, as they stand after all replies of its round."""
    for asked in review.copies:
        together = {one.code for one in review.copies if one.round == asked.round}
        replies = [one for one in review.replies if one.code in together]
        if any(one.code == asked.code for one in replies):
            yield answered(replies, asked, case)


def _what(one: Provision) -> tuple[object, ...]:
    return one.answer, label_key(one.about), one.recipient, one.given
