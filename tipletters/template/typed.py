"""Dates and times as people in the UK type them."""

import re
from datetime import date, time

from tipletters.template.filters import MONTHS

_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_SPOKEN = re.compile(r"(?:[a-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?\s+(\d{4})", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)", re.IGNORECASE)


def read_date(text: str) -> date:
    """Return the date in "2026-08-26", "26/8/2026" (day first) or "26 August 2026".

    Raises:
        ValueError: it is none of these, or no such day exists.
    """
    text = text.strip()
    if found := _SLASHED.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _SPOKEN.fullmatch(text):
        months = [n for n, name in enumerate(MONTHS, start=1) if name.casefold().startswith(found[2].casefold())]
        if len(months) == 1:
            return date(int(found[3]), months[0], int(found[1]))
    return date.fromisoformat(text)


def read_time(text: str) -> time:
    """Return the time in "17:30", "5:30pm" or "9am".

    Raises:
        ValueError: it is none of these.
    """
    text = text.strip()
    if not (found := _CLOCK.fullmatch(text)):
        return time.fromisoformat(text if len(text) != 4 or ":" not in text else f"0{text}")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3].lower()
    if not 1 <= hour <= 12:
        raise ValueError("there is no such hour")
    return time(hour % 12 + (12 if half == "pm" else 0), minute)
