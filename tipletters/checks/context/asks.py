"""The grammar of a request from one professional to another: who is asked, how politely, and to do what.

"Please could you prescribe", "DN to remove", "Would the surgery kindly check", and what goes on from there: "and stop". In a
letter to the client "please could you ring" is meant for them: there "you" is another only where the verb is the trade's own.
The words stand in wordlists/requests.txt.
"""

import re
from collections.abc import Iterator

from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.words import columns
from tipletters.checks.text.line import Line
from tipletters.checks.text.page import Kind
from tipletters.checks.text.view import View


def _classes() -> dict[str, str]:
    """Return each class of words as a pattern; the longest first, so that "health visitor" is not read as "health"."""
    return {
        name: "|".join(map(re.escape, sorted(words.split(", "), key=len, reverse=True)))
        for name, words in columns("requests.txt", 2)
    }


_WORDS = _classes()
_ROLES = rf"[a-z]+ nurs(?:e|es|ing)|referring [a-z]+|{_WORDS['role']}|dr\.? [a-z'-]+"
_TEAMS = _WORDS["team"]  # outside the writer's own, so that "school to monitor" asks them; "OT to see" is only planned
_VERBS, _DOING, _NOUNS = _WORDS["verb"], _WORDS["doing"], _WORDS["noun"]
_TRADE = _WORDS["trade verb"]  # done by professionals alone
_SOFT = r"(?:(?:please|pls|plz|kindly|also|perhaps|possibly|just|now|then|therefore|still|either|urgently),? )"
_NOT = r"(?:(?:do not|don[’']t|not|never|no longer) )?"
_KINDS_OF = "the|our|local|named|his|her|their|allocated|lead|community|duty|school|hospital|ward|practice|specialist|visiting|link|referring"
_ROLE = rf"(?:(?:{_KINDS_OF}) ){{0,3}}(?:{_ROLES})(?:(?:/| and | or |, )(?:{_ROLES})\b)?(?: team| colleagues)?(?:,? \([^)]{{1,40}}\)|, copied in,?)?"
_MODAL = "(?:could|can|would|will|may|might)"
_OPENS = re.compile(r"^|[.;:,•(–—?/-] |\b(?:and|for|plan) |\(")
_GLAD = (
    r"(?:(?:i|we|it)(?: ?[’']d| would| should| am| are| shall)? (?:also )?(?:be )?)?(?:very |most |really |extremely |so |much ){0,3}"
    r"(?:grateful|obliged|appreciative|appreciate(?: it)?|appreciated|thankful|indebted|pleased|glad|helpful|useful|of help|like it),? if "
)
_ASKING = r"(?:i|we)(?: ?[’']d| would| should| must)? (?:also |therefore |respectfully |strongly |suggest and )?(?:ask|request|suggest|recommend|advise|propose|urge) "

