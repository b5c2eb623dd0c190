"""What a good letter to a client has and this one lacks.

Why it matters: a greeting, a reason, a plan and a way to answer make a letter something that two people share.
Looked for: a greeting by name, why I am writing, what was agreed, whom to contact, that it may be corrected, when we meet again.
Advice only, at the end of the text, and only for text that looks like a letter.
Source: Academy of Medical Royal Colleges, "Please, write to me" (2018); Professional Record Standards Body.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.line import Line, cues
from tipletters.checks.view import View

# Each part with words of which one must stand in the sentence that says it.
_PARTS = (
    ("a greeting by name", cues("dear hello hi"), re.compile(r"^\W{0,9}(?:dear|hello|hi) \w")),
    (
        "why you are writing",
        cues("writing promised thank letter met saw"),
        re.compile(r"\b(?:writing to|as promised|thank you for|this letter|i am writing|we met|i saw you)\b"),
    ),
    (
        "what was agreed, with who and when",
        cues("agreed plan will step steps"),
        re.compile(r"\b(?:agreed|plan|you will|i will|we will|next steps?)\b"),
    ),
    (
        "whom to contact",
        cues("call phone ring contact email reach telephone"),
        re.compile(r"\b(?:call|phone|ring|contact|email|reach|telephone)\b"),
    ),
    (
        "that the client may put the letter right",
        cues("wrong right correct change mistake check know"),
        re.compile(r"\b(?:wrong|right|correct|change (?:it|words|this)|mistake|check this|let me know if)\b"),
    ),
    (
        "when you meet again",
        cues("meet next see plan appointment"),
        re.compile(r"\b(?:meet again|next (?:appointment|meeting|visit|time)|see you|we plan to|appointment)\b"),
    ),
)
_SAID_WITH = cues(" ".join(word for _, words, _ in _PARTS for word in words))
_LETTER = cues("dear sincerely regards wishes")


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each part that is not there."""
    words = sum(line.seen.word_count for line in view.lines)
    if words < 60 or not view.with_words(_LETTER):
        return
    end = len(view.page.text)
    said = frozenset[str]().union(*(line.of(_parts) for line in view.with_words(_SAID_WITH)))
    for part, _, _ in _PARTS:
        if part not in said:
            yield Issue(
                "missing", end, end, f"It does not seem to say {part}.", (), Severity.ADVICE, "Please, write to me"
            )


def _parts(line: Line) -> frozenset[str]:
    """Return the parts that a sentence says."""
    cued = ((part, pattern) for part, words, pattern in _PARTS if not words.isdisjoint(line.seen.cues))
    return frozenset(part for part, pattern in cued if pattern.search(line.seen.folded))
