"""What an entry holds: provisions and copies as plain values, and back. Never letter text or a client's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tipletters.consent import Answer, Provision
from tipletters.quiet import Quiet

PROVISION = "provision"
SENT = "sent"
CREATED = "created"
FORGOTTEN = "forgotten"
RESTORED = "restored"
# Kinds of entries that `Register.note` must not write.
OWN = frozenset({PROVISION, SENT, CREATED, FORGOTTEN, RESTORED})

Content = dict[str, Any]


@dataclass(frozen=True, repr=False)
class Sent(Quiet):
    """A final copy that was written for somebody, who is then taken to hold it.

    Args:
        client: the client's key.
        reference: the letter's reference.
        version: the letter's version.
        recipient: the recipient's key.
        described: the recipient in words.
        digest: the SHA-256 of the file, in hex; what comes back from the register is keyed.
        on: the day on which it was written.
        way: how it goes to them.
    """

    client: str
    reference: str
    version: int
    recipient: str
    described: str
    digest: str
    on: date
    way: str = ""


def provision_content(provision: Provision) -> Content:
    """Return a provision as plain values; where it stood in a case file is of no use later."""
    return {
        "answer": str(provision.answer),
        "about": provision.about,
        "recipient": provision.recipient,
        "given": provision.given.isoformat(),
        "letter": provision.letter,
        "named": sorted(provision.named),
        "whom": sorted(provision.whom),
        "at": provision.at.isoformat() if provision.at else "",
        "until": provision.until.isoformat() if provision.until else "",
        "later": provision.later,
        "asked_by": provision.asked_by,
        "how": provision.how,
        "form": provision.form,
        "answered_by": provision.answered_by,
    }


def provision_from(content: Mapping[str, Any], where: str) -> Provision:
    """Return the provision that an entry holds; `where` says which entry that is."""
    return Provision(
        Answer(content["answer"]),
        content["about"],
        content["recipient"],
        date.fromisoformat(content["given"]),
        content["letter"],
        named=frozenset(content["named"]),
        whom=frozenset(content["whom"]),
        at=time.fromisoformat(content["at"]) if content["at"] else None,
        until=date.fromisoformat(content["until"]) if content["until"] else None,
        later=content["later"],
        asked_by=content["asked_by"],
        how=content["how"],
        form=content["form"],
        answered_by=content["answered_by"],
        where=where,
    )


def sent_content(sent: Sent, digest: str) -> Content:
    """Return a copy that was written as plain values, with its keyed digest."""
    return {
        "reference": sent.reference,
        "version": sent.version,
        "recipient": sent.recipient,
        "described": sent.described,
        "digest": digest,
        "on": sent.on.isoformat(),
        "way": sent.way,
    }


def sent_from(client: str, content: Mapping[str, Any]) -> Sent:
    """Return the copy that an entry tells of."""
    return Sent(client, **{**content, "on": date.fromisoformat(content["on"])})
