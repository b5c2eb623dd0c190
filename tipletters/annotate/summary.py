"""A summary of many letters: a row each, and the trend from month to month."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tipletters.checks.existing import Checked
from tipletters.checks.issue import Severity
from tipletters.checks.registry import CHECKS
from tipletters.dates import MONTHS, read_date
from tipletters.quiet import Quiet
from tipletters.wording import printable

SCORES = ("reading_age", "difficulty", "flesch_reading_ease", "flesch_kincaid_grade", "smog", "gunning_fog")
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:{'|'.join(MONTHS)}) \d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b"
)
_BIRTH = re.compile(r"(?:born|birth|\bd\.?o\.?b\.?)[\s:(]*(?:on )?$", re.IGNORECASE)
_TOP = 3000  # letters from the beginning in which a letter's date stands
# A cell that begins so would be taken for a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, repr=False)
class Month(Quiet):
    """What the letters of one month have in common.

    Args:
        month: such as "2026-05".
        letters: how many.
        reading_age: the middle of all.
        difficulty: the middle of all.
        to_change: issues to change in 100 words.
    """

    month: str
    letters: int
    reading_age: float
    difficulty: float
    to_change: float


def date_of(checked: Checked) -> date | None:
    """Return a letter's date: the first that is written near its beginning, else when the file was changed, as it says."""
    text = checked.report.text[:_TOP] if checked.report else ""
    for found in _DATE.finditer(text):
        if not _BIRTH.search(text[: found.start()]):
            try:
                return read_date(found[0])
            except ValueError:
                continue
    modified = checked.read.modified if checked.read else None
    return modified.date() if modified else None


def as_csv(checked: Sequence[Checked], *, by_date: bool = False) -> bytes:
    """Return a row for each file: its date, scores, and how often each check spoke.

    Args:
        checked: what came of each file.
        by_date: oldest first, those without a date last; otherwise in the order given.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    head = ["path", "date", "kind", "error", "words", "to_change", "to_think_about", *SCORES, *CHECKS]
    table.writerow(head)
    rows = sorted(checked, key=lambda one: date_of(one) or date.max) if by_date else checked
    for one in rows:
        row = [_cell(value) for value in _row(one)]
        table.writerow(row + [""] * (len(head) - len(row)))
    return b"\xef\xbb\xbf" + out.getvalue().encode()  # Excel takes it for UTF-8 only with this mark


def _row(one: Checked) -> list[object]:
    report = one.report
    day = date_of(one)
    begin: list[object] = [
        printable(str(one.path)),
        day.isoformat() if day else "",
        one.read.kind if one.read else "",
        one.error or one.skipped,
    ]
    if report is None:
        return begin
    advice = sum(issue.severity is Severity.ADVICE for issue in report.issues)
    scores = [round(report.scores[name], 2) if name in report.scores else "" for name in SCORES]
    counts = [sum(issue.check == check for issue in report.issues) for check in CHECKS]
    return [*begin, len(report.text.split()), len(report.issues) - advice, advice, *scores, *counts]


def _cell(value: object) -> object:
    text = str(value)
    return f"'{text}" if not isinstance(value, int | float) and text.startswith(_FORMULA) else value


def trend(checked: Sequence[Checked]) -> tuple[Month, ...]:
    """Return what the letters of each month have in common, oldest first; `undated` has the others."""
    months: dict[str, list[Checked]] = {}
    for one in filter(_has_words, checked):
        if day := date_of(one):
            months.setdefault(f"{day:%Y-%m}", []).append(one)
    return tuple(_month(name, found) for name, found in sorted(months.items()))


def undated(checked: Sequence[Checked]) -> tuple[Checked, ...]:
    """Return the letters that no month can count, since they have no date."""
    return tuple(one for one in checked if _has_words(one) and not date_of(one))


def _has_words(checked: Checked) -> bool:
    return bool(checked.report and checked.report.scores)


def _month(name: str, found: list[Checked]) -> Month:
    reports = [one.report for one in found if one.report]
    words = sum(len(report.text.split()) for report in reports)
    to_change = sum(issue.severity is not Severity.ADVICE for report in reports for issue in report.issues)
    ages, difficulties = ([report.scores[score] for report in reports] for score in ("reading_age", "difficulty"))
    return Month(name, len(reports), _middle(ages), _middle(difficulties), round(100 * to_change / max(words, 1), 1))


def _middle(values: list[float]) -> float:
    ordered = sorted(values)
    half = len(ordered) // 2
    return round(ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2, 1)
