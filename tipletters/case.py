"""The case: what one letter is made from. See docs/case.md."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipletters.consent import Decider, Provision
from tipletters.people import Author, Client, Recipient
from tipletters.quiet import Quiet


@dataclass(frozen=True, repr=False)
class Delivery(Quiet):
    """How the letter can reach the client without harm, as they answered on the day `asked`.

    Args:
        asked: the day on which the client was asked; without it nothing is sent.
        safe_address: the address is safe to write to.
        post_opened_by: who else opens the post.
        envelope_name: the name to put on the envelope, where it is not the client's own.
        envelope_marking: what to write on the envelope, such as "Private".
        email: an email address that is safe to use.
        voicemail: a message may be left.
        online: the letter may be seen in the online record.
        not_at_home: labels of passages that must not be sent home.
        nothing_sent: the client wants nothing sent.
        hand_over: the client wants to be handed it.
    """

    asked: datetime.date | None = None
    safe_address: bool | None = None
    post_opened_by: str = ""
    envelope_name: str = ""
    envelope_marking: str = ""
    email: str = ""
    voicemail: bool | None = None
    online: bool | None = None
    not_at_home: tuple[str, ...] = ()
    nothing_sent: bool = False
    hand_over: bool = False


@dataclass(frozen=True, repr=False)
class Spoken(Quiet):
    """When news was talked about before it was written.

    Args:
        on: the day it was talked about.
        detail: how much of it the client wants in writing.
        why_not: why it was not talked about first.
    """

    on: datetime.date | None = None
    detail: str = ""
    why_not: str = ""


@dataclass(frozen=True, repr=False)
class Reply(Quiet):
    """What the worker answered to a question that the program asked about a copy.

    Args:
        question: the question's id.
        answer: the answer, in a few words.
        by: who answered.
        date: on which day.
    """

    question: str
    answer: str
    by: str
    date: datetime.date


@dataclass(frozen=True, repr=False)
class Case(Quiet):
    """What one letter is made from, checked."""

    reference: str
    date: datetime.date
    template: str
    client: Client
    author: Author
    decides: Decider
    delivery: Delivery
    spoken: Spoken
    fields: Mapping[str, Any]
    recipients: tuple[Recipient, ...]
    provisions: tuple[Provision, ...]
    where: str
    folder: Path
    answers: tuple[Reply, ...] = ()
    allow: tuple[str, ...] = ()


def client_keys(case: Case) -> tuple[str, ...]:
    """Return what the register may know the client by: NHS number, CHI number, the service's own reference."""
    client = case.client
    numbers = (re.sub(r"\D", "", number) for number in (client.nhs_number, client.chi_number))
    return tuple(key for key in (*numbers, client.key) if key)


def client_key(case: Case) -> str:
    """Return what the register knows the client by; empty where the case holds no number or reference for them."""
    return next(iter(client_keys(case)), "")
