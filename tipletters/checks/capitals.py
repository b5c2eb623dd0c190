"""Words in capitals.

Why it matters: capitals are hard to read, and feel like shouting.
Bad: PLEASE BRING THIS LETTER.
Good: Please bring this letter.
Source: UKAAF clear print; NHS digital service manual.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.view import Line

_SHOUTED = re.compile(
    r"\b[A-Z]{2,}(?:[ ,'-]+[A-Z]{2,}){2,}\b|\b(?:NOT|NEVER|ONLY|MUST|ALWAYS|IMPORTANT|URGENT|PLEASE)\b"
)


def check(line: Line) -> Iterator[Issue]:
    """Yield advice for each stretch in capitals."""
    text = line.sentence.text
    if not text.islower():
        for found in _SHOUTED.finditer(text):
            yield line.advice("capitals", found, "Capitals feel like shouting. Bold is enough.", "UKAAF")
