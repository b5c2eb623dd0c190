"""Making a letter final, and reissuing it: what must be true first, and what is remembered after."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from tipletters.case import client_key
from tipletters.consent import CLIENT
from tipletters.copies import WHO_GETS_ONE
from tipletters.dates import long_date
from tipletters.draft import Draft
from tipletters.errors import ReviewError
from tipletters.files import make_folder, write_all, writing
from tipletters.letter import Letter
from tipletters.passages import name_of, passages
from tipletters.register import Sent
from tipletters.remember import Record
from tipletters.review.corrections import Correction
from tipletters.review.folder import Folder
from tipletters.review.holds import is_about_all, is_put_in
from tipletters.review.left import (
    again,
    ask_if_right,
    days_of_check,
    is_checked,
    is_unanswered,
    open_questions,
    readers,
    unconfirmed,
)
from tipletters.review.record import REPLACED, Issued
from tipletters.review.same import was_changed
from tipletters.review.states import Act, State
from tipletters.stage import Stage

_ELSE_DONE = (
    " If it is about who may have a copy, write that down: “tipletters consent record”. If you did something else "
    "instead, decide again: “agreed in part”, with a reason."
)


def final_stage(letter: Folder, *, reason: str, now: datetime) -> Stage:
    """Return the stage of the final letter.

    Args:
        letter: the letter.
        reason: why the worker goes on, where the client did not check it.
        now: the moment.

    Raises:
        ReviewError: the review is not over: nobody was asked, or nobody answered yet, or it is not known who answered.
    """
    review = letter.review
    stage = Stage(True, version=review.version, replaces=review.replaces)
    if not is_checked(letter):
        return stage
    if review.state in (State.DRAFTED, State.REISSUED):
        raise ReviewError(
            "This letter was not checked with the client yet.",
            then="Offer it first: “tipletters review start”. Checking is offered, never forced.",
        )
    if review.state is State.WITH_CLIENT or (unconfirmed(letter) and review.state is not State.DECLINED):
        _refuse_too_early(letter, now)
    checked = was_checked(letter)
    if checked and was_changed(letter, now):
        checked = False
        _refuse_changed(letter, reason)
    if not checked and not reason:
        raise ReviewError(
            ask_if_right(letter) or "The client did not check this letter.",
            then="Write it down: “tipletters review enter”. " * bool(ask_if_right(letter))
            + "If you go on without, say why: add --reason. Copies go only to those with the client's yes.",
        )
    return replace(stage, checked_on=_checked_on(letter) if checked else None)


def _refuse_changed(letter: Folder, reason: str) -> None:
    first = "“tipletters reissue” first, then " if letter.review.state is State.FINAL else ""
    if not reason:
        raise ReviewError(
            "This letter was changed since the client checked it.",
            where=str(letter.path),
            then=f"Show it to them again: {first}“tipletters review start”. "
            "Or go on with --reason; then it does not say that it was checked.",
        )


def _refuse_too_early(letter: Folder, now: datetime) -> None:
    until = letter.review.reply_by
    if until is None or now.date() > until:
        return
    if unconfirmed(letter):
        raise ReviewError(
            "Nobody wrote down yet how they know that these answers are the client's own, given freely.",
            then=f"To say how, {again(letter)} Or wait until the day for an answer has passed.",
        )
    raise ReviewError(
        f"The client has until {long_date(until)} to answer.",
        then="Wait for them, or ask them. If they do not want to check it: “tipletters review enter --declined”.",
    )


def was_checked(letter: Folder) -> bool:
    """Say whether the client checked this version, and the worker wrote down how they know that it was the client."""
    spoke = [move.act for move in letter.review.moves if move.act in (Act.ANSWER, Act.DECLINE)]
    known = bool(letter.review.answers) and not unconfirmed(letter) and not is_unanswered(letter)
    return known and spoke[-1:] == [Act.ANSWER]


def _checked_on(letter: Folder) -> date | None:
    """Return the day on which the client checked it; None where they did not, or where something is still open."""
    mine = [one for one in letter.corrections.corrections if one.version == letter.review.version]
    settled = not open_questions(letter) and not any(one.is_open for one in mine)
    return max(days_of_check(letter), default=None) if settled else None


def refuse_not_put_in(letter: Folder, made: Draft) -> None:
    """Stop where a change was agreed and the letter still says what it said, or does not say what was to be added.

    Raises:
        ReviewError: names the correction.
    """
    whole = next((copy.letter for copy in made.copies if copy.key == CLIENT), None)
    now = passages(whole.blocks, letter.case.reference) if whole else ()
    for one in letter.corrections.corrections:
        if not is_put_in(one, now):
            stays = "does not say it yet" if one.is_addition else "still says what it said"
            raise ReviewError(
                f"Correction {one.number} ({one.place}) was {one.decision}, and the letter {stays}.",
                where=str(letter.path),
                then="Change it in the case, then try again." + _ELSE_DONE * one.is_addition,
            )


def still_open(letter: Folder) -> tuple[str, ...]:
    """Return, for each correction that nobody decided yet, what that means for the copies, and what to do."""
    return tuple(
        f"Correction {one.number} ({one.place}) is still open: the client asked for it. {_meanwhile(one)} "
        "Decide about it. If the letter changes by that, write it anew: “tipletters reissue”."
        for one in letter.corrections.open
    )


def _meanwhile(one: Correction) -> str:
    if is_about_all(one):
        return (
            "It may be about all of the letter, or all that stands under that heading: until then nobody else gets it. "
            "If it is about who may have a copy, write that down too: “tipletters consent record”."
        )
    return "That part is left out of the copies for others."


def finished(letter: Folder, made: Draft, *, folder: Path, reason: str, by: str, now: datetime) -> Folder:
    """Return the letter as final, with who holds what.

    Args:
        letter: the letter.
        made: its final copies.
        folder: where they are saved.
        reason: why the worker went on, where the client did not check it.
        by: who made it final.
        now: the moment.

    Raises:
        ReviewError: it cannot be made final from where it is, or somebody holds this version in other words.
    """
    review = letter.review.moved(Act.FINISH, on=now, by=by, reason=reason)
    issued = {(one.version, one.recipient): one for one in review.issued}
    for copy in made.copies:
        if copy.letter is not None:
            says = _says(copy.letter, letter.case.reference)
            one = Issued(review.version, copy.key, copy.whom, now.date(), copy.way, says)
            _refuse_another(issued.setdefault((one.version, one.recipient), one), one)
    dates = {**review.dates, str(review.version): letter.case.date}
    home, out = letter.folder.resolve(), folder.resolve()
    beneath = out.relative_to(home) if out.is_relative_to(home) else out
    return replace(letter, review=replace(review, issued=tuple(issued.values()), dates=dates, out=str(beneath)))


def _says(copy: Letter, reference: str) -> str:
    """Return what stands for a copy's words; who else gets one is no part of them."""
    found = [one.text for one in passages(copy.blocks, reference)]
    until = found.index(WHO_GETS_ONE) if WHO_GETS_ONE in found else len(found)
    return name_of("\n".join(found[:until]), reference)


