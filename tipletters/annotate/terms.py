"""Which listed replacement of a word of the trade fits into its sentence as it stands; anything in doubt does not."""

import re
from functools import lru_cache

from tipletters.annotate.grammar import article, form_of, in_form, is_counted, is_plural, plural
from tipletters.annotate.shapes import crowds
from tipletters.checks.issue import Issue
from tipletters.checks.lexis.finder import JARGON, fold
from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.lists import Entry, entries
from tipletters.wording import capital_first

# After one of these, or at a sign, a noun phrase has ended.
_FUNCTION = frozenset(
    "and or but nor so of in on at to for from with by as is are was were be been has have had will would can could may might "
    "must should do does did that which who when where if because after before since until while than then not you your we "
    "our us i my they their it its he she his her this these the a an about into over under between during through".split()
)
_DETERMINERS = frozenset("a an the your my our their his her its this that these those any some no each every".split())
_SINGULAR = frozenset(("a", "an", "this", "that", "each", "every"))
_AUXILIARIES = frozenset("was were is are be been being has have had am get gets got getting".split())
_ADVERB = re.compile(r"\w+ly|also|just|now|then|ever|never|always|often|already|not|still|since|been")
_CLAUSE = re.compile(
    r"(?:how|where|when|why|not|who|what|whether|most|your|no|being|seeing|having|the|a|an|to|that|which|\w+'s) "
)
_OBJECTS = frozenset("it them you him her me us this that".split())  # "sum it up", never "sum up it"
_QUANTITIES = frozenset("many various several some enough more most much few all".split())
_PREPOSITION = re.compile(
    r"(?:in|on|at|by|for|under|to|with|without|after|before|during|around|from|into|over|through) "
)
_WAS = re.compile(r"\b(?:is|was|has) (?:[a-z]+ )?$")
_BEFORE_ING = frozenset("of for with about by".split())
_PARTICLES = frozenset("off out up down on away over about with from at to into".split())
_NOT_INSIDE = re.compile(r" (?:why|how|what) ")
_YOU = re.compile(r"\byour?\b")
_WORD = re.compile(r"[\w'-]+")
_SHORT_FORM = re.compile(r" [A-Z]{2}")  # "anterior STEMI": the two are one term
# Shorter ones nearly always stand for several things, whatever a list knows of them: FTD, MCA, ECT.
_SURE = 4  # letters


@lru_cache(maxsize=1)
def _listed() -> dict[str, list[Entry]]:
    """Form → the entries that it may stand for; it holds no text of any letter."""
    found: dict[str, list[Entry]] = {}
    for name in (*JARGON, "doubt"):
        for entry in entries(name):
            for form in forms(entry.term.casefold(), entry.note):
                found.setdefault(form, []).append(entry)
    return found


def replacement(issue: Issue, sentence: str, start: int, end: int) -> tuple[int, int, str] | None:
    """Return what to replace in a sentence, and by what.

    Args:
        issue: what a check said of a stretch.
        sentence: the whole sentence.
        start: where the stretch begins in it.
        end: where it ends.

    Returns:
        Begin and end of what is replaced (an "a" or "an" before it may belong to it) and the new words; None in doubt.
    """
    surface = fold(sentence[start:end])
    new = None
    if len(issue.suggestions) == 1 and issue.check == "abbreviation":
        new = _spelled_out(issue.suggestions[0], sentence, start, end)
    elif len(issue.suggestions) == 1 and _is_lower(sentence, start, end):
        found = [one for one in _listed().get(surface, ()) if one.prefer == issue.suggestions]
        unsure = found and (found[0].kind.endswith("in company") or (found[0].remark and found[0].list != "doubt"))
        if found and not unsure:  # a word of every day means several things
            near = fold(sentence[:start]), fold(sentence[end:])
            new = None if _SHORT_FORM.match(sentence, end) else _fitting(found[0], surface, *near)
            if new and crowds(new, *near, noun=found[0].kind.startswith("noun")):
                return None
    if not new or _NOT_INSIDE.search(new) or (_YOU.search(new) and not _YOU.search(fold(sentence))):
        return None
    if issue.check == "abbreviation":
        new = f"{new} ({sentence[start:end]})"
    changed = article(sentence[:start], new)
    if changed:
        return start - changed[0], end, changed[1] + new
    first = not _WORD.search(sentence[:start])
    return start, end, capital_first(new) if first and sentence[start].isupper() else new


