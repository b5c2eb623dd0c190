"""Says, at the moment of writing, whether anything may be written at all, and how it may reach the client."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tipletters.case import Case, Delivery
from tipletters.consent import CLIENT
from tipletters.dates import long_date
from tipletters.people import Client
from tipletters.quiet import Quiet
from tipletters.template import Review, TemplateHead
from tipletters.template.bind import day_in

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
        others_ask: what to ask then.
        unchecked: the client must check the letter before others get it, and has not.
        way: how the client's copy may reach them.
        why_way: why it may not be sent.
        ask_way: what to ask then.
        questions: what the worker should look at.
    """

    stopped: str = ""
    others_stopped: str = ""
    others_ask: str = ""
    unchecked: bool = False
    way: Way = Way.HAND_OVER
    why_way: str = ""
    ask_way: str = ""
    questions: tuple[str, ...] = ()


def gate(case: Case, head: TemplateHead, now: datetime, *, holds: int, final: bool, unread: str = "") -> Gate:
    """Return what may be written for whom.

    Args:
        case: the case.
        head: what the template says of itself.
        now: the moment of writing.
        holds: for how many days an answer on how to reach the client holds.
        final: the letter's review is over.
        unread: why the register could not be read; then nobody but the client gets a copy.
    """
    why_way, ask_way = _why_not_sent(case.delivery, case.client, now.date(), holds)
    others = (unread, _ASK_REGISTER) if unread else _others_stopped(case, head, now.date())
    return Gate(
        stopped=_stopped(case, head, now),
        others_stopped=others[0],
        others_ask=others[1],
        unchecked=head.review is Review.REQUIRED and not final,
        way=Way.HAND_OVER if why_way else Way.SEND,
        why_way=why_way,
        ask_way=ask_way,
        questions=tuple(_questions(case, head, now)),
    )


def age_on(born: date, day: date) -> int:
    """Return somebody's age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _stopped(case: Case, head: TemplateHead, now: datetime) -> str:
    if case.client.date_of_death:
        return "The record says that the client has died. Nothing is written to them."
    if case.client.date_of_birth and case.client.date_of_birth > now.date():
        return "The date of birth lies in the future. Check it, then draft again."
    if head.spoken_first and not (case.spoken.on or case.spoken.why_not):
        return (
            "News like this is talked about first. Put in when you talked ([spoken] on = a date), "
            "or why you did not (why_not), then draft again."
        )
    if case.spoken.on and case.spoken.on > now.date():
        return "The day on which you talked lies in the future. Draft the letter after you have talked."
    return ""


def _others_stopped(case: Case, head: TemplateHead, today: date) -> tuple[str, str]:
    """Return why nobody but the client may have a copy, and what to ask."""
    decider, born = case.decides, case.client.date_of_birth
    themself = decider.who.casefold() == CLIENT
    if not themself and not (decider.authority and decider.seen):
        why = "somebody else decides for the client, and their authority or the date it was seen is not recorded"
        return why, _ASK_AUTHORITY
    if not themself or (decider.judged_by and decider.judged_on):
        return "", ""
    if born is None and head.young_people:
        return "this letter is for a young person, and their date of birth is not known", _ASK_BORN
    if born is not None and age_on(born, today) < DECIDES_ALONE:
        why = "the client is under 16, and the record does not say who judged that they can decide, and when"
        return why, _ASK_YOUNG
    return "", ""


def _why_not_sent(delivery: Delivery, client: Client, today: date, holds: int) -> tuple[str, str]:
    """Return why the client's copy may not be sent, and what to ask."""
    if delivery.nothing_sent:
        return "the client wants nothing sent", ""
    if delivery.hand_over:
        return "the client wants to be handed it", ""
    if delivery.asked is None or delivery.safe_address is None:
        return "nobody has asked yet whether the address is safe to write to", _ASK_SAFE
    if not delivery.safe_address:
        return "the address is not safe to write to", ""
    if not client.address:
        return "there is no address", _ASK_SAFE
    if client.address_since and client.address_since > delivery.asked:
        return "the address has changed since the client was asked how to reach them", _ASK_MOVED
    if delivery.asked > today:
        return "the day on which the client was asked how to reach them lies in the future", _ASK_STILL_SAFE
    if today - delivery.asked > timedelta(holds):
        return f"the client was last asked how to reach them on {long_date(delivery.asked)}, too long ago", (
            _ASK_STILL_SAFE
        )
    return "", ""


_ASK_REGISTER = "nothing yet. First have the register put right: tipletters register verify."
_ASK_AUTHORITY = (
    "“May I see the paper that says you decide?” Then write under [decides] who it is, their authority, and the day on "
    "which you saw it."
)
_ASK_BORN = "“When were you born?” Write it under [client], or write under [decides] who decides."
_ASK_YOUNG = (
    "“Can you tell me in your own words who will read this, and what that could mean?” If they understand, write who "
    "judged that, and when, under [decides] (judged_by, judged_on). If not, write who decides."
)
_ASK_SAFE = "“How can a letter reach you safely? Does anybody else open your post?”"
_ASK_MOVED = "“Is it safe to write to you where you live now? Does anybody else open your post there?”"
_ASK_STILL_SAFE = "“Is it still safe to write to you at this address? Does anybody else open your post?”"


def _questions(case: Case, head: TemplateHead, now: datetime) -> Iterator[str]:
    if case.date > now.date():
        yield "The letter's date lies in the future."
    for field in head.fields:
        day = day_in(case.fields.get(field.name)) if field.past else None
        if day and day > case.date:
            yield f"The day under “{field.name}” is later than the letter's date. Are both right?"
    if case.delivery.post_opened_by and case.delivery.safe_address:
        yield "Somebody else may open the post. Is it still safe to send this letter?"
