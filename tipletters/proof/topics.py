"""What a passage is about: the topics of wordlists/sensitive.tsv."""

from functools import lru_cache

from tipletters.checks.inflect import forms
from tipletters.checks.lists import entries


@lru_cache(maxsize=1)
def sensitive_words() -> frozenset[str]:
    """Return the single words, in every form, that tell of something many people want kept."""
    return frozenset(
        form for entry in entries("sensitive") if " " not in entry.term for form in forms(entry.term, entry.note)
    )
