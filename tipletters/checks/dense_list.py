"""Lists that are too long or too full.

Why it matters: a list helps only while each point can be taken in at a glance.
Bad: twelve bullets of three lines each.
Good: a few short bullets, in groups with a heading.
Source: own.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.page import Block, Kind
from tipletters.checks.view import View


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each list with too many items, and each item of several sentences."""
    run: list[Block] = []
    for block in (*view.page.blocks, None):
        if block is not None and block.kind is Kind.ITEM:
            run.append(block)
            if len(block.sentences) > 3:
                yield Issue(
                    "dense-list",
                    block.start,
                    block.end,
                    "This point says much. Can it be shorter?",
                    (),
                    Severity.ADVICE,
                )
            continue
        if len(run) > view.profile.list_items:
            message = f"This list has {len(run)} points. Can you group them?"
            yield Issue("dense-list", run[0].start, run[-1].end, message, (), Severity.ADVICE)
        run = []
