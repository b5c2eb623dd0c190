"""A letter to the client that speaks about them.

Why it matters: "the patient", "she", "this lady" turn the reader into a case that others discuss.
Bad: She reports low mood.
Good: You told me that you feel low.
Somebody else who is really meant ("your mother said she …") is left alone.
Source: Academy of Medical Royal Colleges, "Please, write to me" (2018); wordlists/third-person.tsv.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from tipletters.checks.issue import Issue
from tipletters.checks.lists import entries
from tipletters.checks.view import PRONOUN, PRONOUN_WORDS, Line, View, cues, from_list, is_quoted
from tipletters.checks.whom import (
    ABOUT,
    CLIENT_TITLES,
    FEMALE,
    GENDER,
    MALE,
    NOT_NAMES,
    client_gender,
    client_names,
    greeted_gender,
    is_greeting,
    named_as_this,
)
from tipletters.checks.words import TOKEN, tables

_WORD = re.compile(r"[a-z'-]+")
_WOMEN = "mother mum mam mummy sister daughter wife girlfriend aunt auntie gran grandmother granny nan niece granddaughter stepmother woman girl ex-wife"
_MEN = "father dad daddy brother son husband boyfriend uncle grandad grandfather nephew grandson stepfather man boy ex-husband"
_EITHER = (
    "partner friend child baby doctor nurse midwife worker consultant surgeon psychiatrist psychologist therapist counsellor teacher manager boss "
    "colleague neighbour carer gp dr solicitor officer landlord keyworker supervisor advocate cousin toddler dog cat nurse's specialist dentist "
    "pharmacist optician trainer coach housemate flatmate twin sibling judge sheriff reporter physiotherapist dietitian registrar surveyor plumber roofer builder engineer electrician assessor interviewer "
    "inspector volunteer buddy mentor tutor headteacher assistant driver clerk warden caretaker contractor handyman adviser advisor investigator "
    "lawyer barrister magistrate chaplain priest minister imam rabbi vicar chiropodist podiatrist audiologist radiographer phlebotomist paramedic "
    "receptionist secretary interpreter translator befriender hairdresser employer guardian grandparent parent practitioner son's daughter's "
    "mother's father's sister's brother's husband's wife's partner's ex somebody someone"
)
_PEOPLE = (
    dict.fromkeys(_WOMEN.split(), FEMALE)
    | dict.fromkeys(_MEN.split(), MALE)
    | dict.fromkeys(_EITHER.split(), FEMALE + MALE)
)
_SAYS_THAT = re.compile(
    r"\b(?:notes|records?|letter|referral|school|report|file|ward)\b.{0,20}\b(?:say|says|said|wrote|states?|stated)(?: that)? $"
)
_OF_CLIENT = re.compile(r"\b(?:this|the|a|pleasant|old|year-old) $")
_ACTS = re.compile(
    r"(?:'s)? (?:and [A-Z]\w+ )?(?:is|was|has|had|will|would|can|could|may|might|says|said|told|thinks|wants|lives|came|comes|does|did|helps|also)\b"
)
_TITLE_BEFORE = re.compile(r"\b(Mr|Mrs|Ms|Miss|Master)\.? (?:[A-Z][\w’'-]+ )?$")
_HE_OR_SHE = re.compile(r"s?he\b")
_YOU = frozenset("you your yours".split())
_WILL = re.compile(r"(?:'ll| will| can| works| is on | is away)\b")
_WHO_SAYS = re.compile(r", who (?:also )?(?:says|said|thinks|thought|told (?:me|us)|feels|felt)(?: that)? $")
_TITLES = frozenset("Mr Mrs Miss Master Prof Sister".split())
# The client as a bare word: "Patient was seen", "Client is vague".
_BARE = re.compile(
    r"(?:^|(?<=[.;:] ))(?:Patient|Client|Service user|Pt|Claimant|Tenant|Applicant|Offender|Resident)(?= (?!name|info|advice|liaison|group|record|transport|led|num|no\b|ref|id\b)[a-z])"
)
_BARE_WORDS = cues("patient client service pt claimant tenant applicant offender resident")
_TITLED_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? (?:[A-Z][\w’'-]+ )?$")
_CAPITAL = re.compile(r"(?<![\w&])[A-Z][a-zà-þ]{2,}\b")
_WITHIN = re.compile(r"(?<=[\w,;:)’“(] )[A-Z][a-zà-þ]{2,}\b")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each word that speaks about the client."""
    about = view.speaks_of_client
    names = view.once(client_names)
    listed = from_list(view, "third-person", "third-person")
    yield from (one for one in listed if view.page.text[one.start : one.end] != "PT")  # a pulse, or physiotherapy
    gender = client_gender(view, names) if about else greeted_gender(view.page.text)
    yield from _pronouns(view, about, names, gender)
    yield from _names(view, about, names, gender)
    for line in view.with_words(_BARE_WORDS):
        for found in _BARE.finditer(line.sentence.text):
            if not line.has_found(found.start(), found.end(), "third-person"):
                yield line.issue("third-person", found.start(), found.end(), _SAY_YOU, ("you",))
    for line in view.with_words(_NAMING):
        for found in named_as_this(line):
            known = line.has_found(found.start(), found.end(), "third-person")
            quoted = is_quoted(line.sentence.text, found.start(), found.end())
            if (about or found[0].startswith("this ")) and not known and not quoted:
                yield line.issue("third-person", found.start(), found.end(), _SAY_YOU, ("you",))


