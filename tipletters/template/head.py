"""The head of a template: the TOML between two lines of `+++` that says what the template is for and what it asks."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tipletters.errors import TemplateError
from tipletters.quiet import Quiet
from tipletters.tomlfile import fit, parse_toml, read_text


class FieldType(StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    PROSE = "prose"
    LIST = "list"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    YES_NO = "yes/no"
    PERSON = "person"
    ROWS = "rows"


class Review(StrEnum):
    """Whether the client checks a letter of this kind before copies go out."""

    REQUIRED = "required"
    OFFERED = "offered"
    NONE = "none"


@dataclass(frozen=True, repr=False)
class Field(Quiet):
    """One thing that a template asks.

    Args:
        name: the word by which case and template call it.
        type: what kind of answer it takes.
        prompt: the question to the worker.
        help: a sentence that helps to answer.
        required: an answer is needed.
        default: what stands there where nothing is answered.
        example: what `templates check` and the commented case file put in.
        options: the answers of a choice.
        columns: the columns of rows, or extra parts of a person.
        past: a date that is not later than the letter; the worker is asked about one that is.
    """

    name: str
    type: FieldType
    prompt: str
    help: str = ""
    required: bool = True
    default: Any = None
    example: Any = None
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    past: bool = False


@dataclass(frozen=True, repr=False)
class TemplateHead(Quiet):
    """What a template says of itself.

    Args:
        purpose: what the letter is for, in one line.
        when: when to use it.
        fields: what it asks, in order.
        labels: labels that its passages carry.
        review: whether the client checks the letter first.
        spoken_first: its news is talked about before it is written.
        young_people: it is for those under 16, so the date of birth must be known.
        title: the words before reference and date in the document's title property.
    """

    purpose: str
    when: str
    fields: tuple[Field, ...] = ()
    labels: tuple[str, ...] = ()
    review: Review = Review.OFFERED
    spoken_first: bool = False
    young_people: bool = False
    title: str = "Letter"


@dataclass(frozen=True, repr=False)
class Source(Quiet):
    """A template as it stands in its file."""

    name: str
    path: Path
    head: TemplateHead
    body: str
    first_line: int


_FENCE = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*\n", re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
# Names that every template knows without declaring them.
KNOWN_NAMES = ("client", "author", "organisation", "contact", "crisis", "letter", "spoken")


def read_source(path: Path) -> Source:
    """Return the template in a file.

    Raises:
        TemplateError: it has no head, or the head makes no sense.
    """
    text = read_text(path, TemplateError)
    found = _FENCE.match(text)
    if not found:
        raise TemplateError(
            "This template has no head.",
            where=str(path),
            then="Begin it with a line +++, the head, and another line +++.",
        )
    data = parse_toml(found[1], str(path), TemplateError, first_line=text[: found.start(1)].count("\n") + 1)
    head = fit(TemplateHead, data, str(path), TemplateError)
    _check_fields(head, str(path))
    return Source(path.stem, path, head, text[found.end() :], text[: found.end()].count("\n") + 1)


def _check_fields(head: TemplateHead, where: str) -> None:
    seen: set[str] = set()
    for field in head.fields:
        if not _NAME.fullmatch(field.name):
            raise TemplateError(
                "A field's name holds something else than small letters, digits and _.", where=where, then="Rename it."
            )
        if field.name in seen or field.name in KNOWN_NAMES:
            raise TemplateError(f"The name “{field.name}” is taken.", where=where, then="Give the field another name.")
        seen.add(field.name)
        if field.type is FieldType.CHOICE and not field.options:
            raise TemplateError(
                f"The choice “{field.name}” has no options.", where=where, then='Add options = ["…", "…"].'
            )
        if field.past and field.type is not FieldType.DATE:
            raise TemplateError(
                f"“{field.name}” is no date, so it cannot be past.",
                where=where,
                then='Take out past, or write type = "date".',
            )
        if field.type is FieldType.ROWS and not field.columns:
            raise TemplateError(
                f"The rows “{field.name}” have no columns.", where=where, then='Add columns = ["…", "…"].'
            )
