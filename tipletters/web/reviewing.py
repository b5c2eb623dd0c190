"""What the page of a review shows: the questions to the client, what they said, and the corrections."""

from collections.abc import Iterator
from typing import Any

from tipletters.consent import EVERYONE
from tipletters.dates import long_date
from tipletters.review import form, left
from tipletters.review.corrections import Kind
from tipletters.review.folder import Folder
from tipletters.review.together import answered
from tipletters.wording import counted


def sheet(letter: Folder) -> dict[str, Any] | None:
    """Return the questions of the copy that is with the client; None where there is none."""
    asked = next(iter(letter.review.current), None)
    if asked is None:
        return None
    names = asked.described(letter.case.recipients)
    whom = [form.EVERYONE_ELSE, *form.whom_options(letter.case.recipients)]
    parts = [
        {
            "number": number,
            "lines": [line.text for line in asked.part(number)],
            "right": f"{number}{form.RIGHT}",
            "change": f"{number}{form.CHANGE}",
            "private": f"{number}{form.PRIVATE}",
            "whom": f"{number}{form.WHOM}",
            "words": f"{number}{form.WORDS}",
        }
        for number in asked.numbers
    ]
    copies = [
        {
            "whom": names[key],
            "choices": [
                (f"{form.COPIES}{number}{end}", words)
                for end, words in (
                    (form.YES, "Yes, all of it"),
                    (form.WITHOUT, "Yes, but not all of it"),
                    (form.NO, "No"),
                    (form.LATER, "Ask me later"),
                )
            ],
            "words": f"{form.COPIES}{number}{form.COPY_WORDS}",
        }
        for number, key in enumerate(asked.recipients, start=1)
    ]
    sending = [
        (f"{form.SENDING}{end}", words)
        for end, words in ((form.HAND, "Handed over"), (form.POST, "By post"), (form.NOTHING, "Nothing sent"))
    ]
    return {
        "code": asked.code,
        "all_right": form.ALL_RIGHT,
        "else": form.ELSE,
        "felt": form.FELT,
        "feelings": form.FEELINGS,
        "address": f"{form.SENDING}{form.ADDRESS}",
        "parts": parts,
        "whom": whom,
        "copies": copies,
        "sending": sending,
        "reply_by": long_date(letter.review.reply_by) if letter.review.reply_by else "",
    }


def said(letter: Folder) -> dict[str, Any] | None:
    """Return what the client said, as it stands after all their answers; None where they said nothing yet."""
    codes = dict.fromkeys(reply.code for reply in letter.review.answers)
    if not codes:
        return None
    lines: list[str] = []
    questions: list[str] = []
    for code in codes:
        found = answered(letter.review.answers, letter.review.asked(code), letter.case).said
        if found.declined:
            lines.append("They do not want to check it. That is fine.")
        right = [one for one in found.parts if one.right]
        private = [one for one in found.parts if one.private]
        lines.append(f"{counted(len(right), 'part is', 'parts are')} right; private: {len(private)}.")
        lines += _copies(letter, found.copies)
        lines += [f"The client {way}." for way in found.sending.ways]
        lines += [f"How it felt: {words}" for words in (found.felt, found.felt_words) if words]
        lines += [f"Left out, they say: {found.left_out}"] if found.left_out else []
        lines += [f"Still in the folder, from before: {name}." for name in left.still_there(letter, found)]
        for one in found.questions:
            where = f"Part {one.part}: " if one.part else f"{one.recipient}: " if one.recipient else ""
            questions.append(f"{where}{one.text}")
    questions += filter(None, [left.ask_if_right(letter)])
    return {"lines": lines, "questions": questions, "unsure": bool(left.unconfirmed(letter))}


def _copies(letter: Folder, copies: Any) -> Iterator[str]:
    names = {one.key: one.described for one in letter.case.recipients}
    for one in copies:
        if one.words:
            yield f"{names.get(one.recipient, one.recipient)}: {one.words}."


def corrections(letter: Folder) -> list[dict[str, Any]]:
    """Return every correction, the open ones first."""
    names = {one.key: one.described for one in letter.case.recipients} | {EVERYONE: "everyone"}
    found = sorted(letter.corrections.corrections, key=lambda one: (not one.is_open, one.number))
    return [
        {
            "number": one.number,
            "place": one.place,
            "private": one.kind is Kind.PRIVATE,
            "kind": str(one.kind),
            "said": one.said,
            "says": one.says,
            "whom": ", ".join(names.get(key, key) for key in one.whom),
            "open": one.is_open,
            "decision": str(one.decision),
            "now_says": one.now_says,
            "reason": one.reason,
            "due": long_date(one.due),
        }
        for one in found
    ]
