"""Renders a template's body with Jinja2, so that no value can become structure and no label can be lost.

Every printed value, and every private passage, is put aside and stands in the rendered text as a placeholder of two
private-use characters around its number. Only then is the text read as blocks, and the values are put in last.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from tipletters.dates import clock, long_date
from tipletters.errors import TemplateError
from tipletters.letter import NO_LABELS, Block, clean
from tipletters.template.filters import FILTERS, blank_printed
from tipletters.template.grammar import Line, shape_of_template
from tipletters.template.guard import guard, label_of
from tipletters.template.shape import Group, Shape, fill
from tipletters.template.values import CLOSE, OPEN, Blank, Labelled, Prose, Record, Text, Value

# A letter of a few pages takes some hundred steps; what takes more than this would never end.
MAX_STEPS = 100_000
_PLACEHOLDER = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_ALONE = re.compile(rf"\s*{OPEN}([0-9]+){CLOSE}\s*")
_INLINE_TAG_AT_END = re.compile(r"(?m)^(?!\s*(?:\{%(?:[^%]|%(?!\}))*%\}\s*)+$)(.*[^+\-])%\}[ \t]*$")
_END_OF_PRIVATE = re.compile(r"(\{%-?\s*endprivate\s*)%\}")


@dataclass(slots=True)
class _Render:
    """What one rendering has put aside; it lives no longer than that."""

    kept: list[Text | Prose | Group] = field(default_factory=list)
    steps: int = 0

    def keep(self, value: Text | Prose | Group) -> Markup:
        self.step()
        self.kept.append(value)
        return Markup(f"{OPEN}{len(self.kept) - 1}{CLOSE}")  # noqa: S704 - digits between marks of ours

    def step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TemplateError("This template does not come to an end.", then="Look for loops inside loops.")


_current: ContextVar[_Render] = ContextVar("current")


@jinja2.pass_context
def _finalize(_: Context, value: Any) -> Markup:
    """Put a printed value aside. Taking the context keeps Jinja from doing this when it compiles."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()
    if isinstance(value, Blank):
        raise blank_printed(value)
    return _current.get().keep(_printable(value))


def _printable(value: Any) -> Text | Prose:
    if isinstance(value, Labelled | Prose):
        return value
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, Record) and "name" in value.values:
        return _printable(value.values["name"])
    raise TemplateError(
        "A list or a table is printed as a whole.", then="Use a {% for %} loop, or the filter “listed” for a sentence."
    )


def _each(values: Any) -> Iterator[Any]:
    """Loop over a list, and nothing else, counting the steps."""
    if isinstance(values, Undefined):
        values._fail_with_undefined_error()
    if not isinstance(values, tuple | Blank):
        raise TemplateError("A {% for %} loop goes over something that is not a list.", then="Check the field's type.")
    if isinstance(values, Blank) and values.then:
        raise blank_printed(values)
    render = _current.get()
    for value in values:
        render.step()
        yield value


class _PrivateExtension(Extension):
    """`{% private "label" %}` … `{% endprivate %}`."""

    tags = {"private"}  # noqa: RUF012 - Jinja's interface

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Keep the line end after a tag that shares its line with text, and after a private passage.

        Lines of other tags alone leave none.
        """
        if re.search("[\ue000-\uf8ff]", source):
            raise TemplateError("There is a character in it that only shows in one special font.", where=filename or "")
        return _END_OF_PRIVATE.sub(r"\1+%}", _INLINE_TAG_AT_END.sub(r"\1+%}", source))

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        label = label_of(parser.parse_expression(), line)
        body = parser.parse_statements(("name:endprivate",), drop_needle=True)
        call = self.call_method("_hold", [nodes.Const(label)])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _hold(self, label: str, caller: Any) -> Markup:
        return _current.get().keep(Group(str(caller()), frozenset({label})))


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja2 with nothing in it that a letter does not need."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        guard(tree, self)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give a named value of a Record, and of nothing else."""
        if isinstance(obj, Record) and attribute in obj.values:
            return obj.values[attribute]
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        return self.undefined(name=attribute, hint=f"There is no “{attribute}” here.")

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, argument if isinstance(argument, str) else "")

    def call(self, context: Context, obj: Any, *args: Any, **named: Any) -> Any:
        _current.get().step()
        return super().call(context, obj, *args, **named)


