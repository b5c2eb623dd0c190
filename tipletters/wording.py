"""Small things about how a sentence is written."""


def capital_first(text: str) -> str:
    """Return the text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return the text as a sentence: a capital at its beginning, one full stop at its end."""
    return capital_first(text).rstrip(".") + "."


def counted(number: int, one: str, many: str) -> str:
    """Return "1 entry" or "2 entries"."""
    return f"{number} {one if number == 1 else many}"
