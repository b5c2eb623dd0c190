"""Graphic detail of harm.

Why it matters: to read it again can bring it all back, and somebody else at home may read it too.
Bad: You slit your wrists with a razor blade.
Good: You told me that you hurt yourself.
Always a question: does this need to be written?
Source: Social Security Scotland writing guide (trauma and stress); wordlists/graphic.tsv; clauses: wordlists/clauses.tsv.
"""

from collections.abc import Iterator

from tipletters.checks.context.listed import from_list
from tipletters.checks.context.tone import with_clauses
from tipletters.checks.issue import Issue
from tipletters.checks.text.view import View


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each graphic term and for each clause that shows harm."""
    return with_clauses(view, "detail", from_list(view, "detail", "graphic"))
