"""Provisions, and who may have what. The rules are those of docs/consent.md; when in doubt, a passage is withheld."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property

from tipletters.alike import reference_key, same_name
from tipletters.letter import label_key
from tipletters.quiet import Quiet

LETTER = "letter"
EVERYONE = "everyone"
NOT_AT_HOME = "not at home"
PRIVATE = "private"
CLIENT = "client"

# Words that mean something else where a label is asked for.
RESERVED = frozenset({LETTER, EVERYONE, PRIVATE, CLIENT})


class Answer(StrEnum):
    """What the client said."""

    PERMIT = "permit"
    DENY = "deny"


class Standing(StrEnum):
    """How things stand for one recipient and one label, or the letter as a whole."""

    PERMITTED = "permitted"
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


# How the form's name ends of a no that holds only until the client is asked again, and how things stand until then.
TO_ASK_LATER, TO_ASK_AGAIN = "to be asked later", "to be asked again"
_UNTIL_ASKED = {TO_ASK_LATER: Standing.ASK_LATER, TO_ASK_AGAIN: Standing.ASK_AGAIN}


@dataclass(frozen=True, repr=False)
class Provision(Quiet):
    """One dated answer of the client.

    Args:
        answer: permit or deny.
        about: LETTER, or a label.
        recipient: a recipient's key, or EVERYONE.
        given: the day it was given.
        letter: the reference of the letter it was given for.
        named: the recipients named that day; what EVERYONE means in a permit.
        whom: the people that it was about, by name and organisation, where known. A yes is for them alone, and a no
            follows them to another key.
        at: the time of day, where known.
        until: the last day of a permit. A deny does not run out by itself.
        later: it answers for later letters too.
        asked_by: who asked.
        how: in person, by phone, in writing, in a returned review.
        form: name and version of the wording or form that was used, never the client's words.
        answered_by: CLIENT, or the name of the person who decides.
        where: where this answer stands, for errors.
        assumed: nobody wrote down whom it was about; `whom` are those who have the key in the case as it is now.
    """

    answer: Answer
    about: str
    recipient: str
    given: date
    letter: str
    named: frozenset[str] = frozenset()
    whom: frozenset[str] = frozenset()
    at: time | None = None
    until: date | None = None
    later: bool = False
    asked_by: str = ""
    how: str = ""
    form: str = ""
    answered_by: str = CLIENT
    where: str = ""
    assumed: bool = field(default=False, compare=False)

    @property
    def said(self) -> str:
        """The answer in words: yes, no, or a no that holds only until the client is asked again."""
        if self.answer is Answer.PERMIT:
            return "yes"
        return next((mark for mark in _UNTIL_ASKED if self.form.endswith(mark)), "no")


@dataclass(frozen=True, repr=False)
class Decider(Quiet):
    """Who decides: the client, unless the record says who else, with what authority, seen when.

    For a young person who decides for themself, `judged_by` and `judged_on` say who judged that they understand.
    """

    who: str = CLIENT
    authority: str = ""
    seen: date | None = None
    judged_by: str = ""
    judged_on: date | None = None

    def permit_counts(self, provision: Provision) -> bool:
        """Say whether a yes came from the one who decides, with recorded authority where that is needed."""
        if _fold(provision.answered_by) != _fold(self.who):
            return False
        return _fold(self.who) == CLIENT or bool(self.authority and self.seen)


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


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

    def stands(about: str) -> Standing:
        return standing(provisions, about, recipient, letter=letter, now=now, decider=decider, person=person)

    def label_stands(label: str) -> Standing:
        return Standing.PERMITTED if label_key(label) == label_key(NOT_AT_HOME) else stands(label)

    return Access(recipient, stands(LETTER), tuple((label, label_stands(label)) for label in sorted(labels)))


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
    asked = [p for p in provisions if label_key(p.about) == label_key(about) and _covers(p, recipient, person)]
    named = [p for p in asked if p.answer is Answer.DENY or _is_for(p, person)]
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
    recipient = next(iter(sorted(provision.named)), provision.recipient)
    decider = Decider(provision.answered_by, "on record", provision.given)
    letter, person = provision.letter, next(iter(sorted(provision.whom)), "")
    how = standing(provisions, provision.about, recipient, letter=letter, now=now, decider=decider, person=person)
    run_out = provision.until is not None and provision.until < now.date()
    return Standing.LAPSED if run_out and how is Standing.PERMITTED else how


def _covers(provision: Provision, recipient: str, person: str) -> bool:
    """Say whether an answer is about a recipient: by their key, or a no by who they are, however it is spelled."""
    if provision.recipient == recipient:
        return True
    if provision.answer is Answer.DENY:
        meant = {label_key(one) for one in re.split("[,;]", provision.recipient)}
        return bool(meant & {EVERYONE, label_key(recipient)}) or any(same_name(one, person) for one in provision.whom)
    return provision.recipient == EVERYONE and recipient in provision.named


def is_of(provision: Provision, letter: str) -> bool:
    """Say whether an answer was given for the letter of this reference; of a no, however that is spelled."""
    if provision.letter == letter:
        return True
    return provision.answer is Answer.DENY and reference_key(provision.letter) == reference_key(letter)


def _is_for(provision: Provision, person: str) -> bool:
    """Say whether an answer is for this very person; one that does not say for whom is for anybody with the key."""
    return not provision.whom or not person or _fold(person) in map(_fold, provision.whom)


def _lifts(permit: Provision, deny: Provision, recipient: str) -> bool:
    """A later yes lifts an earlier no if it names this recipient, or if the no was for everyone."""
    return _later(permit, deny) and (permit.recipient == recipient or deny.recipient == EVERYONE)


def _later(one: Provision, other: Provision) -> bool:
    if one.given != other.given:
        return one.given > other.given
    return one.at is not None and other.at is not None and one.at > other.at
