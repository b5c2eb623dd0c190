"""Orders, where a choice could be offered.

Why it matters: people who were controlled hear control. A choice gives power back.
Bad: You must attend all sessions.
Good: You can come to all sessions, or to those that suit you.
Safety instructions ("call 999", "do not take more than") are never an order.
Source: Social Security Scotland writing guide; wordlists/order.tsv.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.view import Line, View, cues, is_quoted, listed_issue

_ORDER = re.compile(
    r"\byou (?:must|have to|need to|should|ought to|had better|will have to|will need to|are to|are required to)(?: not)?\b"
    r"|\byou mustn't\b|\b(?:s?he|the (?:patient|client)) (?:must|needs to|has to)\b"
)
_SAFE = re.compile(
    r"\b(?:999|111|a&e|emergency|ambulance|straight away|at once|right away|more than|drive|driving|overdose|stop taking"
    r"|suddenly|poison|choking|bleeding|chest pain|swallow|dose|tablets? with|alcohol with|law)\b"
)
_KIND = re.compile(
    r"\b(?:thinks?|believes?|feels?|felt|says?|said|hopes?|wants?|asked)(?: that| if| whether)? you (?:should|ought|need|have)\b|"
    r"\byou must (?:be|feel|have) (?:so |very |really )?(?:proud|tired|hungry|worried|hurt|been|felt|glad|pleased)"
    r"|\bdo not have to|\bdon't have to|\bif you (?:need|have) to|\byou need to (?:talk|know that you can)|\bwhat you need to"
    r"|\bthat you need to|\byou told|\byou said|\byou felt|\byou feel|\bwhen you (?:need|have) to|\bwhether you"
    r"|\bnot mean (?:that )?you"
    r"|\byou should (?:get|hear|have (?:got|had|received)|be able|receive|notice|feel|start to|soon)"
)


_MODALS = cues("must should need needs have has ought had are mustn't")
_ORDERED = frozenset("you she he patient client".split())


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each order that is no safety instruction."""
    orders = {line.number: line for line in (*view.with_list("order"), *view.with_words(_MODALS))}
    for line in orders.values():
        listed = line.found("order")
        if (_ORDERED.isdisjoint(line.seen.words) and not listed) or _SAFE.search(line.seen.folded):
            continue
        plain = [] if _KIND.search(line.seen.folded) else list(_ORDER.finditer(line.seen.folded))
        yield from (_plain_order(line, found) for found in plain)
        for one in listed:
            if line.sentence.text[one.start : one.end] == "MUST":
                continue  # a score of how well somebody eats
            if not _ORDER.match(line.seen.folded, one.start):
                yield listed_issue(line, "order", one)


def _plain_order(line: Line, found: re.Match[str]) -> Issue:
    quoted = is_quoted(line.sentence.text, found.start(), found.end())
    return line.issue(
        "order",
        found.start(),
        found.end(),
        "This sounds like an order. Can you offer a choice?",
        ("you could", "you can", "we would like you to"),
        Severity.ADVICE if quoted else Severity.WARNING,
    )
