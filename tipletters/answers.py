"""What in a client's answers cannot be right for this letter."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from tipletters.consent import EVERYONE, LETTER, NOT_AT_HOME, Answer, Provision
from tipletters.errors import ConsentError, did_you_mean
from tipletters.letter import label_key


def validate(
    provisions: Sequence[Provision],
    *,
    recipients: Iterable[str],
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
        ConsentError: a provision dated in the future, for nobody, that ends before it begins, or a deny of a label that
            neither letter nor template knows.
    """
    keys = {label_key(label): label for label in (*labels, LETTER, NOT_AT_HOME)}
    questions = []
    for number, provision in enumerate((*provisions, *remembered), start=1):
        where = provision.where or f"provision {number}"
        _validate_dates(provision, where, now)
        if provision.letter != letter:  # it may name people and labels that are not in this letter
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
