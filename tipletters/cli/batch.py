"""`tipletters batch`: many letters of one kind from a table."""

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tipletters.cli.options import REGISTER, Day
from tipletters.cli.prompts import stopping
from tipletters.cli.session import Session
from tipletters.cli.templates import complete_name

if TYPE_CHECKING:
    from tipletters.batch import Folder, Options, Prepared, Tally
    from tipletters.batch.ledger import Ledger
    from tipletters.remember import Record

_PATH = click.Path(path_type=Path)
_ALSO = {"pdf": "pdf", "bundle": "bundle", "zip": "as_zip"}  # what is wanted of the rows to mend, too
_HALFWAY = "Each letter in {} is whole; the others are not written yet. To go on, give the command again."


@click.command(epilog="Example: tipletters batch follow-up clinic.xlsx -o letters --date 2026-05-14 --dry-run")
@click.argument("template", shell_complete=complete_name)
@click.argument("table", type=click.Path(path_type=Path, allow_dash=True))
@click.option("-o", "--output", type=_PATH, required=True, help="The folder for the letters and the report.")
@click.option("--map", "mapping", type=_PATH, help="A file that says which column is what. See docs/batch.md.")
@click.option("--recipients", type=_PATH, help="A table of practices and others, by their code.")
@click.option("--date", "day", type=Day(), help="The date of the letters, such as 2026-05-14.")
@click.option("--sheet", default="", help="The sheet of a workbook. [default: the first]")
@click.option("--encoding", default="", help="How a text table was saved. [default: we find out]")
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="What 03/04/2026 means in this table.")
@click.option(
    "--zeros", type=click.Choice(["put-back", "leave"]), help="What to do where Excel lost a number's first 0."
)
@click.option("--dry-run", is_flag=True, help="Say how things stand for each row. Nothing is written.")
@click.option("--only-ready", is_flag=True, help="Write the letters that are ready, though others are not.")
@click.option("--looked", is_flag=True, help="You have looked at the questions: write these letters too.")
@click.option("--format", "kind", type=click.Choice(["docx", "html", "text"]), default="docx", show_default=True)
@click.option("--pdf", is_flag=True, help="Make a PDF of each copy too. Needs LibreOffice.")
@click.option("--bundle", is_flag=True, help="Join the letters for printing, by whom they go to.")
@click.option("--zip", "as_zip", is_flag=True, help="Put all letters into one zip file, too.")
@click.option("--force", is_flag=True, help="Write over files that are not as we wrote them.")
@click.option("--dask", metavar="ADDRESS", help="The scheduler of a Dask cluster that makes the letters.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes at work at once.")
@REGISTER
@click.option("--quiet", is_flag=True, help="Say only what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each row, for another program.")
@click.pass_obj
def batch(session: Session, /, table: Path, output: Path, as_json: bool, quiet: bool, **given: Any) -> None:
    """Write the letters of a TABLE, each row a letter of the kind TEMPLATE.

    TABLE is CSV, an Excel workbook or JSON Lines; - reads it from another program. First you see how things stand for
    each row. Exit codes: 0 all is written, 1 some rows need you, 2 the table cannot be used.
    """
    from tipletters.batch import Folder, run_of
    from tipletters.cli.batchlines import Lines
    from tipletters.cli.batchview import View
    from tipletters.config import find
    from tipletters.remember import recording
    from tipletters.writers.libreoffice import required

    if given["pdf"]:
        required()
    with _kept(table, output) as path:
        home = Path.cwd() if table == Path("-") else table.parent
        house = find(home)
        folder = Folder(output, run_of(_readable(path)), force=given["force"], table=_known_by(table))
        view = Lines() if as_json else View(quiet=quiet, dry=given["dry_run"])
        ask = not (as_json or quiet or table == Path("-")) and sys.stdin.isatty() and sys.stdout.isatty()
        engine = _workers(given["workers"], given["dask"], output)
        with recording(given["where"], house=house, folder=Path()) as record, engine as who:
            run = _Run(session, record, folder, view, ask, given)
            ready = run.prepared(path, home, house, who, shown=str(table))
            attention = run.go(ready)
    if attention:
        raise click.exceptions.Exit(1)


