"""Whom a letter speaks about: the client or somebody else, by which names, and as "she" or "he"."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tipletters.checks.finder import JARGON
from tipletters.checks.greeting import (
    CLIENT_TITLES,
    TOP,
    greeted_gender,
    greeted_name,
    greetings,
    is_greeting,
    is_to_family,
)
from tipletters.checks.view import PRONOUN, PRONOUN_WORDS, Line, View, cues
from tipletters.checks.words import tables

FEMALE, MALE = "f", "m"
GENDER = {"she": FEMALE, "her": FEMALE, "hers": FEMALE, "herself": FEMALE} | dict.fromkeys(
    ("he", "his", "him", "himself"), MALE
)
_TITLED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx|Master)\.? (?:[A-Z]\.? )?([A-Z][\w’'-]+)(?: ([A-Z][\w’'-]+))?")
_LABELS = (
    "re|ref|patient|client|name|regarding|tenant|offender|child|pupil|student|young person|service user|resident|applicant|claimant|appellant|subject"
    "|defendant|accused|detainee|prisoner|inmate|employee|learner|baby|our client|your client|your patient"
)
ABOUT = re.compile(rf"(?im)^\W{{0,3}}(?:{_LABELS})(?:'s)?\b(?: name)?\s*[:\-]\s*([^\n,;(]{{3,60}})")
# A line of its own that says who it is: "Roy Sugden, 47 yrs, Flat 2", "Mrs Ann Lee (born 3 May 1950)".
SUBJECT = re.compile(
    r"(?m)^[ \t]{0,9}((?:(?:Mr|Mrs|Ms|Miss|Mx|Master)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3})"
    r"(?=[ ,;(–-]{1,4}(?:aged? \d|\d{1,2}[ -]?(?:y|yrs?|years?)\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d\d[,)])"
    r"|(?: \([^\n()]{3,40}\))?[ ,;(–-]{1,4}(?:born\b|d\.?o\.?b|DOB|D\.O\.B|date of birth|NHS N|CHI N|CHI \d|NHS \d|Hosp(?:ital)? N))"
)
# The same in capitals, under the greeting: "WILLIAM JOHN CRUICKSHANK, 11 Smiddy Brae".
_IN_CAPITALS = re.compile(r"(?m)^([A-Z][A-Z’'-]+(?: [A-Z][A-Z’'-]+){1,3})(?=,| \()")
# "Vittorio, you are going home": the client is spoken to by name.
_CALLED = re.compile(r"(?m)^[ \t]{0,20}([A-Z][\w’'-]+), you\b")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_PERSONS = (
    "lady|gentleman|woman|man|boy|girl|youngster|teenager|patient|client|service user|chap|lad|lass|fellow|infant|toddler|baby|child|male|female"
    "|pensioner|widow|widower|mother|father|mum|dad|grandmother|grandfather|schoolboy|schoolgirl|student|smoker|diabetic|asthmatic|epileptic|tenant"
    "|offender|claimant|applicant|resident|individual|primigravida|boy|pupil|prisoner|soul|alcoholic|\\w+ addict|user"
)
_LIVES = "retired|former|widowed|married|divorced|right-handed|left-handed|pleasant|delightful|charming|unfortunate|elderly|frail"
_THIS = re.compile(
    rf"\bthis (?:(?!while |your |the |is |was |and you |for |with |to |of |when |that |if |from |after |my |our |has )[a-z-]+ |\d+[a-z-]* ){{0,4}}?(?:{_PERSONS})\b(?! (?:clinic|group|unit|ward|service|centre|team|book|record|plan|protection|benefit|health|support)\b)"
    r"|\bthis (?!is |was |means |will |can |may |has )(?:[a-z-]+ ){1,4}?[a-z-]+(?=,? who(?:m|se)?\b)"
    rf"|\b(?:this|an?) (?:(?!is |was )[a-z-]+ ){{0,3}}?\d+[- ]?(?:year|yr)s?[- ]old(?: [a-z-]+)?(?: (?:{_PERSONS}))?|(?:^|(?<=: )|(?<=\bin ))an? (?:[a-z-]+,? ){{0,3}}?(?:lady|gentleman|woman|man|boy|girl)\b(?= with|,| who)|\bthis (?:very |most )?(?:{_LIVES}),? (?:[a-z-]+ ){{0,2}}?[a-z-]{{3,}}(?=[ ,.;]|$)(?<!event)(?<!incident)(?<!news)(?<!situation)"
)
_NO_NAMES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mx", "Master", "Dr", "DOB", "NHS", "CHI", "Dob", "Nhs", "Chi", ""})
# The client as a bare word: "Patient was seen", "Client is vague".
BARE = re.compile(
    r"(?:^|(?<=[.;:] ))(?:Patient|Client|Service user|Pt|Claimant|Tenant|Applicant|Offender|Resident)(?= (?!name|info|advice|liaison|group|record|transport|led|num|no\b|ref|id\b)(?:[a-z]|DNA|CO\b|BP\b))"
    r"|(?:(?<=\bas )|(?<=\bthat )|(?<=\bif )|(?<=\bwhen )|(?<=\bbut )|(?<=\bsince )|(?<=\bbecause )|(?<=\bwhile )|(?<=[,;:] ))"
    r"(?:patient|client|service user|claimant|tenant|pt)(?= (?:is|was|has|had|will|would|can|did|does|seen|told|found|given|came|went|felt|said|met|[a-z]+ed|[a-z]{3,}[a-z]s)\b)"
)
BARE_WORDS = cues("patient client service pt claimant tenant applicant offender resident")
PERSON_WORDS = cues("lady gentleman woman man boy girl adult veteran")
THIS, _TITLES = cues("this"), cues(" ".join(CLIENT_TITLES))
NOT_NAMES = frozenset(
    "I The A An In On At With He She It His Her This That Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
    "November December Your You My Our We They English British Scottish Christmas Easter God Street Road Lane Centre Hospital Clinic Court Team Service House "
    "Dear Yours Best Kind Regards Unit Ward Surgery Practice University College School Council Act Level Type Stage".split()
)


class Client(NamedTuple):
    """Whom a letter is to, or about.

    Args:
        names: by which the letter may call them.
        gender: "f", "m", or nothing where it is unclear.
        is_topic: the letter speaks about them as a whole, and not to them.
        is_parent: they are grown up and have a child, so that "the child" is somebody else.
        parent_words: of "mother", "dad" and so on those that mean the client where nobody's stands before them.
        by_first_name: the letter calls them so; with a title the name is another's.
    """

    names: frozenset[str] = frozenset()
    gender: str = ""
    is_topic: bool = False
    is_parent: bool = False
    parent_words: frozenset[str] = frozenset()
    by_first_name: bool = False


def client_of(view: View) -> Client:
    """Return what a letter tells of the client."""
    names, greets = view.once(client_names), view.once(_greetings)
    if view.speaks_of_client:
        return _topic(view, names)
    gender = greeted_gender(greets)
    is_parent = is_to_family(view.page.text, greets) or any(
        _YOUR_CHILD.search(line.seen.folded) for line in view.with_words(_CHILDREN)
    )
    if not greets:
        return Client(names, gender, False, is_parent)
    theirs = {found[1] for line in view.with_words(PARENTS) for found in _YOUR_PARENT.finditer(line.seen.folded)}
    return Client(names, gender, False, is_parent, _PARENT_WORDS - theirs)


def _greetings(view: View) -> str:
    return greetings(view.page.text)


def _topic(view: View, names: frozenset[str]) -> Client:
    """Return whom a letter is about."""
    is_mother = bool(names and _IS_PARENT.search(view.page.text, 0, TOP))
    is_parent = is_mother or bool(_ADULT.search(view.page.text, 0, TOP))
    by_first_name = not is_parent and _calls_by_first_name(names, view.page.text[: 4 * TOP])
    words = _PARENT_WORDS if is_mother else frozenset[str]()
    return Client(names, _gender_in_use(view, names), True, is_parent, words, by_first_name)


def _calls_by_first_name(names: frozenset[str], text: str) -> bool:
    """Say whether a letter calls the client by first name, so that "Ms McSorley" is the mother of Kayleigh McSorley."""
    any_name = "|".join(map(re.escape, sorted(names)))
    titled = len(re.findall(rf"\b(?:Mr|Mrs|Ms|Miss)\.? (?:{any_name})\b", text)) if names else 0
    # the line that says whom it is about has two of the names
    return titled > 0 and len(re.findall(rf"\b(?:{any_name})\b", text)) > 3 * titled + 2


_IS_PARENT = re.compile(r"[A-Z][\w’'-]+ [(\[](?:[Mm]other|[Ff]ather|[Mm]um|[Dd]ad)\b")
_PARENT_WORDS = frozenset("mother mum mam father dad".split())
PARENTS = cues(" ".join(f"{word} {word}'s" for word in sorted(_PARENT_WORDS)))
_CHILDREN = cues("son daughter child children baby kids twins boys girls grandson granddaughter grandchildren")
_YOUR_CHILD = re.compile(
    r"\byour (?:[a-z-]+ ){0,2}(?:son|daughter|child|children|baby|kids|twins|boys|girls|grand[a-z]+)\b"
)
_YOUR_PARENT = re.compile(r"\byour (?:[a-z]+ )?(mother|mum|mam|father|dad)\b")
_ADULT = re.compile(
    r"\b(?:Mr|Mrs|Ms)\.? [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?[ ,(–-]{1,3}(?:born|[Dd]\.?[Oo]\.?[Bb]|DOB|date of birth|NHS|CHI|aged)|\b[Tt]his (?:[\w-]+ ){0,4}(?:lady|gentleman|woman|man|mother|father)\b"
)
# "Mother", with nobody's before it: social work's name for the parent to whom it writes.
_BARE_PARENT = re.compile(
    r"(?<![\w’'(-])(?<!\byour )(?<!\b[Hh]is )(?<!\b[Hh]er )(?<!\b[Tt]heir )(?<!\b[Tt]he )(?<!\ba )(?<!\bmy )(?<!\bour )(?<![’']s )(?<!s[’'] )(?<!\bof )"
    r"(?<!\bbirth )(?<!\bfoster )(?<!\bsingle )(?<!\bnew )([Mm]other|[Mm]um|[Mm]am|[Ff]ather|[Dd]ad)(?:[’']s)?\b(?!-| (?:and baby|[A-Z]|of|to be))"
)


def as_parent(line: Line, client: Client) -> Iterator[re.Match[str]]:
    """Yield where a letter to a parent speaks of them as "Mother" or "dad's"."""
    if PARENTS.isdisjoint(line.seen.cues) or not client.parent_words or not _YOU.isdisjoint(line.seen.words):
        return
    is_sure = client.is_parent or bool(line.found("doubt", "stigma", *JARGON))
    for found in _BARE_PARENT.finditer(line.sentence.text):
        word = found[1].lower()
        if word in client.parent_words and (is_sure or word in ("mother", "father")):
            yield found


_YOU = frozenset("you your yours yourself".split())


def _gender_in_use(view: View, names: frozenset[str]) -> str:
    """Return the pronouns that a letter about the client uses for them; nothing where it is unclear."""
    votes: Counter[str] = Counter()
    for line in view.with_words(PRONOUN_WORDS):
        first = _FIRST.match(line.sentence.text)
        weight = 3 if first and first[0] in names else 1
        for found in PRONOUN.finditer(line.seen.folded):
            votes[GENDER[found[0]]] += weight + bool(_KIN_OF.match(line.seen.folded, found.end()))
    for line in view.with_words(THIS):
        for found in line.of(named_as_this):
            votes[CLIENT_TITLES.get(found[0].split()[-1], "")] += 5
    for line in view.with_words(_TITLES):
        for titled in _TITLED.finditer(line.sentence.text):
            if {titled[2], titled[3]} & names:
                votes[CLIENT_TITLES.get(titled[1].lower(), "")] += 3
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > 1.2 * best[1][1]) else ""


# Kin, carers and the like are said to be the client's: "his mother".
_KIN_OF = re.compile(
    r" (?:own |late |birth |foster |adoptive |older |younger )?(?:mother|father|mum|dad|parents|wife|husband|partner|sons?|daughters?|sisters?|brothers?"
    r"|gran[a-z]*|nan|carers?|family|foster|child|children|baby|teacher|neighbours?|friends?)\b"
)


def client_names(view: View) -> frozenset[str]:
    """Return the names by which a letter may call the client, from what is known of them or from the letter itself."""
    about = view.speaks_of_client
    if view.about:
        return frozenset(part for name in view.about.names for part in name.split() if len(part) > 1)
    said: list[str] = []
    if about or not is_to_family(view.page.text, view.once(_greetings)):
        said += [match[1] for match in ABOUT.finditer(view.page.text, 0, TOP)]
    if about:
        said += [match[1] for match in SUBJECT.finditer(view.page.text, 0, TOP)]
        greets = max(view.page.text.find("Dear ", 0, TOP), 0)
        said += [
            match[1].title() for match in _IN_CAPITALS.finditer(view.page.text, greets, greets + 600 if greets else 0)
        ]
    found = {form for name in said for part in _NAME.findall(name) for form in _forms(part, view.page.text)}
    common = (_leading(view) if about else set()) or _titled(view) if not found else set()
    called = set() if about else {greeted_name(view.once(_greetings)), *_CALLED.findall(view.page.text)}
    named = (found | common | called) - _NO_NAMES
    return frozenset(name for name in named if name[0].isupper() and name.title() not in NOT_NAMES)


def _titled(view: View) -> set[str]:
    """Return the name that stands most often after "Mrs" and the like, and the first name that goes with it."""
    titled: Counter[str] = Counter()
    first: dict[str, str] = {}
    for line in view.with_words(_TITLES):
        text = line.sentence.text
        for found in _TITLED.finditer(text):
            if not is_greeting(text, found.start()):
                name = found[3] or found[2]
                titled[name] += 1
                first[name] = first.get(name) or (found[2] if found[3] else "")
    return {part for name, count in titled.most_common(1) if count > 1 for part in (name, first[name])}


def _leading(view: View) -> set[str]:
    """Return the full name in the head of a letter whose first name begins most sentences; nothing if fewer than two."""
    top = view.page.text[:TOP]
    full = {found[1]: found[0] for found in _FULL_NAME.finditer(top) if f" {found[1].lower()} " not in top}
    first = (_FIRST.match(line.sentence.text) for line in view.lines[:400])
    leads = Counter(found[0] for found in first if found and found[0] not in NOT_NAMES)
    for name, count in leads.most_common(8):
        if count > 1 and (name in full or _is_first_name(name, top)):
            return set(full.get(name, name).split())
    return set()


def _is_first_name(name: str, top: str) -> bool:
    """Say whether a word that begins sentences is a person's name who was not brought in as somebody's kin."""
    if tables().rarity.get(name.lower(), 4) < 1.2 or f" {name.lower()} " in top or f", {name}" in top:
        return False
    return (
        re.search(
            rf"\b{name}(?:[’']s (?:mood|mother|father|mum|dad|partner|wife|husband|family|life)| {_HUMAN})\b", top
        )
        is not None
    )


_HUMAN = r"(?:told|tells|says|said|feels|felt|lives|lived|attended|came|asked|wants|denie[sd]|report(?:s|ed)|admit(?:s|ted)|thinks|enjoys|loves|likes|presented|presents|broke|was seen|is an?)"


_FIRST = re.compile(r"[A-Z][a-zà-þ]+")
_FULL_NAME = re.compile(r"\b(?!(?:Mr|Mrs|Ms|Miss|Dr|Dear)\b)([A-Z][a-zà-þ]+) [A-Z][\w’'-]+")


def _forms(name: str, text: str) -> set[str]:
    """Return a name as the letter writes it, where its head has it in capitals: "MCVEY", later "McVey"."""
    if not name.isupper():
        return {name}
    return {name.title(), *re.findall(rf"\b{re.escape(name)}\b", text[: 4 * TOP], re.IGNORECASE)}


def refers(line: Line) -> bool:
    """Say whether a line says whom the letter is about, or is a heading, and does not speak of them."""
    text, kind = line.sentence.text, line.block.kind
    if kind == "heading" or ABOUT.match(text) or _IN_CAPITALS.match(text):
        return True
    if kind == "paragraph" and text[-1] not in ".!?:;”\"'’":
        return True
    found = SUBJECT.match(text) if len(line.block.sentences) == 1 else None
    return found is not None and not _SPEAKS.search(text, found.end(), text.find("\n") % (len(text) + 1))


_SPEAKS = re.compile(r"\b(?:is|was|has|had|who|whom|attended|came|presented|lives|remains)\b")


def named_as_this(line: Line) -> tuple[re.Match[str], ...]:
    """Return where a sentence says "this lady" and the like."""
    words = line.seen.words
    named = "this" in words or ("old" in words and line.has_digit()) or not PERSON_WORDS.isdisjoint(line.seen.cues)
    return tuple(_THIS.finditer(line.seen.folded)) if named else ()


def as_this(line: Line, client: Client) -> Iterator[re.Match[str]]:
    """Yield where "this lady" means the client: in a letter to them, "this baby" is somebody else."""
    for found in line.of(named_as_this):
        if client.is_topic or (found[0].startswith("this ") and not _YOUNG.search(found[0])):
            yield found
    if not {"adult", "veteran"}.isdisjoint(line.seen.cues):
        yield from _THE_ADULT.finditer(line.seen.folded)
    if client.is_topic and not client.is_parent and not PERSON_WORDS.isdisjoint(line.seen.cues):
        for found in _THE_CHILD.finditer(line.seen.folded):
            if client.gender in ("", CLIENT_TITLES[found[1]]):
                yield found


# "The Adult" of the law on incapacity, but no adult ward and no adult services.
_THE_ADULT = re.compile(
    r"\bthe (?:adult|veteran)(?= (?:himself|herself|is|was|has|had|may|might|shall|should|will|would|can|could|being|remains?|lives?|[a-z]+ed)\b|[,;.]|'s )"
)
_THE_CHILD = re.compile(r"\bthe (boy|girl)\b(?! (?:who|next|with|in|at|from)\b)")
_YOUNG = re.compile(r"\b(?:baby|infant|toddler)$")
