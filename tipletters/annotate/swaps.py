"""Which better words can be put in the place of others by one click: those that read well in their sentence.

It asks less than a change that is made without asking (`annotate/terms.py`): somebody looks at what comes of it. What does not
fit is no button, it is an idea beside them.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from tipletters.annotate.grammar import article, form_of, head, in_form, is_counted, is_plural, plural
from tipletters.annotate.shapes import DETERMINERS, FUNCTION, SINGULAR, crowds, last_words, next_word, parts, stands
from tipletters.annotate.terms import is_after_auxiliary
from tipletters.checks.issue import Issue
from tipletters.checks.lexis.finder import JARGON, TONE, fold
from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.lists import Entry, entries

_NEAR = 200  # letters on each side that tell what fits
_Z = re.compile(r"iz(e|es|ed|ing)\b")
_STOP = re.compile(r"[.!?]\s+(?=[A-Z“])|[\n:;•]")
# Checks whose words are chosen for the very place in which they stand.
_CHOSEN = frozenset(("third-person", "medicine"))
_LISTS = (*JARGON, *(name for name in TONE if name not in ("third-person", "gp-speak")))


class Swap(NamedTuple):
    """Words for a place in the text.

    Args:
        start: where it begins; an "a" or "an" before it may belong to it.
        end: where it ends.
        words: what to put there.
        idea: the suggestion as it is listed.
    """

    start: int
    end: int
    words: str
    idea: str


@lru_cache(maxsize=1)
def _listed() -> dict[str, list[Entry]]:
    """Form → the entries that it may stand for; it holds no text of any letter."""
    found: dict[str, list[Entry]] = {}
    for name in _LISTS:
        for entry in entries(name):
            note = entry.note if name in JARGON else "noun verb"
            for form in forms(entry.term.casefold(), note):
                found.setdefault(form, []).append(entry)
    return found


def swaps(issue: Issue, text: str) -> tuple[Swap, ...]:
    """Return those of an issue's suggestions that fit into the text as it stands, in the form that they need there.

    Args:
        issue: what a check said.
        text: the whole text.
    """
    before = _STOP.split(text[max(0, issue.start - _NEAR) : issue.start])[-1]
    after = _STOP.split(text[issue.end : issue.end + _NEAR])[0]
    made = (_swap(issue, text[issue.start : issue.end], one, before, after) for one in issue.suggestions)
    return tuple(dict.fromkeys(one for one in made if one))


def _swap(issue: Issue, words: str, new: str, before: str, after: str) -> Swap | None:
    surface = fold(words)
    if issue.check in _CHOSEN:
        return Swap(issue.start, issue.end, new, new)
    near = fold(before), fold(after)
    entry = None
    if issue.check == "abbreviation":
        fits = _spelled_out(words, new, *near)
    else:
        entry = next((one for one in _listed().get(surface, ()) if new in one.prefer), None)
        fits = _fits(entry, surface, new, *near) if entry else (new if stands(surface, new, *near) else None)
    if not fits or crowds(fits, *near, noun=bool(entry and entry.kind.startswith("noun"))):
        return None
    back, put = article(before, fits) or (0, "")
    return Swap(issue.start - back, issue.end, put + fits, new)


def _fits(entry: Entry, surface: str, new: str, before: str, after: str) -> str | None:
    """Return a listed replacement in the form that its place needs; None where it does not fit."""
    term = entry.term.casefold()
    if "(" in new or after.startswith(("-", "'", "/")):
        return None
    if surface != term:
        made = _inflected(term, surface, new, before)
        return made if made and stands(surface, made, before, after) else None
    return new if stands(term, new, before, after) else None


def _inflected(term: str, surface: str, new: str, before: str) -> str | None:
    """Return new words in the form in which a term stands: a tense of its first word, or the plural."""
    old, _, old_rest = term.partition(" ")
    found, _, rest = _Z.sub(r"is\1", surface).partition(" ")
    form = form_of(old, found) if old_rest == rest else ""
    verb, _, more = new.partition(" ")
    if form and "base" in parts(verb):
        if form in ("s", "base") and _last(before) in DETERMINERS:  # a noun: "burned her bridges with"
            return None
        form = form if form != "either" else "participle" if is_after_auxiliary(before) else "past"
        made = in_form(verb, form)
        return f"{made} {more}".strip() if made else None
    if surface in forms(term, "noun"):
        return new if is_plural(new) else plural(new)
    return None


def _spelled_out(short: str, new: str, before: str, after: str) -> str | None:
    """Return what letters stand for, in the plural where they are."""
    last = _last(before)
    if "(" in new or after.startswith(("-", "/")) or ("clause" in parts(new) and last in FUNCTION | DETERMINERS):
        return None
    if head(new)[2] and next_word(after) not in FUNCTION | {""}:  # "ACL reconstruction"
        return None
    if short.endswith("s") and short[:-1].isupper() and not is_plural(new):
        return plural(new)
    return None if last in SINGULAR and (is_plural(new) or not is_counted(new)) else new


def _last(before: str) -> str:
    words = last_words(before)
    return words[-1] if words else ""
