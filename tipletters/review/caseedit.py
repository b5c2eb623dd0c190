"""Writes what the client answered into their case file, and leaves every other line of it as it was."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import AoT

from tipletters.consent import Provision
from tipletters.dates import long_date, read_date

_DATE = re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b")
# A changed stretch shorter than this, with the words beside it, could stand in a wrong place.
_SHORTEST = 8


def with_provisions(text: str, provisions: Iterable[Provision]) -> str:
    """Return the text of a case file with more answers of the client at its end."""
    document = tomlkit.parse(text)
    rows = document.get("provisions")
    rows = rows if isinstance(rows, AoT) else tomlkit.aot()
    for one in provisions:
        rows.append(tomlkit.item(_row(one)))
    if rows and "provisions" not in document:
        document.append("provisions", rows)
    return tomlkit.dumps(document)


def _row(one: Provision) -> dict[str, Any]:
    row = {
        "answer": str(one.answer),
        "about": one.about,
        "to": one.recipient,
        "whom": sorted(one.whom),
        "date": one.given,
        "time": one.at,
        "until": one.until,
        "asked_by": one.asked_by,
        "how": one.how,
        "form": one.form,
        "answered_by": one.answered_by if one.answered_by != "client" else "",
    }
    return {key: value for key, value in row.items() if value not in ("", None, [])}


def with_words(text: str, said: str, says: str) -> str | None:
    """Return the text of a case file with one passage's words changed, or None where that cannot be done for sure.

    Args:
        text: the case file.
        said: what the passage said, with what the template put around the worker's words.
        says: what it is to say.
    """
    document = tomlkit.parse(text)
    if "fields" not in document:
        return None
    changed = _one_date(document, said, says) or _one_stretch(document, said, says)
    return tomlkit.dumps(document) if changed else None


def _one_date(document: TOMLDocument, said: str, says: str) -> bool:
    """Change a field that is a date, where one date is all that differs and one field holds it."""
    old, new = _DATE.findall(said), _DATE.findall(says)
    differ = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
    if len(old) != len(new) or len(differ) != 1:
        return False
    one, other = differ[0]
    fields: Any = document["fields"]
    held = [key for key, value in fields.items() if isinstance(value, date) and long_date(value) == one]
    try:
        day = read_date(other)
    except ValueError:
        return False
    if len(held) == 1:
        fields[held[0]] = day
    return len(held) == 1


def _one_stretch(document: TOMLDocument, said: str, says: str) -> bool:
    places = list(_strings(document["fields"]))
    for old, new in _stretches(said.split(), says.split()):
        pattern = re.compile(r"\s+".join(map(re.escape, old.split())))
        found = [(holder, key, value) for holder, key, value in places if pattern.search(value)]
        if len(found) == 1 and len(pattern.findall(found[0][2])) == 1:
            holder, key, value = found[0]
            made = pattern.sub(lambda _, new=new: new, value)  # type: ignore[misc]
            many = "\n" in made
            holder[key] = tomlkit.string(made, multiline=many) if many else made
            return True
    return False


def _stretches(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the changed stretch with ever fewer of the words beside it, the whole passage first."""
    yield " ".join(old), " ".join(new)
    codes = [one for one in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if one[0] != "equal"]
    if not codes:
        return
    first, last = codes[0], codes[-1]
    for beside in (6, 4, 3, 2, 1, 0):
        front = min(beside, first[1], first[3])
        back = min(beside, len(old) - last[2], len(new) - last[4])
        was = " ".join(old[first[1] - front : last[2] + back])
        if len(was) >= _SHORTEST:
            yield was, " ".join(new[first[3] - front : last[4] + back])


def _strings(holder: Any) -> Iterator[tuple[Any, Any, str]]:
    """Yield every text in a section with where it stands; names of labels are none."""
    pairs = holder.items() if isinstance(holder, Mapping) else enumerate(holder)
    for key, value in list(pairs):
        if isinstance(value, str) and key != "private":
            yield holder, key, str(value)
        elif isinstance(value, Mapping | list):
            yield from _strings(value)
