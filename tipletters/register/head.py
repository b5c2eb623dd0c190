"""The newest entry that this computer saw, noted outside the database: nobody would miss the newest ones without it."""

import json
from contextlib import suppress

from sqlalchemy import Connection, select

from tipletters.errors import OutputError, RegisterError
from tipletters.files import make_folder, write_all
from tipletters.register.chain import Keys
from tipletters.register.entries import RESTORED
from tipletters.register.history import Head, count, entries_of, newest
from tipletters.register.place import Place, home
from tipletters.register.schema import entries


def kept_head(place: Place) -> Head | None:
    """Return the newest entry that this computer saw; None where it saw none.

    Raises:
        RegisterError: the note of it cannot be read.
    """
    path = home() / f"{place.name}.head"
    try:
        return Head(**json.loads(path.read_text(encoding="ascii"))) if path.exists() else None
    except (OSError, ValueError, TypeError):
        raise RegisterError(
            "The note of the register's newest entry cannot be read.",
            where=str(path),
            then="Verify the register: tipletters register verify. If it is whole, delete this file.",
        ) from None


def keep_head(place: Place, head: Head) -> None:
    """Note the newest entry outside the database; a note that is behind is caught up at the next opening."""
    with suppress(OutputError, RegisterError):
        kept = kept_head(place)
        if head.number > (kept.number if kept else 0):
            put_head(place, head)


def put_head(place: Place, head: Head) -> None:
    """Write the note of the newest entry.

    Raises:
        OutputError: it cannot be written.
    """
    make_folder(home())
    note = json.dumps({"number": head.number, "bond": head.bond})
    write_all({home() / f"{place.name}.head": note.encode()}, force=True)


def check_key(connection: Connection, place: Place, keys: Keys) -> None:
    """Refuse a key that did not begin this history.

    Raises:
        RegisterError: it is another register's key.
    """
    row = connection.execute(select(entries).where(entries.c.number == 1)).first()
    if row is not None and row.bond != keys.bond("", row.number, row.at, row.by, row.kind, row.seal):
        raise RegisterError(
            "The key on this computer does not belong to this register, or its first entry was changed.",
            where=place.described,
            then="Put in the key that was shown where the register was made: tipletters register key --set.",
        )


def check_head(connection: Connection, place: Place, keys: Keys) -> None:
    """Refuse a register that lacks entries which this computer saw, or in which one is missing.

    Raises:
        RegisterError: entries were cut off, removed, or belong to another register.
    """
    kept, head = kept_head(place), newest(connection)
    if count(connection) != head.number:
        raise _lacking(place)
    if kept is None:
        keep_head(place, head)
        return
    bond = connection.execute(select(entries.c.bond).where(entries.c.number == kept.number)).scalar()
    if bond != kept.bond:
        if not _restored_before(connection, keys, kept):
            raise _lacking(place)
        put_head(place, head)
    keep_head(place, head)


def _restored_before(connection: Connection, keys: Keys, kept: Head) -> bool:
    """Say whether the register was restored, with our own key, from a backup that is older than what we saw."""
    found = entries_of(connection, keys, [""], [RESTORED])
    return any(entry.content is not None and entry.content["back_to"] < kept.number for entry in found)


def _lacking(place: Place) -> RegisterError:
    return RegisterError(
        "Entries that were in the register are missing, or this is another register.",
        where=place.described,
        then="Make no copies now. Tell the person who looks after tipletters: tipletters register verify.",
    )
