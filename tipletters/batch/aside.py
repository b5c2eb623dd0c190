"""Puts aside what must not go out any more: nothing is deleted, and nothing of it stays among what is to be printed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tipletters.files import make_folder, writing

ASIDE = "put-aside"
PRINT, ZIP = "print", "letters.zip"


def put_aside(folder: Path, within: str, names: Iterable[str]) -> list[str]:
    """Move files of a run's folder to where they can still be found, and return where each is now.

    Args:
        folder: the folder that the worker named.
        within: the folder in it where they stand; empty for the folder itself.
        names: their names; one that is not there is passed over.

    Raises:
        OutputError: one cannot be moved.
    """
    moved = []
    for name in names:
        old = folder / within / name
        if not old.is_file():
            continue
        place = folder / ASIDE / name
        if place.is_file():  # one of this name is there already: it is kept, too
            with writing(old):
                mark = hashlib.sha256(old.read_bytes()).hexdigest()[:8]
            place = place.with_stem(f"{place.stem}-{mark}")
        make_folder(place.parent)
        with writing(old):
            old.replace(place)
        moved.append(place.relative_to(folder).as_posix())
    return moved


def unjoin(folder: Path) -> bool:
    """Take away what an earlier run joined; a letter in it may be one that nobody may have any more.

    Args:
        folder: the folder that the worker named.

    Returns:
        Whether there was something.

    Raises:
        OutputError: it is open in another program.
    """
    joined = [path for path in (folder / PRINT).glob("*") if path.suffix in (".docx", ".pdf")]
    joined += [folder / ZIP] if (folder / ZIP).is_file() else []
    for path in joined:
        with writing(path):
            path.unlink()
    return bool(joined)
