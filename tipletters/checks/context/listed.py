"""What the checks say of listed terms and of clauses; the client's own quoted words are advice at most."""

from collections.abc import Iterator

from tipletters.checks.context.doer import by_other
from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.clause import Said
from tipletters.checks.lexis.finder import Found
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View
from tipletters.wording import capital_first

_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Say whether a stretch stands in quotation marks: the client's own words.

    Args:
        text: the sentence.
        start: where the stretch begins in it.
        end: where it ends.
    """
    near, at = text[max(0, start - 400) : start], min(start, 400)
    after = text[end : end + 400]
    for opening, closing in _QUOTES:
        before = near.rfind(opening)
        if before < 0 or (opening == closing and near.count(opening) % 2 == 0):
            continue
        if (opening == closing or near.rfind(closing, before + 1, at) < 0) and closing in after:
            return True
    return False


def from_list(view: View, check: str, *lists: str) -> Iterator[Issue]:
    """Yield an issue for each listed term; the client's own quoted words are advice at most."""
    for line in view.with_list(*lists):
        yield from (listed_issue(line, check, one) for one in line.found(*lists) if not by_other(line, one))


def listed_issue(line: Line, check: str, one: Found | Said) -> Issue:
    """Return the issue about a listed term; the client's own quoted words are advice at most.

    Args:
        line: the sentence.
        check: the check's id.
        one: what was found in it.
    """
    mild = "question" in one.entry.kind.split() or is_quoted(line.sentence.text, one.start, one.end)
    why = one.entry.remark or "this can hurt"
    severity = Severity.ADVICE if mild else Severity.WARNING
    return line.listed(check, one.start, one.end, f"{capital_first(why)}.", one.entry, severity)
