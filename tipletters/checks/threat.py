"""Legal threats and words of finality.

Why it matters: fear closes the door, and some news belongs into a talk.
Bad: You will be discharged if you miss another appointment.
Good: If this time does not suit you, we can find another.
The client's own words in quotation marks are advice at most.
Source: Social Security Scotland writing guide; wordlists/threat.tsv.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.view import View, cues, from_list

_IF = re.compile(
    r"\b(?:if|should) you (?:do not|don't|miss|fail|refuse|stop|cannot|can't|default|are late|break|send)\b[^.!?]{0,90}?, (?:then )?"
    r"((?:your|we|you|the|this) [^.!?]{0,40}?\b(?:will|may|shall)(?: have to)? (?:be )?"
    r"(?:stop|withdraw|end|clos|discharg|remov|los|tell|report|go to|cancel|taken off|evict|refus)[a-z]*)"
)
_CONDITION = cues("if should")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term."""
    yield from from_list(view, "threat", "threat")
    for line in view.with_words(_CONDITION):
        for found in _IF.finditer(line.seen.folded):
            if not line.has_found(found.start(1), found.end(1), "threat"):
                message = "This sounds as if help is taken away to punish. Say how you can go on together."
                yield line.issue("threat", found.start(1), found.end(1), message)
