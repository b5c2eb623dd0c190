"""Who may have what, by the client's answers. The rules are those of docs/consent.md; when in doubt, it is withheld."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from tipletters.consent import (
    CLIENT,
    EVERYONE,
    LETTER,
    NOT_AT_HOME,
    TO_ASK_AGAIN,
    TO_ASK_LATER,
    Answer,
    Decider,
    Provision,
    covers,
    is_for,
    is_of,
)
from tipletters.letter import label_key


class Standing(StrEnum):
    """How things stand for one recipient and one label, or the letter as a whole."""

    PERMITTED = "the client said yes"
    NOT_ASKED = "nobody has asked yet"
    REFUSED = "the client said no"
    ASK_LATER = "the client wants to be asked later"
    ASK_AGAIN = "the client is to be asked again"
    WITHDRAWN = "the client withdrew their yes"
    LAPSED = "the client's yes has run out"
    OTHER_LETTER = "the client's yes was for another letter"
    OTHER_PERSON = "the client's yes was for another person"
    NOT_COUNTED = "the yes did not come from the person who decides, or their authority is not recorded"
    NOT_HOME = "the client does not want this sent home"
    HELD = "the client asked us to change it or keep it private"


# How things stand until the client is asked again.
_UNTIL_ASKED = {TO_ASK_LATER: Standing.ASK_LATER, TO_ASK_AGAIN: Standing.ASK_AGAIN}


@dataclass(frozen=True)
class Access:
    """What one recipient may have of one letter.

    Args:
        recipient: the recipient's key.
        letter: how things stand for the letter as a whole.
        labels: each label of the letter with how it stands.
    """

    recipient: str
    letter: Standing
    labels: tuple[tuple[str, Standing], ...] = ()

    def may_have(self, labels: Iterable[str]) -> bool:
        """Say whether a passage with these labels may stand in the recipient's copy."""
        return self.letter is Standing.PERMITTED and self._permitted.issuperset(labels)

    @cached_property
    def _permitted(self) -> frozenset[str]:
        return frozenset(label for label, standing in self.labels if standing is Standing.PERMITTED)


def access(
    provisions: Sequence[Provision],
    recipient: str,
    labels: Iterable[str],
    *,
    letter: str,
    now: datetime,
    decider: Decider,
    person: str = "",
) -> Access:
    """Work out what a recipient may have.

    Args:
        provisions: all answers on record.
        recipient: the recipient's key.
        labels: every label that the letter carries.
        letter: the letter's reference.
        now: the moment of writing.
        decider: who decides for this client.
        person: the recipient by name and organisation, where known.

    Returns:
        The recipient's access. A passage "not at home" is kept from what is sent home, not from others.
    """

    def of(about: str) -> Standing:
        return standing(provisions, about, recipient, letter=letter, now=now, decider=decider, person=person)

    def label_stands(label: str) -> Standing:
        return Standing.PERMITTED if label_key(label) == label_key(NOT_AT_HOME) else of(label)

    return Access(recipient, of(LETTER), tuple((label, label_stands(label)) for label in sorted(labels)))


def client_access(labels: Iterable[str], kept_from_home: Iterable[str]) -> Access:
    """Return the client's access to a copy that is sent home: everything but what they do not want there.

    Args:
        labels: every label that the letter carries.
        kept_from_home: labels that the client named as "not at home".
    """
    kept = {label_key(label) for label in (*kept_from_home, NOT_AT_HOME)}
    return Access(
        CLIENT,
        Standing.PERMITTED,
        tuple((x, Standing.NOT_HOME if label_key(x) in kept else Standing.PERMITTED) for x in sorted(labels)),
    )


def standing(
    provisions: Sequence[Provision],
    about: str,
    recipient: str,
    *,
    letter: str,
    now: datetime,
    decider: Decider,
    person: str = "",
) -> Standing:
    """Say how one thing (LETTER or a label) stands for one recipient at the moment `now`."""
    asked = [p for p in provisions if label_key(p.about) == label_key(about) and covers(p, recipient, person)]
    named = [p for p in asked if p.answer is Answer.DENY or is_for(p, person)]
    here = [p for p in named if p.later or is_of(p, letter)]
    permits = [p for p in here if p.answer is Answer.PERMIT]
    counted = [p for p in permits if decider.permit_counts(p)]
    in_force = [p for p in counted if p.until is not None and now.date() <= p.until]
    denies = [p for p in here if p.answer is Answer.DENY]
    open_denies = [d for d in denies if not any(_lifts(p, d, recipient) for p in in_force)]
    if open_denies:
        return _refused(open_denies, bool(permits))
    if in_force:
        return Standing.PERMITTED
    if counted:
        return Standing.LAPSED
    if permits:
        return Standing.NOT_COUNTED
    if named:
        return Standing.OTHER_LETTER
    return Standing.OTHER_PERSON if asked else Standing.NOT_ASKED


def _refused(denies: Sequence[Provision], had_yes: bool) -> Standing:
    """Say what holds a thing back: a clear no before one that holds only until the client is asked again."""
    said = {one.said for one in denies}
    if "no" in said:
        return Standing.WITHDRAWN if had_yes else Standing.REFUSED
    return _UNTIL_ASKED[min(said)]


def state(provision: Provision, provisions: Sequence[Provision], now: datetime) -> Standing:
    """Say how things stand today for what an answer is about, by all the answers; whoever gave it is believed.

    A yes that has run out is said to have, also where another yes holds.

    Args:
        provision: the answer.
        provisions: all answers of this client.
        now: the moment.
    """
    how = stands(provision, provisions, now)
    run_out = provision.until is not None and provision.until < now.date()
    return Standing.LAPSED if run_out and how is Standing.PERMITTED else how


def stands(provision: Provision, provisions: Sequence[Provision], now: datetime) -> Standing:
    """Say how what an answer is about stands at a moment, by this or any other answer.

    Args:
        provision: the answer.
        provisions: all answers of this client.
        now: the moment.
    """
    recipient = next(iter(sorted(provision.named)), provision.recipient)
    decider = Decider(provision.answered_by, "on record", provision.given)
    letter, person = provision.letter, next(iter(sorted(provision.whom)), "")
    return standing(provisions, provision.about, recipient, letter=letter, now=now, decider=decider, person=person)


def _lifts(permit: Provision, deny: Provision, recipient: str) -> bool:
    """A later yes lifts an earlier no if it names this recipient, or if the no was for everyone."""
    return _later(permit, deny) and (permit.recipient == recipient or deny.recipient == EVERYONE)


def _later(one: Provision, other: Provision) -> bool:
    if one.given != other.given:
        return one.given > other.given
    return one.at is not None and other.at is not None and one.at > other.at
