"""Whom a letter speaks about: the client or somebody else, by which names, and as "she" or "he"."""

import re
from collections import Counter

from tipletters.checks.lexis.cues import cues
from tipletters.checks.text.greeting import CLIENT_TITLES, TOP, addressed_gender, greeted_gender
from tipletters.checks.text.line import PRONOUN, PRONOUN_WORDS, Line
from tipletters.checks.text.view import View
from tipletters.checks.who.called import FAMILY_WORDS, PARENT_WORDS, PARENTS, THIS, Client, as_parent, named_as_this
from tipletters.checks.who.names import (
    CAPITALISED,
    PARENT_BELOW,
    SIBLINGS,
    TITLED,
    TITLES,
    client_names,
    greetings_of,
    to_family,
)

FEMALE, MALE = "f", "m"
GENDER = {"she": FEMALE, "her": FEMALE, "hers": FEMALE, "herself": FEMALE} | dict.fromkeys(
    ("he", "his", "him", "himself"), MALE
)


def client_of(view: View) -> Client:
    """Return what a letter tells of the client."""
    names, greets = view.once(client_names), view.once(greetings_of)
    if view.speaks_of_client:
        return _topic(view, names)
    gender = greeted_gender(greets) or addressed_gender(view.page.text, names)
    is_parent = view.once(to_family) or any(_YOUR_CHILD.search(line.seen.folded) for line in view.with_words(_CHILDREN))
    if not greets:
        return Client(names, gender, False, is_parent)
    theirs = {found[1] for line in view.with_words(PARENTS) for found in _YOUR_PARENT.finditer(line.seen.folded)}
    cares = any(line.of(_cares) for line in view.with_words(_CARE))
    words = (PARENT_WORDS | {"carer"} if cares else PARENT_WORDS) - theirs
    # "Mum was contacted", where "Miss Yeboah" is greeted: a grown-up whose own mother would be "your mum"
    reader = Client(parent_words=words, is_parent=bool(greeted_gender(greets)))
    is_blamed = any(
        (reader.is_parent or line.found("doubt", "stigma")) and any(as_parent(line, reader))
        for line in view.with_words(PARENTS)
    )
    return Client(names, gender, False, is_parent or is_blamed, words)


def _cares(line: Line) -> bool:
    return _CARES.search(line.seen.folded) is not None


def _topic(view: View, names: frozenset[str]) -> Client:
    """Return whom a letter is about: one person, or a family, of whom each is meant."""
    is_family = _FAMILY.search(view.page.text, 0, TOP) and not _OF_GROWN_UP.search(view.page.text, 0, TOP)
    if is_family or any(one.search(view.page.text, 0, TOP) for one in (SIBLINGS, PARENT_BELOW)):
        return Client(names, "", True, False, PARENT_WORDS | FAMILY_WORDS)
    if names and _COUPLE.search(view.page.text, 0, TOP):
        return Client(names, "", True)
    is_of_child = bool(_OF_CHILD.search(view.page.text, 0, TOP))
    is_mother = bool(names and not is_of_child and _IS_PARENT.search(view.page.text, 0, TOP))
    is_parent = is_mother or _is_adult(view)
    by_first_name = not is_parent and _calls_by_first_name(names, view.page.text[: 4 * TOP], 1 if is_of_child else 3)
    words = PARENT_WORDS if is_mother else frozenset[str]()
    return Client(names, _gender_in_use(view, names), True, is_parent, words, by_first_name)


def _is_adult(view: View) -> bool:
    """Say whether a letter's head shows that its client is grown up, so that "the child" is somebody else."""
    return any(one.search(view.page.text, 0, TOP) for one in (_ADULT, _OF_GROWN_UP))


def _calls_by_first_name(names: frozenset[str], text: str, often: int) -> bool:
    """Say whether a letter calls the client by first name that often, so that "Ms McSorley" is the mother of Kayleigh McSorley."""
    any_name = "|".join(map(re.escape, sorted(names)))
    if not names or re.search(rf"\b(?:Mr|Mrs|Ms|Miss)\.? (?:{any_name}) (?:{any_name})\b", text):
        return False
    titled = len(re.findall(rf"\b(?:Mr|Mrs|Ms|Miss)\.? (?:{any_name})\b", text))
    # the line that says whom it is about has two of the names
    return titled > 0 and len(re.findall(rf"\b(?:{any_name})\b", text)) > often * titled + 2


