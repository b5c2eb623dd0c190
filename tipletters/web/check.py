"""The page that checks a text or a document, and what all pages know of issues."""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

from tipletters.annotate.swaps import swaps
from tipletters.checks.existing import Checked
from tipletters.checks.issue import Issue, Report, told, worst_first
from tipletters.checks.registry import CHECKS, manual
from tipletters.checks.run import Run, check_text
from tipletters.config import find
from tipletters.errors import ReadError
from tipletters.web.desk import Desk
from tipletters.web.pages import page
from tipletters.web.shelf import listed

_WORST = 3
_CHOICES = 4


def show(desk: Desk, _: Mapping[str, str]) -> str:
    """Return the page."""
    return page("check.html", desk, aim=run_of(desk).profile.aim_reading_age)


def run_of(desk: Desk, allowed: Iterable[str] = (), skip: frozenset[str] = frozenset()) -> Run:
    """Return what the checks remember while the page is open, with the words that may stand.

    Args:
        desk: where it is kept until the page locks.
        allowed: words that may stand in this text, beside those of the organisation.
        skip: checks to leave out.
    """
    run: Run = desk.held.setdefault(f"run {sorted(skip)}", Run(skip=skip))
    run.allow((*find(desk.folder).config.allow, *allowed))
    return run


def of_text(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Check a text that stands in a box of the page."""
    text = str(data.get("text", ""))
    document: Checked | None = desk.held.get("documents", {}).get(str(data.get("document", "")))
    file = document.file if document else None
    return as_marks(check_text(text, run=run_of(desk, map(str, listed(data, "allowed"))), file=file))


def as_marks(report: Report) -> dict[str, Any]:
    """Return a report as the page marks it; places count as a browser counts them."""
    report = told(report)
    place = _Places(report.text)
    number = {id(issue): n for n, issue in enumerate(report.issues)}
    hardest = report.hardest[:_WORST]
    return {
        "issues": [_as_mark(issue, report.text, place) for issue in report.issues],
        "groups": [[number[id(issue)] for issue in group] for group in worst_first(report)],
        "hardest": [{"start": place(s.start), "end": place(s.end), "difficulty": s.difficulty} for s in hardest],
        "scores": report.scores,
    }


def _as_mark(issue: Issue, text: str, place: "_Places") -> dict[str, Any]:
    """Return an issue as the page shows it: what reads well in its place is a button, the rest are ideas."""
    fitting = swaps(issue, text)[:_CHOICES]
    told = {one.idea for one in fitting}
    return {
        "check": issue.check,
        "name": issue.check.replace("-", " "),
        "start": place(issue.start),
        "end": place(issue.end),
        "message": issue.message,
        "swaps": [{"words": one.words, "back": place(issue.start) - place(one.start)} for one in fitting],
        "ideas": [one for one in issue.suggestions[:_CHOICES] if one not in told],
        "severity": str(issue.severity),
    }


def in_points(text: str, place: object) -> int:
    """Return a place in code points for one that JavaScript counted."""
    at = place if isinstance(place, int) else 0
    return len(text.encode("utf-16-le")[: 2 * max(0, at)].decode("utf-16-le", errors="ignore"))


class _Places:
    """Turns places in code points into places as JavaScript counts them, where 😀 counts as two."""

    def __init__(self, text: str) -> None:
        wide = bool(text) and not text.isascii() and max(text) > "\uffff"
        self._at = list(accumulate((1 + (ch > "\uffff") for ch in text), initial=0)) if wide else None

    def __call__(self, at: int) -> int:
        return self._at[at] if self._at else at


def explain(_: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the manual page of a check.

    Raises:
        ReadError: there is no such check.
    """
    name = str(data.get("check", ""))
    if name not in CHECKS:
        raise ReadError("There is no such check.", then="Load the page again.")
    return {"text": manual(name)}
