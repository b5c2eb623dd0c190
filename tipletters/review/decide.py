"""What the worker decides about a correction, and putting what was agreed into the case."""

from dataclasses import dataclass, replace
from datetime import datetime

from tipletters.errors import ReviewError, TiplettersError
from tipletters.passages import passages
from tipletters.quiet import Quiet
from tipletters.review.caseedit import with_words
from tipletters.review.corrections import Correction, Decision, Kind
from tipletters.review.folder import Folder, open_folder
from tipletters.tomlfile import read_text


@dataclass(frozen=True, repr=False)
class Choice(Quiet):
    """What the worker decides.

    Args:
        decision: what.
        kind: what kind of thing it is; None leaves it as it is.
        now_says: what the letter is to say, where it was agreed; "" takes the text as the client changed it, but for an
            addition that is agreed in part: then something else is done, which the reason says.
        reason: why, needed where it was not agreed.
        statement: the client's own statement.
    """

    decision: Decision
    kind: Kind | None = None
    now_says: str = ""
    reason: str = ""
    statement: str = ""


def decided(letter: Folder, number: int, choice: Choice, *, by: str, now: datetime) -> Folder:
    """Return the letter with one correction decided.

    Args:
        letter: the letter.
        number: the correction's number.
        choice: what was decided.
        by: who decided.
        now: the moment.

    Raises:
        ReviewError: there is no such correction, or the decision does not fit it.
    """
    old = letter.corrections.numbered(number)
    private = old.kind is Kind.PRIVATE
    if private != (choice.decision in (Decision.KEPT, Decision.LIFTED)) and choice.decision is not Decision.OPEN:
        fits = (Decision.KEPT, Decision.LIFTED) if private else (Decision.AGREED, Decision.PARTLY, Decision.NOT_AGREED)
        raise ReviewError(
            f"This decision does not fit correction {number}.", then=f"Choose: {', '.join(map(str, fits))}."
        )
    if choice.decision in (Decision.NOT_AGREED, Decision.PARTLY, Decision.LIFTED) and not choice.reason:
        raise ReviewError("This decision needs a reason: the client will read it.", then="Add --reason.")
    kind = choice.kind if choice.kind and not private else old.kind
    as_changed = old.is_text and not (old.is_addition and choice.decision is Decision.PARTLY)
    now_says = choice.now_says or (old.says if as_changed else "")
    agreed = choice.decision in (Decision.AGREED, Decision.PARTLY)
    if choice.decision is Decision.AGREED and old.is_addition and not now_says:
        raise ReviewError(
            "This decision needs words: what is the letter to say?",
            then="Add --now-says. Did you do something else instead? Then decide “agreed in part”, and add --reason.",
        )
    made = replace(
        old,
        kind=kind,
        decision=choice.decision,
        now_says=now_says if agreed else "",
        reason=choice.reason or (old.reason if choice.decision is old.decision else ""),
        statement=choice.statement or old.statement,
        by=by,
        decided=now.date(),
    )
    return replace(letter, corrections=letter.corrections.decided(made))


def put_in(letter: Folder, one: Correction, *, now: datetime) -> Folder | None:
    """Write what was agreed into the case and return the letter as it is then; None where the worker must do it.

    It is done only where the words stand in one place, and the letter then no longer says what it said.

    Args:
        letter: the letter, saved.
        one: a correction that was agreed.
        now: the moment.
    """
    if not one.said or not one.now_says:
        return None
    before = read_text(letter.path)
    changed = with_words(before, one.said, one.now_says)
    if changed is None or changed == before:
        return None
    letter.save({letter.path: changed.encode()})
    try:
        fresh = open_folder(letter.path)
        whole = fresh.drafted(now=now, examples=True).copies[0].letter
        there = {passage.id for passage in passages(whole.blocks, letter.case.reference)} if whole else set()
        if not there & set(one.passages):
            return fresh
    except (TiplettersError, IndexError):
        pass
    letter.save({letter.path: before.encode()})
    return None
