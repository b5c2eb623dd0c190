"""What the client answered, and whom and what each answer is about. The rules are those of docs/consent.md."""

import re
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from tipletters.alike import may_reach, reference_key
from tipletters.letter import label_key
from tipletters.quiet import Quiet

LETTER = "letter"
EVERYONE = "everyone"
NOT_AT_HOME = "not at home"
PRIVATE = "private"
CLIENT = "client"

# Words that mean something else where a label is asked for.
RESERVED = frozenset({LETTER, EVERYONE, PRIVATE, CLIENT})


# Nobody is asked for longer than this: a day further on is a slip of the year, such as 2226.
_YEARS = 10


class Answer(StrEnum):
    """What the client said."""

    PERMIT = "permit"
    DENY = "deny"


# How the form's name ends of a no that holds only until the client is asked again.
TO_ASK_LATER, TO_ASK_AGAIN = "to be asked later", "to be asked again"


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
        return next((mark for mark in (TO_ASK_LATER, TO_ASK_AGAIN) if self.form.endswith(mark)), "no")


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


def wrong_end(provision: Provision) -> str:
    """Return what cannot be right about the day on which an answer runs out; empty where it can."""
    if provision.until is None:
        return ""
    if provision.until < provision.given:
        return "An answer runs out before it was given."
    if provision.until.year > provision.given.year + _YEARS:
        return f"A yes would hold for more than {_YEARS} years."
    return ""


def covers(provision: Provision, recipient: str, person: str) -> bool:
    """Say whether an answer is about a recipient: by their key, or a no by who they are, however it is spelled."""
    if provision.recipient == recipient:
        return True
    if provision.answer is Answer.DENY:
        meant = {label_key(one) for one in re.split("[,;]", provision.recipient)}
        return bool(meant & {EVERYONE, label_key(recipient)}) or any(may_reach(one, person) for one in provision.whom)
    return provision.recipient == EVERYONE and recipient in provision.named


def is_of(provision: Provision, letter: str) -> bool:
    """Say whether an answer was given for the letter of this reference; of a no, however that is spelled."""
    if provision.letter == letter:
        return True
    return provision.answer is Answer.DENY and reference_key(provision.letter) == reference_key(letter)


def is_for(provision: Provision, person: str) -> bool:
    """Say whether an answer is for this very person; one that does not say for whom is for anybody with the key."""
    return not provision.whom or not person or _fold(person) in map(_fold, provision.whom)


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()
