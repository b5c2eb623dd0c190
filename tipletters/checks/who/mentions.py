"""Who is named in a sentence, and by which pronouns they could be meant."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.finder import JARGON
from tipletters.checks.lexis.words import base, tables
from tipletters.checks.text.greeting import CLIENT_TITLES
from tipletters.checks.text.line import Line
from tipletters.checks.who.called import (
    BARE_WORDS,
    Client,
    as_parent,
    as_this,
    bare_client,
)
from tipletters.checks.who.kin import BOTH, PEOPLE, WORKERS
from tipletters.checks.who.names import NOT_NAMES, first_names

_WORD = re.compile(r"[a-z]+")
_NOUNS = cues(" ".join(f"{noun} {noun}'s" for noun in PEOPLE))
# Where a letter is about the client, "the boy" is the client, and "the baby" is seldom the next "she".
_ANYBODY = frozenset("person woman man girl boy child baby toddler".split())
_OF_ANYBODY = re.compile(r"\b(?:this|the|an?|old|year-old|[a-z]+(?:ant|ful|ing|ed)) $")
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
_NO_PERSON_AFTER = re.compile(
    r" (?:(?:assessment|notification|referral|report|review|team|input|service|clinic|group|strain|stress|burden|allowance|support|training|appointment|visit|meeting)s?\b|\d)"
)
_GONE = re.compile(r",?(?: [a-z]+,)? (?:had |has )?(?:died|passed away|is dead)\b")
_LOOKED_AT = 20_000  # characters in which a word is looked for with a small letter: then it is no name


_NUMBER = re.compile(r" \d")  # "Cat 2", "Band 6"
_IS_NAMED = re.compile(r"(?:,| is| is an?| called) $")
_DESCRIBES = re.compile(r"\bdescribe[sd]? (?:an? )?(?:[a-z]+ )?$")


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
        self.named = (
            frozenset(_WITHIN.findall(self.text)) - NOT_NAMES
        )  # words that stand with a capital inside a sentence
        self.genders: dict[str, str] = {}  # of names that came with their kin: "your wife, Jean"

    @cached_property
    def acting(self) -> frozenset[str]:
        """Names of whom something is told anywhere."""
        return frozenset(_WHO_ACTS.findall(self.text))


def mentions(line: Line, client: Client, cast: Cast) -> list[Named]:
    """Return where people are named in a sentence, in order: the client, or somebody else."""
    text, folded = line.sentence.text, line.seen.folded
    if folded.startswith("dear "):
        return []
    own = client.gender or BOTH
    found = [Named(one.start, own, True) for one in line.found("third-person")]
    found += [Named(one.start(), own, True) for one in as_this(line, client)]
    if not BARE_WORDS.isdisjoint(line.seen.cues):
        found += [Named(one.start(), own, True) for one in line.of(bare_client)]
    if client.parent_words:
        parents = [(one.start(), _gender_of_parent(one[1])) for one in as_parent(line, client)]
        found += [Named(at, genders, True) for at, genders in parents if genders]
    taken = {one.at for one in found}
    for noun in _NOUNS & line.seen.cues:
        for at in _places(folded, noun):
            if _NO_PERSON_AFTER.match(folded, at + len(noun)):
                continue
            if client.is_topic and _GONE.match(folded, at + len(noun)):
                continue
            if at not in taken and not _is_client_as_anybody(base(noun), folded, at, client):
                found.append(Named(at, PEOPLE[base(noun)]))
    if "one" in line.seen.words and (one_of := folded.find("one of ")) >= 0:
        found.append(Named(one_of, BOTH))
    found += _names(line, client, cast)
    for name in client.initials:
        found += [
            Named(one.start(), own, True, True, bool(one[1])) for one in re.finditer(rf"\b{name}\b(\.?[’']s )?", text)
        ]
    if len(found) < 2:
        return found
    found.sort()
    for place, (one, beside) in enumerate(pairwise(found)):
        if one.genders == BOTH != beside.genders and _IS_NAMED.search(text, one.at, beside.at) and one.is_noun:
            found[place] = one._replace(genders=beside.genders)  # "the consultant, Mrs Hall"
    return found


def _gender_of_parent(word: str) -> str:
    """Return the pronouns of "Mum" or "birth mother"; "parents" are neither "she" nor "he"."""
    return "" if word.endswith("s") else PEOPLE.get(base(word.split()[-1].lower()), "")


def _places(folded: str, word: str) -> Iterator[int]:
    """Yield where a word stands by itself."""
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if not (
            folded[at - 1 : at].isalnum()
            or folded[end : end + 1].isalnum()
            or (folded[end : end + 1] == "-" and not folded.startswith("-in-law", end))
            or folded.startswith("'s", end)
        ):
            yield at
        at = folded.find(word, end)


def _is_client_as_anybody(noun: str, folded: str, at: int, client: Client) -> bool:
    """Say whether "the boy" is the client, as in letters about them, and not somebody else."""
    if noun not in _ANYBODY:
        return False
    before = folded[max(0, at - 14) : at]
    if not client.is_topic:
        return not client.is_parent and bool(_DESCRIBES.search(folded, max(0, at - 30), at))
    if noun in ("woman", "man") and before.endswith("the "):
        return False
    return noun in ("baby", "toddler") or bool(_OF_ANYBODY.search(before))


def _names(line: Line, client: Client, cast: Cast) -> Iterator[Named]:
    """Yield where a sentence names somebody; titles and kin say of which gender they are."""
    text = line.sentence.text
    for found in _NAME.finditer(text):
        if found[0] in _BEGINS:
            continue
        at, words = found.start(), found[0].split()
        if at and (text[at - 1].isalnum() or text[at - 1] in "&’'-"):
            continue
        if (
            (at == 0 or text[at - 1] == "\n" or text.startswith(": ", at - 2))
            and words[0] not in _TITLES
            and not _begins_name(words[0], text, at + len(words[0]), cast)
        ):
            at, words = at + len(words[0]) + 1, words[1:]
        title = TITLE.match(text, at)
        while words and words[0] in _TITLES:
            words = words[1:]
        if (
            not words
            or words[0].removesuffix("s") in NOT_NAMES
            or (len(words) == 1 and words[0].lower() in PEOPLE)
            or (client.is_topic and not title and _is_thing(words[0], found, text, cast))
            or line.has_found(at, found.end(), *JARGON, "medicines")
            or (
                not title
                and (
                    _NO_PERSON.search(text, max(0, at - 8), at)
                    or (_NUMBER.match(text, found.end()) and words[0] not in first_names())
                )
            )
        ):
            continue
        genders = CLIENT_TITLES[title[1].lower()] if title else BOTH
        is_owner = text.startswith(("'s ", "’s "), found.end())
        if not client.is_topic and words[0] in client.names and text.startswith(",", found.end()):
            continue  # the client is spoken to
        if (
            words[0] in client.names
            and not (title and client.by_first_name)
            and (not client.gender or client.gender in genders)
        ):
            yield Named(at, client.gender or genders, True, True, is_owner)
            continue
        if not title:
            genders = cast.genders.get(words[0]) or _gender_of(words, found[0])
        kin = _KIN.search(text, max(0, at - 20), at)
        if kin and kin[1] in PEOPLE and len(genders) == 2:
            genders = cast.genders[words[0]] = PEOPLE[kin[1]]
        yield Named(at, genders, False, True, is_owner)


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


def is_worker(line: Line, one: Named) -> bool:
    """Say whether somebody is there for their work alone: "GP", "the warden", "Dr Lee"."""
    word = _WORD.match(line.seen.folded, one.at)
    return bool(word and word[0] in WORKERS)


def is_beside(line: Line, one: Named) -> bool:
    """Say whether somebody is only there beside another: "with her mother"."""
    return bool(_BESIDE.search(line.seen.folded, max(0, one.at - 24), one.at))


_BESIDE = re.compile(
    r"\b(?:with|by|for|to|from|of|about|against|like|over|without|near|after|than) (?:(?:his|her|the|a|an|your|their) )?(?:[a-z]+ )?$"
)
