"""Finds the data that ships with tipletters: the same in a wheel, an editable install and a bare checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder of shipped data called `name` ("templates" or "wordlists")."""
    in_wheel = _PACKAGE / "_data" / name
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent / name


def is_shipped(path: Path) -> bool:
    """Say whether `path` lies in the data that ships with tipletters."""
    return path.resolve().is_relative_to(folder("templates").resolve())
