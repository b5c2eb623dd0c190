"""Terms that no list can hold, known by how they are built: "neuropsychological assessment", "section 117", "Charcot foot".

A head ("assessment", "order") makes a term of the words before it. Which words may stand there is said in the head's row.
Among words of the trade, a step on a scale ("module 4", "segment VI") is a term too.
"""

import re
from collections.abc import Iterator

from tipletters.checks.context.company import among_the_trade
from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.trade import is_plain
from tipletters.checks.lexis.words import DIGIT, SHORT
from tipletters.checks.text.frame import body
from tipletters.checks.text.line import Line
from tipletters.checks.text.view import View

Span = tuple[int, int]  # where in a sentence a term stands
_LEARNED = re.compile(r"[a-z-]{2,}(?:al|ic|ive|ary|ory|ous|oid|ised|ified|genic|tile|ible|ular)")
_BEFORE = re.compile(r"([a-z][a-z-]{2,}) $")
_LEGAL = re.compile(
    r"(?<![\w.’'])(?:(?:[Ss]ections?|[Rr]egs?|[Rr]egulations?|[Gg]rounds?|[Ss]chedules?|SCHEDULES?|[Rr]ules?|ss?)\.? ?\d{1,3}[A-Z]{0,2}(?:\(\w{1,3}\))*"
    r"|Articles? \d{1,2}(?:\(\w\))*)(?![\w.]\d|\w)"
)
_ACT = re.compile(
    r"(?:[A-Z][a-z]+ (?:and |of |for |with |etc |\(Scotland\) ){0,2}){1,6}(?:Act|Regulations|Order) (?:19|20)\d\d\b"
)
_ACTS = cues("act regulations order")
_STEP = re.compile(
    r"\b(?:(?:[Ss]tep|[Mm]odule|[Tt]ier|(?<!, )[Bb]and|[Ll]evel|[Ss]egment|[Gg]rade|[Cc]ategory|[Dd]omain|[Cc]luster|[Cc]lass|Part|Mayo|Cat) (?:\d[a-c]?|[IV]{1,4})"
    r"|(?:Band|Category|Level|Cat|Tier) [A-E]|Stage \d)(?![\w.]\d|\w)"
)
_OURS = re.compile(r" (?:of|in|on) (?:this|the|your|our|that) (?:form|letter|leaflet|plan|page|report|booklet|pack)\b")


_EVERYDAY = 0.5  # rarity: 5 less the Zipf frequency; a learned word more common than that is known to all ("physical")


def built(view: View) -> Iterator[tuple[Line, Span]]:
    """Yield the terms that a noun makes with the learned word before it."""
    for line in view.with_list("heads"):
        for one in line.found("heads"):
            found = _BEFORE.search(line.seen.folded, max(0, one.start - 40), one.start)
            if found and _LEARNED.fullmatch(found[1]) and _is_learned(view, found[1]):
                yield line, (found.start(1), one.end)


def _is_learned(view: View, word: str) -> bool:
    """Say whether a word is not known to all; one that is of the trade by itself is left to the rare words."""
    known = view.lexicon[word]
    return known.rarity > _EVERYDAY and known.trade < view.profile.rare_word_points and not is_plain(word)


def _of_law(line: Line) -> tuple[Span, ...]:
    text = line.sentence.text
    pieces = [one for one in _LEGAL.finditer(text) if not _OURS.match(text, one.end())]
    acts = () if _ACTS.isdisjoint(line.seen.cues) else _ACT.finditer(text)
    return tuple(one.span() for one in (*pieces, *acts))


def legal(view: View) -> Iterator[tuple[Line, Span]]:
    """Yield what names a piece of law, or a step on a scale: "s67(2)(a)", "Mental Health Act 1983", "module 4"."""
    for line in view.with_shape(DIGIT):
        yield from ((line, one) for one in line.of(_of_law))
    if view.speaks_of_client:
        trade, inside = view.once(among_the_trade), view.once(body)
        for line in view.with_shape(DIGIT | SHORT):
            if line.number in trade and line.number in inside:
                yield from ((line, found.span()) for found in _STEP.finditer(line.sentence.text))
