"""Takes in what came back, and writes it down: answers, corrections, and what follows for the case and the register."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tipletters.case import client_key
from tipletters.casefile import changed
from tipletters.consent import Answer, Provision
from tipletters.dates import long_date
from tipletters.errors import ReviewError
from tipletters.quiet import Quiet
from tipletters.remember import Record
from tipletters.review.added import Added, added, to_talk_about, unclear_for
from tipletters.review.caseedit import with_provisions
from tipletters.review.copy import Asked
from tipletters.review.corrections import Correction, Source
from tipletters.review.edits import edits, said_beside
from tipletters.review.folder import Folder, open_folder
from tipletters.review.outcome import corrections_from, corrections_of_edits, provisions_from, sections_from
from tipletters.review.record import Reply
from tipletters.review.returned import Returned
from tipletters.review.said import Question
from tipletters.review.states import Act, State
from tipletters.review.together import Answered, answered
from tipletters.tomlfile import read_text


@dataclass(frozen=True, repr=False)
class CameBack(Quiet):
    """What came back, and what follows.

    Args:
        letter: the letter with it.
        reply: what was answered this time.
        found: all answers as they stand now.
        fresh: corrections that are new.
        again: the very same file was read before.
        added: what was written among the questions.
    """

    letter: Folder
    reply: Reply
    found: Answered
    fresh: tuple[Correction, ...] = ()
    again: bool = False
    added: tuple[Added, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What must be asked again."""
        return self.found.said.questions


def asked_in(letter: Folder, returned: Returned) -> Asked:
    """Return the review copy that came back.

    Raises:
        ReviewError: it belongs to another letter, or to an older version of this one.
    """
    review, instead = (
        letter.review,
        "If it holds a no, or something private, enter that with “tipletters review enter”.",
    )
    if returned.reference != letter.case.reference:
        raise ReviewError(
            "This document belongs to another letter.",
            where=f"it says {returned.reference}; this folder holds {letter.case.reference}",
            then="Look for the folder of that letter.",
        )
    found = next((one for one in review.copies if one.code == returned.code), None)
    if found is None:
        raise ReviewError(
            "This folder does not know this review copy. It may be of an older draft, or made on another computer.",
            where=f"code {returned.code}",
            then=instead,
        )
    if found not in review.current:
        raise ReviewError(
            f"This is an older copy of the letter, made on {long_date(found.made)}. The letter was changed since.",
            where=f"code {returned.code}",
            then=instead,
        )
    return found


def came_back(letter: Folder, returned: Returned, *, digest: str, how_known: str, by: str, now: datetime) -> CameBack:
    """Take in a returned review copy.

    Args:
        letter: the letter.
        returned: what the file holds.
        digest: its SHA-256, in hex.
        how_known: how the worker knows that it was the client, freely; "" until they do.
        by: who read it.
        now: the moment.

    Raises:
        ReviewError: it belongs to another letter or an older version, or nothing is awaited.
    """
    asked = asked_in(letter, returned)
    before = next((one for one in letter.review.replies if one.digest == digest), None)
    written = added(asked, returned)
    reply = Reply(
        returned.code,
        now.replace(microsecond=0),
        "returned review",
        by,
        how_known,
        digest,
        {key: value for key, value in returned.filled.items() if value},
        tuple(sorted({*returned.unclear, *unclear_for(written, asked, returned.filled)})),
    )
    if before:
        reply = replace(before, how_known=how_known or before.how_known)
    beside: tuple[Correction, ...] = ()
    if returned.lines is not None:
        edited = edits(asked.lines, returned.lines)
        noted = [one for one in said_beside(asked.lines, returned.lines, returned.comments) if one.passages]
        beside = (
            *corrections_of_edits(edited, reply, asked, Source.TEXT),
            *corrections_of_edits([*noted, *to_talk_about(written, asked)], reply, asked, Source.COMMENT),
        )
    return replace(taken_in(letter, reply, beside, by=by, now=now), added=written)


