"""Words that sound as if the client is not believed.

Why it matters: it tells the client, and whoever reads after them, that they may be lying.
Bad: You deny drinking.
Good: You told me that you do not drink.
The client's own words in quotation marks are advice at most. "We denied" and "the form claims" doubt nobody.
Source: Park et al. 2021 (stigmatising language in records); wordlists/doubt.tsv; clauses: wordlists/clauses.tsv.
"""

import re
from collections.abc import Iterator
from itertools import chain

from tipletters.checks.context.listed import from_list
from tipletters.checks.context.tone import with_clauses
from tipletters.checks.issue import Issue
from tipletters.checks.text.view import View

_SIGNS = ("“", "‘", '"', " '")
# His “pain”, this 'friend'; after "your" only an illness, since a good letter may say: your “fog”
_ILL = "pains?|illness|condition|symptoms?|seizures?|fits?|attacks?|collapses?|disability|weakness|allergy|allergies|voices|flashbacks|anxiety|depression|trauma|emergency"
_SCARE = re.compile(
    rf"\b(?:(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]hese|[Tt]his) [“‘\"'][a-z-]+(?: [a-z-]+)?|(?:[Yy]our|[Tt]he|[Aa]n?|with|of|to) [“‘\"'](?:[a-z-]+ )?(?:{_ILL}))[”’\"'](?![a-z])"
)
_QUERY = re.compile(
    r"(?<![\w?])\?(?:genuine|real|true|truthful|truth|taken in|making|lying|attention|behaviou?ral|hysterical|psychosomatic|psychogenic|supratentorial|secondary gain|drug.seeking|non.?organic|motive|agenda|put.on|malinger\w*|functional|fabricat\w*|exaggerat\w*|embellish\w*|feign\w*|reliable|put on|compliant|compliance|taking)\b",
    re.IGNORECASE,
)
_NAMES = frozenset(
    "call calls called describe describes described say says said told word words name named put".split()
)


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term, for each clause that doubts, and for a word put in marks to doubt it."""
    return with_clauses(view, "doubt", chain(from_list(view, "doubt", "doubt"), _scare_quotes(view), _queried(view)))


def _queried(view: View) -> Iterator[Issue]:
    for line in view.with_sign("?"):
        for found in _QUERY.finditer(line.sentence.text):
            yield line.issue(
                "doubt", found.start(), found.end(), "A question mark before a word sounds as if you are not believed."
            )


def _scare_quotes(view: View) -> Iterator[Issue]:
    for line in view.with_sign(*_SIGNS):
        for found in _SCARE.finditer(line.sentence.text) if _NAMES.isdisjoint(line.seen.words) else ():
            message = "Quotation marks around one word sound as if you are not believed."
            yield line.issue("doubt", found.start(), found.end(), message)
