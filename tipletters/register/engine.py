"""Opens the database: SQLite in a file for one worker, PostgreSQL for a team. Writes wait for one another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, text

from tipletters.errors import RegisterError
from tipletters.register.place import Place
from tipletters.register.schema import REVISION

# How many seconds a write waits for another worker's.
_PATIENCE = 30
# The lock under which a team's database is set up; any number that nobody else uses.
_FIRST_USE = 7_475_706
_PLAIN = b"SQLite format 3\x00"


def is_plain(file: Path) -> bool:
    """Say whether a register's file is there and is not encrypted."""
    with file.open("rb") as opened:
        return opened.read(len(_PLAIN)) == _PLAIN


def make_engine(place: Place, file_key: str) -> Engine:
    """Return the engine for a place; nothing is opened yet.

    Args:
        place: where the register is.
        file_key: the key, in hex, with which its file is encrypted; empty for a file that is not, or a database.
    """
    if place.file is None:
        from tipletters.register.postgres import connect_args

        return create_engine(place.url, pool_pre_ping=True, connect_args=connect_args(place.url))
    return _sqlite(place.file, file_key)


def _sqlite(file: Path, file_key: str) -> Engine:
    from sqlalchemy.pool import QueuePool
    from sqlcipher3 import dbapi2  # SQLite that can encrypt; without a key it is SQLite as always

    def connect() -> Any:
        connection = dbapi2.connect(str(file), timeout=_PATIENCE, check_same_thread=False, isolation_level=None)
        settings = ["cipher_log_level = NONE", f"key = \"x'{file_key}'\""] if file_key else []
        settings += ["synchronous = EXTRA", "secure_delete = ON", "trusted_schema = OFF"]
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")
        return connection

    engine = create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine, place: Place) -> Iterator[Connection]:
    """Open a connection to read: all that is read in it is of one moment, also while others write.

    Raises:
        RegisterError: the register cannot be reached or read.
    """
    level = {} if place.file is not None else {"isolation_level": "REPEATABLE READ"}
    with explained(place), engine.connect().execution_options(**level) as connection:
        yield connection


@contextmanager
def transaction(engine: Engine, place: Place) -> Iterator[Connection]:
    with explained(place), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def prepare(engine: Engine, place: Place) -> None:
    """Bring the tables up to date.

    Raises:
        RegisterError: it cannot be opened, or a newer version of the program made it.
    """
    if place.file is not None:
        _make_file(place.file, place)
    with reading(engine, place) as connection:
        if _revision(connection) == REVISION:
            return
    with transaction(engine, place) as connection:
        if place.file is None:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_FIRST_USE})"))
        if _revision(connection) != REVISION:
            _migrate(connection, place)


def _make_file(file: Path, place: Place) -> None:
    """Make an empty file for its owner alone, so that SQLite never makes one that others can read."""
    with explained(place):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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
def explained(place: Place) -> Iterator[None]:
    """Say in plain words what a database or the file system refuses; its own words could hold values.

    Raises:
        RegisterError: in place of their error.
    """
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
    "Permission denied": "we may not open it there",
    "Access is denied": "we may not open it there",
    "unable to open": "the file cannot be opened",
    "disk is full": "the disk is full",
    "onnection refused": "nobody answers at its address",
    "authentication failed": "it does not know this user or password",
    "certificate": "we cannot verify that it is the right computer",
    "SSL": "it does not offer a connection that others cannot read",
    "ermission denied": "we may not use it",
}
