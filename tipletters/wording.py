"""Small things about how a sentence is written."""

import re


def capital_first(text: str) -> str:
    """Return the text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return the text as a sentence: a capital at its beginning, one full stop at its end."""
    return capital_first(text).rstrip(".") + "."


_BETWEEN = re.compile(r"(?<=[.?!”])\s+(?=[A-Z“])")


def advice_of(text: str) -> list[str]:
    """Return the sentences of an error's advice, so that one that does not hold here can be left out."""
    return _BETWEEN.split(text)


def counted(number: int, one: str, many: str) -> str:
    """Return "1 entry" or "2 entries"."""
    return f"{number} {one if number == 1 else many}"


# Signs that show nothing: they would hide a word from the checks. A soft hyphen splits "hyper-tension" in two.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Signs that command a terminal, or turn the order of what is shown: a file's text or name must not. With them halves
# of signs, as in a name that is no UTF-8, which cannot be written at all.
_COMMANDS = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return text of the same length that commands no terminal, and that can be written."""
    return _COMMANDS.sub("\ufffd", text)


_NOTHING = frozenset(("n", "no", "none", "nobody", "nothing", "-", "n/a"))


def means_nothing(answer: str) -> bool:
    """Say whether somebody who was asked for words answered that there are none."""
    return answer.strip().casefold() in _NOTHING
