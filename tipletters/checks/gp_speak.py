"""Requests to another professional inside the client's letter.

Why it matters: the client overhears a talk about them.
Bad: Please could you prescribe sertraline.
Good: For your GP: I am asking Dr Hart to prescribe it.
The client's own words in quotation marks are advice at most.
Source: Academy of Medical Royal Colleges, Please write to me (2018); wordlists/gp-speak.tsv.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from tipletters.checks.context.asks import FOR_CLIENT, requests
from tipletters.checks.context.listed import is_quoted, listed_issue
from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.cues import cues
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View

_WISHES = re.compile(
    r"\b(?:you|the court|the panel|(?:the |your )?gp|dr [a-z]+|the (?:surgery|practice|sheriff|judge)) may (?:wish|want|like|care) to (?!be\b)[a-z]+"
)
_COURTEOUS = cues("may")
_FOR_CLIENT = re.compile(FOR_CLIENT)
_MESSAGE = "This asks another professional for something. Put it under “For your GP”."


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each request, by its grammar or by the list."""
    taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for line, start, end in sorted((*requests(view), *_wishes(view)), key=lambda one: (one[0].number, one[1])):
        if _is_free(taken[line.number], start, end):
            taken[line.number].append((start, end))
            mild = is_quoted(line.sentence.text, start, end)
            yield line.issue("gp-speak", start, end, _MESSAGE, (), Severity.ADVICE if mild else Severity.WARNING)
    for line in view.with_list("gp-speak"):
        for one in line.found("gp-speak"):
            # "voice": no request, but it tells that a letter talks to another professional
            if not view.speaks_of_client and _FOR_CLIENT.match(line.seen.folded, one.end):
                continue
            if one.entry.kind != "voice" and _is_free(taken[line.number], one.start, one.end):
                yield listed_issue(line, "gp-speak", one)


def _wishes(view: View) -> Iterator[tuple[Line, int, int]]:
    """Yield what is asked in the form of a wish or a thought."""
    for line in view.with_words(_COURTEOUS) if view.speaks_of_client else ():
        yield from ((line, *found.span()) for found in _WISHES.finditer(line.seen.folded))


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return not any(at < end and start < until for at, until in taken)