def _is_lower(sentence: str, start: int, end: int) -> bool:
    """Say whether a stretch is no name: small letters, but for the first of the sentence."""
    words = sentence[start:end]
    first = not _WORD.search(sentence[:start])
    return words.islower() or (first and words[1:].islower())


def _fitting(entry: Entry, surface: str, before: str, after: str) -> str | None:
    new, kind = entry.prefer[0], entry.kind.split(" ")[0]
    if entry.list == "doubt":
        return new if surface == entry.term.casefold() and before.endswith("you ") else None
    if kind == "noun":
        return _noun(entry.term.casefold(), surface, new, before, after)
    if kind == "verb":
        return _verb(entry.term.casefold(), surface, new, before, after)
    if surface != entry.term.casefold():
        return None
    if kind == "adjective":
        counts = new in _QUANTITIES and _last(before) in _DETERMINERS
        return new if " " not in new and not counts and _next(after) and _next(after) not in _FUNCTION else None
    if kind == "adverb":
        return new if " " not in new or (not _next(after) and _PREPOSITION.match(new)) else None
    return new if kind == "phrase" and entry.list == "jargon-office" and not _CLAUSE.match(f"{new} ") else None


def _next(after: str) -> str:
    """Return the word that follows, or nothing where a sign or the end does."""
    found = re.match(r" ([\w'-]+)", after)
    return found[1] if found else ""


def _last(before: str) -> str:
    found = re.search(r"([\w'-]+) $", before)
    return found[1] if found else ""


def _noun(term: str, surface: str, new: str, before: str, after: str) -> str | None:
    if (
        _CLAUSE.match(f"{new} ")
        or (_next(after) and _next(after) not in _FUNCTION)
        or after.startswith(("-", "'", "/"))
    ):
        return None
    last = _last(before)
    if _of_one(before) and not is_counted(new):
        return None  # "with a double-handed help"
    if surface != term and surface in forms(term, "noun"):
        return plural(new)
    alone = last in _SINGULAR or _next(after) in ("is", "was", "has") or _WAS.search(before)
    if surface != term or (is_plural(new) and alone):
        return None
    if new.split(" ")[0].endswith("ing") and " " in new and last not in _BEFORE_ING:
        return None
    if last in _DETERMINERS:
        return new if last not in ("a", "an", "each", "every") or is_counted(new) else None
    return None if is_counted(new) else new


def _of_one(before: str) -> bool:
    """Say whether "a" or the like stands before a place, with a word or two between them."""
    words = _WORD.findall(before)[-3:]
    return next((one for one in reversed(words) if one in _FUNCTION or one in _DETERMINERS), "") in _SINGULAR


def _verb(term: str, surface: str, new: str, before: str, after: str) -> str | None:
    old, _, old_rest = term.partition(" ")
    found, _, found_rest = re.sub(r"iz(e|es|ed|ing)\b", r"is\1", surface).partition(" ")
    verb, _, rest = new.partition(" ")
    if old_rest != found_rest or (rest and (rest not in _PARTICLES or _next(after) in _OBJECTS)):
        return None
    form = form_of(old, found)
    if form == "either":
        form = "participle" if is_after_auxiliary(before) else "past"
    made = in_form(verb, form) if form else None
    return f"{made} {rest}".strip() if made else None


def is_after_auxiliary(before: str) -> bool:
    """Say whether a form of "be" or "have" stands before, with nothing but adverbs between."""
    words = _WORD.findall(before[-60:])
    while words and _ADVERB.fullmatch(words[-1]) and words[-1] not in _AUXILIARIES:
        words.pop()
    return bool(words) and words[-1] in _AUXILIARIES


def _spelled_out(new: str, sentence: str, start: int, end: int) -> str | None:
    """Return what letters stand for, to be followed by them in brackets: only after "the", "your" and the like, where they are sure to be a noun."""
    before, after = fold(sentence[:start]), fold(sentence[end:])
    last, short = _last(before), sentence[start:end]
    if (
        len(short.removesuffix("s")) < _SURE
        or last not in _DETERMINERS
        or not new[0].islower()
        or _CLAUSE.match(f"{new} ")
        or after.startswith(("'", "-", "/"))
    ):
        return None
    if _next(after) and _next(after) not in _FUNCTION:
        return None
    if short.endswith("s") and short[:-1].isupper():
        return new if is_plural(new) else plural(new)
    return new if last not in ("a", "an", "each", "every") or is_counted(new) else None
