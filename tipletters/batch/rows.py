"""Makes a case of a table's row: the mapping's own values, and over them what the columns say."""

from collections.abc import Mapping, MutableMapping
from copy import deepcopy
from typing import Any

from tipletters.batch.cells import Reading, read_cell
from tipletters.batch.places import Kind
from tipletters.batch.plan import Plan
from tipletters.batch.spelt import refuse_turned
from tipletters.config import as_lines
from tipletters.consent import PRIVATE
from tipletters.errors import CaseError, ReadError, TiplettersError, did_you_mean
from tipletters.folding import words
from tipletters.tables import Row
from tipletters.template.marking import all_private, marker_for

DIED = "The record says that the client has died. Nothing is written to them."
# Recipients by their code in an organisation's list, such as the practices of an area.
Directory = Mapping[str, Mapping[str, Any]]


class DiedError(TiplettersError):
    """The table says that the client has died, without a day."""


# What the cells of a column, by its number, were read as: most say yes, or name one of a few practices.
Cells = MutableMapping[tuple[int, str], Any]


def data_of(row: Row, plan: Plan, readings: tuple[Reading, ...], directory: Directory, cells: Cells) -> dict[str, Any]:
    """Return what a case file would hold for a row.

    Args:
        row: the row.
        plan: which column goes where.
        readings: how the cells of each column are read.
        directory: recipients by their code.
        cells: what cells of other rows were read as; it lives no longer than they do.

    Raises:
        ReadError: cells cannot be right; `where` is the column of the first.
        DiedError: the table says that the client has died.
    """
    if row.problem:
        raise ReadError(row.problem, then=row.then)
    data = deepcopy(plan.same)
    people: dict[str, dict[str, Any]] = {
        one["key"]: one for one in data.get("recipients", ()) if isinstance(one, dict) and "key" in one
    }
    answers: dict[str, dict[str, Any]] = {}
    codes: dict[str, tuple[str, str]] = {}
    labels: dict[str, list[str]] = {}
    filled: set[str] = set()
    wrong: list[ReadError] = []
    columns = zip(plan.columns, row.cells, plan.places, plan.kinds, readings, strict=True)
    for number, (column, cell, place, kind, reading) in enumerate(columns):
        if kind is Kind.LEAVE_OUT:
            continue
        try:
            value = _read(cell, kind, reading, number, cells)
        except TiplettersError as problem:
            wrong.append(ReadError(problem.what, where=column, then=problem.then))
            continue
        if value is None or value == []:
            continue
        section, *inner = place.split(".")
        if section == "recipients":
            if inner[1] == "code":
                codes[inner[0]] = (str(value), column)
            else:
                _put_recipient(inner[0], inner[1], value, people, answers)
        elif kind is Kind.LABEL:
            labels.setdefault(inner[0], []).extend(value)
        elif place == "client.died":
            if value:
                raise DiedError(DIED, where=column)
        elif kind is Kind.LINES and place in filled:
            data["client"]["address"] = [*as_lines(data["client"]["address"]), *value]
        else:
            _put(data, section, inner, value)
        filled.add(place)
    if wrong:
        raise _all_of(wrong)
    _mark_private(data.get("fields", {}), labels)
    for key, (code, column) in codes.items():
        _put_listed(people.setdefault(key, {"key": key}), code, column, directory)
    _settle(data, people, answers, data.pop("consent", {}))
    return data


def _all_of(wrong: list[ReadError]) -> ReadError:
    """Return what is wrong with a row's cells as one error: about the first, with the others told beside it."""
    first, *others = wrong
    also = [f"Also “{one.where}”: {one.what} {one.then}" for one in others]
    return ReadError(first.what, where=first.where, then=" ".join((first.then, *also)))


def _read(cell: Any, kind: Kind, reading: Reading, number: int, cells: Cells) -> Any:
    if not isinstance(cell, str):
        return read_cell(cell, kind, reading)
    key = number, cell
    if key in cells:
        return cells[key]
    value = read_cell(cell, kind, reading)
    if not isinstance(value, list | dict):  # which a row may change
        cells[key] = value
    return value


def _put(data: dict[str, Any], section: str, inner: list[str], value: Any) -> None:
    if not inner:
        data[section] = value
        return
    at = data.setdefault(section, {})
    for part in inner[:-1]:
        if not isinstance(at.get(part), dict):
            at[part] = {"name": at[part]} if part in at else {}
        at = at[part]
    if isinstance(at.get(inner[-1]), dict):
        at[inner[-1]].setdefault("name", value)
    else:
        at[inner[-1]] = value