_DOES = rf"{_NOT}(?:{_VERBS})(?:e?s)?\b(?! you\b)"
# Tried where a clause opens.
_ROLE_IS_TOLD = re.compile(
    rf"(?:(?:the |our |local )?(?:{_TEAMS})(?: (?:is |are )?(?:kindly )?(?:asked|requested|advised|aware|invited|required))? to {_SOFT}{{0,2}}|{_SOFT}?{_MODAL} {_ROLE} {_SOFT}{{0,3}}){_DOES}"
    rf"|(?<![a-z,;] )(?:{_TEAMS}) to {_SOFT}{{0,2}}(?!(?:the|an?|his|her|their|our|your|be|home|date|school|college|this|that|which|whom|me|us|him|them|all|both|prevent|help|see|and|or)\b)[a-z-]{{3,}}(?= (?:an?|the|her|his|him|this|any|all|out|up|with|over)\b)"
    rf"|(?:the )?(?:{_TEAMS}) (?:should|must|needs? to|will need to)(?: now| also| please)* {_DOES}(?![^.!?]{{0,40}}\b(?:you|your)\b)"
    rf"|{_ROLE}(?:(?:,? {_SOFT}{{1,3}}to {_SOFT}{{0,3}}|,? to {_SOFT}{{1,3}}|(?:[:,]| ?[–-])? {_SOFT}{{1,3}}(?:{_MODAL} you {_SOFT}{{0,3}})?){_DOES}"
    rf"|(?: ?[:–-]|,) (?:{_SOFT}{{0,2}}{_MODAL} you {_SOFT}{{0,3}}[a-z]+|(?:no|nil|avoid|do not|don[’']t) [a-z]+[^.?!]{{0,60}} (?:please|pls)\b)"
    rf"|[:–-]? to {_DOES}[^.?!]{{0,60}} (?:please|pls)\b| (?:is|are) to {_SOFT}{{0,2}}{_DOES}(?![^.!?]{{0,40}}\b(?:you|your)\b))"
    rf"|(?:the|dr) (?:[a-z]+ ){{0,2}}?[a-z]+ (?:is|are) (?:kindly |hereby |respectfully |also |further )*(?:asked|requested|invited|instructed|directed|urged) (?:not )?to {_SOFT}{{0,2}}{_DOES}"
)
_ROLE_IS_ASKED = re.compile(
    rf"(?:(?:ask|advise|request|suggest|needs?|for) (?:gps?|dn|hv|sw|practice|surgery) to |^(?:recommend|suggest|advise) (?:that )?{_ROLE} (?:to )?|^if {_ROLE} {_MODAL} {_SOFT}{{0,3}}|{_GLAD}(?:{_ROLE}|the [a-z]+(?: [a-z]+)?) {_MODAL} {_SOFT}{{0,3}}"
    rf"|{_ASKING}(?:that )?{_ROLE} (?:not )?(?:to )?{_SOFT}{{0,3}}){_DOES}|if you would be so (?:good|kind)(?=[.,;])"
    r"|copy to (?:the )?(?:gp|surgery|practice|dn|hv) (?:for (?:action|coding|prescribing|[a-z]+ing|[a-z]+ review)|to [a-z]+)\b|to be [a-z-]+ed(?: up)? by (?:gps?|hv|dn|sw|surgery|practice|school|housing|probation)\b"
)
_TO_YOU = (
    rf"(?:{_SOFT}{{1,3}}{_MODAL} you |{_MODAL} you (?=please|kindly)|{_GLAD}you(?:[’']d| {_MODAL}| were able to) |{_ASKING}(?:that )?you (?:to )?"
    rf"|(?=(?:please|pls|plz|kindly)\b){_SOFT}){_SOFT}{{0,3}}{_NOT}"
)
_NO_ASK = r"(?!(?:note|contact|call|ring|find|hesitate|be|accept|take this|quote|do not|don[’']t)\b|see (?:enclosed|attached|below|over)|file[.;]|(?:kept|gave|sent|brought|held|lent|told|wrote|made|took|found|drove|bought|paid|rang|came|did|met|stood)\b|\w+(?<!fe)(?<!ce)ed\b)"
# What follows a request that is meant for the client after all.
FOR_CLIENT = r"[^.!?]{0,60}\byou(?:r|rs|rself)?\b"
# "Miss Patel: please would you provide", but not "Mrs Lee, please ring".
_BY_NAME = re.compile(
    rf"(?:(?:dr|sister|nurse|prof(?:essor)?)\.? [a-z’'-]+(?::|,| ?[–-])|(?:miss|mrs|ms|mr)\.? [a-z’'-]+(?::| ?[–-])) {_TO_YOU}{_NO_ASK}[a-z]+(?!{FOR_CLIENT})"
)
_TO_TRADE = re.compile(rf"{_TO_YOU}(?:{_TRADE})\b(?!{FOR_CLIENT})")
_TO_COLLEAGUE = re.compile(
    "|".join(
        (
            rf"{_TO_YOU}{_NO_ASK}[a-z/-]{{2,}}|{_ASKING}(?:that )?you (?:not )?(?:to )?(?:{_VERBS})\b|would ask you (?:not )?to [a-z-]+|please (?:do not|don[’']t|never) (?:contact|ring|call|write to|tell|discuss|disclose|share)\b(?= (?:her|him|this|with|mr|mrs|ms|miss|the)\b)|(?:kindly|please),? (?:bring|let (?:me|us|this)|accept (?:her|him|this))\b",
            rf"{_ASKING}(?:for (?!(?:her|his) )|that (?:the|this|these|her|his|any|an?|all|no|it|s?he|they|we)\b)",
            rf"{_MODAL} you (?:now |also |perhaps |each )?(?:{_VERBS})\b|{_MODAL} (?:i|we) (?:also )?(?:trouble|ask|prevail upon|leave it (?:to|with)) you\b(?: to [a-z]+)?",
            rf"(?:wonder (?:if|whether) you (?:would|could|might)|perhaps you (?:could|would)|(?:would|could) you(?: kindly| please)?|i would ask you to)(?: be (?:so )?(?:good|kind)(?: enough| as)* to| mind)? {_SOFT}{{0,2}}[a-z-]+|be (?:good|kind) enough to [a-z]+",
            rf"(?:might|may|could|can|would) (?:the|your|one of your|somebody|someone)(?: [a-z’'-]+){{1,5}}? {_SOFT}{{0,2}}(?:{_VERBS})\b|(?:please )?(?:can|could|would) (?:some(?:body|one)|anyone)(?: [a-z]+){{0,4}}? (?:{_VERBS})\b",
            rf"if you (?:are|were|feel) (?:able|willing|free|inclined|minded|so minded) to (?:{_VERBS})\b|^(?:if|should|in the event|unless) [^.,;]{{5,80}}(?:,| then|, then) {_SOFT}?{_NOT}(?:{_VERBS})\b(?! you\b)",
            rf"(?:i|we)(?: would|[’']d)? need (?:you|someone|somebody) (?:to|from)\b(?: (?:{_VERBS})\b)?|needs? [a-z]+ing(?: at| out| over| up)? by (?:the |your |our )?(?:{_ROLES})\b",
            rf"(?:it would |would )?(?:(?:help|assist)(?: us| me)? to (?:have|see|hear|receive)|be (?:good|useful|helpful|of help)(?: to me| to us)? to (?:have|know|see|hear|receive))\b|copy to (?:the )?(?:{_ROLES}) (?:for|to)\b",
            rf"(?:^(?:can|could|would) you |(?<!asked )(?<!asks )(?<!wondered )(?<!know )if you (?:could|would|can) {_SOFT}{{0,3}}|happy for you to |actions?(?: [a-z]+){{0,3}}: "
            r"|(?:are|would|will) you (?:be )?(?:able|happy|willing|prepared|content|in a position) to |(?:i|we) (?:would |should |'d )?(?:like|need|want|require) you to )"
            rf"(?:{_VERBS})\b",
            r"if you would be so (?:good|kind)\b",
            rf"(?:perhaps|maybe) (?:your|the|one of the|somebody from the) (?:{_ROLES}) (?:{_MODAL}|might) [a-z]+",
            rf"your (?:{_ROLES}|[a-z]+) (?:might|could|may) (?:also |perhaps |kindly )?(?:{_VERBS})\b",
            r"^(?:can|could|would|will|might) (?:you(?: (?:now|also|kindly))? [a-z]+|(?:the|your|our|someone|somebody|anyone|one of)\b(?: [a-z’'-]+){2,4})",
            r"(?<!was )(?<!were )(?:glad|grateful|obliged) of (?:the|her|his|an?|any|your|some|sight|news|word)\b|(?:glad|grateful|obliged|pleased|appreciate it|like|interested) to (?:know|hear|have|receive|learn) (?:what|whether|if|how|your|from you)\b",
            r"(?:also )?(?:needs?|require) (?:a )?(?:new |repeat |further )?(?:script|prescription)s?\b",
            rf"\? ?(?:{_VERBS})\b",
            r"you (?:could|might|may) (?:also |perhaps )?(?:consider|like to|wish to|want to|care to|think of) (?!be\b)[a-z]+",
            rf"(?:(?:grateful|thankful|obliged) for|glad of|appreciative of) (?:your|any|an?|some|the (?=last|latest|most|recent)|further|early|urgent) (?:[a-z]+ ){{0,2}}(?:{_NOUNS}|appointment|visit|meeting|referral|prescription|confirmation|update|copy|copies|sight|access|information|report|results?|bloods)\b|(?:grateful|obliged) for (?:sight|access|confirmation|news|word)\b",
            rf"^(?:very |most )?grateful for (?!(?:the|her|his|their|all)\b)(?:[a-z]+ ){{0,2}}(?:{_NOUNS}|visit|referral|prescription|update)\b",
            rf"(?:appreciate|welcome|value|look forward to|request) (?:hearing )?your (?:[a-z]+ )?(?:{_NOUNS})\b",
            rf"your (?:[a-z]+ ){{0,2}}(?:{_NOUNS})(?: [a-z]+){{0,4}} would be (?:much |most |very |greatly )?(?:appreciated|welcome|valued|helpful|useful)\b",
            rf"{_GLAD}the [a-z]+ {_MODAL} [a-z]+",
            r"(?:i|we) (?:would |should |might |must |respectfully |therefore |also |'d ){0,3}(?:ask|request|invite|urge) (?:that )?the [a-z]+(?: to [a-z]+)?",
            r"writ(?:e|ing) to (?:ask|request|seek|invite) (?:that|you|your|an?|if|whether|for)\b",
            rf"(?:would|i|we|i'd|we'd|i’d|we’d) (?:strongly )?(?:suggest|recommend|advise|favour|propose|counsel|caution) (?:against|{_DOING})\b",
            rf"^(?:suggest|recommend|advise) (?:{_VERBS}|{_DOING})\b|^consider (?:{_DOING})\b",
            r"for (?:gp|practice nurse|district nurse|dn|primary care) (?:review|f/u|follow|monitoring|titration)\b",
            r"^(?:please )?(?:could|can|would|may) (?:[a-z&]+ ){1,4}be (?:[a-z-]+ed|put|done|given|seen|taken|sent)\b",
            rf"to be [a-z-]+ed(?: up)? (?:by|in|at|via) (?:the |own )?(?:{_TEAMS}|community)\b",
            r"with yourselves\b|over to you\b|leave (?:(?:it|this|that) )?(?:to|with) you\b|(?:may|can|could|shall) (?:i|we) leave [^.;]{2,40} (?:to|with) you\b|^(?:and |do )?let (?:me|us) (?:know|have)\b",
            r"(?:could|can|may|might) (?:i|we) (?:please |kindly |also )?have (?:the|an?|his|her|some|your|this|sight of)\b(?: [a-z-]+)?",
            r"you are (?:kindly |respectfully |hereby |further |also )*(?:asked|requested|invited|urged) (?:not )?to [a-z-]+",
            r"^(?:(?:very|most|so) )?grateful for (?!(?:all|that|it|this|what|having|being|seeing|any help you)\b|your (?:letter|email|time|patience|kind|reply|support|thoughtful)\b)(?:(?:an?|the|your|his|her|any|some|early|urgent|further|repeat) )*[a-z][\w&+-]+",
            r"(?:i|we)(?: would|[’']d) like (?:this|the|her|his|him|mr|mrs|ms|miss)\b(?: [a-z’'-]+){0,4}? [a-z]+ed\b",
            rf"^(?:{_VERBS})\b[^.;]{{0,80}} please(?=[.,;?]|$| if\b)|(?<=[\w)] )please(?=[.,;?]|$)",
        )
    )
)
# The words with which one of these begins: they are tried there alone, which takes a tenth of the time.
_STARTS = re.compile(
    r"^|\b(?:please|pls|plz|kindly|also|perhaps|possibly|just|now|then|therefore|could|can|would|will|may|might|should|i|we|it|you|your|very|most|really|extremely|so|much|grateful|obliged"
    r"|appreciat[a-z]+|thankful|indebted|pleased|glad|helpful|useful|of|like|if|happy|actions?|are|welcome|value|look|request|writ(?:e|ing)|for|to|with|over|leave|ask|advise|suggest|recommend|needs?|requires?|perhaps|maybe|interested|wonder|be|in|unless|copy|help|dr|sister|nurse|miss|mrs|ms|mr|prof(?:essor)?)\b|\?"
)
_GOES_ON = re.compile(
    rf"(?:,|;|\b(?:and|or|then|but)|&|\+)(?:,? if [^,.;]{{1,60}},)? (?:and |then |or )?(?:that you |(?:on no account|under no circumstances|if possible) |to |{_ROLE} (?:to )?)?{_SOFT}{{0,3}}(?:{_NOT}(?:{_VERBS})s?|(?<=perhaps )(?:an?|some))\b(?! (?:is|was|were|are|has|have)\b)"
)
_BEGINS = re.compile(rf"{_SOFT}{{0,3}}{_NOT}(?:{_VERBS})\b(?! note\b)")
_ANY_WORDS = (
    "gp gps gdp dn dns hv cpn cmht ot sw dsn cmw crht camhs ed ward pharmacy pharmacist practice surgery primary visitor nurse nurses nursing school college nursery senco worker workers "
    "coordinator co-ordinator midwife midwives midwifery physio physiotherapy physiotherapist dietitian dietician dietetics therapist psychology salt team matron services social housing "
    "landlord probation police dentist optician consultant registrar referrer referring court panel solicitor solicitors cafcass education health home hospice carers agency safeguarding "
    "authority council doctor dr please pls plz kindly grateful obliged appreciate appreciative thankful pleased glad helpful indebted asked requested invited instructed directed urged manager provider reception receptionist admin secretary secretaries appointments idva ewo iro ask suggest recommend request advise propose urge "
    "welcome value can could brokerage commissioning finance gal guardian imca virtual consider refer good kind needs keyworker support asks actions staff day bank"
)
ASKING_WORDS, _COLLEAGUE_WORDS = (
    cues(_ANY_WORDS),
    cues(
        f"{_ANY_WORDS} you your yourselves appreciated action actions community script prescription scripts might wonder would if need leave copy help able willing call ring trouble let"
    ),
)


