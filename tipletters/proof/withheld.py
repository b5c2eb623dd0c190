"""The second net: looks in a copy for what was withheld from it.

Errors and questions as docs/confidentiality.md states: a withheld value, a whole withheld sentence, or five of the
client's own words in a row stop the copy; a single withheld name, place, number or rare word is asked about.
"""

import re
from collections.abc import Iterator, Sequence

from tipletters.checks.lexis.words import tables
from tipletters.checks.text.page import page_of
from tipletters.dates import MONTHS
from tipletters.errors import ProofError
from tipletters.folding import pieces, words
from tipletters.proof.passage import Passage
from tipletters.proof.question import Question
from tipletters.proof.searched import Search
from tipletters.proof.topics import sensitive_words

IN_A_ROW = 5
# From this rarity on a single word can give a thing away (wordlists/rarity.txt: the rarer a word, the higher).
RARE = 1.0
_NUMBER = re.compile(r"\d+(?:[ -]\d+)*")
_MONTHS = frozenset(map(str.lower, MONTHS))
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY_OR_YEAR = re.compile(f"{_DAY.pattern}|{_YEAR.pattern}")
_LONG = 7  # digits from which on several groups are one number, such as a phone number
_UNITS = frozenset("mg ml g mcg micrograms units unit tablet tablets x kg".split())


def refuse_tell_tales(one: Search) -> None:
    """Refuse a copy in which something stands that was withheld from it.

    Raises:
        ProofError: names the places, and never the words.
    """
    for passage, stretch in _tell_tales(one):
        letters = "".join(stretch)
        if _stands(one, stretch, letters) and one.origin.is_own(letters):
            raise ProofError(
                "Something that is kept from a copy stands in it all the same. Nothing was written.",
                where=f"{one.shown_place(letters, passage)} repeats {one.kept_place(passage)}",
                then="Write one of the two passages in other words, mark the other as private too, or ask the client.",
            )


def _stands(one: Search, stretch: Sequence[str], letters: str) -> bool:
    """Say whether words stand in what the copy says, on its paper, or in its frame, beside names."""
    if one.shown.folded.holds(letters) or one.paper.folded.holds(letters):
        return True
    return one.shown.frame.holds(letters) and not one.origin.people.issuperset(stretch)


def _tell_tales(one: Search) -> Iterator[tuple[Passage, Sequence[str]]]:
    """Yield what may not stand in the copy: stretches, whole short sentences and values, folded."""
    plain = one.origin.plain
    for passage in one.hidden:
        for part in passage.parts:
            veiled = _without_dates(part)
            for at in range(len(part) - IN_A_ROW + 1):
                if not plain.issuperset(veiled[at : at + IN_A_ROW]):
                    yield passage, part[at : at + IN_A_ROW]
        for sentence in _short_sentences(passage):
            if not plain.issuperset(_without_dates(sentence)):
                yield passage, sentence
    for value in one.origin.labelled:
        if _tells(_without_dates(value.words), plain):
            yield from ((passage, value.words) for passage in one.hidden if passage.holds(value))


def _short_sentences(passage: Passage) -> Iterator[list[str]]:
    """Yield the sentences of fewer words than a stretch has; longer ones are found by their stretches."""
    if 1 < len(passage.words) < IN_A_ROW:
        yield passage.words
        return
    if len(passage.parts) > 1:
        return  # the values in a row's cells are looked for by themselves
    for sentence in page_of(passage.text).sentences():
        found = words(sentence.text)
        if 1 < len(found) < IN_A_ROW:
            yield found


def _without_dates(found: Sequence[str]) -> list[str]:
    """Return the words with "day" for each number of a date: many things fall on a day, so it tells of none."""
    made = list(found)
    for at, word in enumerate(found):
        if word in _MONTHS:
            near = [(at - 1, _DAY), (at + 1, _DAY_OR_YEAR), (at + 2, _YEAR)]
        elif _DAY.fullmatch(word) and len(found) > at + 2 and _YEAR.fullmatch(found[at + 2]):
            near = [(at, _DAY), (at + 1, _DAY), (at + 2, _YEAR)] if _DAY.fullmatch(found[at + 1]) else []
        else:
            continue
        for place, like in near:
            if 0 <= place < len(found) and like.fullmatch(found[place]):
                made[place] = "day"
    return made


def _tells(value: Sequence[str], plain: frozenset[str]) -> bool:
    """Say whether a value gives something away by itself: not "each morning", nor a dose alone."""
    if sum(map(len, filter(str.isdigit, value))) >= _LONG:
        return True
    return any(word not in plain and word not in _UNITS and not word[0].isdigit() for word in value)


def shared_words(one: Search) -> Iterator[Question]:
    """Ask about names, places, numbers and rare words that stand on both sides."""
    for passage in one.hidden:
        telling = [word for word in _telling(one, passage) if one.shown.folded.holds(word) and one.origin.is_own(word)]
        if telling:
            at = sorted(
                {one.shown.folded.text_at(place) for word in telling for place in one.shown.folded.places(word)}
            )
            yield from one.ask(
                "words",
                (passage.text, *(one.shown.texts[number] for number in at), *telling),
                "A name, a number or a rare word of a passage that is kept from this copy also stands in what it "
                "shows. Does it give that passage away?",
                lambda: f"{one.shown_place(telling[0], passage)} and {one.kept_place(passage)}",  # noqa: B023
            )


def _telling(one: Search, passage: Passage) -> Iterator[str]:
    """Yield the single words of a passage that could give it away."""
    data = tables()
    for word in dict.fromkeys(pieces(passage.text)):
        is_rare = data.rarity(word, data.weights["unlisted rarity"]) >= RARE
        rare = is_rare or word in passage.names or word in sensitive_words()
        if rare and len(word) > 2 and not word[0].isdigit() and word not in one.origin.known:
            yield word
    yield from (number for number in _numbers(passage.text) if number not in one.origin.known)


def _numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a text, folded; a phone number is one. A single digit tells nothing."""
    for found in _NUMBER.finditer(text):
        digits = "".join(words(found[0]))
        if len(digits) >= _LONG:
            yield digits
        else:
            yield from (group for group in words(found[0]) if len(group) > 1)
