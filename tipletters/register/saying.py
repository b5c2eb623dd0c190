"""What is on record, in words: for the terminal and for the page."""

from collections.abc import Iterable, Iterator

from tipletters.access import Standing
from tipletters.consent import Answer, Provision
from tipletters.dates import long_date
from tipletters.register.entries import Sent


def said(one: Provision) -> str:
    """Return an answer as a short sentence."""
    what = "Letters" if one.about == "letter" else f"“{one.about}”"
    whom = ", ".join(sorted(one.named)) or one.recipient
    letters = "all letters from then on" if one.later else f"letter {one.letter}"
    until = f", until {long_date(one.until)}" if one.until else ""
    return f"{what} for {whom}: {one.said}, on {long_date(one.given)} ({one.how or 'not said how'}), {letters}{until}."


def holds(one: Provision, how: Standing) -> str:
    """Return whether an answer holds today, as a short sentence."""
    if one.answer is Answer.DENY:
        held = "It holds." if one.said == "no" else "It holds until the client is asked."
        return "A later yes lifted it." if how is Standing.PERMITTED else held
    return "It holds." if how is Standing.PERMITTED else f"It does not hold: {how}."


def holders(held: Iterable[Sent]) -> Iterator[str]:
    """Yield who already holds which letter."""
    for one in held:
        way = f", {one.way}" if one.way else ""
        yield f"{one.reference}, version {one.version}: {one.described}, {long_date(one.on)}{way}"
