"""Reads TOML files that people wrote by hand, and fits their values into frozen dataclasses.

Errors name the file, the line or key, and the way out; they never repeat a value.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast, get_args

from pydantic import TypeAdapter, ValidationError

from tipletters.errors import CaseError, TiplettersError, did_you_mean

T = TypeVar("T")

_DOCUMENTS = frozenset((".docx", ".doc", ".odt", ".rtf", ".pdf", ".xlsx", ".xls"))
_WORDS = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is not a word that belongs here",
    "string_type": "must be text, in quotation marks",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "tuple_type": 'must be a list, such as ["one", "two"]',
    "list_type": 'must be a list, such as ["one", "two"]',
    "dict_type": "must be a section of its own",
    "dataclass_type": "must be a section of its own",
    "date_type": "must be a date, such as 2026-08-26",
    "date_parsing": "is not a date that exists; write it as year-month-day, such as 2026-08-26",
    "date_from_datetime_parsing": "is not a date that exists; write it as year-month-day, such as 2026-08-26",
    "date_from_datetime_inexact": "must be a date without a time",
    "time_type": "must be a time, such as 17:30",
    "time_parsing": "must be a time, such as 17:30",
}
_TWICE = (
    "Keep one of the two: a word before = may stand once in a section, a section such as [client] once in the file. "
    "A list, such as [[recipients]], has two brackets each time."
)


def read_text(path: Path, error: type[TiplettersError] = CaseError) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark and with either kind of line end.

    Raises:
        TiplettersError: of the class `error`, where the file cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        if path.suffix.lower() in _DOCUMENTS:
            raise error(
                "This is a document. What is needed here is the case that it is made from.",
                where=str(path),
                then="Name the case: its file ends in .toml. To look over a document, use “tipletters check”.",
            ) from None
        raise error(
            "This file is not UTF-8 text.",
            where=f"{path}, byte {problem.start}",
            then="Open it in Notepad, choose Save as, and choose the encoding UTF-8.",
        ) from None
    except FileNotFoundError:
        raise error("There is no such file.", where=str(path), then="Check the name and the folder.") from None
    except (OSError, ValueError) as problem:
        if path.is_dir():
            raise error(
                "This is a folder. What is needed here is one file in it.",
                where=str(path),
                then="Name the file, such as case.toml. “tipletters status” shows all cases in a folder.",
            ) from None
        reason = getattr(problem, "strerror", None) or "the name is not allowed"
        raise error(
            f"This file cannot be read: {reason}.", where=str(path), then="Check the name and folder."
        ) from None


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        CaseError: the file cannot be read or is not TOML.
    """
    return parse_toml(read_text(path), str(path))


def parse_toml(text: str, where: str, error: type[TiplettersError] = CaseError, first_line: int = 1) -> dict[str, Any]:
    """Return the content of TOML text; `first_line` is where the text begins in the file that `where` names."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        found = re.search(r"line (\d+), column (\d+)", str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        wrong = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
        place = f"{where}, line {line + first_line - 1}" + (f", column {found[2]}" if found else "")
        is_twice = str(problem).startswith(("Cannot overwrite", "Cannot declare", "Duplicate"))
    if is_twice:
        raise error("What begins here stands in the file already.", where=place, then=_TWICE)
    raise error("This line cannot be understood.", where=place, then=_toml_hint(wrong))


def _toml_hint(line: str) -> str:
    if re.search(r'=\s*[“”„‘’‚]|=\s*"[^"]*[“”]\s*$', line):
        return 'Put straight quotation marks (") around the value instead of curly ones.'
    if re.search(r"=\s*(true|false|yes|no)\s*(#.*)?$", line, re.IGNORECASE):
        return "For yes write true, and for no false, in small letters and without quotation marks."
    if re.search(r"=\s*(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})", line):
        return "Check that this date exists. Write it as year-month-day, such as 2026-08-26."
    if re.search(r"=\s*[^\W\d]", line):
        return 'Put quotation marks around text, such as name = "Anna".'
    return 'Text stands in quotation marks: name = "Anna". Long text stands between two lines of """.'


def fit(kind: type[T], data: Any, where: str, error: type[TiplettersError] = CaseError) -> T:
    """Return `data` as a frozen dataclass of the class `kind`.

    Args:
        kind: a dataclass; nested dataclasses are made too.
        data: what the TOML file holds.
        where: the file, for errors.
        error: the class of error to raise.

    Raises:
        TiplettersError: a key is missing or unknown, or a value is of the wrong kind.
    """
    unknown = _unknown(kind, data)
    if unknown:
        key, hint = unknown
        raise error(f"“{key}” is not a word that belongs here.", where=where, then=hint)
    try:
        return cast(T, _adapter(cast(Any, kind)).validate_python(data))
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False, include_context=False)[0]
    key = _key_path(first["loc"])
    words = _WORDS.get(first["type"]) or _own_words(first)
    raise error(f"“{key}” {words}.", where=where, then=f"Mend “{key}” and try again.")


def _own_words(problem: Any) -> str:
    message = str(problem["msg"]).removeprefix("Value error, ").removesuffix(".")
    return message if problem["type"] in {"value_error", "assertion_error"} else _expected(message)


def _expected(message: str) -> str:
    found = re.fullmatch(r"Input should be (.+)", message)
    return f"must be {found[1]}" if found else "is not of the right kind"


def _key_path(loc: tuple[int | str, ...]) -> str:
    parts = [f"number {part + 1}" if isinstance(part, int) else str(part) for part in loc]
    return " → ".join(part for part in parts if not part.startswith(("function-", "tuple[", "list[")))


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class _Shape(NamedTuple):
    """The names that a dataclass knows, and those of them that hold dataclasses."""

    names: tuple[str, ...]
    nested: tuple[tuple[str, tuple[Any, ...]], ...]


@lru_cache(maxsize=256)
def _shape(kind: Any) -> _Shape:
    held = {one.name: (one.type, *get_args(one.type)) for one in fields(kind)}
    nested = ((name, tuple(filter(is_dataclass, types))) for name, types in held.items())
    return _Shape(tuple(held), tuple((name, kinds) for name, kinds in nested if kinds))


def _unknown(kind: Any, data: Any, path: str = "") -> tuple[str, str] | None:
    """Return the first key that the dataclass does not know, with the way out."""
    if not isinstance(data, Mapping):
        return None
    shape = _shape(kind)
    for key in data:
        if key not in shape.names:
            return f"{path}{key}", did_you_mean(str(key), shape.names) or f"Known here: {', '.join(shape.names)}."
    for name, kinds in shape.nested:
        inner = data.get(name)
        rows = enumerate(inner, start=1) if isinstance(inner, list) else [(0, inner)]
        for number, row in rows:
            place = f"{path}{name} → " + (f"number {number} → " if number else "")
            for one in kinds:
                if found := _unknown(one, row, place):
                    return found
    return None
