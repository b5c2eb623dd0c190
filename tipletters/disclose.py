"""Sharing without agreement: one separate document, made of passages that were picked one by one.

This is never an answer of the client and never an option of drafting (docs/consent.md). All other passages count as
withheld and are proved absent.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from tipletters.access import Access, Standing
from tipletters.case import Case, client_key
from tipletters.config import House
from tipletters.copies import Copy
from tipletters.draft import Draft, template_folders
from tipletters.errors import CaseError, did_you_mean
from tipletters.letter import HEADINGS, Block, Head, Letter, Paragraph, labels_of
from tipletters.passages import HELD, Passage, hold, passages
from tipletters.people import Frame, Recipient
from tipletters.quiet import Quiet
from tipletters.redact import redact
from tipletters.register import Sent
from tipletters.register.store import Register
from tipletters.setting import setting
from tipletters.template import Template, find, render
from tipletters.writers.look import Look

WAY = "shared without agreement"
NOTE = "disclosure"


@dataclass(frozen=True, repr=False)
class Sharing(Quiet):
    """What has to be written down when something is shared without agreement.

    Args:
        reason: why it has to be, in a few words.
        decided_by: who decided.
        advice: whose advice was taken.
        told: the day on which the client was told; None where they were not.
        why_not: why they were not told.
        look_again: the day on which this is looked at again.
    """

    reason: str
    decided_by: str
    advice: str
    told: date | None = None
    why_not: str = ""
    look_again: date | None = None

    def check(self, today: date) -> None:
        """Refuse a record that is not whole, or whose days cannot be right.

        Raises:
            CaseError: names what is missing or wrong.
        """
        needed: dict[str, str | date | None] = {"the reason": self.reason, "who decided": self.decided_by}
        needed["whose advice was taken"] = self.advice
        if self.told is None:
            needed |= {"why the client was not told": self.why_not, "when you look again": self.look_again}
        for what, value in needed.items():
            if not value or (isinstance(value, str) and not value.strip()):
                raise CaseError(f"It is not written down {what}.", then="Nothing was shared. Add it, then try again.")
        if self.told and self.why_not.strip():
            raise CaseError(
                "It says that the client was told, and also why they were not.",
                where="--told and --not-told",
                then="Nothing was shared. Give the one that is true.",
            )
        if self.told and self.told > today:
            wrong = "The day on which the client was told lies in the future."
            raise CaseError(wrong, where="--told", then="Nothing was shared. If they do not know yet, say why not.")
        if self.look_again and self.look_again < today:
            wrong = "The day on which you look at this again is past."
            raise CaseError(wrong, where="--look-again", then="Nothing was shared. Give a day still to come.")

    def facts(self, recipient: Recipient, picked: int) -> dict[str, str]:
        """Return what the register keeps of it: never a word of the letter."""
        told = self.told.isoformat() if self.told else f"no: {self.why_not}"
        again = self.look_again.isoformat() if self.look_again else ""
        return {
            "to": recipient.described,
            "reason": self.reason,
            "decided_by": self.decided_by,
            "advice": self.advice,
            "client_told": told,
            "look_again": again,
            "passages": str(picked),
        }


def whole_letter(case: Case, house: House) -> tuple[Template, tuple[Block, ...]]:
    """Return the case's template and the letter's blocks.

    Raises:
        TiplettersError: the letter cannot be rendered.
    """
    template = find(case.template, template_folders(case.folder, house))
    blocks = render(template, case.fields, setting(case, house), reference=case.reference, where=case.where)
    return template, blocks


def to_pick(case: Case, blocks: tuple[Block, ...]) -> tuple[Passage, ...]:
    """Return the passages that can be picked: all but headings, which go with what stands under them."""
    return tuple(one for one in passages(blocks, case.reference) if not _is_heading(blocks[one.block]))


def _without_lines(block: Block) -> Block:
    """Return a block so that a line to write or sign on is left out: nobody picks it."""
    if isinstance(block, Paragraph) and not block.text.strip():
        return replace(block, labels=block.labels | {HELD})
    return block


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in HEADINGS


def known_client(case: Case) -> str:
    """Return the client's key, without which nothing can be written down.

    Raises:
        CaseError: the case has none.
    """
    if key := client_key(case):
        return key
    raise CaseError(
        "The case does not say by which number or key the register knows the client.",
        where=f"{case.where}, [client]",
        then="Put in nhs_number, chi_number or key. If somebody is in danger, phone first.",
    )


def recipient_of(case: Case, key: str) -> Recipient:
    """Return a recipient of the case.

    Raises:
        CaseError: there is none of this key.
    """
    for one in case.recipients:
        if one.key == key:
            return one
    known = [one.key for one in case.recipients]
    raise CaseError(
        f"“{key}” is not one of the recipients.",
        where=case.where,
        then=did_you_mean(key, known) or f"Known here: {', '.join(known) or 'nobody'}.",
    )


def shared_before(register: Register, case: Case, recipient: Recipient) -> int:
    """Return how many documents of this letter a recipient was given without agreement, as far as it is on record.

    Raises:
        RegisterError: the register cannot be read.
        CaseError: the case does not say by what the register knows the client.
    """
    held = register.holders(known_client(case), case.reference)
    return sum(one.recipient == recipient.key and one.way == WAY for one in held)


def disclosure(
    case: Case,
    template: Template,
    blocks: tuple[Block, ...],
    recipient: Recipient,
    picked: Collection[str],
    sharing: Sharing,
    *,
    on: date,
    before: int = 0,
) -> Draft:
    """Return the document for one recipient, to be saved as any draft is.

    Args:
        case: the case.
        template: its template.
        blocks: the whole letter.
        recipient: who gets it.
        picked: the ids of the passages that are shared.
        sharing: why, by whom, and whether the client knows.
        on: the day of sharing.
        before: how many documents of this letter they were given so before; none of them is written over.

    Raises:
        CaseError: the record is not whole, or nothing was picked.
    """
    sharing.check(on)
    others = {one.id for one in to_pick(case, blocks)} - set(picked)
    if not picked or not set(picked) <= {one.id for one in to_pick(case, blocks)}:
        raise CaseError("No passage was picked, or one that is not in the letter.", then="Pick each one by its number.")
    held = tuple(map(_without_lines, hold(blocks, case.reference, others)))
    letter = Letter(_head(case, template, recipient, sharing, on), held)
    every = tuple((label, Standing.PERMITTED) for label in sorted(labels_of(blocks)))
    redacted = redact(letter, Access(recipient.key, Standing.PERMITTED, every))
    look = Look(addressed=bool(recipient.address))
    key = f"{recipient.key}-shared" + (f"-{before + 1}" if before else "")
    copy = Copy(key, recipient.described, redacted.letter, look, way=WAY, draft=False, hidden=redacted.withheld)
    return Draft(case, (copy,), template=template)


def _head(case: Case, template: Template, recipient: Recipient, sharing: Sharing, on: date) -> Head:
    frame = [Frame.SHARED, Frame.TOLD if sharing.told else Frame.NOT_TOLD]
    frame += [Frame.copy_for(recipient), Frame.parts_of(case.client)]
    if case.delivery.online is False:
        frame.append(Frame.NOT_ONLINE)
    addressee = (recipient.name, *filter(None, [recipient.organisation]), *recipient.address)
    title = f"{template.head.title} {case.reference}"
    return Head(title, case.reference, on, case.author.name, addressee=addressee, frame=tuple(frame))


def write_down(
    register: Register,
    case: Case,
    recipient: Recipient,
    sharing: Sharing,
    digest: str,
    *,
    picked: int,
    by: str,
    at: datetime,
) -> None:
    """Record that something was shared, and who now holds it.

    Raises:
        RegisterError: the register cannot be written. Save nothing then.
    """
    key = known_client(case)
    register.note(NOTE, key, case.reference, sharing.facts(recipient, picked), by=by, at=at)
    register.sent(
        [Sent(key, case.reference, 1, recipient.key, recipient.described, digest, at.date(), WAY)], by=by, at=at
    )
