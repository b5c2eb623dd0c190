"""Forgets at the end of retention or by right; says what is due; makes backups and restores them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, update

from tipletters.access import Standing, stands
from tipletters.consent import Provision
from tipletters.errors import OutputError, RegisterError
from tipletters.quiet import Quiet
from tipletters.register import engine as engines
from tipletters.register.database import Database
from tipletters.register.entries import FORGOTTEN, PROVISION, RESTORED, provision_from
from tipletters.register.head import put_head
from tipletters.register.history import New, append, content_of, entries_of, newest
from tipletters.register.place import Place
from tipletters.register.schema import entries
from tipletters.register.verify import verify
from tipletters.wording import counted

# So many signs of a client's keyed form tell them apart, for `register due` and `register forget`.
CODE = 12
_MANY = 500


@dataclass(frozen=True, repr=False)
class Due(Quiet):
    """A client of whom nothing new was recorded for longer than the organisation keeps things.

    Args:
        code: what stands for the client, whose number the register does not know.
        last: the day of the newest entry.
        references: their letters, by which the organisation knows them.
    """

    code: str
    last: date
    references: tuple[str, ...]


def due(database: Database, *, before: date) -> list[Due]:
    """Return the clients of whom the newest entry is older than a day, the oldest first.

    Raises:
        RegisterError: the register cannot be read.
    """
    last = func.max(entries.c.at)
    query = (
        select(entries.c.client, last.label("last"))
        .where(entries.c.client != "")
        .group_by(entries.c.client)
        .having(last < before.isoformat())
        .order_by(last)
    )
    with database.reading() as connection:
        return [
            Due(row.client[:CODE], date.fromisoformat(row.last[:10]), _references(connection, row.client))
            for row in connection.execute(query).all()
        ]


def _references(connection: Connection, client: str) -> tuple[str, ...]:
    rows = connection.execute(select(entries.c.content).where(entries.c.client == client)).scalars()
    held = (content_of(row) for row in rows if row is not None)
    return tuple(sorted({one.get("reference") or one.get("letter") or "" for one in held} - {""}))


def years_before(day: date, years: int) -> date:
    """Return the same day some years before; 1 March for a 29 February that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def expiring(database: Database, *, now: datetime, until: date) -> list[tuple[str, Provision]]:
    """Return each yes in force that runs out by a day, the soonest first, with the code of its client.

    One that was renewed, so that nothing runs out with it, is not among them.

    Raises:
        RegisterError: the register cannot be read, or was changed.
    """
    answers: dict[str, list[Provision]] = defaultdict(list)
    with database.reading() as connection:
        for entry in entries_of(connection, database.keys, None, [PROVISION]):
            if entry.content:
                answers[entry.client].append(provision_from(entry.content, f"entry {entry.number}"))
    found = [
        (client[:CODE], one)
        for client, said in answers.items()
        for one in said
        if one.until and now.date() <= one.until <= until and _runs_out(one, said, now)
    ]
    return sorted(found, key=lambda pair: pair[1].until or until)


def _runs_out(one: Provision, said: Sequence[Provision], now: datetime) -> bool:
    """Say whether a yes holds now, and what it is about would not on the day after its last."""
    after = datetime.combine((one.until or now.date()) + timedelta(1), now.time())
    return [stands(one, said, when) is Standing.PERMITTED for when in (now, after)] == [True, False]


def forget(database: Database, client: str, *, reason: str, by: str, at: datetime) -> int:
    """Take out all that is on record of a client, and record that this was done. Returns how many entries it was.

    What stays of each entry is its number, day, kind and who made it, so that the history can still be verified.

    Args:
        database: the register's.
        client: the client's key, or the code that `due` gave.
        reason: why, in a few words; never a name.
        by: who does it.
        at: when.

    Raises:
        RegisterError: the register cannot be written, or the code stands for nobody or for several.
    """
    with database.writing() as connection:
        keyed = _keyed(connection, database, client)
        numbers = list(
            connection.execute(
                select(entries.c.number).where(entries.c.client == keyed).order_by(entries.c.number)
            ).scalars()
        )
        if numbers:
            connection.execute(update(entries).where(entries.c.client == keyed).values(content=None, client=""))
            news = [New(FORGOTTEN, "", {"numbers": numbers, "reason": reason})]
            append(connection, database.keys, news, by=by, at=at)
    return len(numbers)


