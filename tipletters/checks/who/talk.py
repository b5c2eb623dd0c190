"""Who was spoken of last, sentence by sentence: whoever is meant next by "she" or "he" is mostly one of them."""

import re

from tipletters.checks.text.line import Line
from tipletters.checks.who.kin import BOTH
from tipletters.checks.who.likelier import is_aside
from tipletters.checks.who.mentions import is_beside, is_worker
from tipletters.checks.who.named import TITLE, Named, is_first_name

_REPORTING = frozenset("history reports reported describes described notes noticed dates".split())
_WANTS = re.compile(r" (?:asked|asks|wants|wanted|wishes|demands) (?:that|for)\b")


class Talk:
    """Who was spoken of last; each gender has its own.

    Args:
        is_to_parent: the letter is to a parent, whose child goes on being "he" and "she".
    """

    def __init__(self, is_to_parent: bool) -> None:
        self.is_to_parent = is_to_parent
        self.last: dict[str, tuple[int, Named]] = {}  # in which sentence, and who
        self.other: dict[str, bool] = {}  # whether the last sentence was about somebody else
        self.began: dict[str, bool] = {}  # whether somebody else began it
        self.paragraph = -1

    def was_client(self, gender: str, line: Line) -> bool:
        """Say whether the client was spoken of in the last two sentences."""
        at, who = self.last.get(gender, (-9, None))
        return who is not None and who.is_client and line.number - at < 3

    def open(self, line: Line) -> None:
        """Begin a sentence; a new paragraph speaks of the client again."""
        if line.paragraph != self.paragraph:
            self.paragraph, self.other, self.began = line.paragraph, {}, {}

    def close(self, line: Line, said: list[Named]) -> None:
        """Remember what a sentence said, when it is over."""
        self.other, self.began = {}, {}
        # "The surveyor came and he found none": now it is known that the surveyor is no "she"
        told = {one.genders for one in said if not (one.is_noun or one.is_owner or one.is_client)}
        unknown = [one for one in said if one.genders == BOTH and not one.is_client]
        if len(told) == 1 == len(unknown):
            said = [one._replace(genders=min(told)) if one in unknown else one for one in said]
        for gender in BOTH:
            if fitting := [one for one in said if gender in one.genders and (one.is_noun or not one.is_owner)]:
                self.last[gender] = line.number, fitting[0] if fitting[0].is_client else fitting[-1]
            if acting := [one for one in fitting if not one.is_owner]:
                first, last = acting[0], acting[-1]
                reports = not _REPORTING.isdisjoint(line.seen.words)  # "The daughter gives a history of falls. She ..."
                self.began[gender] = not first.is_client and _holds(line, first)
                # "The OT came on Monday. She is still in pain."
                is_passing = len(acting) == 1 and is_worker(line, last)
                wants = _WANTS.search(line.seen.folded, first.at, first.at + 60)  # "Mr Polk asked that he be kept away"
                self.other[gender] = self.began[gender] and bool(wants or not (last.is_client or reports or is_passing))


def _holds(line: Line, one: Named) -> bool:
    """Say whether somebody is what a sentence is about: they begin it, or are kin who are not only there beside others."""
    if is_aside(line.seen.folded, one.at):
        return False
    if len(line.seen.folded[: one.at].split()) < 3:
        return True
    if len(one.genders) != 1 or TITLE.match(line.sentence.text, one.at) or is_beside(line, one):
        return False
    return not line.sentence.text[one.at].isupper() or is_first_name(line, one)
