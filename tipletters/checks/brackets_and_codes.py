"""Brackets full of detail, and codes of an office.

Why it matters: codes are for computers. The reader thinks that they should know them.
Bad: Your result (ref. 4/K-22, see s.3(2)(b) overleaf, as above) is attached.
Good: Your result is on the next page.
Source: own.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.lexis.words import DIGIT
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View

_LONG = re.compile(r"\([^()]{80,400}\)")
_CODES = re.compile(
    r"\b(?:ICD-?1[01]|[A-TV-Z]\d{2}\.\d{1,2}|s\.? ?\d{1,3}\(\d\)(?:\([a-z]\))?|[A-Z]{2,4}/\d{2,}/[A-Z0-9]+)"
)


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each long bracket and each code."""
    for line in view.with_sign("("):
        for found in _LONG.finditer(line.sentence.text):
            yield line.advice("brackets-and-codes", found, "A long bracket. Can it be a sentence?")
    for line in view.with_shape(DIGIT):
        for found in line.of(_codes):
            yield line.advice("brackets-and-codes", found, "A code. Does the client need it?")


def _codes(line: Line) -> tuple[re.Match[str], ...]:
    return tuple(_CODES.finditer(line.sentence.text))
