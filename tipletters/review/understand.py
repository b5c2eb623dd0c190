"""Understands what a client's answers say. What cannot be told is asked; nothing is guessed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tipletters.consent import EVERYONE
from tipletters.dates import read_date
from tipletters.letter import label_key
from tipletters.people import Recipient
from tipletters.review import form
from tipletters.review.copy import Asked
from tipletters.review.said import CopySaid, PartSaid, Question, Said, Sending

_WHOLE = (("A1", "All of it is right"), ("A2", "I do not want to check this letter"))


class _Sheet:
    """The answers by key, with those that cannot be told."""

    def __init__(self, filled: Mapping[str, bool | str], unclear: frozenset[str]) -> None:
        self.filled = filled
        self.unclear = unclear

    def ticked(self, key: str) -> bool:
        return self.filled.get(key) is True

    def words(self, key: str) -> str:
        held = self.filled.get(key, "")
        return held.strip() if isinstance(held, str) else ""

    def untold(self, group: str) -> bool:
        return any(re.fullmatch(f"{group}[a-f]", key) for key in self.unclear)


def understand(
    filled: Mapping[str, bool | str], unclear: frozenset[str], asked: Asked, recipients: Sequence[Recipient]
) -> Said:
    """Return what the answers to one review copy say.

    Args:
        filled: each control's key with its answer.
        unclear: keys whose answer cannot be told.
        asked: what the copy asked.
        recipients: those of the case.
    """
    sheet = _Sheet(filled, unclear)
    questions: list[Question] = []
    unsure = [about for key, about in _WHOLE if sheet.untold(key)]
    questions += [Question(f"Something was written or struck out beside “{about}”.") for about in unsure]
    all_right = sheet.ticked(form.ALL_RIGHT) and not unsure
    parts = tuple(_part(sheet, number, recipients, questions) for number in asked.numbers)
    if all_right:
        objecting = [one.number for one in parts if one.change or one.unclear]
        questions += [Question("It says that all is right, and that this part is not.", part=n) for n in objecting]
        parts = tuple(
            one if one.change or one.unclear else PartSaid(one.number, True, private=one.private, words=one.words)
            for one in parts
        )
    copies = tuple(
        _copy(sheet, f"{form.COPIES}{number}", key, asked, questions)
        for number, key in enumerate(asked.recipients, start=1)
    )
    answered = any(one.right or one.change or one.private or one.words for one in parts)
    declined = sheet.ticked(form.DECLINE) and not unsure
    if declined and (answered or all_right):
        questions.append(Question("It says that the client does not want to check the letter, and it was checked."))
    return Said(
        declined=declined and not answered and not all_right,
        parts=parts,
        copies=copies,
        left_out=sheet.words(form.ELSE),
        sending=_sending(sheet, questions),
        felt=sheet.words(form.FELT),
        felt_words=sheet.words(form.FELT_WORDS),
        who=sheet.words(form.WHO),
        questions=tuple(questions),
    )


def _part(sheet: _Sheet, number: int, recipients: Sequence[Recipient], questions: list[Question]) -> PartSaid:
    key = str(number)
    right, change, private = (sheet.ticked(f"{key}{end}") for end in (form.RIGHT, form.CHANGE, form.PRIVATE))
    words, named = sheet.words(f"{key}{form.WORDS}"), sheet.words(f"{key}{form.WHOM}")
    whom, known = whom_of(named, recipients)
    why = list(_unclear_part(sheet.untold(key), right, change, private, bool(words), bool(named), known))
    questions += [Question(text, part=number) for text in why]
    kept = whom if private or named else ()
    return PartSaid(number, right and not why, change, kept, words, unclear=bool(why))


def _unclear_part(
    untold: bool, right: bool, change: bool, private: bool, words: bool, named: bool, known: bool
) -> Iterator[str]:
    if untold:
        yield "We cannot tell what was answered."
    if right and change:
        yield "It says “right” and “change it”."
    if named and not private:
        yield "It says private from whom, and “keep it private” is not ticked."
    if named and not known:
        yield "We cannot tell from whom it is to be private. Until you know, nobody else gets it."
    if words and not (right or change or private):
        yield "There are words, and nothing is ticked."


def whom_of(named: str, recipients: Sequence[Recipient]) -> tuple[tuple[str, ...], bool]:
    """Return from whom something is to be private, and whether that could be told; where not, from everyone.

    Args:
        named: "everyone", a recipient as the choice names them, their name, role or key; "" for everyone. Where it
            names several, they are all meant.
        recipients: those of the case.
    """
    folded = _fold(named)
    if folded in ("", form.EVERYONE_ELSE):
        return (EVERYONE,), True
    called = label_key(named)
    meant = tuple(
        one.key
        for one in recipients
        if called in {label_key(name) for name in (form.short_name(one), one.name, one.role, one.key) if name}
    )
    return meant or (EVERYONE,), bool(meant)


def _copy(sheet: _Sheet, group: str, recipient: str, asked: Asked, questions: list[Question]) -> CopySaid:
    yes, without, no, later = (sheet.ticked(f"{group}{end}") for end in (form.YES, form.WITHOUT, form.NO, form.LATER))
    words = sheet.words(f"{group}{form.COPY_WORDS}")
    numbers = parts_named(words, asked.numbers)
    problem = _unclear_copy(sheet.untold(group), (yes, without, no, later), words, numbers)
    if problem:
        questions.append(Question(problem, recipient=recipient))
    if later:
        questions.append(Question("The client would like to be asked later.", recipient=recipient))
    # Whatever holds back counts at once; only a clear yes is one.
    return CopySaid(
        recipient,
        yes=(yes or without) and not problem and not later and not no,
        no=no or later or bool(problem),
        later=later and not problem,
        ask_again=bool(problem),
        without=numbers,
    )


def _unclear_copy(untold: bool, ticked: tuple[bool, ...], words: str, numbers: tuple[int, ...]) -> str:
    yes, without, _, _ = ticked
    if untold:
        return "We cannot tell what was answered about this copy."
    if sum(ticked) > 1:
        return "More than one answer was given for this copy."
    if without and not numbers:
        return "Not all of it may go, and we cannot tell which parts to leave out."
    if words and not without:
        if yes:
            return "It says “yes, send it”, and there are words about parts to leave out."
        if not any(ticked):
            return "There are words about this copy, and nothing is ticked."
    return ""


def parts_named(words: str, known: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers of parts in some words, such as "3 and 6"; nothing where they are not numbers of parts."""
    bare = re.sub(r"\b(?:parts?|numbers?|and|please|the|leave out)\b|[\s,.;&+]+", " ", words.casefold()).split()
    if not bare or not all(word.isascii() and word.isdigit() for word in bare):
        return ()
    numbers = tuple(dict.fromkeys(int(word) for word in bare))
    return numbers if set(numbers) <= set(known) else ()


def _sending(sheet: _Sheet, questions: list[Question]) -> Sending:
    hand, post, nothing, large, aloud = (
        sheet.ticked(f"{form.SENDING}{end}") for end in (form.HAND, form.POST, form.NOTHING, form.LARGE, form.ALOUD)
    )
    address = sheet.words(f"{form.SENDING}{form.ADDRESS}")
    unclear = sheet.untold(form.SENDING) or (post and (hand or nothing)) or bool(address and not post)
    if unclear:
        questions.append(
            Question("We cannot tell how the client would like to get the letter. Until you know, hand it over.")
        )
    return Sending(nothing, hand, post and not unclear, unclear, address, large, aloud)


def day_of(words: str) -> date | None:
    """Return the day that somebody wrote; None where it is none."""
    try:
        return read_date(words) if words else None
    except ValueError:
        return None


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
