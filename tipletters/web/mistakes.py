"""What in the answers of a form cannot be right: each at its own question, in the form's own words."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tipletters.batch.said import place_of
from tipletters.errors import TiplettersError
from tipletters.web.here import here
from tipletters.web.questions import Question

# What a question needs, where an error of a case file speaks of quotation marks and brackets.
_NEEDS = {
    "text": "This needs words.",
    "prose": "This needs words.",
    "list": "This needs one answer a line.",
    "lines": "This needs one answer a line.",
    "date": "This needs a day that exists.",
    "time": "This needs a time, such as 17:30.",
    "yes/no": "This needs a yes or a no.",
    "person": "This person needs a name.",
    "rows": "This needs lines, each part in its own box.",
}
_OF_KIND = re.compile(r"^This (?:field needs|must be|is not a date)\b")
# How an error names its place in a case file, where the form shows the question itself.
_NAMED = re.compile(r"^(?:The field )?“[\w →]+”(?= )")
_WITHIN = re.compile(r"(?:number|row) \d+.*$")
_FILE = re.compile(r"^(?:Mend “.*” and try again|Change the value in the case)\.")


def mistakes(
    make: Callable[[Mapping[str, Any]], Any], data: Mapping[str, Any], asked: Iterable[Question]
) -> tuple[list[dict[str, str]], TiplettersError | None]:
    """Return every answer that cannot be right, and what else stops the letter.

    Args:
        make: makes the letter of what stands in its case, or raises the first thing that stops it.
        data: what stands in the case.
        asked: the questions of the form.
    """
    questions = {one.place: one for one in asked}
    found: dict[str, dict[str, str]] = {}
    while True:
        try:
            make(data)
        except TiplettersError as error:
            place = place_of(error)
            if place not in questions or place in found:
                return list(found.values()), error
            found[place] = at_question(error, questions[place])
            data = _without(data, questions[place])  # as if it were not answered: the next one shows
        else:
            return list(found.values()), None


def _without(data: Mapping[str, Any], question: Question) -> dict[str, Any]:
    kept = {name: value for name, value in _section(data, question).items() if name != question.name}
    return {**data, question.section: kept} if question.section else kept


def _section(data: Mapping[str, Any], question: Question) -> Mapping[str, Any]:
    section = data.get(question.section) if question.section else data
    return section if isinstance(section, Mapping) else {}


def at_question(error: TiplettersError, question: Question) -> dict[str, str]:
    """Return an error as it stands at its question.

    Args:
        error: what is wrong.
        question: where.
    """
    within = _WITHIN.search(error.where)
    what = _NAMED.sub("This", error.what)
    if _OF_KIND.search(what):
        what = _NEEDS.get(question.kind, what)
    return {
        "id": question.id,
        "prompt": question.prompt,
        "what": f"{within[0].capitalize()}: {what}" if within else what,
        "then": here(_FILE.sub("Put it right here.", error.then)),
    }