def _put_recipient(
    key: str, part: str, value: Any, people: dict[str, dict[str, Any]], answers: dict[str, dict[str, Any]]
) -> None:
    if part in ("consent", "yes_to", "no_to"):
        answers.setdefault(key, {})[part] = value
    else:
        people.setdefault(key, {"key": key})[part] = value


def _put_listed(person: dict[str, Any], code: str, column: str, directory: Directory) -> None:
    """Put in what the list of recipients knows of a code, if it is the practice that the row names."""
    found = directory.get(code.casefold())
    if found is None:
        raise ReadError(
            "The list of recipients has nobody with this code.",
            where=column,
            then="Add them to the list (--recipients), or correct the code.",
        )
    here, listed = (set(words(str(one.get("organisation", "")))) for one in (person, found))
    if here and listed and not (here <= listed or listed <= here):
        raise ReadError(
            "The list of recipients has another practice or organisation under this code than the row names.",
            where=column,
            then="Correct one of them. To go by the code alone, leave the other column out in a mapping file.",
        )
    for name, known in found.items():
        person.setdefault(name, known)


def _mark_private(fields: dict[str, Any], labels: Mapping[str, list[str]]) -> None:
    """Mark each paragraph, thing and row of a field with what other columns say that it is about."""
    for place, named in labels.items():
        label = ", ".join(dict.fromkeys(named))
        held = fields.get(place)
        if isinstance(held, str):
            fields[place] = all_private(held, label)
        elif isinstance(held, list | tuple):
            fields[place] = [_marked(one, label) for one in held]


def _marked(one: Any, label: str) -> Any:
    if isinstance(one, str):
        return marker_for(label) + one
    if not isinstance(one, dict):
        return one
    own = one.get("private")
    return {**one, "private": ", ".join((PRIVATE if own is True else str(own), label)) if own else label}


def _settle(
    data: dict[str, Any],
    people: dict[str, dict[str, Any]],
    answers: dict[str, dict[str, Any]],
    consent: dict[str, Any],
) -> None:
    """Put in the recipients that a row really has, and the client's answers about them."""
    data["recipients"] = [one for one in people.values() if one.get("name") or one.get("organisation")]
    for one in data["recipients"]:
        one.setdefault("name", one.get("organisation", ""))
    keys = {one["key"] for one in data["recipients"]}
    entries = list(data.get("provisions", ()))
    for key, said in answers.items():
        if key not in keys:
            continue
        entries += _entries(key, said, consent)
    data["provisions"] = entries


def _entries(key: str, said: dict[str, Any], consent: dict[str, Any]) -> list[dict[str, Any]]:
    permits = (["letter"] if said.get("consent") else []) + list(said.get("yes_to", ()))
    denies = (["letter"] if said.get("consent") is False else []) + list(said.get("no_to", ()))
    if (permits or denies) and "date" not in consent:
        raise CaseError(
            "The client's answer has no date.",
            where="consent.date",
            then="Add a column “consent date”, and fill it in.",
        )
    entries = []
    if permits:
        if "until" not in consent:
            raise CaseError(
                "The client's yes does not say until when it holds.",
                where="consent.until",
                then="Add a column “consent until”, and fill it in.",
            )
        entries.append({"answer": "permit", "about": permits, "to": key, **consent})
    if denies:
        entries.append({"answer": "deny", "about": denies, "to": key, **consent, "until": None})
    return entries


def directory_of(rows: list[dict[str, Any]]) -> Directory:
    """Return a list of recipients by their codes.

    Args:
        rows: each with `code` and what is known of the recipient.

    Raises:
        CaseError: a row has no code, two have one, or a cell was turned into a date.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for number, row in enumerate(rows, start=2):
        code = str(row.get("code") or "").casefold()
        unknown = set(row) - {"code", "name", "role", "organisation", "address"}
        if unknown:
            name = sorted(unknown)[0]
            hint = did_you_mean(name, ("code", "name", "role", "organisation", "address"))
            raise CaseError(
                f"The list of recipients has a column “{name}” that we do not know.",
                where="--recipients",
                then=hint or "It can have: code, name, role, organisation, address.",
            )
        if not code or code in found:
            raise CaseError(
                "Each recipient in the list needs a code of their own.", where=f"--recipients, row {number}", then=""
            )
        for name, value in row.items():
            try:
                refuse_turned(value)
            except ReadError as problem:
                where = f"--recipients, row {number}, “{name}”"
                raise CaseError(problem.what, where=where, then=problem.then) from None
        found[code] = {name: value for name, value in row.items() if name != "code" and value}
    return found
