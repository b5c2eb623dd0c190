"""What a run of many letters says on the terminal, calmly and exactly."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from tipletters.batch.aside import ASIDE
from tipletters.batch.outcome import Outcome, State
from tipletters.batch.report import REPORT, to_mend
from tipletters.batch.survey import Doubt
from tipletters.batch.tally import Group, Tally
from tipletters.cli.batchlines import register_said
from tipletters.cli.prompts import stopping
from tipletters.wording import capital_first

if TYPE_CHECKING:
    from tipletters.batch.folder import Folder
    from tipletters.batch.prepare import Prepared
    from tipletters.remember import Record

_SHOWN = 15
NOT_WRITTEN = "No letter was written, and no answer was kept. To go on, give the command again."


class View:
    """The terminal.

    Args:
        quiet: say only what went wrong.
        dry: it is a look; say how each column is understood.
    """

    def __init__(self, *, quiet: bool, dry: bool) -> None:
        self._quiet, self._dry = quiet, dry
        self._told: set[tuple[str, ...]] = set()
        self._out = Console(highlight=False)
        self._err = Console(stderr=True, highlight=False)
        self._joined: list[str] = []

    def _say(self, text: str = "", style: str = "", *, always: bool = False) -> None:
        if always or not self._quiet:
            self._out.print(Text(text, style=style), soft_wrap=True)

    def opened(self, ready: "Prepared", table: str, record: "Record") -> None:
        """Say what was opened and how it was read."""
        self._say(f"\n{table}: {_count(ready.survey.rows, 'row')}", "bold")
        self._say(f"  {ready.table.described}. {register_said(record)}")
        used = [f"{name} → {place}" for name, place in zip(ready.plan.columns, ready.plan.places, strict=True) if place]
        if self._dry:
            self._say(f"  Columns: {'; '.join(used)}.")
        if ready.plan.unused:
            self._say(f"  Not used: {', '.join(ready.plan.unused)}.")
        for note in ready.survey.notes:
            self._say(f"  {note}")

    def asked(self, doubt: Doubt) -> str:
        """Ask about a whole column, once."""
        self._say(f"\n{doubt.question}")
        for number, (_, meaning) in enumerate(doubt.options, start=1):
            self._say(f"  {number}  {meaning}")
        with stopping(NOT_WRITTEN):
            choice = click.prompt("Which is right", type=click.IntRange(1, len(doubt.options)), default=1)
        return str(doubt.options[choice - 1][0])

    def must_ask(self, ready: "Prepared") -> None:
        """Say what has to be answered before any row can be judged."""
        self._say("\nPlease settle this first. Nothing has been written.", "bold", always=True)
        for place, then in ready.plan.missing:
            self._say(f"- No column gives “{place}”. {then}", always=True)
        for name, place in ready.plan.doubtful:
            self._say(
                f"- The column “{name}” is not known. Did you mean “{place}”? Name it so, or say in a mapping file "
                f'(--map): [columns] "{name}" = "{place}". To leave it out: "{name}" = "".',
                always=True,
            )
        for about in dict.fromkeys(doubt.about for doubt in ready.survey.doubts):
            doubts = [doubt for doubt in ready.survey.doubts if doubt.about == about]
            for doubt in doubts:
                self._say(f"- {doubt.question}", always=True)
            for answer, meaning in doubts[0].options:
                self._say(f"    Add --{about} {answer} where {meaning}.", always=True)
            if len(doubts) > 1:
                self._say(f"    Where columns differ, say it for each in a mapping file, under [{about}].", always=True)

    def judged(self, tally: Tally, ready: "Prepared") -> None:
        """Say how things stand before anything is written."""
        counts = [f"{tally[state]:,} {words}" for state, words in _STATES.items() if tally[state]]
        self._say(f"\n{capital_first(', '.join(counts))}.", "bold")
        self._groups(tally, State.ATTENTION, "To mend")
        self._groups(tally, State.REFUSED, "Not to be written")
        if tally.notes:
            self._say("\nCopies")
            for note, group in list(tally.notes.items())[:_SHOWN]:
                self._say(f"- {note} ({rows_said(group)})")

    def _groups(self, tally: Tally, of: State, heading: str) -> None:
        found = [(key, group) for key, group in tally.groups.items() if key[0] is of and key not in self._told]
        self._told.update(key for key, _ in found)
        if not found:
            return
        self._say(f"\n{heading}", "yellow", always=True)
        for (_, cell, what, then), group in found[:_SHOWN]:
            self._say(f"- {rows_said(group)}: {f'“{cell}”. ' if cell else ''}{what}", always=True)
            if then:
                self._say(f"    {then}", always=True)
        if len(found) > _SHOWN:
            self._say(f"- … and {len(found) - _SHOWN} more kinds of problem. The report has them all.", always=True)

    def nothing_written(self, tally: Tally, *, dry: bool) -> None:
        """Say that nothing was written, and how to go on."""
        self._say("\nNothing has been written." if not dry else "\nThis was a look. Nothing has been written.")
        ready, waiting = tally[State.READY], tally.rows - tally[State.READY]
        if ready and waiting:
            self._say(
                f"Mend the table and run it again. Or write the {ready:,} that are ready with --only-ready: the other "
                f"{waiting:,} then come out as a table to mend."
            )
        elif ready:
            self._say(f"All {ready:,} letters are ready. Leave out --dry-run to write them.")

    def go_on(self, tally: Tally) -> bool:
        """Ask whether to write those that are ready."""
        waiting = tally.rows - tally[State.READY]
        self._say()
        with stopping(NOT_WRITTEN):
            return click.confirm(
                f"Write the {tally[State.READY]:,} letters that are ready? "
                f"The other {_count(waiting, 'row')} will come out as a table to mend",
                default=False,
            )

    @contextmanager
    def progress(self, what: str, rows: int) -> Iterator[Callable[[], None]]:
        """Show how far a run has come, its rate and the time left."""
        if self._quiet or not self._err.is_terminal:
            yield lambda: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        rate = TextColumn("{task.fields[rate]}")
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
        with Progress(*columns, console=self._err, transient=True) as bar:
            task = bar.add_task(what, total=rows, rate="")

            def step() -> None:
                bar.advance(task)
                speed = bar.tasks[0].speed
                bar.update(task, rate=f"{speed:,.0f} a second" if speed else "")

            yield step

    def row(self, outcome: Outcome, *, new: bool, judged: bool) -> None:
        """Say nothing: a person reads the sums."""

    def joined(self, name: str, whom: str, count: int) -> None:
        """Remember what was joined for printing, to be said at the end."""
        self._joined.append(f"  To print: {name} ({_count(count, 'letter')} for {whom})")

    def done(self, tally: Tally, new: int, folder: Path, files: list[str], again: str) -> None:
        """Say what was written, where it is, and what is left to do; `again` is the command without its table."""
        written, waiting = tally[State.WRITTEN], tally.rows - tally[State.WRITTEN]
        if not new and not waiting:
            self._say(f"\nNothing to do: {_all_letters(written)} as we wrote them.", "bold")
        else:
            before = f" ({written - new:,} were there already)" if written > new else ""
            self._say(f"\nWritten: {_count(new, 'letter')}{before}.", "bold")
        self._say(f"  Letters: {(folder / 'letters').resolve()}")
        self._say(f"  Report:  {(folder / REPORT).resolve()}")
        for name in (name for name in files if name.startswith(ASIDE)):
            self._say(f"  The rows that you mended are kept in {(folder / name).resolve()}")
        for line in self._joined[:_SHOWN]:
            self._say(line)
        if len(self._joined) > _SHOWN:
            self._say(f"  … and {len(self._joined) - _SHOWN} more in {(folder / 'print').resolve()}")
        if waiting and (mend := to_mend(folder)):
            self._groups(tally, State.ATTENTION, "To mend")
            self._groups(tally, State.REFUSED, "Not written")
            self._say(
                f"\n{_count(waiting, 'row')} could not be written. They are in {mend.name}, each with its reason."
            )
            self._say("It holds your clients' data, so keep it as you keep the table. Mend it there, and run:")
            self._say(f"  {again.format(mend)}")

    def put_aside(self, folder: "Folder") -> None:
        """Say which files of an earlier run must not go out any more, and where they are."""
        if folder.put_aside:
            where = (folder.path / ASIDE).resolve()
            self._say(
                f"\nPut aside: {_count(len(folder.put_aside), 'file')} that an earlier run wrote. They must not go out "
                f"now: their rows are to be mended, or nobody may have them any more. They are in {where}.",
                "yellow",
                always=True,
            )
            self._say("If you printed or sent one already, tell whoever looks after these letters.", always=True)
        if folder.unjoined and not self._joined:
            self._say(
                "\nWhat an earlier run joined for printing held letters that are not right any more, so we took it "
                "away. To join the letters again, add --bundle.",
                always=True,
            )


_STATES = {State.READY: "ready", State.ATTENTION: "to mend", State.REFUSED: "not to be written"}


def rows_said(group: Group) -> str:
    """Say which rows are meant: all of a few, the first of many."""
    if group.count == 1:
        return f"Row {group.rows[0]}"
    named = ", ".join(map(str, group.rows))
    return (
        f"Rows {named}" if group.count == len(group.rows) else f"Rows {named} and {group.count - len(group.rows)} more"
    )


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def _all_letters(number: int) -> str:
    return "the one letter is" if number == 1 else f"all {number:,} letters are"
