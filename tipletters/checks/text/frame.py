"""What frames a letter: the letterhead above "Dear …" and the names under "Yours sincerely"."""

import re

from tipletters.checks.text.line import Line
from tipletters.checks.text.page import Kind
from tipletters.checks.text.view import View

_OPENS = re.compile(r"(?:dear|hello|hi)\b")
_CLOSES = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly)|(?:with )?(?:(?:my )?(?:kind(?:est)?|best|warm(?:est)?) (?:regards|wishes))|(?:many thanks|thanks|regards|best|cheers|yours),?$)"
)
_NO_SIGNATURE = re.compile(r"(?:enc|cc|copy|copies|the)\b")
_NO_LETTERHEAD = re.compile(r"^(?:The|Your) |\n|\d{3}")
_BY = re.compile(r"(?:completed|dictated|typed|prepared|signed|written|seen) by\b")


_LINES = 5  # a text shorter than that is no letter


def body(view: View) -> range:
    """Return the lines between the greeting and the close, both excluded; the names at the end are no part of it."""
    first, last = 0, len(view.lines)
    for number, line in enumerate(view.lines[:60]):
        if _OPENS.match(line.seen.folded):
            first = number + 1
            break
    for number in range(last - 1, max(first, last - 25) - 1, -1):
        if _CLOSES.match(view.lines[number].seen.folded):
            return range(first, number)
    while last - first > _LINES and _is_signature(view.lines[last - 1]):
        last -= 1  # a name and a role without "Yours sincerely"
    return range(first, last)


def _is_signature(line: Line) -> bool:
    text = line.sentence.text
    return line.block.kind is not Kind.ITEM and text[-1:] not in ".!?:;" and is_title(text)


def is_signed(view: View, line: Line) -> bool:
    """Say whether a line right under the close says who writes ("Ann Lee, RNLD", "ST6 Neurology"), or "Completed by: …" does."""
    under = line.number - view.once(body).stop
    if 0 <= under < 4 and line.block.kind is Kind.HEADING:
        return not _NO_SIGNATURE.match(line.seen.folded)
    return bool(_BY.match(line.seen.folded))


def is_letterhead(view: View, line: Line) -> bool:
    """Say whether a line is the first of a letter and says who writes, or what the paper is: "CAMHS Tier 3"."""
    if line.number or len(view.lines) <= _LINES:
        return False
    return not _NO_LETTERHEAD.search(line.sentence.text) and is_title(line.sentence.text)


def is_marked(view: View, line: Line) -> bool:
    """Say whether a sentence stands in a passage that begins with a [private] marker, as a worker types it."""
    return view.page.text.startswith(("[private", "[Private", "[PRIVATE"), line.paragraph)


def is_title(text: str) -> bool:
    """Say whether a short line is a name or a role: every longer word begins with a capital."""
    words = re.findall(r"[^\W\d_][\w’'-]*", text[:90])
    return len(words) < 10 and all(word[0].isupper() or len(word) < 4 for word in words)
