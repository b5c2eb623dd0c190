"""Who was meant by a recipient's key: the person who had it when the client was asked, also where that has changed."""

from collections.abc import Sequence
from dataclasses import replace

from tipletters.alike import may_reach
from tipletters.consent import EVERYONE, Answer, Provision
from tipletters.people import Recipient
from tipletters.review.copy import Asked
from tipletters.review.corrections import Correction


def as_asked(provisions: Sequence[Provision], copies: Sequence[Asked]) -> tuple[Provision, ...]:
    """Return the answers of a case; one that names no person was for whom the next copy to check named.

    Args:
        provisions: the answers.
        copies: the copies that were given to check.
    """
    oldest_first = sorted(copies, key=lambda one: one.made)
    return tuple(_as_asked(one, oldest_first) if one.assumed else one for one in provisions)


def _as_asked(one: Provision, copies: Sequence[Asked]) -> Provision:
    then = next((copy.people for copy in copies if copy.made >= one.given), {})
    whom = frozenset(then[key] for key in (one.recipient, *one.named) if key in then)
    if one.answer is Answer.DENY:
        return replace(one, whom=whom | one.whom)
    return replace(one, whom=whom or one.whom)


def kept_from(correction: Correction, copies: Sequence[Asked], recipients: Sequence[Recipient]) -> tuple[str, ...]:
    """Return from whom a correction's passages are kept now: recipients' keys, or everyone.

    A recipient is meant by their key, or by their name where they had that key when the client was asked. Where nobody
    of the case can be told to be meant, everybody of whom the client was not asked yet may be.
    """
    found: set[str] = set()
    for whom in correction.held_from:
        meant = [one.key for one in recipients if one.key == whom or _had(whom, one, copies)]
        nobody = [one.key for one in recipients if not any(one.person in copy.people.values() for copy in copies)]
        found.update([EVERYONE] if whom == EVERYONE else meant or nobody)
    return tuple(sorted(found))


def _had(key: str, one: Recipient, copies: Sequence[Asked]) -> bool:
    """Say whether somebody had a key when the client was asked, as far as that was written down."""
    then = [copy.people[key] for copy in copies if key in copy.people]
    return any(may_reach(person, one.person) for person in then) if then else one.key == key


def to_ask(
    corrections: Sequence[Correction], copies: Sequence[Asked], recipients: Sequence[Recipient]
) -> tuple[str, ...]:
    """Return what to ask where a part is kept from somebody of whom it is not sure that the client meant them."""
    return tuple(
        f"Is {one.described} whom the client meant? {correction.place[0].upper()}{correction.place[1:]} is private "
        f"from somebody who had another name or key then. Until you have asked, {one.name} does not get it either."
        for correction in corrections
        for one in recipients
        if one.key in kept_from(correction, copies, recipients)
        and not any(_had(whom, one, copies) for whom in correction.held_from)
    )
