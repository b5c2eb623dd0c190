"""Opens the database: SQLite in a file for one worker, PostgreSQL for a team. Writes wait for one another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, text

from tipletters.errors import RegisterError
from tipletters.files import make_folder
from tipletters.register.place import Place
from tipletters.register.schema import REVISION, entries

# How long a write waits for another worker's.
_PATIENCE = 30
# The number of the lock under which a team's database is set up; any number that nobody else uses.
_FIRST_USE = 7_475_706


def make_engine(place: Place) -> Engine:
    """Return the engine for a place; nothing is opened yet."""
    if place.file is None:
        return create_engine(place.url, pool_pre_ping=True)
    engine = create_engine(f"sqlite:///{place.file}", connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _careful)
    event.listen(engine, "begin", _begin)
    return engine


def _careful(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's own transactions, not the driver's
    for pragma in ("synchronous = EXTRA", "secure_delete = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine, place: Place) -> Iterator[Connection]:
    """Open a connection to read.

    Raises:
        RegisterError: the register cannot be reached or read.
    """
    with _explained(place), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, place: Place) -> Iterator[Connection]:
    """Open a connection that writes alone: all of it is kept, or nothing.

    Raises:
        RegisterError: the register cannot be reached or written.
    """
    with _explained(place), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if place.file is None:
            connection.execute(text("LOCK TABLE entries IN EXCLUSIVE MODE"))
        yield connection


def prepare(engine: Engine, place: Place) -> bool:
    """Bring the tables up to date; say whether the register is new.

    Raises:
        RegisterError: it cannot be opened, or a newer version of the program made it.
    """
    if place.file is not None:
        _make_file(place.file, place)
    with _explained(place), engine.connect() as connection:
        revision = _revision(connection)
    if revision == REVISION:
        return False
    with _explained(place), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if place.file is None:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_FIRST_USE})"))
        if _revision(connection) != REVISION:
            _migrate(connection, place)
        return connection.execute(entries.select().limit(1)).first() is None


def _make_file(file: Path, place: Place) -> None:
    """Make an empty file for its owner alone, so that SQLite never makes one that others can read."""
    make_folder(file.parent)
    with _explained(place):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))


def _revision(connection: Connection) -> str:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _migrate(connection: Connection, place: Place) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "tipletters.register:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise RegisterError(
            "A newer version of tipletters made this register.",
            where=place.described,
            then="Bring tipletters up to date on this computer.",
        ) from None


@contextmanager
def _explained(place: Place) -> Iterator[None]:
    try:
        yield
    except (exc.SQLAlchemyError, OSError) as problem:
        raise RegisterError(
            f"The register cannot be used ({_reason(problem)}).",
            where=place.described,
            then="Try again. If it stays so, ask the person who looks after tipletters.",
        ) from None


def _reason(problem: Exception) -> str:
    said = str(getattr(problem, "orig", problem))
    for sign, reason in _REASONS.items():
        if sign in said:
            return reason
    return type(getattr(problem, "orig", problem)).__name__


_REASONS = {
    "locked": "another program has it open for a long time",
    "not a database": "the file is no register, or is encrypted with another key",
    "malformed": "the file is damaged",
    "readonly": "we may not write there",
    "unable to open": "the file cannot be opened",
    "disk is full": "the disk is full",
    "onnection refused": "nobody answers at its address",
    "authentication failed": "it does not know this user or password",
    "ermission denied": "we may not use it",
}
