"""Readability of a whole text: the well-known formulas on our own sentences, and our own difficulty.

Formulas: Flesch 1948; Kincaid et al. 1975; McLaughlin 1969 (SMOG, made for 30 sentences or more); Gunning 1952.
Syllables are textstat's. Reading age in the UK: school grade + 5.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tipletters.checks.text.line import Seen


class Tally(NamedTuple):
    """What the formulas count, over all sentences with words in them.

    Args:
        sentences: how many.
        words: of all of them.
        syllables: of all words.
        long_words: words of three syllables or more.
        difficulty: of each sentence, times its words, together.
    """

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    long_words: int = 0
    difficulty: float = 0.0

    @classmethod
    def of(cls, sentences: Iterable[Seen]) -> "Tally":
        """Return what some sentences add."""
        count = words = syllables = long_words = 0
        hard = 0.0
        for seen in sentences:
            count += seen.word_count > 0
            words += seen.word_count
            syllables += seen.syllables
            long_words += seen.long_words
            hard += seen.difficulty * seen.word_count
        return cls(count, words, syllables, long_words, hard)

    @classmethod
    def together(cls, tallies: Sequence["Tally"]) -> "Tally":
        """Return the sum of some tallies."""
        return cls(*map(sum, zip(*tallies, strict=True)))


def scores(tally: Tally) -> dict[str, float]:
    """Return each score by name; nothing where there are no words."""
    sentences, words, syllables, long_words, difficulty = tally
    if not words:
        return {}
    per_sentence, per_word, hard = words / sentences, syllables / words, long_words / words
    grade = 0.39 * per_sentence + 11.8 * per_word - 15.59
    made = {
        "flesch_reading_ease": 206.835 - 1.015 * per_sentence - 84.6 * per_word,
        "flesch_kincaid_grade": grade,
        "smog": 1.043 * math.sqrt(long_words * 30 / sentences) + 3.1291,
        "gunning_fog": 0.4 * (per_sentence + 100 * hard),
        "reading_age": max(5.0, grade + 5),
        "difficulty": difficulty / words,
    }
    counts = {"words": float(words), "sentences": float(sentences), "smog_is_sure": float(sentences >= 30)}
    return {name: round(value, 2) for name, value in made.items()} | counts
