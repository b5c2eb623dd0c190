"""What many people want a say about before others read it, without a label.

Why it matters: abuse, sexual health, crisis, drink, immigration or money may cost somebody their home, their work or their trust.
Bad: You told me that you have debts.
Good: [private: money] You told me that you have debts.
Always a question: has the client been asked who may read this? A passage with a label has its answer, and is not asked about.
Source: UK GDPR articles 9 and 10 (special categories, criminal records); wordlists/sensitive.tsv.
"""

from collections.abc import Iterator

from tipletters.checks.frame import body, is_marked, is_title
from tipletters.checks.issue import Issue, Severity
from tipletters.checks.view import View


def check(view: View) -> Iterator[Issue]:
    """Yield a question for each term that tells of such a matter; the longest where several overlap."""
    inside = view.once(body)
    for line in view.with_list("sensitive"):
        top = line.number not in inside or line.number < 3
        if top and line.block.kind == "heading" and is_title(line.sentence.text):
            continue  # the name of a service, at the head of its letter
        if is_marked(view, line):
            continue
        end = 0
        for one in sorted(line.found("sensitive"), key=lambda one: (one.start, -one.end)):
            if one.start < end:
                continue
            end = one.end
            message = (
                f"This is about {one.entry.prefer[0]}. Has the client been asked who may read it? Then give it a label."
            )
            yield line.issue("sensitive", one.start, one.end, message, (), Severity.ADVICE, one.entry.source)
