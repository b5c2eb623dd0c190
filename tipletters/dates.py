"""Dates and times as people in the UK say and type them."""

import re
from datetime import date, time

# English whatever the machine's locale says.
MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def long_date(value: date, weekday: bool = False) -> str:
    """Return a date as people say it: "26 August 2019", or "Monday 26 August 2019"."""
    spoken = f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{_DAYS[value.weekday()]} {spoken}" if weekday else spoken


def clock(value: time) -> str:
    """Return a time as people say it: "5:30pm", "9am", "12 noon", "12 midnight"."""
    if value.minute == 0 and value.hour in (0, 12):
        return "12 noon" if value.hour else "12 midnight"
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'pm' if value.hour >= 12 else 'am'}"


_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_SHORT = re.compile(r"(\d{1,2}[/.]\d{1,2}[/.])(\d{2})")
_LAST_CENTURY = 50
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


def read_typed(text: str) -> date:
    """Return a date that somebody typed for a letter of these years; its year may have two digits ("24/11/26").

    Raises:
        ValueError: it is no date, or its two digits could be of the last century.
    """
    if (found := _SHORT.fullmatch(text.strip())) and int(found[2]) < _LAST_CENTURY:
        return read_date(f"{found[1]}20{found[2]}")
    return read_date(text)


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
