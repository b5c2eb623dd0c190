"""When two names mean the same: of a no too much is covered rather than too little, so they are compared loosely."""

import re

from tipletters.folding import words


def reference_key(reference: str) -> str:
    """Return a letter's reference in the form in which those of a no are compared: ML-2026-014 is ml 2026 14 too."""
    return "-".join(part.lstrip("0") or "0" for part in re.findall(r"[^\W\d_]+|\d+", reference.casefold()))


def same_name(one: str, other: str) -> bool:
    """Say whether two people, each "name, organisation", may be the same: they are, wherever they work now."""
    return bool(one and other) and words(one.partition(",")[0]) == words(other.partition(",")[0])
