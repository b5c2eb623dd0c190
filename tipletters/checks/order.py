"""Orders, where a choice could be offered.

Why it matters: people who were controlled hear control. A choice gives power back.
Bad: You must attend all sessions.
Good: You can come to all sessions, or to those that suit you.
Safety instructions ("call 999", "do not take more than") are never an order.
Source: Social Security Scotland writing guide; wordlists/order.tsv; clauses: wordlists/clauses.tsv.
"""

import re
from collections.abc import Iterator

from tipletters.checks.context.doer import by_other
from tipletters.checks.context.listed import is_quoted, listed_issue
from tipletters.checks.context.tone import with_clauses
from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.cues import cues
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View

_ORDER = re.compile(
    r"\byou (?:must|have to|need to|should|ought to|had better|will have to|will need to|are to|are required (?:to|by|under))(?: not)?\b"
    r"|\byou mustn't\b|\byou'll (?:have|need) to\b|\b(?:s?he|(?:the )?(?:patient|client|tenant|claimant|service user|pt)) (?:must|needs to|has to)\b"
)
# What an offer can stand for; "he must" and "you must not" are put right in other ways.
_OFFERED = re.compile(r"you (?:must|have to|need to|should|ought to|will have to|will need to|are to|are required to)")
_SAFE = re.compile(
    r"\b(?:999|111|a&e|emergency|ambulance|straight away|at once|right away|the same day|(?:take|lift|drink|eat|use|carry|have) (?:[a-z]+ )?more than|drive|driving|overdose|stop taking"
    r"|suddenly|poison|choking|bleeding|chest pain|swallow|dose|tablets? with|alcohol with|law|dvla|anaphyla[a-z]+|seizures?|(?:never|not) stop|vaccines?|fast (?:from|before|for|overnight))\b"
)
_OFFICIAL = re.compile(
    r"\b(?:must (?:inform|notify|tell us (?:[a-z]+ ){0,4}change)|(?:are|is) (?:legally )?(?:required|obliged) (?:to|by|under))\b"
)
_KIND = re.compile(
    r"\b(?:thinks?|believes?|feels?|felt|says?|said|hopes?|wants?|asked)(?: that| if| whether)? you (?:should|ought|need|have)\b|"
    r"\b(?:you|s?he|they) must (?:be|feel|have) (?:so |very |really )?(?:proud|lonely|tired|hungry|worried|hurt|been|felt|glad|pleased)"
    r"|\bdo not have to|\bdon't have to|\bif you (?:need|have) to|\byou need to (?:talk|know that you can)|\bwhat you need to"
    r"|\bthat you need to|\byou told|\byou said|\byou felt|(?<!even if )\byou feel|\bwhen you (?:need|have) to|\bwhether you"
    r"|\bnot mean (?:that )?you"
    r"|\byou should (?:get|hear|have (?:got|had|received)|be able|receive|notice|feel|start to|soon)"
)
# A right, a hope, a view of somebody, or what is known already.
_FINE = re.compile(
    r"\byou (?:must|should|have to|need to|ought to|will need to) (?:always |also |then |now |soon |first |never |not )*be (?:told|asked|given|offered|allowed|heard|paid|treated|shown|invited"
    r"|consulted|informed|listened|protected|seen|warned|able|free|safe|sent|called|well|back|home|fine|proud|kept|left|helped|supported|believed|getting|judged|charged|made|hurt|moved|discharged)\b"
    r"|\byou should (?:always |also |then |now |soon |first |never |not )*(?:have (?:the|your|a|an|it|all|enough|had|got|been)|find|see|know(?! better)|understand|feel|get|hear|receive|notice|expect)\b"
    r"|\bmust be (?:frustrating|hard|difficult|worrying|frightening|upsetting|painful|tiring|lonely|exhausting|sad|strange|scary|confusing)\b"
    r"|\b(?:you|s?he) must have (?:found|felt|been|had|thought|wondered|missed|worried|seen|heard|known|hoped|lost|waited|gone|struggled|suffered|hated|loved)\b"
    r"|\byou must be (?:feeling|wondering|exhausted|worried|tired|frightened|scared|disappointed|relieved|pleased|delighted|anxious|upset|missing|finding)\b"
    r"|\byou (?:will |would |may |might )?(?:have|need|ought) to (?:wait|press|live with|cope|go through|look after|care for|deal with|face|fight|be careful|take care|be \d+|have (?:been|had))\b"
    r"|\byou (?:are to be (?:congratulated|thanked|admired)|shall (?:have|get|hear|receive|be)|are expected to (?:make an?|recover|live|go home|need))\b"
    r"|\byou need to (?:know|understand|feel|remember|believe)\b|\byou should(?:n't| not) (?:have|need) to\b"
    r"|\b(?:where|why|when|how|who|as far as|all|everything|before|only if|or that|and that|than|until|unless|so that) (?:s?he|you) (?:must|needs? to|ha(?:s|ve) to|should|ought to|will (?:need|have) to)\b"
    r"|\bwhat (?:s?he|you) (?:needs? to|ha(?:s|ve) to|should|ought to|will (?:need|have) to)\b"
    r"|\b(?:aware|knows?|knew|understands?|understood|reali[sz]es?|agree[sd]?|accepts?|remembers?|recommend(?:s|ed)?|suggest(?:s|ed)?|decided?|worr(?:y|ied)|sure|hope|consider(?:s|ed)?)(?: that)?"
    r" (?:s?he|you|the (?:patient|client)) (?:must|needs? to|ha(?:s|ve) to|should|ought to)\b"
    r"|(?<!you )(?<!she )(?<!\bhe )\bmust be [a-z]+(?:ed|en|ld|nt|wn|de|ne|id)\b"
)
# What somebody will do who was not asked.
_WILL = re.compile(
    r"\byou (?:will|shall) (?:not )?(?:also )?(?:sign|undertake|co-?operate|comply|adhere|abide|abstain|refrain|reside|submit|surrender|attend all|engage (?:with|fully)|work with|allow access"
    r"|provide|keep (?:to|all)|remain (?:at|in|away)|stay away|not (?:contact|approach|consume|use|have contact))\b"
)
_TOLD = re.compile(
    r"\b(?:told|advised|informed|reminded|instructed|warned)(?: (?:her|him|patient|pt))?(?: that)? (?P<who>(?:s?he|patient|pt) (?:should|ought to|will have to)(?: not)?)\b"
)
_ALSO = re.compile(
    r"\b(?:and|but) (?:must|should|need to|have to)(?: not)?\b(?! (?:be (?:able|fine|back)|have|feel|get|see)\b)"
)
_MODALS = cues("must should need needs have has ought had are mustn't will shall")
_ORDERED = frozenset("you she he patient client tenant claimant user pt".split())
_YOU_WORDS = frozenset("you your".split())
_ABOUT_OTHERS = re.compile(r"s?he\b|is |are not ")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each order that is no safety instruction."""
    return with_clauses(view, "order", _orders(view), unless=_is_about_safety)


def _is_about_safety(line: Line) -> bool:
    return bool(_SAFE.search(line.seen.folded))


def _orders(view: View) -> Iterator[Issue]:
    orders = {line.number: line for line in (*view.with_list("order"), *view.with_words(_MODALS))}
    for line in orders.values():
        text, listed = line.seen.folded, line.found("order")
        spans, fine = line.of(_spans)
        plain = [one for one in spans if _is_order(view, line, one, fine)]
        yield from (_plain_order(line, *one) for one in plain)
        for one in listed:
            span = one.start, one.end
            if _ORDER.match(text, one.start) or any(at <= one.start <= end + 1 for at, end in plain):
                continue
            # a score of how well somebody eats; a name: "Compulsory Supervision Order"
            is_name = line.sentence.text[one.start : one.end] == "MUST" or (
                one.start and line.sentence.text[one.start].isupper()
            )
            if not is_name and not by_other(line, one) and _is_order(view, line, span, fine):
                yield listed_issue(line, "order", one)


Spans = list[tuple[int, int]]


def _spans(line: Line) -> tuple[Spans, Spans]:
    """Return the orders in a sentence, and what is none though it sounds alike."""
    text, listed = line.seen.folded, line.found("order")
    if _is_about_safety(line):  # fine from end to end, unless in an office's words
        official = [one.span() for one in _OFFICIAL.finditer(text)]
        return official, [] if official else [(0, len(text))]
    plain = [] if _ORDERED.isdisjoint(line.seen.words) else list(_plain(text))
    if not plain and not listed:
        return [], []
    return [] if _KIND.search(text) else plain, [found.span() for found in _FINE.finditer(text)]


def _plain(text: str) -> Iterator[tuple[int, int]]:
    """Yield the orders in a sentence by their grammar, and those that go on from one."""
    found = [one.span() for pattern in (_ORDER, _WILL) for one in pattern.finditer(text)]
    found += [one.span("who") for one in _TOLD.finditer(text)]
    yield from found
    if found:
        yield from (one.span() for one in _ALSO.finditer(text, min(found)[1]))


def _is_order(view: View, line: Line, span: tuple[int, int], fine: Spans) -> bool:
    """Say whether it is the client who has to, and nobody else."""
    text, (start, end) = line.seen.folded, span
    if any(at < end and start < until for at, until in fine):
        return False
    if view.speaks_of_client:
        # "we would ask that you": to the reader, who is not the client
        return not text.startswith(("i ", "we "), start)
    return not (_ABOUT_OTHERS.match(text, start) and not _YOU_WORDS & line.seen.words)


def _plain_order(line: Line, start: int, end: int) -> Issue:
    quoted = is_quoted(line.sentence.text, start, end)
    return line.issue(
        "order",
        start,
        end,
        "This sounds like an order. Can you offer a choice?",
        ("you could", "we would like you to") if _OFFERED.fullmatch(line.seen.folded, start, end) else (),
        Severity.ADVICE if quoted else Severity.WARNING,
    )
