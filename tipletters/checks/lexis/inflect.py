"""Every form in which a listed term may stand in a sentence: plurals, tenses, -ise and -ize."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tipletters.checks.lexis.lists import rows

_VOWELS = "aeiou"
_LINKS = frozenset("of in to at for from with".split())


@lru_cache(maxsize=1)
def _irregular() -> dict[str, list[tuple[str, str]]]:
    """Lemma → its irregular forms, each with what it is."""
    found: dict[str, list[tuple[str, str]]] = {}
    for form, lemmas, note, _ in rows("irregular"):
        for lemma in lemmas.split("; "):
            found.setdefault(lemma, []).append((form, note))
    return found


def forms(term: str, note: str) -> set[str]:
    """Return a term with all its forms.

    Args:
        term: the lemma, in small letters.
        note: begins with its part of speech: noun, verb; anything else has one form.
    """
    kind = note.split(":")[0]
    made = {term}
    words = term.split(" ")
    if "noun" in kind:
        made |= {" ".join([*words[:-1], form]) for form in _plurals(words[-1])}
        if not _LINKS.isdisjoint(words[1:-1]):  # "ceilings of care"
            made |= {" ".join([form, *words[1:]]) for form in _plurals(words[0])}
    if "verb" in kind and "adverb" not in kind:
        made |= {" ".join([form, *words[1:]]) for form in _tenses(words[0])}
    return made | {_with_z(form) for form in made}


def _with_z(form: str) -> str:
    return re.sub(r"is(e|ed|es|er|ers|ing|ation|ations)\b", r"iz\1", form) if "is" in form else form


def _plurals(word: str) -> Iterator[str]:
    special = [form for form, note in _irregular().get(word, ()) if "plural" in note]
    yield from special or [_s(word)]


def _s(word: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _tenses(word: str) -> Iterator[str]:
    special = [form for form, note in _irregular().get(word, ()) if "verb" in note]
    yield _s(word)
    yield from special
    for stem in _stems(word):
        yield stem + "ing"
        if not special:
            yield stem + "ed"


def _stems(word: str) -> Iterator[str]:
    if re.fullmatch(r".*[^e]e", word):
        yield word[:-1]
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        yield word
        yield word[:-1] + "i"
    else:
        yield word
        if re.fullmatch(r"[a-z]*[^aeiou][aeiou][bdgklmnprtv]", word):
            yield word + word[-1]
