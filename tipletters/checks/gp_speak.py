"""Requests to another professional inside the client's letter.

Why it matters: the client overhears a talk about them.
Bad: Please could you prescribe sertraline.
Good: For your GP: I am asking Dr Hart to prescribe it.
The client's own words in quotation marks are advice at most.
Source: Academy of Medical Royal Colleges, Please write to me (2018); wordlists/gp-speak.tsv.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.view import Line, View, cues, from_list

_GP_TO = re.compile(r"(?:^|[.;:•] )gp(?:,|:)? (?:please )?to [a-z]+\b|\bgp: please\b[^.!?]{0,40}")
_ASKS = re.compile(
    r"\b(?:please could you|could you please|would you please|(?<!you )kindly|please) (?!do not|note|contact|call|ring|find)[a-z]{3,}(?: \w+)?"
)


_GRATEFUL = re.compile(
    r"\b(?:(?:i|we)(?:'d| would| should| am| are)?(?: be)? )?(?:most |very |really )?(?:grateful|obliged) if (?:gp|dr|practice|surgery|someone)\b[^.!?]{0,50}"
)
_THANKS = re.compile(
    r"\b(?:many )?thank(?:s| you)(?: very much| so much)? for (?:sharing|asking (?:me|us) to|involving|letting (?:me|us) see|taking over|your (?:kind )?referral|your help with)\b[^.!?]{0,40}"
)
_WISHES = re.compile(
    r"\b(?:you|the court|the panel|(?:the |your )?gp|dr [a-z]+|the (?:surgery|practice|sheriff|judge)) may (?:wish|want|like|care) to [a-z]+"
    r"|\b(?:i wonder if you (?:would|could|might)|perhaps you (?:could|would)|could i trouble you|would you (?:mind|be (?:so )?kind)|i would ask you to)\b[^.!?]{0,40}"
)
_GRATITUDE = cues("grateful obliged")
_TO_OTHERS = (_THANKS, _WISHES)
_GP, _ASKING, _COURTEOUS = cues("gp"), cues("please kindly"), cues("thanks thank may wonder perhaps trouble would")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term."""
    yield from from_list(view, "gp-speak", "gp-speak")
    for line in view.with_words(_GP):
        for found in _GP_TO.finditer(line.seen.folded):
            message = "This asks another professional for something. Put it under “For your GP”."
            yield line.issue("gp-speak", found.start(), found.end(), message)
    for line in view.with_words(_GRATITUDE):
        yield from _asked(line, _GRATEFUL)
    if view.speaks_of_client:
        for line in view.with_words(_COURTEOUS):
            for pattern in _TO_OTHERS:
                yield from _asked(line, pattern)
        for line in view.with_words(_ASKING):
            yield from _asked(line, _ASKS)


def _asked(line: Line, pattern: re.Pattern[str]) -> Iterator[Issue]:
    for found in pattern.finditer(line.seen.folded):
        if not line.has_found(found.start(), found.end(), "gp-speak"):
            message = "This asks another professional for something. Put it under “For your GP”."
            yield line.issue("gp-speak", found.start(), found.end(), message)
