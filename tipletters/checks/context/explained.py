"""Says whether a term is explained where it stands, so that it is fine from then on."""

import re

from tipletters.checks.text.view import View

_AFTER = re.compile(
    r"[”’\"']?(?:,? (?:which|that) means?\b|,? meaning\b|, (?:which|that) (?:is|are) (?:an?|the|when|where|how|your|like|another|part|high|low|swelling|pain|money|help|(?:[a-z]+ )?[a-z]+ (?:for|who|that|where|when))\b)"
)
_BEFORE = re.compile(
    r"(?:\bcalled|\bknown as|\bnamed|\bst(?:ands|and) for|\bshort for|, or|\b(?:word|term|name)\b[^.]{0,30} is) (?:an? |the )?[“‘\"']?(?:\w+ )?$"
)
_TOLD = re.compile(
    r"(?:it|this|that|they|these)(?:'s)? (?:means?\b|happens when|(?:is|are) (?:when|where|an? (?:kind|sort|type|way|medicine|illness|condition"
    r"|scan|test|group|word|name|place|person|problem|paper|form|law|rule)|called|part of|the (?:part|name|word)))"
)
# Ways to explain in a letter that speaks to the client; one that speaks about them explains nothing.
_KINDLY_AFTER = re.compile(
    r"[”’\"']?(?: \((?!s\))(?:[^()\d]{3,} [^()\d]{2,}|[a-z]{4,})\)|,? means\b|: (?:an?|the|this|that|it|when|where|how|your|high|low)\b|, (?:or|this is|that is) |(?: \w+)? (?:is|are) (?:an?|the|when|where|what|how|one|part|another|someone|somebody|people|called)\b| [–—-] [a-z]|,? (?:who|where|when [a-z]+ (?:[a-z]+ )?(?:decide|look|check|meet|talk)) "
    r"|, (?![^,.;]{0,60} (?:was|were|is|are|has|have|had|will|shows?|showed)\b)(?:an?|the|one|some|part of|your|like|such as) [^,.;]{2,60}(?: (?:that|which|who|to|of|for|in|when|where|with|you|we|by|at|from)\b|,|\.|$))"
)
_ALONE_BEFORE = re.compile(r"\((?:the |an? |also |or |called |known as )*[“‘\"']?$")
_ALONE_AFTER = re.compile(r"s?[”’\"']?\)")
_KINDLY_BEFORE = re.compile(
    r"(?:\b(?:call|calls|called|name|named|term|word) (?:for )?(?:it|this|that|these|them|is|was)? ?(?:an? |the |your )?|\bcalled (?:an? |the |your )?(?:\w+ ){0,3}|\bis also called |\b(?:we|doctors|nurses|people|they) (?:also )?call (?:\w+ ){0,3})[“‘\"']?$"
)
_KINDLY_NEXT = re.compile(
    r"(?:it|this|that|these|they|those)(?:'s|'re)? (?:also |just |only |often |usually |can |will |may )?(?:(?:is|are) (?:an?|the|when|where|how|what|why|one|part|called|caused|like|used|made|done|to|someone|somebody|people|there|(?!because)[a-z]+ of (?:the|your|a|an|part)\b)|means?|shows?|tells?|measures?|looks? (?:at|like)|checks?|helps?|happens?|works?|lets?) "
    r"|in (?:plain|other) words|it (?:has|comes in) (?:two|three|four) parts\b|(?:it|this) (?:is|'s) (?:when|where|why|how)|which means|that means|put simply"
)


def is_explained(text: str, start: int, end: int, kindly: bool) -> bool:
    """Say whether the words around a stretch explain it.

    Args:
        text: the folded sentence.
        start: where the term begins in it.
        end: where the term ends in it.
        kindly: whether the letter speaks to the client; one that speaks about them explains less.
    """
    if _AFTER.match(text, end) or _BEFORE.search(text, max(0, start - 40), start):
        return True
    if not kindly:
        return False
    label = start == 0 and text[end : end + 1] == ":"  # "Past medical history: asthma" explains nothing
    if (not label and _KINDLY_AFTER.match(text, end)) or _KINDLY_BEFORE.search(text, max(0, start - 50), start):
        return True
    # "high blood pressure (hypertension)": plain words, then the term alone in brackets
    return start > 8 and bool(_ALONE_BEFORE.search(text, max(0, start - 12), start) and _ALONE_AFTER.match(text, end))


def is_told_next(view: View, number: int, term: str, end: int) -> bool:
    """Say whether the next sentence tells what the term is: "A reporter is a person who …".

    Args:
        view: the text.
        number: of the sentence with the term.
        term: its words, folded.
        end: where it ends in its sentence.
    """
    if number + 1 >= len(view.lines):
        return False
    if (_KINDLY_NEXT if not view.speaks_of_client else _TOLD).match(view.lines[number + 1].seen.folded) and len(
        view.lines[number].seen.folded
    ) - end < 40:
        return True
    start = view.lines[number + 1].seen.folded.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    return start.startswith(term.split(" ")[-1]) and bool(re.match(r"[\w' -]{1,40}? (?:is|are|means|mean)\b", start))
