"""Where the register is: --register, then TIPLETTERS_REGISTER, then tipletters.toml, then this user's own file."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from tipletters.config import House
from tipletters.errors import RegisterError
from tipletters.quiet import Quiet

VARIABLE = "TIPLETTERS_REGISTER"
# Another folder for the register of this user, its key and its newest head.
HOME = "TIPLETTERS_HOME"


@dataclass(frozen=True, repr=False)
class Place(Quiet):
    """Where a register is kept.

    Args:
        file: its SQLite file; None for a PostgreSQL database.
        url: the database's address; empty for a file. It may hold a password and is never shown.
        described: the place in words, without a password.
        chosen: somebody configured it; False for the user's own file, which is used only once it is there.
    """

    file: Path | None
    url: str
    described: str
    chosen: bool

    @property
    def name(self) -> str:
        """A name for what belongs to this place: its key and its newest head."""
        return hashlib.sha256(self.described.encode()).hexdigest()[:16]

    @property
    def is_new(self) -> bool:
        """Say whether it is a file that is not there yet; one that we may not look at is there for all we know."""
        try:
            return self.file is not None and not (self.file.exists() and self.file.stat().st_size)
        except OSError:
            return False

    @property
    def whose(self) -> str:
        """Say in words which register this is, and whether it knows only what was recorded on this computer."""
        if self.file is None:
            return f"your team's register ({self.described})."
        return f"the register on this computer ({self.described}). It knows only what was recorded here."


def home() -> Path:
    """Return this user's folder for the register, its key and its newest head."""
    return Path(os.environ.get(HOME) or platformdirs.user_data_dir("tipletters", appauthor=False))


def find_place(where: str | None, *, house: House, folder: Path) -> Place:
    """Return where the register is.

    Args:
        where: what the worker typed; it wins.
        house: the organisation's defaults.
        folder: what a path that was typed is relative to.

    Raises:
        RegisterError: the address is of a kind that we do not know.
    """
    if typed := where or os.environ.get(VARIABLE):
        return _place(typed, folder)
    if house.config.register.where:
        return _place(house.config.register.where, house.folder or folder)
    return _file(home() / "register.db", chosen=False)


def _place(typed: str, folder: Path) -> Place:
    if "://" not in typed:
        return _file(folder / Path(typed).expanduser(), chosen=True)
    from tipletters.register.postgres import address

    url, described = address(typed)
    return Place(None, url, described, chosen=True)


def _file(path: Path, *, chosen: bool) -> Place:
    if os.path.isdir(path):  # noqa: PTH112 - a Path raises where we may not look
        raise RegisterError(
            "The register must be a file, and this is a folder.",
            where=str(path),
            then="Add a file name, such as register.db.",
        )
    path = path.resolve()
    return Place(path, "", str(path), chosen)
