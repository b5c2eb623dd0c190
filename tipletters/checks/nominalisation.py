"""Verbs that were made into nouns.

Why it matters: "carry out an assessment of" is longer and colder than "look at".
Bad: We will undertake a review of your medicines.
Good: We will look at your medicines again.
Source: plainlanguage.gov (facts).
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.cues import cues
from tipletters.checks.text.view import View

_NOUNS = re.compile(
    r"\b(?:ma[dk](?:e|ing)|carr(?:y|ied|ying) out|undert(?:ak(?:e|ing)|ook)|perform(?:ed|ing)?|conduct(?:ed|ing)?|provid(?:e|ed|ing)|giv(?:e|ing)|g[ai]ve|in receipt of|tak(?:e|ing)|under)"
    r" (?:an? |the |your )?(?:\w{1,20} )?(\w{2,20}(?:ssment|tion|sion|iew|ation))(?: of| for| to| into|$|[.,;])"
)
_FINE = frozenset(
    "decision question attention information medication action station television vision position option section condition conversation operation vaccination donation motion permission direction competition prescription injection".split()
)
_WORDS = cues(
    "make made making carry carried carrying undertake undertaking undertook perform performed performing conduct conducted conducting provide provided providing give giving gave receipt take taking under"
)


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each verb that became a noun."""
    for line in view.with_words(_WORDS):
        for found in _NOUNS.finditer(line.seen.folded):
            if found[1] not in _FINE:
                message, source = "A plain verb is shorter here.", "plainlanguage.gov"
                yield line.issue("nominalisation", found.start(), found.end(1), message, (), Severity.ADVICE, source)
