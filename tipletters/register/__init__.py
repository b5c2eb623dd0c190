"""The register: a small store that remembers, from letter to letter, what clients answered and who holds which letter.

It holds no letter text and no client's words. See docs/consent.md and docs/for-your-organisation.md. The database is
imported when a register is opened, so that a letter without one is as quick as ever.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from tipletters.config import House
from tipletters.register.entries import Sent
from tipletters.register.place import Place, find_place

if TYPE_CHECKING:
    from tipletters.register.store import Register

__all__ = ["Place", "Sent", "find_place", "open_place", "open_register"]


def open_register(where: str | None, *, house: House, folder: Path) -> "Register":
    """Open the register, and make it where it is missing.

    Args:
        where: a file or a PostgreSQL address that the worker typed; without it TIPLETTERS_REGISTER counts, then
            `tipletters.toml`, then the user's own file.
        house: the organisation's defaults.
        folder: what a path is relative to.

    Raises:
        RegisterError: it cannot be opened.
    """
    return open_place(find_place(where, house=house, folder=folder))


def open_place(place: Place) -> "Register":
    """Open the register at a place, and make it where it is missing.

    Raises:
        RegisterError: it cannot be opened.
    """
    from tipletters.register.database import open_database
    from tipletters.register.store import Register

    return Register(open_database(place))
