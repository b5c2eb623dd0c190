"""The copies of one letter: each professional's, redacted as the client decided, and the client's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tipletters.access import Access, Standing, client_access
from tipletters.case import Case
from tipletters.consent import CLIENT
from tipletters.gate import Gate, Way
from tipletters.letter import Block, Letter, Paragraph, Run, Style, labels_of
from tipletters.passages import HELD, hold
from tipletters.people import Frame, Recipient
from tipletters.quiet import Quiet
from tipletters.redact import redact
from tipletters.refusal import Refusal, nothing_left, refusal
from tipletters.stage import Stage
from tipletters.wording import sentence
from tipletters.writers.look import Look

TO_SEND = f"{CLIENT}-to-send"
WHO_GETS_ONE = "Who gets a copy"


@dataclass(frozen=True, repr=False)
class Copy(Quiet):
    """The letter as one recipient gets it, or why they get none.

    Args:
        key: "client", "client-to-send", or the recipient's key.
        whom: who it is for, in words.
        letter: the copy; None where nothing may be written.
        look: how it is printed.
        withheld: each label that is left out of it, with how that label stands.
        why_none: why there is no copy.
        ask: what to ask the client, so that there can be one, or so that it can be sent.
        way: how it reaches the client; empty for others.
        draft: it is not final yet.
        refused: the client said a clear no to this copy, so nothing is left to do.
        hidden: the blocks that are withheld from it, so that the proof can look for them.
    """

    key: str
    whom: str
    letter: Letter | None
    look: Look = field(default_factory=Look)
    withheld: tuple[tuple[str, Standing], ...] = ()
    why_none: str = ""
    ask: str = ""
    way: str = ""
    draft: bool = True
    refused: bool = False
    hidden: tuple[Block, ...] = ()


def copy_for(recipient: Recipient, access: Access, whole: Letter, case: Case, check: Gate, stage: Stage) -> Copy:
    """Return one professional's copy, or why there is none.

    Args:
        recipient: whose copy.
        access: what the client and the law let them have.
        whole: the letter with everything in it.
        case: what it was made from.
        check: what the gate said.
        stage: how far the letter has come.
    """
    if no := refusal(recipient, access, check):
        return _no_copy(recipient, no)
    held = hold(whole.blocks, case.reference, stage.held_from(recipient.key))
    redacted = redact(replace(whole, blocks=held), access)
    if no := nothing_left(recipient, redacted, case.fields):
        return _no_copy(recipient, no)
    frame = [*stage.frame(client=False), Frame.copy_for(recipient), Frame.identity(case.client)]
    if case.delivery.online is False:
        frame.append(Frame.NOT_ONLINE)
    addressee = (recipient.name, *filter(None, [recipient.organisation]), *recipient.address)
    head = replace(whole.head, addressee=addressee, frame=tuple(frame))
    withheld = tuple(pair for pair in access.labels if pair[1] is not Standing.PERMITTED)
    if HELD in redacted.labels:
        withheld += (("a part that the client checked", Standing.HELD),)
    look = Look(addressed=bool(recipient.address))
    return Copy(
        recipient.key,
        recipient.described,
        replace(redacted.letter, head=head),
        look,
        withheld,
        draft=not stage.final,
        hidden=redacted.withheld,
    )


def _no_copy(recipient: Recipient, no: Refusal) -> Copy:
    return Copy(recipient.key, recipient.described, None, why_none=sentence(no.why), ask=no.ask, refused=no.clear)


def client_copies(
    whole: Letter, others: Sequence[Copy], case: Case, check: Gate, look: Look, stage: Stage
) -> Iterator[Copy]:
    """Yield the client's full copy and, where passages must not be sent home, the lesser copy to send.

    Args:
        whole: the letter with everything in it.
        others: the copies of everybody else, which the client's own copy names.
        case: what it was made from.
        check: what the gate said: whether it may be posted.
        look: how it is printed.
        stage: how far the letter has come.
    """
    full = replace(whole, blocks=(*whole.blocks, *_who_gets_a_copy(others, case)))
    mark = stage.frame(client=True)
    home = client_access(labels_of(whole.blocks), case.delivery.not_at_home)
    lesser = redact(whole, home)
    send = check.way is Way.SEND
    if send and not lesser.withheld:
        yield _clients(full, CLIENT, mark, look, Way.SEND, case, stage)
        return
    why = check.why_way or "some of it must not be sent home"
    handed = _clients(full, CLIENT, (*mark, Frame.HAND_OVER), look, f"{Way.HAND_OVER}: {why}", case, stage)
    yield replace(handed, ask=check.ask_way)
    if send:
        copy = _clients(lesser.letter, TO_SEND, mark, look, Way.SEND, case, stage)
        kept = tuple(pair for pair in home.labels if pair[1] is not Standing.PERMITTED)
        yield replace(copy, withheld=kept, hidden=lesser.withheld)


def _clients(letter: Letter, key: str, frame: tuple[str, ...], look: Look, way: str, case: Case, stage: Stage) -> Copy:
    sent = way == Way.SEND
    name = case.delivery.envelope_name or " ".join(filter(None, [case.client.title, case.client.name]))
    addressee = (name, *case.client.address) if sent else ()
    head = replace(letter.head, addressee=addressee, frame=frame)
    whom = "the client" if key == CLIENT else "the client, by post"
    return Copy(
        key, whom, replace(letter, head=head), replace(look, addressed=sent), way=str(way), draft=not stage.final
    )


def _who_gets_a_copy(others: Sequence[Copy], case: Case) -> Iterator[Block]:
    getting = [copy for copy in others if copy.letter is not None]
    if not getting:
        return
    yield Paragraph((Run(WHO_GETS_ONE),), Style.SUBHEADING)
    theirs = case.decides.who.casefold() == CLIENT
    yield Paragraph((Run("You agreed that these people get a copy:" if theirs else "These people get a copy:"),))
    for copy in getting:
        left_out = " Some of it is left out." if copy.withheld else ""
        yield Paragraph((Run(f"{copy.whom}.{left_out}"),), Style.BULLET)
