"""Says what a template may hold: a short list of kinds of Jinja2 code, so that everything else is refused."""

import jinja2
from jinja2 import nodes

from tipletters.errors import TemplateError, did_you_mean
from tipletters.template.filters import FILTERS

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.If,
    nodes.For,
    nodes.Macro,
    nodes.Call,
    nodes.CallBlock,
    nodes.Filter,
    nodes.Test,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.FromImport,
    nodes.Assign,
    nodes.AssignBlock,
    nodes.Keyword,
    nodes.CondExpr,
    nodes.ExtensionAttribute,
)
_COMPARISONS = frozenset({"eq", "ne"})


def guard(tree: nodes.Template, environment: jinja2.Environment) -> None:
    """Refuse a template that holds more than a letter needs, and count the steps of its loops.

    Raises:
        TemplateError: names the line.
    """
    for node in tree.find_all(nodes.Node):
        _check(node)
    for imported in tree.find_all(nodes.FromImport):
        imported.with_context = True
    for loop in tree.find_all(nodes.For):
        if loop.recursive:
            raise _refused("a recursive loop", loop.lineno)
        counted = nodes.Filter(loop.iter, "_each", [], [], None, None)
        loop.iter = counted.set_lineno(loop.lineno).set_environment(environment)


def _check(node: nodes.Node) -> None:
    if not isinstance(node, _ALLOWED):
        raise _refused(f"“{type(node).__name__}”", node.lineno)
    if isinstance(node, nodes.Operand) and node.op not in _COMPARISONS:
        raise _refused(f"the comparison “{node.op}”", node.lineno)
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise TemplateError(
            f"There is no filter “{node.name}”.",
            where=f"line {node.lineno} of the body",
            then=did_you_mean(node.name, FILTERS) or f"There are: {', '.join(sorted(FILTERS))}.",
        )
    if isinstance(node, nodes.AssignBlock) and node.filter:
        raise _refused("a filter on {% set %}", node.lineno)
    if isinstance(node, nodes.Call) and not isinstance(
        node.node, nodes.Name | nodes.Getattr | nodes.ExtensionAttribute
    ):
        raise _refused("a call of something without a name", node.lineno)
    if isinstance(node, nodes.Name) and node.name in ("loop", "caller", "self", "super", "varargs", "kwargs"):
        raise _refused(f"“{node.name}”", node.lineno)


def _refused(what: str, line: int) -> TemplateError:
    return TemplateError(
        f"A template may not use {what}.",
        where=f"line {line} of the body",
        then="Keep to {{ values }}, {% if %}, {% for %}, {% set %}, macros and {% private %}.",
    )


def label_of(expression: nodes.Expr, line: int) -> str:
    """Return the label of a `{% private "label" %}`.

    Raises:
        TemplateError: the label is no text in quotation marks.
    """
    if isinstance(expression, nodes.Const) and isinstance(expression.value, str) and expression.value.strip():
        return " ".join(expression.value.split()).casefold()
    raise TemplateError(
        "{% private %} needs a label in quotation marks.",
        where=f"line {line} of the body",
        then='Write, for instance, {% private "home life" %}.',
    )
