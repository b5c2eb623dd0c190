"""A letter that the client checks first: a folder as `tipletters review` works with, and in it the copy to check."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import tomlkit

from tipletters.config import House
from tipletters.draft import Draft
from tipletters.review.corrections import Corrections
from tipletters.review.folder import Folder
from tipletters.review.giving import start
from tipletters.review.record import Review, review_file

_CASE = Path("case.toml")
# How long a client has to answer: two weeks from the letter's date, so that the clock is not in it.
_REPLY_WITHIN = timedelta(days=14)


def to_check(made: Draft, data: Mapping[str, Any], house: House, by: str) -> tuple[Draft, dict[str, bytes]]:
    """Return the copies for the client to check, and the files that belong beside them.

    Args:
        made: the letter's draft.
        data: what its case file holds.
        house: the organisation's defaults.
        by: who gives the letter to the client.

    Raises:
        ReviewError: letters of this kind are not checked.
    """
    case = made.case
    letter = Folder(_CASE, case, house, Review(case.reference, _CASE.name), Corrections(case.reference))
    day = case.date
    moved, copies = start(letter, made, reply_by=day + _REPLY_WITHIN, by=by, now=datetime.combine(day, time()))
    beside = {path.name: content for path, content in review_file(moved.review, _CASE).items()}
    return copies, {_CASE.name: tomlkit.dumps(_filled(data)).encode(), **beside}


def _filled(value: Any) -> Any:
    """Leave out what is empty: TOML has no word for it."""
    if isinstance(value, Mapping):
        return {key: _filled(one) for key, one in value.items() if one is not None}
    return [_filled(one) for one in value] if isinstance(value, list | tuple) else value
