"""Legal threats and words of finality.

Why it matters: fear closes the door, and some news belongs into a talk.
Bad: You will be discharged if you miss another appointment.
Good: If this time does not suit you, we can find another.
The client's own words in quotation marks are advice at most.
Source: Social Security Scotland writing guide; wordlists/threat.tsv; clauses: wordlists/clauses.tsv.
"""

from collections.abc import Iterator

from tipletters.checks.context.listed import from_list
from tipletters.checks.context.tone import with_clauses
from tipletters.checks.issue import Issue
from tipletters.checks.text.view import View


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term and for each clause that threatens."""
    return with_clauses(view, "threat", from_list(view, "threat", "threat"))
