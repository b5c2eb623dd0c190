"""News that seems to come by letter first.

Why it matters: a diagnosis, a risk or a result that nobody talked about hits a person who is alone with it.
Bad: The scan shows a tumour.
Good: When we talked on Monday, I told you what the scan shows.
Advice, once in a letter: phone first, and say in the letter when you talked.
Source: Academy of Medical Royal Colleges, "Please, write to me" (2018); clauses: wordlists/clauses.tsv.
"""

import re
from collections.abc import Iterator

from tipletters.checks.context.tone import with_clauses
from tipletters.checks.issue import Issue
from tipletters.checks.text.view import View

_TALKED = re.compile(
    r"\b(?:we (?:talked|spoke|discussed|met|agreed|went through)|as (?:we )?(?:discussed|agreed|promised)|you (?:told|said|asked)|i (?:told|explained|phoned|called)"
    r"|when (?:we|i) (?:met|talked|spoke|saw)|thank you for coming|on the phone|our (?:meeting|talk|appointment|call))\b"
)


def check(view: View) -> Iterator[Issue]:
    """Yield advice at the first piece of news, where nothing says that it was talked about."""
    news = next(with_clauses(view, "surprise", ()), None)
    if news and not any(_TALKED.search(line.seen.folded) for line in view.lines):
        yield news
