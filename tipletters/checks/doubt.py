"""Words that sound as if the client is not believed.

Why it matters: it tells the client, and whoever reads after them, that they may be lying.
Bad: You deny drinking.
Good: You told me that you do not drink.
The client's own words in quotation marks are advice at most.
Source: Park et al. 2021 (stigmatising language in records); wordlists/doubt.tsv; clauses: wordlists/clauses.tsv.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.tone import with_clauses
from tipletters.checks.view import View, from_list


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term and for each clause that doubts."""
    return with_clauses(view, "doubt", from_list(view, "doubt", "doubt"))
