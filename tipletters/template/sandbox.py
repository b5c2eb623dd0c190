"""Jinja2 as a closed box: what a template prints is put aside, and what it may do is little.

Every printed value, and every private passage, stands in the rendered text as a placeholder of two private-use
characters around its number, so that no value can become structure and no label can be lost.
"""

import re
from collections.abc import Iterable, Iterator
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
from tipletters.letter import clean
from tipletters.template.filters import FILTERS, blank_printed
from tipletters.template.guard import guard, label_of
from tipletters.template.shape import Group
from tipletters.template.values import CLOSE, OPEN, Blank, Labelled, Prose, Record, Text

# A letter of a few pages takes some hundred steps; what takes more than this would never end.
MAX_STEPS = 100_000
_INLINE_TAG_AT_END = re.compile(r"(?m)^(?!\s*(?:\{%(?:[^%]|%(?!\}))*%\}\s*)+$)(.*[^+\-])%\}[ \t]*$")
_END_OF_PRIVATE = re.compile(r"(\{%-?\s*endprivate\s*)%\}")


@dataclass(slots=True)
class Rendering:
    """What one rendering of a template has put aside; it lives no longer than that.

    Args:
        kept: the values and private passages, each at the place that its placeholder names.
        steps: taken so far; where they grow too many, the rendering ends.
    """

    kept: list[Text | Prose | Group] = field(default_factory=list)
    steps: int = 0

    def keep(self, value: Text | Prose | Group) -> Markup:
        """Put a value aside, and return its placeholder."""
        self.step()
        self.kept.append(value)
        return Markup(f"{OPEN}{len(self.kept) - 1}{CLOSE}")  # noqa: S704 - digits between marks of ours

    def step(self) -> None:
        """Count a step.

        Raises:
            TemplateError: there were too many.
        """
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TemplateError("This template does not come to an end.", then="Look for loops inside loops.")


current: ContextVar[Rendering] = ContextVar("current")


@jinja2.pass_context
def _finalize(_: Context, value: Any) -> Markup:
    """Put a printed value aside. Taking the context keeps Jinja from doing this when it compiles."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()
    if isinstance(value, Blank):
        raise blank_printed(value)
    return current.get().keep(_printable(value))


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
    render = current.get()
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
        return current.get().keep(Group(str(caller()), frozenset({label})))


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
        current.get().step()
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
