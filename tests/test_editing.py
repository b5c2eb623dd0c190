"""What a form does to a case: the file keeps its notes, and a marked passage is private as if it had been typed."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipletters import resources
from tipletters.annotate.edits import edits_between
from tipletters.casefile import case_text, changed
from tipletters.errors import CaseError
from tipletters.template import find
from tipletters.template.bind import bind
from tipletters.template.head import Field, FieldType
from tipletters.template.marking import all_private, keep_private
from tipletters.template.values import Blank
from tipletters.tomlfile import parse_toml

PROSE = Field("said", FieldType.PROSE, "What was said?")
LIST = Field("said", FieldType.LIST, "What was said?")
UNITS = st.lists(
    st.tuples(st.sampled_from(["", "- ", "1. ", "[private: money] ", "- [private] "]), st.booleans()),
    min_size=1,
    max_size=6,
)


@given(UNITS, st.integers(0, 400), st.integers(0, 60), st.sampled_from(["home life", "", None]))
def test_the_passages_that_a_stretch_touches_are_marked_and_no_word_changes(
    units: list[tuple[str, bool]], start: int, length: int, label: str | None
) -> None:
    text = "\n\n".join(
        f"{sign}Word{n}x and{' more lines' if long else ''}\nof it" for n, (sign, long) in enumerate(units)
    )
    end = min(len(text), start + length)
    start = min(start, end)
    marked = keep_private(text, start, end, label)
    old, new = (bind((PROSE,), {"said": one}, "A-1", "test")["said"].blocks for one in (text, marked))  # type: ignore[union-attr]
    assert [block.text for block in old] == [block.text for block in new]
    assert [block.style for block in old] == [block.style for block in new]
    for number, (before, after) in enumerate(zip(old, new, strict=True)):
        begin = text.index(f"Word{number}x")
        inside = begin < end and start < begin + 5
        if inside:
            assert bool(after.labels) == (label is not None)
            assert label not in ("home life",) or after.labels == {"home life"}
        if after.labels != before.labels:
            unit_end = text.index("of it", begin) + 5
            assert start <= unit_end
            assert end >= text.rfind("\n\n", 0, begin)


def test_a_person_of_whom_nothing_is_said_is_no_answer_and_half_a_person_is_named_by_the_field() -> None:
    person = Field("link_worker", FieldType.PERSON, "Who?", required=False)
    for empty in ({}, {"name": "", "role": " "}, ""):
        assert isinstance(bind((person,), {"link_worker": empty}, "A-1", "test")["link_worker"], Blank)
        with pytest.raises(CaseError, match="“link_worker” is missing"):
            bind((replace(person, required=True),), {"link_worker": empty}, "A-1", "test")
    with pytest.raises(CaseError, match="“link_worker”"):
        bind((person,), {"link_worker": {"role": "link worker"}}, "A-1", "test")


def test_one_line_of_a_list_is_marked_alone() -> None:
    assert keep_private("one\ntwo\nthree", 5, 5, "money", lines=True) == "one\n[private: money] two\nthree"
    assert keep_private("one\n[private: money] two", 6, 6, None, lines=True) == "one\ntwo"


SIGNS = ["- ", "-\u00a0", "-", "•", "▪ ", "\uf0b7\t", "12) ", "1.\t", "# ", "| ", "**"]
BREAKS = ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85", " ", "\t", "\u00a0"]
PIECES = st.sampled_from([*BREAKS, *SIGNS, "gin", "you told us:", "[private: money] ", "[private] "])


@given(st.lists(PIECES, max_size=14).map("".join))
def test_all_that_somebody_wrote_can_be_made_private_and_no_word_changes(text: str) -> None:
    def blocks(text: str) -> Any:
        return getattr(bind((PROSE,), {"said": f"{text}gin"}, "A-1", "test")["said"], "blocks", ())

    try:
        old = blocks(text)
    except CaseError:
        return
    for label in ("home life", ""):
        new = blocks(all_private(f"{text}gin", label).removesuffix("gin"))
        assert [one.text.count("gin") for one in old] == [one.text.count("gin") for one in new]
        for before, after in zip(old, new, strict=True):
            assert after.labels > before.labels if label else after.labels


@given(st.lists(PIECES, max_size=14).map("".join))
def test_marking_the_whole_of_a_text_leaves_no_paragraph_or_bullet_out(text: str) -> None:
    marked = keep_private(text, 0, len(text), "home life")
    try:
        bound = bind((PROSE,), {"said": marked}, "A-1", "test")["said"]
    except CaseError:
        return
    assert all(one.labels for one in getattr(bound, "blocks", ()))


ANSWERS = st.text(max_size=30).map(lambda text: text.replace("\r", " ").replace("\x00", "")) | st.sampled_from(
    ["two\nlines", '"""', "'''", "\\", "a\tb", "# no note"]
)
VALUES = ANSWERS | st.dates(date(1990, 1, 1), date(2030, 1, 1)) | st.booleans() | st.lists(ANSWERS, max_size=3)
ROWS = st.lists(st.dictionaries(st.sampled_from(["who", "what"]), ANSWERS, min_size=1), max_size=3)


