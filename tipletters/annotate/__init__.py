"""Answers inside the document: Word comments on the very words, and safe replacements as tracked changes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tipletters.annotate import cut
from tipletters.annotate.changes import change, marks
from tipletters.annotate.places import Places, replaceable
from tipletters.annotate.remarks import Remarks
from tipletters.annotate.repack import repack
from tipletters.annotate.safe import Edit, Suggestion, suggestions_for
from tipletters.checks.issue import Issue, Report, told
from tipletters.errors import ReadError
from tipletters.quiet import Quiet
from tipletters.readers.model import Read
from tipletters.readers.word_pieces import Words
from tipletters.readers.word_styles import W

_QUOTED = 80  # letters of words that a comment repeats
_TOP = 5000  # letters from the beginning in which a greeting stands
_TO_ANOTHER = re.compile(r"(?m)^Dear (?:Dr|Doctor|Prof|Professor|Colleagues?|GP|Sirs?|Madam|Sister|all)\b[^\n,]{0,60}")
_GREET = "The changes below speak to the client. Please greet them by name here, and see that each “you” means them."
_NEVER = datetime(1980, 1, 1, tzinfo=UTC)  # a document that does not say when it was changed


@dataclass(frozen=True, repr=False)
class Annotated(Quiet):
    """A document with answers in it.

    Args:
        data: its bytes.
        comments: how many comments were added.
        changes: how many tracked changes.
        dropped: replacements that the meaning lock refused; each became a comment.
        ending: the ending that the file's name has to have: Word does not open a document with macros as .docx.
    """

    data: bytes
    comments: int
    changes: int = 0
    dropped: tuple[Suggestion, ...] = ()
    ending: str = ".docx"


def comments(read: Read, report: Report, when: datetime | None = None) -> Annotated:
    """Return the document with a comment for every issue, and nothing else changed.

    Args:
        read: a Word document that was read.
        report: what the checks say of it.
        when: the date of the comments; by default when the document was changed last.

    Raises:
        OutputError: the report is about another text.
        ReadError: this is no Word document.
    """
    return _annotated(read, report, (), (), when)


def suggest(read: Read, report: Report, when: datetime | None = None) -> Annotated:
    """Return the document with the safe replacements as tracked changes, and a comment for every other issue.

    Args:
        read: a Word document that was read.
        report: what the checks say of it.
        when: the date of comments and changes; by default when the document was changed last.

    Raises:
        OutputError: the report is about another text.
        ReadError: this is no Word document.
    """
    found, dropped = suggestions_for(report)
    if any(one.issues[0].check == "third-person" for one in found):
        report = replace(report, issues=(*_of_greeting(report.text), *report.issues))
    return _annotated(read, report, found, dropped, when)


def _of_greeting(text: str) -> Iterator[Issue]:
    """Yield what to say of "Dear Dr Hart" in a letter that now says "you" to the client."""
    for found in _TO_ANOTHER.finditer(text[:_TOP]):
        yield Issue("third-person", found.start(), found.end(), _GREET)


def chosen(read: Read, report: Report, edits: Sequence[Edit], when: datetime | None = None) -> Annotated:
    """Return the document with what a worker changed as tracked changes, and a comment for every issue that is left.

    Args:
        read: a Word document that was read.
        report: what the checks say of it.
        edits: what was changed, in the order of the text.
        when: the date of comments and changes; by default when the document was changed last.

    Raises:
        OutputError: the report is about another text.
        ReadError: this is no Word document.
    """
    answered = [tuple(one for one in report.issues if _meets(edit, one)) for edit in edits]
    suggestions = tuple(Suggestion((edit,), issues) for edit, issues in zip(edits, answered, strict=True))
    return _annotated(read, report, suggestions, (), when)


def _meets(edit: Edit, issue: Issue) -> bool:
    return edit.start < issue.end and issue.start < edit.end


@dataclass
class _Plan:
    """What is to be put between the letters of each paragraph."""

    opens: dict[int, dict[int, list[Any]]] = field(default_factory=dict)
    closes: dict[int, dict[int, list[Any]]] = field(default_factory=dict)
    shows: list[tuple[Words, int, Any]] = field(default_factory=list)  # the run that shows a comment, and after what
    words: dict[int, Words] = field(default_factory=dict)

    def put(self, words: Words, place: int, one: Any, *, closing: bool) -> None:
        self.words[id(words)] = words
        (self.closes if closing else self.opens).setdefault(id(words), {}).setdefault(place, []).append(one)

    def carry_out(self) -> None:
        after = {
            key: cut.put(words, self.opens.get(key, {}), self.closes.get(key, {})) for key, words in self.words.items()
        }
        for words, place, run in reversed(self.shows):
            after[id(words)][place].addnext(run)


def _annotated(
    read: Read,
    report: Report,
    suggestions: tuple[Suggestion, ...],
    dropped: tuple[Suggestion, ...],
    when: datetime | None,
) -> Annotated:
    if not read.package:
        raise ReadError(
            "Comments can only be put into a Word document.", then="Save the letter as .docx, or use --html instead."
        )
    places = Places(read.package, read.letter, report.text)
    remarks, plan = Remarks(places.document, when or read.modified or _NEVER), _Plan()
    changes: list[tuple[Any, Any, str]] = []
    answered: set[Issue] = set()
    for suggestion in suggestions:
        spots = [places.spots(edit.start, edit.end) for edit in suggestion.edits]
        if all(len(found) == 1 and replaceable(found[0]) for found in spots):
            answered.update(suggestion.issues)
            for edit, (spot,) in zip(suggestion.edits, spots, strict=True):
                start, end = marks()
                plan.put(spot.track.words, spot.start, start, closing=False)
                plan.put(spot.track.words, spot.end, end, closing=True)
                changes.append((start, end, edit.text))
    left = replace(report, issues=tuple(one for one in report.issues if one not in answered))
    for issue in told(left).issues:
        _comment(issue, report.text, places, remarks, plan)
    plan.carry_out()
    for start, end, text in changes:
        change(start, end, text, remarks)
    data = repack(read.package, remarks.parts())
    return Annotated(data, remarks.added, len(changes), dropped, places.document.ending())


def _comment(issue: Issue, text: str, places: Places, remarks: Remarks, plan: _Plan) -> None:
    """Put a comment on the words of an issue; for those outside the body, on the nearest paragraph, naming the place."""
    spots = places.spots(issue.start, issue.end)
    where = spots[0].track.where if spots else ""
    opening, closing, show = remarks.add(list(_said(issue, text[issue.start : issue.end], where)))
    if not spots or where:
        _around(places.host(spots[0].track if spots else None), opening, closing, show)
        return
    home = spots[0].track.paragraph.getparent()
    last = [one for one in spots if not one.track.where and one.track.paragraph.getparent() is home][-1]
    plan.put(spots[0].track.words, spots[0].start, opening, closing=False)
    plan.put(last.track.words, last.end, closing, closing=True)
    plan.shows.append((last.track.words, last.end, show))


def _around(paragraph: Any, opening: Any, closing: Any, show: Any) -> None:
    properties = paragraph.find(W + "pPr")
    paragraph.insert(0 if properties is None else 1, opening)
    paragraph.extend((closing, show))


def _said(issue: Issue, words: str, where: str) -> Iterator[str]:
    """Yield what a comment says: the message, what to write instead, and where the advice comes from."""
    if where:
        short = words if len(words) < _QUOTED else f"{words[:_QUOTED]} …"
        yield f"In {where}: “{' '.join(short.split())}”"
    yield issue.message
    if issue.suggestions:
        yield f"Write: {' / '.join(issue.suggestions)}"
    source = "the lists of tipletters" if issue.source == "own" else issue.source
    yield f"({issue.check}; from {source})"
