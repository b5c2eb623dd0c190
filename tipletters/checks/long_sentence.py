"""Sentences that are too long to hold in mind.

Why it matters: a tired or frightened reader loses the beginning before the end.
Bad: one sentence of 35 words with three thoughts.
Good: three sentences.
More than 20 words is advice, more than 30 a warning; a profile can change both. Up to a quarter more in plain words
(difficulty under 4) is in the JSON and not shown to a reader.
Source: NHS digital service manual, content guide: 20 words at most.
"""

from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.text.view import View

_QUARTER = 1.25
_HARD = 4.0


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each long sentence."""
    limit, worse = view.profile.sentence_words, view.profile.sentence_words_worse
    for line in view.lines:
        count = line.seen.word_count
        if count > limit:
            severity = Severity.WARNING if count > worse else Severity.ADVICE
            message = f"This sentence has {count} words. Can you make two of it?"
            issue = line.issue("long-sentence", 0, len(line.sentence.text), message, (), severity, "NHS")
            yield issue._replace(is_told=count > _QUARTER * limit or line.seen.difficulty >= _HARD)
