"""Who is named in a sentence, and by which pronouns they could be meant."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.words import base
from tipletters.checks.text.line import Line
from tipletters.checks.who.called import (
    BARE_WORDS,
    Client,
    as_parent,
    as_this,
    bare_client,
)
from tipletters.checks.who.kin import BOTH, PEOPLE, WORKERS
from tipletters.checks.who.named import Cast, Named, named

_WORD = re.compile(r"[a-z]+")
_NOUNS = cues(" ".join(f"{noun} {noun}'s" for noun in PEOPLE))
# Where a letter is about the client, "the boy" is the client, and "the baby" is seldom the next "she".
_ANYBODY = frozenset("person woman man girl boy child baby toddler".split())
_OF_ANYBODY = re.compile(r"\b(?:this|the|an?|old|year-old|[a-z]+(?:ant|ful|ing|ed)) $")
_NO_PERSON_AFTER = re.compile(
    r" (?:(?:assessment|notification|referral|report|review|team|input|service|clinic|group|strain|stress|burden|allowance|support|training|appointment|visit|meeting)s?\b|\d)"
)
_GONE = re.compile(r",?(?: [a-z]+,)? (?:had |has )?(?:died|passed away|is dead)\b")
_IS_NAMED = re.compile(r"(?:,| is| is an?| called) $")
_DESCRIBES = re.compile(r"\bdescribe[sd]? (?:an? )?(?:[a-z]+ )?$")


def mentions(line: Line, client: Client, cast: Cast) -> list[Named]:
    """Return where people are named in a sentence, in order: the client, or somebody else.

    Args:
        line: the sentence.
        client: whom the letter is to, or about.
        cast: what the letter tells of names.
    """
    if line.seen.folded.startswith("dear "):
        return []
    own, text = client.gender or BOTH, line.sentence.text
    found = list(_of_client(line, client, own))
    found += _of_others(line, client, {one.at for one in found})
    found += named(line, client, cast)
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


def _of_client(line: Line, client: Client, own: str) -> Iterator[Named]:
    """Yield where a sentence speaks of the client by a role: "the patient", "this lady", "Mother"."""
    yield from (Named(one.start, own, True) for one in line.found("third-person"))
    yield from (Named(one.start(), own, True) for one in as_this(line, client))
    if not BARE_WORDS.isdisjoint(line.seen.cues):
        yield from (Named(one.start(), own, True) for one in line.of(bare_client))
    for one in as_parent(line, client) if client.parent_words else ():
        if genders := _gender_of_parent(one[1]):
            yield Named(one.start(), genders, True)


def _of_others(line: Line, client: Client, taken: set[int]) -> Iterator[Named]:
    """Yield where a sentence speaks of somebody else by kin or work: "brother", "the warden", "one of them"."""
    folded = line.seen.folded
    for noun in _NOUNS & line.seen.cues:
        for at in _places(folded, noun):
            end = at + len(noun)
            if _NO_PERSON_AFTER.match(folded, end) or (client.is_topic and _GONE.match(folded, end)):
                continue
            if at not in taken and not _is_client_as_anybody(base(noun), folded, at, client):
                yield Named(at, PEOPLE[base(noun)])
    if "one" in line.seen.words and (one_of := folded.find("one of ")) >= 0:
        yield Named(one_of, BOTH)


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
