"""What a good letter to a client has and this one lacks.

Why it matters: a greeting, a reason, a plan and a way to answer make a letter something that two people share.
Looked for: a greeting by name, why I am writing, what was agreed, whom to contact, that it may be corrected, when we meet again.
Advice only, once, at the end of the text, and only for text that looks like a letter.
Source: Academy of Medical Royal Colleges, "Please, write to me" (2018); Professional Record Standards Body.
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.cues import Cues, cues
from tipletters.checks.lexis.words import DIGIT
from tipletters.checks.text.view import View

_ANYBODY = (
    "sir|sirs|madam|patient|client|resident|residents|tenant|tenants|parents?|carer|guardian|customer|applicant|claimant"
    "|householder|occupier|colleagues?|all|service user|member|student|pupil|family|team"
)
_GREETS = re.compile(rf"\W{{0,9}}(?:dear|hello|hi|hiya|annwyl)(?: / dear)? (?!(?:{_ANYBODY})\b)\w")
_WHY = re.compile(
    r"\b(?:(?:am|are|'m|'re) writing|(?:to|you|would|'d|it|for you) write|write (?:to|down)|written (?:to|for) you|(?:in|into) writing|on paper|as (?:promised|agreed|you asked)|you asked"
    r"|thank(?:s| you) (?:very much |so much )?for|this (?:letter|note|email|report|summary) (?:is|tells|says|explains|sets|gives|follows|confirms)|this is (?:to|a letter|about|what)"
    r"|here (?:is|are|it is|they are|you go)|you (?:came|rang|phoned|called|wrote|texted|applied|were seen|were referred|have a letter|have looked|finished|saw)|(?:good|nice|lovely|great|pleasure|privilege|enjoyed?|liked) (?:to |you )?(?:meet|meeting|see|seeing|talk|talking|speak|speaking|having)"
    r"|(?:we|i) (?:met|spoke|talked|came|visited|saw you|phoned|rang|called)|(?:has|have) asked me|asking (?:you|for)|about (?:your|our)|your (?:results?|appointment|appeal|report|claim|application|referral|tests?|review|plan)|following|to let you know)\b"
)
_AGREED = re.compile(
    r"\b(?:agreed|decided|chose|chosen|planned|plan(?! on\b)|will|shall|we'll|i'll|you'll|(?:i|we) have (?:asked|booked|put|written|sent|ordered|rung|arranged)|next steps?|what next|would like (?:you )?to|going to|booked)\b"
)
_CONTACT = re.compile(
    r"\b(?:call|phone|ring|contact|email|e-mail|text|telephone|tell|ask|reach|write to|speak to|talk to|write back to|get in touch with|in touch with) (?:or (?:text|ring|call|phone|email|write to) )?(?:me|us|our|my|[a-z]+ on)\b(?! (?:about|to)\b)"
    r"|\b(?:telephone|phone|textphone|tel|helpline|reception|questions?):|@|\b(?:drop in|get in touch|be in touch with)\b"
)
_NUMBER = re.compile(r"(?<![\d£.])0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}(?!\d)|(?<![\d£.])0\d{2,4} \d{6}(?!\d)")
_WRONG = (
    r"(?:(?<!goes )(?<!go )(?<!gone )(?<!going )(?<!went )(?<!the )(?<!a )wrong(?! with)|incorrect|inaccurate|(?<!is a )mistakes?(?! in law)|missed (?:something|anything|out)|left (?:something |anything )?out|(?:not|n't) (?:quite |sound )?(?:right|true|correct|how you|what you (?:said|meant))"
    r"|misunderstood|misheard|disagree(?! with (?:you|me)\b)|(?:not|n't) agree(?= with (?:anything|any of|something(?! we do)|what (?:i|we|this|it)|this|it\b|how i|my words))|unfair to you|differently)"
)
_RIGHT = re.compile(
    r"^(?!.*\b(?:appeal|tribunal|revision|decision|decided|magistrates?|bill|review)\b(?!.*\bletter\b)).*?(?:"
    rf"\b(?:if|anything|something|any|did (?:i|we)|have (?:i|we)|whatever|whenever|where)\b[^.?!]{{0,90}}?\b{_WRONG}\b(?! (?:decision|way|tablet|medicine|dose|person))"
    r"|(?:^|please )(?:change|correct|cross out|alter|add) (?:anything|any|what|whatever|it|things|words)\b|\bcross out\b"
    r"|\b(?:change|alter|correct|add to|rewrite|edit) (?:this letter|the letter|my words|the words|words|the wording|what i|anything in|anything you|anything i|anything here)\b"
    r"|\b(?:will|'ll|can|please) (?:[a-z]+ )?(?:put (?:it|me|us|this|that|things) (?:right|straight)|correct (?:it|this|me|them|the letter))\b"
    r"|\b(?:want|like) (?:me |us |anything |something )(?:to )?(?:change|changed|taken out|take (?:anything|something) out|added|altered)\b(?! (?:the|your) (?:date|day|time|dose|tablet))"
    r"|\bhappy with (?:this letter|the letter|what (?:i|we)(?:'ve| have) (?:written|put|said)|how i(?:'ve| have))\b|\b(?:correct me|score it out|say so and i will change)\b)",
    re.DOTALL,
)
_DAYS = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|tomorrow|weeks?|months?|year|the \\d+(?:st|nd|rd|th)|\\d+/\\d+)"
_MEET = re.compile(
    rf"\b(?:i|we|you)(?:'ll|'m|'re|'d like to| will| shall| am| are| would like to| would also like to| can| could| plan to| hope to| want to)? (?:also |next |both |all |then |be |practise )?"
    rf"(?:see|meet|visit|visiting|come|coming|meeting|seeing|ring|call|phone|telephone|talk|look at|bring|go through|there|by the|on the bench|fit|repeat|have (?:a|your|an) (?:hearing|appointment|meeting|visit|review))\b[^.?!]{{0,80}}?\b{_DAYS}\b"
    rf"|\b(?:appointment|meeting|visit|hearing|fitting|appeal|review|session|interview|date|operation|call|next one|class|course)s? (?:is|are|will be|on|starts?|in)\b[^.?!]{{0,60}}?\b{_DAYS}\b"
    rf"|\b(?:kept|booked|pencilled in|shall we say|let's meet|let us meet|on|until|would be) [^.?!]{{0,40}}?\b{_DAYS}\b[^.?!]{{0,30}}?(?:\bat \d|\d ?[ap]\.?m\b|o'clock|\bat (?:one|two|three|four|five|six|nine|ten|half|quarter)\b|\d[.:]\d\d)"
    rf"|^(?:on )?{_DAYS} \d[^.?!]{{0,30}}?(?:\d ?[ap]\.?m\b|\bat \d|o'clock)"
    r"|\b(?:meet again|see (?:you|me|us) (?:again|soon|next|on|in|then|at)|look(?:ing)? forward to (?:seeing|meeting)|next (?:appointment|meeting|visit|session|review)|meet me|every (?:week|fortnight|month)|will (?:invite|send) you (?:an?|another) (?:appointment|date|letter))\b"
    # A letter that ends the work says so, or how to come back.
    r"|\b(?:discharged?|come back (?:to us|at any|without|if|whenever|as often)|finished (?:your|our)|come to an end|last (?:session|meeting|visit)|(?:no need|not need|n't need) (?:for us )?to (?:see|meet|come)|without (?:going through|seeing) your gp)\b"
)
_CONTACTED = "whom to contact"
_CORRECTED = "that the client may put the letter right"
_ONE_LINE = " One line is enough: “If I have got anything wrong, please tell me and I will put it right.”"
_GREETING = (cues("dear hello hi hiya annwyl"), _GREETS)
# Each part with words of which one must stand in the sentence that says it.
_PARTS = (
    ("a greeting by name", *_GREETING),
    (
        "why you are writing",
        cues(
            "writing write written paper promised agreed asked thank thanks letter note email report summary here came rang phoned called wrote texted applied referred finished saw met spoke "
            "meet meeting seeing talking speaking visited talked asking result results appeal review application following"
        ),
        _WHY,
    ),
    (
        "what was agreed, with who and when",
        cues(
            "agreed decided chose chosen planned plan will shall we'll i'll you'll asked booked put written sent ordered rung arranged step steps next going"
        ),
        _AGREED,
    ),
    (
        _CONTACTED,
        cues(
            "call phone ring contact email mail text telephone textphone tel tell ask reach write speak touch drop helpline reception questions"
        ),
        _CONTACT,
    ),
    (
        _CORRECTED,
        cues(
            "wrong right correct change mistake mistakes cross missed left true agree disagree misunderstood misheard add added changed incorrect inaccurate differently straight happy alter"
        ),
        _RIGHT,
    ),
    (
        "when you meet again",
        cues(
            "monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday sundays january february march april may june july august september october november "
            "december spring summer autumn winter tomorrow week weeks month months year every meet meeting hearing appointment see seeing next forward invite back discharge discharged finished end last need without"
        ),
        _MEET,
    ),
)
_SHORTEST = 60  # words: less is a note
_LETTER = cues("dear sincerely regards wishes")


def check(view: View) -> Iterator[Issue]:
    """Yield one advice that names each part that is not there."""
    is_letter = view.with_words(_LETTER) or _is_said(view, *_GREETING)
    if not is_letter or sum(line.seen.word_count for line in view.lines) < _SHORTEST:
        return
    lacking = [part for part, words, pattern in _PARTS if not _is_said(view, words, pattern)]
    if _CONTACTED in lacking and any(_NUMBER.search(line.seen.folded) for line in view.with_shape(DIGIT)):
        lacking.remove(_CONTACTED)
    if lacking:
        end = len(view.page.text)
        *first, last = lacking
        parts = f"{', '.join(first)} or {last}" if first else last
        how = _ONE_LINE if _CORRECTED in lacking else ""
        message = f"It does not seem to say {parts}.{how}"
        yield Issue("missing", end, end, message, (), Severity.ADVICE, "Please, write to me")


def _is_said(view: View, words: Cues, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(line.seen.folded) for line in view.with_words(words))
