"""The report of the checks: the letter's own words, marked, with what to write beside them, worst first."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from tipletters.annotate.summary import trend as months
from tipletters.checks.existing import Checked
from tipletters.checks.issue import Issue, Report, Severity, worst_first
from tipletters.checks.profile import Profile

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.ADVICE: "cyan"}
_SHOWN = 25


def as_json(checked: Sequence[Checked], *, trend: bool = False) -> str:
    """Return the report as JSON; its form is written down in docs/checks.md."""
    made: dict[str, Any] = {"version": 1, "files": [_file(one) for one in checked]}
    if trend:
        made["trend"] = [vars(month) for month in months(checked)]
    return json.dumps(made, ensure_ascii=False, indent=1)


def _file(checked: Checked) -> dict[str, Any]:
    report = checked.report
    if report is None:
        return {"path": str(checked.path)} | (
            {"skipped": checked.skipped} if checked.skipped else {"error": checked.error}
        )
    return {
        "path": str(checked.path),
        "kind": checked.read.kind if checked.read else "",
        "encoding": checked.encoding,
        "problems": list(checked.read.problems) if checked.read else [],
        "text": report.text,
        "scores": report.scores,
        "costly_words": list(report.costly),
        "allowed": list(report.allowed),
        "sentences": [{"start": s.start, "end": s.end, "difficulty": s.difficulty} for s in report.sentences],
        "issues": [as_mapping(report.text, one) for one in report.issues],
    }


def as_mapping(text: str, issue: Issue) -> dict[str, Any]:
    """Return an issue as JSON has it."""
    return {
        "check": issue.check,
        "start": issue.start,
        "end": issue.end,
        "text": text[issue.start : issue.end],
        "message": issue.message,
        "suggestions": list(issue.suggestions),
        "severity": str(issue.severity),
        "source": issue.source,
    }


def show(checked: Sequence[Checked], profile: Profile, *, trend: bool = False) -> None:
    """Print the report on the terminal."""
    console = Console(highlight=False)
    for one in checked:
        console.print(Text(f"\n{one.path}", style="bold"), soft_wrap=True)
        if one.report is None:
            console.print(Text(one.error, style="red") if one.error else Text(f"Left out. {one.skipped}", style="dim"))
            continue
        for problem in one.read.problems if one.read else ():
            console.print(Text(problem, style="yellow"))
        for line in _lines(one.report):
            console.print(line)
        console.print(Text(_summary(one.report, profile)))
        if one.report.allowed:
            console.print(Text(f"Allowed here: {', '.join(one.report.allowed)}."))
    if trend:
        _show_trend(console, checked)
    console.print()


def _show_trend(console: Console, checked: Sequence[Checked]) -> None:
    found = months(checked)
    if not found:
        console.print("\nNo letter has a date, so there is no trend to show.")
        return
    table = RichTable("Month", "Letters", "Reading age", "Difficulty", "To change in 100 words", box=None)
    for month in found:
        table.add_row(month.month, *map(str, (month.letters, month.reading_age, month.difficulty, month.to_change)))
    console.print(Text("\nFrom month to month (the middle of all letters)", style="bold"))
    console.print(table)


def _lines(report: Report) -> Iterator[Any]:
    """Yield each issue once, worst first, with its words as they stand in the letter."""
    groups = worst_first(report)
    for same in groups[:_SHOWN]:
        first = same[0]
        yield _marked(report.text, first)
        times = f" ({len(same)} times)" if len(same) > 1 else ""
        better = f" Write: {' / '.join(first.suggestions)}." if first.suggestions else ""
        yield Padding(Text(f"{first.check}{times}: {first.message}{better}"), (0, 0, 1, 4))
    if len(groups) > _SHOWN:
        yield Text(f"… and {len(groups) - _SHOWN} more. All are in --format json.\n")


def _marked(text: str, issue: Issue) -> Text:
    before = text[max(0, issue.start - 30) : issue.start].replace("\n", " ").replace("\r", "")
    after = text[issue.end : issue.end + 25].replace("\n", " ").replace("\r", "")
    words = text[issue.start : issue.end].replace("\n", " ")
    shown = words if len(words) < 90 else words[:85] + " …"
    if not words.strip():
        return Text("  (the whole letter)", style="dim")
    return Text.assemble("  ", (f"…{before}", "dim"), (shown, _COLOURS[issue.severity]), (f"{after}…", "dim"))


def _summary(report: Report, profile: Profile) -> str:
    counts = {level: sum(one.severity is level for one in report.issues) for level in Severity}
    if not report.scores:
        return "There are no words in it."
    age = report.scores["reading_age"]
    aim = "" if age <= profile.aim_reading_age + 0.5 else f" (the aim is {profile.aim_reading_age})"
    costly = f"\nThe words that cost the reader most: {', '.join(report.costly)}." if report.costly else ""
    return (
        f"{counts[Severity.WARNING] + counts[Severity.ERROR]} to change, {counts[Severity.ADVICE]} to think about. "
        f"Reading age {age:.0f}{aim}. Difficulty {report.scores['difficulty']:.1f} of 6.{costly}"
    )
