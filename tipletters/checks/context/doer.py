"""Who does what a listed verb says: the person, or somebody or something else ("the lock refused to budge", "I denied")."""

from functools import cache

from tipletters.checks.lexis.clause import Said
from tipletters.checks.lexis.finder import Found
from tipletters.checks.lexis.pattern import classes
from tipletters.checks.text.line import Line

_BETWEEN = frozenset(
    "has have had having been was were is are be do does did will would can could not never also still just only then even now".split()
)
_OTHERS = frozenset("i we it this that which there".split())
_POINTERS = frozenset("the a an our its my your his her their this that each every some no any another".split())
_NO_NOUNS = frozenset(
    "and or but nor so as if when while then to by for of in on at with from than after before despite he she you they who".split()
)

_THEIRS = frozenset("attitude behaviour conduct demands drinking manner presentation".split())


def by_other(line: Line, one: Found | Said) -> bool:
    """Say whether what is listed as done "by a person" is said of the writer or of a thing, and so blames nobody.

    Args:
        line: the sentence.
        one: what was found in it.
    """
    if not one.entry.kind.endswith("by a person"):
        return False
    near = line.seen.folded[max(0, one.start - 60) : one.start].split()
    while near and (near[-1] in _BETWEEN or near[-1].endswith("ly")):
        near.pop()
    if not near:
        return False
    doer = near[-1]
    if doer.removesuffix("'ve").removesuffix("'d").removesuffix("'m") in _OTHERS:
        return True
    return doer.isalpha() and doer not in _people() | _NO_NOUNS | _POINTERS and not _POINTERS.isdisjoint(near[-4:-1])


@cache
def _people() -> frozenset[str]:
    named = classes()
    return named["role"] | named["family"] | named["persony"] | _THEIRS
