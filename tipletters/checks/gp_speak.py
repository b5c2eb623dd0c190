"""Requests to another professional inside the client's letter.

Why it matters: the client overhears a talk about them.
Bad: Please could you prescribe sertraline.
Good: For your GP: I am asking Dr Hart to prescribe it.
The client's own words in quotation marks are advice at most.
Source: Academy of Medical Royal Colleges, Please write to me (2018); wordlists/gp-speak.tsv.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.view import View, from_list


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term."""
    return from_list(view, "gp-speak", "gp-speak")
