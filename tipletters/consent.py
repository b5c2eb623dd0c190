"""Provisions, and who may have what. The rules are those of docs/consent.md; when in doubt, a passage is withheld."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from tipletters.errors import ConsentError, did_you_mean
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
    WITHDRAWN = "the client withdrew their yes"
    LAPSED = "the client's yes has run out"
    OTHER_LETTER = "the client's yes was for another letter"
    NOT_COUNTED = "the yes did not come from the person who decides, or their authority is not recorded"
    NOT_HOME = "the client does not want this sent home"
    HELD = "the client asked us to change it or keep it private"


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
        at: the time of day, where known.
        until: the last day of a permit. A deny does not run out by itself.
        later: it answers for later letters too.
        asked_by: who asked.
        how: in person, by phone, in writing, in a returned review.
        form: name and version of the wording or form that was used, never the client's words.
        answered_by: CLIENT, or the name of the person who decides.
        where: where this answer stands, for errors.
    """

    answer: Answer
    about: str
    recipient: str
    given: date
    letter: str
    named: frozenset[str] = frozenset()
    at: time | None = None
    until: date | None = None
    later: bool = False
    asked_by: str = ""
    how: str = ""
    form: str = ""
    answered_by: str = CLIENT
    where: str = ""


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
        permitted = {label for label, standing in self.labels if standing is Standing.PERMITTED}
        return self.letter is Standing.PERMITTED and permitted.issuperset(labels)


def access(
    provisions: Sequence[Provision],
    recipient: str,
    labels: Iterable[str],
    *,
    letter: str,
    now: datetime,
    decider: Decider,
) -> Access:
    """Work out what a recipient may have.

    Args:
        provisions: all answers on record.
        recipient: the recipient's key.
        labels: every label that the letter carries.
        letter: the letter's reference.
        now: the moment of writing.
        decider: who decides for this client.

    Returns:
        The recipient's access. A passage "not at home" is kept from what is sent home, not from others.
    """

    def stands(about: str) -> Standing:
        return standing(provisions, about, recipient, letter=letter, now=now, decider=decider)

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
    provisions: Sequence[Provision], about: str, recipient: str, *, letter: str, now: datetime, decider: Decider
) -> Standing:
    """Say how one thing (LETTER or a label) stands for one recipient at the moment `now`."""
    named = [p for p in provisions if label_key(p.about) == label_key(about) and _covers(p, recipient)]
    here = [p for p in named if p.letter == letter or p.later]
    permits = [p for p in here if p.answer is Answer.PERMIT]
    counted = [p for p in permits if decider.permit_counts(p)]
    in_force = [p for p in counted if p.until is not None and now.date() <= p.until]
    denies = [p for p in here if p.answer is Answer.DENY]
    open_denies = [d for d in denies if not any(_lifts(p, d, recipient) for p in in_force)]
    if open_denies:
        return Standing.WITHDRAWN if permits else Standing.REFUSED
    if in_force:
        return Standing.PERMITTED
    if counted:
        return Standing.LAPSED
    if permits:
        return Standing.NOT_COUNTED
    return Standing.OTHER_LETTER if named else Standing.NOT_ASKED


def _covers(provision: Provision, recipient: str) -> bool:
    if provision.recipient == recipient:
        return True
    if provision.recipient != EVERYONE:
        return False
    return provision.answer is Answer.DENY or recipient in provision.named


def _lifts(permit: Provision, deny: Provision, recipient: str) -> bool:
    """A later yes lifts an earlier no if it names this recipient, or if the no was for everyone."""
    return _later(permit, deny) and (permit.recipient == recipient or deny.recipient == EVERYONE)


def _later(one: Provision, other: Provision) -> bool:
    if one.given != other.given:
        return one.given > other.given
    return one.at is not None and other.at is not None and one.at > other.at


def validate(
    provisions: Sequence[Provision], *, recipients: Iterable[str], labels: Iterable[str], letter: str, now: datetime
) -> tuple[str, ...]:
    """Refuse provisions that make no sense for this letter.

    Args:
        provisions: the answers on record.
        recipients: the keys of the case's recipients.
        labels: every label of the letter or its template.
        letter: the letter's reference.
        now: the moment of writing.

    Returns:
        Questions for the worker: a yes about a label that this letter does not have.

    Raises:
        ConsentError: a provision dated in the future, for nobody, that ends before it begins, or a deny of a label that
            neither letter nor template knows.
    """
    keys = {label_key(label): label for label in (*labels, LETTER, NOT_AT_HOME)}
    questions = []
    for number, provision in enumerate(provisions, start=1):
        where = provision.where or f"provision {number}"
        _validate_dates(provision, where, now)
        if provision.letter != letter:  # it may name people and labels that are not in this letter
            continue
        _validate_recipient(provision, where, set(recipients))
        if label_key(provision.about) in keys:
            continue
        hint = did_you_mean(provision.about, keys.values(), label_key)
        if provision.answer is Answer.DENY:
            raise ConsentError(
                f"The client said no about “{provision.about}”, but nothing in this letter has that label.",
                where=where,
                then=hint or "Mark the passage with this label, or correct the label's spelling.",
            )
        questions.append(f"A yes about “{provision.about}” matches nothing in this letter. {hint}".strip())
    return tuple(dict.fromkeys(questions))


def _validate_dates(provision: Provision, where: str, now: datetime) -> None:
    given = datetime.combine(provision.given, provision.at or time.min)
    if given > now:
        raise ConsentError(
            "An answer of the client is dated in the future.",
            where=where,
            then="Put in the day on which they answered.",
        )
    if provision.until is not None and provision.until < provision.given:
        raise ConsentError("An answer runs out before it was given.", where=where, then="Check `date` and `until`.")


def _validate_recipient(provision: Provision, where: str, known: set[str]) -> None:
    for key in {provision.recipient, *provision.named} - {EVERYONE}:
        if key not in known:
            raise ConsentError(
                f"An answer of the client is about “{key}”, who is not one of the recipients.",
                where=where,
                then=did_you_mean(key, known) or "Add this recipient to the case, or correct the name.",
            )
