"""What follows from the client's answers: corrections, answers for the case, how to send.

What holds back counts at once. A yes counts only when the worker wrote down how they know that it was the client,
freely.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

from tipletters.case import Case
from tipletters.consent import LETTER, NOT_AT_HOME, TO_ASK_AGAIN, TO_ASK_LATER, Answer, Provision
from tipletters.review import form
from tipletters.review.copy import Asked
from tipletters.review.corrections import Correction, Decision, Kind, Source
from tipletters.review.edits import Edit
from tipletters.review.record import Reply
from tipletters.review.said import PartSaid
from tipletters.review.together import Answered, address_in, day_of_answer, group_of
from tipletters.template.markers import is_anonymous

# A yes always ends; without another day it holds as long as one that is asked for when a case is made.
YES_HOLDS = timedelta(days=365)


def corrections_from(found: Answered) -> tuple[Correction, ...]:
    """Return a correction for each thing that the client wants changed, added or kept private."""
    return tuple(_corrections(found))


def _corrections(found: Answered) -> Iterator[Correction]:
    for part in found.said.parts:
        reply = found.reply(str(part.number))
        if reply is not None:
            yield from _of_part(part, _about(found.asked, part.number, reply))
    reply = found.reply(group_of(form.ELSE))
    if found.said.left_out and reply:
        yield replace(_about(found.asked, 0, reply), kind=Kind.ADD, says=found.said.left_out)
    for number, copy in enumerate(found.said.copies, start=1):
        reply = found.reply(f"{form.COPIES}{number}")
        for part_number in copy.without if reply else ():
            yield _kept(_about(found.asked, part_number, reply), (copy.recipient,))


def _about(asked: Asked, part: int, reply: Reply | None) -> Correction:
    """Return an open correction about one part; part 0 is the letter as a whole."""
    lines = asked.part(part) if part else ()
    return Correction(
        0,
        reply.on.date() if reply else asked.made,
        version=asked.version,
        part=part,
        passages=tuple(line.id for line in lines if line.id),
        labels=tuple(sorted({label for line in lines for label in line.labels})),
        said="\n".join(line.text for line in lines),
    )


def _of_part(part: PartSaid, about: Correction) -> Iterator[Correction]:
    to_change = part.change or part.unclear
    if to_change:
        yield replace(about, says=part.words)
    if part.private:
        yield _kept(replace(about, says="" if to_change else part.words), part.private)


def _kept(about: Correction, whom: tuple[str, ...]) -> Correction:
    return replace(about, kind=Kind.PRIVATE, whom=whom, decision=Decision.KEPT, reason="The client asked for it.")


def corrections_of_edits(found: Sequence[Edit], reply: Reply, asked: Asked, source: Source) -> tuple[Correction, ...]:
    """Return a correction for each change in the letter's text, or for each comment."""
    return tuple(
        Correction(
            0,
            reply.on.date(),
            Kind.FACT if one.said else Kind.ADD,
            asked.version,
            one.part,
            one.passages,
            one.labels,
            one.said,
            one.says,
            source,
        )
        for one in found
    )


def provisions_from(found: Answered, case: Case) -> tuple[Provision, ...]:
    """Return the client's answers about who may have what; a yes only where it counts."""
    return tuple(_provisions(found, case))


def _provisions(found: Answered, case: Case) -> Iterator[Provision]:
    for number, copy in enumerate(found.said.copies, start=1):
        reply = found.reply(f"{form.COPIES}{number}")
        if reply is None:
            continue
        if copy.no:
            no = _provision(Answer.DENY, LETTER, copy.recipient, found.asked, reply, case)
            mark = TO_ASK_LATER if copy.later else TO_ASK_AGAIN if copy.ask_again else ""
            yield replace(no, form=f"{no.form}, {mark}") if mark else no
        elif copy.yes and reply.how_known:
            yes = _provision(Answer.PERMIT, LETTER, copy.recipient, found.asked, reply, case)
            yield _dated(yes, found.asked, reply)
    for one in _corrections(found):
        reply = found.reply(str(one.part)) or next(iter(found.replies.values()))
        if one.kind is Kind.PRIVATE:
            for label, recipient in product(filter(_is_named, one.labels), one.whom):
                yield _provision(Answer.DENY, label, recipient, found.asked, reply, case)


def _dated(yes: Provision, asked: Asked, reply: Reply) -> Provision:
    """Date a yes on the day on which the client gave it, so that it lifts no later no."""
    if not reply.digest:
        return yes
    day = day_of_answer(reply, asked)
    return replace(yes, given=day, at=None, until=day + YES_HOLDS)


def _is_named(label: str) -> bool:
    """A passage marked private without a name has a label of its own, which nobody has a yes for."""
    return label != NOT_AT_HOME and not is_anonymous(label)


def _provision(answer: Answer, about: str, recipient: str, asked: Asked, reply: Reply, case: Case) -> Provision:
    day, people = reply.on.date(), asked.people or {one.key: one.person for one in case.recipients}
    return Provision(
        answer,
        about,
        recipient,
        day,
        case.reference,
        at=reply.on.time().replace(microsecond=0),
        until=day + YES_HOLDS if answer is Answer.PERMIT else None,
        asked_by=reply.by,
        how=reply.way,
        form=f"review copy {reply.code}",
        whom=frozenset({people[recipient]} if recipient in people else ()),
        answered_by=case.decides.who,
    )


def sections_from(found: Answered, reply: Reply, case: Case) -> dict[str, dict[str, Any]]:
    """Return what a reply changes in the case's sections on delivery and on the client.

    What holds back counts at once. Where nobody can tell how they want to get it, they have not been asked.

    Args:
        found: the answers as they stand with it.
        reply: the reply that came just now.
        case: the case.
    """
    sending = found.said.sending
    delivery: dict[str, Any] = {}
    # What an earlier reply said of it stands in the case already, where the worker may have changed it since.
    if found.reply(form.SENDING) is not reply:
        return {}
    if sending.nothing or sending.hand:
        delivery |= {"nothing_sent": sending.nothing or None, "hand_over": sending.hand or None}
    if sending.unclear:
        delivery |= {"asked": None}
    elif sending.post and reply.how_known:
        day = day_of_answer(reply, found.asked)
        delivery |= {"asked": day, "safe_address": True, "nothing_sent": None, "hand_over": None}
    client: dict[str, Any] = {}
    if sending.post and reply.how_known and sending.address:
        client["address"] = list(address_in(sending.address))
    wanted = [need for need, yes in (("large print", sending.large_print), ("read aloud", sending.aloud)) if yes]
    more = [need for need in wanted if need not in case.client.needs]
    if more:
        client["needs"] = [*case.client.needs, *more]
    return {name: held for name, held in (("delivery", delivery), ("client", client)) if held}
