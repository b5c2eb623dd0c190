"""The answers to one review copy as they stand, put together from all replies in the order in which they were given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tipletters.case import Case
from tipletters.quiet import Quiet
from tipletters.review import form
from tipletters.review.copy import Asked
from tipletters.review.record import Reply
from tipletters.review.said import Question, Said
from tipletters.review.understand import day_of, understand


@dataclass(frozen=True, repr=False)
class Answered(Quiet):
    """The answers to one review copy as they stand after all replies, and which of them came when.

    Args:
        asked: what the copy asked.
        said: what the answers say.
        replies: the reply that spoke last of each group of controls.
    """

    asked: Asked
    said: Said
    replies: Mapping[str, Reply]

    def reply(self, group: str) -> Reply | None:
        """Return the reply that spoke last of a group."""
        return self.replies.get(group)


def answered(replies: Sequence[Reply], asked: Asked, case: Case) -> Answered:
    """Put together what was answered at different times.

    What is written down at a desk takes the place of what was said before of that group of controls. Of two returned
    files nobody can tell which was filled in first, so what both say is put together, and what differs is asked about.
    A file that is read after the desk, and was not surely filled in after it, only adds what holds back.

    Args:
        replies: all replies to copies that were made together, oldest first.
        asked: the copy.
        case: the case.
    """
    sheet = _Sheet(asked)
    for reply in replies:
        if reply.code == asked.code:
            sheet.add(reply, reply.filled, reply.unclear)
        else:
            sheet.add(reply, _of_other_copy(reply), ())
    said = understand(sheet.filled, frozenset(sheet.unclear), asked, case.recipients)
    spoke = sheet.spoke.get(form.SENDING)
    return Answered(asked, _with_post(said, spoke, asked, case) if spoke else said, sheet.spoke)


def day_of_answer(reply: Reply, asked: Asked) -> date:
    """Return the day on which the client answered.

    Of a returned file that is the day they wrote on it. Without one nobody knows, and it counts from the day on which
    the copy was made. What is written down at a desk is said at that moment.
    """
    return _day_told(reply, asked) or asked.made


def day_of_check(reply: Reply, asked: Asked) -> date:
    """Return the day on which the client checked the letter: of a file without a day, the one on which it was read."""
    return _day_told(reply, asked) or reply.on.date()


def _day_told(reply: Reply, asked: Asked) -> date | None:
    """Return the day that is known: that of a talk, or the one that the client wrote."""
    if not reply.digest:
        return reply.on.date()
    wrote = day_of(str(reply.filled.get(form.DAY, "")))
    return wrote if wrote and asked.made <= wrote <= reply.on.date() else None


def speaks_of_letter(keys: Iterable[str]) -> bool:
    """Say whether answers with these keys say a word about the letter itself, whether it is right or not."""
    return any(group_of(key).isdecimal() or key in (form.ALL_RIGHT, form.ELSE) for key in keys)


def group_of(key: str) -> str:
    """Return the group of a control: the part, the copy or the question that it is about."""
    return key.rstrip("abcdef")


class _Sheet:
    """The answers to one copy, put together reply by reply."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.filled: dict[str, bool | str] = {}
        self.unclear: set[str] = set()
        self.spoke: dict[str, Reply] = {}

    def add(self, reply: Reply, filled: Mapping[str, bool | str], unclear: Sequence[str]) -> None:
        answers = {key: value for key, value in filled.items() if value}
        self._change_of_mind(reply, (*answers, *unclear))
        for group in dict.fromkeys(map(group_of, (*answers, *unclear))):
            mine = {key: value for key, value in answers.items() if group_of(key) == group}
            untold = {key for key in unclear if group_of(key) == group}
            last = self.spoke.get(group)
            if last is None or self._is_later(reply, last):
                self._forget(group)
            elif not last.digest:
                refused = self.filled.get(f"{group}{form.NO}") is True and group.startswith(form.COPIES)
                mine = {} if refused else {key: value for key, value in mine.items() if not _gives(key)}
                if refused or not (mine or untold):
                    continue
            self._put(mine)
            self.unclear |= untold
            self.spoke[group] = reply

    def _change_of_mind(self, reply: Reply, keys: Sequence[str]) -> None:
        """Forget that all is right, or that they did not want to check it, where the client says otherwise later."""
        objects = form.DECLINE in keys or any(group_of(key).isdecimal() and key[-1] == form.CHANGE for key in keys)
        for key, is_taken_back in ((form.ALL_RIGHT, objects), (form.DECLINE, speaks_of_letter(keys))):
            last = self.spoke.get(group_of(key))
            if is_taken_back and last and self._is_later(reply, last):
                self._forget(group_of(key))

    def _is_later(self, reply: Reply, last: Reply) -> bool:
        """Say whether a reply was surely given after another that was read before it."""
        return not reply.digest or (not last.digest and day_of_answer(reply, self.asked) > last.on.date())

    def _forget(self, group: str) -> None:
        self.filled = {key: value for key, value in self.filled.items() if group_of(key) != group}
        self.unclear = {key for key in self.unclear if group_of(key) != group}

    def _put(self, mine: Mapping[str, bool | str]) -> None:
        for key, value in mine.items():
            old = self.filled.get(key)
            differs = isinstance(value, str) and isinstance(old, str) and old not in ("", value)
            self.filled[key] = f"{old}\n{value}" if differs else value


def _gives(key: str) -> bool:
    """Say whether an answer lets something go, or nothing depends on it."""
    group, end = group_of(key), key[-1]
    if group.isdecimal():
        return end == form.RIGHT
    if group.startswith(form.COPIES):
        return end == form.YES
    if group == form.SENDING:
        return end in (form.POST, form.ADDRESS)
    return group in map(group_of, (form.ALL_RIGHT, form.FELT))


def _of_other_copy(reply: Reply) -> dict[str, bool | str]:
    """Return what a reply to the other copy of the same day says of who may have it and of sending.

    Its parts have other numbers. Of a file only what holds back is sure to be meant for both.
    """
    numbered = {group_of(key) for key, value in reply.filled.items() if value and _names_parts(key)}
    return {
        key: value
        for key, value in reply.filled.items()
        if key.startswith((form.COPIES, form.SENDING))
        and group_of(key) not in numbered
        and not (reply.digest and _gives(key))
    }


def _names_parts(key: str) -> bool:
    return key.startswith(form.COPIES) and key[-1] in (form.WITHOUT, form.COPY_WORDS)


def _with_post(said: Said, reply: Reply, asked: Asked, case: Case) -> Said:
    """Take “post it to me” from a file only where it is the newest answer, and about the address that the case has.

    What holds back the post in the case was written there on a day that nobody knows, so a file never lifts it.
    """
    sending, delivery = said.sending, case.delivery
    if not (reply.digest and sending.post):
        return said
    if delivery.asked and delivery.asked > day_of_answer(reply, asked):
        return replace(said, sending=replace(sending, post=False))
    held = delivery.nothing_sent or delivery.hand_over or delivery.safe_address is False
    if not held and case.client.address in (asked.address, address_in(sending.address)):
        return said
    return replace(
        said, sending=replace(sending, post=False, unclear=True), questions=(*said.questions, Question(_ASK_POST))
    )


def address_in(words: str) -> tuple[str, ...]:
    """Return the lines of an address that somebody wrote."""
    return tuple(line.strip() for line in words.replace(",", "\n").splitlines() if line.strip())


_ASK_POST = (
    "What came back says “post it to me”. The case says something else, or another address. "
    "Until you have asked, hand it over."
)