# "GP actions", "Actions for the GP", "Asks": what follows is meant for them.
_HEAD = re.compile(
    rf"(?:{_ROLE} (?:please )?(?:actions?|to do|tasks?|requests?)|{_ROLE} to (?:please|kindly)|what (?:i|we) (?:ask|need|request|would like)(?: (?:of|from) you)?|(?:actions?|requests?|recommendations?|advice|tasks?|asks)(?: (?:required|needed|requested))? (?:for|to|of|by) {_ROLE}|asks) ?:?$"
)
_WORDS_OF_HEAD = 12
# A sentence that goes on asking whom the one before it asked: "GP to check her sodium. Please do not restart the tablets."
_ASKS_ON = re.compile(
    rf"(?:also,? |and )?(?:{_SOFT}{{1,3}}{_NOT}(?!(?:take|keep|bring|come|tell|ask|let|call|phone|look|make|speak|see|write|send|return|attend|get|give|try|use|stop|contact|note|confirm|cancel|book)\b)"
    rf"(?:{_VERBS})\b|(?:we|i)?(?:[’']d| would)? ?(?:be )?(?:most |very )?grateful (?:for|if)(?: [a-z]+){{1,3}}|(?:{_VERBS})\b[^.;]{{0,60}} please(?=[.,;]|$| if\b))"
)
# The same among colleagues, where bare verbs of the chart ("Continue.", "Review in clinic.") tell only what is planned.
_ORDERS_ON = re.compile(
    r"(?:also,? |and |then )?(?:send|let|confirm|ensure|make sure|keep|bring|tell|ask|give|add|include|return|sign|reply|get|quote|use|avoid|put|pass|ring|phone|call|speak|do not|don[’']t|never)\b(?! (?:if|note|hesitate)\b)"
)
_TO_CLIENT = re.compile(r"\byour|\byou\b(?! (?:could|would|can|might|please|kindly)\b)")


