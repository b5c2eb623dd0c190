"""Renders a template to blocks: what it prints is read as lines first, and the values are put in last."""

import re
from collections.abc import Hashable, Iterator, Mapping, MutableMapping

import jinja2

from tipletters.errors import TemplateError
from tipletters.letter import NO_LABELS, Block
from tipletters.template.grammar import Line, shape_of_template
from tipletters.template.sandbox import Rendering, current
from tipletters.template.shape import Group, Shape, fill
from tipletters.template.values import CLOSE, OPEN, Prose, Text, Value

_PLACEHOLDER = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_ALONE = re.compile(rf"\s*{OPEN}([0-9]+){CLOSE}\s*")
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
    rendering = Rendering()
    token = current.set(rendering)
    try:
        text = template.render(context)
        key = (text, tuple(_kind(value) for value in rendering.kept))
        shape = shapes.get(key)
        if shape is None:
            if len(shapes) >= _MAX_SHAPES:
                shapes.clear()
            lines = _lines(text, rendering, (), NO_LABELS)
            shape = shapes[key] = shape_of_template(lines, lambda part: _taken(part, rendering))
        return fill(shape, rendering.kept)
    finally:
        current.reset(token)


def _kind(value: Text | Prose | Group) -> Hashable:
    return value if isinstance(value, Group) else isinstance(value, Prose)


def _lines(text: str, rendering: Rendering, scope: tuple[int, ...], labels: frozenset[str]) -> Iterator[Line]:
    """Yield the lines of a rendered text, with private passages opened up in their place."""
    for line in text.split("\n"):
        rendering.step()
        alone = _ALONE.fullmatch(line)
        number = int(alone[1]) if alone else -1
        held = rendering.kept[number] if alone else None
        if isinstance(held, Group):
            yield from _lines(held.body.strip("\n"), rendering, (*scope, number), labels | held.labels)
        else:
            yield Line(line.strip(), scope, labels, number if isinstance(held, Prose) else None)


def _taken(text: str, rendering: Rendering) -> tuple[str | int, ...]:
    """Take the placeholders of one run apart."""
    pieces: list[str | int] = list(_PLACEHOLDER.split(text))
    for index in range(1, len(pieces), 2):
        pieces[index] = number = int(pieces[index])
        value = rendering.kept[number]
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