def _whole(value: Any) -> Any:
    """A value as it is read back: long text begins and ends as TOML writes it."""
    return f"{value.strip()}\n" if isinstance(value, str) and "\n" in value else value


@given(st.dictionaries(st.sampled_from(["place", "you_said"]), VALUES), ROWS, ANSWERS)
def test_a_changed_case_file_reads_back_as_it_was_given_and_keeps_its_notes(
    fields: dict[str, Any], plan: list[dict[str, str]], name: str
) -> None:
    head = find("meeting-summary", [resources.folder("templates")]).head
    text = case_text("meeting-summary", head, {"reference": "A-1", "date": date(2026, 5, 14)})
    told = {
        "fields": {**fields, "plan": plan},
        "client": {"first_name": name, "date_of_birth": date(1990, 1, 1)},
        "recipients": [{"key": "gp", "name": "Dr Hart", "role": ""}],
        "provisions": [{"answer": "permit", "to": "gp", "time": time(9, 30)}],
    }
    made = changed(text, told)
    assert "# Your own reference for this letter." in made
    read = parse_toml(made, "test")
    assert read["fields"]["plan"] == plan
    for key, value in fields.items():
        assert read["fields"][key] == (value if isinstance(value, list) else _whole(value))
    assert read["client"]["first_name"] == _whole(name)
    assert read["client"]["date_of_birth"] == date(1990, 1, 1)
    assert read["recipients"] == [{"key": "gp", "name": "Dr Hart"}]
    again = parse_toml(changed(made, {"client": {"date_of_birth": None}, "recipients": []}), "test")
    assert "date_of_birth" not in again["client"]
    assert "recipients" not in again
    assert again["provisions"] == read["provisions"]


def test_a_case_file_of_the_workers_own_keeps_what_no_form_asks(tmp_path: Path) -> None:
    own = '# mine\nreference = "A-1"\n[decides]\nwho = "Her mother" # seen\n[client]\nfirst_name = "Zofia"\n'
    made = changed(own, {"client": {"first_name": "Zosia"}})
    assert made == own.replace("Zofia", "Zosia")


WORDS = st.lists(
    st.sampled_from(["You", "have", "oedema", "b.d.", ",", ".", " ", " ", "\n", "\n\n", "😀", "it's"]), max_size=14
)


@given(WORDS, WORDS)
def test_what_was_changed_makes_the_one_text_of_the_other(old: list[str], new: list[str]) -> None:
    before, after = "".join(old), "".join(new)
    made, at = [], 0
    for edit in edits_between(before, after):
        assert edit.start >= at
        made += [before[at : edit.start], edit.text]
        at = edit.end
    assert "".join([*made, before[at:]]) == after
