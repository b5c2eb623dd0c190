"""What somebody typed for the register: a slip of the hand must not be taken for another, nor do nothing unseen."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nhs_number import is_valid

from tipletters.alike import reference_key
from tipletters.consent import CLIENT, EVERYONE, LETTER, NOT_AT_HOME, PRIVATE, Answer, Provision, wrong_end
from tipletters.errors import RegisterError
from tipletters.letter import label_key
from tipletters.register.chain import folded
from tipletters.register.store import Register

NOBODY = "Nothing was on record under this number before. Is it the right one? Check it against the record."
_KEY = re.compile(r"[a-z][a-z0-9-]{0,29}")
# What means the letter as a whole, and what is no recipient and no label but is easily typed for one.
_WHOLE = frozenset({LETTER, "letters", "theletter", "thisletter"})
_NO_KEY = frozenset({"all", "anyone", "anybody", "everybody", "nobody", "noone", CLIENT, LETTER})
_NOT_HOME = label_key(NOT_AT_HOME)
_NO_LABEL = frozenset(
    {"", "all", "everything", EVERYONE, "wholeletter", "thewholeletter", "copy", "copies", CLIENT, PRIVATE, _NOT_HOME}
)


def is_known(register: Register, client: str) -> bool:
    """Say whether anything is on record of a client.

    Args:
        register: the open register.
        client: their number or key, as it was typed. A service's own key may have ten digits too: one that is on
            record, from a case, is taken.

    Raises:
        RegisterError: the register cannot be read, or nothing is on record and the number cannot be right.
    """
    if register.history(client):
        return True
    number = folded(client)
    if len(number) == 10 and number.isdecimal() and not is_valid(number):
        raise RegisterError(
            "This NHS or CHI number cannot be right: its last digit does not fit the others.",
            where="the client's number",
            then="Check it against the record.",
        )
    return False


def typed(
    register: Register, client: str, answer: Provision, *, to: Iterable[str], about: Iterable[str]
) -> tuple[Provision, ...]:
    """Return an answer as it was meant, once for each recipient and each label.

    A no is kept with the person whom it is about, so that it follows them to another key.

    Args:
        register: the open register.
        client: the client's key.
        answer: the answer; `whom` as it was typed.
        to: for whom, as it was typed: keys, or everyone.
        about: the letter or labels, as they were typed.

    Raises:
        RegisterError: the register cannot be read; a word is no key or label; or a no is about somebody, or a letter,
            that is not on record, so that it would hold for nothing; or a yes ends on a day that cannot be right.
    """
    if wrong := wrong_end(answer):
        raise RegisterError(wrong, then="Check the two days. Nothing was written down.")
    labels = list(dict.fromkeys(_about(word) for some in about for word in re.split(r"[,;]", some.strip(" ,;"))))
    answer = replace(answer, letter=_letter(register, client, answer))
    people = [(key, _whom(register, client, answer, key)) for key in keys(to)]
    return tuple(replace(answer, about=what, recipient=key, whom=whom) for what in labels for key, whom in people)


def keys(to: Iterable[str]) -> tuple[str, ...]:
    """Return the recipients' keys, or EVERYONE, in what was typed: “GP, link worker” are gp and link-worker.

    Raises:
        RegisterError: a word is no key.
    """
    words = [" ".join(word.split()) for some in to for word in re.split(r"[,;]", some)]
    return tuple(dict.fromkeys(_key(word) for word in words if word))


def _key(word: str) -> str:
    if label_key(word) == EVERYONE:
        return EVERYONE
    key = word.casefold().replace(" ", "-")
    if label_key(word) in _NO_KEY or not _KEY.fullmatch(key):
        raise RegisterError(
            "It is not clear for whom this is. Nothing was written down.",
            where=f"“{word}”",
            then="Give the recipient's key as it stands in the case, such as gp, or everyone.",
        )
    return key


def _about(word: str) -> str:
    if label_key(word) in _WHOLE:
        return LETTER
    if label_key(word) in _NO_LABEL:
        raise RegisterError(
            "It is not clear what this is about. Nothing was written down.",
            where=f"“{word}”",
            then="Say letter for letters as a whole, or give the label of a passage, such as home life. A private "
            "passage without a name has one in the summary. What must not be at home stands in the case.",
        )
    return " ".join(word.split())


def unheard(register: Register, client: str, answers: Iterable[Provision]) -> str:
    """Return what to say of a no about something that no answer on record was about; empty where there is none.

    Args:
        register: the open register, before the answers are in it.
        client: the client's key.
        answers: what `typed` returned.

    Raises:
        RegisterError: the register cannot be read.
    """
    known = {label_key(one.about): one.about for one in register.provisions(client) if one.about != LETTER}
    new = {one.about for one in answers if one.answer is Answer.DENY and one.about != LETTER}
    if not (new := {one for one in new if label_key(one) not in known}):
        return ""
    asked = ", ".join(f"“{one}”" for one in sorted(known.values())) or "none"
    which = ", ".join(f"“{one}”" for one in sorted(new))
    return f"This keeps back what letters mark with just this: {which}. The client's answers so far name: {asked}."


def _letter(register: Register, client: str, answer: Provision) -> str:
    """Return a letter's reference as it is on record."""
    if not answer.letter:
        return ""
    known = dict.fromkeys(filter(None, map(_reference, (one.content or {} for one in register.history(client)))))
    same = [one for one in known if reference_key(one) == reference_key(answer.letter)]
    if same or not known or answer.answer is Answer.PERMIT or answer.later:
        return answer.letter if answer.letter in same else next(iter(same), answer.letter)
    raise RegisterError(
        "No letter of this reference is on record for this client. Nothing was written down.",
        where=f"“{answer.letter}”. On record: {', '.join(known)}",
        then="Correct the reference. If the letter is new, record its answers from its case, or say that the no is for "
        "later letters too: then it holds for each one.",
    )


def _reference(content: object) -> str:
    held = content if isinstance(content, dict) else {}
    return str(held.get("letter") or held.get("reference") or "")


def _whom(register: Register, client: str, answer: Provision, key: str) -> frozenset[str]:
    """Return whom an answer is about: as was typed, and of a no whoever had the key until now."""
    if key == EVERYONE or answer.answer is Answer.PERMIT:
        return frozenset() if key == EVERYONE else answer.whom
    on_record = list(_people(register, client))
    if not answer.whom and key not in {one for one, _ in on_record}:
        known = ", ".join(dict.fromkeys(one for one, _ in on_record)) or "nobody"
        raise RegisterError(
            "Nobody of this key is on record for this client. Nothing was written down.",
            where=f"“{key}”. On record: {known}",
            then="Correct the key, say who it is (name, organisation: as in the case), or say everyone.",
        )
    return answer.whom | {person for one, person in on_record if one == key and person}


def _people(register: Register, client: str) -> Iterator[tuple[str, str]]:
    """Yield each recipient's key on record with whoever had it; "" where nobody wrote down who."""
    for one in register.provisions(client):
        for key in {one.recipient, *one.named} - {EVERYONE}:
            yield key, ""
            if len(one.named) < 2:
                yield from ((key, person) for person in sorted(one.whom))
    yield from ((one.recipient, one.described) for one in register.holders(client))
