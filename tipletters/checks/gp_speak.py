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
from tipletters.checks.view import View, cues, from_list

_GP_TO = re.compile(r"(?:^|[.;:•] )gp(?:,|:)? (?:please )?to [a-z]+\b|\bgp: please\b[^.!?]{0,40}")
_ASKS = re.compile(
    r"\b(?:please could you|could you please|would you please|kindly|please) (?!do not|note|contact|call|ring|find)[a-z]{3,}(?: \w+)?"
)


_GP, _ASKING = cues("gp"), cues("please kindly")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term."""
    yield from from_list(view, "gp-speak", "gp-speak")
    for line in view.with_words(_GP):
        for found in _GP_TO.finditer(line.seen.folded):
            message = "This asks another professional for something. Put it under “For your GP”."
            yield line.issue("gp-speak", found.start(), found.end(), message)
    if view.speaks_of_client:
        for line in view.with_words(_ASKING):
            for found in _ASKS.finditer(line.seen.folded):
                if not line.has_found(found.start(), found.end(), "gp-speak"):
                    message = "This asks another professional for something. Put it under “For your GP”."
                    yield line.issue("gp-speak", found.start(), found.end(), message)
