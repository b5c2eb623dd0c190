"""What a document says beside its text: title, subject, key words, comments, company.

Why it matters: it goes along wherever the document goes, and nobody sees it while they read.
Bad: Title: Anna Lindqvist, alcohol
Good: Title: Letter ML-2026-014, 14 May 2026
Looked for: the client's names and numbers, any NHS or CHI number, e-mail address or date of birth, and comments or key words at all.
Who wrote the document is no issue, unless the client's own name stands there.
Source: UK GDPR article 5(1)(c) (no more than is needed).
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.revealing import reveals
from tipletters.checks.text.view import View

_FREE_TEXT = frozenset({"subject", "keywords", "description", "comments", "category"})


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each property that tells more than the reference."""
    for name, value in view.file.properties if view.file else ():
        what = reveals(value, view) or ("words of its own" if name in _FREE_TEXT and value.strip() else "")
        if what:
            message = f"The document's property “{name}” holds {what}. Empty it, or write the reference."
            yield Issue("metadata", 0, 0, message, (), Severity.WARNING)
