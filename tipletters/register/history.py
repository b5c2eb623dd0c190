"""Adds entries to the history and reads them back; whatever is read is checked first."""

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.orm import aliased

from tipletters.errors import RegisterError
from tipletters.quiet import Quiet
from tipletters.register.chain import Keys, salted
from tipletters.register.entries import CREATED, Content
from tipletters.register.schema import entries


@dataclass(frozen=True)
class Head:
    """The newest entry: how many there are, and its bond."""

    number: int = 0
    bond: str = ""


@dataclass(frozen=True, repr=False)
class New(Quiet):
    """An entry that is to be added; `client` is the keyed form."""

    kind: str
    client: str
    content: Content


@dataclass(frozen=True, repr=False)
class Entry(Quiet):
    """An entry as it was read; `content` is None where it was forgotten."""

    number: int
    at: str
    by: str
    kind: str
    client: str
    content: Content | None


def newest(connection: Connection) -> Head:
    """Return the newest entry's number and bond."""
    row = connection.execute(
        select(entries.c.number, entries.c.bond).order_by(entries.c.number.desc()).limit(1)
    ).first()
    return Head(row.number, row.bond) if row else Head()


def append(connection: Connection, keys: Keys, news: Iterable[New], *, by: str, at: datetime) -> Head:
    """Add entries, before the very first one an entry for the beginning. Returns the newest.

    Args:
        connection: from `engine.writing`, so that it writes alone.
        keys: the register's keys.
        news: what is to be added.
        by: who does it.
        at: when.
    """
    head, moment = newest(connection), at.isoformat(timespec="seconds")
    rows = []
    first = [] if head.number else [New(CREATED, "", {"id": secrets.token_hex(16)})]
    for new in (*first, *news):
        content = salted(new.content)
        seal = keys.seal(new.client, content)
        number = head.number + 1
        bond = keys.bond(head.bond, number, moment, by, new.kind, seal)
        head = Head(number, bond)
        rows.append(
            {
                "number": number,
                "at": moment,
                "by": by,
                "kind": new.kind,
                "client": new.client,
                "content": content,
                "seal": seal,
                "bond": bond,
            }
        )
    if rows:
        connection.execute(insert(entries), rows)
    return head


def entries_of(
    connection: Connection, keys: Keys, clients: Sequence[str] | None, kinds: Sequence[str]
) -> Iterator[Entry]:
    """Yield what the history holds of some clients, oldest first, each entry checked against its seal and bond.

    Args:
        connection: from `engine.reading` or `engine.writing`.
        keys: the register's keys.
        clients: the clients, in keyed form; None for all.
        kinds: the kinds of entries; all where there is none.

    Raises:
        RegisterError: an entry was changed by something else than tipletters.
    """
    before = aliased(entries)
    query = (
        select(entries, before.c.bond.label("before"))
        .join_from(entries, before, before.c.number == entries.c.number - 1)
        .order_by(entries.c.number)
    )
    if clients is not None:
        query = query.where(entries.c.client.in_(clients))
    if kinds:
        query = query.where(entries.c.kind.in_(kinds))
    for row in connection.execute(query):
        sealed = row.content is None or row.seal == keys.seal(row.client, row.content)
        if not sealed or row.bond != keys.bond(row.before, row.number, row.at, row.by, row.kind, row.seal):
            raise changed(row.number)
        content = None if row.content is None else content_of(row.content)
        yield Entry(row.number, row.at, row.by, row.kind, row.client, content)


def content_of(text: str) -> Content:
    """Return what an entry's content says, without its salt."""
    content: Content = json.loads(text)
    content.pop("salt", None)
    return content


def changed(number: int) -> RegisterError:
    """Return the error for an entry that was not left as it was written."""
    return RegisterError(
        "The register was changed by something else than tipletters.",
        where=f"entry {number}",
        then="Make no copies now. Tell the person who looks after tipletters: tipletters register verify.",
    )


def count(connection: Connection) -> int:
    """Return how many entries there are."""
    return connection.execute(select(func.count()).select_from(entries)).scalar_one()
