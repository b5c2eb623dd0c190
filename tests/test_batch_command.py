"""`tipletters batch`: what it says, what it asks, and that it writes nothing before that."""

import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result
from conftest import NOW
from tables import TEMPLATE, as_csv, as_xlsx, files, home, row, sound

import tipletters.batch
from tipletters.batch.plan import Order
from tipletters.batch.survey import Doubt
from tipletters.cli import main
from tipletters.cli.batchview import View
from tipletters.cli.session import Session
from tipletters.errors import CaseError, ReadError
from tipletters.resources import folder

ALWAYS = ("--date", "2026-05-14", "--dates", "day-first")


def batch(path: Path | str, out: Path, *more: str, given: bytes | None = None, always: bool = True) -> Result:
    command = ["batch", "visit", str(path), "-o", str(out), *(ALWAYS if always else ()), *more]
    session = Session(now=lambda: NOW, examples=True)
    return CliRunner().invoke(main, command, obj=session, input=given)


def test_all_ready_is_written_at_once_and_told(tmp_path: Path) -> None:
    done = batch(home(tmp_path, as_csv(sound(3))), tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "3 ready." in done.output
    assert "Written: 3 letters." in done.output
    again = batch(tmp_path / "clinic.csv", tmp_path / "out")
    assert "Nothing to do: all 3 letters are as we wrote them." in again.output


def test_nothing_is_written_before_it_was_shown(tmp_path: Path) -> None:
    path, out = home(tmp_path, as_csv([row(1), row(2, DOB="1990"), row(3, DOB="")])), tmp_path / "out"
    for more in (("--dry-run",), ()):
        done = batch(path, out, *more)
        assert done.exit_code == 1
        assert "2 ready, 1 to mend" in done.output
        assert "Row 3: “DOB”." in done.output
        assert "Nothing has been written." in done.output
        assert not out.exists()
    assert batch(path, out, "--dry-run", "--json").exit_code == 1
    done = batch(path, out, "--only-ready")
    assert done.exit_code == 1
    assert "rows-to-mend.csv" in done.output
    assert "tipletters batch visit" in done.output
    assert len(list((out / "letters").iterdir())) == 4


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_with_more_cells_than_columns_is_named_and_stops_no_other(tmp_path: Path, kind: str) -> None:
    rows = [row(1), row(2), row(3)]
    if kind == "csv":
        wide = as_csv(rows).rstrip(b"\r\n") + b",more\r\n"
        path, out = home(tmp_path, wide), tmp_path / "out"
    else:
        path, out = home(tmp_path, as_xlsx(rows), "clinic.xlsx"), tmp_path / "out"
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        sheet.cell(4, sheet.max_column + 1, "more")
        book.save(path)
    done = batch(path, out, "--only-ready")
    assert "2 ready, 1 to mend" in done.output
    assert "Row 4: This row has" in " ".join(done.output.split()) and "cells, but the table has" in done.output
    again = batch(out / f"rows-to-mend.{kind}", tmp_path / "again")  # nothing of it is lost, and it is no whole row yet
    assert "Row 2: This row has" in " ".join(again.output.split()) and not (tmp_path / "again").exists()


def test_the_date_of_the_letters_is_taken_as_people_write_it(tmp_path: Path) -> None:
    path = home(tmp_path, as_csv(sound(1)))
    done = batch(path, tmp_path / "out", "--date", "14/5/2026", "--dates", "day-first", always=False)
    assert done.exit_code == 0, done.output


def test_no_message_repeats_what_a_cell_holds(tmp_path: Path) -> None:
    rows = [row(n, **{cell: "Xq7secret"}) for n, cell in enumerate(("DOB", "NHS No", "Next on", "GP consent"), 1)]
    out = tmp_path / "out"
    done = batch(home(tmp_path, as_csv([*rows, row(9)])), out, "--only-ready", "--json")
    assert "Xq7secret" not in done.output
    for name, data in files(out).items():
        assert ("rows-to-mend" in name) == (b"Xq7secret" in data), name


def test_json_has_a_line_for_each_row(tmp_path: Path) -> None:
    done = batch(home(tmp_path, as_csv([row(1), row(2, Ref="")])), tmp_path / "out", "--json", "--only-ready")
    lines = [json.loads(line) for line in done.output.splitlines()]
    assert [one["event"] for one in lines] == [
        "opened", "judged row", "judged row", "judged", "row", "row", "done",
    ]  # fmt: skip
    assert lines[4]["files"][0]["copy"] == "client"
    assert lines[-1] == {"event": "done", "new": 1, "files": lines[-1]["files"], "written": 1, "needs attention": 1}


def test_a_table_from_another_program_is_kept_for_the_run_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home(tmp_path, b"")
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "out"
    done = batch("-", out, given=as_csv(sound(2)))
    assert done.exit_code == 0, done.output
    assert not list((out / ".run").glob("table-*"))
    assert len(list((out / "letters").iterdir())) == 4


def test_what_has_to_be_settled_first_is_said_with_the_way_out(tmp_path: Path) -> None:
    rows = as_csv([row(1, **{"Next on": "03/04/2026", "Phone": "1632960123"})])
    rows = rows.replace(b"Forename", b"Fornmae").replace(b"Asked", b"Colour of the door")
    done = batch(home(tmp_path, rows), tmp_path / "out", always=False)
    assert done.exit_code == 1
    assert "No column gives “date”. Add --date" in done.output
    assert "Did you mean “client.first_name”?" in done.output
    assert "--dates day-first" in done.output
    assert "--zeros put-back" in done.output
    assert "Not used: Colour of the door." in done.output
    assert not (tmp_path / "out").exists()


def test_a_mapping_file_says_what_the_columns_are_and_what_is_the_same(tmp_path: Path) -> None:
    rows = as_csv(sound(2)).replace(b"Forename", b"Pt Given").replace(b"GP,", b"Old no,")
    (tmp_path / "map.toml").write_text(
        """
[columns]
"Pt Given" = "client.first_name"
"Old no" = ""

[same]
date = 2026-05-14

[same.author]
name = "Mo Lane"

[[same.recipients]]
key = "gp"
name = "Dr Same"
""",
        encoding="utf-8",
    )
    done = batch(home(tmp_path, rows), tmp_path / "out", "--map", str(tmp_path / "map.toml"), always=False)
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "out" / "letters").iterdir())) == 4


