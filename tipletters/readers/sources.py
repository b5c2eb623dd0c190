"""Finds the files to read: folders are walked, zips are opened, and what is left out is named."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tipletters.errors import ReadError, TiplettersError
from tipletters.quiet import Quiet
from tipletters.readers import kind_of
from tipletters.readers.model import MOST_BYTES, Source, hostile, too_big
from tipletters.readers.package import Package

# What systems and programs leave lying about.
_LEFTOVERS = ("~$", ".~lock.", "._")
_LEFTOVER_NAMES = frozenset((".ds_store", "thumbs.db", "desktop.ini", "__macosx"))
# Stands in the name of each document that we answered in, so that nobody sends it.
CHECKED = "CHECK"
_ANSWER = re.compile(rf"-{CHECKED}(?:-\d+)?$")
_CASE = re.compile(r"\.toml(?:\.(?:old|new)\d*)?$", re.IGNORECASE)
# Stands in the head of each page for the worker, so that no folder takes it for a letter.
FOR_WORKER = "tipletters, for the worker"
_HEAD = 1000  # bytes in which that stands
_DEEPEST = 3  # zips in zips


@dataclass(frozen=True, repr=False)
class Found(Quiet):
    """One file that was found.

    Args:
        path: where it stands; for a file in a zip, the zip's path and its name in it.
        source: its bytes; None where there are none to read.
        error: why it cannot be read.
        skipped: why nobody would want it read.
    """

    path: Path
    source: Source | None = None
    error: str = ""
    skipped: str = ""


def sources(paths: tuple[Path, ...]) -> Iterator[Found]:
    """Yield every file under some paths, one at a time; what cannot be read is yielded with the reason.

    Args:
        paths: files, folders and zips.
    """
    for path in paths:
        if path.is_dir():
            for file in _walked(path):
                if _is_case(file.name):
                    yield Found(file, skipped="A case or settings, no letter. To check it too, name it.")
                elif _is_ours(file):
                    yield Found(file, skipped="Our own answer or report. To check it too, name it.")
                else:
                    yield from _file(file)
        else:
            yield from _file(path)


def _is_case(name: str) -> bool:
    """Say whether a file is a case or tipletters.toml, or what `new --resume` kept of one."""
    return bool(_CASE.search(name))


def _is_ours(file: Path) -> bool:
    """Say whether a file is an answer to a letter, or a page for the worker, that we wrote."""
    if _ANSWER.search(file.stem):
        return True
    try:
        if not file.suffix.casefold().startswith(".htm") or not file.is_file():
            return False
        with file.open("rb") as page:
            return f'content="{FOR_WORKER}"'.encode() in page.read(_HEAD)
    except OSError:
        return False  # reading it will say why


def _walked(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and of those in it, by name; a link to a folder is not followed."""
    for here, inner, files in os.walk(folder):
        inner.sort()
        for name in sorted(files):
            yield Path(here) / name


def _file(path: Path) -> Iterator[Found]:
    if _is_leftover(path.name):
        yield Found(path, skipped="A leftover of the system or of Word; there is no letter in it.")
        return
    try:
        if path.exists() and not path.is_file():
            raise ReadError("This is not a file.")
        if path.exists() and path.stat().st_size > MOST_BYTES:
            raise too_big()
        source = Source(path.read_bytes(), path.name, path.resolve().parent)
    except (OSError, ValueError, ReadError) as problem:
        yield Found(path, error=reason(problem))
        return
    yield from _opened(path, source, 0)


def _opened(path: Path, source: Source, depth: int) -> Iterator[Found]:
    """Yield a file, or for a zip the files in it."""
    try:
        if kind_of(source.data, source.name) != "zip":
            yield Found(path, source)
            return
        if depth >= _DEEPEST:
            raise hostile()
        package = Package(source.data)
    except ReadError as problem:
        yield Found(path, error=reason(problem))
        return
    names = [name for name in package.names if not name.endswith("/")]
    if not names:
        yield Found(path, error="This zip is empty.")
    for name in sorted(names):
        yield from _member(path / name, package, name, source.folder, depth)


def _member(path: Path, package: Package, name: str, folder: Path | None, depth: int) -> Iterator[Found]:
    if any(_is_leftover(part) for part in name.split("/")):
        yield Found(path, skipped="A leftover of the system or of Word; there is no letter in it.")
        return
    try:
        source = Source(package.read(name, MOST_BYTES), path.name, folder)
    except ReadError as problem:
        yield Found(path, error=reason(problem))
        return
    yield from _opened(path, source, depth + 1)


def _is_leftover(name: str) -> bool:
    return name.startswith(_LEFTOVERS) or name.lower() in _LEFTOVER_NAMES


def reason(problem: Exception) -> str:
    """Return in one line why a file could not be read."""
    if isinstance(problem, TiplettersError):
        return f"{problem.what} {problem.then}".strip()
    why = getattr(problem, "strerror", None) or "the name is not allowed"
    return f"This file cannot be read: {why}."
