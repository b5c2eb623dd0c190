"""What many people want a say about before others read it, without a label.

Why it matters: abuse, sexual health, crisis, drink, immigration or money may cost somebody their home, their work or their trust.
Bad: You told me that you have debts.
Good: [private: money] You told me that you have debts.
Always a question: has the client been asked who may read this? A passage with a label has its answer, and is not asked about.
Each matter is asked about once, and not where a word tells nothing of the client ("our epilepsy nurse", "if you think about
ending your life, ring 999"); of a copy that goes to somebody else each paragraph with such a word is asked about.
Source: UK GDPR articles 9 and 10 (special categories, criminal records); wordlists/sensitive.tsv.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.finder import Found
from tipletters.checks.text.frame import body, is_marked, is_title
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View

# Whose job or team it is, which its own letterhead says on every copy: "our epilepsy nurse", "Community Learning Disability Team".
_AT_WORK = re.compile(
    r" (?:[a-z]+ )?(?:nurses?|doctors?|consultants?|workers?|practitioners?|therapists?|psychologists?|psychiatrists?|specialists?|teams?|coordinator)\b"
)
_JOBS = frozenset({"diagnosis"})
# "If you think about ending your life, ring 999" is said to everybody; "if the thoughts come back" is not.
_SAFETY = frozenset({"self-harm and suicide", "harm to others"})
_IN_CASE = re.compile(
    r"(?:please )?(?:if|should) (?:(?!\b(?:again|back|still|stronger|worse|return|more often)\b).)*"
    r"\b(?:999|111|116|ring|call|phone|text|press|samaritans|lifeline|crisis line|don't wait|do not wait)\b"
)
# Words that tell of no such matter where these stand beside them.
_HIGH = re.compile(
    r" (?:(?:very|quite|slightly) )?(?:high|low|normal|clear|moderate|medium|raised|positive|negative|fine|\d)"
)
_PAPERS = re.compile(r"(?:hospital|health|communication|care|dementia|epilepsy) $")
_WITH_ARTICLE = {"diagnosis": "a diagnosis"}
_HORMONE = cues("cancer menopause hrt")
_INSULIN = cues("insulin diabetes diabetic")
# A letter about a loss says so in every line.
_NO_MATTER = frozenset({"grief", "bereavement"})


def check(view: View) -> Iterator[Issue]:
    """Yield a question for each term that tells of such a matter; the longest where several overlap."""
    inside = view.once(body)
    for line in view.with_list("sensitive"):
        top = line.number not in inside or line.number < 3
        if top and line.block.kind == "heading" and is_title(line.sentence.text):
            continue  # the name of a service, at the head of its letter
        if is_marked(view, line):
            continue
        end = 0
        for one in sorted(line.found("sensitive"), key=lambda one: (one.start, -one.end)):
            if one.start < end:
                continue
            end = one.end
            matter = one.entry.prefer[0]
            message = f"This is about {_WITH_ARTICLE.get(matter, matter)}. Has the client been asked who may read it? Then give it a label."
            issue = line.issue("sensitive", one.start, one.end, message, (), Severity.ADVICE, one.entry.source)
            yield issue._replace(about=matter, is_told=not _is_nothing(view, line, one, matter))


def _is_nothing(view: View, line: Line, one: Found, matter: str) -> bool:
    """Say whether a term tells nothing of the client where it stands."""
    text = line.seen.folded
    before, after = text[max(0, one.start - 20) : one.start], text[one.end : one.end + 30]
    term = one.entry.term
    if term in _NO_MATTER or (matter in _JOBS and _AT_WORK.match(after)):
        return True
    if matter in _SAFETY and _IN_CASE.match(text):
        return True
    if term == "came out as":
        return bool(_HIGH.match(after))
    if term == "passport":
        return bool(_PAPERS.search(before))
    if term == "oestrogen":
        return bool(view.with_words(_HORMONE))
    return term.startswith("inject") and " " not in term and bool(view.with_words(_INSULIN))
