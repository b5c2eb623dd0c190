"""The register: what clients answered, who holds which letter, and what was done about it. It only grows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, func, select

from tipletters.consent import Provision
from tipletters.errors import RegisterError
from tipletters.quiet import Quiet
from tipletters.register import entries as kinds
from tipletters.register.database import Database
from tipletters.register.entries import (
    Sent,
    provision_content,
    provision_from,
    sent_content,
    sent_from,
)
from tipletters.register.history import Entry, New, append, entries_of
from tipletters.register.schema import entries

# So many clients are looked up at once; SQLite takes 32,766 values in a query, older ones 999.
_MANY = 500


@dataclass(frozen=True, repr=False)
class Answers(Quiet):
    """A client's answers, and the number of the newest entry among them; 0 where there is none."""

    provisions: tuple[Provision, ...]
    newest: int


class Register(Quiet):
    """An open register. Clients go in by their key, which is kept in keyed form alone."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._keys = database.keys

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def provisions(self, client: str) -> tuple[Provision, ...]:
        """Return every answer of a client on record, oldest first.

        Raises:
            RegisterError: the register cannot be read, or was changed.
        """
        return self.answers(client).provisions

    def answers(self, client: str) -> Answers:
        """Return every answer of a client with the number of the newest, which `sent` asks for.

        Raises:
            RegisterError: the register cannot be read, or was changed.
        """
        found = self._read(client, kinds.PROVISION)
        provisions = (
            provision_from(entry.content, f"the register, entry {entry.number}") for entry in found if entry.content
        )
        return Answers(tuple(provisions), max((entry.number for entry in found), default=0))

    def record(self, client: str, provisions: Iterable[Provision], *, by: str, at: datetime) -> int:
        """Add answers of a client; those that are on record already are left out. Returns how many were added.

        Args:
            client: the client's key.
            provisions: their answers.
            by: who records them.
            at: when.

        Raises:
            RegisterError: the register cannot be written, or an answer is dated in the future.
        """
        provisions = tuple(provisions)
        if any(one.given > at.date() for one in provisions):
            raise RegisterError("An answer is dated in the future.", then="Put in the day on which they answered.")
        keyed, wanted = self._client(client), [provision_content(one) for one in provisions]
        with self.database.writing() as connection:
            held = [entry.content for entry in entries_of(connection, self._keys, [keyed], [kinds.PROVISION])]
            fresh = [one for n, one in enumerate(wanted) if one not in held and one not in wanted[:n]]
            self._append(connection, [New(kinds.PROVISION, keyed, one) for one in fresh], by=by, at=at)
        return len(fresh)

    def sent(self, copies: Iterable[Sent], *, by: str, at: datetime, seen: Mapping[str, int] | None = None) -> None:
        """Record final copies, all or none; one that is on record already is left out.

        Args:
            copies: what was written for whom.
            by: who wrote them.
            at: when.
            seen: for each client, the newest answer that was known when the copies were made.

        Raises:
            RegisterError: the register cannot be written, or an answer of a client came since it was read.
        """
        with self.database.writing() as connection:
            self._refuse_newer_answers(connection, seen or {})
            news: list[New] = []
            waiting = iter(copies)
            while some := list(islice(waiting, _MANY)):
                rows = [
                    New(kinds.SENT, self._client(one.client), sent_content(one, self._keys.digest(one.digest)))
                    for one in some
                ]
                clients = list(dict.fromkeys(row.client for row in rows))
                held = entries_of(connection, self._keys, clients, [kinds.SENT])
                known = {(entry.client, *_which(entry.content)) for entry in held if entry.content}
                for row in rows:
                    if (which := (row.client, *_which(row.content))) not in known:
                        known.add(which)
                        news.append(row)
            self._append(connection, news, by=by, at=at)

    def holders(self, client: str, reference: str = "") -> tuple[Sent, ...]:
        """Return the final copies that were written of a client's letters, or of one of them: who already holds what.

        Raises:
            RegisterError: the register cannot be read, or was changed.
        """
        found = self._read(client, kinds.SENT)
        held = (sent_from(client, entry.content) for entry in found if entry.content)
        return tuple(one for one in held if reference in ("", one.reference))

    def note(self, kind: str, client: str, reference: str, what: Mapping[str, str], *, by: str, at: datetime) -> None:
        """Add something that was done: a review, a correction, a disclosure, a question that was answered.

        Args:
            kind: one word for it.
            client: the client's key.
            reference: the letter's reference.
            what: short facts; never letter text, never the client's words.
            by: who did it.
            at: when.

        Raises:
            RegisterError: the register cannot be written, or the kind is one of the register's own.
        """
        if kind in kinds.OWN:
            raise RegisterError(f"“{kind}” is a word of the register's own.", then="Use another word for the note.")
        content = {"reference": reference, "what": dict(what)}
        with self.database.writing() as connection:
            self._append(connection, [New(kind, self._client(client), content)], by=by, at=at)

    def history(self, client: str) -> tuple[Entry, ...]:
        """Return all that is on record of a client, oldest first.

        Raises:
            RegisterError: the register cannot be read, or was changed.
        """
        return self._read(client)

    def _client(self, key: str) -> str:
        if not any(ch.isdigit() for ch in key):
            raise RegisterError(
                "A client is known to the register by a number or reference, never by a name.",
                then="Use their NHS or CHI number, or your service's own reference with a digit in it.",
            )
        return self._keys.client(key)

    def _read(self, client: str, *wanted: str) -> tuple[Entry, ...]:
        keyed = self._client(client)
        with self.database.reading() as connection:
            return tuple(entries_of(connection, self._keys, [keyed], wanted))

    def _append(self, connection: Connection, news: Sequence[New], *, by: str, at: datetime) -> None:
        append(connection, self._keys, news, by=by, at=at)

    def _refuse_newer_answers(self, connection: Connection, seen: Mapping[str, int]) -> None:
        """Stop where a client's answers are not those with which the copies were made."""
        waiting = iter(seen.items())
        while some := {self._client(key): number for key, number in islice(waiting, _MANY)}:
            query = (
                select(entries.c.client, func.max(entries.c.number).label("newest"))
                .where(entries.c.client.in_(list(some)), entries.c.kind == kinds.PROVISION)
                .group_by(entries.c.client)
            )
            newest = {row.client: row.newest for row in connection.execute(query)}
            if any(newest.get(client, 0) != number for client, number in some.items()):
                raise RegisterError(
                    "The client's answers changed while this letter was made. No copy was written.",
                    then="Make the letter again: the new answers will count.",
                )


def _which(content: kinds.Content) -> tuple[object, ...]:
    """What tells one written copy from another."""
    return tuple(content[key] for key in ("reference", "version", "recipient", "digest", "way"))
