"""The page of a letter's review: give it to the client, take in what came back, decide about corrections."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from tipletters.dates import long_date, read_date
from tipletters.errors import ReviewError, TiplettersError
from tipletters.output import save
from tipletters.remember import recording
from tipletters.review import form, giving, left, taking
from tipletters.review.ahead import asked_ahead
from tipletters.review.corrections import Decision, Kind
from tipletters.review.decide import Choice, decided, put_in
from tipletters.review.ending import noted
from tipletters.review.folder import Folder, open_folder
from tipletters.review.known import how_known
from tipletters.review.overview import waits_for
from tipletters.review.record import Reply
from tipletters.review.returned import read_returned
from tipletters.review.states import State
from tipletters.web import shelf
from tipletters.web.copies import offer
from tipletters.web.desk import Desk
from tipletters.web.pages import page
from tipletters.web.reviewing import corrections, said, sheet
from tipletters.wording import sentence


def show(desk: Desk, asked: Mapping[str, str]) -> str:
    """Return a letter's review, or where no letter is named, every letter that has one."""
    if "letter" not in asked:
        return page("reviews.html", desk, letters=list(_with_client(desk)))
    path = shelf.case_file(desk, asked["letter"])
    letter = open_folder(path)
    today = desk.now().date()
    return page(
        "review.html",
        desk,
        letter=asked["letter"],
        whom=letter.case.client.name,
        reference=letter.case.reference,
        state=str(letter.review.state),
        since=long_date(letter.review.since) if letter.review.since else "",
        waits=waits_for(letter, today),
        asks=left.is_checked(letter),
        can_give=letter.review.state is not State.FINAL and left.is_checked(letter),
        can_answer=bool(letter.review.current),
        is_final=letter.review.state is State.FINAL,
        reply_by=(today + giving.REPLY_WITHIN).isoformat(),
        sheet=sheet(letter),
        said=said(letter),
        corrections=corrections(letter),
    )


def _with_client(desk: Desk) -> Iterator[dict[str, str]]:
    today = desk.now().date()
    for one, path in shelf.letters(desk):
        try:
            letter = open_folder(path)
            waits = waits_for(letter, today)
        except TiplettersError:
            continue  # the page of letters says what is wrong with it
        case, state = letter.case, str(letter.review.state)
        yield {"letter": one, "whom": case.client.name, "reference": case.reference, "state": state, "waits": waits}


def start(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write the copy for the client to check."""
    letter, now = open_folder(shelf.case_file(desk, data.get("letter"))), desk.now()
    with recording(None, house=letter.house, folder=letter.folder) as record:
        made = letter.drafted(now=now, known=record.known(letter.case), examples=desk.examples, anew=True)
        if made.stopped:
            raise ReviewError(made.stopped)
        reply_by = read_date(str(data["reply_by"])) if data.get("reply_by") else None
        letter, copies = giving.start(letter, made, reply_by=reply_by, by=desk.by, now=now)
        force, before = data.get("force") is True, letter.unless_changed()
        saved = save(copies, letter.house, letter.folder, force=force, before=before)
    letter.save()
    made_of = [(copy, saved.files[copy.key]) for copy in copies.copies]
    return {
        "copies": [
            {
                "way": sentence(copy.way),
                "lacks": bool(copy.withheld),
                "files": [{"name": path.name, "number": offer(desk, path)} for path in paths],
            }
            for copy, paths in made_of
        ],
        "questions": made.questions,
        "decisions": [vars(one) for one in asked_ahead(letter, made)],
    }


def take(desk: Desk, _: str, data: bytes, more: Mapping[str, Any]) -> dict[str, Any]:
    """Take in a document that came back; it says itself to which letter it belongs."""
    returned = read_returned(data)
    letter = _of_reference(desk, returned.reference)
    how = how_known(str(more.get("how_known", "")))
    now = desk.now()
    back = taking.came_back(letter[1], returned, digest=sha256(data).hexdigest(), how_known=how, by=desk.by, now=now)
    return _taken(desk, letter[0], back)


def _of_reference(desk: Desk, reference: str) -> tuple[str, Folder]:
    for one, path in shelf.letters(desk):
        try:
            letter = open_folder(path)
        except TiplettersError:
            continue
        if letter.case.reference == reference:
            return one, letter
    raise ReviewError("No letter in this folder has the reference of this document.", then="Is it the right folder?")


def enter(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write down answers that were given at the desk or on the phone."""
    letter, now = open_folder(shelf.case_file(desk, data.get("letter"))), desk.now()
    asked = next(iter(letter.review.current), None)
    if asked is None:
        raise ReviewError("There is no copy to check yet.", then="Make one first.")
    if data.get("code") != asked.code:
        raise ReviewError(
            "The letter was given to the client anew since this page was opened. Its parts may be others now.",
            then="Open the page again, and write the answers down there.",
        )
    sent = data.get("filled")
    filled = {str(key): value for key, value in sent.items() if value} if isinstance(sent, Mapping) else {}
    if data.get("declined") is True:
        filled = {form.DECLINE: True}
    elif not filled:
        raise ReviewError("There is no answer yet.", then="Tick a box or write a few words.")
    how = how_known(str(data.get("how_known", "")))
    reply = Reply(
        asked.code, now.replace(microsecond=0), str(data.get("way") or "in person"), desk.by, how, filled=filled
    )
    return _taken(desk, str(data.get("letter")), taking.taken_in(letter, reply, (), by=desk.by, now=now))


def _taken(desk: Desk, name: str, back: taking.CameBack) -> dict[str, Any]:
    letter = back.letter
    with recording(None, house=letter.house, folder=letter.folder) as record:
        letter = taking.written_down(back, record, by=desk.by, now=desk.now())
    unsure = bool(left.unconfirmed(letter))
    return {"letter": name, "again": back.again, "unsure": unsure, "go": f"review?letter={name}"}


def decide(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write down what the worker decided about a correction, and put it into the letter where that is sure."""
    letter, now = open_folder(shelf.case_file(desk, data.get("letter"))), desk.now()
    number = int(str(data.get("number", "0")) or 0)
    kind = str(data.get("kind", ""))
    words = {name: str(data.get(name, "")).strip() for name in ("now_says", "reason", "statement")}
    choice = Choice(Decision(str(data.get("decision"))), Kind(kind) if kind else None, **words)
    before = letter.corrections.numbered(number).now_says
    letter = decided(letter, number, choice, by=desk.by, now=now).save()
    one = letter.corrections.numbered(number)
    with recording(None, house=letter.house, folder=letter.folder) as record:
        facts = {"number": str(number), "kind": str(one.kind), "decision": str(one.decision)}
        noted(letter, record, "correction", facts, by=desk.by, at=now)
    done = bool(one.now_says) and put_in(letter, one, now=now) is not None
    return {"put_in": done, "by_hand": one.now_says != before and not done}
