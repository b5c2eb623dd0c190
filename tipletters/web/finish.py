"""The end of a letter's way: final copies, what goes to the formal record, and writing it anew."""

from collections.abc import Mapping
from typing import Any

import tomlkit

from tipletters.consent import CLIENT
from tipletters.copies import Copy
from tipletters.errors import ReviewError
from tipletters.files import make_folder, write_all
from tipletters.output import Saved, each_once, save, told
from tipletters.remember import recording
from tipletters.review import ending, export
from tipletters.review.folder import Folder, open_folder
from tipletters.review.left import left_behind
from tipletters.review.unread import refuse_unread
from tipletters.web import shelf
from tipletters.web.copies import offer
from tipletters.web.desk import Desk
from tipletters.web.here import here
from tipletters.writers import WRITERS
from tipletters.writers.look import Look


def final(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write the final copies for those who may have one.

    Raises:
        TiplettersError: the gate is shut, and it says why; or a copy cannot be written, and then none is.
    """
    letter, now = open_folder(shelf.case_file(desk, data.get("letter"))), desk.now()
    reason = str(data.get("reason", "")).strip()
    stage = ending.final_stage(letter, reason=reason, now=now)
    refuse_unread(letter, (letter.folder,))
    with recording(None, house=letter.house, folder=letter.folder) as record:
        made = letter.drafted(now=now, known=record.known(letter.case), stage=stage, examples=desk.examples)
        ending.refuse_not_put_in(letter, made)
        done = ending.finished(letter, made, folder=letter.folder, reason=reason, by=desk.by, now=now)
        tell = told(record, made, by=desk.by, at=now, version=letter.review.version)
        force, before = data.get("force") is True, letter.unless_changed(tell)
        saved = save(made, letter.house, letter.folder, force=force, before=before)
    if not made.stopped:
        done.save()
    marking = letter.case.delivery.envelope_marking
    envelope = [f"Write on the envelope: {marking}."] if marking and not made.stopped else []
    look = (*made.questions, *ending.still_open(letter), *left_behind(letter, letter.folder))
    return {
        "stopped": made.stopped,
        "folder": str(saved.folder),
        "open": [*map(here, look), *envelope],
        "copies": [_told(desk, copy, saved) for copy in made.copies],
        "questions": [vars(one) for one in each_once(made, saved)],
    }


def _told(desk: Desk, copy: Copy, saved: Saved) -> dict[str, Any]:
    return {
        "whom": copy.whom,
        "client": copy.key.startswith(CLIENT),
        "why_none": copy.why_none,
        "ask": here(copy.ask),
        "way": copy.way,
        "files": [{"name": path.name, "number": offer(desk, path)} for path in saved.files.get(copy.key, ())],
        "older": ", ".join(path.name for path in saved.older.get(copy.key, ())),
    }


def reissue(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write a final letter anew: the old one is put aside, and the page says who holds it."""
    letter, now = open_folder(shelf.case_file(desk, data.get("letter"))), desk.now()
    reason = str(data.get("reason", "")).strip()
    refuse_unread(letter, (letter.folder,))
    with recording(None, house=letter.house, folder=letter.folder) as record:
        old = ending.holders(letter, record)
        fresh = ending.reissued(letter, reason=reason, by=desk.by, now=now)
        facts = {"version": str(letter.review.version), "replaced_by": str(fresh.review.version)}
        ending.noted(letter, record, "reissue", facts, by=desk.by, at=now)
    return {"holders": list(old)}


def for_record(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write the corrections for the formal record.

    Raises:
        ReviewError: there are none.
    """
    letter = open_folder(shelf.case_file(desk, data.get("letter")))
    if not letter.corrections.corrections:
        raise ReviewError("There are no corrections to this letter.", then="Nothing needs to be done.")
    name = f"{letter.case.reference.replace('/', '-').replace(' ', '-')}-corrections"
    document = export.for_record(letter, desk.now().date())
    files = {
        letter.folder / f"{name}.docx": WRITERS["docx"].write(document, Look(), letter.house, {}),
        letter.folder / f"{name}.csv": export.as_csv(letter),
        letter.folder / f"{name}.json": export.as_json(letter),
    }
    write_all(files, force=True)
    reply = _begin_reply(desk, letter)
    return {"files": [{"name": path.name, "number": offer(desk, path)} for path in files], "reply": reply}


def _begin_reply(desk: Desk, letter: Folder) -> str:
    """Begin the reply to the client, a letter of its own in a folder of its own, and return where it is written."""
    folder = (
        letter.folder / "reply"
        if letter.folder == desk.folder
        else letter.folder.with_name(f"{letter.folder.name}-reply")
    )
    path = folder / "case.toml"
    if not path.exists():
        make_folder(folder)
        write_all({path: tomlkit.dumps(export.reply_case(letter, desk.now().date())).encode()})
    return f"write?letter={shelf.id_of(desk, path)}"
