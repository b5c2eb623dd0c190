"""Words of the trade: medical, psychiatric, social-work, justice and office language.

Why it matters: a client who meets a word they do not know feels small, stops reading, or fears the worst.
Bad: You have bilateral oedema.
Good: You have swelling in both legs.
A term that is explained in place is fine from then on: "high blood pressure (hypertension)", "hypertension, which means …".
Source: wordlists/jargon-*.tsv; rare words that no list has, from wordlists/rarity.txt.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tipletters.checks.finder import JARGON
from tipletters.checks.inflect import forms
from tipletters.checks.issue import Issue
from tipletters.checks.lists import entries
from tipletters.checks.view import Line, View
from tipletters.checks.words import base, tables
from tipletters.wording import capital_first

_AFTER = re.compile(
    r"[”’\"']?(?: \((?!s\))[^)]{3}|,? (?:which|that) (?:means?|is|are)\b|,? (?:meaning|means)\b|: |, (?:or|this is|that is) )"
)
_BEFORE = re.compile(
    r"(?:\bcalled|\bknown as|\bnamed|\bor|\bword (?:is|for (?:this|it) is)|\bterm (?:is|for (?:this|it) is)) (?:an? |the )?[“‘\"']?$"
)
_WORD = re.compile(r"(?<![\w@.’'-])[a-z]{6,}(?![\w@’'-]|\.\w)")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each term that is not explained."""
    explained: set[str] = set()
    limit = view.profile.rare_word_points
    for line in view.lines:
        for one in line.found(*JARGON):
            if _is_name(line, one.start, one.end):
                continue
            if _is_told_next(view, line.number, line.seen.folded[one.start : one.end]) or _is_explained(
                line.seen.folded, one.start, one.end
            ):
                explained.add(one.entry.term)
            elif one.entry.term not in explained:
                yield line.issue(
                    "jargon", one.start, one.end, _message(one.entry.remark), one.entry.prefer, source=one.entry.source
                )
        if line.seen.hardest >= limit:
            yield from _rare(line, view, explained)


def _is_name(line: Line, start: int, end: int) -> bool:
    """Say whether a term is the name of a service or of somebody's role, such as "Community Mental Health Team"."""
    words = [word for word in line.sentence.text[start:end].split() if word not in ("and", "of", "the", "for")]
    if not all(word[0].isupper() for word in words):
        return False
    before, after = (
        line.sentence.text[max(0, start - 40) : start].split(),
        line.sentence.text[end : end + 40].lstrip("’'s ").split(),
    )
    beside = [word for word in (*before[-1:], *after[:1]) if word[0].isupper() and len(word) > 1]
    return (
        len(words) > 1
        or (start > 0 and bool(beside))
        or (line.block.kind == "heading" and line.sentence.text[-1:] != ":" and start > 0)
    )


def _is_told_next(view: View, number: int, term: str) -> bool:
    """Say whether the next sentence tells what the term is: "A reporter is a person who …"."""
    if number + 1 >= len(view.lines):
        return False
    start = view.lines[number + 1].seen.folded.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    return start.startswith(term.split(" ")[-1]) and bool(re.match(r"[\w' -]{1,40}? (?:is|are|means|mean)\b", start))


def _message(remark: str) -> str:
    return "Not everybody knows this word." + (f" {capital_first(remark)}." if remark else "")


def _is_explained(text: str, start: int, end: int) -> bool:
    if _AFTER.match(text, end) or _BEFORE.search(text, max(0, start - 40), start):
        return True
    # "high blood pressure (hypertension)": plain words, then the term alone in brackets
    opened, closed = text.rfind("(", max(0, start - 30), start), text.find(")", end, end + 30)
    return opened > 8 and closed >= 0 and ")" not in text[opened:start]


def _rare(line: Line, view: View, explained: set[str]) -> Iterator[Issue]:
    """Yield rare words of scientific make that no list has."""
    text = line.sentence.text
    for found in _WORD.finditer(text):
        points, rarity, *_ = view.lexicon[found[0]]
        if points < view.profile.rare_word_points or rarity < 2 or _is_plain(found[0]):
            continue
        if any(one.start < found.end() and found.start() < one.end for one in line.seen.found):
            continue
        word = base(found[0])
        if _is_explained(line.seen.folded, found.start(), found.end()):
            explained.add(word)
        elif word not in explained:
            yield line.issue(
                "jargon",
                found.start(),
                found.end(),
                "This word is rare. Is there a plainer one?",
            )


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    return frozenset(form for entry in entries("rare-but-plain") for form in forms(entry.term.casefold(), "noun verb"))


def _is_plain(word: str) -> bool:
    plain = _plain_words()
    if word in plain or word.removesuffix("ly") in plain or word.removesuffix("y") in plain:
        return True
    stem = re.sub(r"(?:ness|less|ful|er|est|ly|ish)$", "", word)
    if word.startswith("un") and word[2:] in tables().rarity and tables().rarity[word[2:]] < 2:
        return True
    return stem in plain or (stem != word and tables().rarity.get(stem, 9) < 1.5)
