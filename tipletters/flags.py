"""One page for the worker that puts all flags of a letter together. It is never for the client, and never sent."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tipletters.case import Delivery
from tipletters.checks.issue import Issue, Report, Severity, told, worst_first
from tipletters.checks.sections import SECTIONS
from tipletters.config import House
from tipletters.consent import CLIENT, EVERYONE, LETTER, Provision
from tipletters.copies import Copy
from tipletters.dates import long_date
from tipletters.draft import Draft
from tipletters.errors import OutputError
from tipletters.letter import Block, Cell, Head, Letter, Paragraph, Row, Run, Style, Table
from tipletters.people import Frame
from tipletters.wording import capital_first
from tipletters.writers import WRITERS
from tipletters.writers.look import Look

_ENDINGS = {writer.ending: name for name, writer in WRITERS.items() if name != "text"}
_SHOWN = 20


def print_flags(made: Draft, reports: Mapping[str, Report], house: House, path: Path) -> bytes:
    """Return the page as the kind of document that the path's ending names.

    Args:
        made: the copies.
        reports: what the checks say of each copy, by its key.
        house: the organisation's name and logo.
        path: ends in .docx or .html.

    Raises:
        OutputError: it ends in something else.
    """
    kind = _ENDINGS.get(path.suffix.lower())
    if kind is None:
        raise OutputError(
            "The page of flags is a Word document or a web page.",
            where=f"--flags {path.name}",
            then="Give it a name that ends in .docx or .html.",
        )
    return WRITERS[kind].write(flags_page(made, reports), Look(), house, {})


def flags_page(made: Draft, reports: Mapping[str, Report]) -> Letter:
    """Return the page of flags.

    Args:
        made: the copies.
        reports: what the checks say of each copy, by its key.
    """
    case = made.case
    reports = {key: told(report) for key, report in reports.items()}
    head = Head(f"Flags {case.reference}", case.reference, case.date, case.author.name, frame=(Frame.WORKER,))
    blocks: list[Block] = [_paragraph(f"Flags for letter {case.reference}", Style.HEADING)]
    for heading, content in _parts(made, reports):
        found = list(content)
        if found:
            blocks += [_paragraph(heading, Style.SUBHEADING), *found]
    return Letter(head, tuple(blocks))


def _parts(made: Draft, reports: Mapping[str, Report]) -> Iterator[tuple[str, Iterable[Block]]]:
    yield "Please look at this first", _bullets([made.stopped, *made.questions, *_unmet(made)])
    yield "How each copy reads", _scores(made, reports)
    for heading, checks in SECTIONS.items():
        yield heading, _issues(reports, frozenset(checks))
    yield "What the client said when they were asked", _answers(made)
    yield "Who gets what", _bullets(_copies(made))
    yield "How it reaches the client", _bullets(_delivery(made.case.delivery))
    yield "Words that were allowed", _bullets(sorted({word for one in reports.values() for word in one.allowed}))


def _paragraph(text: str, style: Style = Style.BODY) -> Paragraph:
    return Paragraph((Run(text),), style)


def _bullets(lines: Iterable[str]) -> list[Block]:
    return [_paragraph(line, Style.BULLET) for line in lines if line]


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[Block]:
    made = tuple(Row(tuple(map(_cell, row))) for row in rows)
    return [Table(tuple(map(_cell, header)), made)] if made else []


def _cell(text: str) -> Cell:
    return (Run(text),) if text else ()


def _unmet(made: Draft) -> Iterator[str]:
    for need in made.unmet:
        yield f"The client needs {need}. We cannot make this: please ask who can."


def _scores(made: Draft, reports: Mapping[str, Report]) -> list[Block]:
    rows = []
    for copy in made.copies:
        report = reports.get(copy.key)
        if report and report.scores:
            age, hard = f"{report.scores['reading_age']:.0f}", f"{report.scores['difficulty']:.1f} of 6"
            mild = sum(one.severity is Severity.ADVICE for one in report.issues)
            rows.append((capital_first(copy.whom), age, hard, str(len(report.issues) - mild), str(mild)))
    return _table(("Copy", "Reading age", "Difficulty", "To change", "To think about"), rows)


def _issues(reports: Mapping[str, Report], checks: frozenset[str]) -> list[Block]:
    """Return a table of what some checks say, worst first; what several copies share stands in it once."""
    told: dict[tuple[str, str], tuple[str, ...]] = {}
    for report in reports.values():
        for first, *more in worst_first(report):
            if first.check in checks:
                words = _words(report, first)
                told.setdefault((first.check, words.casefold()), _row(first, words, len(more) + 1))
    rows = list(told.values())
    left = [_paragraph(f"… and {len(rows) - _SHOWN} more.")] if len(rows) > _SHOWN else []
    return [*_table(("The letter says", "What to know", "You could write"), rows[:_SHOWN]), *left]


def _words(report: Report, issue: Issue) -> str:
    words = " ".join(report.text[issue.start : issue.end].split())
    return words if len(words) < 70 else f"{words[:65].rpartition(' ')[0]} …"


def _row(issue: Issue, words: str, times: int) -> tuple[str, ...]:
    often = f" ({times} times)" if times > 1 else ""
    return f"{words or 'The whole letter'}{often}", f"{issue.message} ({issue.check})", "; ".join(issue.suggestions[:3])


def _answers(made: Draft) -> list[Block]:
    if not made.case.provisions:
        return [_paragraph("Nobody has asked yet. Please ask before a copy goes to anyone.")]
    names = {one.key: one.name for one in made.case.recipients}
    return _table(
        ("Who may have it", "About", "They said", "When", "Until", "Asked by"),
        (_answer(one, names) for one in made.case.provisions),
    )


def _answer(one: Provision, names: Mapping[str, str]) -> tuple[str, ...]:
    by = "" if one.answered_by == CLIENT else f" ({one.answered_by} decides)"
    return (
        "everyone" if one.recipient == EVERYONE else names.get(one.recipient, one.recipient),
        "the letter" if one.about == LETTER else one.about,
        f"{one.said}{by}",
        long_date(one.given),
        long_date(one.until) if one.until else "",
        ", ".join(filter(None, [one.asked_by, one.how])),
    )


def _copies(made: Draft) -> Iterator[str]:
    for copy in made.copies:
        yield f"{capital_first(copy.whom)}: {_fate(copy)}"


def _fate(copy: Copy) -> str:
    if copy.letter is None:
        return f"no copy. {copy.why_none}"
    left_out = "; ".join(f"{label} ({why})" for label, why in copy.withheld)
    way = f"{copy.way}. " if copy.way else ""
    return way + (f"Left out: {left_out}." if left_out else "The whole letter.")


def _delivery(delivery: Delivery) -> Iterator[str]:
    yield "The client wants nothing sent." if delivery.nothing_sent else ""
    yield "The client wants to be handed it." if delivery.hand_over else ""
    if delivery.asked is None:
        yield "Nobody has asked yet how this letter can reach the client safely. Please ask."
        return
    yield f"Asked on {long_date(delivery.asked)}."
    yield {True: "The address is safe to write to.", False: "The address is not safe to write to."}.get(
        bool(delivery.safe_address), ""
    )
    yield f"Who else opens the post: {delivery.post_opened_by}." if delivery.post_opened_by else ""
    yield f"Write on the envelope: {delivery.envelope_marking}." if delivery.envelope_marking else ""
    yield f"Not to be sent home: {', '.join(delivery.not_at_home)}." if delivery.not_at_home else ""
    if delivery.online is not None:
        yield f"The letter may {'' if delivery.online else 'not '}be seen in the online record."
