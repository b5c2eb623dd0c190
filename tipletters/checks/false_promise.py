"""Promises that nobody can keep.

Why it matters: a broken promise costs the trust that the next worker needs.
Bad: This is completely confidential.
Good: This stays private, unless somebody could be badly hurt.
The client's own words in quotation marks are advice at most.
Source: CONSENT rules in docs/consent.md; wordlists/false-promise.tsv.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.view import View, from_list


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term."""
    return from_list(view, "false-promise", "false-promise")
