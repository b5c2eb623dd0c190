"""The questions of `tipletters new`, one at a time; an answer that cannot be right is asked for again."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

import click

from tipletters.casefile import free_key
from tipletters.cli.prompts import NEEDED, day, one_of, words, yes
from tipletters.dates import read_time, read_typed
from tipletters.errors import TiplettersError
from tipletters.template import Field, FieldType, TemplateHead
from tipletters.template.bind import bind

Answers = dict[str, Any]
Keep = Callable[[Any], None]


def case(head: TemplateHead, given: Answers, today: date, settled: Collection[str] = ()) -> None:
    """Ask for everything that a letter needs and that is not answered yet, and put it into `given` as it comes.

    Args:
        head: what the template asks.
        given: what is known already.
        today: the day on which it is asked.
        settled: sections of which nothing is asked.

    Raises:
        click.Abort: the worker stopped; what was typed until then stands in `given`.
    """
    _fill(given, {"reference": lambda: words("Your own reference for this letter (never a name or NHS number)")})
    given["date"] = day("Date of the letter", _day(given.get("date"), today))
    if "client" not in settled:
        _client(given.setdefault("client", {}))
    _delivery(given.setdefault("delivery", {}), today, head.labels)
    if head.spoken_first:
        _spoken(given.setdefault("spoken", {}))
    if "author" not in settled:
        _author(given.setdefault("author", {}))
    answers: Answers = given.setdefault("fields", {})
    for field in head.fields:
        if _is_open(answers.get(field.name)) or answers[field.name] == field.default:
            _field(field, answers)
    _recipients(given, today)


_NOT_AT_HOME = "What must not be sent there? Say what it is about, as you mark it in the letter"


def _is_open(answer: Any) -> bool:
    return answer in (None, []) or (isinstance(answer, str) and not answer.strip())


def _fill(section: Answers, questions: Mapping[str, Callable[[], Any]]) -> None:
    """Ask what is not answered yet; each answer stands as soon as it is given."""
    for key, question in questions.items():
        if _is_open(section.get(key)):
            section[key] = question()


def _day(found: Any, otherwise: date) -> date:
    """Return a day that stands in a case, or the other where it is none: a hand may have written anything."""
    return found if type(found) is date else otherwise


def _optional(prompt: str) -> Callable[[], str]:
    return partial(words, prompt, needed=False)


def _several(prompt: str) -> list[str]:
    return [part.strip() for part in words(prompt, needed=False).split(",") if part.strip()]


def _client(client: Answers) -> None:
    needs = "What helps them to read, such as large print, extra spacing, cream (Enter if nothing)"
    _fill(
        client,
        {
            "first_name": lambda: words("The client's first name"),
            "last_name": lambda: words("The client's last name"),
            "preferred_name": _optional("What do they like to be called? (Enter if by their first name)"),
            "address": lambda: _several("Their address, with commas between the lines (Enter if none)"),
            "needs": lambda: _several(needs),
        },
    )


def _delivery(delivery: Answers, today: date, labels: Collection[str]) -> None:
    if _is_open(delivery.get("asked")) and not yes("Have you asked how this letter can reach them safely?"):
        return
    _fill(
        delivery,
        {
            "asked": lambda: day("On which day did you ask?", today),
            "safe_address": lambda: yes("Is their address safe to write to?"),
            "post_opened_by": _optional("Who else opens the post? (Enter if nobody)"),
        },
    )
    if delivery["safe_address"]:
        about = ", ".join(labels) or "home life"
        _fill(delivery, {"not_at_home": lambda: _several(f"{_NOT_AT_HOME}, such as: {about} (Enter if nothing)")})
    _fill(
        delivery,
        {
            "envelope_marking": _optional("What should stand on the envelope? (Enter if nothing)"),
            "online": lambda: yes("May the letter be seen in the online record?"),
        },
    )


def _spoken(spoken: Answers) -> None:
    if not _is_open(spoken.get("why_not")):
        return
    if not _is_open(spoken.get("on")) or yes("Have you talked about this news already?"):
        on, detail = "On which day did you talk?", "How much do they want in writing?"
        _fill(spoken, {"on": lambda: day(on), "detail": lambda: words(detail)})
    else:
        spoken["why_not"] = words(
            "It is best to talk first. If you cannot, why not? (Enter to leave this open)", needed=False
        )


def _author(author: Answers) -> None:
    name, role = (f"Your {what} (Enter if it stands in tipletters.toml)" for what in ("name, as you sign", "role"))
    _fill(author, {"name": _optional(name), "role": _optional(role)})


def _field(field: Field, answers: Answers) -> None:
    """Ask for one field until the answer can be read; a long one is kept line by line."""
    click.echo()
    if field.help:
        click.echo(field.help)
    while True:
        answer = _ASK[field.type](field, partial(answers.__setitem__, field.name))
        if _is_open(answer):
            answers.pop(field.name, None)
            if not field.required:
                return
            click.echo(NEEDED)
            continue
        try:
            bind((field,), {field.name: answer}, "X-1", "your answer")
        except TiplettersError as error:
            click.echo(f"{error.what} {error.then}")
        else:
            answers[field.name] = answer
            return


def _prompt(field: Field) -> str:
    return field.prompt + ("" if field.required else " (Enter to leave it out)")


def _one_line(field: Field, _: Keep) -> str:
    return words(_prompt(field), needed=field.required, default=field.default)


def _choice(field: Field, _: Keep) -> str:
    return words(f"{_prompt(field)} One of: {'; '.join(field.options)}", needed=field.required, default=field.default)


def _read(read: Callable[[str], Any], needs: str) -> Callable[[Field, Keep], Any]:
    def ask(field: Field, _: Keep) -> Any:
        while True:
            text = words(_prompt(field), needed=field.required)
            try:
                return read(text) if text else None
            except ValueError:
                click.echo(f"Please give {needs}.")

    return ask


def _yes_no(field: Field, _: Keep) -> bool:
    return yes(field.prompt)


def _prose(field: Field, keep: Keep) -> str:
    click.echo(f"{_prompt(field)}\nWrite as many lines as you like. To finish, write a line with only a full stop.")
    lines: list[str] = []
    while (line := click.prompt("", default="", show_default=False, prompt_suffix="> ")).strip() != ".":
        if not line and not lines and not field.required:
            break
        lines.append(line)
        keep("\n".join(lines).strip())
    return "\n".join(lines).strip()


def _list(field: Field, keep: Keep) -> list[str]:
    click.echo(f"{_prompt(field)} One a line; Enter on an empty line when you are done.")
    lines: list[str] = []
    keep(lines)
    while line := words("-", needed=False):
        lines.append(line)
    return lines


def _rows(field: Field, keep: Keep) -> list[Answers]:
    click.echo(f"{_prompt(field)} Enter on an empty first answer when you are done.")
    rows: list[Answers] = []
    keep(rows)
    first, *others = field.columns
    while begin := words(f"{len(rows) + 1}. {first.rstrip('?')}", needed=False):
        rows.append(row := {first.rstrip("?"): begin})
        for column in others:
            name = column.rstrip("?")
            row[name] = words(f"   {name}", needed=name == column)
    return rows


def _person(field: Field, keep: Keep) -> Answers | None:
    name = words(_prompt(field), needed=field.required)
    if not name:
        return None
    keep(parts := {"name": name})
    parts["role"] = words("Their role (Enter to leave it out)", needed=False)
    parts["phone"] = words("Their phone number (Enter to leave it out)", needed=False)
    return {key: value for key, value in parts.items() if value}


_ASK: dict[FieldType, Callable[[Field, Keep], Any]] = {
    FieldType.TEXT: _one_line,
    FieldType.PROSE: _prose,
    FieldType.LIST: _list,
    FieldType.DATE: _read(read_typed, "a date, such as 26/8/2026"),
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
    while name := words("Who else may get a copy? Name (Enter for nobody else)", needed=False):
        taken = {one.get("key", "") for one in recipients}
        recipients.append(one := {"key": free_key("", taken), "name": name})
        one["role"] = words("Their role, such as GP")
        one["key"] = free_key(one["role"], taken)
        _provision(given, one, today)


def _provision(given: Answers, recipient: Answers, today: date) -> None:
    provisions: list[Answers] = given.setdefault("provisions", [])
    name, key = recipient.get("name", ""), recipient.get("key", "")
    one = next((one for one in provisions if _is_about(one, key)), None)
    if one is None:
        said = one_of(f"Did the client agree to a copy for {name}?", "yes", "no", "not asked")
        if said == "not asked":
            return
        provisions.append(one := {"answer": "permit" if said == "yes" else "deny", "about": "letter", "to": key})
    elif not (_is_open(one.get("date")) or (one.get("answer") == "permit" and _is_open(one.get("until")))):
        return
    else:
        click.echo(f"What the client said to a copy for {name}:")
    _fill(one, {"date": lambda: day("On which day did they answer?", today)})
    if one.get("answer") == "permit":
        year_on = _day(one["date"], today) + timedelta(days=365)
        _fill(one, {"until": lambda: day("Until which day does it hold?", year_on)})
    one.setdefault("asked_by", given.get("author", {}).get("name", ""))
    _fill(one, {"how": lambda: words("How did you ask: in person, phone or writing?", default="in person")})


def _is_about(provision: Answers, key: str) -> bool:
    """Say whether an answer is about the letter as a whole, for this recipient."""
    return "letter" in _texts(provision.get("about", "letter")) and key in _texts(provision.get("to"))


def _texts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
