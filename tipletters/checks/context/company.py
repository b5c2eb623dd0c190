"""Says where a word of every day ("tone", "grounds", "outstanding") stands among words of the trade, and counts as one."""

import re
from collections import Counter

from tipletters.checks.lexis.finder import JARGON, Found
from tipletters.checks.lexis.short_forms import table
from tipletters.checks.lexis.words import SHORT
from tipletters.checks.text.frame import body
from tipletters.checks.text.line import YOU_WORDS, Line
from tipletters.checks.text.view import View

_CAPITALS = re.compile(r"(?<![\w’'-])[A-Z][A-Za-z]{0,4}[A-Z]s?(?![\w’'-])")
_TRADES = tuple(name for name in JARGON if name != "jargon-office")  # an office's words mean the same everywhere
_THICK = 4  # one sentence in so many: the whole letter speaks the trade's language


def needs_company(one: Found) -> bool:
    """Say whether a word is of every day, and hard only among words of the trade."""
    return one.entry.kind.endswith("in company")


def is_hard(one: Found) -> bool:
    """Say whether a term is hard by itself."""
    return not one.entry.kind.endswith(("in company", "mild", "head"))


def fields(view: View) -> frozenset[str]:
    """Return the lists whose hard terms the letter speaks most: its trades; none where it has no such term."""
    counts = Counter(
        one.entry.list for line in view.with_list(*_TRADES) for one in line.found(*_TRADES) if is_hard(one)
    )
    most = max(counts.values(), default=0)
    return frozenset(name for name, count in counts.items() if 2 * count >= most)


def is_of_another_field(one: Found, spoken: frozenset[str]) -> bool:
    """Say whether what a word of every day may mean belongs to a trade that the letter does not speak.

    Args:
        one: the word.
        spoken: the letter's trades, as `fields` tells them.
    """
    several = needs_company(one) and not one.entry.prefer
    return several and one.entry.list in _TRADES and one.entry.list not in spoken


def among_the_trade(view: View) -> frozenset[int]:
    """Return the lines that speak the trade's language: to a colleague about the client, never to the client."""
    hard = {line.number for line in view.with_list(*JARGON) if any(map(is_hard, line.found(*JARGON)))}
    hard |= {line.number for line in view.with_shape(SHORT) if line.of(_has_short_form)}
    if not view.speaks_of_client:
        return frozenset(number for number in hard if YOU_WORDS.isdisjoint(view.lines[number].seen.cues))
    inside = view.once(body)
    if _THICK * len(hard.intersection(inside)) >= len(inside):
        return frozenset(inside)
    return frozenset(near for number in hard for near in (number - 1, number, number + 1))


def _has_short_form(line: Line) -> bool:
    return any(found[0] not in table().known for found in _CAPITALS.finditer(line.sentence.text))
