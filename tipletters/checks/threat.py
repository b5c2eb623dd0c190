"""Legal threats and words of finality.

Why it matters: fear closes the door, and some news belongs into a talk.
Bad: You will be discharged if you miss another appointment.
Good: If this time does not suit you, we can find another.
The client's own words in quotation marks are advice at most.
Source: Social Security Scotland writing guide; wordlists/threat.tsv.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.view import View, cues, from_list

_IF = re.compile(
    r"\b(?:if|should|unless) (?:you|he|she|they|the \w+|this|there|(?:mr|mrs|ms|miss) \w+|patient|client)\b[^.!?,;]{0,110},? (?:then )?"
    r"((?:your|his|her|their|we|i|you|he|she|they|the|this) [^.!?,;]{0,40}?\b(?:will|may|shall|would|could)(?: have (?:to|no (?:choice|option|alternative) but to))? (?:be )?"
    r"(?:stop|withdraw|end|clos|discharg|remov|los[ei]|report|go to court|cancel|taken off|evict|refus|suspend|terminat|revok|breach|recall|section|detain|arrest|exclud|bann|fin(?:ed|ish)|involv|go to some|given to)[a-z]*)"
)
_LOSES = re.compile(
    r"\b(?:you|he|she|they|patient|client|tenant) (?:will|would|may|could|might|can|shall|is likely to|are likely to|risks?)(?: also| then| now| well)? (?:be |being )?"
    r"(?:los(?:e|ing) (?:your|his|her|the|custody|everything|all)|prosecuted|fined|arrested|evicted|sectioned|detained|recalled|removed from|deported|charged with|jailed|imprisoned"
    r"|sanctioned|excluded from|banned|struck off|sent (?:back )?to prison|go(?: back)? to (?:prison|jail)|taken to court|made homeless|returned to (?:court|prison)|off the)[^.,;!?]{0,40}"
)
_ACTS = re.compile(
    r"\b(?:we|i|the (?:council|landlord|court|team|service|clinic|practice|police)|this (?:office|service)) (?:will|would|may|shall|intend to|propose to|are minded to)(?: have to| need to| then| also)? "
    r"(?:apply to (?:the )?(?:court|sheriff)|go to court|call the police|(?:inform|contact|involve|tell) (?:the )?(?:police|social services|children's services|social work|your employer|dwp|home office)"
    r"|report (?:you|him|her)|stop (?:your|his|her|the) (?:\w+ )?(?:prescription|script|methadone|benefits?|money|treatment|care|support|payments?|detox)"
    r"|withdraw (?:your|his|her|the)|close (?:your|his|her|the) (?:case|file)|discharge (?:you|him|her|the patient)|serve (?:you|him|her|notice|a notice)"
    r"|take (?:legal|further|enforcement) action|start (?:legal|court|possession|care|breach)|seek (?:possession|an order|a warrant|eviction)|initiate|evict)[^.,;!?]{0,40}"
)
_ENDS_IN = re.compile(
    r"\b(?:will|would|may|could|might|can)? ?(?:results?|resulting|ends?|leads?|leading) (?:in|up in|to) (?:custody|prison|jail|(?:his|her|your|their|an?) (?:arrest|eviction|discharge|removal|recall|breach)"
    r"|arrest|eviction|discharge|legal|court|removal|sanctions?|prosecution|closure|breach|recall|detention|imprisonment)\b"
)
_ONE_MORE = re.compile(
    r"\b(?:one|any) (?:more|further) \w+(?: \w+){0,3} and (?:you|he|she|they|we|i|it)\b[^.;!?]{0,50}"
)
# Each with words of which one must stand in the sentence.
_PATTERNS = (
    (
        _LOSES,
        cues(
            "lose losing prosecuted fined arrested evicted sectioned detained recalled removed deported charged jailed imprisoned "
            "sanctioned excluded banned struck prison jail court homeless off"
        ),
    ),
    (
        _ACTS,
        cues(
            "court sheriff police services work employer dwp office report stop withdraw close discharge serve legal further "
            "enforcement action start seek initiate evict"
        ),
    ),
    (_ENDS_IN, cues("result results resulting end ends lead leads leading")),
    (_ONE_MORE, cues("more further")),
)
_HARMS = cues(" ".join(word for _, words in _PATTERNS for word in words))
_CONDITION = cues("if should unless")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each listed term."""
    yield from from_list(view, "threat", "threat")
    for line in view.with_words(_CONDITION):
        for found in _IF.finditer(line.seen.folded):
            if not line.has_found(found.start(1), found.end(1), "threat"):
                message = "This sounds as if help is taken away to punish. Say how you can go on together."
                yield line.issue("threat", found.start(1), found.end(1), message)
    for line in view.with_words(_HARMS):
        for pattern, words in _PATTERNS:
            for found in () if words.isdisjoint(line.seen.cues) else pattern.finditer(line.seen.folded):
                if not line.has_found(found.start(), found.end(), "threat", "fine"):
                    message = "This threatens. Say what may happen, why, and who can help."
                    yield line.issue("threat", found.start(), found.end(), message)
