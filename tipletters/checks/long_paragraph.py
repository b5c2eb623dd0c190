"""Paragraphs of many sentences.

Why it matters: a wall of words is put away unread.
Bad: eight sentences in one block.
Good: a blank line after two or three sentences.
Short sentences may be more: no wall is what has no more words than the allowed number of sentences of the longest allowed
length (3 of 20: 60 words), as long as it has no more than twice as many sentences.
Source: NHS digital service manual, content guide: 3 sentences at most.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.words import TOKEN
from tipletters.checks.text.page import Kind
from tipletters.checks.text.view import View


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each long paragraph, at its last sentence but the allowed."""
    limit = view.profile.paragraph_sentences
    room = limit * view.profile.sentence_words
    for at, block in view.page.blocks:
        count = len(block.sentences)
        if block.kind is not Kind.PARAGRAPH or count <= limit:
            continue
        if count > 2 * limit or sum(len(TOKEN.findall(one.text)) for one in block.sentences) > room:
            here = block.sentences[limit]
            message = f"This paragraph has {count} sentences. You could begin a new one here."
            yield Issue("long-paragraph", at + here.start, at + here.end, message, (), Severity.ADVICE, "NHS")
