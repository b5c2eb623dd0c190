"""What the checks say, as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from tipletters.checks.existing import Checked
from tipletters.checks.issue import Issue


def as_json(checked: Sequence[Checked], *, trend: bool = False) -> str:
    """Return the report as JSON; its form is written down in docs/checks.md."""
    made: dict[str, Any] = {"version": 1, "files": [_file(one) for one in checked]}
    if trend:
        from tipletters.annotate.summary import trend as months
        from tipletters.annotate.summary import undated

        made["trend"] = [vars(month) for month in months(checked)]
        made["undated"] = [str(one.path) for one in undated(checked)]
    return json.dumps(made, ensure_ascii=False, indent=1).encode(errors="replace").decode()  # a name that is no UTF-8


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
