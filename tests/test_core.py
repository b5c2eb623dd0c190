"""The letter's way from template to Word document, and what is left out on the way."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tipletters.access import Access, Standing, access
from tipletters.config import House
from tipletters.consent import LETTER, Answer, Decider, Provision
from tipletters.errors import CaseError, TemplateError
from tipletters.letter import Head, Letter, Paragraph, Row, Run, Style, Table, labels_of, plain, texts
from tipletters.readers.docx import read_docx
from tipletters.redact import redact
from tipletters.template import find, render
from tipletters.writers.docx import write_docx
from tipletters.writers.look import Look

HOSTILE = st.text(max_size=40) | st.sampled_from(
    ["{{ x }}", "<w:t>", "&amp;", "- a", "# b", "**c**", "\u202eabc", "x" * 10000]
)
HEAD = Head("Letter A-1, 3 May 2026", "A-1", date(2026, 5, 3), "Sam Reid", addressee=("Ann Other", "1 Mill Lane"))
LABELS = st.frozensets(st.sampled_from(["home life", "alcohol"]), max_size=2)
PARAGRAPHS = st.builds(
    Paragraph,
    st.lists(st.builds(Run, HOSTILE, st.booleans()), max_size=3).map(tuple),
    st.sampled_from(Style),
    LABELS,
)
CELLS = st.lists(st.builds(lambda text: (Run(text),), HOSTILE), min_size=2, max_size=2).map(tuple)
TABLES = st.builds(Table, CELLS, st.lists(st.builds(Row, CELLS, LABELS), min_size=1, max_size=3).map(tuple), LABELS)
LETTERS = st.lists(PARAGRAPHS | TABLES, max_size=8).map(lambda blocks: Letter(HEAD, tuple(blocks)))


def may(*permitted: str) -> Access:
    every = ("home life", "alcohol")
    stands = tuple((x, Standing.PERMITTED if x in permitted else Standing.REFUSED) for x in every)
    return Access("gp", Standing.PERMITTED, stands)


@example(Letter(HEAD, (Paragraph((Run("0"), Run("\x1b", True), Run("0"))),)))
@given(LETTERS)
def test_what_is_written_reads_back_as_the_same_letter_without_labels(letter: Letter) -> None:
    written = write_docx(letter, Look(), House(), {})
    assert read_docx(written) == plain(letter)
    assert written == write_docx(letter, Look(), House(), {})


def kept(lines: list[tuple[str, Style]]) -> list[bool]:
    """Say of each paragraph whether no page ends after it."""
    blocks = tuple(Paragraph((Run(words),), style) for words, style in lines)
    with zipfile.ZipFile(io.BytesIO(write_docx(Letter(HEAD, blocks), Look(), House(), {}))) as archive:
        body = archive.read("word/document.xml").decode()
    return ["<w:keepNext/>" in one for one in body.split("<w:p>")[-len(lines) :]]


def test_no_page_ends_between_the_closing_and_the_name() -> None:
    lines = [("With best wishes", Style.BODY), ("", Style.SIGNATURE), ("Sam Reid", Style.BODY), ("Copies", Style.SMALL)]
    assert kept(lines) == [True, True, False, False]


def test_the_last_item_of_a_list_never_stands_on_a_page_alone() -> None:
    before, after = ("In a crisis:", Style.BODY), ("See you soon.", Style.BODY)
    crisis = [("Call the team", Style.BULLET), ("Call 999", Style.BULLET)]
    steps = [(f"Step {number}", Style.NUMBER) for number in range(4)]
    assert kept([before, *crisis, after]) == [True, True, False, False]
    assert kept([before, *steps, after]) == [True, False, False, True, False, False]
    assert kept([before, *crisis[:1], after]) == [True, False, False]


@given(LETTERS)
def test_redacting_twice_changes_nothing_and_no_refused_label_stays(letter: Letter) -> None:
    once = redact(letter, may("alcohol")).letter
    assert redact(once, may("alcohol")).letter == once
    assert "home life" not in labels_of(once.blocks)


@given(LETTERS)
def test_permitting_everything_changes_nothing(letter: Letter) -> None:
    assert redact(letter, may("home life", "alcohol")).letter == letter


def stands(*provisions: Provision) -> Standing:
    now = datetime(2026, 5, 4, 12)
    return access(provisions, "gp", [], letter="A-1", now=now, decider=Decider()).letter


def said(answer: Answer, day: int, until: date | None = date(2027, 1, 1)) -> Provision:
    return Provision(answer, LETTER, "gp", date(2026, 5, day), "A-1", until=until)


def test_a_copy_needs_a_yes_that_is_still_in_force() -> None:
    assert stands() is Standing.NOT_ASKED
    assert stands(said(Answer.PERMIT, 1)) is Standing.PERMITTED
    assert stands(said(Answer.PERMIT, 1, date(2026, 5, 3))) is Standing.LAPSED
    assert stands(said(Answer.PERMIT, 1, None)) is Standing.LAPSED


def test_a_later_no_works_and_on_one_day_the_no_wins() -> None:
    assert stands(said(Answer.PERMIT, 1), said(Answer.DENY, 2)) is Standing.WITHDRAWN
    assert stands(said(Answer.DENY, 1), said(Answer.PERMIT, 2)) is Standing.PERMITTED
    assert stands(said(Answer.DENY, 2), said(Answer.PERMIT, 2)) is Standing.WITHDRAWN


HEADER = '+++\npurpose = "p"\nwhen = "w"\nlabels = ["home life"]\n'
FIELD = '[[fields]]\nname = "{}"\ntype = "{}"\nprompt = "?"\n'
FIELDS = FIELD.format("said", "prose") + FIELD.format("word", "text") + "+++\n"


def made(folder: Path, body: str, **fields: str) -> tuple[object, ...]:
    (folder / "one.txt").write_text(HEADER + FIELDS + body, encoding="utf-8")
    given_fields = {"said": "Hello", "word": "x"} | fields
    return render(find("one", [folder]), given_fields, {}, reference="A-1", where="case.toml")


def test_a_value_is_never_structure(tmp_path: Path) -> None:
    blocks = made(
        tmp_path, "{{ word }}\n\n{{ said }}\n", word="# {{ 1 }} **b** <b>", said="# not a heading\n\n- a bullet"
    )
    assert [next(texts(block)) for block in blocks] == ["# {{ 1 }} **b** <b>", "# not a heading", "a bullet"]
    assert [block.style for block in blocks] == [Style.BODY, Style.BODY, Style.BULLET]


def test_a_label_survives_macro_and_set(tmp_path: Path) -> None:
    body = (
        '{% macro m() %}\n{% private "home life" %}\nSecret {{ word }}\n{% endprivate %}\n{% endmacro %}\n'
        "{% set kept %}\n{{ m() }}\n{% endset %}\n{{ kept }}\n"
    )
    (block,) = made(tmp_path, body)
    assert block.labels == {"home life"}


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__ }}",
        "{{ word.upper() }}",
        "{{ word + 'a' }}",
        "{{ wrod }}",
        "{{ word | safe }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "a {% private 'home life' %}b{% endprivate %}",
    ],
)
def test_a_template_that_asks_for_more_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(TemplateError):
        made(tmp_path, body)


@pytest.mark.parametrize("said", ["Hi [private] there", "[privat] x", "a\n[private: b] c", "[private", "\ue000"])
def test_a_marker_in_the_wrong_place_stops_the_letter(tmp_path: Path, said: str) -> None:
    with pytest.raises(CaseError):
        made(tmp_path, "{{ said }}", said=said)
