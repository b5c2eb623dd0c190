"""Goes through the whole history and says what is not as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from tipletters.register.database import Database
from tipletters.register.entries import CREATED, FORGOTTEN
from tipletters.register.head import kept_head
from tipletters.register.history import content_of
from tipletters.register.schema import entries

# So many rows are fetched at once, so that a long history needs little memory.
_SOME = 1000


@dataclass
class Verified:
    """What a look through the history found.

    Args:
        count: how many entries there are.
        problems: what is not as it was written; empty where all is well.
        gaps: what was forgotten: on which day, how many entries, why.
        noted: this computer had noted the newest entry before.
    """

    count: int = 0
    problems: list[str] = field(default_factory=list)
    gaps: list[tuple[str, int, str]] = field(default_factory=list)
    noted: bool = False


def verify(database: Database) -> Verified:
    """Check every entry's seal and bond, that none is missing, and that the newest one is still there.

    Raises:
        RegisterError: the register cannot be read.
    """
    found, kept = Verified(), kept_head(database.place)
    found.noted = kept is not None
    with database.reading() as connection:
        empty, allowed = set[int](), set[int]()
        bonds = dict(_walk(connection, database, found, empty, allowed, kept.number if kept else 0))
    found.problems += [f"The content of entry {number} was taken out." for number in sorted(empty - allowed)]
    if kept and bonds.get(kept.number) != kept.bond:
        found.problems.append(
            f"Entry {kept.number}, the newest that this computer saw, is missing: the end was cut off, or this is "
            "another register or an older state of it."
        )
    return found


def _walk(
    connection: Connection, database: Database, found: Verified, empty: set[int], allowed: set[int], wanted: int
) -> Iterator[tuple[int, str]]:
    """Note in `found` what is wrong with each entry; yield the bond of the one that is wanted."""
    keys, before, expected = database.keys, "", 1
    rows = connection.execution_options(yield_per=_SOME).execute(select(entries).order_by(entries.c.number))
    for row in rows:
        found.count += 1
        if row.number != expected:
            found.problems.append(f"Entries {expected} to {row.number - 1} are missing.")
        elif row.bond != keys.bond(before, row.number, row.at, row.by, row.kind, row.seal):
            found.problems.append(f"Entry {row.number} was changed, moved or exchanged.")
        elif row.content is None and row.client == "":
            empty.add(row.number)
        elif row.content is None:
            found.problems.append(f"The client of entry {row.number}, which was forgotten, was put in again.")
        elif row.seal != keys.seal(row.client, row.content):
            found.problems.append(f"The content of entry {row.number} was changed.")
        elif row.kind == FORGOTTEN:
            content = content_of(row.content)
            allowed.update(content["numbers"])
            found.gaps.append((row.at[:10], len(content["numbers"]), content["reason"]))
        if (row.number == 1) != (row.kind == CREATED):
            found.problems.append("The history does not begin where it should.")
        before, expected = row.bond, row.number + 1
        if row.number == wanted:
            yield row.number, row.bond
