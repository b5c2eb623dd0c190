"""A file's name that tells whose letter it is.

Why it matters: names of files stand in lists, in e-mails and on shared screens, where nobody opens the letter.
Bad: Anna Lindqvist letter.docx
Good: ML-2026-014-gp.docx
Looked for: the client's names and numbers, any NHS or CHI number, e-mail address or date of birth.
Source: UK GDPR article 5(1)(c) (no more than is needed).
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.revealing import reveals
from tipletters.checks.text.view import View


def check(view: View) -> Iterator[Issue]:
    """Yield one issue about the file's name, if it tells too much."""
    what = reveals(view.file.name.rpartition(".")[0] or view.file.name, view) if view.file else ""
    if what:
        message = f"The file's name holds {what}. Use the letter's reference alone."
        yield Issue("file-name", 0, 0, message, (), Severity.WARNING)
