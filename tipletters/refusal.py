"""Why somebody gets no copy, and what to ask the client then. The words are for the worker to say, or to say better."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tipletters.access import Access, Standing
from tipletters.gate import Gate
from tipletters.letter import Block, clean, texts
from tipletters.people import Recipient
from tipletters.quiet import Quiet
from tipletters.redact import Redacted

# What the worker typed that is not printed: a bullet, a number, a marker, stars around bold words.
_MARKS = re.compile(r"^\s*(?:- |\d+\. )?\s*(?:\[\s*private[^\]]*\])?|\*\*", re.IGNORECASE)

_ASK = {
    Standing.NOT_ASKED: "“Is it all right if {name} gets a copy of this letter? Is there a part to leave out? "
    "A no is fine.”",
    Standing.REFUSED: "nothing. A no is fine. It can change if the client brings it up.",
    Standing.ASK_LATER: "“You wanted to be asked later about a copy for {name}. Is it all right now? A no is fine.”",
    Standing.ASK_AGAIN: "“We are not sure what you said about a copy for {name}. Is it all right? A no is fine.”",
    Standing.WITHDRAWN: "“You changed your mind about copies for {name}. Shall we tell them, if they have older ones?”",
    Standing.LAPSED: "“Your yes for {name} has run out. Is a copy still all right? Until when?”",
    Standing.OTHER_LETTER: "“You said yes to a copy of another letter for {name}. Is it all right for this one too?”",
    Standing.OTHER_PERSON: "“You said yes for somebody else in this role. Is it all right if {name} gets a copy?”",
    Standing.NOT_COUNTED: "who decides, with what authority? When you have seen it, write it under [decides] (who, "
    "authority, seen), and ask that person.",
}
_ASK_REVIEW = (
    "“Would you like to go through the letter together?” A letter of this kind goes to others once it is checked."
)
_ASK_EMPTY = "“Nothing would be left of this letter for {name}. Is there a part that they should know?”"


@dataclass(frozen=True, repr=False)
class Refusal(Quiet):
    """Why there is no copy, and what to ask.

    Args:
        why: the reason, in words for the worker.
        ask: what to ask the client.
        clear: the client said no, so that nothing is left to do.
    """

    why: str
    ask: str
    clear: bool = False


def refusal(recipient: Recipient, access: Access, check: Gate) -> Refusal | None:
    """Return why a recipient gets no copy; None where they may have one.

    Args:
        recipient: who it would be for.
        access: what the client's answers say.
        check: what the gate says.
    """
    clear = access.letter in (Standing.REFUSED, Standing.WITHDRAWN)
    if check.others_stopped:
        return Refusal(check.others_stopped, check.others_ask, clear)
    if access.letter is not Standing.PERMITTED:
        return Refusal(str(access.letter), _ASK[access.letter].format(name=recipient.name), clear)
    if check.unchecked:
        return Refusal("the client has not checked this letter yet, and letters of its kind need that", _ASK_REVIEW)
    return None


def nothing_left(recipient: Recipient, redacted: Redacted, fields: Mapping[str, Any]) -> Refusal | None:
    """Return the refusal of a copy from which all is withheld that the worker wrote; None where something is left."""
    if not redacted.withheld:
        return None
    kept, hidden = _text(redacted.letter.blocks), _text(redacted.withheld)
    written = [line for line in _lines(fields) if line in hidden or line in kept]
    if not written or any(line in kept for line in written):
        return None
    return Refusal("nothing of the letter would be left in it", _ASK_EMPTY.format(name=recipient.name))


def _text(blocks: Iterable[Block]) -> str:
    return "\n".join(text for block in blocks for text in texts(block))


def _lines(value: Any) -> Iterator[str]:
    """Yield each line that the worker wrote, without markers."""
    if isinstance(value, str):
        yield from filter(None, (clean(_MARKS.sub("", line)).strip() for line in value.splitlines()))
    elif isinstance(value, Mapping):
        yield from (line for key, one in value.items() if key != "private" for line in _lines(one))
    elif isinstance(value, list | tuple):
        yield from (line for one in value for line in _lines(one))
