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
from tipletters.checks.view import Line, View, cues, listed_issue

_ROLES = "gp|dn|hv|(?:district|school|practice|community) nurses?|health visitor|school|nursery|surgery|practice|pharmacy|ward"
_GP_TO = re.compile(
    rf"(?:^|[.;:,•–-] |[.;:•]\n)(?:{_ROLES})(?:,|:)? (?:please )?to (?:please |kindly )?[a-z]+\b|\bgp: please\b"
)
_NOT_THE_CLIENT = "note|contact|call|ring|find|hesitate|file"
_ASKS = re.compile(
    rf"\b(?:please could you|could you please|would you (?:please|kindly)|(?<!you )kindly|please)(?: do not| don't)? (?!do not|{_NOT_THE_CLIENT})[a-z]{{2,}}"
)
# What is asked goes on to the end of the clause: "and check her bloods".
_REST = re.compile(r"[^.;!?•\n]{0,200}")


_GRATEFUL = re.compile(
    r"\b(?:(?:i|we)(?:'d| would| should| am| are)?(?: be)? )?(?:most |very |really )?(?:grateful|obliged) if (?:gp|dr|practice|surgery|someone)\b"
    r"|\b(?:i|we) (?:would|should|shall) be (?:most |very )?obliged if\b|\bif you would be so (?:good|kind)\b"
)
_THANKS = re.compile(
    r"\b(?:many )?thank(?:s| you)(?: very much| so much)? for (?:sharing|asking (?:me|us) to|involving|letting (?:me|us) see|taking over|your (?:kind )?referral|your help with|accepting)\b"
)
_WISHES = re.compile(
    r"\b(?:you|the court|the panel|(?:the |your )?gp|dr [a-z]+|the (?:surgery|practice|sheriff|judge)) may (?:wish|want|like|care) to [a-z]+"
    r"|\b(?:i wonder if you (?:would|could|might)|perhaps you (?:could|would)|could i trouble you|would you (?:mind|be (?:so )?kind)|(?:i|we) would ask (?:you to|that)|can you (?:please )?do)\b"
)
_GRATITUDE = cues("grateful obliged kind good")
_TO_OTHERS = (_THANKS, _WISHES)
_GP, _ASKING, _COURTEOUS = (
    cues("gp dn hv nurse nurses visitor school nursery surgery practice pharmacy ward"),
    cues("please kindly"),
    cues("thanks thank may wonder perhaps trouble would can"),
)


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term, and for each request, with all that is asked."""
    for line in view.with_list("gp-speak"):
        for one in line.found("gp-speak"):
            issue = listed_issue(line, "gp-speak", one)
            yield issue._replace(end=issue.end + _rest(line, one.end))
    for line in view.with_words(_GP):
        yield from _asked(line, _GP_TO)
    for line in view.with_words(_GRATITUDE):
        yield from _asked(line, _GRATEFUL)
    if view.speaks_of_client:
        for line in view.with_words(_COURTEOUS):
            for pattern in _TO_OTHERS:
                yield from _asked(line, pattern)
        for line in view.with_words(_ASKING):
            yield from _asked(line, _ASKS)


def _rest(line: Line, at: int) -> int:
    """Return how far the clause goes on."""
    rest = _REST.match(line.sentence.text, at)
    return len(rest[0].rstrip()) if rest else 0


def _asked(line: Line, pattern: re.Pattern[str]) -> Iterator[Issue]:
    for found in pattern.finditer(line.seen.folded):
        if not line.has_found(found.start(), found.end(), "gp-speak"):
            message = "This asks another professional for something. Put it under “For your GP”."
            yield line.issue("gp-speak", found.start(), found.end() + _rest(line, found.end()), message)
