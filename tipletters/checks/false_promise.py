"""Promises that nobody can keep.

Why it matters: a broken promise costs the trust that the next worker needs.
Bad: This is completely confidential.
Good: This stays private, unless somebody could be badly hurt.
The client's own words in quotation marks are advice at most.
Source: CONSENT rules in docs/consent.md; wordlists/false-promise.tsv; clauses: wordlists/clauses.tsv.
"""

import re
from collections.abc import Iterator

from tipletters.checks.context.listed import listed_issue
from tipletters.checks.context.tone import with_clauses
from tipletters.checks.issue import Issue
from tipletters.checks.text.view import View

_CLAUSE = re.compile(r"(?: that)?[^.!?,;]{4,120}")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term and for each clause that promises too much."""
    return with_clauses(view, "false-promise", _listed(view))


def _listed(view: View) -> Iterator[Issue]:
    for line in view.with_list("false-promise"):
        for one in line.found("false-promise"):
            issue = listed_issue(line, "false-promise", one)
            if one.entry.term.endswith("promise") and (rest := _CLAUSE.match(line.sentence.text, one.end)):
                issue = issue._replace(end=line.start + rest.end())
            yield issue
