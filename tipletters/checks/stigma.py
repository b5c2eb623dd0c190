"""Words that blame, judge, or put the illness before the person.

Why it matters: they stay in a record for life and change how the next person treats the client.
Bad: You failed to attend.
Good: You missed your appointment.
The client's own words in quotation marks are advice at most.
Source: Goddu et al. 2018; NIDA Words Matter; wordlists/stigma.tsv.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.view import View, from_list


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term."""
    return from_list(view, "stigma", "stigma")
