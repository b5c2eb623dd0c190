"""What follows from the client's answers: corrections, answers for the case, how to send.

What holds back counts at once. A yes counts only when the worker wrote down how they know that it was the client,
freely.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import Any

from tipletters.case import Case
from tipletters.consent import LETTER, NOT_AT_HOME, PRIVATE, TO_ASK_AGAIN, TO_ASK_LATER, Answer, Provision
from tipletters.quiet import Quiet
from tipletters.review import form
from tipletters.review.copy import Asked
from tipletters.review.corrections import Correction, Decision, Kind, Source
from tipletters.review.edits import Edit
from tipletters.review.record import Reply
from tipletters.review.said import PartSaid, Question, Said, day_of, understand

# A yes always ends; without another day it holds as long as one that is asked for when a case is made.
YES_HOLDS = timedelta(days=365)


@dataclass(frozen=True, repr=False)
class Answered(Quiet):
    """The answers to one review copy as they stand after all replies, and which of them came when.

    Args:
        asked: what the copy asked.
        said: what the answers say.
        replies: the reply that spoke last of each group of controls.
    """

    asked: Asked
    said: Said
    replies: Mapping[str, Reply]

    def reply(self, group: str) -> Reply | None:
        """Return the reply that spoke last of a group."""
        return self.replies.get(group)


def answered(replies: Sequence[Reply], asked: Asked, case: Case) -> Answered:
    """Put together what was answered at different times.

    What is written down at a desk takes the place of what was said before of that group of controls. Of two returned
    files nobody can tell which was filled in first, so what both say is put together, and what differs is asked about.

    Args:
        replies: all replies, oldest first.
        asked: the copy.
        case: the case.
    """
    sheet = _Sheet()
    for reply in replies:
        if reply.code == asked.code:
            sheet.add(reply)
    said = understand(sheet.filled, frozenset(sheet.unclear), asked, case.recipients)
    others = {one.code for one in replies} - {asked.code}
    return Answered(asked, said, sheet.spoke) if not others else _agreeing(Answered(asked, said, sheet.spoke), replies)


class _Sheet:
    """The answers to one copy, put together reply by reply."""

    def __init__(self) -> None:
        self.filled: dict[str, bool | str] = {}
        self.unclear: set[str] = set()
        self.spoke: dict[str, Reply] = {}

    def add(self, reply: Reply) -> None:
        said = {_group(key) for key, value in reply.filled.items() if value} | set(map(_group, reply.unclear))
        anew = {group for group in said if not (reply.digest and group in self.spoke and self.spoke[group].digest)}
        self.filled = {key: value for key, value in self.filled.items() if _group(key) not in anew}
        self.unclear = {key for key in self.unclear if _group(key) not in anew} | set(reply.unclear)
        for key, value in reply.filled.items():
            if value and _group(key) in said:
                old = self.filled.get(key)
                differs = isinstance(value, str) and isinstance(old, str) and old not in ("", value)
                self.filled[key] = f"{old}\n{value}" if differs else value
        self.spoke |= dict.fromkeys(said, reply)


def _agreeing(found: Answered, replies: Sequence[Reply]) -> Answered:
    """Take no yes from a returned file where the other copy that was given came back with a no."""
    refused = {
        asked_key
        for reply in replies
        if reply.code != found.asked.code and reply.digest
        for asked_key in _refused_in(reply)
    }
    said = found.said
    copies, questions = list(said.copies), list(said.questions)
    for place, copy in enumerate(copies):
        own = found.reply(f"{form.COPIES}{place + 1}")
        if copy.yes and own is not None and own.digest and f"{form.COPIES}{place + 1}" in refused:
            copies[place] = replace(copy, yes=False, no=True, ask_again=True)
            questions.append(Question("Two copies came back, and they say different things.", recipient=copy.recipient))
    return replace(found, said=replace(said, copies=tuple(copies), questions=tuple(questions)))


def _refused_in(reply: Reply) -> Iterator[str]:
    for key, value in reply.filled.items():
        if value is True and key.startswith(form.COPIES) and key[-1] in (form.NO, form.LATER):
            yield _group(key)


def _group(key: str) -> str:
    return key.rstrip("abcdef")


def corrections_from(found: Answered) -> tuple[Correction, ...]:
    """Return a correction for each thing that the client wants changed, added or kept private."""
    return tuple(_corrections(found))


def _corrections(found: Answered) -> Iterator[Correction]:
    for part in found.said.parts:
        reply = found.reply(str(part.number))
        if reply is not None:
            yield from _of_part(part, _about(found.asked, part.number, reply))
    reply = found.reply(_group(form.ELSE))
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
            no = _provision(Answer.DENY, LETTER, copy.recipient, reply, case)
            mark = TO_ASK_LATER if copy.later else TO_ASK_AGAIN if copy.ask_again else ""
            yield replace(no, form=f"{no.form}, {mark}") if mark else no
        elif copy.yes and reply.how_known:
            yield _dated(_provision(Answer.PERMIT, LETTER, copy.recipient, reply, case), found.asked, reply)
    for one in _corrections(found):
        reply = found.reply(str(one.part)) or next(iter(found.replies.values()))
        if one.kind is Kind.PRIVATE:
            for label, recipient in product(filter(_is_named, one.labels), one.whom):
                yield _provision(Answer.DENY, label, recipient, reply, case)


def _dated(yes: Provision, asked: Asked, reply: Reply) -> Provision:
    """Date a yes on the day on which the client gave it, so that it lifts no later no.

    Of a returned file that is the day they wrote on it. Without one nobody knows, and it counts from the day on which
    the copy was made. What is written down at a desk is said at that moment.
    """
    if not reply.digest:
        return yes
    wrote = day_of(str(reply.filled.get(form.DAY, "")))
    day = wrote if wrote and asked.made <= wrote <= reply.on.date() else asked.made
    return replace(yes, given=day, at=None, until=day + YES_HOLDS)


def _is_named(label: str) -> bool:
    """A passage marked private without a name has a label of its own, which nobody has a yes for."""
    return label != NOT_AT_HOME and not label.startswith(f"{PRIVATE} ")


def _provision(answer: Answer, about: str, recipient: str, reply: Reply, case: Case) -> Provision:
    day = reply.on.date()
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
        whom=frozenset(one.person for one in case.recipients if one.key == recipient),
        answered_by=case.decides.who,
    )


def sections_from(found: Answered, case: Case) -> dict[str, dict[str, Any]]:
    """Return what the answers change in the case's sections on delivery and on the client.

    What holds back counts at once. Where nobody can tell how they want to get it, they have not been asked.
    """
    sending, reply = found.said.sending, found.reply(form.SENDING)
    delivery: dict[str, Any] = {}
    if reply is None:
        return {}
    if sending.nothing or sending.hand:
        delivery |= {"nothing_sent": sending.nothing or None, "hand_over": sending.hand or None}
    if sending.unclear:
        delivery |= {"asked": None}
    elif sending.post and reply.how_known:
        delivery |= {"asked": reply.on.date(), "safe_address": True, "nothing_sent": None, "hand_over": None}
    client: dict[str, Any] = {}
    if sending.post and reply.how_known and sending.address:
        client["address"] = [line.strip() for line in sending.address.replace(",", "\n").splitlines() if line.strip()]
    wanted = [need for need, yes in (("large print", sending.large_print), ("read aloud", sending.aloud)) if yes]
    more = [need for need in wanted if need not in case.client.needs]
    if more:
        client["needs"] = [*case.client.needs, *more]
    return {name: held for name, held in (("delivery", delivery), ("client", client)) if held}
