"""Binds what a case says to the fields that a template declares: each value is checked and read once."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any

from tipletters.dates import read_date, read_time
from tipletters.errors import CaseError, did_you_mean
from tipletters.letter import NO_LABELS, clean
from tipletters.template.grammar import blocks_of_prose
from tipletters.template.head import Field, FieldType
from tipletters.template.markers import refuse_markers, take_marker
from tipletters.template.values import Blank, Prose, Record, Value, labelled

# What Word pastes as a bullet from its Symbol font.
_WORD_BULLET = "\uf0b7"
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
PERSON_PARTS = ("name", "role", "organisation", "phone", "email")


def bind(fields: tuple[Field, ...], given: Mapping[str, Any], reference: str, where: str) -> dict[str, Value]:
    """Return the value of every field.

    Args:
        fields: what the template declares.
        given: the case's `[fields]`.
        reference: the letter's reference.
        where: the case's file, for errors.

    Raises:
        CaseError: a field is unknown, missing or of the wrong type, or holds a marker in the wrong place.
    """
    names = [field.name for field in fields]
    for key in given:
        if key not in names:
            raise CaseError(
                f"The template has no field “{key}”.",
                where=f"{where}, [fields]",
                then=did_you_mean(key, names) or f"Its fields are: {', '.join(names)}.",
            )
    return {field.name: _bind_one(field, given, reference, f"{where}, field “{field.name}”") for field in fields}


def _bind_one(field: Field, given: Mapping[str, Any], reference: str, where: str) -> Value:
    raw = given.get(field.name, field.default)
    if is_no_answer(raw):
        if field.required:
            raise CaseError(
                f"The field “{field.name}” is missing.", where=where, then=f"{field.prompt} {field.help}".strip()
            )
        return Blank(field.name)
    return _BINDERS[field.type](field, raw, reference, where)


def is_no_answer(raw: Any) -> bool:
    """Say whether nothing was said: no text, an empty list, or a person of whom no part is given."""
    if isinstance(raw, dict):
        return all(is_no_answer(part) for part in raw.values())
    return raw is None or raw == [] or (isinstance(raw, str) and not raw.strip())


def _wrong(where: str, needs: str) -> CaseError:
    return CaseError(f"This field needs {needs}.", where=where, then="Change the value in the case.")


def check_text(raw: Any, where: str, needs: str = "text, in quotation marks") -> str:
    """Return a value as one line of clean text.

    Args:
        raw: as the case has it.
        where: the field, for errors.
        needs: what the field needs, for errors.

    Raises:
        CaseError: it is no text, or holds private-use characters or a private marker.
    """
    if not isinstance(raw, str):
        raise _wrong(where, needs)
    refuse_private_use(raw, where)
    refuse_markers(raw, where)
    return clean(raw).strip()


def refuse_private_use(text: str, where: str) -> None:
    """Refuse characters that have no meaning outside one font.

    Raises:
        CaseError: names the field.
    """
    if _PRIVATE_USE.search(text):
        raise CaseError(
            "There is a character in it that only shows in one special font.",
            where=where,
            then="Delete symbols that were pasted in, such as arrows or ticks, and type the words instead.",
        )


def _marked(raw: Any, reference: str, where: str) -> Value:
    if not isinstance(raw, str):
        raise _wrong(where, "a list of texts")
    refuse_private_use(raw, where)
    words, labels = take_marker(raw.lstrip(f" {_WORD_BULLET}•\t"), where, reference)
    return labelled(clean(words).strip(), labels, where)


def _text(_: Field, raw: Any, __: str, where: str) -> Value:
    return check_text(raw, where)


def _prose(field: Field, raw: Any, reference: str, where: str) -> Value:
    if not isinstance(raw, str):
        raise _wrong(where, 'text, between two lines of """ if it is long')
    raw = raw.replace(_WORD_BULLET, "•")
    refuse_private_use(raw, where)
    blocks = blocks_of_prose(raw, partial(_taken, where=where, reference=reference))
    return Prose(blocks, field.name)


def _taken(text: str, where: str, reference: str) -> tuple[str, frozenset[str]]:
    words, labels = take_marker(text, where, reference)
    return "\n".join(clean(line) for line in words.split("\n")), labels


