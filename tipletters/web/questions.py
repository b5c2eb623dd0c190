"""What the form of a letter asks: what every letter needs, then what its template's head asks."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tipletters.dates import read_date, read_time
from tipletters.quiet import Quiet
from tipletters.template import Field, FieldType, TemplateHead
from tipletters.template.bind import PERSON_PARTS
from tipletters.wording import capital_first

YES_NO = {True: "yes", False: "no"}


@dataclass(frozen=True, repr=False)
class Question(Quiet):
    """One question of the form.

    Args:
        section: the section of the case file; empty for the top.
        name: the key in it.
        kind: text, prose, list, lines, date, time, choice, yes/no, person or rows.
        prompt: the question.
        help: a sentence that helps to answer.
        needed: the letter cannot be written without it.
        options: the answers of a choice.
        columns: the columns of rows, or the parts of a person.
        value: what stands there now.
    """

    section: str
    name: str
    kind: str
    prompt: str
    help: str = ""
    needed: bool = False
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    value: Any = ""

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What can be picked: each value with its words."""
        return tuple(zip(self.options, self.options, strict=True)) if self.options else (("yes", "Yes"), ("no", "No"))

    @property
    def place(self) -> str:
        """Its place in a case, such as "client.first_name"."""
        return ".".join(filter(None, (self.section, self.name)))

    @property
    def id(self) -> str:
        """Its id on the page."""
        return f"{self.section or 'letter'}-{self.name}".replace("_", "-")


def _ask(section: str, *rows: tuple[str, str, str, str]) -> tuple[Question, ...]:
    return tuple(
        Question(section, name, kind, prompt, help, needed=f"{section}.{name}" in _NEEDED)
        for name, kind, prompt, help in rows
    )


_NEEDED = frozenset({".reference", ".date", "client.first_name", "client.last_name"})
LETTER = _ask(
    "",
    ("reference", "text", "Your own reference for this letter", "Never a name, an NHS or a CHI number."),
    ("date", "date", "The date of the letter", ""),
)
CLIENT = _ask(
    "client",
    ("first_name", "text", "Their first name", ""),
    ("last_name", "text", "Their last name", ""),
    ("one_name", "yes/no", "Do they have one name alone?", "Then leave the other one empty."),
    ("preferred_name", "text", "What do they like to be called?", "Leave it empty if by their first name."),
    ("title", "text", "Their title", "Such as Ms, Mr, Mx or Dr."),
    ("address", "lines", "Their address", "One line for each line on the envelope."),
    ("date_of_birth", "date", "Their date of birth", ""),
    ("nhs_number", "text", "Their NHS number", "It stands in the copies for others, so that they can file them."),
    (
        "chi_number",
        "text",
        "Their CHI number",
        "In Scotland, in place of an NHS number. It begins with their date of birth.",
    ),
    (
        "key",
        "text",
        "Your service's own reference for them",
        "If they have neither number. Never a name. Such as ST-0412.",
    ),
    ("needs", "lines", "What helps them to read?", "One a line. We can make: large print, extra spacing, cream."),
)
SPOKEN = _ask(
    "spoken",
    ("on", "date", "When did you talk about this news?", "News like this is talked about first."),
    ("detail", "text", "How much of it do they want in writing?", "Such as: the main points."),
    ("why_not", "text", "If you did not talk first: why?", ""),
)
DELIVERY = _ask(
    "delivery",
    ("asked", "date", "On which day did you ask how to reach them safely?", "Until then, you hand the letter over."),
    ("safe_address", "yes/no", "Is their address safe to write to?", ""),
    ("post_opened_by", "text", "Who else opens the post?", "Leave it empty if nobody does."),
    ("envelope_name", "text", "Which name stands on the envelope?", "Leave it empty if it is their own."),
    ("envelope_marking", "text", "What else stands on the envelope?", "Such as: Private."),
    ("not_at_home", "lines", "What must not be sent home?", "What it is about, one a line, such as: home life."),
    ("online", "yes/no", "May the letter be seen in their online record?", ""),
    ("voicemail", "yes/no", "May we leave a message on their phone?", ""),
    ("nothing_sent", "yes/no", "Do they want nothing sent at all?", ""),
    ("hand_over", "yes/no", "Do they want to be handed it?", ""),
)
AUTHOR = _ask(
    "author",
    ("name", "text", "Your name, as you sign", "What your service wrote once need not stand here."),
    ("role", "text", "Your role", ""),
)
DECIDES = _ask(
    "decides",
    ("who", "text", "Who decides, if it is not the client?", "Leave it empty if the client decides."),
    ("authority", "text", "What gives them the right to decide?", "Such as: they are the guardian."),
    ("seen", "date", "When did you see the paper that says so?", ""),
    ("judged_by", "text", "Under 16: who judged that they can decide?", ""),
    ("judged_on", "date", "Under 16: when was that?", ""),
)


