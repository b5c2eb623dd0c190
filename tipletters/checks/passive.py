"""Sentences that hide who does something.

Why it matters: "it was decided" hides who decided. The client wants to know who will do what.
Bad: A referral will be made.
Good: I will ask the team to see you.
Advice only, and only where nobody is named.
Source: NHS digital service manual, content guide.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.lexis.cues import cues
from tipletters.checks.text.view import View

_PASSIVE = re.compile(
    r"\b(?:it (?:was|is|has been|had been) (?:decided|agreed|felt|noted|suggested|recommended|explained|considered|thought|found)"
    r"|(?:will|can|should|must|may) be (?:made|sent|given|arranged|offered|reviewed|contacted|informed|discussed|referred|discharged"
    r"|allocated|assessed|monitored|considered|completed|provided|notified|undertaken|carried out)"
    r"|(?:was|were|has been|have been) (?:made|advised|informed|reviewed|discussed|referred|discharged|assessed|noted|undertaken))\b"
    r"(?! by (?:me|us|you|our|your|the|dr|mr|mrs|ms))"
)
_WORDS = frozenset("it be was were been".split())
_DONE = cues(
    "decided agreed felt noted suggested recommended explained considered thought found made sent given arranged offered reviewed "
    "contacted informed discussed referred discharged allocated assessed monitored completed provided notified undertaken carried "
    "advised"
)


def check(view: View) -> Iterator[Issue]:
    """Yield advice for each hidden doer."""
    for line in view.with_words(_DONE):
        if not _WORDS.isdisjoint(line.seen.words):
            for found in _PASSIVE.finditer(line.seen.folded):
                yield line.advice("passive", found, "Who does this? Name them: “I will …”, “we agreed …”.", "NHS")
