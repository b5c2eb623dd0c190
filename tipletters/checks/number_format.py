"""Dates, times, ranges and chances that are hard to read.

Why it matters: 03/04 is two different days; 15:30 and 14% need working out.
Bad: 03/04/2026 at 15:30hrs, a 14% risk.
Good: 3 April 2026 at 3:30pm, about 1 in 7 people.
Source: NHS digital service manual, A to Z (dates, times, numbers).
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.lexis.words import DIGIT
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View

# Each with signs of which one must stand in the sentence.
_FORMS = (
    (("/", "."), re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b"), "Write the date out, such as 3 April 2026."),
    (
        (":", ".", "hrs", "hours"),
        re.compile(r"\b(?:1[3-9]|2[0-3])[:.][0-5]\d\b(?: ?h(?:ou)?rs)?|\b\d{4} ?h(?:ou)?rs\b"),
        "Write the time as people say it, such as 3:30pm.",
    ),
    (
        ("%", "cent"),
        re.compile(r"\b\d{1,3}(?:\.\d+)? ?%|\b\d+(?:\.\d+)? per ?cent\b"),
        "Say it as “1 in 7 people” if you can.",
    ),
    (
        ("-",),
        re.compile(
            r"\b\d+(?:\.\d+)?\s?-\s?\d+(?:\.\d+)?(?= ?(?:mg|ml|days?|weeks?|months?|years?|times|hours?|minutes?)\b)"
        ),
        "Write the range with “to”.",
    ),
    (("/",), re.compile(r"\b\d{1,2}/(?:7|52|12)\b"), "Write days, weeks or months out."),
)


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each number that could be plainer."""
    for line in view.with_shape(DIGIT):
        for found, message in line.of(_unplain):
            yield line.advice("number-format", found, message, "NHS A to Z")


def _unplain(line: Line) -> tuple[tuple[re.Match[str], str], ...]:
    text = line.seen.folded
    return tuple(
        (found, message)
        for signs, pattern, message in _FORMS
        if any(sign in text for sign in signs)
        for found in pattern.finditer(text)
    )