def requests(view: View) -> Iterator[tuple[Line, int, int]]:
    """Yield where another professional is asked for something: from the request to the last verb that goes on from it.

    Args:
        view: the text.
    """
    for line in view.with_words(_COLLEAGUE_WORDS if view.speaks_of_client else ASKING_WORDS):
        if line.of(_is_head):
            yield from _next_items(view, line)
        asked = line.of(_of_a_colleague if view.speaks_of_client else in_any_letter)
        if not asked:
            continue
        yield from ((line, start, end) for start, end in _whole(line.seen.folded, asked))
        if line.block.kind is Kind.ITEM:
            yield from _next_items(view, line)
        else:
            yield from _next_sentences(view, line)


def _is_head(line: Line) -> bool:
    return line.seen.word_count <= _WORDS_OF_HEAD and _HEAD.match(line.seen.folded) is not None


def in_any_letter(line: Line) -> list[tuple[int, int]]:
    """Return the requests in a sentence that are not meant for the client whoever the letter is to."""
    return _tried(line.seen.folded, _ROLE_IS_ASKED, _TO_TRADE, _BY_NAME)


def _of_a_colleague(line: Line) -> list[tuple[int, int]]:
    """Return the requests in a sentence of a letter to a colleague."""
    return _tried(line.seen.folded, _ROLE_IS_ASKED, _TO_COLLEAGUE, _BY_NAME)


