"""Which column of the table goes where in a letter's case: by its name, or as a mapping file says."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from tipletters.batch.places import Kind, Places, fold, places_for
from tipletters.errors import CaseError, did_you_mean
from tipletters.quiet import Quiet
from tipletters.tables import Table
from tipletters.tables.writing import REASON, THEN
from tipletters.template import TemplateHead
from tipletters.tomlfile import fit, read_toml

# How a column is called that may hold a client's no; one that speaks of consent alone may hold anything.
_NO = re.compile(
    r"\b(?:do ?not|dont|not to|no (?:cop(?:y|ies)|contact|letters?|post|shar(?:e|ing))|opt(?:s|ed)? ?out|"
    r"withdr[ae]w\w*|refus\w*|declin\w*|dissent\w*|object(?:s|ed|ions?)|revok\w*)\b"
)


class Order(StrEnum):
    """Which number of 03/04/2026 is the day."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class Zeros(StrEnum):
    """What becomes of numbers that lost their first 0 in Excel."""

    PUT_BACK = "put-back"
    LEAVE = "leave"


@dataclass(frozen=True, repr=False)
class Mapping(Quiet):
    """A mapping file: which column goes where, what is the same in every letter, and how columns are read.

    Args:
        columns: the place for each column; an empty place leaves the column out.
        same: what every letter's case holds, in the form of a case file.
        dates: for a column, which number is the day.
        zeros: for a column, what becomes of lost zeros.
    """

    columns: dict[str, str] = field(default_factory=dict)
    same: dict[str, Any] = field(default_factory=dict)
    dates: dict[str, Order] = field(default_factory=dict)
    zeros: dict[str, Zeros] = field(default_factory=dict)


def read_mapping(path: Path) -> Mapping:
    """Return a mapping file.

    Raises:
        CaseError: it cannot be used.
    """
    return fit(Mapping, read_toml(path), str(path))