_IS_PARENT = re.compile(
    r"[A-Z][\w’'-]+ [(\[](?:[Mm]other|[Ff]ather|[Mm]um|[Dd]ad)\b(?! [A-Z])|\b[A-Z][\w’'-]+ and (?:children|baby|twins) [A-Z]"
)
_OF_CHILD = re.compile(r"(?im)^\W{0,3}(?:child|pupil|baby|young person|learner)\b[^\n:]{0,12}: ?[A-Z]")
_FAMILY = re.compile(r"\b[Tt]his family\b")
# "Prospective adopters: Ian and Delyth Morris", "Re: Mr and Mrs Cole"
_COUPLE = re.compile(
    r"(?m)^\W{0,3}(?i:re|about|concerning|(?:joint )?(?:applicants?|tenants|clients|carers|adopters)|(?:prospective )?(?:foster )?(?:carers|adopters)|couple)\s*:?\s+"
    r"(?:Mrs? (?:and|&) Mrs? [A-Z]|(?:[A-Z][a-z]+ ){1,2}(?:and|&) (?:[A-Z][a-z]+ ?){1,2}$)"
)
_CARE = cues("carer carers carer's carers' caring care")
_CARES = re.compile(r"\byour (?:carer'?s?'? assessment|caring role)\b|\byou care for\b|\bas a carer\b")
_CHILDREN = cues("son daughter child children baby kids twins boys girls grandson granddaughter grandchildren")
_YOUR_CHILD = re.compile(
    r"\byour (?:[a-z-]+ ){0,2}(?:son|daughter|child|children|baby|kids|twins|boys|girls|grand[a-z]+)\b"
)
_YOUR_PARENT = re.compile(r"\byour (?:[a-z]+ )?(mother|mum|mam|father|dad)\b")
_ADULT = re.compile(
    r"\b(?:Mr|Mrs|Ms)\.? [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?[ ,(–-]{1,3}(?:born|[Dd]\.?[Oo]\.?[Bb]|DOB|date of birth|NHS|CHI|aged)|\b[Tt]his (?:[\w-]+ ){0,4}(?:lady|gentleman|woman|man|mother|father)\b"
)
# "Name: Terence Orme, aged 25", "Subject: Craig Innes (31)"
_OF_GROWN_UP = re.compile(
    r"(?m)^\W{0,3}(?:(?:Full )?[Nn]ame|Subject|Defendant|Offender|Tenant|Applicant|Claimant|Patient|Re|RE)\s*:\s*(?:[A-Z][\w’'-]+ ?){1,4}[ ,(–-]{1,4}(?:[Aa]ged?:? ?)?(?:1[89]|[2-9]\d)\b(?![./-])"
)


def _gender_in_use(view: View, names: frozenset[str]) -> str:
    """Return the pronouns that a letter about the client uses for them; nothing where it is unclear."""
    votes: Counter[str] = Counter()
    for line in view.with_words(PRONOUN_WORDS):
        first = CAPITALISED.match(line.sentence.text)
        weight = 3 if first and first[0] in names else 1
        for found in PRONOUN.finditer(line.seen.folded):
            votes[GENDER[found[0]]] += weight + bool(_KIN_OF.match(line.seen.folded, found.end()))
    for line in view.with_words(THIS):
        for found in line.of(named_as_this):
            votes[CLIENT_TITLES.get(found[0].split()[-1], "")] += 5
    for line in view.with_words(TITLES):
        for titled in TITLED.finditer(line.sentence.text):
            if {titled[2], titled[3]} & names:
                votes[CLIENT_TITLES.get(titled[1].lower(), "")] += 3
    for name in names:
        if name[-2:-1] == " ":  # "Mr F"
            votes[CLIENT_TITLES.get(name[:-2].lower(), "")] += 9
    best = votes.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > 1.2 * best[1][1]) else ""


# Kin, carers and the like are said to be the client's: "his mother".
_KIN_OF = re.compile(
    r" (?:own |late |birth |foster |adoptive |older |younger )?(?:mother|father|mum|dad|parents|wife|husband|partner|sons?|daughters?|sisters?|brothers?"
    r"|gran[a-z]*|nan|carers?|family|foster|child|children|baby|teacher|neighbours?|friends?)\b"
)