def _keyed(connection: Connection, database: Database, client: str) -> str:
    found = (
        connection.execute(
            select(entries.c.client).where(entries.c.client.startswith(client.strip(), autoescape=True)).distinct()
        )
        .scalars()
        .all()
    )
    if len(client.strip()) < CODE or not found:
        return database.keys.client(client)
    if len(found) > 1:
        raise RegisterError("This code stands for several clients.", then="Use the client's number or key instead.")
    return str(found[0])


def backup(database: Database, to: Path) -> int:
    """Write the whole history into a new, encrypted file. Returns how many entries it holds.

    Raises:
        OutputError: there is a file of that name already.
        RegisterError: the register cannot be read, or the backup not be written.
    """
    if to.exists():
        raise OutputError("There is a file of this name already.", where=str(to), then="Choose another.")
    place = Place(to.resolve(), "", str(to), chosen=True)
    engine = engines.make_engine(place, database.keys.file)
    engines.prepare(engine, place)
    try:
        with database.reading() as source, engines.transaction(engine, place) as target:
            return _copy(source, target)
    finally:
        engine.dispose()


def restore(database: Database, backup_file: Path, *, by: str, at: datetime, force: bool = False) -> int:
    """Put a backup in the place of what the register holds, and record that. Returns the newest entry of the backup.

    Args:
        database: the register's.
        backup_file: what `backup` wrote.
        by: who does it.
        at: when.
        force: do it also where the register holds entries that the backup lacks.

    Raises:
        RegisterError: the backup is not one of this register, or entries would be lost.
    """
    if not backup_file.is_file():
        raise RegisterError("There is no such backup.", where=str(backup_file), then="Check the name and the folder.")
    place = Place(backup_file.resolve(), "", str(backup_file), chosen=True)
    key = "" if engines.is_plain(backup_file) else database.keys.file
    engine = engines.make_engine(place, key)
    source = replace(database, place=place, engine=engine, encrypted=bool(key))
    try:
        _refuse_unsound(source)
        with source.reading() as old, database.writing() as connection:
            back_to, lost = newest(old), newest(connection)
            if lost.number > back_to.number and not force:
                raise RegisterError(
                    f"{counted(lost.number - back_to.number, 'entry', 'entries')} of the register would be lost, "
                    "which this backup lacks: among them perhaps a client's no.",
                    where=str(backup_file),
                    then="Make a backup of the register as it is; then restore with --force.",
                )
            connection.execute(delete(entries))
            _copy(old, connection)
            news = [New(RESTORED, "", {"back_to": back_to.number, "lost": max(0, lost.number - back_to.number)})]
            head = append(connection, database.keys, news, by=by, at=at)
    finally:
        engine.dispose()
    put_head(database.place, head)
    return back_to.number


def _refuse_unsound(source: Database) -> None:
    found = verify(source)
    if found.problems or not found.count:
        raise RegisterError(
            "This backup cannot be trusted: it is empty, was changed, or belongs to another register.",
            where=source.place.described,
            then="Take an older backup.",
        )


def _copy(source: Connection, target: Connection) -> int:
    """Copy all entries as they are. Returns how many."""
    rows = source.execution_options(yield_per=_MANY).execute(select(entries).order_by(entries.c.number))
    copied = 0
    for some in rows.mappings().partitions(_MANY):
        target.execute(insert(entries), [dict(row) for row in some])
        copied += len(some)
    return copied
