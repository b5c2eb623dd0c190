"""The questions of `tipletters new`, one at a time; an answer that cannot be right is asked for again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import click

from tipletters.casefile import free_key
from tipletters.dates import read_date, read_time
from tipletters.errors import TiplettersError
from tipletters.template import Field, FieldType, TemplateHead
from tipletters.template.bind import bind

Answers = dict[str, Any]
_YES = click.Choice(["yes", "no"], case_sensitive=False)


def case(head: TemplateHead, given: Answers, today: date) -> None:
    """Ask for everything that a letter needs, and put it into `given` as it comes.

    Args:
        head: what the template asks.
        given: what is known already.
        today: the day on which it is asked.

    Raises:
        click.Abort: the worker stopped; what was answered stands in `given`.
    """
    given["reference"] = _text("Your own reference for this letter (never a name or NHS number)")
    given["date"] = _date("Date of the letter", today)
    _client(given)
    _delivery(given, today)
    if head.spoken_first:
        _spoken(given)
    _author(given)
    answers: Answers = given.setdefault("fields", {})
    for field in head.fields:
        answer = _field(field)
        if answer not in (None, "", []):
            answers[field.name] = answer
    _recipients(given, today)


def _text(prompt: str, *, needed: bool = True, default: str | None = None) -> str:
    answer = click.prompt(prompt, default=default if needed else (default or ""), show_default=bool(default))
    return str(answer).strip()


def _yes(prompt: str) -> bool:
    return bool(click.prompt(f"{prompt} (yes/no)", type=_YES, show_choices=False) == "yes")


def _date(prompt: str, default: date | None = None) -> date:
    while True:
        try:
            return read_date(_text(prompt, default=default.isoformat() if default else None))
        except ValueError:
            click.echo("Please give a date, such as 26/8/2026.")


def _client(given: Answers) -> None:
    if "client" in given:
        return
    client: Answers = given.setdefault("client", {})
    client["first_name"] = _text("The client's first name")
    client["last_name"] = _text("The client's last name")
    client["preferred_name"] = _text("What do they like to be called? (Enter if by their first name)", needed=False)
    address = _text("Their address, with commas between the lines (Enter if none)", needed=False)
    client["address"] = [line.strip() for line in address.split(",") if line.strip()]
    needs = _text("What helps them to read, such as large print, extra spacing, cream (Enter if nothing)", needed=False)
    client["needs"] = [need.strip() for need in needs.split(",") if need.strip()]


def _delivery(given: Answers, today: date) -> None:
    if not _yes("Have you asked how this letter can reach them safely?"):
        return
    delivery: Answers = given.setdefault("delivery", {})
    delivery["asked"] = _date("On which day did you ask?", today)
    delivery["safe_address"] = _yes("Is their address safe to write to?")
    delivery["post_opened_by"] = _text("Who else opens the post? (Enter if nobody)", needed=False)
    delivery["envelope_marking"] = _text("What should stand on the envelope? (Enter if nothing)", needed=False)
    delivery["online"] = _yes("May the letter be seen in the online record?")


def _spoken(given: Answers) -> None:
    if _yes("Have you talked about this news already?"):
        given["spoken"] = {
            "on": _date("On which day did you talk?"),
            "detail": _text("How much do they want in writing?"),
        }
    else:
        why = _text("It is best to talk first. If you cannot, why not? (Enter to leave this open)", needed=False)
        given["spoken"] = {"why_not": why}


def _author(given: Answers) -> None:
    if "author" not in given:
        given["author"] = {
            "name": _text("Your name, as you sign (Enter if it stands in tipletters.toml)", needed=False),
            "role": _text("Your role (Enter if it stands in tipletters.toml)", needed=False),
        }


def _field(field: Field) -> Any:
    """Ask for one field until the answer can be read."""
    click.echo()
    if field.help:
        click.echo(field.help)
    while True:
        answer = _ASK[field.type](field)
        try:
            bind((field,), {field.name: answer}, "X-1", "your answer")
        except TiplettersError as error:
            click.echo(f"{error.what} {error.then}")
        else:
            return answer


def _prompt(field: Field) -> str:
    return field.prompt + ("" if field.required else " (Enter to leave it out)")


def _one_line(field: Field) -> str:
    return _text(_prompt(field), needed=field.required, default=field.default)


def _choice(field: Field) -> str:
    return _text(f"{_prompt(field)} One of: {'; '.join(field.options)}", needed=field.required, default=field.default)


def _read(read: Callable[[str], Any], needs: str) -> Callable[[Field], Any]:
    def ask(field: Field) -> Any:
        while True:
            text = _text(_prompt(field), needed=field.required)
            try:
                return read(text) if text else None
            except ValueError:
                click.echo(f"Please give {needs}.")

    return ask


def _yes_no(field: Field) -> bool:
    return _yes(field.prompt)


def _prose(field: Field) -> str:
    click.echo(f"{_prompt(field)}\nWrite as many lines as you like. To finish, write a line with only a full stop.")
    lines: list[str] = []
    while (line := click.prompt("", default="", show_default=False, prompt_suffix="> ")).strip() != ".":
        if not line and not lines and not field.required:
            break
        lines.append(line)
    return "\n".join(lines).strip()


def _list(field: Field) -> list[str]:
    click.echo(f"{_prompt(field)} One a line; Enter on an empty line when you are done.")
    lines = []
    while line := _text("-", needed=False):
        lines.append(line)
    return lines


def _rows(field: Field) -> list[Answers]:
    click.echo(f"{_prompt(field)} Enter on an empty first answer when you are done.")
    rows: list[Answers] = []
    first, *others = (column.rstrip("?") for column in field.columns)
    while begin := _text(f"{len(rows) + 1}. {first}", needed=False):
        rows.append({first: begin} | {column: _text(f"   {column}", needed=False) for column in others})
    return rows


def _person(field: Field) -> Answers | None:
    name = _text(_prompt(field), needed=field.required)
    if not name:
        return None
    parts = {"name": name, "role": _text("Their role (Enter to leave it out)", needed=False)}
    parts["phone"] = _text("Their phone number (Enter to leave it out)", needed=False)
    return {key: value for key, value in parts.items() if value}


_ASK: dict[FieldType, Callable[[Field], Any]] = {
    FieldType.TEXT: _one_line,
    FieldType.PROSE: _prose,
    FieldType.LIST: _list,
    FieldType.DATE: _read(read_date, "a date, such as 26/8/2026"),
    FieldType.TIME: _read(read_time, "a time, such as 2:30pm"),
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _yes_no,
    FieldType.PERSON: _person,
    FieldType.ROWS: _rows,
}


def _recipients(given: Answers, today: date) -> None:
    """Ask who else may get a copy, and what the client said to that."""
    recipients: list[Answers] = given.setdefault("recipients", [])
    click.echo()
    for one in recipients:
        _provision(given, one, today)
    while name := _text("Who else may get a copy? Name (Enter for nobody else)", needed=False):
        role = _text("Their role, such as GP")
        key = free_key(role, {one["key"] for one in recipients})
        recipients.append({"key": key, "name": name, "role": role})
        _provision(given, recipients[-1], today)


def _provision(given: Answers, recipient: Answers, today: date) -> None:
    said = click.prompt(
        f"Did the client agree to a copy for {recipient['name']}? (yes/no/not asked)",
        type=click.Choice(["yes", "no", "not asked"], case_sensitive=False),
        show_choices=False,
    )
    if said == "not asked":
        return
    provision: Answers = {"answer": "permit" if said == "yes" else "deny", "about": "letter", "to": recipient["key"]}
    provision["date"] = _date("On which day did they answer?", today)
    if said == "yes":
        provision["until"] = _date("Until which day does it hold?", provision["date"] + timedelta(days=365))
    provision["asked_by"] = given["author"].get("name", "")
    provision["how"] = _text("How did you ask: in person, phone or writing?", default="in person")
    given.setdefault("provisions", []).append(provision)
