"""Lists that are too long or too full.

Why it matters: a list helps only while each point can be taken in at a glance.
Bad: twelve bullets of three lines each.
Good: a few short bullets, in groups with a heading.
Source: own.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.text.page import Kind
from tipletters.checks.text.view import View


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each list with too many items, and each item of several sentences."""
    run: list[tuple[int, int]] = []
    for at, block in (*view.page.blocks, (0, None)):
        if block is not None and block.kind is Kind.ITEM:
            run.append((at + block.start, at + block.end))
            if len(block.sentences) > 3:
                yield Issue(
                    "dense-list",
                    *run[-1],
                    "This point says much. Can it be shorter?",
                    (),
                    Severity.ADVICE,
                )
            continue
        if len(run) > view.profile.list_items:
            message = f"This list has {len(run)} points. Can you group them?"
            yield Issue("dense-list", run[0][0], run[-1][1], message, (), Severity.ADVICE)
        run = []
