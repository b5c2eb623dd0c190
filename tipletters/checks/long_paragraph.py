"""Paragraphs of many sentences.

Why it matters: a wall of words is put away unread.
Bad: eight sentences in one block.
Good: a blank line after two or three sentences.
Source: NHS digital service manual, content guide: 3 sentences at most.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.page import Kind
from tipletters.checks.view import View


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each long paragraph, at its last sentence but the allowed."""
    for at, block in view.page.blocks:
        count, limit = len(block.sentences), view.profile.paragraph_sentences
        if block.kind is Kind.PARAGRAPH and count > limit + 1:
            here = block.sentences[limit]
            message = f"This paragraph has {count} sentences. You could begin a new one here."
            yield Issue("long-paragraph", at + here.start, at + here.end, message, (), Severity.ADVICE, "NHS")
