"""Somebody who is neither the client nor staff, by name, kinship or role.

Why it matters: they have not been asked, and what is said of them may come back to the client, or hurt them.
Bad: Your neighbour Mrs Hall drinks.
Good: You told me that it is loud next door.
Always a question: would you say this to them? Does it need to be written? A passage with a label has its answer.
Each person is asked about once, and not where they are only there ("with your dad"); of a copy that goes to somebody else each
paragraph is asked about.
Source: UK GDPR article 15(4); Data Protection Act 2018, schedule 2, paragraph 16 (what is said of others).
"""

import re
from collections.abc import Iterable, Iterator

from tipletters.checks.issue import Issue, Severity
from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.words import DIGIT
from tipletters.checks.text.frame import body, is_marked
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View
from tipletters.checks.who.names import NOT_NAMES, client_names, greetings_of
from tipletters.checks.who.people import is_only_there, people

_FAMILY = (
    "mother mum mam mummy father dad daddy brother sister son daughter child wife husband uncle aunt auntie aunty cousin niece "
    "nephew grandmother grandfather grandad granddad grandma grandpa gran granny nan nana nanny grandson granddaughter grandchild "
    "stepmother stepfather stepmum stepdad stepbrother stepsister stepson stepdaughter stepchild twin sibling godmother godfather "
    "fiancé fiancée fiance fiancee spouse toddler"
)
_MANY = (
    "parents children kids brothers sisters sons daughters uncles aunts cousins nieces nephews grandparents grandchildren "
    "grandsons granddaughters twins siblings in-laws stepchildren"
)
_KNOWN = (
    "partner girlfriend boyfriend ex friend flatmate housemate roommate neighbour landlord landlady boss manager employer workmate "
    "colleague lodger tenant baby kid girl boy relative"
)
_KIN = cues(" ".join(f"{one} {one}'s" for one in f"{_FAMILY} {_MANY} {_KNOWN}".split()))
_IN_LAWS = cues(" ".join(f"{one}-in-law" for one in "mother father brother sister son daughter".split()))
_EX = cues("ex-husband ex-wife ex-partner ex-boyfriend ex-girlfriend")
_NAMED = cues("called named")
_FOLK = cues("man woman people couple lady boys girls lads bloke lad family")
_TITLES = cues("mr mrs ms miss mx")
_SOMEBODY = cues(" ".join(_KIN | _NAMED | _FOLK | _TITLES | _IN_LAWS | _EX))
_OF_KIN = _KIN | _IN_LAWS | _EX
_RELATED = frozenset(f"{_FAMILY} {_MANY}".split())
_ANYBODY = "|".join(sorted(f"{_FAMILY} {_MANY} {_KNOWN}".split(), key=len, reverse=True))
_LIKE = (
    "(?:own|late|old|older|young|younger|elder|eldest|oldest|youngest|little|big|best|close|good|new|first|second|other|former|current|"
    "adult|teenage|birth|adoptive|adopted|foster|half|half-|great|great-|ex|ex-|only|dear|newborn|unborn|estranged|two|three|four)"
)
# The first four are matched in small letters, with one kind of apostrophe; names need their capitals.
_PERSON = re.compile(rf"\b({_ANYBODY})(?:-in-law)?\b(?:'s?(?=\W|$))?")
_OWNER = re.compile(rf"(?:\b(?:your|his|her|their)|[a-zà-þ]+'s) (?:{_LIKE}[ -]?){{0,3}}(?:ex-)?$")
_SOME = re.compile(rf"\b(?:an?|one|two|three|four|five|both) (?:{_LIKE}[ -]?){{0,2}}$")
_ALL = re.compile(rf"\bthe (?:{_LIKE} )?$")
_OF_ALL = frozenset("children kids twins grandchildren".split())
_ANY_ONE = frozenset("child kid mum mother dad father wife husband toddler twin spouse children".split())
_NAMES = re.compile(
    r",? (?:called |named )?(?:(?:Mr|Mrs|Ms|Miss|Mx)\.? )?(?!(?:I|On|At|In|The|You|We|He|She|They|It)\b)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?"
)
_CALLED = re.compile(
    r"\b(?:an?|the|your|his|her) (?:[a-z]+ ){0,2}(?:man|woman|boy|girl|lad|lady|friend|flatmate|neighbour|person|guy|mate|colleague|somebody|someone"
    r"|stranger) (?:called|named) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?"
)
_ROLE = re.compile(
    r"\b(?:the|your|his|her|an?) (?:older |old |young |younger )?(?:man|woman|people|couple|family|lady|boys|girls|lads|bloke|lad) "
    r"(?:next door|upstairs|downstairs|across the (?:road|street|hall|landing)|(?:on|in|from) (?:your|his|her|the) (?:estate|street|road|shop|stairs|building|corner|flat))"
)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? (?:and (?:Mr|Mrs|Ms)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?: from the [a-z]+)?"
)
_GREETED = re.compile(r"\b(?:dear|hello|hi|re|regarding|about|to|client|applicant|patient)\b:? *\W?$", re.IGNORECASE)
# "Mrs Grace Adeyemi, date of birth ...": the client, in letters that are about them. It stands at the head of a letter.
_TOP = 4_000
_WHO = re.compile(r"\b(?:born|DOB|D\.O\.B|DoB|d\.?o\.?b|[Dd]ate of [Bb]irth|NHS|CHI|of \d)")
_WHO_WORDS = cues("born dob d birth nhs chi")
_JUST_NAMED = re.compile(r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})[ ,(:]+$")
_AT_WORK = re.compile(
    r"\b(?:worker|nurse|doctor|consultant|officer|teacher|head|tutor|advis[eo]r|therapist|counsellor|solicitor|surgeon|physio\w*|midwife|dentist"
    r"|pharmacist|chair|college|school|clinic|hospital|ward|team|list|lead|specialist|psycholog\w+|psychiatr\w+|appointment|registrar|judge|sheriff"
    r"|reporter|interpreter|coach|trainer|service|department|referr\w+)\b",
    re.IGNORECASE,
)
_HER_WORK = re.compile(
    r"\b(?:interpreter|nurse|doctor|teacher|tutor|officer|solicitor|surgeon|consultant|midwife|therapist|advis[eo]r|head|coordinator),? $"
)
_CHILDREN = re.compile(r"the children's$")  # whose physiotherapist it is
# "You are his granny": the client.
_ITSELF = re.compile(r"\b(?:i am|i'm|you are|you're) (?:not )?$")
# What makes something else of the words before it: "your children's centre", "the parents' group".
_NO_PERSON = re.compile(
    r"(?:[’']s?)? (?:(?:cent(?:re|er)|teams?|services?|ward|hospital|groups?|unit|hearings?|reporter|panel|homes?|house|society|act|allergy|protection|plan|benefit|allowance|course|class|home fees|health|and baby|and toddler)\b)",
    re.IGNORECASE,
)
_MESSAGE = (
    "This is about somebody else, who has not been asked. Would you say it to them, and does it need to be written?"
)
_SPLIT = re.compile(r"[\w’'-]+")


def check(view: View) -> Iterator[Issue]:
    """Yield a question for each mention of somebody else."""
    known = _known(view)
    inside = view.once(body)
    named: set[str] = set()
    found: list[tuple[Line, int, int]] = []
    for line in view.with_words(_SOMEBODY):
        if is_marked(view, line) or (line.number not in inside and line.block.kind == "heading"):
            continue
        text = line.sentence.text
        for start, end in _apart(_spans(line, known)):
            if not _NO_PERSON.match(text, end) and not _is_client(text[start:end], known):
                found.append((line, start, end))
                named.update(word for word in _SPLIT.findall(text[start:end])[1:] if word[0].isupper())
    names = (
        {name.removesuffix("’s").removesuffix("'s") for name in named}
        - known
        - NOT_NAMES
        - {"Mr", "Mrs", "Ms", "Miss", "Mx"}
    )
    found += _again(view, {name for name in names if name.casefold() not in known}, found)
    found.sort(key=lambda one: (one[0].number, one[1]))
    words = [line.sentence.text[start:end] for line, start, end in found]
    workers = frozenset[str]().union(*(line.of(_introduced_by_work) for line in view.with_words(_TITLES)))
    for (line, start, end), person in zip(found, people(words), strict=True):
        issue = line.issue("third-party", start, end, _MESSAGE, (), Severity.ADVICE)
        is_told = person not in workers and not _is_of_no_interest(line.seen.folded, start, end)
        yield issue._replace(about=person, is_told=is_told)


def _spans(line: Line, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where a sentence speaks of somebody, by each way of saying it whose words it holds."""
    text, folded, here = line.sentence.text, line.seen.folded, line.seen.cues
    if not _OF_KIN.isdisjoint(here):
        for found in _PERSON.finditer(folded):
            owner = _whose(folded, found)
            if (
                owner >= 0
                and found[1] not in known
                and not (_ITSELF.search(folded, 0, owner) and found.end() == found.end(1))
            ):
                name = None if _NO_PERSON.match(text, found.end()) else _NAMES.match(text, found.end())
                yield owner, name.end() if name else found.end()
    if here & _NAMED:
        yield from (found.span() for found in _CALLED.finditer(text))
    if here & _FOLK:
        yield from (found.span() for found in _ROLE.finditer(folded))
    if here & _TITLES:
        yield from (found.span() for found in _TITLED.finditer(text) if _is_outsider(text, found, known))


def _whose(folded: str, person: re.Match[str]) -> int:
    """Return where "your older" begins before "brother"; -1 where it could be anybody's."""
    at = max(0, person.start() - 45)
    before = folded[at : person.start()]
    word = person[1]
    found = _OWNER.search(before)
    if not found and word in _RELATED:
        found = _SOME.search(before)
        if found and found[0].startswith(("a ", "an ", "one ")) and word in _ANY_ONE:
            return -1
    if not found and word in _OF_ALL:
        found = _ALL.search(before)
    return at + found.start() if found else -1


def _known(view: View) -> frozenset[str]:
    """Return the names, word by word, of the client, of staff and of those whom the case declares."""
    known = set(view.once(client_names))
    if view.about:
        known.update(
            part for name in (*view.about.names, *view.about.staff, *view.about.others) for part in name.split()
        )
    if not view.about:
        known |= _first_titled(view) if view.speaks_of_client else _greeted(view)
    for line in (*view.with_words(_WHO_WORDS), *view.with_shape(DIGIT)):
        if line.start < _TOP:
            known.update(line.of(_named_with_details))
    closing = view.once(body).stop
    for line in view.lines[closing:]:
        known.update(line.of(_capitals))
    return frozenset(word.casefold() for word in known)


def _named_with_details(line: Line) -> frozenset[str]:
    """Return whose date of birth or number a sentence gives, word by word."""
    text = line.sentence.text
    names = (_JUST_NAMED.search(text, max(0, one.start() - 60), one.start()) for one in _WHO.finditer(text))
    return frozenset(part for named in names if named for part in _SPLIT.findall(named[1]))


def _introduced_by_work(line: Line) -> frozenset[str]:
    """Return the name of a worker whom a sentence introduces, word by word: "the interpreter, Mrs Haile"."""
    text = line.sentence.text
    names = (
        found for found in _TITLED.finditer(text) if _HER_WORK.search(text, max(0, found.start() - 40), found.start())
    )
    return frozenset(word.casefold() for found in names for word in _SPLIT.findall(found[0])[1:] if word[0].isupper())


def _greeted(view: View) -> set[str]:
    """Return the names in "Dear Mr and Mrs Lee"; of "Dear Mum and Dad" none."""
    words = _SPLIT.findall(view.once(greetings_of))
    return {word for word in words if word[0].isupper() and word.casefold() not in _KIN}


def _is_of_no_interest(folded: str, start: int, end: int) -> bool:
    """Say whether a mention tells a reader nothing, though it may matter to a copy for somebody else."""
    is_work = _CHILDREN.fullmatch(folded, start, end) and _AT_WORK.match(folded, end + 1)
    return bool(is_work) or is_only_there(folded, start, end)


def _capitals(line: Line) -> frozenset[str]:
    return frozenset(word for word in _SPLIT.findall(line.sentence.text) if word[0].isupper())


def _first_titled(view: View) -> set[str]:
    """Return the name with which a letter about somebody begins."""
    for line in view.lines[:12]:
        for found in _TITLED.finditer(line.sentence.text):
            if not _GREETED.search(line.sentence.text, max(0, found.start() - 12), found.start()):
                return set(_SPLIT.findall(found[0])[1:])
    return set()


def _is_outsider(text: str, found: re.Match[str], known: frozenset[str]) -> bool:
    if _GREETED.search(text, max(0, found.start() - 12), found.start()):
        return False
    words = _SPLIT.findall(found[0])[1:]
    if any(word.casefold() in known for word in words):
        return False
    return not _AT_WORK.search(text, max(0, found.start() - 50), min(len(text), found.end() + 40))


def _is_client(words: str, known: frozenset[str]) -> bool:
    """Say whether the last name in a stretch is the client's or a worker's own: "your friend Robin" of the team."""
    last = [word for word in _SPLIT.findall(words)[1:] if word[0].isupper()]
    return bool(last) and all(word.casefold() in known for word in last) and len(_SPLIT.findall(words)) <= len(last) + 1


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = 0
    for start, stop in sorted(spans, key=lambda one: (one[0], -one[1])):
        if start >= end:
            yield start, stop
            end = stop


def _again(view: View, names: set[str], found: list[tuple[Line, int, int]]) -> Iterator[tuple[Line, int, int]]:
    """Yield where somebody is named again who was introduced before."""
    if not names:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")
    folded = {name.casefold() for name in names} | {f"{name.casefold()}'s" for name in names}
    taken: dict[int, list[tuple[int, int]]] = {}
    for line, start, end in found:
        taken.setdefault(line.number, []).append((start, end))
    for line in view.lines:
        here = taken.get(line.number, ())
        for one in () if folded.isdisjoint(line.seen.words) else pattern.finditer(line.sentence.text):
            if not any(begin < one.end() and one.start() < stop for begin, stop in here):
                yield line, one.start(), one.end()
