"""Words of the trade: medical, psychiatric, social-work, justice and office language.

Why it matters: a client who meets a word they do not know feels small, stops reading, or fears the worst.
Bad: You have bilateral oedema.
Good: You have swelling in both legs.
A term that is explained in place is fine from then on: "high blood pressure (hypertension)", "hypertension, which means …".
Words of every day that are hard among words of the trade alone ("tone", "grounds") count where such words stand.
Where a word means several things ("segment", "capsule"), it says what the word may mean where the letter speaks that trade, and offers
no words to put in its place.
A term that no list has can be known by how it is built: "vocational assessment", "section 117".
Words that most adults know ("additional", "fatigue") count in the profile "plain" alone.
Source: wordlists/jargon-*.tsv; rare words that no list has, from wordlists/rarity.txt and wordlists/trade-*.txt;
wordlists/heads.tsv.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from tipletters.checks.context.company import among_the_trade, fields, is_hard, is_of_another_field, needs_company
from tipletters.checks.context.explained import is_explained, is_told_next
from tipletters.checks.context.frames import built, legal
from tipletters.checks.issue import Issue
from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.finder import JARGON, Found
from tipletters.checks.lexis.words import base
from tipletters.checks.text.frame import body, is_letterhead, is_title
from tipletters.checks.text.line import Line
from tipletters.checks.text.page import Kind
from tipletters.checks.text.view import View
from tipletters.wording import capital_first

_SMALL = frozenset("your our the my his her their this of and for to a an in on at with or re breach".split())
# What ends the name of a service, a person's role or a benefit; an order or an illness with capitals is no name.
_NAMED = frozenset(
    "team teams service services clinic unit ward head director hospital department centre council board trust authority agency office "
    "commission partnership group line helpline project programme nurse doctor consultant worker manager officer practitioner "
    "therapist psychologist psychiatrist registrar coordinator co-ordinator advocate lead specialist assistant adviser advisor reporter "
    "midwife matron chair clerk facilitator navigator mentor college academy institute society association foundation network alliance hub desk course workshop "
    "court sheriff fiscal solicitor pharmacist allowance payment credit benefit grant fund scheme act scotland england".split()
)
# Names of people stand for illnesses and scores: "Dupuytren's contracture", "Barthel index"
_HEADS = cues(
    "disease syndrome sign score scale index inventory criteria classification contracture palsy procedure manoeuvre questionnaire phenomenon "
    "thyroiditis ataxia chorea sarcoma lymphoma cyst programme framework tool checklist protocol matrix grid test tests"
)
_EPONYM = re.compile(
    r"(?<![\w’'-])(?!Alzheimer|Parkinson|Down|Covid|Type|Stage|Grade)[A-Z][a-zé]{3,}(?:[’']s)?(?:[- ][A-Z][a-zé]+(?:[’']s)?){0,2} "
    rf"(?:{'|'.join(f'[{head[0].upper()}{head[0]}]{head[1:]}' for head in sorted(_HEADS))})\b"
)
_ROLE = re.compile(r"([A-Z][a-z]+) (?:for|of|in) $")
_WORKER = re.compile(r" (?:[a-z]+ )?([a-z]+), [A-Z][a-z]+(?: [A-Z][a-z]+)?,")  # "her advocacy worker, Shona, will help"
_OWNED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [\w-]+[’']s $")  # "Mrs Vosper's Waterlow"
_INITIAL = re.compile(r"[A-Z]\.")  # "Sheriff D. Wemyss"
_BEGUN = re.compile(
    r"(?:[:;?!)/•]|(?<!Dr)(?<!Mr)(?<!Ms)(?<!St)(?<!Mrs)(?<!Prof)(?<!Mr [A-Z])(?<!Ms [A-Z])(?<!Dr [A-Z])(?<!Mrs [A-Z])(?<!Miss [A-Z])\.)\s+$|[?/\n]$"
)
_WORD = re.compile(r"(?<![\w@.’'-])[A-Za-z][a-z]{3,}(?:-[a-z]{2,})*(?![\w@’'-]|\.\w)")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each term that is not explained."""
    explained: set[str] = set()
    inside, trade, spoken = view.once(body), view.once(among_the_trade), view.once(fields)
    mild, limit = view.profile.mild_words, view.profile.rare_word_points
    for line in view.lines:
        if not line.seen.found and line.seen.rarest < limit:
            continue
        below = line.number >= inside.stop and line.block.kind is Kind.HEADING
        if below or is_letterhead(view, line) or (line.number not in inside and is_title(line.sentence.text)):
            continue
        hard = [
            one
            for one in line.found(*JARGON)
            if (mild or not one.entry.kind.endswith("mild")) and not _passes(line, view, one, explained)
        ]
        in_company = (line.number in trade and line.block.kind is not Kind.HEADING) or any(map(is_hard, hard))
        for one in hard:
            if in_company or not needs_company(one):
                yield _said(line, one, spoken)
        if line.seen.rarest >= limit:
            yield from _rare(line, view, explained)
    yield from _named_after_people(view, explained)
    yield from _built(view, explained)


