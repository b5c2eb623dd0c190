"""What is left beside the letters: a report to read, the same as a table, a list of all files, and the rows to mend."""

import csv
import heapq
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any, TypeVar

from markupsafe import Markup

from tipletters.batch.aside import put_aside
from tipletters.batch.folder import LETTERS, Folder, digest
from tipletters.batch.ledger import Ledger
from tipletters.batch.outcome import Outcome, Reading, State
from tipletters.batch.tally import Group, Tally
from tipletters.dates import long_date
from tipletters.files import writing
from tipletters.readers.sources import FOR_WORKER
from tipletters.tables import Row, Table
from tipletters.tables.guard import guarded
from tipletters.tables.writing import ENDINGS, write_rows

T = TypeVar("T", bound=tuple[Any, ...])

REPORT, REPORT_TABLE, MANIFEST = "report.html", "report.csv", "manifest.csv"
TO_MEND = "rows-to-mend"
_FRESH = f"{TO_MEND}.new"
# A page with more rows than this is no help; the CSV file has them all.
_ROWS_ON_PAGE = 1000
_HARDEST = 10
_HEAD = (
    "row", "reference", "outcome", "cell", "what is wrong", "what to do", "copies", "files", "passages left out",
    "issues", "reading age", "difficulty",
)  # fmt: skip


def write_reports(folder: Folder, ledger: Ledger, table: Table, title: str, day: date | None) -> list[str]:
    """Write the reports of a run and the rows to mend, and return the names of the files.

    Args:
        folder: the run's folder.
        ledger: its ledger.
        table: the table that was run.
        title: what was run, in words.
        day: the date of the letters, where all have one.
    """
    made = [REPORT, REPORT_TABLE, MANIFEST]
    seen = _Seen()
    with folder.file(REPORT_TABLE) as file:
        _write_csv(file, _HEAD, (_line(one) for one in seen.over(ledger.outcomes())))
    with folder.file(REPORT) as file:
        file.write(_page(seen, title, day).encode())
    with folder.file(MANIFEST) as file:
        lines = ([f"{LETTERS}/{one.name}", one.sha256, str(one.size), one.copy] for one in ledger.written())
        _write_csv(file, ("file", "sha256", "bytes", "copy"), lines)
    return made + _rows_to_mend(folder, ledger, table, some=seen.tally[State.WRITTEN] < seen.tally.rows)


def _rows_to_mend(folder: Folder, ledger: Ledger, table: Table, *, some: bool) -> list[str]:
    """Write the rows to mend, where there are some, and return the names of the files that are there then.

    The file of an earlier run goes; one that somebody worked on since is put aside, also where it is the table itself.
    """
    old = [path for ending in ENDINGS.values() if (path := folder.path / (TO_MEND + ending)).is_file()]
    name = TO_MEND + ENDINGS[table.kind]
    if some:  # read before anything goes: the table may be an old file of these
        with folder.file(_FRESH) as file:
            write_rows(table, _to_mend(table, ledger), file, folder.parts)
    kept = put_aside(folder.path, "", [path.name for path in old if digest(path) != ledger.to_mend()])
    for path in old:
        with writing(path):
            path.unlink(missing_ok=True)
    if not some:
        return kept
    fresh = folder.path / _FRESH
    ledger.wrote_to_mend(digest(fresh))
    with writing(fresh):
        fresh.replace(folder.path / name)
    return [name, *kept]


def _write_csv(file: IO[bytes], head: Iterable[str], lines: Iterable[Iterable[str]]) -> None:
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    write = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow
    write(head)
    for line in lines:
        write([guarded(cell) for cell in line])
    text.detach()


def _line(one: Outcome) -> list[str]:
    reading = one.reading or Reading()
    written = one.state is State.WRITTEN
    counts = (one.withheld, reading.issues, reading.age, reading.difficulty)
    return [
        str(one.row),
        one.reference,
        str(one.state),
        one.cell,
        one.what,
        one.then,
        " ".join(one.notes),
        "; ".join(file.name for file in one.files),
        *(str(count) if written else "" for count in counts),
    ]


def _to_mend(table: Table, ledger: Ledger) -> Iterator[tuple[Row, str, str]]:
    """Yield the rows for which nothing was written, with the reason; the ledger has them in the table's order."""
    waiting = (one for one in ledger.outcomes() if one.state is not State.WRITTEN)
    one = next(waiting, None)
    for row in table.read():
        if one is None:
            return
        if row.number == one.row:
            yield row, f"{one.cell}: {one.what}" if one.cell else one.what, one.then
            one = next(waiting, None)


