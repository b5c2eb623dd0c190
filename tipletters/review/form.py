""" "Checking this letter": the questions of a review copy, short and friendly, and the key of each answer.

Nothing is ticked beforehand. The keys below are the one place where questions and answers meet.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from tipletters.case import Case
from tipletters.copies import Copy
from tipletters.dates import long_date
from tipletters.letter import Block, Control, Fill, Paragraph, Run, Style, clean
from tipletters.people import Recipient
from tipletters.review.parts import Part

TITLE = "Checking this letter"
EVERYONE_ELSE = "everyone"
FEELINGS = ("It was good to read", "It was all right", "It was hard to read", "I would rather not say")
FILLED_IN = ("I filled it in myself", "Somebody wrote down what I said")
# The last letter of each key.
RIGHT, CHANGE, PRIVATE, WHOM, WORDS = "abcde"
YES, WITHOUT, NO, LATER, COPY_WORDS = "abcde"
HAND, POST, NOTHING, LARGE, ALOUD, ADDRESS = "abcdef"
ALL_RIGHT, DECLINE, ELSE = "A1a", "A2a", "E1a"
FELT, FELT_WORDS, DAY, WHO = "F1a", "F1b", "D1a", "D1b"
COPIES, SENDING = "G", "S1"
_QUOTED = 60


def checking(
    case: Case,
    found: Sequence[Part],
    whom: Sequence[Copy],
    refused: Sequence[Copy],
    *,
    code: str,
    reference: str,
    reply_by: date,
) -> tuple[Block, ...]:
    """Return the questions to the client.

    Args:
        case: the case.
        found: the numbered parts of the letter.
        whom: the copies that the client is asked about.
        refused: those to whom they said no already.
        code: the review copy's code, for the controls' tags.
        reference: reference, version and code, as printed.
        reply_by: the day by which an answer would help.
    """
    return (
        *_opening(code, reply_by),
        *_copies(found, whom, refused, code),
        *_ending(code, reference),
        *_parts(found, [_short(case, copy) for copy in whom]),
    )


def _opening(code: str, reply_by: date) -> Iterator[Block]:
    yield _paragraph(TITLE, Style.SHEET)
    yield _paragraph("This is your letter. Thank you for reading it. Here you can tell us if we got it right.")
    for line in (
        "You can tick boxes, or write on the letter itself. A pen is fine.",
        "You can skip what you like.",
        "We can do it together, when we meet or on the phone.",
        "You do not have to check it. That does not change the help you get.",
    ):
        yield _paragraph(line, Style.BULLET)
    runs = (Run("It helps us to have this back by "), Run(long_date(reply_by), bold=True), Run(". "))
    late = Run(
        "If we do not hear from you, only people who have your yes can get a copy. You can still ask us to change it."
    )
    yield Paragraph((*runs, late))
    yield Control(ALL_RIGHT, Fill.TICK, "All of it is right.", f"{ALL_RIGHT}.{code}")
    yield Control(DECLINE, Fill.TICK, "I do not want to check this letter.", f"{DECLINE}.{code}")
    yield _paragraph("Is something not right, or to be kept private? You can say so in “Part by part” at the end.")
    yield _sub("Did we leave something out?")
    yield Control(ELSE, Fill.TEXT, "You can write it here.", f"{ELSE}.{code}")


def _parts(found: Sequence[Part], names: Sequence[str]) -> Iterator[Block]:
    if not found:
        return
    yield _paragraph("Part by part", Style.SHEET)
    others = f", or just from {_either(names)}" if names else ""
    yield _paragraph(f"Each part has its number in the letter. You can keep it private from everyone{others}.")
    options = (EVERYONE_ELSE, *names)
    for part in found:
        mark = part.passages[0].id
        yield _sub(f"Part {part.number}: “{_begins(part.text)}”")
        for end, fill, text, choices in (
            (RIGHT, Fill.TICK, "This is right", ()),
            (CHANGE, Fill.TICK, "Please change it", ()),
            (PRIVATE, Fill.TICK, "Keep it private", ()),
            (WHOM, Fill.CHOICE, "Private from whom?", options),
            (WORDS, Fill.TEXT, "In your own words:", ()),
        ):
            key = f"{part.number}{end}"
            yield Control(key, fill, text, f"{key}.{mark}", choices)


def _copies(found: Sequence[Part], whom: Sequence[Copy], refused: Sequence[Copy], code: str) -> Iterator[Block]:
    if whom:
        yield _paragraph("Who may have this letter?", Style.HEADING)
        yield _paragraph("You choose. You can change your mind at any time.")
    for number, copy in enumerate(whom, start=1):
        yield _sub(copy.whom)
        if now := _as_it_stands(found, copy):
            yield _paragraph(now)
        for end, fill, text in (
            (YES, Fill.TICK, "Yes, send it"),
            (WITHOUT, Fill.TICK, "Yes, but not all of it"),
            (NO, Fill.TICK, "No"),
            (LATER, Fill.TICK, "Ask me later"),
            (COPY_WORDS, Fill.TEXT, "If not all of it: which parts shall we leave out?"),
        ):
            key = f"{COPIES}{number}{end}"
            yield Control(key, fill, text, f"{key}.{code}")
    if refused:
        yield _paragraph(f"You said no to a copy for {_either([one.whom for one in refused])}. Nothing goes there.")


def _as_it_stands(found: Sequence[Part], copy: Copy) -> str:
    """Say what this recipient would get today."""
    if copy.letter is None:
        return "As it stands, no copy goes there."
    from tipletters.letter import texts

    there = {text for block in copy.letter.blocks for text in texts(block)}
    out = [str(part.number) for part in found if not all(_stands(one.text, there) for one in part.passages)]
    if not out:
        return "You said yes to this copy before."
    return f"You said yes to this copy before, without {_parts_named(out)}."


def _stands(text: str, there: set[str]) -> bool:
    return text in there or all(cell in there for cell in text.split(" | "))


def _parts_named(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return f"part {numbers[0]}"
    return f"parts {', '.join(numbers[:-1])} and {numbers[-1]}"


def _ending(code: str, reference: str) -> Iterator[Block]:
    yield _paragraph("How shall we give you the letter?", Style.HEADING)
    for end, text in (
        (HAND, "Hand it to me"),
        (POST, "Post it to me"),
        (NOTHING, "Send me nothing"),
        (LARGE, "In large print"),
        (ALOUD, "Read it aloud to me"),
    ):
        yield Control(f"{SENDING}{end}", Fill.TICK, text, f"{SENDING}{end}.{code}")
    key = f"{SENDING}{ADDRESS}"
    yield Control(key, Fill.TEXT, "If we post it: the address that is safe for you", f"{key}.{code}")
    yield _paragraph("Last of all", Style.HEADING)
    yield Control(FELT, Fill.CHOICE, "How was it to read?", f"{FELT}.{code}", FEELINGS)
    yield Control(FELT_WORDS, Fill.TEXT, "If you like, tell us more.", f"{FELT_WORDS}.{code}")
    yield Control(DAY, Fill.DATE, "Today’s date", f"{DAY}.{code}")
    yield Control(WHO, Fill.CHOICE, "Who filled this in?", f"{WHO}.{code}", FILLED_IN)
    thanks = "Thank you. We may not read this at once. If you want to talk sooner, please call us."
    yield _paragraph(f"{thanks} This is about letter {reference}.")


def _paragraph(text: str, style: Style = Style.BODY) -> Paragraph:
    return Paragraph((Run(text),), style)


def _sub(text: str) -> Paragraph:
    return _paragraph(text, Style.SUBHEADING)


def _begins(text: str) -> str:
    """Return the first words of a part, so that its number can be found again."""
    text = " ".join(text.split())
    if len(text) <= _QUOTED:
        return text
    return text[:_QUOTED].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def printed(form: Sequence[Block]) -> tuple[str, ...]:
    """Return the questions as they are printed, a paragraph or control a line; a control's key and a tab before it."""
    return tuple(
        f"{one.key}\t{clean(one.text)}" if isinstance(one, Control) else clean(one.text)
        for one in form
        if isinstance(one, Control | Paragraph)
    )


def whom_options(recipients: Sequence[Recipient]) -> dict[str, str]:
    """Return what "private from whom" offers beside everyone, and the key that each stands for."""
    return {short_name(one): one.key for one in recipients}


def short_name(one: Recipient) -> str:
    """Return a recipient's name as it stands in a choice."""
    return f"{one.name} ({one.role})" if one.role else one.name


def _short(case: Case, copy: Copy) -> str:
    return next(short_name(one) for one in case.recipients if one.key == copy.key)
