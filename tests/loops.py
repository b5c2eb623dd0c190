"""A letter in a folder of its own, taken through its review with the commands a worker uses."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from click.testing import CliRunner, Result
from conftest import NOW
from filling import Paper

from tipletters.cli import main
from tipletters.cli.session import Session
from tipletters.errors import TiplettersError
from tipletters.resources import folder
from tipletters.review.folder import Folder, open_folder

EXAMPLES = folder("templates") / "examples"


@dataclass
class Loop:
    """Anna's letter, the commands, and a clock that each step moves on by an hour."""

    folder: Path
    name: str = "case.toml"
    now: datetime = NOW
    more: tuple[str, ...] = ()
    results: list[Result] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        for file in ("tipletters.toml", "logo.png"):
            shutil.copy(EXAMPLES / file, self.folder / file)
        shutil.copy(EXAMPLES / "meeting-summary.toml", self.case)

    @property
    def case(self) -> Path:
        return self.folder / self.name

    @property
    def letter(self) -> Folder:
        return open_folder(self.case)

    def run(self, *words: str, said: str = "", code: int | None = 0) -> str:
        """Run a command; `code` is what it must end with, None for any."""
        self.now += timedelta(hours=1)
        session = Session(now=lambda: self.now, examples=True, by="Robin Hale")
        done = CliRunner().invoke(main, [*words], input=said, obj=session, catch_exceptions=True)
        if isinstance(done.exception, TiplettersError):
            raise done.exception
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert code is None or done.exit_code == code, done.output
        return done.output

    def start(self, *words: str) -> Path:
        """Give the letter to the client, and return the fullest copy."""
        self.run("review", "start", str(self.case), *words)
        return next(path for path in sorted(self.folder.glob("*client-review-*.docx")) if "to-send" not in path.name)

    def back(self, copy: Path, name: str = "back.docx", **answers: bool | str) -> Path:
        """Return the copy as the client gave it back; keys as the copy prints them, with a _ before a number."""
        path = self.folder / name
        path.write_bytes(Paper(copy.read_bytes()).filled({key.removeprefix("_"): one for key, one in answers.items()}))
        return path

    def read(self, file: Path, *words: str, said: str = "", code: int | None = None) -> str:
        return self.run("review", "read", str(file), *self.more, *words, said=said, code=code)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)
