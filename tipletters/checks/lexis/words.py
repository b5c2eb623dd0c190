"""What is known of single words: how hard, how rare, how many syllables."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tipletters.checks.lexis.lists import rows
from tipletters.resources import folder

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
# All that is no letter, digit or apostrophe is a space.
_ALONE = bytes(code if chr(code).isalnum() or chr(code) == "'" else ord(" ") for code in range(256))
_SIGNS = "–—“”‘…•→✓€"
_GROUPS = (3, 4, 5)  # letters in a group


class Listed(NamedTuple):
    """What the table of words says of one.

    Args:
        points: how hard it is.
        rarity: 5 less its Zipf frequency, at least 0.
        syllables: as textstat counts them.
    """

    points: float
    rarity: float
    syllables: int


@dataclass(frozen=True, slots=True)
class Tables:
    """The data behind the words: none of it is text of a letter.

    Args:
        words: each in small letters.
        groups: of letters, by which an unlisted word is weighed.
        weights: of the formula of difficulty, by name.
    """

    words: dict[str, Listed]
    groups: dict[str, float]
    weights: dict[str, float]

    def rarity(self, word: str, unlisted: float) -> float:
        """Return how rare a word is, 5 less its Zipf frequency and at least 0; `unlisted` where the table lacks it."""
        known = self.words.get(word)
        return unlisted if known is None else known.rarity


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Return the tables, read once."""
    found: dict[str, Listed] = {}
    for points, rarity, syllables, words in columns("rarity.txt", 4):
        found.update(dict.fromkeys(words.split(" "), Listed(float(points), float(rarity), int(syllables))))
    groups = {group: float(first) for first, many in columns("letter-groups.txt", 2) for group in many.split(" ")}
    weights = {term: float(weight) for term, weight, _, _ in rows("difficulty")}
    return Tables(found, groups, weights)


def words_alone(text: str) -> str:
    """Return a text with a space for all that is in no word, and of the same length; empty where it has rarer letters."""
    try:
        return _with_plain_signs(text).encode("latin-1").translate(_ALONE).decode("latin-1")
    except UnicodeEncodeError:
        return ""


def _with_plain_signs(text: str) -> str:
    if text.isascii():
        return text
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text.replace("’", "'")


def tokens(text: str, alone: str) -> list[str]:
    """Return the words of a sentence.

    Args:
        text: the sentence.
        alone: the same stretch of what `words_alone` made of the text around it.
    """
    return alone.split() if alone and "'" not in alone else TOKEN.findall(text)


def columns(name: str, count: int) -> list[list[str]]:
    """Return the lines of a shipped table, parted at tabs, without its head."""
    text = (folder("wordlists") / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("# ")]
    return [line.split("\t", count - 1) for line in lines[1:]]


def kind(token: str) -> str:
    """Say what a token is: "number", "code" (TSH), "mixed" (B12), "letter" (alone), or "word"."""
    if token.isdigit():
        return "number"
    if not token.isalpha() and any(map(str.isdigit, token)):
        return "mixed"
    if len(token) == 1:
        return "word" if token in ("a", "A", "I") else "letter"
    if token.islower() or token[1:].islower() or sum(map(str.isupper, token)) < 2:
        return "word"
    return "code"


def base(token: str) -> str:
    """Return a token in small letters, without a possessive s."""
    return token.lower().replace("’", "'").removesuffix("'s")


DIGIT = 1  # there is a digit in it
SHORT = 2  # it looks like a short form: CMHT, B12, Hb
MIXED = DIGIT | SHORT  # numbers and letters in one: B12, 50mg


def letter_groups(word: str) -> set[str]:
    """Return the groups of three to five letters in a word; ^ and $ are its ends."""
    text = f"^{word}$"
    return {text[at : at + size] for size in _GROUPS for at in range(len(text) - size + 1)}
