"""Words in capitals.

Why it matters: capitals are hard to read, and feel like shouting.
Bad: PLEASE BRING THIS LETTER.
Good: Please bring this letter.
Source: UKAAF clear print; NHS digital service manual.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.lexis.words import SHORT
from tipletters.checks.text.view import View

_SHOUTED = re.compile(
    r"\b[A-Z]{2,}(?:[ ,'-]+[A-Z]{2,}){2,}\b|\b(?:NOT|NEVER|ONLY|MUST|ALWAYS|IMPORTANT|URGENT|PLEASE)\b"
)


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each stretch in capitals."""
    for line in view.with_shape(SHORT):
        for found in _SHOUTED.finditer(line.sentence.text):
            yield line.advice("capitals", found, "Capitals feel like shouting. Bold is enough.", "UKAAF")
