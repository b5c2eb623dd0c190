"""What every kind of document says first, and the one error of the first net."""

from tipletters.dates import long_date
from tipletters.errors import ProofError
from tipletters.letter import Head, clean


def of_head(head: Head) -> list[str]:
    """Return addressee, frame words and date, a line each."""
    return [*map(clean, head.addressee), *map(clean, head.frame), long_date(head.date)]


def left_over(part: str) -> ProofError:
    """Return the error for a document that holds more, less or something else than its letter."""
    return ProofError(
        "A document does not hold exactly what it may say. Nothing was written.",
        where=part,
        then="Draft again. If it happens again, please report it: it is a fault in tipletters, or in its files.",
    )