@dataclass(frozen=True, repr=False)
class Plan(Quiet):
    """How the rows of a table become cases.

    Args:
        columns: the table's columns.
        places: for each column its place; empty for one that is not used.
        kinds: for each column how its cells are read.
        same: what every case holds.
        unused: columns that go nowhere.
        doubtful: columns that go nowhere, with the name that they may have meant.
        missing: what no column fills and every letter needs, with the way out.
    """

    columns: tuple[str, ...]
    places: tuple[str, ...]
    kinds: tuple[Kind, ...]
    same: dict[str, Any]
    unused: tuple[str, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()

    def column_of(self, place: str) -> str:
        """Return the column that fills a place; empty where none does."""
        return next((name for name, one in zip(self.columns, self.places, strict=True) if one == place), "")


def plan_for(table: Table, head: TemplateHead, mapping: Mapping, *, where: str, day: datetime.date | None) -> Plan:
    """Return how a table's rows become cases of a template.

    Args:
        table: the table.
        head: the template's head.
        mapping: what the mapping file says.
        where: the mapping file, for errors.
        day: the date of every letter that has no other.

    Raises:
        CaseError: the mapping names a column or a place that is not there, or two columns fill one place.
    """
    same = dict(mapping.same)
    if day:
        same.setdefault("date", day)
    recipients = [str(one.get("key", "")) for one in same.get("recipients", ()) if isinstance(one, dict)]
    known = places_for(head.fields, recipients)
    _check_mapping(mapping, table.columns, known, where)
    places = tuple(_place(name, mapping, known) for name in table.columns)
    kinds = tuple(known.kind(place) or Kind.LEAVE_OUT for place in places)
    _check_once(table.columns, places, kinds, where)
    same |= _defaults(head, places, same)
    unused = [
        name
        for name, place in zip(table.columns, places, strict=True)
        if not place and name not in (REASON, THEN) and name not in mapping.columns
    ]
    _refuse_private(unused, where)
    doubtful = [(name, hint) for name in unused if (hint := _hint(name, places, known))]
    named = {name for name, _ in doubtful}
    left = tuple(name for name in unused if name not in named)
    _refuse_a_no(unused, left, where)
    return Plan(table.columns, places, kinds, same, left, tuple(doubtful), tuple(_missing(head, places, same)))


def _place(name: str, mapping: Mapping, known: Places) -> str:
    if name in mapping.columns:
        return mapping.columns[name].strip()
    return "" if name in (REASON, THEN) else known.of_column(name)


def _check_mapping(mapping: Mapping, columns: Sequence[str], known: Places, where: str) -> None:
    for key, names in (("columns", mapping.columns), ("dates", mapping.dates), ("zeros", mapping.zeros)):
        for name in names:
            if name not in columns:
                raise CaseError(
                    f"The table has no column “{name}”.",
                    where=f"{where}, [{key}]",
                    then=did_you_mean(name, columns, fold) or f"It has: {', '.join(columns)}.",
                )
    for name, place in mapping.columns.items():
        if place.strip() and known.kind(place.strip()) is None:
            raise CaseError(
                f"The column “{name}” goes to “{place}”, and there is no such place.",
                where=f"{where}, [columns]",
                then=did_you_mean(place, known.kinds) or 'See docs/batch.md for the places. Write "" to leave it out.',
            )


def _check_once(columns: Sequence[str], places: Sequence[str], kinds: Sequence[Kind], where: str) -> None:
    seen: dict[str, str] = {}
    for name, place, kind in zip(columns, places, kinds, strict=True):
        if place in seen and kind not in (Kind.LINES, Kind.LABEL):
            raise CaseError(
                f"The columns “{seen[place]}” and “{name}” both mean “{place}”.",
                where=where or "the table",
                then=f'Write a mapping file with [columns] "{name}" = "" to leave one out. See docs/batch.md.',
            )
        if place:
            seen[place] = name


def _refuse_private(unused: Sequence[str], where: str) -> None:
    """Stop where a column speaks of something private, and it is not known of what."""
    for name in unused:
        if any(word in fold(name) for word in ("private", "confidential")):
            raise CaseError(
                f"The column “{name}” speaks of something private, and we cannot tell what part it means.",
                where=where or "the table",
                then="Name it like the field that it is about, and “private”, such as “said private”. "
                f'If it goes nowhere, write a mapping file with [columns] "{name}" = "". See docs/batch.md.',
            )


def _refuse_a_no(unused: Sequence[str], left: Sequence[str], where: str) -> None:
    """Stop where a column may hold a client's no that would be passed over; a slip in “consent date” is asked about."""
    for name in unused:
        apart = re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub("['’]", "", name))).casefold()
        if _NO.search(apart) or ("consent" in apart and name in left):
            raise CaseError(
                f"The column “{name}” may hold a client's no, and we cannot tell about what.",
                where=where or "the table",
                then="Put each no where we read it: “GP consent” (no), “GP no to” (a label) or “Nothing sent” (yes). "
                f'Then write a mapping file with [columns] "{name}" = "". See docs/batch.md.',
            )


def _defaults(head: TemplateHead, places: Sequence[str], same: dict[str, Any]) -> dict[str, Any]:
    """Return the template's own words for fields of which a column says what they are about, so that it holds them."""
    own = {one.name: one.default for one in head.fields if f"fields.{one.name}.private" in places}
    found = {name: default for name, default in own.items() if default is not None}
    given = same.get("fields", {})
    return {"fields": {**found, **given}} if found and isinstance(given, dict) else {}


def _hint(name: str, places: Sequence[str], known: Places) -> str:
    """What a column may have meant: a place that no other column fills."""
    free = {called: place for called, place in known.called.items() if place not in places}
    found = did_you_mean(fold(name), free, fold)
    return free[found.split("“")[1].split("”")[0]] if found and len(name) > 3 else ""


def _missing(head: TemplateHead, places: Sequence[str], same: dict[str, Any]) -> list[tuple[str, str]]:
    has = {*places, *_paths(same)}
    needed = ["reference", "date", "client.first_name", "client.last_name"]
    needed += [f"fields.{one.name}" for one in head.fields if one.required and one.default is None]
    ways = {"date": "Add --date with the day of the letters, such as --date 2026-05-14, or a column."}
    return [
        (place, ways.get(place, "Add a column, or say in a mapping file which one it is."))
        for place in needed
        if place not in has and not any(one.startswith(f"{place}.") for one in has)
    ]


def _paths(same: dict[str, Any], begin: str = "") -> list[str]:
    found = []
    for key, value in same.items():
        found.append(f"{begin}{key}")
        if isinstance(value, dict):
            found += _paths(value, f"{begin}{key}.")
    return found
