"""The corrections for the formal record: a Word document, CSV and JSON, and the case of the reply to the client."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tipletters.consent import CLIENT
from tipletters.dates import long_date
from tipletters.letter import Head, Letter, Paragraph, Row, Run, Style, Table, label_key
from tipletters.review.corrections import Correction, Decision, Kind
from tipletters.review.folder import Folder
from tipletters.review.holds import is_like

COLUMNS = (
    "reference", "number", "version", "place", "kind", "raised", "due", "letter_said", "client_says", "private_from",
    "decision", "now_says", "reason", "decided_by", "decided_on", "client_statement",
)  # fmt: skip
_KINDS = {
    Kind.FACT: "A fact",
    Kind.OPINION: "A disagreement about an opinion",
    Kind.ADD: "Something to add",
    Kind.PRIVATE: "To keep private",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def entries(letter: Folder) -> list[dict[str, Any]]:
    """Return each correction as plain values; of what is private, none of its words.

    Args:
        letter: the letter.
    """
    held = letter.corrections.corrections
    return [_entry(one, letter.case.reference, private=_is_private(one, held)) for one in held]


def _is_private(one: Correction, held: Sequence[Correction]) -> bool:
    """Say whether a correction's words are to be kept private, also where another one asks for it."""
    kept = {name for other in held if other.kind is Kind.PRIVATE and other.held_from for name in other.passages}
    private = [other for other in held if {*other.passages} & kept]
    return one.kind is Kind.PRIVATE or one in private or any(_tells(one, other) for other in private)


def _tells(one: Correction, private: Correction) -> bool:
    return any(is_like(kept, told) for kept in _lines(private) for told in _lines(one))


def _lines(one: Correction) -> list[str]:
    return [line for text in (one.said, one.says, one.now_says, one.statement) for line in text.splitlines()]


def _entry(one: Correction, reference: str, *, private: bool) -> dict[str, Any]:
    words = ("", "", "", "") if private else (one.said, one.says, one.now_says, one.dissent)
    return dict(
        zip(
            COLUMNS,
            (
                reference, one.number, one.version, one.place, str(one.kind), one.raised.isoformat(),
                one.due.isoformat(), words[0], words[1], ", ".join(one.whom), str(one.decision), words[2], one.reason,
                one.by, one.decided.isoformat() if one.decided else "", words[3],
            ),
            strict=True,
        )
    )  # fmt: skip


