"""A text as its reader sees it: without signs that show nothing, with letters for ligatures, and one kind of line end."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from tipletters.quiet import Quiet
from tipletters.wording import UNSEEN

_LIGATURES = {sign: unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
_CHANGED = re.compile(rf"\r(?=\n)|{UNSEEN.pattern}|[{''.join(_LIGATURES)}]")
_LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n")


@dataclass(frozen=True, slots=True, repr=False)
class Shown(Quiet):
    """A text as its reader sees it, and the way back.

    Args:
        text: what is seen.
        gone: its places before which the original has a sign more.
        grown: its places whose letter the original has not.
    """

    text: str
    gone: tuple[int, ...] = ()
    grown: tuple[int, ...] = ()

    def origin(self, at: int) -> int:
        """Return the place in the original."""
        return at + bisect_left(self.gone, at) - bisect_left(self.grown, at)


def shown(text: str) -> Shown:
    """Return a text as its reader sees it."""
    if text.isascii() and not any(sign in text for sign in "\r\v\f"):
        return Shown(text)
    gone: list[int] = []
    grown: list[int] = []
    for found in _CHANGED.finditer(text):
        at = found.start() - len(gone) + len(grown)
        more = len(_LIGATURES.get(found[0], "")) - 1
        gone += [at] * (more < 0)
        grown += range(at, at + more)
    plain = _CHANGED.sub(lambda found: _LIGATURES.get(found[0], ""), text)
    return Shown(plain.translate(_LINE_ENDS), tuple(gone), tuple(grown))
