"""What in a client's answers cannot be right for this letter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from tipletters.consent import (
    EVERYONE,
    LETTER,
    NOT_AT_HOME,
    Answer,
    Provision,
    covers,
    is_for,
    is_of,
    wrong_end,
)
from tipletters.errors import ConsentError, did_you_mean
from tipletters.letter import label_key
from tipletters.people import Recipient


def validate(
    provisions: Sequence[Provision],
    *,
    recipients: Sequence[str],
    labels: Iterable[str],
    letter: str,
    now: datetime,
    remembered: Sequence[Provision] = (),
) -> tuple[str, ...]:
    """Refuse provisions that make no sense for this letter.

    Args:
        provisions: the answers that stand in the case.
        recipients: the keys of the case's recipients.
        labels: every label of the letter or its template.
        letter: the letter's reference.
        now: the moment of writing.
        remembered: the answers from the register; they may name people who are not in this case any more.

    Returns:
        Questions for the worker: a yes about a label that this letter does not have; a no in an earlier letter about a
        label that is spelt much like one of this letter.

    Raises:
        ConsentError: a provision dated in the future, for nobody, whose end cannot be right, or a deny of a label that
            neither letter nor template knows.
    """
    keys = {label_key(label): label for label in (*labels, LETTER, NOT_AT_HOME)}
    questions = []
    for number, provision in enumerate((*provisions, *remembered), start=1):
        where = provision.where or f"provision {number}"
        _validate_dates(provision, where, now)
        if number > len(provisions):
            questions += _for_whom(provision, letter, recipients)
        elif wrong := wrong_end(provision):
            raise ConsentError(wrong, where=where, then="Check `date` and `until`.")
        if not is_of(provision, letter):  # it may name people and labels that are not in this letter
            if number <= len(provisions):
                _refuse_idle(provision, where)
            questions += _near_miss(provision, keys)
            continue
        if number <= len(provisions):
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


def taken_for_another(
    provisions: Iterable[Provision], recipients: Iterable[Recipient], *, letter: str
) -> tuple[str, ...]:
    """Return what to ask where a no holds for somebody because of a name that is alike, and not by key or very name.

    Args:
        provisions: all answers on record.
        recipients: those of the letter.
        letter: its reference.
    """
    said = (one for one in provisions if one.answer is Answer.DENY and one.about == LETTER and one.whom)
    held = ((one, reader) for one in said if one.later or is_of(one, letter) for reader in recipients)
    return tuple(dict.fromkeys(_ALIKE.format(*_names(*pair)) for pair in held if _is_by_name(*pair)))


_ALIKE = (
    "The client said no to a copy for {}. {} may be the same, or be where they work, so the no holds. If it is "
    "somebody else, ask the client and write down their answer."
)


def _names(no: Provision, reader: Recipient) -> tuple[str, str]:
    return " or ".join(sorted(no.whom)), reader.person


def _is_by_name(no: Provision, reader: Recipient) -> bool:
    """Say whether a no holds for somebody because of a name that is alike alone."""
    by_key = covers(replace(no, whom=frozenset()), reader.key, reader.person)
    return covers(no, reader.key, reader.person) and not by_key and not is_for(no, reader.person)


def as_remembered(provisions: Sequence[Provision], remembered: Sequence[Provision]) -> tuple[Provision, ...]:
    """Return a case's answers; one that the register holds too was for whoever had the key when it was recorded."""
    held = {replace(one, whom=frozenset(), where=""): one.whom for one in reversed(remembered) if one.whom}

    def named(one: Provision) -> Provision:
        whom = held.get(replace(one, whom=frozenset(), where="")) if one.assumed else None
        return replace(one, whom=whom | (one.whom if one.answer is Answer.DENY else frozenset())) if whom else one

    return tuple(map(named, provisions)) if held else tuple(provisions)


def _refuse_idle(provision: Provision, where: str) -> None:
    """Refuse a no that stands in this case for another letter alone: here it would hold for nothing."""
    if provision.answer is Answer.DENY and not provision.later:
        raise ConsentError(
            "The client's no is for a letter of another reference, so it would not hold for this one.",
            where=f"{where}, letter = “{provision.letter}”",
            then="If it is about this letter, take `letter` out. If it is about all letters, put in "
            "later_letters = true. If it is about another letter alone, take the answer out.",
        )


def _for_whom(provision: Provision, letter: str, recipients: Sequence[str]) -> list[str]:
    """Ask about a no on record for a key that nobody in this letter has, where it was not written down who that is."""
    if provision.answer is Answer.PERMIT or provision.whom or not (provision.later or is_of(provision, letter)):
        return []
    if any(label_key(provision.recipient) == label_key(key) for key in (EVERYONE, *recipients)):
        return []
    return [
        f"The client said no to a copy for “{provision.recipient}”. Nobody in this letter has that key, and it is "
        "not on record who that is. Is it somebody in this letter? Then write the no down for them."
    ]


def _near_miss(provision: Provision, keys: Mapping[str, str]) -> list[str]:
    """Ask about a standing no from an earlier letter whose label may mean one of this letter's."""
    if provision.answer is not Answer.DENY or not provision.later or label_key(provision.about) in keys:
        return []
    hint = did_you_mean(provision.about, keys.values(), label_key)
    said = f"The client said no about “{provision.about}” in an earlier letter. {hint} Then use the same word."
    return [said] if hint else []


def _validate_dates(provision: Provision, where: str, now: datetime) -> None:
    given = datetime.combine(provision.given, provision.at or time.min)
    if given > now:
        raise ConsentError(
            "An answer of the client is dated in the future.",
            where=where,
            then="Put in the day on which they answered.",
        )


def _validate_recipient(provision: Provision, where: str, known: set[str]) -> None:
    for key in {provision.recipient, *provision.named} - {EVERYONE}:
        if key not in known:
            raise ConsentError(
                f"An answer of the client is about “{key}”, who is not one of the recipients.",
                where=where,
                then=did_you_mean(key, known) or "Add this recipient to the case, or correct the name.",
            )
