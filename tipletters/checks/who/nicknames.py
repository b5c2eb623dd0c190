"""By what else a client is called than by the names that a letter's head has: "Tom", "Bee", "Mr B", "K.".

Source: wordlists/short-names.txt, compiled for tipletters.
"""

import re
from collections import Counter
from functools import lru_cache

from tipletters.checks.lexis.words import columns

_DOES = (
    r"(?:[’']s\b|[’']d\b|[’']ll\b| (?:told|tells|says|said|feels|felt|lives|lived|attended|came|asked|wants|thinks|knows|enjoys|loves|likes|presented|presents"
    r"|now|still|also|never|always|often|rang|gave|took|made|found|spoke|wrote|knew|thought|kept|met|lost|ate|slept|sat|stood|began|broke|brought|held|heard|ran|saw|spent|is|was|has|had|will|would|can|could|does|did|remains|appears|seems|needs|left|got|went|[a-z]{2,}ed|[a-z]{2,}[a-z]s)\b)"
)
_TOLD_OF = (
    r"(?:(?<=\bsaw )|(?<=\bsee )|(?<=\bseen )|(?<=\bmet )|(?<=\btold )|(?<=\basked )|(?<=\bgave )|(?<=\breviewed )|(?<=\bvisited )|(?<=\bassessed )|(?<=\babout )"
    r"|(?<=\bfor )|(?<=\bof )|(?<=\bto )|(?<=\bthat )|(?<=\bwhen )|(?<=\bbut )|(?<=\bbecause )|(?<=\bwhile )|(?<=\bhelped )|(?<=\bknown ))"
)
_CALLED = re.compile(
    r"\b(?:[Kk]nown (?:to (?:us|all|everyone|friends) )?as|(?:be|is) called|[Pp]refers(?: to be)?|goes by|a\.?k\.?a\.?|AKA|answers to) [“\"‘']?([A-Z][a-zà-þ]+)\b"
)
_PET_ENDINGS = ("", "y", "ie", "i", "ey", "s", "o", "z")
_WITH_INITIAL = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx) ([A-Z])\b(?![’'&][A-Z]|\. ?[A-Z][a-z]| [A-Z][a-z])")
_TWO_INITIALS = re.compile(rf"\b([A-Z]{{2,3}})(?={_DOES})|{_TOLD_OF}([A-Z]{{2,3}})(?=[ .,;])")
_INITIAL_ACTS = re.compile(rf"(?:^|[.!?\n] ?)([B-HJ-Z])\.?(?={_DOES})")


@lru_cache(maxsize=1)
def _short_names() -> dict[str, frozenset[str]]:
    return {name: frozenset(short.split()) for name, short in columns("short-names.txt", 2)}


def all_short_names() -> frozenset[str]:
    """Return every short name that is known."""
    return frozenset[str]().union(*_short_names().values())


def short_forms(name: str, text: str, given: dict[str, str]) -> set[str]:
    """Return the short forms of a first name of which a letter tells something: "Gwil has", where it is about Gwilym.

    Args:
        name: the first name.
        text: of the letter.
        given: first names, each with the gender of those who mostly bear it.
    """
    listed, found = _short_names().get(name, frozenset[str]()), set[str]()
    any_listed = "|".join(sorted(listed)) or name
    pattern = rf"\b({name[:1]}[a-z]+|{any_listed})(?={_DOES})|{_TOLD_OF}({any_listed})\b(?! [A-Z])"
    for match in re.finditer(pattern, text):
        word = match[1] or match[2]
        if word in listed or (word != name and word not in given and _is_pet_form(word, name)):
            found.add(word)
    return found


def _is_pet_form(word: str, name: str) -> bool:
    """Say whether a word is a name cut short, with or without a pet ending: "Gem", "Davie", "Stubby" of "Stubbs"."""
    same = next((at for at, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), len(word))
    return same >= _STEM and (
        word[same:] in _PET_ENDINGS or word[same:] in {word[same - 1] + end for end in _PET_ENDINGS}
    )


_STEM = 3  # letters


# "Dougie, as he prefers to be known"
_AS_CALLED = re.compile(
    r"\b([A-Z][a-zà-þ]+), as (?:he|she|everyone|everybody|we|friends|the staff) (?:all )?(?:prefers?|likes?|wishes|calls?|knows?|is known|is called)\b"
)


def as_called(text: str) -> set[str]:
    """Return what a letter says that its client likes to be called."""
    return set(_AS_CALLED.findall(text))


def called_in(line: str) -> set[str]:
    """Return what a line that names the client says that they are called: "Beryl (likes to be called Bee)"."""
    return set(_CALLED.findall(line))


def initials(names: set[str], text: str) -> set[str]:
    """Return the initials that stand for the client: "Mr B" where the letter is about Mr Bonney; "K" where it gives no name.

    Args:
        names: of the client.
        text: of the letter.
    """
    first = {name[0] for name in names}
    titled = Counter(found[0] for found in _WITH_INITIAL.finditer(text) if not names or found[2] in first)
    if names:
        return set(titled)
    if titled:
        return {one for one, count in titled.most_common(1) if count > 1}
    return {one for one, count in Counter(_INITIAL_ACTS.findall(text)).items() if count > 1}


def own_initials(heads: list[str], names: set[str], text: str) -> set[str]:
    """Return the initials of a full name of which a letter tells something: "CD says", where it is about Carys Dowd.

    Args:
        heads: the lines that name the client.
        names: of the client.
        text: of the letter.
    """
    runs = (found[0].split() for head in heads for found in _FULL_NAME.finditer(head))
    theirs = {"".join(part[0] for part in run if part in names) for run in runs}
    return theirs & {found[1] or found[2] for found in _TWO_INITIALS.finditer(text)} if theirs else set()


_FULL_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}")
