"""Words that blame, judge, or put the illness before the person.

Why it matters: they stay in a record for life and change how the next person treats the client.
Bad: You failed to attend.
Good: You missed your appointment.
The client's own words in quotation marks are advice at most.
Words with other meanings ("difficult", "demanding") count where they are said of a person, and verbs ("refused") where a
person does it: not the writer, not a thing.
Source: Goddu et al. 2018; NIDA Words Matter; wordlists/stigma.tsv; clauses: wordlists/clauses.tsv.
"""

import re
from collections.abc import Iterator

from tipletters.checks.context.doer import by_other
from tipletters.checks.context.listed import listed_issue
from tipletters.checks.context.tone import with_clauses
from tipletters.checks.issue import Issue
from tipletters.checks.lexis.finder import Found
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View

_DEGREE = "very|rather|somewhat|quite|a bit|a little|extremely|increasingly|so|too|often|at times|sometimes|clearly|generally|also|still|always|both|most|more|really|frankly"
_IS = (
    "is|are|was|were|be|been|being|became|become|becomes|remains?|remained|appears?|appeared|seems?|seemed|came across as|comes across as|presented as"
    "|presents as|described as|found to be|can be|could be|gets?|got"
)
_WHO = (
    "he|she|you|they|who|patient|client|user|man|woman|lady|gentleman|boy|girl|child|mother|father|mum|dad|parents?|family|daughter|son|wife|husband"
    r"|tenant|claimant|resident|pupil|partner|brother|sister|carer|pt|Pt|manner|attitude|behaviour|(?![A-Z][a-z]+ing\b|It\b|This\b|That\b|There\b|What\b|These\b|Those\b|We\b|The\b|Your\b)[A-Z][a-z]+"
)
# "She was rude", "He can be rather difficult and demanding", "your mother is, at times, hostile"
_SAID_OF = re.compile(
    rf"(?:^(?:Was|Can be|Presented as|Presents as|Appeared|Became|Remains|Remained|Has been) |\b(?:(?:{_WHO}),? (?:has |have |had |can |could |may |will |{_DEGREE} )*(?:{_IS})|[Ss]?[Hh]e's|[Yy]ou're|[Tt]hey're) )[^.;:!?]{{0,70}}$"
)
_NEXT = re.compile(rf"(?:(?:{_IS})|and|or|but|as|,|{_DEGREE}) $|, $")
_OF_THEM = re.compile(
    r" (?:patient|client|service user|man|woman|lady|gentleman|boy|girl|child|youngster|mother|father|mum|dad|parents?|family|manner|attitude|behaviour|individual|person|character|historian|tenant)\b"
)
_DONE = re.compile(r"\b(?:is|was|were|are|be|been|being|gets?|got) $")
_NO_NOUN = re.compile(
    r"(?:s\b|$|[.,;:)]| (?:and|or|but|who|whose|with|for|since|on|in|of|patient|patients|lady|man|woman|boy|girl|gentleman|child|is|was|has|had|again|attending|mother|father|smoker)\b)"
)


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term, where it is said of a person, and for each clause that blames or judges."""
    return with_clauses(view, "stigma", _listed(view))


def _listed(view: View) -> Iterator[Issue]:
    for line in view.with_list("stigma"):
        for one in line.found("stigma"):
            if _hurts(line, one):
                yield listed_issue(line, "stigma", one)


def _hurts(line: Line, one: Found) -> bool:
    """Say whether a word that has other meanings too is said of a person."""
    text = line.sentence.text
    if one.entry.kind.endswith("of a person"):
        if _OF_THEM.match(line.seen.folded, one.end):
            return True
        return bool(
            _NEXT.search(text, max(0, one.start - 25), one.start)
            and _SAID_OF.search(text, max(0, one.start - 120), one.start)
        )
    if one.entry.kind.endswith("as a noun"):
        return bool(_NO_NOUN.match(line.seen.folded, one.end))
    if by_other(line, one):
        return False
    # "your claim was refused" blames nobody
    return not (
        one.entry.term.startswith("refused") and _DONE.search(line.seen.folded, max(0, one.start - 8), one.start)
    )
