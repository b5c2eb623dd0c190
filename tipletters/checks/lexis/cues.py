"""Words by which the checks find their sentences, each declared by the check that looks for it."""

Cues = frozenset[str]
# Words that checks look for, each with those who look for it; each check declares its own with `cues`.
CUES: dict[str, set[Cues]] = {}
_DECLARED: set[Cues] = set()


def cues(words: str) -> Cues:
    """Declare words by which a check will look for sentences, so that they are found without a search.

    Args:
        words: in small letters, with spaces between them.
    """
    declared = frozenset(words.split())
    _DECLARED.add(declared)
    for word in declared:
        CUES.setdefault(word, set()).add(declared)
    return declared


def sought(words: Cues) -> frozenset[Cues]:
    """Return those of the declared cues of which a sentence with these words holds one."""
    return frozenset[Cues]().union(*(CUES[word] for word in words))


def is_declared(words: frozenset[str]) -> bool:
    """Say whether sentences with one of these words are found without a search."""
    return words in _DECLARED
