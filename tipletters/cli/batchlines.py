"""What a run of many letters says to another program: lines of JSON."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tipletters.batch.outcome import Outcome
from tipletters.batch.survey import Doubt
from tipletters.batch.tally import Tally

if TYPE_CHECKING:
    from tipletters.batch.folder import Folder
    from tipletters.batch.prepare import Prepared
    from tipletters.remember import Record


class Lines:
    """Lines of JSON for another program: one for each row, one at each end."""

    def _line(self, event: str, **what: Any) -> None:
        click.echo(json.dumps({"event": event, **what}, ensure_ascii=False))

    def opened(self, ready: "Prepared", table: str, record: "Record") -> None:
        """Say what was opened."""
        columns = dict(zip(ready.plan.columns, ready.plan.places, strict=True))
        self._line(
            "opened",
            version=1,
            rows=ready.survey.rows,
            read_as=ready.table.described,
            columns=columns,
            notes=list(ready.survey.notes),
            register=register_said(record),
        )

    def asked(self, doubt: Doubt) -> str:
        """Never ask."""
        raise NotImplementedError

    def must_ask(self, ready: "Prepared") -> None:
        """Say what has to be answered first."""
        self._line(
            "questions",
            missing=[place for place, _ in ready.plan.missing],
            unknown_columns=dict(ready.plan.doubtful),
            columns=[
                {"column": one.column, "about": one.about, "row": one.first, "options": [key for key, _ in one.options]}
                for one in ready.survey.doubts
            ],
        )

    def judged(self, tally: Tally, ready: "Prepared") -> None:
        """Say the sums before anything is written."""
        self._line("judged", **{str(state): count for state, count in tally.states.items()})

    def nothing_written(self, tally: Tally, *, dry: bool) -> None:
        """Say that nothing was written."""
        self._line("nothing written", dry_run=dry)

    def go_on(self, tally: Tally) -> bool:
        """Never ask."""
        return False

    @contextmanager
    def progress(self, what: str, rows: int) -> Iterator[Callable[[], None]]:
        """Each row is a line; that is progress enough."""
        yield lambda: None

    def row(self, outcome: Outcome, *, new: bool, judged: bool) -> None:
        """Say what came of a row."""
        self._line(
            "judged row" if judged else "row",
            row=outcome.row,
            reference=outcome.reference,
            outcome=str(outcome.state),
            cell=outcome.cell,
            what=outcome.what,
            then=outcome.then,
            notes=list(outcome.notes),
            files=[{"name": one.name, "sha256": one.sha256, "copy": one.copy} for one in outcome.files],
            new=new,
        )

    def joined(self, name: str, whom: str, count: int) -> None:
        """Say what was joined for printing."""
        self._line("joined", name=name, whom=whom, letters=count)

    def done(self, tally: Tally, new: int, folder: Path, files: list[str], again: str) -> None:
        """Say the sums."""
        self._line("done", new=new, files=files, **{str(state): count for state, count in tally.states.items()})

    def put_aside(self, folder: "Folder") -> None:
        """Say which files of an earlier run must not go out any more."""
        if folder.put_aside or folder.unjoined:
            self._line("put aside", files=folder.put_aside, joined_taken_away=folder.unjoined)


def register_said(record: "Record") -> str:
    """Say which register is asked."""
    if record.problem:
        return f"Register: it cannot be read ({record.problem.rstrip('.')}), so only clients get a copy."
    return "No register is asked." if record.register is None else f"Register: {record.place.whose}"