_PAGE = Markup("""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="{mark}">
<title>{title}</title>
<style>
body{{font:12pt/1.5 Arial,Helvetica,sans-serif;color:#1f2a44;max-width:60em;margin:0 auto;padding:1.5em}}
h1{{font-size:1.5em;line-height:1.3}}h2{{font-size:1.15em;margin-top:2em}}
table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;vertical-align:top;padding:.4em .8em .4em 0;
border-bottom:1px solid #767676}}th{{border-bottom:2px solid #1f2a44}}.n{{white-space:nowrap}}
.big{{font-size:1.2em}}@media print{{body{{max-width:none;font-size:10pt}}}}
</style>
</head>
<body>
<h1>{title}</h1>
<p class="big">{totals}</p>
{parts}
<p>This page holds no words of the letters. It names rows, references and files, so keep it as you keep the table.</p>
</body>
</html>
""")
_TABLE = Markup("<h2>{}</h2>\n<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>\n")


@dataclass
class _Seen:
    """What the page says of all rows, counted while they go by."""

    tally: Tally = field(default_factory=Tally)
    withheld: int = 0
    issues: int = 0
    hardest: list[tuple[float, float, int, str]] = field(default_factory=list)
    worded: list[tuple[int, int, str]] = field(default_factory=list)
    first: list[Outcome] = field(default_factory=list)

    def over(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Yield the outcomes, each counted."""
        for one in outcomes:
            self._add(one)
            yield one

    def _add(self, one: Outcome) -> None:
        self.tally.add(one)
        self.withheld += one.withheld
        if len(self.first) <= _ROWS_ON_PAGE:
            self.first.append(one)
        if one.state is State.WRITTEN and one.reading:
            self.issues += one.reading.issues
            _push(self.hardest, (one.reading.difficulty, one.reading.age, -one.row, one.reference))
            if one.reading.issues:
                _push(self.worded, (one.reading.issues, -one.row, one.reference))


def _push(worst: list[T], entry: T) -> None:
    """Put an entry among the worst, of which so many are shown."""
    heapq.heappush(worst, entry)
    if len(worst) > _HARDEST:
        heapq.heappop(worst)


def _page(seen: _Seen, title: str, day: date | None) -> str:
    tally = seen.tally
    parts = [_groups("To mend", tally, State.ATTENTION), _groups("Not written", tally, State.REFUSED)]
    notes = [(note, str(group.count), _rows(group)) for note, group in tally.notes.items()]
    parts.append(_table("Copies", ("What", "Letters", "Rows"), notes))
    hard = [
        (reference, f"{difficulty:.1f} of 6", f"{age:.0f}", str(-row))
        for difficulty, age, row, reference in sorted(seen.hardest, reverse=True)
    ]
    parts.append(_table("The hardest letters to read", ("Reference", "Difficulty", "Reading age", "Row"), hard))
    worded = [(reference, str(issues), str(-row)) for issues, row, reference in sorted(seen.worded, reverse=True)]
    parts.append(_table("Most issues of wording", ("Reference", "Issues", "Row"), worded))
    if tally.rows <= _ROWS_ON_PAGE:
        every = [
            (str(one.row), one.reference, str(one.state), "; ".join(file.name for file in one.files))
            for one in seen.first
        ]
        parts.append(_table("All rows", ("Row", "Reference", "Outcome", "Files"), every))
    totals = f"{_totals(tally)} Passages left out of copies: {seen.withheld:,}. Issues of wording: {seen.issues:,}"
    totals += f" (of each row: {REPORT_TABLE})." if seen.issues else "."
    dated = f"{title}, {long_date(day)}" if day else title
    return _PAGE.format(mark=FOR_WORKER, title=dated, totals=totals, parts=Markup("").join(parts))


def _totals(tally: Tally) -> str:
    parts = [f"{tally.rows:,} rows: {tally[State.WRITTEN]:,} written"]
    parts += [f"{tally[state]:,} {words}" for state, words in _WORDS.items() if tally[state]]
    return ", ".join(parts) + "."


_WORDS = {State.ATTENTION: "to mend", State.REFUSED: "refused"}


def _groups(heading: str, tally: Tally, state: State) -> Markup:
    rows = [
        (_rows(group), str(group.count), cell, what, then)
        for (of, cell, what, then), group in tally.groups.items()
        if of is state
    ]
    return _table(heading, ("Rows", "Number", "Cell", "What is wrong", "What to do"), rows)


def _rows(group: Group) -> str:
    return ", ".join(map(str, group.rows)) + (" …" if group.count > len(group.rows) else "")


def _table(heading: str, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Markup:
    rows = list(rows)
    if not rows:
        return Markup("")
    top = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in head)
    lines = Markup("</td></tr>\n<tr><td>").join(Markup("</td><td>").join(row) for row in rows)
    return _TABLE.format(heading, top, Markup("<tr><td>{}</td></tr>").format(lines))


def to_mend(folder: Path) -> Path | None:
    """Return the file with the rows to mend; None where there is none."""
    found = [folder / (TO_MEND + ending) for ending in ENDINGS.values()]
    return next((path for path in found if path.is_file()), None)