def parts(head: TemplateHead) -> Iterator[tuple[str, str, tuple[Question, ...]]]:
    """Yield the parts of the form, each with its name, a sentence about it, and its questions."""
    yield "The person", "Who is this letter to?", CLIENT
    own = tuple(_of_field(field) for field in head.fields)
    yield "The letter", head.purpose + ".", (*LETTER, *(SPOKEN if head.spoken_first else ()), *own, *AUTHOR)
    yield "How it reaches them", "Ask each time. What is safe can change.", DELIVERY
    yield "Who decides", "Only if it is not the client alone, or if they are under 16.", DECIDES


def in_words(place: str, head: TemplateHead) -> str:
    """Return what the form calls a place in a case; for one that it does not ask for, the words of its name."""
    asked = {one.place: one.prompt for _, _, asks in parts(head) for one in asks}
    whole, _, part = place.rpartition(".")
    if place in asked or whole in asked:
        return asked.get(place) or f"{asked[whole]} ({part})"
    return capital_first(re.sub(r"[._]", " ", place.removeprefix("recipients.")))


def _of_field(field: Field) -> Question:
    columns = field.columns
    if field.type is FieldType.PERSON:
        columns = (*PERSON_PARTS, *field.columns)
    made = Question("fields", field.name, field.type, field.prompt, field.help, field.required, field.options, columns)
    return replace(made, value=field.default) if field.default is not None else made


def filled(question: Question, data: Mapping[str, Any]) -> Question:
    """Return a question with what a case file says to it, as the form shows it."""
    section = data.get(question.section, {}) if question.section else data
    value = section.get(question.name, question.value) if isinstance(section, Mapping) else question.value
    return replace(question, value=_shown(question.kind, value))


def _shown(kind: str, value: Any) -> Any:
    if kind in ("rows", "person"):
        rows = value if isinstance(value, list) else []
        person = value if isinstance(value, dict) else {"name": value} if isinstance(value, str) else {}
        return [row for row in rows if isinstance(row, dict)] if kind == "rows" else person
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()[: 5 if kind == "time" else 10]
    return str(value or "").strip("\n")


def answers(questions: Iterator[Question], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form sent, as a case file holds it: only what was asked, each of its own kind.

    Args:
        questions: what was asked.
        given: what the form sent, by section and name.
    """
    made: dict[str, Any] = {}
    for question in questions:
        section = given.get(question.section, {}) if question.section else given
        if not isinstance(section, Mapping) or question.name not in section:
            continue
        value = _typed(question, section[question.name])
        into = made.setdefault(question.section, {}) if question.section else made
        into[question.name] = value
    return made


def _typed(question: Question, raw: Any) -> Any:
    if question.kind == "rows":
        rows = [_row(question.columns, row) for row in raw if isinstance(row, Mapping)] if isinstance(raw, list) else []
        return [row for row in rows if row]
    if question.kind == "person":
        return (isinstance(raw, Mapping) and _row(question.columns, raw)) or ""
    text = str(raw).replace("\r\n", "\n")
    if question.kind in ("list", "lines"):
        return [line.strip() for line in text.split("\n") if line.strip()]
    if question.kind in _READ and text.strip():
        try:
            return _READ[question.kind](text)
        except (ValueError, KeyError):
            return text
    return text.strip() if question.kind != "prose" else text.strip("\n")


_READ = {"date": read_date, "time": read_time, "yes/no": {"yes": True, "no": False}.__getitem__}


def _row(columns: tuple[str, ...], raw: Mapping[str, Any]) -> dict[str, Any]:
    names = [column.rstrip("?") for column in columns]
    made: dict[str, Any] = {name: str(raw[name]).strip() for name in names if str(raw.get(name, "")).strip()}
    about = str(raw.get("private", "")).strip()
    if made and about:
        made["private"] = True if about.casefold() in ("private", "true") else about
    return made
