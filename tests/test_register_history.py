"""The history: nothing lost or doubled when a worker is killed, and every change by another hand is found."""

import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW
from test_register import ANNA, COPY, NO, YES, by, opened

from tipletters.consent import Answer, Provision
from tipletters.errors import RegisterError
from tipletters.register.keep import forget
from tipletters.register.verify import verify

if sys.platform == "win32":
    pytest.skip("Windows cannot fork", allow_module_level=True)

FORK = multiprocessing.get_context("fork")


def answer(number: int) -> Provision:
    return Provision(Answer.DENY, f"label {number}", "gp", date(2026, 5, 1), "A-1")


def write_until_killed(where: str, start: int, end: int, done: Any) -> None:
    """Write one entry after the other; tell of each once it is kept."""
    with opened(where) as register:
        for number in range(start, end):
            register.record(ANNA, [answer(number)], **by())
            done.send(number)


def test_a_worker_who_is_killed_at_any_point_loses_and_doubles_nothing(where: str, size: int) -> None:
    chance, start, end = random.Random(5), 0, 50 * size
    opened(where).close()
    while start < end:
        told, done = FORK.Pipe(duplex=False)
        worker = FORK.Process(target=write_until_killed, args=(where, start, end, done))
        worker.start()
        done.close()
        try:
            for _ in range(chance.randint(0, 6)):
                start = told.recv() + 1
            time.sleep(chance.random() * 0.01)
        except EOFError:  # it came to the end before it was killed
            pass
        if worker.is_alive():
            os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
        with pytest.raises(EOFError):
            while True:
                start = told.recv() + 1
    with opened(where) as register:
        assert [one.about for one in register.provisions(ANNA)] == [f"label {number}" for number in range(end)]
        found = verify(register.database)
    assert not found.problems
    assert found.count == end + 1


def test_workers_who_write_at_once_lose_nothing(where: str) -> None:
    opened(where).close()
    workers = []
    for worker in range(3):
        told, done = FORK.Pipe(duplex=False)
        args = (where, worker * 20, worker * 20 + 20, done)
        workers.append((FORK.Process(target=write_until_killed, args=args), told))
    for process, _ in workers:
        process.start()
    for process, _ in workers:
        process.join()
    with opened(where) as register:
        assert {one.about for one in register.provisions(ANNA)} == {f"label {number}" for number in range(60)}
        assert not verify(register.database).problems


def filled(where: str) -> None:
    """A register of some length, in which one client was forgotten."""
    with opened(where) as register:
        for number in range(12):
            client = f"ST-{number % 3}"
            register.record(client, [YES, NO, answer(number)], **by())
            register.note("review", client, "A-1", {"answered": "all"}, **by())
        register.sent([COPY], **by())
        forget(register.database, "ST-1", reason="end of retention", **by())
        register.note("review", ANNA, "A-1", {}, **by())


def change(connection: sqlite3.Connection, chance: random.Random) -> bool:
    """Change something; say whether it really is another history now."""
    before = list(connection.execute("SELECT * FROM entries ORDER BY number"))
    one, other = (row[0] for row in chance.sample(before, 2))
    column = chance.choice(["number", "at", "by", "kind", "client", "content", "seal", "bond"])
    (value,) = connection.execute(f"SELECT {column} FROM entries WHERE number = ?", [one]).fetchone()
    match chance.randrange(7):
        case 0:
            new = value + 1000 if column == "number" else other_text(str(value or ""), chance)
            connection.execute(f"UPDATE entries SET {column} = ? WHERE number = ?", [new, one])
        case 1:
            connection.execute("DELETE FROM entries WHERE number = ?", [one])
        case 2:
            connection.execute("DELETE FROM entries WHERE number >= ?", [one])
        case 3:
            for old, new in ((one, -1), (other, one), (-1, other)):
                connection.execute("UPDATE entries SET number = ? WHERE number = ?", [new, old])
        case 4:
            connection.execute("UPDATE entries SET content = NULL, client = '' WHERE number = ?", [one])
        case 5:
            connection.execute(
                f"UPDATE entries SET {column} = (SELECT {column} FROM entries WHERE number = ?) WHERE number = ?",
                [other, one],
            ) if column != "number" else connection.execute("DELETE FROM entries WHERE number < ?", [max(one, 2)])
        case 6:
            connection.execute("DELETE FROM entries WHERE number = ?", [one])
            connection.execute("UPDATE entries SET number = -number WHERE number > ?", [one])
            connection.execute("UPDATE entries SET number = -number - 1 WHERE number < 0")
    connection.commit()
    return list(connection.execute("SELECT * FROM entries ORDER BY number")) != before


def other_text(value: str, chance: random.Random) -> str:
    place = chance.randrange(len(value) + 1)
    return value[:place] + chance.choice("0f ~") + value[place + chance.randrange(2) :]


def test_every_change_by_another_hand_is_found(tmp_path: Path, size: int) -> None:
    where, chance = tmp_path / "register.db", random.Random(7)
    filled(str(where))
    whole, changes = where.read_bytes(), 0
    with opened(str(where)) as register:
        assert not verify(register.database).problems
        while changes < 100 * size:
            with sqlite3.connect(where) as connection:
                changed = change(connection, chance)
            connection.close()
            changes += changed
            assert bool(verify(register.database).problems) is changed
            register.close()
            where.write_bytes(whole)


def test_an_older_state_or_a_register_without_its_end_is_not_read(tmp_path: Path) -> None:
    where = tmp_path / "register.db"
    filled(str(where))
    older = where.read_bytes()
    with opened(str(where)) as register:
        register.record(ANNA, [NO], **by())
    where.write_bytes(older)
    with pytest.raises(RegisterError, match="missing, or this is another register"):
        opened(str(where))


def test_an_answer_that_was_changed_is_not_given_out(tmp_path: Path) -> None:
    where = tmp_path / "register.db"
    filled(str(where))
    with opened(str(where)) as register:
        register.record(ANNA, [NO], **by())
    with sqlite3.connect(where) as connection:
        connection.execute("UPDATE entries SET content = replace(content, 'deny', 'permit') WHERE kind = 'provision'")
    connection.close()
    with opened(str(where)) as register, pytest.raises(RegisterError, match="changed by something else"):
        register.provisions(ANNA)


def test_what_was_forgotten_is_a_dated_gap_and_stands_nowhere_in_the_file(where: str, tmp_path: Path) -> None:
    with opened(where) as register:
        register.record("ST-7", [answer(7)], **by())
        register.sent([COPY], **by())
        assert forget(register.database, "%" * 12, reason="end of retention", **by()) == 0
        assert forget(register.database, "st 7", reason="end of retention", **by()) == 1
        assert forget(register.database, "ST-7", reason="end of retention", **by()) == 0
        assert not register.history("ST-7")
        assert register.holders(ANNA)
        found = verify(register.database)
    assert not found.problems
    assert found.gaps == [(NOW.date().isoformat(), 1, "end of retention")]
    for path in tmp_path.iterdir():
        assert b"label 7" not in path.read_bytes()
