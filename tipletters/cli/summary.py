"""What a worker reads after drafting: who gets what, what was left out and why, and what to do next."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from tipletters.checks.issue import Report, Severity, worst_first
from tipletters.cli.report import as_mapping
from tipletters.consent import CLIENT
from tipletters.copies import Copy
from tipletters.dates import long_date
from tipletters.draft import Draft
from tipletters.output import Saved, each_once
from tipletters.proof.question import HOW_TO_ANSWER, Question
from tipletters.wording import capital_first

_LEFT = "The files are written. Something is still open: it is named above."


def as_json(draft: Draft, saved: Saved, reports: Mapping[str, Report]) -> str:
    """Return the summary as JSON; its form is written down in docs/case.md."""
    return json.dumps(
        {
            "version": 1,
            "reference": draft.case.reference,
            "date": draft.case.date.isoformat(),
            "template": draft.case.template,
            "attention": draft.needs_attention or saved.needs_attention,
            "stopped": draft.stopped,
            "register": draft.register,
            "questions": list(draft.questions),
            "unmet_needs": list(draft.unmet),
            "copies": [_copy_as_json(copy, saved, reports.get(copy.key)) for copy in draft.copies],
        },
        ensure_ascii=False,
        indent=2,
    )


def _copy_as_json(copy: Copy, saved: Saved, report: Report | None) -> dict[str, Any]:
    return {
        "recipient": copy.key,
        "for": copy.whom,
        "files": [str(path) for path in saved.files.get(copy.key, ())],
        "older_files": [str(path) for path in saved.older.get(copy.key, ())],
        "draft": copy.draft,
        "withheld": [{"label": label, "why": str(why)} for label, why in copy.withheld],
        "questions": [
            {"question": one.id, "text": one.text, "where": one.where} for one in saved.questions.get(copy.key, ())
        ],
        "why_none": copy.why_none,
        "ask": copy.ask,
        "way": copy.way,
        "scores": report.scores if report else {},
        "issues": [as_mapping(report.text, issue) for issue, *_ in worst_first(report)[:10]] if report else [],
    }


def show(draft: Draft, saved: Saved, reports: Mapping[str, Report]) -> None:
    """Print the summary on the terminal."""
    console = Console(highlight=False)
    console.print(f"\n[bold]Letter {draft.case.reference}[/bold], {long_date(draft.case.date)}")
    if draft.stopped:
        console.print(Text(f"\nNothing was written. {draft.stopped}"))
    else:
        for copy in draft.copies:
            console.print()
            for line, style in _copy(copy, saved):
                console.print(Text(line, style=style, overflow="fold"))
        console.print(Text(f"\nThe files are in: {saved.folder.resolve()}"), soft_wrap=True)
    console.print(Text(draft.register), soft_wrap=True)
    for heading, lines in (*_reading(reports.get(CLIENT)), *_asked(draft, saved), *_notes(draft, saved)):
        console.print(f"\n[bold]{heading}[/bold]")
        for line in lines:
            console.print(Text(f"- {line}"))
    console.print()


def _copy(copy: Copy, saved: Saved) -> Iterator[tuple[str, str]]:
    """Yield the lines about one copy, each with its colour."""
    yield capital_first(copy.whom), "bold"
    for path in saved.files.get(copy.key, ()):
        yield f"  {path.name}", "green"
    if copy.letter is None:
        yield f"  No copy: {copy.why_none[:1].lower()}{copy.why_none[1:]}", "" if copy.refused else "yellow"
    for line in _to_know(copy):
        yield f"  {line}", ""
    if copy.ask:
        yield f"  Ask: {copy.ask}", ""
    if older := saved.older.get(copy.key, ()):
        yield (
            f"  Still here from before: {', '.join(path.name for path in older)}. Please put away what is out of date.",
            "",
        )


def _to_know(copy: Copy) -> Iterator[str]:
    if copy.way:
        yield capital_first(copy.way) + "."
    for label, why in copy.withheld:
        yield f"Left out: {label} ({why})."
    if copy.letter is not None and not copy.withheld:
        yield "The whole letter."


def _reading(report: Report | None) -> Iterator[tuple[str, list[str]]]:
    """Yield how the client's copy reads, with the words that would trip or hurt most."""
    if report is None or not report.scores:
        return
    worst = [issue for issue, *_ in worst_first(report)[:5] if issue.severity is not Severity.ADVICE]
    lines = [f"Reading age {report.scores['reading_age']:.0f}, difficulty {report.scores['difficulty']:.1f} of 6."]
    for issue in worst:
        better = f" Write: {' / '.join(issue.suggestions[:2])}." if issue.suggestions else ""
        lines.append(f"“{report.text[issue.start : issue.end][:60]}” ({issue.check}).{better}")
    yield "How it reads", lines


def _asked(draft: Draft, saved: Saved) -> Iterator[tuple[str, list[str]]]:
    """Yield what to look at before a copy goes, and how to record the answer."""
    if lines := as_lines(each_once(draft, saved)):
        yield "Before these copies go", lines


def as_lines(questions: Sequence[Question]) -> list[str]:
    """Return a line for each question, and how to record the answers; nothing where there is none."""
    lines = [f"{one.text} ({capital_first(one.where)}. Question {one.id})" for one in questions]
    how = f"Write what you decided into the case, under [[answers]]. {HOW_TO_ANSWER}"
    return [*lines, how] if lines else []


def _notes(draft: Draft, saved: Saved) -> Iterator[tuple[str, list[str]]]:
    delivery = draft.case.delivery
    if draft.questions:
        yield "Please look at this", list(draft.questions)
    if draft.unmet:
        yield (
            "We cannot make this need",
            [f"{need}: please ask who can make it in your service." for need in draft.unmet],
        )
    how = [f"Write on the envelope: {delivery.envelope_marking}."] if delivery.envelope_marking else []
    if not draft.stopped:
        if any(copy.draft for copy in draft.copies if copy.key == CLIENT):
            how.append("Go through the client's copy with them. Send the other copies once they have checked it.")
        yield (
            "What to do next",
            how or [_LEFT if draft.needs_attention or saved.needs_attention else "The letters are ready."],
        )