def environment(folders: Iterable[str]) -> jinja2.Environment:
    """Return the sandbox; shared passages are looked for in `folders`, the first that has them wins."""
    made = _Environment(
        loader=jinja2.FileSystemLoader(list(folders)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        extensions=[_PrivateExtension],
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=50,
        auto_reload=False,
    )
    made.globals.clear()
    made.filters = cast(Any, {**FILTERS, "_each": _each})
    made.tests = {name: made.tests[name] for name in ("defined", "undefined")}
    return made


def literals(sandbox: jinja2.Environment, body: str) -> Iterator[str]:
    """Yield what a template says by itself, with the passages that it imports.

    Args:
        sandbox: where its imports are looked for.
        body: the template's text.
    """
    tree = sandbox.parse(body)
    yield from (node.data for node in tree.find_all(nodes.TemplateData))
    for node in tree.find_all(nodes.FromImport):
        if isinstance(node.template, nodes.Const) and sandbox.loader:
            yield from literals(sandbox, sandbox.loader.get_source(sandbox, node.template.value)[0])


# Shapes by the rendered text, with the kind of each value in it; a private passage's own text is part of its kind.
Shapes = MutableMapping[tuple[str, tuple[Hashable, ...]], Shape]
_MAX_SHAPES = 500


def render_blocks(template: jinja2.Template, context: Mapping[str, Value], shapes: Shapes) -> tuple[Block, ...]:
    """Return the blocks that the template makes of the values, with their labels.

    Args:
        template: the compiled template.
        context: the values by name.
        shapes: the shapes that the template had before; a new one is added.

    Raises:
        TemplateError: the template asks for what is not there, or would lose a label.
    """
    render = _Render()
    token = _current.set(render)
    try:
        text = template.render(context)
        key = (text, tuple(_kind(value) for value in render.kept))
        shape = shapes.get(key)
        if shape is None:
            if len(shapes) >= _MAX_SHAPES:
                shapes.clear()
            lines = _lines(text, render, (), NO_LABELS)
            shape = shapes[key] = shape_of_template(lines, lambda part: _taken(part, render))
        return fill(shape, render.kept)
    finally:
        _current.reset(token)


def _kind(value: Text | Prose | Group) -> Hashable:
    return value if isinstance(value, Group) else isinstance(value, Prose)


def _lines(text: str, render: _Render, scope: tuple[int, ...], labels: frozenset[str]) -> Iterator[Line]:
    """Yield the lines of a rendered text, with private passages opened up in their place."""
    for line in text.split("\n"):
        render.step()
        alone = _ALONE.fullmatch(line)
        number = int(alone[1]) if alone else -1
        held = render.kept[number] if alone else None
        if isinstance(held, Group):
            yield from _lines(held.body.strip("\n"), render, (*scope, number), labels | held.labels)
        else:
            yield Line(line, scope, labels, number if isinstance(held, Prose) else None)


def _taken(text: str, render: _Render) -> tuple[str | int, ...]:
    """Take the placeholders of one run apart."""
    pieces: list[str | int] = list(_PLACEHOLDER.split(text))
    for index in range(1, len(pieces), 2):
        pieces[index] = number = int(pieces[index])
        value = render.kept[number]
        if isinstance(value, Group):
            raise TemplateError(
                "A private passage holds only part of a paragraph.",
                then="Put {% private %} and {% endprivate %} on lines of their own, around whole paragraphs.",
            )
        if isinstance(value, Prose):
            raise TemplateError(
                f"The field “{value.field}” may be several paragraphs, but stands inside one.",
                then="Put it on a line of its own.",
            )
    return tuple(pieces)
