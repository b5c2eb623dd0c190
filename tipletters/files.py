"""Writes files whole or not at all, for their owner alone, and never over another file unless asked to."""

import contextlib
import errno
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tipletters.errors import AlreadyThereError, OutputError

# Advice that not every command can follow, such as -o, stands in a sentence by itself: the others leave it out.
_OWN = "Check that this folder is your own, and not for reading alone. Or choose a folder of your own with -o."
_REASONS = {
    errno.ENOSPC: ("The disk is full.", "Make room. Or choose another folder with -o. Nothing was left half written."),
    errno.EDQUOT: ("Your share of the disk is full.", "Make room. Or choose another folder with -o."),
    errno.EACCES: ("We may not write here.", _OWN),
    errno.EPERM: ("We may not write here.", _OWN),
    errno.EROFS: ("This place can only be read.", _OWN),
    errno.ENAMETOOLONG: (
        "The file's name or path is too long.",
        "Give the folders shorter names. Or choose a folder with a shorter path with -o.",
    ),
    errno.ENOTDIR: ("Part of this path is a file, not a folder.", "Check the path. Or choose another folder with -o."),
    errno.EEXIST: ("There is a file of this name already, and we do not overwrite.", "Move it. Or add --force."),
}
_OTHERWISE = "The file cannot be written here.", "Try again. Or choose another folder with -o."
# On Windows, a file that another program holds open is one that we may not write.
_OPEN = (
    "We may not write this file, or it is open in another program.",
    f"If it is open, for instance in Word or Excel, close it there and try again. {_OWN}",
)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where they are missing.

    Raises:
        OutputError: it cannot be made.
    """
    with writing(folder):
        if folder.exists() and not folder.is_dir():
            raise OutputError(
                "This is a file, not a folder.", where=str(folder), then="Move it. Or choose another with -o."
            )
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def write_all(files: Mapping[Path, bytes], *, force: bool = False, before: Callable[[], None] = lambda: None) -> None:
    """Write several files; where one fails, those that this call newly made are taken away again.

    Args:
        files: what to write where.
        force: write over files that are there; a file that is there with the same content is left as it is.
        before: called when every file is ready and none is in its place yet; if it raises, none is written.

    Raises:
        OutputError: a file is there already, or cannot be written.
    """
    if not force:
        files = {path: data for path, data in files.items() if not _is_there(path, data)}
    waiting: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, data in files.items():
            with writing(path):
                waiting[path] = _aside(path, data)
        before()
        for path, aside in waiting.items():
            with writing(path):
                _put(aside, path, force)
                if not force:
                    made.append(path)
        made.clear()
    finally:
        for path in (*waiting.values(), *made):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _is_there(path: Path, data: bytes) -> bool:
    """Say whether the very same file is there already; another file of its name is an error."""
    with writing(path):
        if not path.exists():
            return False
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return True
        raise FileExistsError(errno.EEXIST, "")


def _aside(path: Path, data: bytes) -> Path:
    """Write the data beside its place, under a name that says nothing."""
    aside = path.parent / f".{secrets.token_hex(8)}.part"
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return aside


def _put(aside: Path, path: Path, force: bool) -> None:
    if force:
        aside.replace(path)
    elif sys.platform == "win32":
        aside.rename(path)  # on Windows this refuses to overwrite
    else:
        try:
            os.link(aside, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if path.exists():
                raise FileExistsError(errno.EEXIST, "") from None
            aside.rename(path)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what goes wrong with a file into an error that a worker can act on.

    Args:
        path: the file.

    Raises:
        OutputError: in place of the system's own.
    """
    try:
        yield
    except (OSError, ValueError) as problem:
        number = getattr(problem, "errno", None) or 0
        what, then = _OPEN if _may_be_open(number, path) else _REASONS.get(number, _OTHERWISE)
        kind = AlreadyThereError if number == errno.EEXIST else OutputError
        raise kind(what, where=str(path), then=then) from None


def _may_be_open(number: int, path: Path) -> bool:
    try:
        return number in (errno.EACCES, errno.EPERM) and path.is_file()
    except (OSError, ValueError):
        return False
