"""An open register's database with its keys: to read, and to write alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, text

from tipletters.files import make_folder
from tipletters.quiet import Quiet
from tipletters.register import engine as engines
from tipletters.register.chain import Keys
from tipletters.register.drive import refuse_network
from tipletters.register.head import check_head, check_key, keep_head
from tipletters.register.history import newest
from tipletters.register.keys import encrypts, keys_of
from tipletters.register.place import Place, home


@dataclass(frozen=True, repr=False)
class Database(Quiet):
    """A register's database.

    Args:
        place: where it is.
        engine: its connections.
        keys: the register's keys.
        encrypted: its file is encrypted; False for PostgreSQL.
    """

    place: Place
    engine: Engine
    keys: Keys
    encrypted: bool

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection to read.

        Raises:
            RegisterError: the register cannot be reached or read.
        """
        with engines.reading(self.engine, self.place) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection that writes alone: all of it is kept, or nothing. The newest entry is then noted outside.

        Raises:
            RegisterError: the register cannot be reached or written.
        """
        with engines.transaction(self.engine, self.place) as connection:
            if self.place.file is None:
                connection.execute(text("LOCK TABLE entries IN EXCLUSIVE MODE"))
            check_key(connection, self.place, self.keys)
            yield connection
            head = newest(connection)
        keep_head(self.place, head)

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()


def open_database(place: Place, *, whole: bool = True) -> Database:
    """Open the database at a place, and make it where it is missing.

    Args:
        place: where it is.
        whole: refuse one that lacks entries which this computer saw; False to verify or restore it.

    Raises:
        RegisterError: it cannot be opened, has no key here, or lies on a network drive.
    """
    make_folder(home())
    with engines.explained(place), FileLock(home() / f"{place.name}.lock", mode=0o600):
        database = _team(place) if place.file is None else _file(place, place.file)
    with _let_go(database.engine), database.reading() as connection:
        check_key(connection, place, database.keys)
        if whole:
            check_head(connection, place, database.keys)
    return database


def _file(place: Place, file: Path) -> Database:
    refuse_network(file)
    new = place.is_new
    keys = keys_of(place, new=new)
    encrypted = encrypts() if new else not engines.is_plain(file)
    engine = engines.make_engine(place, keys.file if encrypted else "")
    with _let_go(engine):
        engines.prepare(engine, place)
    return Database(place, engine, keys, encrypted)


def _team(place: Place) -> Database:
    """Open PostgreSQL; the first worker makes the key, and the others are given it."""
    engine = engines.make_engine(place, "")
    with _let_go(engine):
        engines.prepare(engine, place)
        with engines.reading(engine, place) as connection:
            new = newest(connection).number == 0
        return Database(place, engine, keys_of(place, new=new), encrypted=False)


@contextmanager
def _let_go(engine: Engine) -> Iterator[None]:
    """Close the connections of a register that cannot be used after all."""
    try:
        yield
    except BaseException:
        engine.dispose()
        raise
