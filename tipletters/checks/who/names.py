"""By which names a letter may call the client: from what is known of them, or from its head and its greeting."""

import re
from collections import Counter
from functools import lru_cache

from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.words import columns, tables
from tipletters.checks.text.greeting import (
    CLIENT_TITLES,
    SUBJECT_BELOW,
    TOP,
    TWO_GREETED,
    greeted_name,
    greetings,
    is_greeting,
    is_to_family,
)
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View
from tipletters.checks.who.nicknames import all_short_names, as_called, called_in, initials, own_initials, short_forms

TITLED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx|Master)\.? (?:[A-Z]\.? )?([A-Z][\w’'-]+)(?: (?!\w*\d)([A-Z][\w’'-]+))?")
_LABELS = (
    "re|ref|about|concerning|in respect of|patient|pt|clients?|(?:full )?name(?: of [a-z ]{3,20})?|regarding|tenant|offender|child|pupil|student|(?:the )?young person|service user|resident|(?:joint )?applicants?|claimants?|appellant|subject|member|customer|veteran|(?:person|adult) at risk|adult|person|participant|complainant"
    "|(?:prospective )?(?:foster )?carers?|(?:prospective )?adopters?|couple|(?:joint )?tenants|defendant|accused|detainee|prisoner|inmate|employee|learner|baby|our client|your client|your patient"
)
ABOUT = re.compile(
    rf"(?im)^\W{{0,3}}(?:(?:{_LABELS})(?:'s)?\b(?: name)?\s*[:\-]\s*|victim\s*:\s*(?-i:(?=[A-Z]))|(?:re|about|concerning|in respect of) (?-i:(?=(?:Mr|Mrs|Ms|Miss|Master) [A-Z]))|re (?-i:(?=[A-Z]))"
    r"|[a-z' ]{0,40}(?:review|report|summary|referral|assessment|update|plan|request|application|statement|notes?|handover)\s*[:–-]\s*(?-i:(?=(?:Mr|Mrs|Ms|Miss|Master) [A-Z])))"
    r"([^\n,;(]{3,60}(?:\((?-i:[A-Z])[\w’'-]+\) [^\n,;(]{3,30})?)"
)
# A line of its own that says who it is: "Roy Sugden, 47 yrs, Flat 2", "Mrs Ann Lee (born 3 May 1950)".
SUBJECT = re.compile(
    r"(?m)^[ \t]{0,9}(?:(?:Report|Update|Assessment) (?:on|of) )?((?:(?:Mr|Mrs|Ms|Miss|Mx|Master)\.? )?[A-Z][\w’'-]+(?: [(\"“]?[A-Z][\w’'-]+[)\"”]?){1,3})"
    r"(?=[ ,;(–-]{1,4}(?:aged? \d|\d{1,2}[ -]?(?:y|yrs?|years?)\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d\d[,)])"
    r"|(?: \([^\n()]{3,40}\)|, [A-Z\d][\w/-]{3,20})?[ ,;(–-]{1,4}(?:born\b|d\.?o\.?b|DOB|D\.O\.B|date of birth|NHS N|CHI N|CHI \d|NHS \d|Hosp(?:ital)? N))"
)
# Several children of a family: "Children: Logan (7) and Ava (4) McInally".
SIBLINGS = re.compile(r"(?im)^\W{0,3}(?:children|siblings|family)\s*:\s*(?-i:([A-Z][a-z]+[ ,(][^\n]{3,80}))")
# A child and the parent who is spoken of as much: "Child: Logan Baird, aged 9. Mother: Stacey Baird."
PARENT_BELOW = re.compile(
    r"(?m)^\W{0,3}(?:Name of c|C)hild(?:ren|[’\']s name)?: [^\n]{3,80}?\n?\W{0,3}\b(?:Mother|Father|Parents?|Mum|Dad): ([A-Z][\w’'-]+(?: (?:and |& )?[A-Z][\w’'-]+){0,4})"
)
# "Many thanks for seeing Doris Mould, 88"
_INTRODUCED = re.compile(
    r"\b(?:seeing|referring|refer|see|saw|reviewed|met|accepting|about|regarding|visited|assessed|known|supporting|supported|instructed by|act(?:ing)? for|behalf of|working with|contacted by|sending|(?:note|update|report|information) (?:on|about)) (?!Dr\b|Prof|Sister|Nurse)((?:(?:Mr|Mrs|Ms|Miss) )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)(?=,? (?:aged )?\d\d\b|,? (?:who|whom|born|a \d\d)\b| \(\d| for [a-z]+ (?:years|months|weeks)\b| to (?:us|me)\b| and (?:his|her|their)\b)"
)
# "I support the appeal of Mrs Rosalind Teague."
_FOR = re.compile(
    r"\b(?:appeal|application|request|claim|case|behalf|support) (?:of|by|from|for) ((?:Mr|Mrs|Ms|Miss) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
# "Present: Ann Lee (social worker), Ms Carys Dowd (mother)"
_PARENT_PRESENT = re.compile(r"\b([A-Z][\w’'-]+ [A-Z][\w’'-]+) \((?:mother|father|mum|dad)\b")
# The same in capitals, under the greeting: "WILLIAM JOHN CRUICKSHANK, 11 Smiddy Brae".
_IN_CAPITALS = re.compile(r"(?m)^([A-Z][A-Z’'-]+(?: [A-Z][A-Z’'-]+){1,3})(?=,| \()")
# "Vittorio, you are going home": the client is spoken to by name.
_CALLED = re.compile(r"(?m)^[ \t]{0,20}([A-Z][\w’'-]+), you\b")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_NO_NAMES = frozenset(
    {"Mr", "Mrs", "Ms", "Miss", "Mx", "Master", "Dr", "DOB", "NHS", "CHI", "Dob", "Nhs", "Chi", ""}
) | frozenset("Re Sister Sr Fr Father Rev Cpl Sgt Pte Capt Lt Major Nurse Mum Dad Mother Baby Family Cons".split())
TITLES = cues(" ".join(CLIENT_TITLES))
NOT_NAMES = frozenset(
    "I The A An In On At With He She It His Her This That Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
    "November December Feb Mar Apr Aug Sept Sep Oct Nov Dec Your You My Our We They English British Scottish Christmas Easter God Street Road Lane Centre Hospital Clinic Court Team Service House "
    "Dear Yours Best Kind Regards Unit Ward Surgery Practice University College School Council Act Level Type Stage".split()
)


def greetings_of(view: View) -> str:
    """Return the lines with which a letter greets."""
    return greetings(view.page.text)


def to_family(view: View) -> bool:
    """Say whether a letter greets two people, or speaks of their child."""
    return is_to_family(view.page.text, view.once(greetings_of))


def client_names(view: View) -> frozenset[str]:
    """Return the names by which a letter may call the client, from what is known of them or from the letter itself."""
    about = view.speaks_of_client
    if view.about:
        return frozenset(part for name in view.about.names for part in name.split() if len(part) > 1)
    said: list[str] = []
    if about or not view.once(to_family):
        said += [match[1] for match in ABOUT.finditer(view.page.text, 0, TOP)]
    if about:
        said += [
            match[1]
            for about in (SUBJECT, SUBJECT_BELOW, SIBLINGS, PARENT_BELOW)
            for match in about.finditer(view.page.text, 0, TOP)
        ]
        said += said or [
            match[1] for one in (_INTRODUCED, _FOR, _PARENT_PRESENT) for match in one.finditer(view.page.text, 0, TOP)
        ]
        greets = max(view.page.text.find("Dear ", 0, TOP), 0)
        said += [
            match[1].title() for match in _IN_CAPITALS.finditer(view.page.text, greets, greets + 600 if greets else 0)
        ]
    said = [_HIS.split(name)[0] for name in said]
    found = {form for name in said for part in _NAME.findall(name) for form in _forms(part, view.page.text)}
    called = set() if about else _called(view)
    is_to_two = not about and TWO_GREETED.search(view.once(greetings_of))  # who are spoken to in turn
    common = set() if found or called or is_to_two else (_leading(view) if about else set()) or _titled(view)
    named = (found | common | called) - _NO_NAMES
    named = {name for name in named if name[0].isupper() and name.title() not in NOT_NAMES}
    return frozenset(named | (_else_called(view.page.text, named) if about else initials(named, view.page.text[:TOP])))


def _else_called(text: str, names: set[str]) -> set[str]:
    """Return by what else a letter calls the client whom its head names: short names, and initials."""
    said = [line for line in text[:TOP].split("\n") if any(name in line for name in names)]
    short = {
        form for name in names & first_names().keys() for form in short_forms(name, text[: 4 * TOP], first_names())
    }
    return (
        short
        | as_called(text[:TOP])
        | initials(names, text[: 4 * TOP])
        | own_initials(said, names, text[: 4 * TOP])
        | {one for line in said[:2] for one in called_in(line)}
    )


def _called(view: View) -> set[str]:
    """Return the name by which a letter greets or calls its reader, and the surname that goes with it in the head."""
    called = {greeted_name(view.once(greetings_of)), *_CALLED.findall(view.page.text)} - {""}
    heads = _ADDRESSED.finditer(view.page.text, 0, TOP) if called else ()
    return called | {found[2] for found in heads if found[1] in called}


_ADDRESSED = re.compile(r"(?m)\b([A-Z][\w’'-]+) ([A-Z][\w’'-]+)(?=,|$)")


OF_OWNER = re.compile(r"(?:[’']s|(?<=s)[’'])$")


def _titled(view: View) -> set[str]:
    """Return the name that stands most often after "Mrs" and the like, and the first name that goes with it."""
    titled: Counter[str] = Counter()
    first: dict[str, str] = {}
    opens = ""
    for line in view.with_words(TITLES):
        text = line.sentence.text
        for found in TITLED.finditer(text):
            if not is_greeting(text, found.start()):
                name = OF_OWNER.sub("", found[3] or found[2])
                titled[name] += 1
                first[name] = first.get(name) or (found[2] if found[3] else "")
                opens = opens or name * (found.start() == 0)
    often = [name for name, count in titled.most_common(1) if count > 1]
    if not often and opens and view.speaks_of_client:  # "Mr Dutta was seen at home", and then "he" alone
        often = [opens]
    return {part for name in often for part in (name, first[name])}


# "Just a note on Callum."
_TOLD_OF = re.compile(
    r"\b(?:note|update|word|line|letter|concerns?|concerned|worried|information|feedback) (?:on|about|regarding|for) ([A-Z][a-zà-þ]+)\b(?! [A-Z])"
)
_WORK = re.compile(
    r"[A-Z][\w-]+ (?:Social|Justice|Housing|Support|Health|Care|Welfare|Mental|Family|Legal|Work|Education)[a-z]*\b|(?:Social|Youth|Housing|Community|Adult|Family|Health|Mental|Occupational|Speech|Support|Legal|Care|Young|Primary|Special) "
)


def _leading(view: View) -> set[str]:
    """Return the full name in the head of a letter whose first name begins most sentences; nothing if fewer than two."""
    top = view.page.text[:TOP]
    full = {found[1]: found[0] for found in _FULL_NAME.finditer(top) if f" {found[1].lower()} " not in top}
    first = (CAPITALISED.match(line.sentence.text) for line in view.lines[:400])
    leads = Counter(found[0] for found in first if found and found[0] not in NOT_NAMES)
    told_of = {found[1] for found in _TOLD_OF.finditer(top) if found[1] in first_names()}
    for name, count in [*leads.most_common(8), *((name, 2) for name in told_of)]:
        if (
            count > 1
            and (name in first_names() or not _WORK.match(full.get(name, "")))
            and (name in full or _is_first_name(name, top))
        ):
            return set(full.get(name, name).split())
    # "This chap is in a bad way. Gavin has had tinnitus for years": once, and named again later
    once = (name for name in leads if name in first_names() and f", {name}" not in top and top.count(name) > 1)
    return {name for name in [next(once, "")] if name}


@lru_cache(maxsize=1)
def first_names() -> dict[str, str]:
    """Return first names, each with the gender of those who mostly bear it."""
    given = {name: gender for gender, names in columns("first-names.txt", 2) for name in names.split(" ")}
    rare = (name for name in all_short_names() if tables().rarity(name.lower(), 4) > 0.95)  # no "Will", no "Pat"
    return dict.fromkeys(rare, "fm") | given


def _is_first_name(name: str, top: str) -> bool:
    """Say whether a word that begins sentences is a person's name who was not brought in as somebody's kin."""
    if name in first_names():
        return True
    if tables().rarity(name.lower(), 4) < 1.2 or f" {name.lower()} " in top or f", {name}" in top:
        return False
    return (
        re.search(
            rf"\b{name}(?:[’']s (?:mood|mother|father|mum|dad|partner|wife|husband|family|life)| {_HUMAN})\b", top
        )
        is not None
    )


_HUMAN = r"(?:told|tells|says|said|feels|felt|lives|lived|attended|came|asked|wants|denie[sd]|report(?:s|ed)|admit(?:s|ted)|thinks|enjoys|loves|likes|presented|presents|broke|was seen|is an?)"


CAPITALISED = re.compile(r"[A-Z][a-zà-þ]+(?:-[A-Z][a-zà-þ]+)*")
_FULL_NAME = re.compile(r"\b(?!(?:Mr|Mrs|Ms|Miss|Dr|Dear)\b)([A-Z][a-zà-þ]+) [A-Z][\w’'-]+")


def _forms(name: str, text: str) -> set[str]:
    """Return a name as the letter writes it, where its head has it in capitals: "MCVEY", later "McVey"."""
    if not name.isupper():
        return {name}
    return {name.title(), *re.findall(rf"\b{re.escape(name)}\b", text[: 4 * TOP], re.IGNORECASE)}


_LABELLED = re.compile(r"(?:Mother|Father|Parents?|Mum|Dad|Carer|Next of kin): ")


def refers(line: Line) -> bool:
    """Say whether a line says whom the letter is about, or is a heading, and does not speak of them."""
    text, kind = line.sentence.text, line.block.kind
    if (
        kind == "heading"
        or ((about := ABOUT.match(text)) and not _SPEAKS_ON.search(about[1]))
        or PARENT_BELOW.match(text)
        or _LABELLED.match(text)
        or _IN_CAPITALS.match(text)
    ):
        return True
    if kind == "paragraph" and text[-1] not in ".!?:;”\"'’":
        return True
    found = SUBJECT.match(text)
    if found is None or sum(len(one.text) for one in line.block.sentences[1:]) > _SHORT:
        return False
    return not _SPEAKS.search(text, found.end(), text.find("\n") % (len(text) + 1))


# "Mrs Ann Lee and her son Filip", "Ron Tickle. Cons: Mr Shah", "Ann Lee   Age: 27"
_HIS = re.compile(r"\s{2,}| (?:and|with) (?:his|her|their) |(?<=[a-z]{3})\. ?(?=[A-Z])")
# "Council officer's report: Mr Tulloch alleges that his grandson ..."
_SPEAKS_ON = re.compile(r"[A-Z][\w’'-]+ (?:is|was|has|had|does|did|said|[a-z]+(?:s|ed)) [a-z]+ [a-z]")
_SHORT = 40  # letters in "NHS number 999 123 4567"
_SPEAKS = re.compile(r"\b(?:is|was|has|had|who|whom|attended|came|presented|lives|remains)\b")
