"""Says which mentions are of one person ("your son Paul", "Paul", "your son"), and where nothing is said of them."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# "You eat breakfast with your dad", "ask your dad to ring us", "your sister is welcome".
_BESIDE = re.compile(
    r"\b(?:with|bring|bringing|ask|and for|you and|or|show (?:it |this )?to|to|let|thank you for bringing) $"
)
_NO_MORE = re.compile(
    r"(?:[.,;:?!)]|$| (?:if|when|to (?:ring|come|read|help|sit|tell|phone|call|bring|see|go)|and (?:i|we|you)\b|or|on|in|at|too|as well|there|every|last|this|next|read it|know)\b)"
)
_WELCOME = re.compile(
    r" (?:(?:is|are) (?:very |also |both )?welcome|(?:can|may|could) (?:also )?(?:come|read|sit|join|be with|help|ring|phone|text|call|bring))\b"
)
_TITLES = frozenset("mr mrs ms miss mx and".split())
_SAME = {
    other: one
    for one, others in {
        "mother": "mum mam mummy",
        "father": "dad daddy",
        "gran": "grandmother grandma granny nan nana nanny",
        "grandad": "grandfather granddad grandpa",
        "aunt": "auntie aunty",
        "children": "kids",
        "child": "kid",
        "wife": "wives",
    }.items()
    for other in others.split()
}


def people(mentions: Iterable[str]) -> list[str]:
    """Return for each mention a word for who is meant; mentions of one person have the same.

    Args:
        mentions: in the order of the text.
    """
    by_kin: dict[str, str] = {}
    found: list[str] = []
    for mention in mentions:
        owner, *words = _WORD.findall(mention) or [""]
        names = [_bare(word) for word in (owner, *words) if word[:1].isupper() and word.casefold() not in _TITLES]
        kin = "" if not words or owner.casefold() in _TITLES else f"{owner.casefold()} {_kin(words)}"
        is_named = not words or (bool(names) and _bare(owner) != names[-1])
        name = names[-1] if names and is_named else ""
        if name and kin:
            by_kin.setdefault(kin, name)
        found.append(name or by_kin.get(kin, kin))
    return found


def is_only_there(folded: str, start: int, end: int) -> bool:
    """Say whether a sentence names somebody and tells nothing of them.

    Args:
        folded: the sentence in small letters.
        start: where the mention begins.
        end: where it ends.
    """
    if _WELCOME.match(folded, end):
        return True
    return bool(_BESIDE.search(folded, max(0, start - 30), start) and _NO_MORE.match(folded, end))


def _bare(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").removesuffix("'").casefold()


def _kin(words: list[str]) -> str:
    plain = [_bare(word) for word in words if not word[:1].isupper()]
    return _SAME.get(plain[-1], plain[-1]) if plain else ""
