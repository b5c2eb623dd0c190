"""What is left to be known of a letter: who answered, and what is not clear."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from tipletters.consent import CLIENT
from tipletters.draft import template_folders
from tipletters.output import older
from tipletters.review import form
from tipletters.review.corrections import Source
from tipletters.review.folder import Folder
from tipletters.review.record import Reply
from tipletters.review.said import Question, Said
from tipletters.review.states import State
from tipletters.review.together import answered, day_of_check, group_of, speaks_of_letter
from tipletters.template import Review, TemplateHead, find


def head_of(letter: Folder) -> TemplateHead:
    """Return what the letter's template says of itself."""
    return find(letter.case.template, template_folders(letter.case.folder, letter.house)).head


def is_checked(letter: Folder) -> bool:
    """Say whether the letter is checked with the client: its template offers it, or they were given it to check."""
    return head_of(letter).review is not Review.NONE or bool(letter.review.copies)


def unconfirmed(letter: Folder) -> tuple[Reply, ...]:
    """Return the replies of which nobody wrote down yet how they know that it was the client, freely.

    That the client does not want to check the letter is a no, and counts without. What was written down at a desk or
    on the phone is settled once it is gone through again with how they know; a yes that was not said again stays none.
    """
    replies = letter.review.answers
    return tuple(reply for at, reply in enumerate(replies) if _is_unsure(reply) and not _is_said_again(at, replies))


def again(letter: Folder) -> str:
    """Return what to do so that the newest answers count, of which nobody wrote down how they know."""
    by_file = bool(unconfirmed(letter)[-1].digest)
    return (
        "read the file again with --how-known."
        if by_file
        else "go through the answers with them again, and say how you know: tipletters review enter."
    )


def days_of_check(letter: Folder) -> tuple[date, ...]:
    """Return the days on which the client said a word about the letter itself, whether it is right or not.

    An empty copy, or one that only says who may have the letter, is no sign that the client checked it.
    """
    review = letter.review
    said = [one for one in review.answers if speaks_of_letter(_keys(one))]
    mine = [one for one in letter.corrections.corrections if one.version == review.version]
    wrote = [one for one in mine if one.source is Source.TEXT or (one.source is Source.COMMENT and one.passages)]
    return (*(day_of_check(one, review.asked(one.code)) for one in said), *(one.raised for one in wrote))


def _keys(reply: Reply) -> tuple[str, ...]:
    return (*reply.unclear, *(key for key, value in reply.filled.items() if value))


def is_unanswered(letter: Folder) -> bool:
    """Say whether something came back that does not say a word about the letter itself."""
    return bool(letter.review.answers) and not days_of_check(letter)


def ask_if_right(letter: Folder) -> str:
    """Return what to ask where an answer came back that says nothing of the letter itself; else ""."""
    return ASK_IF_RIGHT if letter.review.state is State.CAME_BACK and is_unanswered(letter) else ""


ASK_IF_RIGHT = "Nothing that came back says whether the letter is right. Did they check it?"


def _is_unsure(reply: Reply) -> bool:
    declined = {form.DECLINE}
    return not reply.how_known and bool(
        reply.unclear or {key for key, value in reply.filled.items() if value} != declined
    )


def _is_said_again(at: int, replies: Sequence[Reply]) -> bool:
    reply = replies[at]
    sure = [one for one in replies[at + 1 :] if one.how_known and one.code == reply.code and not one.digest]
    return not reply.digest and any(_is_of_letter(one) or not _is_of_letter(reply) for one in sure)


def _is_of_letter(reply: Reply) -> bool:
    """Say whether a reply says anything of the letter's text, and not only who may have it."""
    groups = {group_of(key) for key, value in reply.filled.items() if value}
    return any(group.isdecimal() or group == group_of(form.ALL_RIGHT) for group in groups)


def open_questions(letter: Folder) -> tuple[Question, ...]:
    """Return what must still be asked again."""
    codes = dict.fromkeys(reply.code for reply in letter.review.answers)
    return tuple(_questions(letter, codes))


def _questions(letter: Folder, codes: dict[str, None]) -> Iterator[Question]:
    for code in codes:
        yield from answered(letter.review.answers, letter.review.asked(code), letter.case).said.questions


def still_there(letter: Folder, said: Said) -> tuple[str, ...]:
    """Return the files of others that lie in the letter's folder, where the client now wants less to go than before.

    Args:
        letter: the letter.
        said: what the client's answers say.
    """
    less = any(one.private for one in said.parts) or any(one.no or one.without for one in said.copies)
    keys = [key for key in readers(letter) if not key.startswith(CLIENT)] if less else []
    return tuple(path.name for key in keys for path in older(letter.folder, letter.case.reference, key))


def readers(letter: Folder) -> tuple[str, ...]:
    """Return the keys of all who may have a file in the letter's folder, also of those who left the case since."""
    review = letter.review
    before = (*(one.recipient for one in review.issued), *(key for one in review.copies for key in one.people))
    return tuple(dict.fromkeys((CLIENT, *(one.key for one in letter.case.recipients), *before)))


def left_behind(letter: Folder, folder: Path) -> tuple[str, ...]:
    """Return what to do with each file of somebody who is not in the case any more.

    Args:
        letter: the letter.
        folder: where its files lie.
    """
    now = {one.key for one in letter.case.recipients}
    gone = [key for key in readers(letter) if key not in now and not key.startswith(CLIENT)]
    return tuple(
        f"{path.name} is of somebody who is not in the case any more. Put it away, so that nobody sends it."
        for key in gone
        for path in older(folder, letter.case.reference, key)
    )
