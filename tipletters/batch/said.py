"""Says an error about a case in the words of somebody with a table: which cell, what is wrong, what to do."""

import re

from tipletters.batch.plan import Plan
from tipletters.errors import TiplettersError

_PLACES = (
    re.compile(r"field “([a-z0-9_]+)”"),
    re.compile(r"\[(client|delivery|spoken|decides|author)\](?: →|,)? (\w+)"),
    re.compile(r"“(client|delivery|spoken|decides|author) → (\w+)(?: → [^”]+)?”"),
    re.compile(r"“(reference|date)”"),
    re.compile(r", (reference)(?= |$)"),
)
_NOTHING = re.compile(r" is missing\.$|^“client → \w+” is empty\.$")


def said(problem: TiplettersError, plan: Plan) -> tuple[str, str, str]:
    """Return the cell that an error is about, what is wrong, and what to do, in the words of somebody with a table."""
    cell = _cell(problem, plan)
    then = problem.then.replace("one_name = true", "yes in a column “one name”")
    if not _NOTHING.search(problem.what):
        return cell, problem.what, then
    then = "Fill it in." if then.startswith("Mend ") else then
    return cell, "This cell is empty." if cell in plan.columns else "No column gives this.", then


def unexpected(problem: Exception) -> tuple[str, str, str]:
    """Return the same of an error that nobody foresaw; what it says could hold a secret, so its kind alone is told."""
    what = f"Something went wrong that we did not expect ({type(problem).__name__})."
    return "", what, "Tell the person who looks after tipletters, and write this letter by itself."


def _cell(problem: TiplettersError, plan: Plan) -> str:
    """Return the column that an error is about, or the place in the case where no column fills it."""
    if problem.where in plan.columns:
        return problem.where
    if place := place_of(problem):
        return plan.column_of(place) or place
    word = problem.where.rpartition(", ")[2]
    if not word:
        return ""
    return plan.column_of(word) or (word if word in ("reference", "consent.date", "consent.until") else "")


def place_of(problem: TiplettersError) -> str:
    """Return the place in a case that an error is about, such as "client.first_name"; empty where it names none."""
    for pattern in _PLACES:
        if found := pattern.search(f"{problem.where} {problem.what}"):
            return ".".join(("fields", *found.groups()) if pattern is _PLACES[0] else found.groups())
    return ""