def _named_after_people(view: View, explained: set[str]) -> Iterator[Issue]:
    """Yield illnesses and scores with a person's name that no list has."""
    for line in view.with_words(_HEADS):
        for found in _EPONYM.finditer(line.sentence.text):
            first = found[0].split()[0]
            begins = (
                found.start() == 0 and first == base(first).capitalize() and view.lexicon[base(first)].rarity < _NAME
            )
            if begins or line.has_found(found.start(), found.end(), *JARGON):
                continue
            words = line.seen.folded[found.start() : found.end()]
            if words in explained or is_explained(
                line.seen.folded, found.start(), found.end(), not view.speaks_of_client
            ):
                explained.add(words)
            else:
                message = "Not everybody knows what this name stands for."
                yield line.issue("jargon", found.start(), found.end(), message)


def _built(view: View, explained: set[str]) -> Iterator[Issue]:
    """Yield terms that no list holds, known by how they are built."""
    inside = view.once(body)
    for line, (start, end) in (*built(view), *legal(view)):
        words = line.seen.folded[start:end]
        listed = any(
            one.start < end and start < one.end and (is_hard(one) or (one.start <= start and end <= one.end))
            for one in line.found(*JARGON)
        )
        outside = line.block.kind is Kind.HEADING and (line.number not in inside or line.sentence.text.isupper())
        if listed or words in explained or outside:
            continue
        if _is_name(line, start, end) or is_explained(line.seen.folded, start, end, not view.speaks_of_client):
            explained.add(words)
        else:
            yield line.issue("jargon", start, end, "Not everybody knows this term.")


_NAME = 2.0  # rarity: 5 less the Zipf frequency; a word of every day that begins a sentence is more common


def _passes(line: Line, view: View, one: Found, explained: set[str]) -> bool:
    """Say whether a term is a name or was explained, here or before."""
    if one.entry.term in explained or _is_name(line, one.start, one.end):
        return True
    kindly = not view.speaks_of_client
    words = line.seen.folded[one.start : one.end]
    long = {word for word in words.split() if len(word) > 4}
    if kindly and long and long <= explained:
        return True
    told = is_told_next(view, line.number, words, one.end) or is_explained(line.seen.folded, one.start, one.end, kindly)
    if told and not needs_company(one):
        explained.update((one.entry.term, *words.split()))
    return told


def _is_name(line: Line, start: int, end: int) -> bool:
    """Say whether a term is the name of a service or of somebody's role, such as "Community Mental Health Team"."""
    words = [word for word in line.sentence.text[start:end].split() if word not in ("and", "of", "the", "for")]
    if (worker := _WORKER.match(line.sentence.text, end)) and worker[1] in _NAMED:
        return True
    if not all(word[0].isupper() or word.isdigit() for word in words):
        return False
    if (around := _ROLE.search(line.sentence.text, max(0, start - 40), start)) and around[1].lower() in _NAMED:
        return True  # "Named Nurse for Safeguarding"
    before, after = (
        line.sentence.text[max(0, start - 40) : start].rpartition("\n")[2].split(),
        line.sentence.text[end : end + 40].partition("\n")[0].lstrip("’'s ").split(),
    )
    if _OWNED.search(line.sentence.text, max(0, start - 40), start):
        before = []
    beside = [word for word in (*before[-1:], *after[:1]) if _is_part_of_name(word)]
    follows = {word.strip(",.;:").lower() for word in takewhile(_is_capital, after)}
    return (
        (len(words) > 1 and words[-1].lower() in _NAMED)
        or not _NAMED.isdisjoint(follows)
        or (start > 0 and bool(beside))
    )


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def _is_part_of_name(word: str) -> bool:
    if _INITIAL.fullmatch(word):
        return True
    return word[0].isupper() and len(word) > 1 and word[-1] not in ",;:." and word.lower() not in _SMALL


def _said(line: Line, one: Found, spoken: frozenset[str]) -> Issue:
    if is_of_another_field(one, spoken):  # "stayed a night" in a letter about a lung is not "put on hold"
        return line.issue("jargon", one.start, one.end, _message(""))
    return line.listed("jargon", one.start, one.end, _message(one.entry.remark), one.entry)


def _message(remark: str) -> str:
    return "Not everybody knows this word." + (f" {capital_first(remark)}." if remark else "")


def _rare(line: Line, view: View, explained: set[str]) -> Iterator[Issue]:
    """Yield rare words of the trade that no list has."""
    text = line.sentence.text
    for found in _WORD.finditer(text):
        word = base(found[0])
        if not _is_of_the_trade(word, view) or (found[0][0].isupper() and not _begins(text, found.start())):
            continue
        if any(one.start < found.end() and found.start() < one.end for one in line.seen.found):
            continue
        if is_explained(line.seen.folded, found.start(), found.end(), not view.speaks_of_client):
            explained.add(word)
        elif word not in explained:
            yield line.issue("jargon", found.start(), found.end(), "This word is rare. Is there a plainer one?")


def _begins(text: str, at: int) -> bool:
    """Say whether a sentence, or what follows a colon, begins here, so that a capital makes no name."""
    return at == 0 or bool(_BEGUN.search(text, max(0, at - 8), at))


def _is_of_the_trade(word: str, view: View) -> bool:
    limit = view.profile.rare_word_points
    return any(view.lexicon[part].trade >= limit for part in word.split("-"))