def _tried(text: str, *patterns: re.Pattern[str]) -> list[tuple[int, int]]:
    told = (_ROLE_IS_TOLD.match(text, one.end()) for one in _OPENS.finditer(text))
    asked = (pattern.match(text, one.start()) for one in _STARTS.finditer(text) for pattern in patterns)
    return sorted((found.span() for found in (*told, *asked) if found), key=lambda at: (at[0], -at[1]))


def _whole(text: str, asked: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield each request with all that goes on from it."""
    free = 0
    for number, (start, end) in enumerate(asked):
        if start < free:
            continue
        until = next((later for later, _ in asked[number + 1 :] if later > end), len(text))
        for more in _GOES_ON.finditer(text, end, until):
            end = more.end()
        free = end
        yield start, end


def _next_items(view: View, line: Line) -> Iterator[tuple[Line, int, int]]:
    """Yield the verbs with which the next items of a list go on from a request, or from a head that says who is asked."""
    own = _of_a_colleague if view.speaks_of_client else in_any_letter
    for number in range(line.number + 1, len(view.lines)):
        item = view.lines[number]
        found = _BEGINS.match(item.seen.folded)
        is_theirs = not view.speaks_of_client and _TO_CLIENT.search(item.seen.folded)
        if not found or is_theirs or item.block.kind is Kind.PARAGRAPH or item.of(own):
            return
        yield item, *found.span()


def _next_sentences(view: View, line: Line) -> Iterator[tuple[Line, int, int]]:
    """Yield the sentences of the same paragraph that go on asking."""
    for number in range(line.number + 1, len(view.lines)):
        after = view.lines[number]
        found = (_ORDERS_ON if view.speaks_of_client else _ASKS_ON).match(after.seen.folded)
        if not found or not after.is_beside(line):
            return
        if view.speaks_of_client and after.of(_of_a_colleague):
            return  # which is told of there
        if not view.speaks_of_client and _TO_CLIENT.search(after.seen.folded):
            return
        yield after, *found.span()
