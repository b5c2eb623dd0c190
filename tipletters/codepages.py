"""Weighs in which of the old code pages a text was saved that says nothing of it."""

import codecs

# Windows, old Macs, old DOS programs, Windows in central Europe; the first wins where two fit alike. Libraries that
# guess among a hundred code pages take a handful of accented names for any of them, so we weigh these four by what
# letters in names look like.
_OLD = ("cp1252", "mac_roman", "cp850", "cp1250")
_SIGNS = frozenset("‘’“”–—…£€·•°½¼¾¹²³ªº¡¿±×÷§©®™«»\u00a0\u00ad")
_IN_WORDS = frozenset("‘’–—…·\u00a0\u00ad")


def likeliest(data: bytes) -> str:
    """Return the likeliest encoding of western text that is not UTF-8.

    Args:
        data: some of it; what is ASCII weighs nothing.
    """
    return max(_OLD, key=lambda name: (_plausible(data, name), -_OLD.index(name)))


def _plausible(data: bytes, name: str) -> int:
    """Weigh a reading: accented letters and usual signs speak for it, where they stand as in words and sums."""
    text = codecs.decode(data, name, errors="replace")
    signs = zip(" " + text, text, text[1:] + " ", strict=False)
    return sum(_weight(*three) for three in signs if not three[1].isascii())


def _weight(before: str, sign: str, after: str) -> int:
    if sign.isalpha():
        if sign.isupper() and before.islower():
            return -2
        return 1 if before.isalpha() or after.isalpha() else 0
    is_money_of_letters = sign in "£€" and after.isalpha()
    is_inside_a_word = before.isalpha() and after.isalpha() and sign not in _IN_WORDS
    return 1 if sign in _SIGNS and not is_money_of_letters and not is_inside_a_word else -2