_NAMING = cues("this old")
_SAY_YOU = "This speaks about the person whom the letter is to. Say “you”."


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where somebody is named, with the pronouns that could mean them."""

    start: int
    genders: str
    is_client: bool = False


def _pronouns(view: View, about: bool, names: frozenset[str], client: str) -> Iterator[Issue]:
    spoken_of = view.with_words(PRONOUN_WORDS)
    if not spoken_of:
        return
    named = _named_within(view)
    last = dict.fromkeys(
        (FEMALE, MALE), (-9, False)
    )  # gender → the line of the last person whom it may mean; the client?
    subject = ""  # genders of the somebody else with whom the last sentence began
    # a pronoun means somebody named in its own sentence or in the three before it
    near = sorted({number for line in spoken_of for number in range(max(0, line.number - 3), line.number + 1)})
    for number in near:
        line = view.lines[number]
        text = line.seen.folded
        mentions = _mentions(line, names, named, client)
        for found in () if PRONOUN_WORDS.isdisjoint(line.seen.words) else PRONOUN.finditer(text):
            gender = GENDER[found[0]]
            before = [one for one in mentions[:50] if one.start < found.start() and gender in one.genders]
            if _SAYS_THAT.search(text, max(0, found.start() - 60), found.start()):
                other = False
            elif about:
                other = bool(client and gender != client) or _means_other(found, text, mentions, subject, gender)
            elif before:
                other = not before[-1].is_client
            elif not _YOU.isdisjoint(line.seen.words) or _WILL.match(text, found.end()):
                other = True
            else:
                at, is_client = last[gender]
                other = number - at <= 3 and not is_client
                opposite = FEMALE if gender == MALE else MALE
                if other and last[opposite] == last[gender]:
                    last[opposite] = (-9, False)  # now it is known whether "my colleague" is a she or a he
            last[gender] = (number, not other)  # who is spoken of goes on being meant
            if not other and not is_quoted(line.sentence.text, found.start(), found.end()):
                better = _better(text, found.start(), found[0])
                yield line.issue("third-person", found.start(), found.end(), _SAY_YOU, better)
        for one in mentions:
            last.update(dict.fromkeys(one.genders, (number, one.is_client)))
        if not _HE_OR_SHE.match(text):
            begins = [one for one in mentions[:3] if len(text[: min(one.start, 60)].split()) < 3]
            subject = begins[0].genders if begins and not begins[0].is_client else ""


def _means_other(found: re.Match[str], text: str, mentions: list[_Mention], subject: str, gender: str) -> bool:
    """In a letter about the client: say whether "she" or "he" means somebody who was just named; "her" and "his" never do."""
    if found[0] not in ("she", "he"):
        return False
    if found.start() == 0:
        return gender in subject
    if _HE_OR_SHE.match(text):
        return gender in subject
    if _WHO_SAYS.search(text, max(0, found.start() - 30), found.start()):
        return True
    before = [one for one in mentions[:3] if one.start < found.start() and gender in one.genders]
    first = next((one for one in before if len(text[: min(one.start, 60)].split()) < 3), None)
    return first is not None and not first.is_client


def _named_within(view: View) -> frozenset[str]:
    """Return the words that stand with a capital inside a sentence somewhere: names, most of them."""
    return frozenset(_WITHIN.findall(view.page.text)) - NOT_NAMES


def _mentions(line: Line, names: frozenset[str], named: frozenset[str], client: str) -> list[_Mention]:
    """Return where people are named in a sentence: the client, or somebody else."""
    text, folded = line.sentence.text, line.seen.folded
    if folded.startswith("dear "):
        return []
    found = [_Mention(one.start, client or FEMALE + MALE, True) for one in line.found("third-person")]
    found += [_Mention(one.start(), client or FEMALE + MALE, True) for one in named_as_this(line)]
    if not _BARE_WORDS.isdisjoint(line.seen.cues):
        found += [_Mention(one.start(), client or FEMALE + MALE, True) for one in _BARE.finditer(text)]
    for word in () if _PEOPLE.keys().isdisjoint(line.seen.words) else _WORD.finditer(folded):
        genders = _PEOPLE.get(word[0]) or _PEOPLE.get(word[0].removesuffix("'s"))
        if genders and not _OF_CLIENT.search(folded, max(0, word.start() - 12), word.start()):
            found.append(_Mention(word.start(), genders))
    for word in _CAPITAL.finditer(text):
        if word[0] in _TITLES:
            continue
        title = _TITLE_BEFORE.search(text, max(0, word.start() - 30), word.start())
        genders = (CLIENT_TITLES.get(title[1].lower()) if title else None) or FEMALE + MALE
        if word[0] in names and (not client or client in genders):
            found.append(_Mention(word.start(), client or genders, True))
        elif (
            word[0] not in NOT_NAMES
            and word[0] not in names
            and (word.start() > 0 or _is_name(word[0], text, word.end(), named))
        ) or word[0] in names:
            found.append(_Mention(word.start(), genders))
    found.sort(key=lambda one: one.start)
    for one, beside in pairwise(found):
        if (
            len(one.genders) == 2
            and len(beside.genders) == 1
            and text[one.start : beside.start].endswith((", Mrs ", ", Ms ", ", Miss ", ", Mr "))
        ):
            return [replace(other, genders=beside.genders) if other is one else other for other in found]
    return found


def _is_name(word: str, text: str, end: int, named: frozenset[str]) -> bool:
    """Say whether the first word of a sentence is a name: it stands with a capital elsewhere too, or somebody acts."""
    return word in named or (tables().rarity.get(word.lower(), 4) > 1.2 and bool(_ACTS.match(text, end)))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[str, ...]]:
    return {entry.term: entry.prefer for entry in entries("third-person") if PRONOUN.match(entry.term)}


def _better(text: str, start: int, pronoun: str) -> tuple[str, ...]:
    phrase = " ".join(text[start : start + 40].split()[:2]).strip(".,;:")
    if phrase in _phrases():
        return tuple(f"{better} (for “{phrase}”)" for better in _phrases()[phrase])
    return (
        ("you",) if pronoun in ("she", "he", "him") else ("your",) if pronoun in ("his", "her") else ("you", "yourself")
    )


def _names(view: View, about: bool, names: frozenset[str], client: str) -> Iterator[Issue]:
    if not names:
        return
    last = len(view.lines) - (4 if len(view.lines) > 8 else 0)
    parts = {part for name in names for part in TOKEN.findall(name.lower().replace("’", "'"))}
    any_name = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    # Most letters name the client in the greeting alone, so it is not compiled before it is needed.
    pattern = rf"\b(?:(?:Mr|Mrs|Ms|Miss|Mx)\.? )?(?:{any_name})(?:[’']s)?(?: (?:{any_name}))?\b"
    for line in view.with_words(parts | {f"{part}'s" for part in parts}):
        text = line.sentence.text
        if line.block.kind == "heading" or (line.number >= last and len(text) < 60) or ABOUT.match(text):
            continue
        for found in re.finditer(pattern, text):
            title = CLIENT_TITLES.get(found[0].split()[0].strip(".").lower(), client)
            if (
                is_greeting(text, found.start())
                or (title and client and title != client)
                or _TITLED_BEFORE.search(text, max(0, found.start() - 40), found.start())
            ):
                continue
            if about or view.about or _TITLE.match(found[0]) or _VERB.match(text, found.end()):
                yield line.issue("third-person", found.start(), found.end(), _SAY_YOU, ("you",))


_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx)\b")
_VERB = re.compile(
    r" (?:is|had|scored|became|seemed|denied|reported|claimed|presented|did|refused|failed|can|cannot|presents|needs|lives|has|was|does|reports|feels|says|said|states|insists|claims|denies|admits|thinks|wants|appears|remains|attended|told)\b"
)
