"""What the client's answers say of each part, each copy and of sending, and what must be asked again."""

from dataclasses import dataclass

from tipletters.quiet import Quiet


@dataclass(frozen=True, repr=False)
class Question(Quiet):
    """Something to ask the client again.

    Args:
        text: what is not clear; never the client's words.
        part: the part it is about; 0 for none.
        recipient: the recipient's key it is about.
    """

    text: str
    part: int = 0
    recipient: str = ""


@dataclass(frozen=True, repr=False)
class PartSaid(Quiet):
    """What was said of one part. Where it is not clear, `unclear` holds and the part counts as one to change."""

    number: int
    right: bool = False
    change: bool = False
    private: tuple[str, ...] = ()
    words: str = ""
    unclear: bool = False


@dataclass(frozen=True, repr=False)
class CopySaid(Quiet):
    """What was said of one recipient's copy: yes, no, or neither; `without` names parts to leave out.

    A no that only holds until the client is asked again is marked `later` where that is what they want, else
    `ask_again`.
    """

    recipient: str
    yes: bool = False
    no: bool = False
    later: bool = False
    ask_again: bool = False
    without: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """What was said, in words for the worker; empty where nothing was."""
        if not (self.yes or self.no):
            return ""
        without = f", without part {', '.join(map(str, self.without))}" if self.without else ""
        if self.no:
            how = ", wants to be asked later" if self.later else ", until you have asked again" * self.ask_again
            return f"no copy{how}{without}"
        return f"yes{without}"


@dataclass(frozen=True, repr=False)
class Sending(Quiet):
    """How the client would like to get the letter; where that cannot be told, `unclear` holds."""

    nothing: bool = False
    hand: bool = False
    post: bool = False
    unclear: bool = False
    address: str = ""
    large_print: bool = False
    aloud: bool = False

    @property
    def ways(self) -> list[str]:
        """What holds back the post, in words that go on from "the client"."""
        return ["wants nothing sent"] * self.nothing + ["wants to be handed it"] * self.hand


@dataclass(frozen=True, repr=False)
class Said(Quiet):
    """All that the answers say."""

    declined: bool = False
    parts: tuple[PartSaid, ...] = ()
    copies: tuple[CopySaid, ...] = ()
    left_out: str = ""
    sending: Sending = Sending()
    felt: str = ""
    felt_words: str = ""
    who: str = ""
    questions: tuple[Question, ...] = ()
