"""The rules that must always hold, over random letters, answers and hostile values."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cases import SMALL, deny, drafted, permit, small, with_template
from hypothesis import given
from hypothesis import strategies as st
from test_core import LABELS, LETTERS, may

from tipletters.access import access
from tipletters.casereader import case_from
from tipletters.config import House
from tipletters.consent import Decider
from tipletters.draft import Draft, draft
from tipletters.errors import TiplettersError
from tipletters.letter import HEADINGS, LISTS, Letter, Paragraph, Style, Table, labels_of, texts
from tipletters.redact import redact
from tipletters.writers import WRITERS
from tipletters.writers.look import Look

NASTY = st.sampled_from(
    [
        "{{ client }}",
        "{% if %}",
        '"',
        "<b>",
        "&lt;",
        "# x",
        "- y",
        "| z |",
        "\u202e",
        "\x00\x07",
        "😀",
        "w" * 10_000,
        "**",
    ]
)
WORDS = st.lists(st.sampled_from(["sea", "walk", "sister", "home", "Tuesday"]) | NASTY, min_size=1, max_size=6)
LABEL_NAMES = ["home life", "alcohol", "money"]
PASSAGES = st.lists(st.tuples(st.sampled_from(["", "private", *LABEL_NAMES]), WORDS), min_size=1, max_size=6)
ABOUT = st.sampled_from(["letter", "letter", *LABEL_NAMES])
ANSWERS = st.lists(
    st.builds(
        lambda kind, to, about, day, later: kind(to, about, day, later_letters=later, **_named(kind, to)),
        st.sampled_from([permit, permit, deny]),
        st.sampled_from(["gp", "school", "everyone"]),
        ABOUT,
        st.integers(1, 13),
        st.booleans(),
    ),
    max_size=6,
)


def _named(kind: Any, to: str) -> dict[str, Any]:
    return {"named": ["gp"]} if kind is permit and to == "everyone" else {}


def prose(passages: list[tuple[str, list[str]]]) -> str:
    """Passages as a worker would write them; each holds a word that stands nowhere else."""
    lines = []
    for number, (label, words) in enumerate(passages):
        marker = {"": "", "private": "[private] "}.get(label, f"[private: {label}] ")
        lines.append(f"{marker}Token{number}x {' '.join(words)}")
    return "\n\n".join(lines)


def made_of(
    passages: list[tuple[str, list[str]]], provisions: list[dict[str, Any]], folder: Path, **more: Any
) -> Draft:
    known = {label for label, _ in passages} | {"letter", "alcohol"}
    kept = [one for one in provisions if one["about"] in known]
    return drafted(folder, fields={"said": prose(passages)}, provisions=kept, **more)


def tokens(words: str) -> Counter[str]:
    return Counter(words.split())


def words_of(letter: Letter) -> str:
    return "\n".join(text for block in letter.blocks for text in texts(block))


@given(PASSAGES, ANSWERS, st.sampled_from([(), ("home life",), ("alcohol", "home life")]))
def test_a_copy_holds_no_word_that_the_clients_full_copy_lacks(
    passages: list[tuple[str, list[str]]], answers: list[dict[str, Any]], kept: tuple[str, ...]
) -> None:
    known = {label for label, _ in passages} | {"alcohol"}
    with TemporaryDirectory() as folder:
        made = made_of(passages, answers, Path(folder), delivery__not_at_home=[one for one in kept if one in known])
    full = made.copies[0].letter
    assert full is not None
    for copy in made.copies[1:]:
        if copy.letter is not None:
            assert tokens(words_of(copy.letter)) <= tokens(words_of(full))


@given(PASSAGES, ANSWERS)
def test_no_consent_no_copy_and_a_label_without_a_permit_is_withheld_in_every_kind_of_document(
    passages: list[tuple[str, list[str]]], answers: list[dict[str, Any]]
) -> None:
    with TemporaryDirectory() as folder:
        made = made_of(passages, answers, Path(folder))
    for copy in made.copies:
        if copy.key == "client":
            continue
        permitted = {
            one["about"]
            for one in answers
            if one["answer"] == "permit" and copy.key in (one["to"], *one.get("named", ()))
        }
        if "letter" not in permitted:
            assert copy.letter is None
        if copy.letter is None:
            continue
        for number, (label, _) in enumerate(passages):
            if label and label not in permitted:
                for writer in (WRITERS["text"], WRITERS["html"]):
                    assert f"Token{number}x".encode() not in writer.write(copy.letter, Look(), House(), {})


def reference_standing(provisions: list[dict[str, Any]], about: str, who: str) -> bool:
    """The rules of consent written a second time, as plainly as can be: who may have what on 14 May 2026."""
    mine = [
        p
        for p in provisions
        if p["about"] == about
        and (p["to"] == who or (p["to"] == "everyone" and (p["answer"] == "deny" or who in p["named"])))
    ]
    yes = [p for p in mine if p["answer"] == "permit" and p["until"] >= date(2026, 5, 14)]
    no = [p for p in mine if p["answer"] == "deny"]
    lifted = [n for n in no if any(y["date"] > n["date"] and (y["to"] == who or n["to"] == "everyone") for y in yes)]
    return bool(yes) and len(lifted) == len(no)


@given(ANSWERS)
def test_the_rules_of_consent_agree_with_a_second_telling_of_them(answers: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        case = case_from(small(provisions=answers), House(), "case.toml", with_template(Path(folder)))
    for who in ("gp", "school"):
        got = access(case.provisions, who, LABEL_NAMES, letter="A-1", now=datetime(2026, 5, 14, 12), decider=Decider())
        for label in LABEL_NAMES:
            expected = all(reference_standing(answers, about, who) for about in ("letter", label))
            assert got.may_have([label]) is expected


@given(LETTERS)
def test_a_withheld_passage_leaves_no_trace(letter: Letter) -> None:
    shown = redact(letter, may()).letter.blocks
    assert not labels_of(shown)
    whole = {id(block) for block in letter.blocks}
    for block, after in zip(shown, (*shown[1:], None), strict=False):
        if isinstance(block, Table):
            assert block.rows
        elif block.style in HEADINGS and id(block) in whole:
            ends = after is None or (
                isinstance(after, Paragraph) and HEADINGS.get(after.style, 9) <= HEADINGS[block.style]
            )
            if ends:
                assert _was_empty(letter, block)


def _was_empty(letter: Letter, heading: Paragraph) -> bool:
    index = next(n for n, block in enumerate(letter.blocks) if block is heading)
    rest = letter.blocks[index + 1 :]
    return not rest or (isinstance(rest[0], Paragraph) and rest[0].style in HEADINGS)


def test_a_lead_in_whose_list_went_goes_too_and_numbers_have_no_gap() -> None:
    letter = drafted_lines("We agreed:\n\n- [private: money] a\n- [private: money] b\n\nOne two.")
    assert words_of(letter) == "One two.\nWith best wishes\n" + STANDING
    numbered = drafted_lines("1. one\n2. [private: money] two\n3. three")
    items = [block for block in numbered.blocks if isinstance(block, Paragraph) and block.style in LISTS]
    assert [item.text for item in items] == ["one", "three"]
    text = WRITERS["text"].write(numbered, Look(), House(), {}).decode()
    assert "1. one\n2. three" in text


STANDING = "You choose what is written here. It may not say everything that we talked about."


def drafted_lines(said: str) -> Letter:
    body = (
        '+++\npurpose = "p"\nwhen = "w"\n[[fields]]\nname = "said"\ntype = "prose"\nprompt = "?"\n+++\n'
        "{{ said }}\n\nWith best wishes\n"
    )
    with TemporaryDirectory() as name:
        folder = with_template(Path(name), body)
        case = case_from(small(fields={"said": said}), House(), "case.toml", folder)
        made = draft(case, House(), now=datetime(2026, 5, 14, 12))
    letter = made.copies[1].letter
    assert letter is not None
    return letter


@given(LETTERS, LABELS)
def test_permitting_more_never_shows_less(letter: Letter, more: frozenset[str]) -> None:
    few = redact(letter, may("alcohol")).letter
    many = redact(letter, may("alcohol", *more)).letter
    assert tokens(words_of(few)) <= tokens(words_of(many))


@given(WORDS)
def test_a_value_of_prose_never_becomes_anything_but_paragraphs_and_items(words: list[str]) -> None:
    with TemporaryDirectory() as folder:
        made = drafted(Path(folder), fields={"said": " ".join(words)})
    letter = made.copies[0].letter
    assert letter is not None
    assert [block.style for block in letter.blocks if isinstance(block, Paragraph)][:1] == [Style.HEADING]
    assert sum(isinstance(block, Paragraph) and block.style in HEADINGS for block in letter.blocks) == 2
    assert not any(isinstance(block, Table) for block in letter.blocks)


HIDDEN = "Xylophone-Quartz"


@given(
    st.sampled_from(["fields", "client", "delivery", "recipients", "provisions", "author", "spoken"]),
    st.sampled_from([f"a [private {HIDDEN}", f"\ue000{HIDDEN}", [HIDDEN], {HIDDEN: 1}, {"x": HIDDEN}, 7, None]),
)
def test_no_error_repeats_what_the_case_holds(section: str, value: Any) -> None:
    data = small()
    held = data.get(section)
    if isinstance(held, dict) and held:
        data[section] = {**held, next(iter(held)): value}
    else:
        data[section] = [value]
    with TemporaryDirectory() as folder:
        try:
            case = case_from(data, House(), "case.toml", with_template(Path(folder)))
            draft(case, House(), now=datetime(2026, 5, 14, 12))
        except TiplettersError as error:
            seen = [str(error), repr(error)]
            cause: BaseException | None = error.__cause__
            while cause is not None:
                seen += [str(cause), repr(cause)]
                cause = cause.__cause__
            keys = isinstance(value, dict) and HIDDEN in value
            assert keys or not any(HIDDEN in one for one in seen)


@given(PASSAGES)
def test_no_repr_shows_a_word_of_the_letter(passages: list[tuple[str, list[str]]]) -> None:
    with TemporaryDirectory() as folder:
        made = made_of(passages, [], Path(folder))
    shown = repr(made) + repr(made.copies) + repr(made.case)
    for copy in made.copies:
        if copy.letter is not None:
            shown += repr(copy) + repr(copy.letter) + repr(copy.letter.head) + repr(copy.letter.blocks)
    assert "Token" not in shown
    assert SMALL["client"]["first_name"] not in shown


@given(PASSAGES, ANSWERS)
def test_the_same_case_makes_the_same_bytes_on_another_day(
    passages: list[tuple[str, list[str]]], answers: list[dict[str, Any]]
) -> None:
    with TemporaryDirectory() as folder:
        first, second = (made_of(passages, answers, Path(folder)) for _ in range(2))
    for one, other in zip(first.copies, second.copies, strict=True):
        if one.letter is not None and other.letter is not None:
            for writer in WRITERS.values():
                memo: dict[Any, str] = {}
                assert writer.write(one.letter, one.look, House(), memo) == writer.write(
                    other.letter, other.look, House(), {}
                )
