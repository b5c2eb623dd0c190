"""What the client's replies hold back, whatever became of the case since: a file can be put back to an older state."""

from collections.abc import Iterator
from dataclasses import replace

from tipletters.case import Case, Delivery
from tipletters.consent import Answer, Provision, covers
from tipletters.dates import long_date
from tipletters.letter import label_key
from tipletters.review import form
from tipletters.review.outcome import provisions_from
from tipletters.review.record import Review
from tipletters.review.together import Answered, answered

_NOT_THERE = (
    "What the client said on {} is not in the case: {}. It holds all the same. Was an older state of the file put "
    "back? Go through the answers with them again: tipletters review enter."
)


def told_no(review: Review, case: Case) -> tuple[Provision, ...]:
    """Return every no in the replies that does not stand in the case.

    Args:
        review: what is remembered of the letter.
        case: the case as it stands.
    """
    there = {_what(one) for one in case.provisions}
    said = (one for found in _answers(review, case) for one in provisions_from(found, case))
    return tuple(one for one in said if one.answer is Answer.DENY and _what(one) not in there)


def told_way(review: Review, case: Case) -> Delivery:
    """Return how the letter may reach the client, less what they said of it last, unless they were asked since.

    Args:
        review: what is remembered of the letter.
        case: the case as it stands.
    """
    delivery = case.delivery
    spoke = [(reply.on, found) for found in _answers(review, case) if (reply := found.reply(form.SENDING))]
    if not spoke:
        return delivery
    on, found = max(spoke, key=lambda one: one[0])
    sending = found.said.sending
    if delivery.asked and delivery.asked > on.date():
        return delivery
    return replace(
        delivery,
        nothing_sent=delivery.nothing_sent or sending.nothing,
        hand_over=delivery.hand_over or sending.hand,
        asked=None if sending.unclear else delivery.asked,
    )


def not_in_case(review: Review, case: Case) -> tuple[str, ...]:
    """Return what to tell the worker of what the replies hold back and the case does not."""
    return tuple(dict.fromkeys(_not_in_case(review, case)))


def _not_in_case(review: Review, case: Case) -> Iterator[str]:
    for one in told_no(review, case):
        if not any(covers(one, reader.key, reader.person) for reader in case.recipients):
            continue  # they were taken out of the case
        yield _NOT_THERE.format(long_date(one.given), f"a no about “{one.about}” for “{one.recipient}”")
    if told_way(review, case) != case.delivery:
        day = max(found.replies[form.SENDING].on for found in _answers(review, case) if form.SENDING in found.replies)
        yield _NOT_THERE.format(long_date(day.date()), "how they want to get the letter")


def _answers(review: Review, case: Case) -> Iterator[Answered]:
    """Yield the answers to each copy that was answered, as they stand after all replies of its round."""
    for asked in review.copies:
        together = {one.code for one in review.copies if one.round == asked.round}
        replies = [one for one in review.replies if one.code in together]
        if any(one.code == asked.code for one in replies):
            yield answered(replies, asked, case)


def _what(one: Provision) -> tuple[object, ...]:
    return one.answer, label_key(one.about), one.recipient, one.given