@dataclass
class _Run:
    """One use of the command."""

    session: Session
    record: "Record"
    folder: "Folder"
    view: Any
    ask: bool
    given: dict[str, Any]
    answers: dict[str, str] = field(default_factory=dict)
    _waiting: set[int] = field(default_factory=set)

    def prepared(self, path: Path, home: Path, house: Any, who: dict[str, Any], shown: str) -> "Prepared":
        """Open the table, and ask once for each column what the table does not say."""
        from tipletters.batch import prepare

        def again() -> "Prepared":
            made = prepare(
                self.given["template"],
                path,
                folder=home,
                house=house,
                record=self.record,
                now=self.session.now(),
                options=self._options(),
            )
            return replace(made, work=replace(made.work, **who))

        ready = again()
        self.view.opened(ready, shown, self.record)
        if ready.survey.doubts and self.ask:
            for doubt in ready.survey.doubts:
                self.answers[f"{doubt.about}:{doubt.column}"] = self.view.asked(doubt)
            ready = again()
        return ready

    def _options(self) -> "Options":
        from tipletters.batch import Options, Order, Zeros

        given = self.given
        return Options(
            encoding=given["encoding"],
            sheet=given["sheet"],
            mapping=given["mapping"],
            recipients=given["recipients"],
            day=given["day"],
            dates=Order(given["dates"]) if given["dates"] else None,
            zeros=Zeros(given["zeros"]) if given["zeros"] else None,
            decided={**self.folder.decided(), **self.answers},
            kind=given["kind"],
            pdf=given["pdf"],
            by=self.session.by,
            looked=given["looked"],
            examples=self.session.examples,
        )

    def go(self, ready: "Prepared") -> bool:
        """Judge all rows, and write those that may be written. Returns whether something is left to do."""
        from tipletters.batch import State, hold

        if ready.open_questions:
            self.view.must_ask(ready)
            return True
        tally = self._judged(ready)
        self.view.judged(tally, ready)
        waiting = tally.rows - tally[State.READY]
        if self.given["dry_run"]:
            self.view.nothing_written(tally, dry=True)
            return bool(waiting)
        go_on = tally[State.READY] and (
            not waiting or self.given["only_ready"] or (self.ask and self.view.go_on(tally))
        )
        if go_on:
            return self._written(ready)
        hold(ready.work, self.folder, self._waiting)  # their letters of an earlier run must not go out meanwhile
        self.view.nothing_written(tally, dry=False)
        self.view.put_aside(self.folder)
        return bool(waiting)

    def _judged(self, ready: "Prepared") -> "Tally":
        from tipletters.batch import State, Tally, judged
        from tipletters.cli.batchview import NOT_WRITTEN

        tally = Tally()
        with stopping(NOT_WRITTEN), self.view.progress("Looking at the rows", ready.survey.rows) as step:
            for outcome in judged(ready.work):
                tally.add(outcome)
                if outcome.state is not State.READY:
                    self._waiting.add(outcome.row)
                self.view.row(outcome, new=False, judged=True)
                step()
        return tally

    def _written(self, ready: "Prepared") -> bool:
        from tipletters.batch import State, Tally, write_reports, written

        tally, new = Tally(), 0
        with stopping(_HALFWAY.format(self.folder.letters)), self.folder.taken() as ledger:
            ledger.decide(self.answers)
            with self.view.progress("Writing the letters", ready.survey.rows) as step:
                for outcome, fresh in written(
                    ready.work, self.folder, ledger, by=self.session.by, at=self.session.now()
                ):
                    tally.add(outcome)
                    new += fresh
                    self.view.row(outcome, new=fresh, judged=False)
                    step()
            day = self._options().day
            title = f"Letters of the kind “{self.given['template']}”"
            files = write_reports(self.folder, ledger, ready.table, title, day)
            joined = self._joined(ledger)
        self.view.done(tally, new, self.folder.path, [*files, *joined], self._again())
        self.view.put_aside(self.folder)
        return tally[State.WRITTEN] < tally.rows

    def _again(self) -> str:
        """Return the command that runs the rows to mend, with the same ways of reading them."""
        given = self.given
        options = {"--map": given["mapping"], "--recipients": given["recipients"], "--date": self._options().day}
        options |= {"--dates": given["dates"], "--zeros": given["zeros"], "--register": given["where"]}
        told = [f"{name} {shlex.quote(str(value))}" for name, value in options.items() if value]
        told += [f"--format {given['kind']}"] if given["kind"] != "docx" else []
        told += [f"--{name}" for name, wanted in _ALSO.items() if given[wanted]]
        return " ".join(["tipletters batch", given["template"], "{}", "-o", shlex.quote(str(self.folder.path)), *told])

    def _joined(self, ledger: "Ledger") -> list[str]:
        """Get the letters ready for the printer, as far as that was asked for; returns the names of the files."""
        from tipletters.batch.aside import PRINT, ZIP
        from tipletters.batch.printing import bundle, can_print, pack

        names = []
        if self.given["bundle"]:
            for name, whom, count in bundle(self.folder, ledger, pdf=can_print()):
                names.append(f"{PRINT}/{name}.docx")
                self.view.joined(f"{PRINT}/{name}", whom, count)
        if self.given["as_zip"]:
            pack(self.folder, ledger)
            names.append(ZIP)
        return names


def _known_by(table: Path) -> str | None:
    """Return what a table is known by while somebody works on it, as `Folder` takes it."""
    from tipletters.batch.report import TO_MEND

    if table == Path("-"):
        return None
    return "" if table.stem.startswith(TO_MEND) else str(table.resolve())


def _readable(path: Path) -> Path:
    from tipletters.tables import kind_of

    kind_of(path)
    return path


@contextmanager
def _kept(table: Path, output: Path) -> Iterator[Path]:
    """Give the table's path; what comes from another program is kept in the output folder for the run."""
    if table != Path("-"):
        yield table
        return
    from tipletters.batch.folder import keep

    path = keep(sys.stdin.buffer, output)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _workers(count: int, dask: str | None, output: Path) -> Iterator[dict[str, Any]]:
    """Give who makes the letters, as `Work` takes it."""
    from tipletters.batch import engines

    if dask:
        with engines.dask(dask, output) as (executor, many, make):
            yield {"executor": executor, "workers": many, "make": make}
        return
    with engines.processes(count) as pool:
        yield {"executor": pool, "workers": count}