def as_json(letter: Folder) -> bytes:
    """Return the corrections as JSON."""
    made = {"version": 1, "reference": letter.case.reference, "corrections": entries(letter)}
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(letter: Folder) -> bytes:
    """Return the corrections as CSV in UTF-8, with a mark that Excel knows it by; nothing in it runs as a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for entry in entries(letter):
        writer.writerow({key: _still(str(value)) for key, value in entry.items()})
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _still(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def for_record(letter: Folder, day: date) -> Letter:
    """Return the entry for the formal record as a document.

    Args:
        letter: the letter.
        day: the day of the export.
    """
    reference = letter.case.reference
    title = f"Corrections to letter {reference}, {long_date(letter.case.date)}"
    return Letter(Head(title, reference, day, letter.case.author.name), tuple(_blocks(letter, title)))


def _blocks(letter: Folder, title: str) -> Iterator[Paragraph | Table]:
    yield Paragraph((Run(title),), Style.HEADING)
    yield Paragraph((Run("The client checked the letter. This is what they said, and what was decided."),))
    for one in letter.corrections.corrections:
        yield Paragraph((Run(f"{one.number}. {_KINDS[one.kind]}, about {one.place}"),), Style.SUBHEADING)
        rows = [(name, value) for name, value in _said(one, letter) if value]
        yield Table((), tuple(Row(((Run(name, bold=True),), (Run(value),))) for name, value in rows))


def _said(one: Correction, letter: Folder) -> Iterator[tuple[str, str]]:
    private = _is_private(one, letter.corrections.corrections)
    if one.kind is Kind.PRIVATE:
        names = {recipient.key: recipient.described for recipient in letter.case.recipients}
        yield "Kept private from", ", ".join(names.get(key, key) for key in one.whom)
    elif private:
        yield "The words", "They are about what is to be kept private."
    else:
        yield "The letter said", one.said
        yield "The client says", one.says or "This is to be changed."
    yield "Told on", long_date(one.raised)
    yield "Decided", str(one.decision) + (f", {long_date(one.decided)}, {one.by}" if one.decided else "")
    yield "Reason", one.reason
    if one.decision is Decision.OPEN:
        yield "Answer due by", long_date(one.due)
    if not private:
        yield "It says now", one.now_says
        yield "The client's own statement", one.dissent


def reply_case(letter: Folder, today: date) -> dict[str, Any]:
    """Return the case of the reply to the client, for the template “correction-reply”.

    Args:
        letter: the letter.
        today: the day of the reply.
    """
    held = letter.corrections.corrections
    told = [one for one in held if one.kind is not Kind.PRIVATE and one.decision is not Decision.WITHDRAWN]
    changed = [one for one in told if one.is_agreed and (one.now_says or not one.is_addition)]
    kept = [one for one in told if one.decision in (Decision.NOT_AGREED, Decision.PARTLY)]
    waiting = [one for one in told if one.is_open]
    asked = [_marked(one, _asked(one)) for one in told]
    fields: dict[str, Any] = {
        "told_on": min((one.raised for one in held), default=today),
        "where": f"my letter of {long_date(letter.case.date)}",
        "asked": asked or ["there is something in it that you want to keep private"],
        "changed": [_row(one, it_said=one.said, it_says=one.now_says or "We took it out.") for one in changed],
        "kept": [_row(one, it_says=one.said or one.says, why=one.reason) for one in kept],
        "own_words": "\n\n".join(_marked(one, one.dissent) for one in kept if one.dissent),
        "went_to": [{"who": one, "what": "had the old letter"} for one in _had_it(letter, told)],
    }
    if waiting:
        fields["answer_by"] = min(one.due for one in waiting)
    case = letter.case
    return {
        "template": "correction-reply",
        "reference": f"{case.reference}-R{letter.review.version}",
        "date": today,
        "client": _shown(case.client),
        "delivery": _shown(replace(case.delivery, not_at_home=_told_at_home(letter, told))),
        "author": _shown(case.author),
        "fields": {key: value for key, value in fields.items() if value},
    }


def _asked(one: Correction) -> str:
    if one.is_text:
        return f"it should say “{_one_line(one.says)}”" if one.says else f"we should leave out “{_one_line(one.said)}”"
    if one.says:
        return f"“{_one_line(one.says)}”"
    return f"{one.place} is to be changed" if one.part else "something is to be changed"


def _told_at_home(letter: Folder, told: list[Correction]) -> tuple[str, ...]:
    """Return what must not be at home, of what the reply speaks of."""
    named = {label_key(label) for one in told for label in one.labels}
    return tuple(label for label in letter.case.delivery.not_at_home if label_key(label) in named)


def _had_it(letter: Folder, told: list[Correction]) -> list[str]:
    """Return who got a copy before the client said that something in it was wrong."""
    versions = {one.version for one in told if one.sent}
    had = (one for one in letter.review.issued if one.version in versions and not one.recipient.startswith(CLIENT))
    return list(dict.fromkeys(one.described for one in had))


def _marked(one: Correction, text: str) -> str:
    return f"[private: {', '.join(one.labels)}] {text}" if _named(one) else text


def _row(one: Correction, **cells: str) -> dict[str, str]:
    row = {key: _one_line(value) for key, value in cells.items()}
    return {**row, "private": ", ".join(one.labels)} if _named(one) else row


def _named(one: Correction) -> bool:
    return bool(one.labels) and not any(label.startswith("private ") for label in one.labels)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(value: Any) -> dict[str, Any]:
    """Return what stands in a section of a case; a list where it holds a tuple."""
    held = {key: list(one) if isinstance(one, tuple) else one for key, one in vars(value).items()}
    return {key: one for key, one in held.items() if one not in (None, "", [])}
