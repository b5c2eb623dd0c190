"""Reads a day or a time in a cell, as people, Excel and databases write them; what cannot be right is never guessed."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from tipletters.batch.plan import Order
from tipletters.dates import read_date, read_time
from tipletters.errors import ReadError
from tipletters.tables import DAY_0

_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[/. -](?:\d{1,2}|[A-Za-z]{3,9})[/. -]\d{2}")
_NAMED = re.compile(r"(\d{1,2})-([A-Za-z]{3,9})-(\d{4})")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$")


def read_day(cell: Any, order: Order, day_0: date = DAY_0) -> date:
    """Return the day that stands in a cell.

    Args:
        cell: what stands in the table.
        order: which number of 03/04/2026 is the day.
        day_0: the day from which the table counts numbers of days.

    Raises:
        ReadError: it cannot be right.
    """
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date()
        raise ReadError("A time stands where only a date belongs.", then="Delete the time.")
    if isinstance(cell, date):
        return cell
    if is_serial(cell):
        return day_0 + timedelta(days=int(float(cell)))
    if not isinstance(cell, str):
        raise ReadError("This is not a date.", then="Write it as day/month/year, such as 26/08/2026.")
    text = _NAMED.sub(r"\1 \2 \3", _MIDNIGHT.sub("", cell))
    if _SHORT_YEAR.fullmatch(text):
        raise ReadError("The year of this date has two digits.", then="Write the year with four digits.")
    try:
        if found := _NUMBERS.fullmatch(text):
            first, second, year = map(int, found.groups())
            day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
            return date(year, month, day)
        return read_date(text)
    except ValueError:
        raise ReadError(
            "This is not a date that exists, or not one that we can read.",
            then="Write it as day/month/year, such as 26/08/2026.",
        ) from None


def is_serial(cell: Any) -> bool:
    """Say whether a cell holds a day as Excel counts it: five digits, from 1927 on."""
    return not isinstance(cell, bool) and bool(_SERIAL.fullmatch(str(cell).strip()))


def numbers_of(cell: Any) -> tuple[int, int] | None:
    """Return the first two numbers of a date such as 03/04/2026."""
    found = _NUMBERS.fullmatch(_MIDNIGHT.sub("", cell.strip())) if isinstance(cell, str) else None
    return (int(found[1]), int(found[2])) if found else None


def time_of_day(cell: Any) -> time:
    """Return the time that stands in a cell.

    Raises:
        ReadError: it cannot be right.
    """
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, float) and 0 <= cell < 1:  # Excel's part of a day
        minutes = round(cell * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    try:
        return read_time(re.sub(r"^(\d{1,2}:\d{2}):00$", r"\1", str(cell)))
    except ValueError:
        raise ReadError("This is not a time.", then="Write it as 17:30 or 5:30pm.") from None
