"""Puts a replacement into the form of the words that it replaces: plural, tense, capital, "a" or "an"."""

import re
from functools import lru_cache

from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.lists import rows
from tipletters.wording import capital_first

_HEAD_ENDS = re.compile(
    r" (?:such|of|in|for|with|to|on|from|that|which|who|where|when|after|at|by|about|under|near|inside|outside|around|between|"
    r"before|behind|through|during|without|over|as|than|into|away|not|made|caused|given|used|far|\w{3,}ing|\w{3,}ly) "
)
# Nouns that are not counted: no "a" before them, and no plural.
_UNCOUNTED = re.compile(
    r"(?:ness|ing|ance|ence)$|^(?:pain|pressure|loss|help|care|money|heat|fluid|blood|sugar|water|pee|poo|treatment|surgery|"
    r"advice|information|support|work|sleep|stress|damage|medicine|food|skin|air|fat|housing|worry|fear|anger|sickness|"
    r"oxygen|wind|mucus|snot|sweat|trouble|power|time|health|advice|equipment|cash|rent|use|harm|grief)$"
)
_AN = re.compile(r"(?:[aio]|e(?!u)|u(?!ni|s[aeiu]|k\b|ro|ti|ter)|hour|honest|heir|(?:[AEFHILMNORSX](?:[A-Z\d]|-)))")
_LIKE_W = re.compile(r"(?:one|once)\b", re.IGNORECASE)


def head(phrase: str) -> tuple[str, str, str]:
    """Return a noun phrase as what stands before its main noun, the noun, and what stands after it."""
    found = _HEAD_ENDS.search(phrase)
    first, rest = (phrase[: found.start()], phrase[found.start() :]) if found else (phrase, "")
    before, _, noun = first.rpartition(" ")
    return (f"{before} " if before else ""), noun, rest


def is_counted(phrase: str) -> bool:
    """Say whether "a" can stand before a noun phrase."""
    return not _UNCOUNTED.search(head(phrase)[1]) and not is_plural(phrase)


def is_plural(phrase: str) -> bool:
    """Say whether a noun phrase is in the plural already."""
    noun = head(phrase)[1]
    return (noun.endswith("s") and not noun.endswith(("ss", "us", "is"))) or noun in (
        "people",
        "children",
        "feet",
        "teeth",
    )


def plural(phrase: str) -> str | None:
    """Return a noun phrase in the plural, or None where it has none."""
    before, noun, after = head(phrase)
    made = forms(noun, "noun") - {noun}
    unsure = (
        before.count(" ") > 1
        or bool(re.search(r" (?:or|and) ", f" {phrase} "))
        or noun.endswith("ed")
        or noun in _participles()
        or re.search(r"^\w+ing |,", phrase)
    )
    unsure = unsure or noun in _NO_NOUNS or before == "one " or re.match(r" (?:that|which|who) ", after)
    if unsure or not is_counted(phrase) or not noun.isalpha() or len(made) != 1:
        return None
    return before + made.pop() + after


# What may end a noun phrase and is no noun: "time out", "more likely".
_NO_NOUNS = frozenset("often out more less one off up down away back together alone there here like early late".split())
# Verbs that are the same in the past.
SAME = frozenset("cut put set hit let shut spread hurt cost split quit burst read".split())


@lru_cache(maxsize=1)
def _irregular() -> dict[str, dict[str, str]]:
    """Verb → its irregular forms: "past", "participle"."""
    found: dict[str, dict[str, str]] = {}
    for form, lemmas, note, _ in rows("irregular"):
        for lemma in lemmas.split("; ") if form != "wrought" else ():  # people say "worked"
            kinds = found.setdefault(lemma, {})
            if "verb: past" in note and note != "verb: past participle":
                kinds.setdefault("past", form)
            if "past participle" in note:
                kinds.setdefault("participle", form)
            if note == "verb: present":
                kinds.setdefault("s", form)
    return found


@lru_cache(maxsize=1)
def _participles() -> frozenset[str]:
    return frozenset(kinds["participle"] for kinds in _irregular().values() if "participle" in kinds)


def form_of(verb: str, surface: str) -> str:
    """Return which form of a verb a word is: "base", "s", "ing", "past", "participle", "either" of these two, or ""."""
    if surface == verb:
        return "base"
    if surface not in forms(verb, "verb"):
        return ""
    if surface.endswith("ing"):
        return "ing"
    special = _irregular().get(verb, {})
    if surface in (special.get("past"), special.get("participle")):
        if special.get("past") == special.get("participle"):
            return "either"
        return "past" if surface == special.get("past") else "participle"
    return "s" if surface.endswith("s") else "either"


def in_form(verb: str, form: str) -> str | None:
    """Return a verb in a form ("base", "s", "ing", "past", "participle"), or None for "be", which has too many."""
    if verb == "be" or not verb.isalpha():
        return None
    special = _irregular().get(verb, {})
    if form == "base":
        return verb
    if form in special:
        return special[form]
    if form in ("past", "participle") and (verb in SAME or verb.endswith("ee")):
        return verb if verb in SAME else f"{verb}d"
    if form in ("past", "participle") and special.get("past") == special.get("participle") is not None:
        return special["past"]
    ending = {"s": "s", "ing": "ing"}.get(form, "ed")
    made = sorted(
        one for one in forms(verb, "verb") - {verb} if one.endswith(ending) and _is_spelled(verb, one, ending)
    )
    return made[0] if made else None


def _is_spelled(verb: str, form: str, ending: str) -> bool:
    """Say whether a form doubles its last letter as the verb does: "stopped", but "opened"; and is UK spelling."""
    if ending == "s":
        return True
    if form.endswith("iing") or re.search(r"[^aeiou]yed$", form):
        return False
    doubled = form.removesuffix(ending).endswith(verb[-1] * 2) and not verb.endswith(verb[-1] * 2)
    one_beat = len(re.findall(r"[aeiouy]+", verb)) == 1
    doubles = (one_beat and bool(re.search(r"[^aeiou][aeiou][bdgklmnprtv]$", verb))) or verb.endswith(("el", "al"))
    return doubled == doubles and not re.search(r"iz(?:ed|ing)$", form)


def article(before: str, words: str) -> tuple[int, str] | None:
    """Return how "a" or "an" before some words has to change.

    Args:
        before: the sentence up to the words.
        words: the new words.

    Returns:
        How many letters of `before` are replaced, and by what; None where nothing has to change.
    """
    found = re.search(r"\b(an?) $", before, re.IGNORECASE)
    if not found:
        return None
    right = "an" if _AN.match(words) and not _LIKE_W.match(words) else "a"
    if found[1].lower() == right:
        return None
    made = capital_first(right) if found[1][0].isupper() else right
    return len(found[0]), f"{made} "
