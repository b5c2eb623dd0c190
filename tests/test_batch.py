"""Many letters from a table: judged rightly, written once, nobody else's words in them."""

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, datetime
from datetime import time as clock
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import openpyxl
import pytest
from conftest import NOW
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader
from tables import (
    DAMAGE,
    TEMPLATE,
    as_csv,
    as_jsonl,
    as_xlsx,
    files,
    home,
    judge,
    ready,
    row,
    run,
    sound,
    tallied,
)

from tipletters.batch import Folder, Order, State, Zeros, make, run_of
from tipletters.batch.engines import dask, on_dask
from tipletters.batch.printing import bundle, pack
from tipletters.checks.run import check
from tipletters.config import House
from tipletters.consent import Answer, Provision
from tipletters.errors import OutputError, RegisterError
from tipletters.readers.docx import read_docx
from tipletters.register import open_register
from tipletters.register.store import Answers, Register
from tipletters.remember import recording
from tipletters.review.folder import open_folder


@pytest.fixture
def deep(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--deep"))


def text(data: bytes) -> str:
    return check(read_docx(data)).text


def validated(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        assert not OpenXmlValidator().validate(file.name).errors


def test_each_damaged_row_is_reported_rightly_and_stops_no_other(tmp_path: Path, deep: bool) -> None:
    count, chosen = 10_000 if deep else 1_000, random.Random(7)
    rows = sound(count)
    damaged = dict(zip(chosen.sample(range(count), count * 3 // 100), DAMAGE * (count // 1000), strict=True))
    for at, (damage, _, _) in damaged.items():
        rows[at] = damage(rows[at], at)
    outcomes = judge(home(tmp_path, as_csv(rows)))
    assert [one.row for one in outcomes] == list(range(2, count + 2))
    for at, one in enumerate(outcomes):
        if at not in damaged:
            assert one.state is State.READY, one
            continue
        _, cell, part = damaged[at]
        assert one.state in (State.ATTENTION, State.REFUSED)
        assert one.cell == cell, one
        assert part in one.what, one
        assert one.then


@pytest.mark.parametrize(
    ("cell", "spoilt", "part"),
    [
        *(("Forename", name, "nothing") for name in ("NULL", "nan", "None", "N/A", "<NA>")),
        *(("Phone", name, "nothing") for name in ("null", "NaN", "\\N")),
        ("Surname", "?tefan", "sign in this name"), ("Surname", "£ukasz", "sign in this name"),
        ("Surname", "MÃ¼ller", "accented"), ("Said", "You said: â€œI canâ€™tâ€\x9d.", "accented"), ("GP", "Dr MÃ¼ller", "accented"),
        ("Forename", "Zo&euml;", "web page"), ("Surname", "O&#39;Neill", "web page"), ("Town", "A &amp; B", "web page"),
    ],
)  # fmt: skip
def test_a_name_that_a_program_has_spoilt_is_asked_about(tmp_path: Path, cell: str, spoilt: str, part: str) -> None:
    (one,) = judge(home(tmp_path, as_csv([row(1, **{cell: spoilt})])))
    assert one.state is State.ATTENTION
    assert (one.cell, part in one.what, bool(one.then)) == (cell, True, True), one.what


@pytest.mark.parametrize(
    ("cell", "turned"),
    [
        ("Address 1", date(2026, 1, 3)), ("Address 1", True), ("Address 1", clock(12, 30)), ("Address 1", "3-Jan"),
        ("Address 1", "May-26"), ("Forename", True), ("Forename", "TRUE"), ("Surname", date(2026, 5, 1)),
        ("Ref", date(2026, 5, 1)), ("GP", date(2026, 3, 2)), ("GP practice", "03/01/2026"), ("GP practice", False),
    ],
)  # fmt: skip
def test_what_excel_made_a_date_or_true_is_never_part_of_a_name_or_address(
    tmp_path: Path, cell: str, turned: Any
) -> None:
    made = as_xlsx([row(1, **{cell: turned}), row(2, **{"Address 1": "Flat 3/1", "Surname": "March"})])
    one, other = judge(home(tmp_path, made, "clinic.xlsx"))
    assert (one.state, one.cell, "stands where words belong" in one.what) == (State.ATTENTION, cell, True), one.what
    assert "“Text” in Excel" in one.then
    assert other.state is State.READY


@pytest.mark.parametrize("turned", [date(2026, 1, 3), True, clock(12, 30), datetime(2026, 5, 1, 12, 30)])
def test_a_row_to_mend_that_nobody_mended_is_kept_back_again(tmp_path: Path, turned: Any) -> None:
    run(home(tmp_path, as_xlsx([row(1, **{"Address 1": turned})]), "clinic.xlsx"), tmp_path / "out")
    assert (tmp_path / "out" / "rows-to-mend.xlsx").exists()
    (again,) = judge(home(tmp_path, (tmp_path / "out" / "rows-to-mend.xlsx").read_bytes(), "again.xlsx"))
    assert (again.state, again.cell) == (State.ATTENTION, "Address 1")


def test_a_client_with_one_name_has_a_column_that_says_so(tmp_path: Path) -> None:
    rows = [row(n, Surname="") | {"One name": yes} for n, yes in enumerate(("yes", ""), start=1)]
    data = "\n".join(map(json.dumps, (row(3) | {"One name": "no"}, *rows))).encode()
    path = home(tmp_path, data, "clinic.jsonl")
    assert [one.state for one in judge(path)] == [State.READY, State.READY, State.ATTENTION]
    assert "yes in a column “one name”" in judge(path)[2].then
    run(path, tmp_path / "out")
    assert "This letter is to Ben, born" in frame(tmp_path / "out" / "letters" / "FU-00001-gp.docx")
    again = [one | {"NHS No": "", "Ref": ref} for one in (rows[0],) for ref in ("X-1", "X-2")]
    twice = judge(home(tmp_path, "\n".join(map(json.dumps, again)).encode(), "twice.jsonl"))
    assert ["the same client" in one.what for one in twice] == [True, True]


def frame(path: Path) -> str:
    return "\n".join(read_docx(path.read_bytes()).head.frame)


def test_names_and_words_that_only_look_spoilt_are_left_alone(tmp_path: Path) -> None:
    names = [
        "Nan",
        "Null",
        "Zoë",
        "O’Neill",
        "D`Arcy",
        "Ångström",
        "Łukasz",
        "Şahin",
        "Nguyễn",
        "J. R.",
        "São-João",
        "李",
    ]
    said = "None of it hurts. Do you swim? R&D; tea & cake for £5 at the CAFÉ, “5 m²”."
    outcomes = judge(home(tmp_path, as_csv([row(n, Surname=name, Said=said) for n, name in enumerate(names, 1)])))
    assert [one.state for one in outcomes] == [State.READY] * len(names), outcomes


@pytest.mark.parametrize(("kind", "make"), [("clinic.xlsx", as_xlsx), ("clinic.jsonl", as_jsonl)])
def test_every_format_makes_the_same_letters(tmp_path: Path, kind: str, make: Any) -> None:
    rows = sound(12)
    run(home(tmp_path / "a", as_csv(rows, "cp1252", ";")), tmp_path / "a" / "out")
    run(home(tmp_path / "b", make(rows), kind), tmp_path / "b" / "out")
    letters = {name: data for name, data in files(tmp_path / "a" / "out").items() if name.startswith("letters")}
    assert len(letters) == 24
    assert {name: data for name, data in files(tmp_path / "b" / "out").items() if name.startswith("letters")} == letters


def test_a_letter_goes_the_same_road_as_a_single_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(home(tmp_path, as_csv(sound(4))), out)
    assert [one.state for one in done.values()] == [State.WRITTEN] * 4
    client, gp = (text((out / "letters" / f"FU-00001-{key}.docx").read_bytes()) for key in ("client", "gp"))
    assert "drink less" in client
    assert "drink less" not in gp
    assert done[2].withheld == 1
    assert "drink less" in text((out / "letters" / "FU-00003-gp.docx").read_bytes())
    assert {(path.stat().st_mode & 0o077) for path in (out, *out.rglob("*"))} == {0}


def test_the_same_table_twice_leaves_nothing_to_do(tmp_path: Path) -> None:
    path, out = home(tmp_path, as_csv(sound(6))), tmp_path / "out"
    run(path, out)
    before, times = files(out), {one: one.stat().st_mtime_ns for one in (out / "letters").iterdir()}
    run(path, out)
    assert files(out) == before
    assert {one: one.stat().st_mtime_ns for one in (out / "letters").iterdir()} == times


def test_a_copy_goes_when_the_client_says_no_before_the_run_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(home(tmp_path, as_csv(sound(3))), out)
    run(home(tmp_path, as_csv([row(1, **{"GP consent": "no"}), row(2), row(3)])), out)
    assert not (out / "letters" / "FU-00001-gp.docx").exists()
    assert len(list((out / "letters").iterdir())) == 5
    done = run(home(tmp_path, as_csv([row(1, Deceased="yes"), row(2), row(3)])), out)
    assert done[2].state is State.REFUSED
    assert not (out / "letters" / "FU-00001-client.docx").exists()


def test_a_file_that_somebody_changed_is_left_alone(tmp_path: Path) -> None:
    path, out = home(tmp_path, as_csv(sound(2))), tmp_path / "out"
    run(path, out)
    letter = out / "letters" / "FU-00001-client.docx"
    letter.write_bytes(b"by hand")
    done = run(path, out)
    assert done[2].state is State.ATTENTION
    assert "not as we wrote it" in done[2].what
    assert letter.read_bytes() == b"by hand"
    assert run(path, out, force=True)[2].state is State.WRITTEN
    assert letter.read_bytes() != b"by hand"


def test_rows_that_failed_come_out_to_be_mended_and_run_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    rows = [row(1), row(2, DOB="31/02/1990"), row(3), row(4, Said="=cmd|' /C calc'!A0", **{"Next on": "soon"})]
    run(home(tmp_path, as_csv(rows, separator=";")), out)
    mend = out / "rows-to-mend.csv"
    told = mend.read_text(encoding="utf-8-sig")
    assert "what is wrong" in told
    assert "'=cmd" in told
    assert len(told.strip().splitlines()) == 5  # the sound part of a cell runs over three lines
    mended = told.replace("31/02/1990", "28/02/1990").replace("soon", "20/06/2026")
    again = home(tmp_path, mended.encode(), "mended.csv")
    assert [one.state for one in run(again, out).values()] == [State.WRITTEN] * 2
    assert not mend.exists()
    assert len(list((out / "letters").iterdir())) == 8
    assert "=cmd|’ /C calc’!A0".replace("’", "'") in text((out / "letters" / "FU-00004-client.docx").read_bytes())


def test_two_rows_for_one_client_or_with_one_reference_are_noticed(tmp_path: Path) -> None:
    number = row(1)["NHS No"]
    rows = [row(1), row(2, **{"NHS No": f"{number[:3]} {number[3:6]} {number[6:]}"}), row(3), row(4, Ref="fu 00003")]
    one, two, three, four = judge(home(tmp_path, as_csv(rows)))
    assert "same client" in one.what
    assert "same client" in two.what
    assert "same reference" in three.what
    assert "same reference" in four.what


def test_references_that_differ_in_a_sign_alone_are_two_letters(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(home(tmp_path, as_csv([row(1, Ref="FU-11"), row(2, Ref="FU-1-1")])), out)
    run(home(tmp_path, as_csv([row(2, Ref="FU-1-1", **{"GP consent": "no"})])), out)
    assert sorted(one.name for one in (out / "letters").iterdir()) == [
        "FU-1-1-client.docx",
        "FU-11-client.docx",
        "FU-11-gp.docx",
    ]


def test_what_a_table_leaves_open_is_asked_once_for_the_column(tmp_path: Path) -> None:
    rows = [row(n, **{"Next on": "03/07/2026", "Phone": 1632960123}) for n in (1, 2, 3)]
    path = home(tmp_path, as_csv(rows))
    with recording(None, house=House(), folder=tmp_path) as record:
        made = ready(path, record, dates=None)
        assert [(one.column, one.about, one.rows) for one in made.survey.doubts] == [
            ("Next on", "dates", 3),
            ("Phone", "zeros", 3),
        ]
        assert made.open_questions
    run(path, tmp_path / "day", zeros=Zeros.PUT_BACK)
    run(path, tmp_path / "month", dates=Order.MONTH_FIRST, zeros=Zeros.LEAVE, decided={})
    letter = text((tmp_path / "day" / "letters" / "FU-00001-client.docx").read_bytes())
    assert "3 July 2026" in letter
    assert "01632960123" in letter


def test_one_sure_date_tells_the_order_of_its_column(tmp_path: Path) -> None:
    rows = [row(1, **{"Next on": "03/07/2026"}), row(2, **{"Next on": "23/07/2026"})]
    with recording(None, house=House(), folder=tmp_path) as record:
        assert not ready(home(tmp_path, as_csv(rows)), record, dates=None).survey.doubts
        rows.append(row(3, **{"Next on": "07/23/2026"}))
        (doubt,) = ready(home(tmp_path, as_csv(rows)), record, dates=None).survey.doubts
    assert "mixes two kinds" in doubt.question


def test_days_as_excel_counts_them_are_read_as_dates(tmp_path: Path) -> None:
    path = home(tmp_path, as_csv([row(1, **{"Next on": "46193"})]))
    with recording(None, house=House(), folder=tmp_path) as record:
        assert "Excel" in ready(path, record).survey.notes[0]
    run(path, tmp_path / "out")
    assert "20 June 2026" in text((tmp_path / "out" / "letters" / "FU-00001-client.docx").read_bytes())


def test_days_as_an_old_mac_counts_them_are_read_as_dates(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([row(1)])))
    book.epoch = CALENDAR_MAC_1904
    place = next(cell for cell in book.active[1] if cell.value == "Next on")
    book.active.cell(2, place.column).value = 44731
    book.active.cell(2, place.column).number_format = "General"
    book.save(tmp_path / "mac.xlsx")
    path = home(tmp_path, (tmp_path / "mac.xlsx").read_bytes(), "clinic.xlsx")
    run(path, tmp_path / "out")
    assert "We meet on 20 June 2026" in text((tmp_path / "out" / "letters" / "FU-00001-client.docx").read_bytes())


def test_a_letter_that_the_client_checks_first_gives_the_review_copy_alone(tmp_path: Path) -> None:
    path = home(tmp_path, as_csv(sound(2)), template=TEMPLATE.replace('"none"', '"required"'))
    run(path, tmp_path / "out")
    letters = tmp_path / "out" / "letters"
    assert sorted(one.name for one in letters.iterdir()) == ["FU-00001", "FU-00002"]
    names = sorted(one.name for one in (letters / "FU-00001").iterdir())
    assert [name for name in names if not name.endswith(".docx")] == ["case.toml", "review.toml"]
    assert len(names) == 3
    letter = open_folder(letters / "FU-00001" / "case.toml")
    assert letter.review.state == "with the client"
    assert letter.case.client.name == "Ben Wren"
    before = files(tmp_path / "out")
    assert [one.state for one in run(path, tmp_path / "out").values()] == [State.WRITTEN] * 2
    assert files(tmp_path / "out") == before


@pytest.mark.parametrize("review", ['"required"', '"none"'])
def test_what_a_client_answered_is_never_written_over_even_by_force(tmp_path: Path, review: str) -> None:
    path = home(tmp_path, as_csv(sound(2)), template=TEMPLATE.replace('"none"', '"required"'))
    run(path, tmp_path / "out")
    letters = tmp_path / "out" / "letters"
    (letters / "FU-00001" / "review.toml").write_bytes(b"# what came back\n")
    home(tmp_path, as_csv(sound(2)), template=TEMPLATE.replace('"none"', review))
    before = files(letters / "FU-00001")
    for force in (False, True):
        first, second = run(path, tmp_path / "out", force=force).values()
        assert [first.state, second.state] == [State.ATTENTION, State.WRITTEN]
        assert first.then.startswith("Go on in FU-00001")
        assert files(letters / "FU-00001") == before
    assert not list(letters.glob("FU-00001-*"))
    home(tmp_path, as_csv([row(1, Deceased="yes"), row(2)]), template=TEMPLATE.replace('"none"', review))
    first, _ = run(path, tmp_path / "out", force=True).values()
    assert "died" in first.what
    assert files(letters / "FU-00001") == before


HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "\t=1", "{{ 7 * 7 }}", "{% for x in y %}", "{{ client.__class__ }}",
    "<w:p/>", "]]>&lt;", "&#x0;", "'; drop table rows; --", "../../../../etc/passwd", "${jndi:ldap://example.org}",
    "# Heading", "**bold**", "| a | b |", "\u202etxt.exe", "%s%n", "\u2028", "Zo\u0308e",
)  # fmt: skip


def test_a_table_made_to_harm_does_none(tmp_path: Path) -> None:
    rows = [row(n, Said=cell, Surname=cell, **{"Address 1": cell, "GP": cell}) for n, cell in enumerate(HOSTILE, 1)]
    rows += [row(100, Ref=cell) for cell in HOSTILE]
    before = {path for path in tmp_path.parent.rglob("*") if tmp_path not in path.parents}
    out = tmp_path / "in" / "out"
    done = run(home(tmp_path / "in", as_csv(rows)), out)
    assert len(done) == len(rows)
    assert {path for path in tmp_path.parent.rglob("*") if tmp_path not in path.parents} == before | {tmp_path}
    for name, data in files(out).items():
        if name.endswith(".docx"):
            assert "49" not in text(data).replace("1949", "")
    for name in ("report.csv", "manifest.csv", "rows-to-mend.csv"):
        for line in csv.reader(io.StringIO((out / name).read_text(encoding="utf-8-sig"), newline="")):
            assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert "{{" not in (out / "report.html").read_text(encoding="utf-8")


def test_all_cells_of_a_row_that_cannot_be_right_are_told_at_once(tmp_path: Path) -> None:
    bad = row(1, **{"DOB": "31/02/1990", "Said": "#REF!", "Safe address": "maybe"})
    (found,) = run(home(tmp_path, as_csv([bad])), tmp_path / "out").values()
    told = f"“{found.cell}”: {found.what} {found.then}"
    assert [told.count(words) for words in ("a date that exists", "an error of Excel", "neither yes nor no")] == [
        1,
        1,
        1,
    ]
    assert told.count("Also “") == 2


def test_the_report_names_the_rows_with_issues_of_wording(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(home(tmp_path, as_csv([row(1), row(2, Said="You have oedema and dyspnoea. You were non-compliant.")])), out)
    page = (out / "report.html").read_text(encoding="utf-8")
    worst = page.partition("Most issues of wording")[2].partition("</table>")[0]
    assert "<td>FU-00002</td>" in worst.partition("<tbody>\n")[2].partition("\n")[0]


def test_an_error_nobody_expected_names_no_value_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: Any, **__: Any) -> None:
        raise KeyError("a secret")

    monkeypatch.setattr(make, "draft", stumble)
    outcomes = judge(home(tmp_path, as_csv(sound(2))))
    assert [one.state for one in outcomes] == [State.ATTENTION] * 2
    assert "secret" not in repr(outcomes)


def test_the_register_answers_for_clients_and_hears_of_final_copies(tmp_path: Path) -> None:
    rows = [row(n, **{"GP consent": "", "GP yes to": "", "Consent date": "", "Consent until": ""}) for n in (1, 2)]
    path, where = home(tmp_path, as_csv(rows)), str(tmp_path / "register.db")
    with open_register(where, house=House(), folder=tmp_path) as register:
        yes = Provision(
            Answer.PERMIT, "letter", "gp", NOW.date(), "FU-00001", until=NOW.date().replace(year=2027), later=True
        )
        register.record(rows[0]["NHS No"], [yes], by="test", at=NOW)
    run(path, tmp_path / "out", where=where)
    assert sorted(one.name for one in (tmp_path / "out" / "letters").iterdir()) == [
        "FU-00001-client.docx",
        "FU-00001-gp.docx",
        "FU-00002-client.docx",
    ]
    with open_register(where, house=House(), folder=tmp_path) as register:
        assert {one.recipient for one in register.holders(rows[0]["NHS No"])} == {"client", "gp"}
        assert {one.recipient for one in register.holders(rows[1]["NHS No"])} == {"client"}


@pytest.mark.parametrize("words", ["No", "none", "-", ""])
def test_nobody_opens_the_post_where_a_cell_says_so(tmp_path: Path, words: str) -> None:
    rows = [row(1, **{"Post opened by": words, "Envelope marking": words, "Title": words})]
    assert [one.state for one in judge(home(tmp_path, as_jsonl(rows), "list.jsonl"))] == [State.READY]


def test_letters_that_were_made_with_a_register_are_not_made_again_without(tmp_path: Path) -> None:
    path, where = home(tmp_path, as_csv(sound(1))), str(tmp_path / "register.db")
    with open_register(where, house=House(), folder=tmp_path) as register:
        no = Provision(Answer.DENY, "letter", "gp", NOW.date(), "", later=True)
        register.record(sound(1)[0]["NHS No"], [no], by="test", at=NOW)
    letters = tmp_path / "out" / "letters"
    run(path, tmp_path / "out", where=where)
    assert [one.name for one in letters.iterdir()] == ["FU-00001-client.docx"]
    with pytest.raises(RegisterError, match="now no register is asked"):
        run(path, tmp_path / "out")
    assert [one.name for one in letters.iterdir()] == ["FU-00001-client.docx"]
    run(path, tmp_path / "out", where=where)


def test_an_answer_that_comes_while_the_letters_are_made_keeps_them_from_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, where = home(tmp_path, as_csv(sound(1))), str(tmp_path / "register.db")
    open_register(where, house=House(), folder=tmp_path).close()
    answers, times = Register.answers, count(1)

    def and_then_a_no(self: Register, client: str) -> Answers:
        found = answers(self, client)
        no = Provision(Answer.DENY, "letter", "gp", NOW.date(), f"X-{next(times)}", later=True)
        self.record(client, [no], by="another worker", at=NOW)
        return found

    monkeypatch.setattr(Register, "answers", and_then_a_no)
    run(path, tmp_path / "out", where=where)
    assert not list((tmp_path / "out" / "letters").iterdir())


def test_any_executor_makes_the_same_letters(tmp_path: Path) -> None:
    path = home(tmp_path, as_csv(sound(45)))
    run(path, tmp_path / "alone")
    with ThreadPoolExecutor(2) as threads:
        run(path, tmp_path / "threads", executor=threads)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        run(path, tmp_path / "processes", executor=processes)
    assert files(tmp_path / "alone") == files(tmp_path / "threads") == files(tmp_path / "processes")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no SIGKILL")
def test_a_run_that_is_killed_goes_on_to_the_same_bytes(tmp_path: Path, deep: bool) -> None:
    rows = sound(60)
    rows[17] = row(18, DOB="31/02/1990")
    path, chance = home(tmp_path, as_csv(rows)), random.Random(11)
    run(path, tmp_path / "warm")
    start = time.perf_counter()
    run(path, tmp_path / "whole")
    whole, took = files(tmp_path / "whole"), time.perf_counter() - start
    broken = 0
    for number in range(50 if deep else 5):
        out = tmp_path / f"broken-{number}"
        for _ in range(2):
            child = os.fork()
            if not child:
                run(path, out)
                os._exit(0)
            time.sleep(chance.uniform(0.05, 0.9) * took)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            broken += not (out / "report.html").exists()
        run(path, out)
        assert files(out) == whole
    assert broken  # else no moment was early enough to break anything


def test_a_second_run_in_the_same_folder_waits(tmp_path: Path) -> None:
    other = Folder(tmp_path / "out", "b").taken()
    with Folder(tmp_path / "out", "a").taken(), pytest.raises(OutputError, match="Another run"), other:
        pass


def test_the_gate_is_asked_at_the_moment_of_writing(tmp_path: Path) -> None:
    path = home(tmp_path, as_csv(sound(1)))
    run(path, tmp_path / "out")
    later = run(path, tmp_path / "out", now=NOW.replace(year=2028))
    assert any("run out" in note for note in later[2].notes)
    assert not (tmp_path / "out" / "letters" / "FU-00001-gp.docx").exists()


def test_what_is_counted_is_grouped_by_what_is_wrong(tmp_path: Path) -> None:
    rows = [row(n, DOB="31/02/1990") for n in range(1, 21)]
    tally = tallied(judge(home(tmp_path, as_csv(rows))))
    ((key, group),) = tally.groups.items()
    assert key[1] == "DOB"
    assert (group.count, len(group.rows)) == (20, 12)


def test_another_clients_name_or_number_in_a_letter_stops_that_letter(tmp_path: Path) -> None:
    rows = [row(1), row(2, Said="As I said to Ben Wren last week."), row(3, Said=f"Number {row(1)['NHS No']}.")]
    done = run(home(tmp_path, as_csv(rows)), tmp_path / "out")
    assert [one.state for one in done.values()] == [State.WRITTEN, State.ATTENTION, State.ATTENTION]
    assert "another client’s name" in done[3].what.replace("'", "’")
    assert "another client’s" in done[4].what.replace("'", "’")


def test_the_services_own_number_is_no_issue_in_a_letter(tmp_path: Path) -> None:
    issues = []
    for name, contact in (("a stranger's", ""), ("ours", '[contact]\nphone = "01632 960777"\n')):
        path = home(tmp_path / name, as_csv([row(1, Said="Your number is 01632 960777.")]))
        with (path.parent / "tipletters.toml").open("a", encoding="utf-8") as file:
            file.write(contact)
        reading = run(path, tmp_path / name / "out")[2].reading
        assert reading is not None
        issues.append(reading.issues)
    assert issues[1] == issues[0] - 2  # one in each copy


def test_bundles_keep_practices_apart_and_each_letter_begins_its_own_pages(tmp_path: Path) -> None:
    path, out = home(tmp_path, as_csv(sound(8))), tmp_path / "out"
    run(path, out)
    folder = Folder(out, run_of(path))
    with folder.taken() as ledger:
        made = bundle(folder, ledger, pdf=False)
        pack(folder, ledger)
    names = {name: (whom, count) for name, whom, count in made}
    assert names == {
        "clients-to-send": ("clients", 7),
        "clients-to-send-large-print": ("clients", 1),
        "recipient-01": ("Orchard Surgery", 4),
        "recipient-02": ("Station Surgery", 4),
    }
    for name in names:
        data = (out / "print" / f"{name}.docx").read_bytes()
        sections = docx.Document(io.BytesIO(data)).sections
        assert len(sections) == names[name][1]
        feet = [one.footer.paragraphs[-1].text for one in sections]
        assert len(set(feet)) == len(feet)
        assert not [text for text in feet if "of" in text.split()]
        assert {str(one.start_type) for one in sections} == {"ODD_PAGE (4)"}
        validated(data)
    gp = docx.Document(str(out / "print" / "recipient-01.docx"))
    assert "Station Surgery" not in "\n".join(one.text for one in gp.paragraphs)
    with zipfile.ZipFile(out / "letters.zip") as archive:
        assert archive.testzip() is None
        assert len([name for name in archive.namelist() if name.startswith("letters/")]) == 16
    before = files(out)
    with folder.taken() as ledger:
        bundle(folder, ledger, pdf=False)
        pack(folder, ledger)
    assert files(out) == before


@pytest.mark.needs_libreoffice
def test_a_bundle_as_pdf_begins_each_letter_on_an_odd_page(tmp_path: Path) -> None:
    long = "\n\n".join(f"Line {n} of a letter that runs over to a second page." for n in range(30))
    path, out = home(tmp_path, as_csv([row(1), row(2, Said=long), row(3)])), tmp_path / "out"
    run(path, out)
    folder = Folder(out, run_of(path))
    with folder.taken() as ledger:
        bundle(folder, ledger, pdf=True)
    pages = [
        page.extract_text().replace("\u00a0", " ") for page in PdfReader(out / "print" / "clients-to-send.pdf").pages
    ]
    begins = [number for number, page in enumerate(pages, start=1) if "Page 1 of" in page]
    assert len(begins) == 3
    assert all(number % 2 for number in begins)
    assert any("Page 2 of 2" in page for page in pages)
    assert not list((out / ".run").glob("parts/*"))


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("tcp://10.0.0.7:8786", "not encrypted"),
        ("tcp://dask.example.org:8786", "not encrypted"),
        ("http://127.0.0.1", "not the address"),
        ("tls://dask.example.org:8786", "no certificates"),
    ],
)
def test_a_cluster_elsewhere_needs_encryption(tmp_path: Path, address: str, part: str) -> None:
    with pytest.raises(OutputError, match=part), dask(address, tmp_path):
        pass


@pytest.mark.parametrize(
    ("spill", "local", "part"), [(0.7, "out/w1", "may write letters"), (False, "elsewhere", "lie elsewhere")]
)
def test_a_worker_that_could_leave_letters_about_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spill: float, local: str, part: str
) -> None:
    memory = SimpleNamespace(memory_target_fraction=False, memory_spill_fraction=spill)
    worker = SimpleNamespace(memory_manager=memory, local_directory=str(tmp_path / local), address="tcp://127.0.0.1:1")
    monkeypatch.setattr("distributed.get_worker", lambda: worker)
    with recording(None, house=House(), folder=tmp_path) as record:
        setup = ready(home(tmp_path, as_csv(sound(1))), record).work.setup
    with pytest.raises(OutputError, match=part):
        on_dask(str(tmp_path / "out"), setup, [], False)


def cluster(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A scheduler and two workers, each a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    found = str(folder / "scheduler.json")
    off = {f"DASK_DISTRIBUTED__WORKER__MEMORY__{name}": "False" for name in ("TARGET", "SPILL")}
    environment = {**os.environ, **off, "PYTHONPATH": os.pathsep.join(sys.path)}
    common = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    local = ["--host", "127.0.0.1", "--scheduler-file", found, "--no-dashboard"]
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", *local]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", *local, "--no-nanny", "--nthreads", "1"]
    yield subprocess.Popen(scheduler, **common)  # type: ignore[call-overload]
    for number in (1, 2):
        yield subprocess.Popen([*worker, "--local-directory", str(folder / f"w{number}")], **common)  # type: ignore[call-overload]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_a_cluster_makes_the_same_letters_though_a_worker_is_killed(tmp_path: Path) -> None:
    path, out = home(tmp_path, as_csv(sound(60))), tmp_path / "out"
    run(path, tmp_path / "alone")
    started = list(cluster(out / ".run" / "dask"))
    try:
        address = _address(out / ".run" / "dask" / "scheduler.json", workers=2)
        with dask(address, out) as (executor, count, make):
            assert count == 2
            threading.Timer(0.6, started[1].kill).start()
            run(path, out, executor=executor, make=make)
    finally:
        for process in started:
            process.kill()
            process.wait()
    assert files(out) == files(tmp_path / "alone")


def _address(path: Path, workers: int) -> str:
    from distributed import Client

    for _ in range(100):
        if path.is_file():
            address = json.loads(path.read_text())["address"]
            with Client(address, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=30)
            return str(address)
        time.sleep(0.2)
    raise AssertionError("no scheduler")
