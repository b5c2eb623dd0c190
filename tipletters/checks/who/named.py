"""Who is called by name in a sentence: which words with a capital are a person's name, and of which gender they are."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import dropwhile
from typing import NamedTuple

from tipletters.checks.lexis.finder import JARGON
from tipletters.checks.lexis.words import tables
from tipletters.checks.text.greeting import CLIENT_TITLES
from tipletters.checks.text.line import Line
from tipletters.checks.who.called import Client
from tipletters.checks.who.kin import BOTH, PEOPLE
from tipletters.checks.who.names import NOT_NAMES, first_names

_NAME = re.compile(r"[A-Z][a-zà-þ]+\b(?:[ -](?:Mc|Mac|O[’'])?[A-Z][a-zà-þ]+\b)*")
_WITHIN = re.compile(r"(?<=[\w,;:)’“(] )[A-Z][a-zà-þ]+(?:-[A-Z][a-zà-þ]+)*\b")
_KIN = re.compile(r"([a-z-]+),? $")
_BEGINS = NOT_NAMES | frozenset(
    "You We Your They If There My When What Please Thank For As But And Our No So Not Since After".split()
)
_NO_PERSON = re.compile(r"\b(?:the|an?|at|in|near|our|his|her|their|every|since|until) $|[’']s $")
TITLE = re.compile(r"(Mr|Mrs|Ms|Miss|Master)\b\.?(?! and\b)")
_TITLES = frozenset(
    "Mr Mrs Ms Miss Master Dr Prof Sister Professor Nurse Mother Rev Fr Cpl Sgt Pte Capt Major Lt Cllr".split()
)
_ACTS = re.compile(
    r"(?:'s)? (?:and [A-Z]\w+ )?(?:is|was|has|had|will|would|can|could|may|might|says|said|told|thinks|wants|lives|came|comes|does|did|helps|works|also)\b"
)
_WHO_ACTS = re.compile(
    r"\b([A-Z][a-zà-þ]+) (?:is|was|has|had|will|would|can|could|said|says|told|thinks|wants|lives|came|comes|helps|feels|asked|rang|visits|works|did|does|and [A-Z])\b"
)
_KIN_BEFORE = re.compile(rf"\b(?:{'|'.join(PEOPLE)}|called|and),? $")
_LOOKED_AT = 20_000  # characters in which a word is looked for with a small letter: then it is no name


_NUMBER = re.compile(r" \d")  # "Cat 2", "Band 6"


class Named(NamedTuple):
    """Where a sentence names somebody, or means them by "she" or "he".

    Args:
        at: the place in the sentence.
        genders: of the pronouns that could mean them.
        is_client: it is the client.
        is_noun: it is a name or a noun, and no pronoun.
        is_owner: "his", "her" or "Ruby's" before a noun.
    """

    at: int
    genders: str
    is_client: bool = False
    is_noun: bool = True
    is_owner: bool = False


class Cast:
    """What a letter tells of names.

    Args:
        text: of the whole letter.
    """

    def __init__(self, text: str) -> None:
        self.text = text[:_LOOKED_AT]
        # words that stand with a capital inside a sentence
        self.named = frozenset(_WITHIN.findall(self.text)) - NOT_NAMES
        self.genders: dict[str, str] = {}  # of names that came with their kin: "your wife, Jean"

    @cached_property
    def acting(self) -> frozenset[str]:
        """Names of whom something is told anywhere."""
        return frozenset(_WHO_ACTS.findall(self.text))


class _Name(NamedTuple):
    """A name as a sentence has it.

    Args:
        found: all of it.
        at: where it begins, its title with it.
        words: of it, without titles.
        title: "Mrs" and the like, where it has one that tells of a gender.
    """

    found: re.Match[str]
    at: int
    words: list[str]
    title: re.Match[str] | None


def named(line: Line, client: Client, cast: Cast) -> Iterator[Named]:
    """Yield where a sentence calls somebody by name; titles and kin say of which gender they are.

    Args:
        line: the sentence.
        client: whom the letter is to, or about.
        cast: what the letter tells of names; it learns from this sentence.
    """
    text = line.sentence.text
    for one in _written(text, cast):
        end, first = one.found.end(), one.words[0]
        if _is_no_person(line, one) or (client.is_topic and not one.title and _is_thing(first, one.found, text, cast)):
            continue
        if not client.is_topic and first in client.names and text.startswith(",", end):
            continue  # the client is spoken to
        genders = CLIENT_TITLES[one.title[1].lower()] if one.title else BOTH
        is_client = first in client.names and not (one.title and client.by_first_name)
        if is_client and (not client.gender or client.gender in genders):
            genders = client.gender or genders
        else:
            is_client, genders = False, _genders_of(one, genders, text, cast)
        yield Named(one.at, genders, is_client, True, text.startswith(("'s ", "’s "), end))


def _written(text: str, cast: Cast) -> Iterator[_Name]:
    """Yield what looks like a name in a sentence; the word that begins the sentence is seldom part of one."""
    for found in _NAME.finditer(text):
        at, words = found.start(), found[0].split()
        if found[0] in _BEGINS or (at and (text[at - 1].isalnum() or text[at - 1] in "&’'-")):
            continue
        begins = at == 0 or text[at - 1] == "\n" or text.startswith(": ", at - 2)
        if begins and words[0] not in _TITLES and not _begins_name(words[0], text, at + len(words[0]), cast):
            at, words = at + len(words[0]) + 1, words[1:]
        if bare := list(dropwhile(_TITLES.__contains__, words)):
            yield _Name(found, at, bare, TITLE.match(text, at))


def _is_no_person(line: Line, one: _Name) -> bool:
    """Say whether a word with a capital names a day, a place, an illness or a thing that is counted."""
    text, end, first = line.sentence.text, one.found.end(), one.words[0]
    if first.removesuffix("s") in NOT_NAMES or (len(one.words) == 1 and first.lower() in PEOPLE):
        return True
    if line.has_found(one.at, end, *JARGON, "medicines"):
        return True
    is_counted = _NUMBER.match(text, end) and first not in first_names()
    return not one.title and bool(is_counted or _NO_PERSON.search(text, max(0, one.at - 8), one.at))


def _genders_of(one: _Name, genders: str, text: str, cast: Cast) -> str:
    """Return by which pronouns somebody could be meant, from the first name or the kin before it ("your wife, Jean").

    Args:
        one: the name.
        genders: as its title tells.
        text: of the sentence.
        cast: what the letter tells of names; it learns from the kin.
    """
    first = one.words[0]
    if not one.title:
        genders = cast.genders.get(first) or _gender_of(one.words, one.found[0])
    kin = _KIN.search(text, max(0, one.at - 20), one.at)
    if kin and kin[1] in PEOPLE and len(genders) == 2:
        genders = cast.genders[first] = PEOPLE[kin[1]]
    return genders


def _is_thing(word: str, found: re.Match[str], text: str, cast: Cast) -> bool:
    """Say whether a word with a capital is no person as far as one can see: "McKenzie extensions", "the Back score"."""
    if found[0].split()[0] in _TITLES or word in first_names() or word in cast.genders:
        return False
    return not (
        _ACTS.match(text, found.end())
        or text.startswith(("'s ", "’s ", ","), found.end())
        or _KIN_BEFORE.search(text, max(0, found.start() - 20), found.start())
        or word in cast.acting
    )


def _gender_of(words: list[str], name: str) -> str:
    """Return the gender of a first name that has one; what follows "Dr" alone is a surname."""
    is_surname = len(words) == 1 and not name.startswith(words[0])
    return BOTH if is_surname else first_names().get(words[0].split("-")[0], BOTH)


def _begins_name(word: str, text: str, end: int, cast: Cast) -> bool:
    """Say whether the first word of a sentence is a name: it stands with a capital elsewhere too, or somebody acts."""
    lowered, acts = word.lower(), bool(_ACTS.match(text, end))
    is_rare = tables().rarity(lowered, 4) > 1.2
    if word in cast.named and (is_rare or acts):
        return True
    return (word in cast.named or word in first_names() or (is_rare and acts)) and f" {lowered} " not in cast.text


def is_first_name(line: Line, one: Named) -> bool:
    """Say whether somebody acts who is called by first name: "Neil has cut his hours", but "Dr Vaid has seen his scan"."""
    text = line.sentence.text
    word = _NAME.match(text, one.at)
    return bool(word and word[0] not in _TITLES and word[0].lower() not in PEOPLE and _ACTS.match(text, word.end()))
