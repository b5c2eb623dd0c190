"""How a worker knows that answers are the client's own, given freely: only words that say how are taken."""

import re

from tipletters.errors import ReviewError

_NONE = re.compile(
    r"n|no|nope|none|nothing|not (?:yet|sure|known|certain)|unsure|unknown|maybe|perhaps|dunno|idk|n ?a|x|tbc|y|yes|ok|"
    r"(?:(?:i|we) )?(?:really )?(?:do not|dont|did not|didnt|can ?not|cant|could not|couldnt) "
    r"(?:know|say|tell|remember)(?: yet)?|"
    r"(?:(?:i|we) have )?no idea|(?:(?:i am|im|we are) )?not (?:really )?sure(?: yet)?"
)


def proves(words: str) -> bool:
    """Say whether some words say how it is known; “no”, “?” and “I don't know” do not."""
    bare = " ".join(re.sub(r"[^\w\s]", "", re.sub(r"[/_-]", " ", words.casefold())).split())
    return bool(bare) and not _NONE.fullmatch(bare)


def how_known(words: str) -> str:
    """Return how it is known, as the worker wrote it; "" where they left it out.

    Raises:
        ReviewError: they wrote that they do not know.
    """
    words = words.strip()
    if words and not proves(words):
        raise ReviewError(
            "This does not say how you know that the answers are the client's own, given freely.",
            then="Say it in a few words, such as “we filled it in together”. If you do not know yet, leave it empty: "
            "then a yes does not count.",
        )
    return words