def taken_in(letter: Folder, reply: Reply, beside: Sequence[Correction], *, by: str, now: datetime) -> CameBack:
    """Take in one reply, however it came.

    Args:
        letter: the letter.
        reply: the client's answers.
        beside: corrections that come from the letter's text itself.
        by: who takes it in.
        now: the moment.

    Raises:
        ReviewError: nothing is awaited.
    """
    review = letter.review
    again = bool(reply.digest) and any(one.digest == reply.digest for one in review.replies)
    others = tuple(one for one in review.replies if not (reply.digest and one.digest == reply.digest))
    replies = tuple(sorted((*others, reply), key=lambda one: one.on))
    asked = review.asked(reply.code)
    together = {one.code for one in review.copies if one.round == asked.round}
    found = answered([one for one in replies if one.code in together], asked, letter.case)
    if not again:
        declines = found.said.declined and review.state is not State.FINAL
        review = review.moved(Act.DECLINE if declines else Act.ANSWER, on=now, by=by)
    edited = {(one.part, name) for one in beside for name in one.passages}
    ticked = [one for one in corrections_from(found) if not _told_by_edit(one, edited)]
    out = any(one.version == review.version for one in review.issued)
    anew = {part for part in asked.numbers if str(part) in found.replies and _is_last_word(found.replies[str(part)])}
    before = letter.corrections.without_withdrawn(ticked, anew, by=by, on=now.date())
    held = before.with_new(replace(one, sent=out) for one in (*ticked, *beside))
    known = {one.number for one in letter.corrections.corrections}
    fresh = tuple(one for one in held.corrections if one.number not in known)
    after_all = replace(letter, review=replace(review, replies=replies), corrections=held)
    return CameBack(after_all, reply, found, fresh, again)


def _is_last_word(reply: Reply) -> bool:
    """What the client said at a desk is their last word; of a file nobody knows when it was filled in."""
    return not reply.digest and bool(reply.how_known)


def _told_by_edit(one: Correction, edited: set[tuple[int, str]]) -> bool:
    """A tick "please change it" without words says no more than the change that the client made in the text."""
    return one.is_open and not one.says and any((one.part, name) in edited for name in one.passages)


def written_down(back: CameBack, record: Record, *, by: str, now: datetime) -> Folder:
    """Write what came back into the letter's folder and the register, and return the letter as it stands then.

    The folder comes first, so that a no counts even where the register cannot be reached; reading the file again brings
    the register up to date.

    Raises:
        TiplettersError: it cannot be written.
    """
    letter = back.letter
    text = read_text(letter.path)
    provisions = [one for one in provisions_from(back.found, letter.case) if not _is_known(one, letter)]
    made = with_provisions(text, provisions) if provisions else text
    if sections := sections_from(back.found, back.reply, letter.case):
        made = changed(made, sections)
    letter.save({letter.path: made.encode()} if made != text else {})
    key = client_key(letter.case)
    if record.register is not None and key:
        record.register.record(key, provisions_from(back.found, letter.case), by=by, at=now)
        record.register.note("review", key, letter.case.reference, _facts(back, provisions), by=by, at=now)
    return open_folder(letter.path)


def _is_known(one: Provision, letter: Folder) -> bool:
    same = [replace(old, where="", named=frozenset()) for old in letter.case.provisions]
    return replace(one, where="") in same


def _facts(back: CameBack, provisions: Sequence[Provision]) -> dict[str, str]:
    """What the register keeps of a review: counts and days, never words."""
    return {
        "code": back.reply.code,
        "version": str(back.letter.review.version),
        "way": back.reply.way,
        "how_known": "yes" if back.reply.how_known else "not yet",
        "yes": str(sum(one.answer is Answer.PERMIT for one in provisions)),
        "no": str(sum(one.answer is Answer.DENY for one in provisions)),
        "corrections": str(len(back.fresh)),
        "questions": str(len(back.questions)),
    }