def _list(_: Field, raw: Any, reference: str, where: str) -> Value:
    if not isinstance(raw, list | tuple):
        raise _wrong(where, 'a list, such as ["one", "two"]')
    return tuple(_marked(one, reference, f"{where}, number {n}") for n, one in enumerate(raw, start=1))


def day_in(raw: Any) -> date | None:
    """Return the day that a case gives for a field; None where it gives none that exists."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        return read_date(raw)
    except (AttributeError, TypeError, ValueError):
        return None


def _date(_: Field, raw: Any, __: str, where: str) -> Value:
    found = day_in(raw)
    if found is None:
        raise _wrong(where, "a date that exists, written year-month-day, such as 2026-08-26")
    return found


def _time(_: Field, raw: Any, __: str, where: str) -> Value:
    if isinstance(raw, time):
        return raw
    try:
        return read_time(raw)
    except (AttributeError, TypeError, ValueError):
        raise _wrong(where, 'a time, such as "17:30"') from None


def _choice(field: Field, raw: Any, _: str, where: str) -> Value:
    text = check_text(raw, where)
    for option in field.options:
        if option.casefold() == text.casefold():
            return option
    raise CaseError(
        "This is not one of the choices.",
        where=where,
        then=did_you_mean(text, field.options) or f"Choose one of: {'; '.join(field.options)}.",
    )


def _yes_no(_: Field, raw: Any, __: str, where: str) -> Value:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().casefold() in ("yes", "no"):
        return raw.strip().casefold() == "yes"
    raise _wrong(where, "true or false")


def _person(field: Field, raw: Any, _: str, where: str) -> Value:
    if isinstance(raw, str):
        raw = {"name": raw}
    if not isinstance(raw, dict) or not raw.get("name"):
        raise _wrong(where, 'a person, such as { name = "Sam Reid", role = "link worker" }')
    return _record(raw, (*PERSON_PARTS, *field.columns), NO_LABELS, field.name, where)


def _rows(field: Field, raw: Any, reference: str, where: str) -> Value:
    if not isinstance(raw, list | tuple) or not all(isinstance(row, dict) for row in raw):
        raise _wrong(where, f"rows, each with {', '.join(field.columns).replace('?', '')}")
    return tuple(_row(field, row, reference, f"{where}, row {n}") for n, row in enumerate(raw, start=1))


def _row(field: Field, raw: dict[str, Any], reference: str, where: str) -> Value:
    columns = tuple(column.rstrip("?") for column in field.columns)
    given = {key: value for key, value in raw.items() if key != "private"}
    labels = _labels_of_row(raw.get("private"), given, reference, where)
    record = _record(given, columns, labels, field.name, where)
    for column in field.columns:
        if not column.endswith("?") and isinstance(record.values[column], Blank):
            raise CaseError(f"“{column}” is missing.", where=where, then=f"Each row needs {', '.join(columns)}.")
    # what may be left out is printed as an empty cell
    return Record({key: "" if isinstance(value, Blank) else value for key, value in record.values.items()}, field.name)


def _labels_of_row(private: Any, given: Mapping[str, Any], reference: str, where: str) -> frozenset[str]:
    if not private:
        return NO_LABELS
    marker = "[private]" if private is True else f"[private: {check_text(private, where)}]"
    return take_marker(" ".join((marker, *map(str, given.values()))), where, reference)[1]


def _record(raw: Mapping[str, Any], parts: tuple[str, ...], labels: frozenset[str], field: str, where: str) -> Record:
    for key in raw:
        if key not in parts:
            raise CaseError(
                f"“{key}” is not known here.",
                where=where,
                then=did_you_mean(key, parts) or f"Known: {', '.join(parts)}.",
            )
    values: dict[str, Value] = {part: Blank(f"{field}.{part}") for part in parts}
    for key, value in raw.items():
        text = check_text(value, f"{where}, {key}")
        if text:
            values[key] = labelled(text, labels, field)
    return Record(values, field)


_BINDERS: dict[FieldType, Callable[[Field, Any, str, str], Value]] = {
    FieldType.TEXT: _text,
    FieldType.PROSE: _prose,
    FieldType.LIST: _list,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _yes_no,
    FieldType.PERSON: _person,
    FieldType.ROWS: _rows,
}
