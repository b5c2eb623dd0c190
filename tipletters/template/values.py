"""The values that a template sees, each bound once from the case, with the labels it carries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from tipletters.errors import TemplateError
from tipletters.letter import NO_LABELS, Block
from tipletters.quiet import Quiet

# Marks of ours in rendered text; both are private-use characters, which no value and no template may hold.
OPEN, CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Labelled(Quiet):
    """A text that carries labels. It is no `str`: what would drop its labels, or tell of it, raises."""

    text: str
    labels: frozenset[str]
    field: str = ""

    def _refuse(self, *_: object) -> bool:
        raise TemplateError(
            "A template looks into something that the client may want kept private.",
            where=f"the field “{self.field}”" if self.field else "",
            then="Print the value, or put the whole passage between {% private %} and {% endprivate %}.",
        )

    __bool__ = __eq__ = __lt__ = __gt__ = __contains__ = _refuse
    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        self._refuse()
        return ""

    def __iter__(self) -> Iterator[str]:
        self._refuse()
        return iter(())

    def __len__(self) -> int:
        self._refuse()
        return 0


@dataclass(frozen=True, slots=True, repr=False)
class Prose(Quiet):
    """Paragraphs and bullets that a worker wrote, parsed once."""

    blocks: tuple[Block, ...]
    field: str = ""

    def __bool__(self) -> bool:
        return bool(self.blocks)


@dataclass(frozen=True, slots=True, repr=False)
class Blank(Quiet):
    """A field that was left empty: it can be asked about, and printing it stops the letter.

    Args:
        field: the name by which the template calls it.
        then: what to do where a letter cannot do without it; looping over it stops the letter too.
    """

    field: str
    then: str = ""

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(())


@dataclass(frozen=True, slots=True, repr=False)
class Record(Quiet):
    """Named values that belong together: a person, a table's row, the service."""

    values: Mapping[str, "Value"]
    field: str = ""

    def __bool__(self) -> bool:
        return True


Text = str | Labelled
Value = Text | Prose | Blank | Record | bool | date | time | tuple["Value", ...]


def labelled(text: str, labels: frozenset[str], field: str) -> Text:
    """Return a text with its labels; a plain `str` where it has none.

    Args:
        text: its words.
        labels: what it is about.
        field: the field that it comes from, for errors.
    """
    return Labelled(text, labels, field) if labels else text


def split(value: Text) -> tuple[str, frozenset[str]]:
    """Return a text's words and labels."""
    return (value.text, value.labels) if isinstance(value, Labelled) else (value, NO_LABELS)
