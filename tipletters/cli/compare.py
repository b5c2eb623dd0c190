"""`tipletters compare`."""

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tipletters.wording import printable

if TYPE_CHECKING:
    from tipletters.annotate.versions import Compared, Fact
    from tipletters.checks.existing import Checked
    from tipletters.checks.issue import Issue, Report
    from tipletters.checks.run import Run

# What is shown, by its name in words; "smog_is_sure" is for programs.
_SCORES = {
    "reading_age": "reading age",
    "difficulty": "difficulty (1 to 6)",
    "flesch_reading_ease": "reading ease (0 to 100)",
    "flesch_kincaid_grade": "Flesch-Kincaid grade",
    "smog": "SMOG",
    "gunning_fog": "Gunning fog",
    "sentences": "sentences",
    "words": "words",
}
_COUNTS = ("sentences", "words")
_SHOWN = 15


@click.command(epilog="Example: tipletters compare old.docx new.docx")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--profile", default="nhs", show_default=True, help="How strict: a name, or your own .toml file.")
@click.pass_context
def compare(context: click.Context, old: Path, new: Path, form: str, profile: str) -> None:
    """Say what changed from the OLD version of a letter to the NEW one, and whether a fact changed with it.

    Numbers, units, dates, left and right, "not" and medicines are counted in both. Exit codes: 0 nothing of these
    changed and nothing new is to change, 1 something, 2 a file could not be read.
    """
    from tipletters.annotate.versions import compare as compared
    from tipletters.checks.issue import Severity
    from tipletters.checks.profile import profile_of
    from tipletters.checks.run import Run

    run = Run(profile_of(profile))
    (first, before), (second, after) = (_letter(path, run) for path in (old, new))
    result = compared(before, after)
    click.echo(_as_json(first, second, result) if form == "json" else _as_text(first, second, result))
    worse = any(one.severity is not Severity.ADVICE for one in result.new)
    context.exit(int(bool(result.facts) or worse))


def _letter(path: Path, run: "Run") -> "tuple[Checked, Report]":
    """Return the one letter that a path names.

    Raises:
        ReadError: it cannot be read, or there are several.
    """
    from tipletters.checks.existing import check_files
    from tipletters.errors import ReadError

    then = "Compare one letter with one: name both files. To see how many letters change, use check with --trend."
    if path.is_dir():
        raise ReadError("This is a folder, not a letter.", where=str(path), then=then)
    one, *more = islice(check_files((path,), run), 2)
    if more:
        raise ReadError("There are several letters in this.", where=str(path), then=then)
    if one.report is None:
        raise ReadError(one.error or one.skipped, where=str(one.path))
    return one, one.report


def _as_json(old: "Checked", new: "Checked", result: "Compared") -> str:
    from tipletters.cli.report import as_mapping

    def issues(checked: "Checked", some: "tuple[Issue, ...]") -> list[dict[str, Any]]:
        return [as_mapping(checked.report.text if checked.report else "", one) for one in some]

    return json.dumps(
        {
            "version": 1,
            "old": str(old.path),
            "new": str(new.path),
            "scores": {name: {"old": before, "new": after} for name, (before, after) in result.scores.items()},
            "solved": issues(old, result.solved),
            "new_issues": issues(new, result.new),
            "kept": result.kept,
            "facts": [{"kind": one.kind, "words": one.words, "old": one.old, "new": one.new} for one in result.facts],
        },
        ensure_ascii=False,
        indent=1,
    )


def _as_text(old: "Checked", new: "Checked", result: "Compared") -> str:
    lines = [f"{'':24}{'old':>8}{'new':>8}"]
    for name in (one for one in _SCORES if one in result.scores):
        before, after = result.scores[name]
        places = 0 if name in _COUNTS else 1
        lines.append(f"{_SCORES[name]:24}{before:8.{places}f}{after:8.{places}f}")
    lines.append(f"\nSolved: {len(result.solved)}. New: {len(result.new)}. Still there: {result.kept}.")
    for title, checked, issues in (("Solved", old, result.solved), ("New", new, result.new)):
        lines += _listed(title, checked, issues)
    if result.facts:
        lines.append("\nFacts that are not the same. Please look at each:")
        lines += [f"  {one.kind}: {_changed(one)}" for one in result.facts]
    else:
        lines.append("\nNumbers, units, dates, left and right, “not” and medicines are the same.")
    return "\n".join(lines)


def _changed(fact: "Fact") -> str:
    return f"“{printable(fact.words)}” {_times(fact.old)} before, {_times(fact.new)} now"


def _times(count: int) -> str:
    return {0: "not there", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _listed(title: str, checked: "Checked", issues: "tuple[Issue, ...]") -> list[str]:
    if not issues or checked.report is None:
        return []
    text = printable(checked.report.text)
    counts = Counter(f"{one.check}: {_short(text[one.start : one.end]) or one.message}" for one in issues)
    lines = [f"  {line} ×{count}" if count > 1 else f"  {line}" for line, count in counts.items()]
    more = [f"  … and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return [f"\n{title}:", *lines[:_SHOWN], *more]


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) < 70 else f"{words[:66]} …"
