"""The ledger of a folder of letters: what was written for which row, so that a run that ended early goes on.

An SQLite file beside the letters. It holds no letter text: row numbers, references, outcomes, and names and hashes of
files. What it says of a file is written before the file is put in its place; a file whose content is neither what it
says now nor what it said before is not ours.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tipletters.batch.outcome import File, Outcome, Reading, State
from tipletters.errors import OutputError
from tipletters.output import slug
from tipletters.quiet import Quiet

_TABLES = """
create table if not exists rows (run text, row integer, outcome text, primary key (run, row)) without rowid;
create table if not exists files (name text primary key, reference text, sha256 text, before text, about text)
  without rowid;
create index if not exists by_reference on files (reference);
create table if not exists decided (run text, name text, answer text, primary key (run, name)) without rowid;
create table if not exists readings (reference text primary key, age real, difficulty real, issues integer)
  without rowid;
create table if not exists seen (reference text primary key, family text, run text, held integer) without rowid;
"""


class Ledger(Quiet):
    """An open ledger.

    Args:
        path: its file; it is made, for its owner alone, where it is missing.
        run: what tells this table from others that were run into the same folder.
        table: what stays the same where somebody works on the table between two runs, such as its path; empty for the
            rows to mend, which belong to the table that was run before.
    """

    def __init__(self, path: Path, run: str, table: str) -> None:
        self._run, self._table = run, table
        try:
            path.touch(0o600)
            self._store = sqlite3.connect(path, isolation_level=None)
            self._store.executescript(_TABLES)
        except (OSError, sqlite3.Error):
            raise OutputError(
                "We cannot keep account of this folder.", where=str(path), then="Choose another folder with -o."
            ) from None

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def decided(self) -> dict[str, str]:
        """Return what was answered about this table's columns."""
        return dict(self._store.execute("select name, answer from decided where run = ?", (self._run,)))

    def decide(self, answers: Mapping[str, str]) -> None:
        """Remember what was answered about this table's columns."""
        rows = [(self._run, name, answer) for name, answer in answers.items()]
        self._store.executemany("insert or replace into decided values (?, ?, ?)", rows)

    def register(self) -> str:
        """Return which register was asked when letters were last written into this folder; empty where none was."""
        return self._of_folder("register")

    def asked(self, register: str) -> None:
        """Remember which register is asked for the letters of this folder, whatever their table."""
        self._keep("register", register)

    def to_mend(self) -> str:
        """Return the SHA-256 of the rows to mend as they were written last; empty where they never were."""
        return self._of_folder("to mend")

    def wrote_to_mend(self, sha256: str) -> None:
        """Remember the SHA-256 of the rows to mend as they are written."""
        self._keep("to mend", sha256)

    def _keep(self, name: str, answer: str) -> None:
        """Remember something of the folder, whatever its tables."""
        self._store.execute("insert or replace into decided values ('', ?, ?)", (name, answer))

    def _of_folder(self, name: str) -> str:
        found = self._store.execute("select answer from decided where run = '' and name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def family(self) -> str:
        """Return what the table of this run, and the rows to mend that come of it, are known by."""
        if self._table:
            self._keep("family", self._table)
            return self._table
        return self._of_folder("family") or self._run

    def see(self, rows: Iterable[tuple[str, bool]]) -> None:
        """Note which letters the table of this run has, and which of them are held back.

        Args:
            rows: the reference of each row, and whether nothing of it may go out.
        """
        family = self.family()
        seen = [(slug(reference).casefold(), family, self._run, held) for reference, held in rows if reference]
        with self._transaction():
            self._store.executemany("insert or replace into seen values (?, ?, ?, ?)", seen)

    def taken_out(self) -> list[str]:
        """Return the references of letters that an earlier state of this table had, and hold them back."""
        if not self._table:
            return []
        of = (self.family(), self._run)
        found = self._store.execute("select reference from seen where family = ? and run <> ?", of).fetchall()
        self._store.execute("update seen set held = 1 where family = ? and run <> ?", of)
        return [reference for (reference,) in found]

    def to_go_out(self) -> Iterator[File]:
        """Yield every file of this table's letters that may go out, in the order of their names."""
        query = (
            "select about from files join seen on files.reference = seen.reference "
            "where sha256 <> '' and family = ? and not held order by name"
        )
        for (about,) in self._store.execute(query, (self.family(),)).fetchall():
            yield File(*json.loads(about))

    def files_of(self, reference: str) -> list[tuple[str, str, str]]:
        """Return name, SHA-256 and former SHA-256 of each file of a letter; the first is empty for one that must go."""
        query = "select name, sha256, before from files where reference = ?"
        return self._store.execute(query, (slug(reference).casefold(),)).fetchall()

    def pages(self, there: Mapping[str, str]) -> tuple[File, ...]:
        """Return those PDFs that are in their place as they were written last.

        Args:
            there: name and SHA-256 of files that are there.
        """
        names = [name for name in there if name.endswith(".pdf")]
        found = [self._store.execute("select about from files where name = ?", (name,)).fetchone() for name in names]
        files = (File(*json.loads(about)) for (about,) in found)
        return tuple(one for one in files if one.sha256 == there[one.name])

    def knows(self, name: str) -> bool:
        """Say whether a file of this name was ever written here."""
        return bool(self._store.execute("select 1 from files where name = ?", (name,)).fetchone())

    def note(self, outcomes: Iterable[tuple[Outcome, Mapping[str, str]]]) -> None:
        """Note what came of some rows, all or none.

        Args:
            outcomes: what came of each row, with name and SHA-256 of those files of its letter that are there now.
        """
        with self._transaction():
            for outcome, there in outcomes:
                self._note(outcome, there)

    def _note(self, outcome: Outcome, there: Mapping[str, str]) -> None:
        if outcome.reading is None:
            outcome = replace(outcome, reading=self._reading(outcome.reference))
        elif outcome.reference:
            values = (slug(outcome.reference).casefold(), *_values(outcome.reading))
            self._store.execute("insert or replace into readings values (?, ?, ?, ?)", values)
        kept = json.dumps(_kept(outcome), ensure_ascii=False)
        self._store.execute("insert or replace into rows values (?, ?, ?)", (self._run, outcome.row, kept))
        new = {one.name: one for one in outcome.files}
        for name in outcome.gone(there):
            self._store.execute("update files set sha256 = '', before = ? where name = ?", (there[name], name))
        reference = slug(outcome.reference).casefold()
        for name, one in new.items():
            values = (name, reference, one.sha256, there.get(name, ""), json.dumps(_values(one)))
            self._store.execute("insert or replace into files values (?, ?, ?, ?, ?)", values)

    def _reading(self, reference: str) -> Reading:
        """How a letter that is as it was read, when it was written, in whatever run that was."""
        query = "select age, difficulty, issues from readings where reference = ?"
        found = self._store.execute(query, (slug(reference).casefold(),)).fetchone()
        return Reading(*found) if found else Reading()

    def forget(self, names: Iterable[str]) -> None:
        """Forget files that are gone."""
        self._store.executemany("delete from files where name = ?", [(name,) for name in names])

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what came of each row of this table, in order."""
        with closing(self._store.cursor()) as cursor:
            for (kept,) in cursor.execute("select outcome from rows where run = ? order by row", (self._run,)):
                yield _outcome(kept)

    def written(self) -> Iterator[File]:
        """Yield every file of this folder, in the order of their names."""
        with closing(self._store.cursor()) as cursor:
            for (about,) in cursor.execute("select about from files where sha256 <> '' order by name"):
                yield File(*json.loads(about))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._store.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._store.execute("rollback")
            raise
        self._store.execute("commit")


def _values(one: Any) -> list[Any]:
    """The values of a flat dataclass in their order; the standard library's `astuple` copies each of them deeply."""
    return [getattr(one, name) for name in one.__slots__]


def _kept(outcome: Outcome) -> dict[str, Any]:
    kept = dict(zip(outcome.__slots__, _values(outcome), strict=True))
    reading = None if outcome.reading is None else _values(outcome.reading)
    return {**kept, "files": [_values(one) for one in outcome.files], "reading": reading}


def _outcome(kept: str) -> Outcome:
    found = json.loads(kept)
    return Outcome(
        **{
            **found,
            "state": State(found["state"]),
            "notes": tuple(found["notes"]),
            "files": tuple(File(*one) for one in found["files"]),
            "reading": Reading(*found["reading"]) if found["reading"] else None,
        }
    )
