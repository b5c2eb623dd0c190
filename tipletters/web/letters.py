"""The page of letters: all that are in the folder, and on whom each waits."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tipletters.dates import long_date
from tipletters.errors import TiplettersError
from tipletters.review.folder import folder_of
from tipletters.review.overview import waits_for
from tipletters.tomlfile import read_toml
from tipletters.web import shelf
from tipletters.web.desk import Desk
from tipletters.web.pages import page
from tipletters.web.preview import Made, make
from tipletters.wording import capital_first, counted


def show(desk: Desk, _: Mapping[str, str]) -> str:
    """Return the page, the newest letter first."""
    found = [_row(desk, one, path) for one, path in shelf.letters(desk)]
    found.sort(key=lambda row: (row["day"], row["reference"]), reverse=True)
    return page("letters.html", desk, letters=found, folder=str(desk.folder))


def _row(desk: Desk, letter: str, path: Path) -> dict[str, Any]:
    row: dict[str, Any] = {"letter": letter, "reference": path.stem, "whom": "", "about": "", "day": "", "date": ""}
    try:
        data = read_toml(path)
        client = data.get("client", {})
        row["reference"] = str(data.get("reference") or path.parent.name)
        row["whom"] = f"{client.get('first_name', '')} {client.get('last_name', '')}".strip()
        if isinstance(day := data.get("date"), date):
            row |= {"day": day.isoformat(), "date": long_date(day)}
        template = shelf.template_of(path, data)
        row["about"] = template.head.purpose
        made = make(desk, path, data, template)
        return row | {"waits": list(_waits(desk, path, made)), "trouble": "", "asks": not made.missing}
    except TiplettersError as error:
        return row | {"waits": [], "trouble": error.what, "asks": False}
    except (AttributeError, TypeError):
        return row | {"waits": [], "trouble": "This file is not written as a letter.", "asks": False}


def _waits(desk: Desk, path: Path, made: Made) -> Iterator[tuple[str, str]]:
    """Yield on whom a letter waits, and for what."""
    if made.missing:
        yield "you", f"{counted(len(made.missing), 'answer', 'answers')} still to write"
        return
    if made.draft.stopped:
        yield "you", made.draft.stopped
    if made.draft.questions:
        yield "you", counted(len(made.draft.questions), "thing to look at", "things to look at")
    waits = waits_for(folder_of(path, made.draft.case, made.house), desk.now().date())
    if waits != "nobody":
        whom, _, what = waits.partition(": ")
        yield whom.partition(",")[0], what
    for copy in made.draft.copies:
        if copy.letter is None and not copy.refused:
            yield "the client", f"{capital_first(copy.whom)}: {copy.why_none}"
