"""The letters in the folder: each is a case file, found by an id that says nothing."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from tipletters.casefile import case_text, changed
from tipletters.config import FILE_NAME, find
from tipletters.draft import template_folders
from tipletters.errors import CaseError
from tipletters.files import make_folder, write_all
from tipletters.template import Template
from tipletters.template import find as find_template
from tipletters.tomlfile import parse_toml, read_text, read_toml
from tipletters.web.desk import Desk

_NOT_FOUND = "This letter is not in the folder any more."
_CHANGED = "This letter was changed somewhere else since you opened it."


class ChangedError(CaseError):
    """A letter was changed by somebody else since the page read it."""


def letters(desk: Desk) -> Iterator[tuple[str, Path]]:
    """Yield the id and the case file of every letter in the folder and in the folders right inside it."""
    for path in _candidates(desk):
        try:
            is_letter = "template" in read_toml(path)
        except CaseError:
            is_letter = True  # it is shown with what is wrong with it
        if is_letter:
            yield id_of(desk, path), path


def _candidates(desk: Desk) -> Iterator[Path]:
    for path in sorted((*desk.folder.glob("*.toml"), *desk.folder.glob("*/*.toml"))):
        ours = path.name == FILE_NAME or path.name.endswith(("review.toml", "corrections.toml"))
        if not ours and path.is_file() and path.resolve().is_relative_to(desk.folder):
            yield path


def id_of(desk: Desk, path: Path) -> str:
    """Return a case file's id: the same as long as the file stays where it is."""
    return hashlib.blake2b(path.relative_to(desk.folder).as_posix().encode(), digest_size=8).hexdigest()


def case_file(desk: Desk, letter: object) -> Path:
    """Return a letter's case file; only what stands in the folder can be named.

    Raises:
        CaseError: there is none.
    """
    for path in _candidates(desk):
        if id_of(desk, path) == letter:
            return path
    raise CaseError(_NOT_FOUND, then="Go to Letters and look for it there.")


def read(desk: Desk, letter: object) -> tuple[Path, str, dict[str, Any]]:
    """Return a letter's file, its text, and what stands in it.

    Raises:
        CaseError: there is none, or it is not TOML.
    """
    path = case_file(desk, letter)
    text = read_text(path)
    return path, text, parse_toml(text, str(path))


def state(text: str) -> str:
    """Return what tells one state of a file from another."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def keep(desk: Desk, sent: Mapping[str, Any], given: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Save answers into a letter's case file, whole.

    Args:
        desk: the folder.
        sent: what the page sent: the letter's id; the state that the page knows, since another one was written by
            somebody else and is not overwritten; the page's own number, since the last words may come from a page that
            closes and has not heard yet what became of those before; and whether what somebody else wrote may be
            written over, since the worker said so.
        given: answers by section.

    Returns:
        The new state, and what stands in the file.

    Raises:
        ChangedError: it was changed somewhere else.
        TiplettersError: it cannot be read or saved.
    """
    path, text, _ = read(desk, sent.get("letter"))
    wrote: dict[Any, str] = desk.held.setdefault("wrote", {})  # what each page wrote last
    tab = str(sent.get("tab") or "")
    if state(text) not in (sent.get("seen"), tab and wrote.get(tab)) and sent.get("over") is not True:
        raise ChangedError(_CHANGED, then="Load the page again to go on with what stands there now.")
    made = changed(text, given)
    if made != text:
        write_all({path: made.encode()}, force=True)
    wrote[tab] = state(made)
    return state(made), parse_toml(made, str(path))


def begin(desk: Desk, template: str) -> str:
    """Begin a letter and return its id. Its folder is named after a free reference that says nothing.

    Raises:
        TiplettersError: there is no such template, or the folder cannot be written.
    """
    head = find_template(template, template_folders(desk.folder, find(desk.folder))).head
    today = desk.now().date()
    reference = _free_reference(desk, today)
    path = desk.folder / reference / "case.toml"
    make_folder(path.parent)
    write_all({path: case_text(template, head, {"reference": reference, "date": today}).encode()})
    return id_of(desk, path)


def keep_beside(desk: Desk, letter: object, given: Mapping[str, Any]) -> str:
    """Keep answers as a letter of its own, beside one that somebody else changed, and return its id.

    It stands in the same folder, under the same reference: where the client was asked about the letter, that is found
    there, and nobody gets a copy that knows nothing of it.

    Raises:
        TiplettersError: the letter cannot be read, or the folder cannot be written.
    """
    old, text, _ = read(desk, letter)
    path = next(one for n in count(2) if not (one := old.with_name(f"{old.stem}-{n}.toml")).exists())
    write_all({path: changed(text, given).encode()})
    return id_of(desk, path)


def _free_reference(desk: Desk, today: date) -> str:
    names = (f"L-{today:%y%m%d}-{number}" for number in range(1, 10_000))
    return next(name for name in names if not (desk.folder / name).exists())


def listed(data: Mapping[str, Any], name: str) -> list[Any]:
    """Return a list that the page sent or a case file holds; empty where there is none.

    Raises:
        CaseError: something else stands there.
    """
    found = data.get(name, [])
    if not isinstance(found, list):
        raise CaseError(f"“{name}” must be a list.", then="Mend it in the case file, or load the page again.")
    return found


def template_of(path: Path, data: Mapping[str, Any]) -> Template:
    """Return a letter's template.

    Raises:
        TemplateError: there is none.
    """
    return find_template(str(data.get("template", "")), template_folders(path.parent, find(path.parent)))
