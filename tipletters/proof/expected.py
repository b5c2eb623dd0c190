"""What every kind of document says first, how its lists are numbered, and the one error of the first net."""

from collections.abc import Iterable, Iterator

from tipletters.dates import long_date
from tipletters.errors import ProofError
from tipletters.letter import Block, Head, Paragraph, Style, clean, shown


def of_head(head: Head) -> list[str]:
    """Return addressee, frame words and date, a line each."""
    return [*map(clean, head.addressee), *map(clean, head.frame), long_date(head.date)]


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Yield each block that a document shows, with the number ("2. ") before an item of a numbered list."""
    number = 0
    for block in shown(blocks):
        number = number + 1 if isinstance(block, Paragraph) and block.style is Style.NUMBER else 0
        yield block, f"{number}. " if number else ""


def left_over(part: str) -> ProofError:
    """Return the error for a document that holds more, less or something else than its letter."""
    return ProofError(
        "A document does not hold exactly what it may say. Nothing was written.",
        where=part,
        then="Draft again. If it happens again, please report it: it is a fault in tipletters, or in its files.",
    )
