"""A letter to the client that speaks about them.

Why it matters: "the patient", "she", "this lady" turn the reader into a case that others discuss.
Bad: She reports low mood.
Good: You told me that you feel low.
Somebody else who is really meant ("your mother said she …") is left alone.
Source: Academy of Medical Royal Colleges, "Please, write to me" (2018); wordlists/third-person.tsv.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tipletters.checks.issue import Issue
from tipletters.checks.lists import entries
from tipletters.checks.view import PRONOUN, PRONOUN_WORDS, Line, View, from_list, is_quoted
from tipletters.checks.whom import (
    ABOUT,
    CLIENT_TITLES,
    FEMALE,
    GENDER,
    MALE,
    NOT_NAMES,
    THIS,
    client_gender,
    client_names,
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
    "pharmacist optician trainer coach housemate flatmate twin sibling judge sheriff reporter physiotherapist dietitian registrar son's daughter's "
    "mother's father's sister's brother's husband's wife's partner's ex somebody someone person anyone"
)
_PEOPLE = (
    dict.fromkeys(_WOMEN.split(), FEMALE)
    | dict.fromkeys(_MEN.split(), MALE)
    | dict.fromkeys(_EITHER.split(), FEMALE + MALE)
)
_SAYS_THAT = re.compile(
    r"\b(?:notes|records?|letter|referral|school|report|file|ward)\b.{0,20}\b(?:say|says|said|wrote|states?|stated)(?: that)? $"
)
_TITLED_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? (?:[A-Z][\w’'-]+ )?$")
_CAPITAL = re.compile(r"(?<![\w&])[A-Z][a-zà-þ]{2,}\b")
_WITHIN = re.compile(r"(?<=[\w,;:)’“(] )[A-Z][a-zà-þ]{2,}\b")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each word that speaks about the client."""
    about = view.speaks_of_client
    names = client_names(view, about)
    yield from from_list(view, "third-person", "third-person")
    gender = client_gender(view, names) if about else ""
    yield from _pronouns(view, about, names, gender)
    yield from _names(view, about, names, gender)
    for line in view.with_words(THIS):
        for found in named_as_this(line):
            listed = line.has_found(found.start(), found.end(), "third-person")
            quoted = is_quoted(line.sentence.text, found.start(), found.end())
            if found[0].startswith("this ") and not listed and not quoted:
                yield line.issue("third-person", found.start(), found.end(), _SAY_YOU, ("you",))


_SAY_YOU = "This speaks about the person whom the letter is to. Say “you”."


def _pronouns(view: View, about: bool, names: frozenset[str], client: str) -> Iterator[Issue]:
    spoken_of = view.with_words(PRONOUN_WORDS)
    if not spoken_of:
        return
    other: dict[str, int] = {}  # gender → the last line in which somebody else was named
    named = _named_within(view)
    client_at = -1  # the last line that named the client as "this lady", "the patient"
    subject = ""  # genders of the somebody else with whom the last sentence began
    # a pronoun means somebody named in its own sentence or in the three before it
    near = sorted({number for line in spoken_of for number in range(max(0, line.number - 3), line.number + 1)})
    for number in near:
        line = view.lines[number]
        text = line.seen.folded
        mentions = _others(line, names, named)
        if line.found("third-person") or any(found[0].startswith("this ") for found in named_as_this(line)):
            client_at = number
            mentions = []
        for found in () if PRONOUN_WORDS.isdisjoint(line.seen.words) else PRONOUN.finditer(text):
            gender = GENDER[found[0]]
            before = any(gender in genders and at < found.start() for at, genders in mentions[:50])
            if _SAYS_THAT.search(text, max(0, found.start() - 60), found.start()):
                meant = False
            elif about:
                meant = (client and gender != client) or _means_other(found, text, mentions, subject, gender)
            else:
                recent = other.get(gender, -9)
                meant = before or (number - recent <= 3 and client_at <= recent)
            if not meant and not is_quoted(line.sentence.text, found.start(), found.end()):
                yield line.issue(
                    "third-person",
                    found.start(),
                    found.end(),
                    _SAY_YOU,
                    _better(text, found.start(), found[0]),
                )
        for _, genders in mentions:
            other.update(dict.fromkeys(genders, number))
        begins = [genders for at, genders in mentions[:3] if len(text[: min(at, 60)].split()) < 3]
        if begins or not PRONOUN.match(text):
            subject = begins[0] if begins else ""


def _means_other(found: re.Match[str], text: str, mentions: list[tuple[int, str]], subject: str, gender: str) -> bool:
    """In a letter about the client: say whether "she" or "he" means somebody who was just named; "her" and "his" never do."""
    if found[0] not in ("she", "he"):
        return False
    if found.start() == 0:
        return gender in subject
    return any(
        at < found.start() and gender in genders and len(text[: min(at, 60)].split()) < 3
        for at, genders in mentions[:3]
    )


def _named_within(view: View) -> frozenset[str]:
    """Return the words that stand with a capital inside a sentence somewhere: names, most of them."""
    return frozenset(_WITHIN.findall(view.page.text)) - NOT_NAMES


def _others(line: Line, names: frozenset[str], named: frozenset[str]) -> list[tuple[int, str]]:
    """Return where somebody else is named in a sentence, with the pronouns that could mean them."""
    found = []
    for word in () if _PEOPLE.keys().isdisjoint(line.seen.words) else _WORD.finditer(line.seen.folded):
        genders = _PEOPLE.get(word[0]) or _PEOPLE.get(word[0].removesuffix("'s"))
        if genders and not re.search(
            r"\b(?:this|the|a|pleasant|old|year-old) $", line.seen.folded[max(0, word.start() - 12) : word.start()]
        ):
            found.append((word.start(), genders))
    for word in _CAPITAL.finditer(line.sentence.text):
        if word[0] in names or word[0] in NOT_NAMES:
            continue
        first = word.start() == 0
        if not first or word[0] in named or tables().rarity.get(word[0].lower(), 4) > 1.2:
            found.append((word.start(), FEMALE + MALE))
    return sorted(found)


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
                or title != client
                or _TITLED_BEFORE.search(text, max(0, found.start() - 40), found.start())
            ):
                continue
            if about or view.about or _TITLE.match(found[0]) or _VERB.match(text, found.end()):
                yield line.issue("third-person", found.start(), found.end(), _SAY_YOU, ("you",))


_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx)\b")
_VERB = re.compile(
    r" (?:presents|needs|lives|has|was|does|reports|feels|says|said|states|insists|claims|denies|admits|thinks|wants|appears|remains|attended|told)\b"
)
