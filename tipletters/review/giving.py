"""Gives a letter to the client to check: the copies to print, and what is remembered of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from tipletters.draft import Draft
from tipletters.errors import ReviewError
from tipletters.review.copy import Asked, review_copies
from tipletters.review.folder import Folder
from tipletters.review.left import is_checked
from tipletters.review.states import Act, after
from tipletters.stage import Stage

# The client has two weeks unless the worker says otherwise.
REPLY_WITHIN = timedelta(days=14)


def start(letter: Folder, made: Draft, *, reply_by: date | None, by: str, now: datetime) -> tuple[Folder, Draft]:
    """Return the letter with the client, and the copies to check, to be saved.

    Args:
        letter: the letter.
        made: its draft.
        reply_by: the day by which an answer would help.
        by: who gives it to the client.
        now: the moment.

    Raises:
        ReviewError: letters of this kind are not checked, or this one is not where it can be given to the client.
    """
    if not is_checked(letter):
        raise ReviewError(
            "Letters of this kind are not checked with the client: they are final at once.",
            where=f"template = “{letter.case.template}”",
            then="Draft it. To have it checked, write review = “offered” into a template of your own.",
        )
    after(letter.review.state, Act.START)
    day = reply_by or now.date() + REPLY_WITHIN
    if day < now.date():
        raise ReviewError("The day for an answer lies in the past.", then="Give a later day with --reply-by.")
    stage = Stage(version=letter.review.version, replaces=letter.review.replaces)
    copies = review_copies(made, stage=stage, reply_by=day, today=now.date())
    review = letter.review
    rounds = max((one.round for one in review.copies), default=0)
    if {one.asked.code for one in copies} != {one.code for one in review.current}:
        rounds += 1
    fresh = tuple(replace(_given(one.asked, review.copies), round=rounds) for one in copies)
    kept = tuple(one for one in review.copies if one.code not in {two.code for two in fresh})
    raised = len(letter.corrections.corrections)  # what was lost before is asked about anew
    moved = replace(review, copies=(*kept, *fresh), reply_by=day, raised=raised).moved(Act.START, on=now, by=by)
    printed = tuple(replace(one.copy, draft=False) for one in copies)
    return replace(letter, review=moved), replace(made, copies=printed)


def _given(asked: Asked, before: Sequence[Asked]) -> Asked:
    """Return a copy with what the very same one asked when it was given before: either paper may come back."""
    first = next((one for one in before if one.code == asked.code), None)
    if first is None:
        return asked
    again = first.again if asked.form in first.printings else (*first.again, asked.form)
    return replace(asked, made=first.made, address=first.address, form=first.form, again=again)
