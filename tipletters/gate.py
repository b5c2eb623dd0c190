"""Says, at the moment of writing, whether anything may be written at all, and how it may reach the client."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tipletters.case import Case, Delivery
from tipletters.consent import CLIENT
from tipletters.quiet import Quiet
from tipletters.template import TemplateHead

# Under this age the record says who judged that a young person decides for themself (Gillick; Age of Legal Capacity
# (Scotland) Act 1991).
DECIDES_ALONE = 16


class Way(StrEnum):
    """How the client's copy may reach them."""

    SEND = "may be sent"
    HAND_OVER = "to hand over or read together"


@dataclass(frozen=True, repr=False)
class Gate(Quiet):
    """What the gate says of one case.

    Args:
        stopped: why nothing may be written for anyone; empty where something may.
        others_stopped: why nobody but the client may have a copy; empty where they may.
        way: how the client's copy may reach them.
        why_way: why it may not be sent.
        questions: what the worker should look at.
    """

    stopped: str = ""
    others_stopped: str = ""
    way: Way = Way.HAND_OVER
    why_way: str = ""
    questions: tuple[str, ...] = ()


def gate(case: Case, head: TemplateHead, now: datetime, unread: str = "") -> Gate:
    """Return what may be written for whom.

    Args:
        case: the case.
        head: what the template says of itself.
        now: the moment of writing.
        unread: why the register could not be read; then nobody but the client gets a copy.
    """
    why_way = _why_not_sent(case.delivery, case.client.address)
    return Gate(
        stopped=_stopped(case, head, now),
        others_stopped=unread or _others_stopped(case),
        way=Way.HAND_OVER if why_way else Way.SEND,
        why_way=why_way,
        questions=tuple(_questions(case, now)),
    )


def age_on(born: date, day: date) -> int:
    """Return somebody's age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _stopped(case: Case, head: TemplateHead, now: datetime) -> str:
    if case.client.date_of_death:
        return "The record says that the client has died. Nothing is written to them."
    if case.client.date_of_birth and case.client.date_of_birth > now.date():
        return "The date of birth lies in the future. Check it, then draft again."
    if head.young_people and not case.client.date_of_birth:
        return "This letter is for a young person. Put in their date of birth, then draft again."
    if head.spoken_first and not (case.spoken.on or case.spoken.why_not):
        return (
            "News like this is talked about first. Put in when you talked ([spoken] on = a date), "
            "or why you did not (why_not), then draft again."
        )
    if case.spoken.on and case.spoken.on > now.date():
        return "The day on which you talked lies in the future. Draft the letter after you have talked."
    return ""


def _others_stopped(case: Case) -> str:
    decider, born = case.decides, case.client.date_of_birth
    if decider.who.casefold() != CLIENT and not (decider.authority and decider.seen):
        return "somebody else decides for the client, and their authority or the date it was seen is not recorded"
    young = born is not None and age_on(born, case.date) < DECIDES_ALONE
    if young and decider.who.casefold() == CLIENT and not (decider.judged_by and decider.judged_on):
        return "the client is under 16, and the record does not say who judged that they can decide, and when"
    return ""


def _why_not_sent(delivery: Delivery, address: tuple[str, ...]) -> str:
    if delivery.nothing_sent:
        return "the client wants nothing sent"
    if delivery.asked is None or delivery.safe_address is None:
        return "nobody has asked yet whether the address is safe to write to"
    if not delivery.safe_address:
        return "the address is not safe to write to"
    if not address:
        return "there is no address"
    return ""


def _questions(case: Case, now: datetime) -> Iterator[str]:
    if case.date > now.date():
        yield "The letter's date lies in the future."
    if case.delivery.asked and case.delivery.asked > now.date():
        yield "The delivery answers are dated in the future."
    if case.delivery.post_opened_by and case.delivery.safe_address:
        yield "Somebody else may open the post. Is it still safe to send this letter?"
