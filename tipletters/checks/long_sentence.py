"""Sentences that are too long to hold in mind.

Why it matters: a tired or frightened reader loses the beginning before the end.
Bad: one sentence of 35 words with three thoughts.
Good: three sentences.
More than 20 words is advice, more than 30 a warning; a profile can change both.
Source: NHS digital service manual, content guide: 20 words at most.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.view import View


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each long sentence."""
    limit, worse = view.profile.sentence_words, view.profile.sentence_words_worse
    for line in view.lines:
        count = line.seen.word_count
        if count > limit:
            severity = Severity.WARNING if count > worse else Severity.ADVICE
            message = f"This sentence has {count} words. Can you make two of it?"
            yield line.issue("long-sentence", 0, len(line.sentence.text), message, (), severity, "NHS")
