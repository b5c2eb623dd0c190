"""The review copy: what it asks, and that its controls are printed and read back."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from tipletters.casereader import read_case
from tipletters.config import House
from tipletters.draft import Draft, draft
from tipletters.letter import Control, Fill, Head, Letter, Paragraph, plain, texts
from tipletters.readers.docx import read_docx
from tipletters.resources import folder
from tipletters.review.copy import ReviewCopy, review_copies
from tipletters.review.edits import edits
from tipletters.review.returned import read_returned
from tipletters.stage import Stage
from tipletters.template import Review
from tipletters.template.head import read_source
from tipletters.writers.docx import write_docx
from tipletters.writers.html import write_html
from tipletters.writers.look import Look
from tipletters.writers.text import write_text

ALL = sorted(path.stem for path in (folder("templates") / "examples").glob("*.toml") if path.stem != "tipletters")
REPLY_BY = date(2026, 5, 28)
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)


def example(**changes: object) -> tuple[Draft, House]:
    case, house = read_case(folder("templates") / "examples" / "meeting-summary.toml")
    case = replace(case, client=replace(case.client, **changes))  # type: ignore[arg-type]
    return draft(case, house, now=NOW), house


def copies(made: Draft) -> tuple[ReviewCopy, ...]:
    return review_copies(made, stage=Stage(), reply_by=REPLY_BY, today=NOW.date())


def letter_of(one: ReviewCopy) -> Letter:
    assert one.copy.letter is not None
    return one.copy.letter


def controls(one: ReviewCopy) -> list[Control]:
    return [block for block in letter_of(one).blocks if isinstance(block, Control)]


@pytest.fixture(scope="module")
def full() -> ReviewCopy:
    return copies(example()[0])[0]


def test_it_holds_the_letter_just_as_the_client_gets_it(full: ReviewCopy) -> None:
    made, _ = example()
    letter = made.copies[0].letter
    assert letter is not None
    said = [text.removeprefix(f"Part {n}: ") for n, block in enumerate(letter_of(full).blocks) for text in texts(block)]
    said = [line.partition(": ")[2] if line.startswith("Part ") else line for line in said]
    wanted = [text for block in letter.blocks for text in texts(block)]
    assert said[: len(wanted)] == wanted


def test_parts_are_numbered_without_a_gap_and_private_passages_are_parts_of_their_own(full: ReviewCopy) -> None:
    assert full.asked.numbers == tuple(range(1, len(full.asked.numbers) + 1))
    for number in full.asked.numbers:
        assert len({line.labels for line in full.asked.part(number)}) == 1
    labelled = {line.text for line in full.asked.lines if line.labels}
    assert len(labelled) == 3


def test_what_every_letter_says_is_not_asked_about(full: ReviewCopy) -> None:
    asked = "\n".join(line.text for line in full.asked.lines if line.part)
    assert "How to reach us" not in asked
    assert "crisis team" not in asked
    assert "sleeping well" in asked


def test_nothing_is_ticked_beforehand(full: ReviewCopy) -> None:
    data = write_docx(letter_of(full), full.copy.look, House(), {})
    assert not any(value for value in read_returned(data).filled.values())
    assert set(read_returned(data).filled) == {one.key for one in controls(full)}
    page = write_html(letter_of(full), full.copy.look, House(), {}).decode()
    assert " checked" not in page
    assert " selected" not in page


def test_what_must_not_be_at_home_is_left_out_of_the_copy_to_send_without_a_trace() -> None:
    whole, to_send = copies(example()[0])
    assert whole.copy.key.startswith("client-review-")
    assert to_send.copy.key.startswith("client-review-to-send-")
    said = "\n".join(text for block in letter_of(to_send).blocks for text in texts(block))
    assert "shouting" not in said
    assert "calm at home" not in said
    assert to_send.asked.numbers == tuple(range(1, len(to_send.asked.numbers) + 1))
    assert "home life" not in said


def test_somebody_whom_the_client_refused_is_not_asked_about_again(full: ReviewCopy) -> None:
    assert full.asked.recipients == ("gp", "link-worker")


def test_names_of_passages_stand_in_the_review_copy_alone() -> None:
    made, house = example()
    names = {line.id for line in copies(made)[0].asked.lines if line.id}
    for copy in made.copies:
        if copy.letter is not None:
            data = write_docx(copy.letter, copy.look, house, {})
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                text = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
            assert not [name for name in names if name in text]


def test_a_code_stands_for_the_words_and_changes_with_them() -> None:
    one, other = copies(example()[0])[0], copies(example(preferred_name="Annie")[0])[0]
    assert one.asked.code == copies(example()[0])[0].asked.code
    assert one.asked.code != other.asked.code


def test_a_validator_finds_no_error_in_large_print_or_small(tmp_path: Path, full: ReviewCopy) -> None:
    for size in (12, 18):
        path = tmp_path / f"{size}.docx"
        path.write_bytes(write_docx(letter_of(full), Look(size=size), House(), {}))
        result = OpenXmlValidator().validate(path)
        assert result.is_valid, list(result.errors)[:3]


def test_no_text_of_a_control_is_smaller_than_the_letter(full: ReviewCopy) -> None:
    data = write_docx(letter_of(full), Look(size=18), House(), {})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode()
    sizes = {int(part.partition('"')[0]) for part in document.split('<w:sz w:val="')[1:]}
    assert min(sizes) >= 36


@st.composite
def some_controls(draw: st.DrawFn) -> Control:
    fill = draw(st.sampled_from(Fill))
    options = draw(st.lists(WORDS.map(str.strip).filter(bool), min_size=1, max_size=3, unique=True))
    number, end = draw(st.integers(0, 200)), draw(st.sampled_from("abcdef"))
    return Control(
        f"{number}{end}",
        fill,
        draw(WORDS),
        f"{number}{end}.{draw(st.sampled_from(['', 'x7']))}",
        tuple(options) if fill is Fill.CHOICE else (),
    )


@given(st.lists(some_controls() | st.just(Paragraph(())), max_size=6))
def test_controls_read_back_as_they_were_printed(blocks: list[Control | Paragraph]) -> None:
    letter = Letter(Head("T", "R-1", date(2026, 5, 14)), tuple(blocks))
    read = [one for one in read_docx(write_docx(letter, Look(), House(), {})).blocks if isinstance(one, Control)]
    wanted = [replace(one, text=one.text.strip()) for one in plain(letter).blocks if isinstance(one, Control)]
    assert read == wanted


def test_text_shows_boxes_and_lines_for_a_pen(full: ReviewCopy) -> None:
    text = write_text(letter_of(full), Look(), House(), {}).decode()
    assert "[ ] This is right (1a)" in text
    assert "In your own words: (1e)\n________" in text


def test_the_page_works_by_itself_and_warns_where_others_use_the_device(full: ReviewCopy) -> None:
    page = write_html(letter_of(full), Look(), House(), {}).decode()
    assert "Does somebody else use this computer or phone?" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "localStorage" not in page
    assert 'name="1a" data-tag="1a.' in page


def test_a_passage_held_back_is_left_out_of_that_copy_alone(tmp_path: Path) -> None:
    from cases import case, permit

    said = "You like the sea.\n\nYou like to walk in the hills."
    small = case(tmp_path, fields__said=said, provisions=[permit(), permit("school")])
    plain_draft = draft(small, House(), now=NOW)
    from tipletters.passages import passages

    letter = plain_draft.copies[0].letter
    assert letter is not None
    name = next(one.id for one in passages(letter.blocks, "A-1") if "sea" in one.text)
    held = draft(small, House(), now=NOW, stage=Stage(held=frozenset({(name, "gp")})))
    found = {
        copy.key: "\n".join(text for block in copy.letter.blocks for text in texts(block))
        for copy in held.copies
        if copy.letter is not None
    }
    assert "sea" not in found["gp"]
    assert "hills" in found["gp"]
    assert "sea" in found["school"]
    assert "sea" in found["client"]


def test_a_final_copy_says_that_it_was_checked_only_where_it_was(tmp_path: Path) -> None:
    from cases import case

    small = case(tmp_path)
    checked = draft(small, House(), now=NOW, stage=Stage(final=True, checked_on=date(2026, 5, 13)))
    unchecked = draft(small, House(), now=NOW, stage=Stage(final=True, version=2, replaces=date(2026, 4, 1)))
    frames = [copy.letter.head.frame for copy in (*checked.copies, *unchecked.copies) if copy.letter is not None]
    assert frames[0] == ("Checked with you on 13 May 2026",)
    assert frames[1][0] == "Checked with the client on 13 May 2026"
    assert frames[2] == ("Replaces the letter of 1 April 2026", "You can still ask us to change this")
    assert frames[3][0] == "Replaces the letter of 1 April 2026"
    assert not any("Draft" in line for frame in frames for line in frame)
    last = unchecked.copies[0].letter
    assert last is not None
    assert last.head.reference == "A-1, version 2"


CHECKED = [name for name in ALL if read_source(folder("templates") / f"{name}.txt").head.review is not Review.NONE]


@pytest.mark.parametrize("name", CHECKED)
def test_the_copy_of_every_template_comes_back_as_it_was_given(name: str) -> None:
    case, house = read_case(folder("templates") / "examples" / f"{name}.toml")
    made = draft(case, house, now=NOW.replace(case.date.year, case.date.month, case.date.day))
    for one in copies(made):
        back = read_returned(write_docx(letter_of(one), one.copy.look, house, {}))
        assert not edits(one.asked.lines, back.lines or ())
        assert (back.reference, back.code) == (case.reference, one.asked.code)
        assert one.asked.numbers
        assert set(back.filled) == {control.key for control in controls(one)}


def test_its_own_words_pass_our_own_checks(full: ReviewCopy) -> None:
    from tipletters.checks.run import check
    from tipletters.people import Person

    blocks = letter_of(full).blocks
    start = next(n for n, one in enumerate(blocks) if isinstance(one, Paragraph) and one.text == "Checking this letter")
    ours = tuple(one for one in blocks[start:] if "“" not in "".join(texts(one)))
    report = check(replace(letter_of(full), blocks=ours), about=Person(frozenset({"Anna"})))
    # The headings between the groups quote the letter and are left out here, so that the groups look like one list.
    found = [one for one in report.issues if one.check != "dense-list"]
    assert not [(one.check, report.text[one.start : one.end]) for one in found]
