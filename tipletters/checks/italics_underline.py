"""Italics and underlining.

Why it matters: slanted and underlined letters run together for people who find reading hard.
Bad: _Please_ bring this letter.
Good: **Please** bring this letter.
In plain text this sees _words_ and *words* marked so.
Source: UKAAF clear print.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.text.view import View

_MARKED = re.compile(r"(?<![\w*_])(?:_(?![_ ])[^_\n]{2,80}(?<! )_|\*(?![* ])[^*\n]{2,80}(?<! )\*)(?![\w*_])")


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each stretch that is marked so."""
    for line in view.with_sign("_", "*"):
        for found in _MARKED.finditer(line.sentence.text):
            yield line.advice("italics-underline", found, "Use bold instead.", "UKAAF")
