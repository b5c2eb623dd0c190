"""What a passage is about: the topics of wordlists/sensitive.tsv, and the medicines that tell of one."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from tipletters.checks.lexis.finder import Finder, edged, fold
from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.lists import Entry, entries
from tipletters.letter import label_key

# What a medicine is for, as wordlists/medicines.tsv says it, and the topic that this tells of.
_TOLD_BY = (
    ("mental health", re.compile(r"mood|calm|worry|anxi|depress|thoughts|voices|psychosis|steady your m|mental")),
    ("alcohol", re.compile(r"alcohol|drink")),
    ("drugs", re.compile(r"opioid|heroin|crav|drug|withdrawal")),
    ("sexual health", re.compile(r"\bhiv\b|hepatitis|herpes|erection|chlamydia|sexual|thrush|wart")),
    ("pregnancy and loss", re.compile(r"pregnan|ovulat|contracep|fertil|womb|end a pregnancy|period")),
    ("gender and sexuality", re.compile(r"hormone|testosterone|oestrogen")),
    ("diagnosis", re.compile(r"adhd|attention|focus|memory|dementia|parkinson|epilep|seizure")),
    ("gambling", re.compile(r"gambl")),
)
_SAFETY = frozenset({"self-harm and suicide", "safety at home", "harm to others", "sexual harm"})
_BEARS_ON_SAFETY = re.compile(
    r"\b(?:allerg\w+|anaphyla\w+|epipen|overdos\w+|suicid\w+|self[- ]harm\w*|kill\w*|unsafe|in danger|at risk"
    r"|(?:not|n't|never) (?:feel |be )?safe|(?:afraid|scared|frightened) of|safeguarding|(?:child|adult) protection"
    r"|social services|hits?|hurts?|violen\w+|abus\w+|threaten\w*"
    r"|weapons?|knife|medicines?|tablets?|blood thinners?|pregnan\w+|blackouts?|seizures?|epilep\w+|driv(?:e|es|ing))\b"
)


@lru_cache(maxsize=1)
def _finder() -> Finder:
    return Finder((*entries("sensitive"), *entries("medicines")))


@lru_cache(maxsize=1)
def sensitive_words() -> frozenset[str]:
    """Return the single words, in every form, that tell of something many people want kept."""
    return frozenset(
        form for entry in entries("sensitive") if " " not in entry.term for form in forms(entry.term, "noun verb")
    )


def topics(text: str) -> frozenset[str]:
    """Return what a text is about, in the words of the list; a medicine counts for what it is usually for."""
    return frozenset().union(*(_of(one.entry) for one in _finder().find(edged(fold(text)))))


def topics_of_each(texts: Sequence[str]) -> list[set[str]]:
    """Return what each of some texts is about."""
    ends = list(accumulate(len(text) + 1 for text in texts))
    made: list[set[str]] = [set() for _ in texts]
    for one in _finder().find(edged(fold("\n".join(texts)))):
        made[bisect_right(ends, one.start)] |= _of(one.entry)
    return made


@lru_cache(maxsize=10_000)
def _of(entry: Entry) -> frozenset[str]:
    if entry.list == "sensitive":
        return frozenset(entry.prefer)
    purpose = " ".join(entry.prefer).lower()
    return frozenset(topic for topic, told in _TOLD_BY if told.search(purpose))


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    listed = {one for entry in entries("sensitive") for one in entry.prefer}
    return {label_key(one): one for one in listed}


def topics_of_label(label: str) -> frozenset[str]:
    """Return the topics that a label names, by itself or by a word in it."""
    known = _known().get(label_key(label))
    return topics(label) | ({known} if known else set())


def bears_on_safety(text: str) -> bool:
    """Say whether a passage may be about an allergy, a medicine, a risk or somebody's protection."""
    folded = fold(text)
    if _BEARS_ON_SAFETY.search(folded):
        return True
    found = _finder().find(edged(folded))
    return any(entry.list == "medicines" or _SAFETY.intersection(entry.prefer) for entry, _, _ in found)
