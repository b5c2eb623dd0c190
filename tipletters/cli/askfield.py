"""The question of one field of a letter, asked until its answer can be read."""

from collections.abc import Callable
from functools import partial
from typing import Any

import click

from tipletters.cli.prompts import A_DAY, NEEDED, if_any, read_as, words, yes
from tipletters.dates import read_time, read_typed
from tipletters.errors import TiplettersError
from tipletters.template import Field, FieldType
from tipletters.template.bind import bind

Keep = Callable[[Any], None]


def is_open(answer: Any) -> bool:
    """Say whether a question is not answered yet."""
    return answer in (None, []) or (isinstance(answer, str) and not answer.strip())


def one(field: Field, answers: dict[str, Any]) -> None:
    """Ask for one field until the answer can be read; a long one is kept line by line."""
    click.echo()
    if field.help:
        click.echo(field.help)
    while True:
        answer = _ASK[field.type](field, partial(answers.__setitem__, field.name))
        if is_open(answer):
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
    if not field.required and not field.default:
        return if_any(_prompt(field))
    return words(_prompt(field), needed=field.required, default=field.default)


def _choice(field: Field, _: Keep) -> str:
    return words(f"{_prompt(field)} One of: {'; '.join(field.options)}", needed=field.required, default=field.default)


def _read(read: Callable[[str], Any], needs: str) -> Callable[[Field, Keep], Any]:
    def found(text: str) -> Any:
        return read(text) if text else None

    return lambda field, _: read_as(found, needs, _prompt(field), needed=field.required)


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


def _rows(field: Field, keep: Keep) -> list[dict[str, Any]]:
    click.echo(f"{_prompt(field)} Enter on an empty first answer when you are done.")
    rows: list[dict[str, Any]] = []
    keep(rows)
    first, *others = field.columns
    while begin := words(f"{len(rows) + 1}. {first.rstrip('?')}", needed=False):
        rows.append(row := {first.rstrip("?"): begin})
        for column in others:
            name = column.rstrip("?")
            row[name] = words(f"   {name}", needed=name == column)
    return rows


def _person(field: Field, keep: Keep) -> dict[str, Any] | None:
    name = words(_prompt(field)) if field.required else if_any(_prompt(field))
    if not name:
        return None
    keep(parts := {"name": name})
    parts["role"] = if_any("Their role (Enter to leave it out)")
    parts["phone"] = if_any("Their phone number (Enter to leave it out)")
    return {key: value for key, value in parts.items() if value}


_ASK: dict[FieldType, Callable[[Field, Keep], Any]] = {
    FieldType.TEXT: _one_line,
    FieldType.PROSE: _prose,
    FieldType.LIST: _list,
    FieldType.DATE: _read(read_typed, A_DAY),
    FieldType.TIME: _read(read_time, "a time, such as 2:30pm"),
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _yes_no,
    FieldType.PERSON: _person,
    FieldType.ROWS: _rows,
}
