"""When two names mean the same: of a no too much is covered rather than too little, so they are compared loosely."""

import re

from tipletters.folding import words

_TITLES = frozenset("dr mr mrs ms miss mx prof professor sir dame rev nurse sister".split())


def reference_key(reference: str) -> str:
    """Return a letter's reference in the form in which those of a no are compared: ML-2026-014 is ml 2026 14 too."""
    return "-".join(part.lstrip("0") or "0" for part in re.findall(r"[^\W\d_]+|\d+", reference.casefold()))


def same_name(one: str, other: str) -> bool:
    """Say whether two people, each "name, organisation", may be the same: they are, wherever they work now.

    Dr Ngozi Okafor is N. Okafor, Ngozi Adaeze Okafor and Dr Okafor too. Mr and Mrs Wren are two, and so are Dr Hart and
    Jo Hart: a family name tells who it is only where both have the same title.
    """
    (title, name), (their_title, their_name) = _named(one), _named(other)
    if name == their_name and title == their_title:
        return bool(title or name)
    if title and their_title and title != their_title:
        return False
    few, many = sorted((name, their_name), key=len)
    if len(few) == 1 and not (title and their_title):
        return False
    return any(len(word) > 1 for word in set(few) & set(many)) and all(
        any(_may_be(word, longer) for longer in many) for word in few
    )


def may_reach(one: str, other: str) -> bool:
    """Say whether what goes to one, each a "name, organisation", may reach the other: what a no must cover.

    They are the same person, or one is the team or practice where the other works: "Orchard Surgery" and "Dr Okafor,
    Orchard Surgery".
    """
    return same_name(one, other) or _works_at(one, other) or _works_at(other, one)


def _works_at(person: str, place: str) -> bool:
    works_at, name = person.partition(",")[2], place.partition(",")[0]
    return bool(words(works_at)) and same_name(name, works_at)


def _named(person: str) -> tuple[str, list[str]]:
    """Return the title of a person and the other words of their name, without what stands in brackets."""
    found = words(re.sub(r"\(.*?\)", " ", person.partition(",")[0]))
    title = found[0] if found[:1] and found[0] in _TITLES else ""
    return title, found[1:] if title else found


def _may_be(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])
