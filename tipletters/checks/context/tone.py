"""What the checks of tone say of clauses, beside the listed terms."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from tipletters.checks.context.doer import by_other
from tipletters.checks.context.listed import listed_issue
from tipletters.checks.issue import Issue
from tipletters.checks.lexis.clause import Said, clauses_in
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View


def with_clauses(
    view: View, check: str, listed: Iterable[Issue], *, unless: Callable[[Line], bool] | None = None
) -> Iterator[Issue]:
    """Yield the issues that a check has already, and one for each clause that its patterns fit where there is none yet.

    What lies in a clause that is fine ("the right to refuse", "afraid that you will lose your home") is no issue; the
    client's own quoted words are advice at most.

    Args:
        view: the text.
        check: the check's id.
        listed: the issues that the check has already.
        unless: says of which sentences the patterns are not read.
    """
    clauses = view.once(_by_check)
    fine: set[int] = set()
    for line, one in (*clauses.get("fine", ()), *clauses.get(f"fine {check}", ())):
        fine.update(range(line.start + one.start, line.start + one.end))
    taken = set(fine)
    for issue in listed:
        if fine.isdisjoint(range(issue.start, issue.end)):
            taken.update(range(issue.start, issue.end))
            yield issue
    for line, one in clauses.get(check, ()):
        for whole in (one, one._replace(end=one.core)):  # a gap at the end may run into the next issue
            if taken.isdisjoint(range(line.start + whole.start, line.start + whole.end)):
                if not (unless and unless(line)):
                    yield listed_issue(line, check, whole)
                break


def _by_check(view: View) -> dict[str, list[tuple[Line, Said]]]:
    found: dict[str, list[tuple[Line, Said]]] = defaultdict(list)
    for line in view.lines:
        for one in line.of(_clauses):
            if not by_other(line, one):
                found[one.check].append((line, one))
    return found


def _clauses(line: Line) -> tuple[Said, ...]:
    return clauses_in(line.seen.folded, line.seen.words) if line.seen.word_count > 1 else ()
