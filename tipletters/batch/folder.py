"""The folder of a run: letters put in their place whole, those that must go taken away, other files left alone."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from tipletters.batch.aside import ASIDE, put_aside, unjoin
from tipletters.batch.ledger import Ledger
from tipletters.batch.outcome import File, Made, State
from tipletters.errors import OutputError
from tipletters.files import make_folder, writing
from tipletters.quiet import Quiet
from tipletters.writers.libreoffice import end_left

# What the client answered stands in these, in the folder of a letter that is checked first.
_OF_THE_CLIENT = ("case.toml", "review.toml")
LETTERS, HIDDEN, _LEDGER = "letters", ".run", "ledger.sqlite"


class Folder(Quiet):
    """A folder that one run works in.

    Args:
        path: the folder that the worker named.
        run: what tells the table from others that were run into the same folder.
        force: files that are not ours may be written over.
        table: what the table is known by while somebody works on it, such as its path; None for its content alone;
            empty for the rows to mend of the table that was run before.

    `put_aside` and `unjoined` tell what a run took out of the way.
    """

    def __init__(self, path: Path, run: str, *, force: bool = False, table: str | None = None) -> None:
        self.path = path
        self.letters = path / LETTERS
        self.hidden = path / HIDDEN
        self.parts = self.hidden / "parts"
        self._run = run
        self._force = force
        self._foreign: frozenset[str] = frozenset()
        self._table = run if table is None else table
        self.put_aside: list[str] = []
        self.unjoined = False

    @contextmanager
    def taken(self) -> Iterator[Ledger]:
        """Keep others out for as long as a run works here, and clear away what a killed run left half done.

        Returns:
            The folder's ledger.

        Raises:
            OutputError: another run is at work here.
        """
        make_folder(self.path)
        make_folder(self.hidden)
        lock = FileLock(self.hidden / "lock", mode=0o600)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise OutputError(
                "Another run is at work in this folder.", where=str(self.path), then="Wait until it is done."
            ) from None
        with lock:
            if self.parts.is_dir():  # a run was killed here
                end_left(self.parts)
                shutil.rmtree(self.parts, ignore_errors=True)
            make_folder(self.parts)
            make_folder(self.letters)
            with closing(Ledger(self.hidden / _LEDGER, self._run, self._table)) as ledger:
                self._foreign = frozenset(one.name for one in os.scandir(self.letters) if not ledger.knows(one.name))
                try:
                    yield ledger
                finally:
                    shutil.rmtree(self.parts, ignore_errors=True)

    def decided(self) -> dict[str, str]:
        """Return what was answered about this table's columns in an earlier run."""
        path = self.hidden / _LEDGER
        if not path.is_file():
            return {}
        with closing(Ledger(path, self._run, self._table)) as ledger:
            return ledger.decided()

    def there(self, known: Iterable[tuple[str, str, str]]) -> dict[str, str]:
        """Return name and SHA-256 of each file that is in its place, and ours.

        Args:
            known: name, SHA-256 and former SHA-256 of files, as the ledger has them.
        """
        found = {name: (digest(self.letters / name), now, before) for name, now, before in known}
        return {name: held for name, (held, *ours) in found.items() if held and held in ours}

    def read(self, file: File) -> bytes | None:
        """Return the content of a letter; None where it is not there as it was written."""
        with suppress(FileNotFoundError):
            data = (self.letters / file.name).read_bytes()
            return data if hashlib.sha256(data).hexdigest() == file.sha256 else None
        return None

    def save(self, made: Sequence[tuple[Made, dict[str, str]]], ledger: Ledger) -> list[Made]:
        """Save what was made of some rows, and note it.

        Args:
            made: what was made of each row, with those of its files that are there now.
            ledger: the ledger.

        Returns:
            What came of them: a row whose file would lie over somebody else's needs attention instead.

        Raises:
            OutputError: a file cannot be written.
        """
        checked = [(_told(self._unless_foreign(one, there, ledger), there), there) for one, there in made]
        waiting = [
            (self._aside(data), self.letters / file.name)
            for one, _ in checked
            for file, data in zip(one.outcome.files, one.data, strict=False)
            if data is not None
        ]
        gone = [name for one, there in checked for name in one.outcome.gone(there)]
        if waiting or gone:
            self.unjoined = unjoin(self.path) or self.unjoined
        ledger.note((one.outcome, there) for one, there in checked)
        for aside, place in waiting:
            with writing(place):
                if place.parent != self.letters:
                    make_folder(place.parent)
                aside.replace(place)
        self._gone(gone, ledger)
        return [one for one, _ in checked]

    def hold(self, references: Iterable[str], ledger: Ledger) -> None:
        """Put aside what was written of letters that must not go out now; a folder that the client has stays.

        Args:
            references: the references of the letters.
            ledger: the ledger.

        Raises:
            OutputError: a file cannot be moved.
        """
        for reference in references:
            names = [name for name in self.there(ledger.files_of(reference)) if "/" not in name]
            if names:
                self.unjoined = unjoin(self.path) or self.unjoined
            self._gone(names, ledger)

    def _gone(self, names: Sequence[str], ledger: Ledger) -> None:
        self.put_aside += put_aside(self.path, LETTERS, names)
        ledger.forget(names)

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """Write one of the run's own files, whole or not at all; what a former run wrote there is replaced.

        Args:
            name: its place in the folder.
        """
        aside = self.parts / secrets.token_hex(8)
        place = self.path / name
        make_folder(place.parent)
        with writing(place):
            with open(aside, "xb", opener=_owner_only) as file:
                yield file
            aside.replace(place)

    def _unless_foreign(self, made: Made, there: Mapping[str, str], ledger: Ledger) -> Made:
        """Refuse to write over a file that was never ours, or was changed since, and over what a client answered."""
        if not (made.data or made.outcome.gone(there)):
            return made
        if place := self._answered(made, there, ledger):
            outcome = replace(made.outcome, state=State.ATTENTION, files=())  # so that nothing of it goes away either
            what = "This letter was given to the client, and its folder is not as we wrote it. It may hold answers."
            then = f"Go on in {place}, with “tipletters review”. A new run writes nothing over it, even with --force."
            return Made(replace(outcome, what=what, then=then) if made.data else outcome)
        if self._force or not made.data:
            return made
        for file in made.outcome.files:
            unknown = "/" not in file.name and file.name not in self._foreign and not ledger.knows(file.name)
            if file.name in there or unknown:
                continue
            if digest(self.letters / file.name) not in ("", file.sha256):
                outcome = replace(
                    made.outcome,
                    state=State.ATTENTION,
                    files=(),
                    what="There is a file of this letter's name already, and it is not as we wrote it.",
                    then=f"Look at {file.name}. Move it away, or add --force to write over it.",
                )
                return Made(outcome)
        return made

    def _answered(self, made: Made, there: Mapping[str, str], ledger: Ledger) -> str:
        """Return the folder of a letter whose case or review was changed since it was given to the client, if any."""
        ours = {one.name: one.sha256 for one in made.outcome.files}
        names = (*ours, *there, *(name for name, *_ in ledger.files_of(made.outcome.reference)))
        for place in dict.fromkeys(name.partition("/")[0] for name in names if "/" in name):
            for name in (f"{place}/{one}" for one in _OF_THE_CLIENT):
                if name not in there and digest(self.letters / name) not in ("", ours.get(name)):
                    return place
        return ""

    def _aside(self, data: bytes) -> Path:
        """Write a file beside its place. A file that a fall of the power tears is found by its hash, and made anew."""
        aside = self.parts / secrets.token_hex(8)
        with writing(aside), open(aside, "xb", opener=_owner_only) as file:
            file.write(data)
        return aside


_BEFORE = f"What an earlier run wrote of it was put aside, into “{ASIDE}”: please do not send it."


def _told(made: Made, there: Mapping[str, str]) -> Made:
    """Say of a row that needs somebody that its letter of an earlier run is put aside."""
    if made.outcome.state in (State.READY, State.WRITTEN) or not made.outcome.gone(there):
        return made
    then = f"{made.outcome.then} {_BEFORE}".strip()
    return replace(made, outcome=replace(made.outcome, then=then))


def keep(source: IO[bytes], folder: Path) -> Path:
    """Keep a table that comes from another program in the folder of the run, and return where.

    Args:
        source: where it comes from.
        folder: the folder that the worker named.
    """
    path = folder / HIDDEN / f"table-{secrets.token_hex(4)}"
    make_folder(folder)
    make_folder(path.parent)
    with writing(path), open(path, "xb", opener=_owner_only) as file:
        shutil.copyfileobj(source, file)
    return path


def _owner_only(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_BINARY", 0), 0o600)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex; empty where there is none."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return ""
