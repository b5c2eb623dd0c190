"""The report on the terminal: the letter's own words, marked, with what to write beside them, worst first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tipletters.checks.existing import Checked
from tipletters.checks.issue import RANK, Issue, Report, Severity, told, worst_first
from tipletters.checks.profile import Profile
from tipletters.checks.sections import SECTIONS
from tipletters.checks.text.difficulty import parts
from tipletters.wording import printable

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.ADVICE: "cyan"}
_SHOWN = 10  # of each section; of doses all
_HARD = 4.0  # from this difficulty on the hardest sentence is shown


def show(checked: Sequence[Checked], profile: Profile, *, trend: bool = False) -> None:
    """Print what the checks say of each file.

    Args:
        checked: the files.
        profile: how strict the checks are.
        trend: also how the letters read from month to month.
    """
    console = Console(highlight=False)
    for one in checked:
        console.print(Text(f"\n{printable(str(one.path))}", style="bold"), soft_wrap=True)
        if one.report is None:
            console.print(Text(one.error, style="red") if one.error else Text(f"Left out. {one.skipped}", style="dim"))
            continue
        for problem in one.read.problems if one.read else ():
            console.print(Text(problem, style="yellow"))
        report = told(one.report)
        report = replace(report, text=printable(report.text), costly=tuple(map(printable, report.costly)))
        console.print(Text(_summary(report, profile)))
        for part in _sections(report, console):
            console.print(part)
    if len(checked) > 1:
        console.print(Text(f"\n{_counted(checked)}", style="bold"))
    if trend:
        _show_trend(console, checked)
    console.print()


def _counted(checked: Sequence[Checked]) -> str:
    read = sum(one.report is not None for one in checked)
    bad = sum(bool(one.error) for one in checked)
    left = len(checked) - read - bad
    return f"{len(checked)} files: {read} read" + f", {bad} not" * bool(bad) + f", {left} left out" * bool(left) + "."


def _show_trend(console: Console, checked: Sequence[Checked]) -> None:
    from tipletters.annotate.summary import trend as months
    from tipletters.annotate.summary import undated

    found, left = months(checked), undated(checked)
    if not found:
        console.print("\nNo letter has a date, so there is no trend to show.")
        return
    table = Table("Month", "Letters", "Reading age", "Difficulty", "To change in 100 words", box=None)
    for month in found:
        table.add_row(month.month, *map(str, (month.letters, month.reading_age, month.difficulty, month.to_change)))
    console.print(Text("\nFrom month to month (the middle of all letters)", style="bold"))
    console.print(table)
    if left:
        console.print(f"Not counted, since no date stands near the beginning: {len(left)} of {_letters(checked)}.")
        for one in left:
            console.print(Text(f"  {printable(str(one.path))}"), soft_wrap=True)


def _letters(checked: Sequence[Checked]) -> str:
    count = sum(one.report is not None for one in checked)
    return f"{count} letter{'s' * (count != 1)}"


def _summary(report: Report, profile: Profile) -> str:
    if not report.scores:
        return "There are no words in it."
    mild = sum(one.severity is Severity.ADVICE for one in report.issues)
    age = report.scores["reading_age"]
    aim = "" if age <= profile.aim_reading_age + 0.5 else f" (the aim is {profile.aim_reading_age})"
    return (
        f"{len(report.issues) - mild} to change, {mild} to think about. Reading age {age:.0f}{aim}. "
        f"Difficulty {report.scores['difficulty']:.1f} of 6."
    )


def _sections(report: Report, console: Console) -> Iterator[Text | Table]:
    groups, first = worst_first(report), ""
    for heading, checks in SECTIONS.items():
        found = sorted(
            (group for group in groups if group[0].check in checks), key=lambda group: _rank(group, checks, report)
        )
        if found:
            first = first or found[0][0].check
            yield Text(f"\n{heading}", style="bold")
            shown = max(_SHOWN, sum(group[0].is_dose for group in found))
            yield _table(report, found[:shown], console)
            if len(found) > shown:
                yield Text(f"  … and {len(found) - shown} more (all with --format json)", style="dim")
    yield from _hardest(report)
    if report.allowed:
        yield Text(f"\nAllowed here: {', '.join(report.allowed)}.")
    if first:
        yield Text(f"\nWhy it matters: tipletters explain {first}", style="dim")


def _rank(group: list[Issue], checks: tuple[str, ...], report: Report) -> tuple[int, bool, int, int, int]:
    """What matters most comes first: the severity, a dose that can be misread, the words that cost the reader most."""
    first = group[0]
    words = report.text[first.start : first.end].lower()
    cost = report.costly.index(words) if words in report.costly else len(report.costly)
    return RANK[first.severity], not first.is_dose, cost, checks.index(first.check), first.start


def _table(report: Report, groups: Iterable[list[Issue]], console: Console) -> Table:
    table = Table.grid(padding=(0, 2), pad_edge=True)
    width = min(48, console.width // 2)
    signs = ("", "") if console.color_system else ("[", "]")
    for group in groups:
        if group[0].start == group[0].end:
            table.add_row(Text(group[0].message.removeprefix("It does not seem to say "), style="dim"))
        else:
            words = _marked(report.text, group, width, signs)
            words.pad_right(max(0, width - words.cell_len))
            table.add_row(words, _advice(group[0]))
    return table


def _advice(issue: Issue) -> Text:
    if issue.suggestions and issue.severity is not Severity.ADVICE:
        return Text(" / ".join(issue.suggestions[:3]))
    better = f" {' / '.join(issue.suggestions[:3])}" if issue.suggestions else ""
    return Text.assemble((issue.message, "dim"), better)


def _marked(text: str, group: list[Issue], room: int, signs: tuple[str, str]) -> Text:
    """Return the words with as many before and after them as there is room for."""
    first = group[0]
    words = " ".join(text[first.start : first.end].split())
    often = f" ×{len(group)}" if len(group) > 1 else ""
    if len(words) > room - 8:
        words = f"{words[: room - 8].rpartition(' ')[0]} …"
    words = words.join(signs)
    room -= len(words) + len(often) + 2
    before, after = _around(text, first, max(0, room))
    return Text.assemble((before, "dim"), (words, _COLOURS[first.severity]), (after, "dim"), often)


def _around(text: str, issue: Issue, room: int) -> tuple[str, str]:
    """Return what stands before and after an issue in its line, in whole words."""
    line = text[max(0, issue.start - 200) : issue.start].rpartition("\n")[2]
    before = line if len(line) <= room // 2 else line[-(room // 2) :].partition(" ")[2] if room > 1 else ""
    rest = text[issue.end : issue.end + 200].partition("\n")[0]
    left = room - len(before)
    after = rest if len(rest) <= left else rest[:left].rpartition(" ")[0]
    return before.lstrip(), after.rstrip()


def _hardest(report: Report) -> Iterator[Text]:
    """Yield the hardest sentence with what makes it hard."""
    worst = next(iter(report.hardest), None)
    if worst is None or worst.difficulty < _HARD:
        return
    sentence = " ".join(report.text[worst.start : worst.end].split())
    why = ", ".join(f"{part.name} +{part.adds:.1f}" for part in parts(sentence)[1:] if part.adds >= 0.1)
    yield Text(f"\nThe hardest sentence ({worst.difficulty:.1f} of 6: {why})", style="bold")
    yield Text(f"  {sentence if len(sentence) < 300 else f'{sentence[:295]} …'}")
