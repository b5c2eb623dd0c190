"""Templates: found, read, and rendered to a Letter's blocks. See docs/templates.md."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2

from tipletters.errors import TemplateError, TiplettersError, did_you_mean
from tipletters.letter import Block, label_key
from tipletters.quiet import Quiet
from tipletters.template.bind import bind
from tipletters.template.engine import Shapes, render_blocks
from tipletters.template.head import Field, FieldType, Review, Source, TemplateHead, read_source
from tipletters.template.sandbox import environment, literals
from tipletters.template.values import Blank, Record, Value

SHARED = "shared-passages"


@dataclass(frozen=True, repr=False)
class Template(Quiet):
    """A template that is ready to render. The shapes that its letters had before hold its own words and no value."""

    source: Source
    compiled: jinja2.Template
    shapes: Shapes = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        """The word by which a case asks for it."""
        return self.source.name

    @property
    def head(self) -> TemplateHead:
        """What it says of itself."""
        return self.source.head

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """What it says by itself, whatever the case: a piece for each stretch between two values."""
        return (self.head.title, *literals(self.compiled.environment, self.source.body))


def names(folders: Sequence[Path]) -> dict[str, Path]:
    """Return each template's name and file; the first folder that has a name wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            if path.stem != SHARED:
                found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def find(name: str, folders: Sequence[Path]) -> Template:
    """Return the template called `name`.

    Raises:
        TemplateError: there is none, or it cannot be used.
    """
    known = names(folders)
    if name not in known:
        raise TemplateError(
            "There is no template of this name.",
            where=f"template = “{name}”",
            then=did_you_mean(name, known) or "Run “tipletters templates” to see which there are.",
        )
    return load(known[name], folders)


def load(path: Path, folders: Sequence[Path]) -> Template:
    """Return the template in a file.

    Args:
        path: the template's file.
        folders: where shared passages are looked for, after the template's own folder.

    Raises:
        TemplateError: it cannot be used.
    """
    source = read_source(path)
    sandbox = environment(str(folder) for folder in (path.parent, *folders))
    with _explained(source):
        compiled = sandbox.from_string(source.body)
        _check_labels(source)
    return Template(source, compiled)


def render(
    template: Template, given: Mapping[str, Any], setting: Mapping[str, Value], *, reference: str, where: str
) -> tuple[Block, ...]:
    """Return the blocks of a letter, with the labels they carry.

    Args:
        template: which letter.
        given: the case's fields, as they were written.
        setting: the values that every template knows: client, author, organisation, contact, crisis, letter, spoken.
        reference: the letter's reference.
        where: the case's file, for errors.

    Raises:
        CaseError: a field is missing, misspelt or wrong.
        TemplateError: the template asks for something that is not there.
    """
    values = bind(template.head.fields, given, reference, where)
    with _explained(template.source):
        return render_blocks(template.compiled, {**setting, **values}, template.shapes)


def _check_labels(source: Source) -> None:
    declared = {label_key(label) for label in source.head.labels}
    for label in re.findall(r"\{%-?\s*private\s+[\"']([^\"']*)[\"']", source.body):
        if label_key(label) not in declared:
            raise TemplateError(
                f"The label “{label}” is not declared in the template's head.",
                then=did_you_mean(label, source.head.labels, label_key) or f'Add it: labels = ["{label}"].',
            )


@contextmanager
def _explained(source: Source) -> Iterator[None]:
    """Turn what Jinja2 raises into an error that names the template and the line, and drop what it might quote."""
    try:
        yield
    except TemplateError as problem:
        where = ", ".join(filter(None, [str(source.path), _true_line(problem.where, source)]))
        raise TemplateError(problem.what, where=where, then=problem.then) from None
    except TiplettersError:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever a template does, nobody meets a traceback
        raise _translated(problem, source) from None


def _translated(problem: Exception, source: Source) -> TemplateError:
    path = str(source.path)
    if isinstance(problem, jinja2.TemplateSyntaxError):
        return TemplateError(
            f"This line of the template cannot be understood: {problem.message}",
            where=f"{path}, line {problem.lineno + source.first_line - 1}",
            then="Check that every {{ has its }} and every {% if %} its {% endif %}.",
        )
    if isinstance(problem, jinja2.UndefinedError):
        return TemplateError(
            f"The template prints something that is not there: {problem.message}",
            where=path,
            then="Declare it in the head, or correct its spelling.",
        )
    if isinstance(problem, jinja2.TemplateNotFound):
        return TemplateError(f"There is no file “{problem.name}” to import.", where=path, then="Check the name.")
    if isinstance(problem, RecursionError):
        return TemplateError(
            "This template does not come to an end.", where=path, then="Look for a macro that calls itself."
        )
    return TemplateError(
        "This template does something that a letter may not do.", where=path, then="See docs/templates.md."
    )


def _true_line(where: str, source: Source) -> str:
    """Return a line of the body as one of the file, which begins with the head."""
    found = re.fullmatch(r"line (\d+) of the body", where)
    return f"line {int(found[1]) + source.first_line - 1}" if found else where


def check(template: Template, setting: Mapping[str, Value]) -> Iterator[str]:
    """Render a template with its examples, whole and with the required fields alone, and yield what to mend.

    Args:
        template: which.
        setting: the values that every template knows.

    Raises:
        TiplettersError: it cannot be rendered.
    """
    fields = template.head.fields
    without = [one.name for one in fields if one.example is None and one.default is None]
    if without:
        yield f"These fields have no example: {', '.join(without)}."
        return
    whole = {one.name: one.default if one.example is None else one.example for one in fields}
    required = {one.name: whole[one.name] for one in fields if one.required}
    for given in (whole, required):
        if not render(template, given, setting, reference="EXAMPLE-1", where=str(template.source.path)):
            yield "It makes an empty letter."
    for one in fields:
        if not re.search(rf"\b{one.name}\b", template.source.body):
            yield f"The field “{one.name}” is asked and never used."


__all__ = [
    "Blank", "Field", "FieldType", "Record", "Review", "Template", "TemplateHead", "Value",
    "check", "find", "load", "names", "render",
]  # fmt: skip
