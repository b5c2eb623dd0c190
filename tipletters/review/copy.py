"""The review copy: the letter exactly as the client would get it, its parts numbered, and what they can answer."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tipletters.case import Case
from tipletters.consent import CLIENT
from tipletters.copies import TO_SEND, Copy
from tipletters.dates import long_date
from tipletters.draft import Draft
from tipletters.gate import Way
from tipletters.letter import Block, Letter, Paragraph, Run, Table, words_of
from tipletters.passages import Passage, passages
from tipletters.people import Recipient
from tipletters.quiet import Quiet
from tipletters.review.form import checking, printed
from tipletters.review.parts import Part, parts
from tipletters.stage import Stage

REVIEW = {CLIENT: "client-review", TO_SEND: "client-review-to-send"}
CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that can be taken for another


@dataclass(frozen=True, repr=False)
class Line(Quiet):
    """One line of the letter as the client saw it: the part it belongs to (0: none), its passage's name, its words."""

    text: str
    part: int = 0
    id: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Asked(Quiet):
    """What one review copy asked.

    Args:
        code: tells this copy from every other; it is printed on each page.
        version: the letter's version.
        made: the day on which it was first made.
        lines: the letter as the client saw it.
        recipients: the keys of those whom it asks about, in order.
        sent: it may be sent; what must not be at home was left out.
        round: copies that were made together have the same; an older one is out of date.
        form: the questions as they are printed.
        again: the questions where the very same letter was given once more, and they were printed otherwise.
        address: the client's address when it was first made.
        people: each recipient's key with who that was when the copy was made: what is answered is about them.
    """

    code: str
    version: int
    made: date
    lines: tuple[Line, ...]
    recipients: tuple[str, ...] = ()
    sent: bool = False
    round: int = 1
    form: tuple[str, ...] = ()
    again: tuple[tuple[str, ...], ...] = ()
    address: tuple[str, ...] = ()
    people: dict[str, str] = field(default_factory=dict)

    @property
    def printings(self) -> tuple[tuple[str, ...], ...]:
        """The questions in every way in which they were printed."""
        return (self.form, *self.again)

    def described(self, recipients: Sequence[Recipient]) -> dict[str, str]:
        """Return whom each of its questions about a copy means, in words, also where somebody else has the key now."""
        now = {one.key: one for one in recipients}
        then = {key: self.people.get(key, now[key].person if key in now else key) for key in self.recipients}
        return {key: now[key].described if key in now and now[key].person == one else one for key, one in then.items()}

    def part(self, number: int) -> tuple[Line, ...]:
        """Return the lines of one part."""
        return tuple(line for line in self.lines if line.part == number)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its parts."""
        return tuple(sorted({line.part for line in self.lines} - {0}))


@dataclass(frozen=True, repr=False)
class ReviewCopy(Quiet):
    """A review copy to print, and what to remember of it."""

    copy: Copy
    asked: Asked


def review_copies(made: Draft, *, stage: Stage, reply_by: date, today: date) -> tuple[ReviewCopy, ...]:
    """Return the copies to check: one, and another to send where some of it must not be at home.

    Args:
        made: the letter's draft.
        stage: how far the letter has come.
        reply_by: the day by which an answer would help.
        today: the day on which they are made.
    """
    return tuple(
        _review_copy(copy, copy.letter, made, stage, reply_by, today)
        for copy in made.copies
        if copy.key in REVIEW and copy.letter is not None
    )


def _review_copy(copy: Copy, letter: Letter, made: Draft, stage: Stage, reply_by: date, today: date) -> ReviewCopy:
    case = made.case
    found = parts(letter.blocks, case.reference, case.fields)
    said_no = refused(made)
    whom = [one for one in made.copies if one.key not in REVIEW and one not in said_no]
    lines = tuple(_lines(letter, case, found))
    people = {one.key: one.person for one in case.recipients}
    code = _code(lines, copy.key, stage.version, [f"{one.key} {people.get(one.key)}" for one in whom])
    reference = printed_reference(case.reference, stage.version, code)
    form = checking(case, found, whom, said_no, code=code, reference=reference, reply_by=reply_by)
    to_print = replace(
        letter,
        head=replace(letter.head, reference=reference),
        blocks=(*numbered(letter.blocks, found), *form),
    )
    keys, sent = tuple(one.key for one in whom), copy.way == Way.SEND
    address, form_ = case.client.address, printed(form)
    asked = Asked(code, stage.version, today, lines, keys, sent=sent, form=form_, address=address, people=people)
    return ReviewCopy(replace(copy, key=f"{REVIEW[copy.key]}-{code.lower()}", letter=to_print), asked)


def refused(made: Draft) -> list[Copy]:
    """Return those to whom the client said a clear no; they are named and not asked about again."""
    return [one for one in made.copies if one.refused]


def printed_reference(reference: str, version: int, code: str) -> str:
    """Return what is printed at the foot of every page of a review copy."""
    return f"{reference}, version {version}, code {code}"


def numbered(blocks: Sequence[Block], found: Sequence[Part]) -> tuple[Block, ...]:
    """Return the blocks with "Part 3:" before the first words of each part."""
    made = list(blocks)
    for part in found:
        first = part.passages[0]
        made[first.block] = _marked(made[first.block], first.row, Run(f"Part {part.number}: ", bold=True))
    return tuple(made)


def _marked(block: Block, place: int, mark: Run) -> Block:
    if isinstance(block, Table):
        rows = list(block.rows)
        first, *others = rows[place].cells
        rows[place] = replace(rows[place], cells=((mark, *first), *others))
        return replace(block, rows=tuple(rows))
    return replace(block, runs=(mark, *block.runs)) if isinstance(block, Paragraph) else block


def _lines(letter: Letter, case: Case, found: Sequence[Part]) -> Iterator[Line]:
    """Yield the letter as its document shows it, a paragraph or row a line."""
    head = letter.head
    for text in (*head.addressee, *head.frame, long_date(head.date)):
        yield Line(text)
    part_of = {(one.block, one.row): part.number for part in found for one in part.passages}
    spoken: dict[int, list[Passage]] = {}
    for one in passages(letter.blocks, case.reference):
        spoken.setdefault(one.block, []).append(one)
    for number, block in enumerate(letter.blocks):
        if isinstance(block, Table) and block.header:
            yield Line(" | ".join(map(words_of, block.header)))
        for one in spoken.get(number, ()):
            yield Line(one.text, part_of.get((one.block, one.row), 0), one.id, tuple(sorted(one.labels)))


def _code(lines: Sequence[Line], key: str, version: int, whom: Sequence[str]) -> str:
    """Return five signs that stand for all that the copy says and asks: another text, or another label, has another."""
    said = "\n".join(
        (key, str(version), *whom, *("\t".join((f"{line.part} {line.text}", *line.labels)) for line in lines))
    )
    number = int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8).digest())
    signs = []
    for _ in range(5):
        number, at = divmod(number, len(CODE_SIGNS))
        signs.append(CODE_SIGNS[at])
    return "".join(signs)