def test_the_plan_in_the_docs_fits_a_table_with_its_columns(tmp_path: Path) -> None:
    page = (folder("templates").parent / "docs" / "batch.md").read_text(encoding="utf-8")
    (tmp_path / "my-map.toml").write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    table = "Ref,Pt Given,Surname,Clinic notes,Appt,CHI,Old system no,Went well,Plan\n"
    table += "T-1,Anna,Lindqvist,You sleep better now.,03/04/2026,,77,You came.,who: You | what: call us | when: soon\n"
    for name in ("tipletters.toml", "logo.png"):
        (tmp_path / name).write_bytes((folder("templates") / "examples" / name).read_bytes())
    (tmp_path / "clinic.csv").write_text(table, encoding="utf-8")
    command = ["batch", "follow-up", str(tmp_path / "clinic.csv"), "-o", str(tmp_path / "out"), "--map"]
    session = Session(now=lambda: NOW, examples=True)
    done = CliRunner().invoke(main, [*command, str(tmp_path / "my-map.toml"), "--dry-run"], obj=session)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("mapping", "part"),
    [
        ('[columns]\n"Forname" = "client.first_name"', "no column “Forname”"),
        ('[columns]\nForename = "client.firstname"', "no such place"),
        ('[columns]\nTown = "client.last_name"', "both mean"),
        ('[zeros]\nPhone = "maybe"', "zeros"),
    ],
)
def test_a_mapping_that_cannot_be_is_said_so(tmp_path: Path, mapping: str, part: str) -> None:
    (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
    done = batch(home(tmp_path, as_csv(sound(1))), tmp_path / "out", "--map", str(tmp_path / "map.toml"))
    assert isinstance(done.exception, CaseError)
    assert part in str(done.exception)


def test_practices_may_stand_in_a_list_of_their_own(tmp_path: Path) -> None:
    rows = as_csv([row(1, GP="S-1", **{"GP practice": ""}), row(2, GP="S-9", **{"GP practice": ""})])
    (tmp_path / "list.csv").write_text("Code,Name,Organisation,Address\nS-1,Dr Hart,Station Surgery,1 High Street\n")
    path = home(tmp_path, rows.replace(b"GP,GP practice", b"GP code,GP practice"))
    done = batch(path, tmp_path / "out", "--recipients", str(tmp_path / "list.csv"), "--only-ready")
    assert "nobody with this code" in done.output
    assert sorted(one.name for one in (tmp_path / "out" / "letters").iterdir()) == [
        "FU-00001-client.docx",
        "FU-00001-gp.docx",
    ]


def test_a_list_of_practices_in_which_excel_made_a_date_of_an_address_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Code,Name,Organisation,Address\nS-1,Dr Hart,Station Surgery,3-Jan\n")
    done = batch(home(tmp_path, as_csv([row(1)])), tmp_path / "out", "--recipients", str(tmp_path / "list.csv"))
    assert isinstance(done.exception, CaseError)
    assert "row 2, “address”" in done.exception.where


@pytest.mark.parametrize(
    ("practice", "written"), [("THE STATION SURGERY, Anytown", True), ("", True), ("Orchard Surgery", False)]
)
@pytest.mark.parametrize("code_first", [True, False])
def test_a_code_of_another_practice_than_the_row_names_keeps_the_row_back(
    tmp_path: Path, practice: str, written: bool, code_first: bool
) -> None:
    cells = {"GP code": "S-1"} | row(1) if code_first else row(1) | {"GP code": "S-1"}
    (tmp_path / "list.csv").write_text("Code,Name,Organisation,Address\nS-1,Dr Hart,Station Surgery,1 High Street\n")
    path = home(tmp_path, json.dumps(cells | {"GP practice": practice}).encode(), "clinic.jsonl")
    done = batch(path, tmp_path / "out", "--recipients", str(tmp_path / "list.csv"))
    assert ("another practice" in done.output) is not written
    assert (tmp_path / "out" / "letters" / "FU-00001-gp.docx").exists() is written


def test_two_practices_of_one_name_are_printed_apart(tmp_path: Path) -> None:
    rows = [row(n, **{"GP practice": "The Surgery"}) | {"GP address": f"{n // 3} Mill Lane"} for n in (1, 2, 4)]
    path = home(tmp_path, "\n".join(map(json.dumps, rows)).encode(), "clinic.jsonl")
    done = batch(path, tmp_path / "out", "--bundle")
    assert "(2 letters for The Surgery, 0 Mill Lane)" in done.output
    assert "(1 letter for The Surgery, 1 Mill Lane)" in done.output


def test_lists_rows_and_people_of_a_template_come_from_cells(tmp_path: Path) -> None:
    asks = """
[[fields]]
name = "tips"
type = "list"
prompt = "?"

[[fields]]
name = "plan"
type = "rows"
columns = ["who", "what"]
prompt = "?"

[[fields]]
name = "worker"
type = "person"
prompt = "?"

[[fields]]
name = "at"
type = "time"
prompt = "?"
+++
{% for one in tips %}
- {{ one }}
{% endfor %}

{% for one in plan %}
- {{ one.who }} will {{ one.what }}
{% endfor %}

{{ worker.name }}, {{ worker.role }}, {{ at | clock }}
"""
    template = TEMPLATE.replace("+++\nDear", asks + "\nDear", 1)
    head = "Ref,Forename,Surname,Said,Said private,Next on,Tips,Plan,Worker,Worker role,At\n"
    cells = '"1","Ann","Lee","Hello","home life","20/06/2026","Rest; Walk","who: You | what: call us","Sam","nurse","15:30"\n'
    done = batch(home(tmp_path, (head + cells).encode(), template=template), tmp_path / "out", "--format", "text")
    assert done.exit_code == 0, done.output
    letter = (tmp_path / "out" / "letters" / "1-client.txt").read_text(encoding="utf-8")
    for part in ("Rest", "Walk", "You will call us", "Sam, nurse, 3:30pm"):
        assert part in letter


def test_an_old_answer_about_a_column_is_not_asked_again(tmp_path: Path) -> None:
    from tipletters.batch import Folder, run_of

    path, out = home(tmp_path, as_csv([row(1, **{"Next on": "03/04/2026"})])), tmp_path / "out"
    folder = Folder(out, run_of(path))
    with folder.taken() as ledger:
        ledger.decide({"dates:Next on": "month-first"})
    done = batch(path, out, "--date", "2026-05-14", "--format", "text", always=False)
    assert done.exit_code == 0, done.output
    assert "4 March 2026" in (out / "letters" / "FU-00001-client.txt").read_text(encoding="utf-8")


def test_a_question_about_a_column_gives_the_likelier_answer_first(monkeypatch: pytest.MonkeyPatch) -> None:
    doubt = Doubt("Next on", "dates", 3, 2, "Which?", ((Order.DAY_FIRST, "day"), (Order.MONTH_FIRST, "month")))
    for typed, answer in (("\n", "day-first"), ("2\n", "month-first")):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert View(quiet=False, dry=False).asked(doubt) == answer


def test_a_workbook_and_its_sheet_are_named(tmp_path: Path) -> None:
    path = home(tmp_path, as_xlsx(sound(2)), "clinic.xlsx")
    assert "sheet “Sheet”" in batch(path, tmp_path / "out").output
    assert isinstance(batch(path, tmp_path / "out", "--sheet", "Other").exception, ReadError)


def test_the_examples_of_numbers_stop_a_real_run(tmp_path: Path) -> None:
    path: Any = home(tmp_path, as_csv(sound(1)))
    with (tmp_path / "tipletters.toml").open("a", encoding="utf-8") as file:
        file.write('[contact]\nphone = "01632 960001"\n')
    real = Session(now=lambda: datetime(2026, 5, 14, 12))
    done = CliRunner().invoke(main, ["batch", "visit", str(path), "-o", str(tmp_path / "out"), *ALWAYS], obj=real)
    assert done.exit_code == 1
    assert "set aside for examples" in done.output


def test_stopping_at_a_question_about_a_column_says_that_no_letter_was_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any, **__: Any) -> None:
        raise click.Abort

    monkeypatch.setattr(click, "prompt", stopped)
    with pytest.raises(click.exceptions.Exit):
        View(quiet=False, dry=False).asked(Doubt("Day", "dates", 1, 1, "Which?", (("day-first", "day first"),)))
    assert "Stopped. No letter was written, and no answer was kept." in capsys.readouterr().err


@pytest.mark.parametrize(("step", "says"), [("judged", "No letter was written"), ("written", "give the command again")])
def test_a_run_that_is_stopped_says_what_stands_and_goes_on_when_it_is_given_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, says: str
) -> None:
    path, real = home(tmp_path, as_csv(sound(3))), getattr(tipletters.batch, step)

    def stopped(*args: Any, **more: Any) -> Any:
        yield next(iter(real(*args, **more)))
        raise KeyboardInterrupt

    with monkeypatch.context() as held:
        held.setattr(tipletters.batch, step, stopped)
        done = batch(path, tmp_path / "out")
    assert (done.exit_code, "Stopped. " in done.output, says in done.output) == (1, True, True), done.output
    assert batch(path, tmp_path / "out").exit_code == 0
