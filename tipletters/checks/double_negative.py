"""Two nos in one sentence.

Why it matters: the reader has to turn it round twice, and may end up with the opposite.
Bad: It is not unlikely that you will not need it.
Good: You may not need it.
Source: plainlanguage.gov (facts); own.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.lexis.cues import cues
from tipletters.checks.text.view import View

_TWICE = re.compile(
    r"\b(?:not un(?!der|til|ion|it|iq|iv|ifo|cle)\w{3,}|not (?:in(?:frequent|significant|appropriate|considerable|effective)\w*|without|impossible|irregular\w*|dis(?:similar|satisfied))"
    r"|cannot (?:not|fail to)|do(?:es)? not (?:lack|fail to)|n't (?:not|without)|never not|no (?:one|body) (?:did|does|has) not|not (?:no|never))\b"
)
_WORDS = cues("not cannot never no don't can't doesn't won't isn't wasn't")


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each double no."""
    for line in view.with_words(_WORDS):
        for found in _TWICE.finditer(line.seen.folded):
            yield line.advice("double-negative", found, "Two nos. Can you say it with none?")