def _refuse_another(old: Issued, new: Issued) -> None:
    if old.says and old.says != new.says:
        raise ReviewError(
            f"Version {old.version} is final already, and would now say something else to {old.described}.",
            then="Write it anew, so that it gets a version of its own: “tipletters reissue”.",
        )


def holders(letter: Folder, record: Record) -> tuple[str, ...]:
    """Return who holds the letter as it is now, from the folder and the register."""
    found = [one.described for one in letter.review.issued if one.version == letter.review.version]
    key = client_key(letter.case)
    sent: tuple[Sent, ...] = ()
    if record.register is not None and key:
        sent = record.register.holders(key, letter.case.reference)
    return tuple(dict.fromkeys((*found, *(one.described for one in sent))))


def reissued(letter: Folder, *, reason: str, by: str, now: datetime) -> Folder:
    """Return the letter as one to be written anew, and put its old documents aside, where they can still be found.

    Args:
        letter: a final letter.
        reason: why.
        by: who reissues it.
        now: the moment.

    Raises:
        ReviewError: it is not final, or nobody says why.
        OutputError: the old documents cannot be put aside.
    """
    if not reason:
        raise ReviewError("Please say why the letter is written anew.", then="A few words are enough.")
    review = letter.review.moved(Act.REISSUE, on=now, by=by, reason=reason)
    aside = letter.folder / REPLACED / f"version-{review.version}"
    folders = dict.fromkeys((letter.folder, letter.folder / review.out))
    old = [path for folder in folders for path in documents(letter, folder)]
    make_folder(aside)
    write_all({aside / path.name: path.read_bytes() for path in (*old, letter.path)}, force=True)
    for path in old:  # before anything says that they are replaced: one may be open in another program
        with writing(path):
            path.unlink()
    return replace(letter, review=replace(review, version=review.version + 1, out="")).save()


def noted(letter: Folder, record: Record, kind: str, what: Mapping[str, str], *, by: str, at: datetime) -> None:
    """Write a step into the register, where there is one; never letter text."""
    key = client_key(letter.case)
    if record.register is not None and key:
        record.register.note(kind, key, letter.case.reference, what, by=by, at=at)


def documents(letter: Folder, folder: Path) -> list[Path]:
    """Return the documents of this letter in a folder, also those of people who left the case since."""
    begin = re.sub(r"[^A-Za-z0-9]+", "-", letter.case.reference).strip("-")
    keys = "|".join(map(re.escape, readers(letter)))
    named = re.compile(rf"{re.escape(begin)}-({keys})(-.*)?\.(docx|odt|html|txt|pdf|json)")
    return [path for path in sorted(folder.glob(f"{begin}-*")) if named.fullmatch(path.name)]
