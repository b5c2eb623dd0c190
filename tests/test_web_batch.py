"""The page for many letters, in a real browser: a table of 200 rows, five of them put right on the page."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import tables
from webpage import Clock, barriers, go, served, until, visited

from tipletters.errors import ReadError
from tipletters.tables import open_table
from tipletters.template import find as find_template
from tipletters.web import batch, job
from tipletters.web.desk import Desk
from tipletters.web.questions import in_words

pytestmark = pytest.mark.needs_chromium


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("TIPLETTERS_HOME", str(tmp_path / "home"))
    tables.home(tmp_path / "letters", b"")
    with served(tmp_path / "letters", Clock(datetime(2026, 5, 14, 17, 30)), by="Robin Hale") as desk:
        yield desk


@pytest.fixture
def window(chromium: Any, desk: Desk) -> Iterator[Any]:
    with visited(chromium, desk) as window:
        go(window, desk, "batch")
        window.select_option("#kind", "visit")
        yield window


def drop(window: Any, rows: list[dict[str, Any]], kind: str = "csv") -> None:
    data = tables.as_csv(rows) if kind == "csv" else tables.as_xlsx(rows)
    window.set_input_files("#file", {"name": f"clinic.{kind}", "mimeType": "", "buffer": data})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_of_200_rows_is_judged_five_are_put_right_and_all_are_written(
    window: Any, desk: Desk, kind: str
) -> None:
    rows = tables.sound(200 if kind == "csv" else 20)
    for number in (3, 7, 11, 13, 17):
        rows[number]["Next on"] = "31/02/2026"
    drop(window, rows, kind)
    window.wait_for_selector(".mend")
    assert barriers(window) == []
    assert f"{len(rows) - 5} ready" in window.inner_text(".counts")
    assert "5 to put right" in window.inner_text(".counts")
    boxes = window.locator(".mend input")
    assert boxes.count() == 5
    for box in boxes.all():
        assert box.input_value() == "31/02/2026"
        box.fill("20/06/2026")
    window.get_by_role("button", name="Look again").click()
    until(window, f"document.querySelector('.counts').textContent === '{len(rows)} ready'")
    window.get_by_role("button", name="Write the letters that are ready").click()
    window.wait_for_selector("#done a", timeout=60_000)
    assert f"{len(rows)} letters are written" in window.inner_text("#done")
    assert barriers(window) == []
    out = desk.folder / "batch-260514-1"
    assert len(list((out / "letters").glob("*-client*.docx"))) == len(rows)
    assert not list((out / ".run").glob("table-*"))
    with window.expect_download() as waiting:
        window.locator("#done a", has_text="report.html").click()
    assert "FU-00200" in Path(waiting.value.path()).read_text(encoding="utf-8") or kind == "xlsx"


def test_a_cell_that_is_put_right_keeps_its_paragraphs(window: Any, desk: Desk) -> None:
    rows = tables.sound(3)
    for row in rows[1:]:
        row["Said"] = "We met.\n\nYou drink less [private: alcohol] now.\n\nWe meet again."
    drop(window, rows)
    window.wait_for_selector(".mend textarea")
    assert barriers(window) == []
    with window.expect_response("**/do/batch-judge"):
        window.get_by_role("button", name="Look again").click()
    until(window, "document.querySelectorAll('.mend textarea').length === 2")
    window.locator(".mend textarea").first.fill("We met.\n\n[private: alcohol] You drink less now.\n\nWe meet again.")
    window.get_by_role("button", name="Look again").click()
    until(window, "document.querySelector('.counts').textContent.includes('2 ready')")
    table = open_table(next(desk.folder.glob("batch-*/.run/table-*")))
    said = [row.cells[table.columns.index("Said")] for row in table.read()]
    assert said[1:] == ["We met.\n\n[private: alcohol] You drink less now.\n\nWe meet again.", rows[2]["Said"]]


def test_what_is_to_be_asked_about_a_column_is_asked_once(window: Any, desk: Desk) -> None:
    drop(
        window,
        [
            tables.row(
                n,
                **{
                    "Next on": "05/06/2026",
                    "DOB": "03/04/1980",
                    "Consent date": "05/05/2026",
                    "Consent until": "05/05/2027",
                    "Asked": "05/05/2026",
                },
            )
            for n in range(1, 4)
        ],
    )
    window.wait_for_selector("#flight fieldset")
    assert barriers(window) == []
    for choice in window.locator("#flight fieldset").all():
        choice.locator("input").first.check()
    window.get_by_role("button", name="Look again").click()
    window.wait_for_selector(".counts")


def test_a_column_of_another_name_is_said_on_the_page(window: Any, desk: Desk) -> None:
    data = tables.as_csv(tables.sound(3)).replace(b"Next on", b"When again").replace(b"Said", b"Words")
    window.set_input_files("#file", {"name": "clinic.csv", "mimeType": "", "buffer": data})
    window.wait_for_selector("[data-place]")
    assert barriers(window) == []
    asked = window.inner_text("#flight")
    assert "Which column holds this?" in asked and "fields." not in asked
    for place, column in (("fields.next_on", "When again"), ("fields.said", "Words")):
        window.locator(f"[data-place='{place}']").first.select_option(column)
    window.get_by_role("button", name="Look again").click()
    window.wait_for_selector(".counts")
    assert "3 ready" in window.inner_text(".counts")


def test_a_place_in_a_case_is_called_as_the_form_calls_it(desk: Desk) -> None:
    data = tables.as_csv(tables.sound(2)).replace(b"Forename", b"Called").replace(b"First name", b"Called")
    asked = batch.take(desk, "a.csv", data, {"day": "2026-05-14", "template": "visit"})["questions"]["missing"]
    assert {"place": "client.first_name", "name": "Their first name"} in asked
    head = find_template("visit", [desk.folder / "templates"]).head
    for place, words in (("fields.said.private", "(private)"), ("recipients.gp.consent", "Gp consent")):
        assert in_words(place, head).endswith(words)


def test_what_is_no_table_is_refused_and_hostile_cells_are_only_shown(window: Any) -> None:
    window.set_input_files("#file", {"name": "a.xlsx", "mimeType": "", "buffer": b"PK\x03\x04"})
    window.wait_for_selector("#trouble .what")
    assert barriers(window) == []
    hostile = "<img src=x onerror=\"document.title='pwned'\">"
    drop(window, [tables.row(1, **{"Next on": hostile, "Ref": hostile})])
    window.wait_for_selector(".mend")
    assert window.locator("#flight img").count() == 0
    assert "pwned" not in window.title()


def test_letters_are_joined_for_the_printer_where_that_is_asked_for(window: Any, desk: Desk) -> None:
    drop(window, tables.sound(4))
    window.wait_for_selector(".counts")
    window.get_by_label("Join the letters for the printer").check()
    assert barriers(window) == []
    window.get_by_role("button", name="Write the letters that are ready").click()
    window.wait_for_selector("#done a", timeout=120_000)
    (folder,) = desk.folder.glob("batch-*")
    joined = sorted(path.stem for path in (folder / "print").glob("*.docx"))
    assert any(name.startswith("clients-") for name in joined)
    shown = window.inner_text("#done .files")
    assert all(name in shown for name in joined)


def test_two_tabs_with_two_tables_never_speak_of_each_other(desk: Desk) -> None:
    first, second = tables.sound(3), tables.sound(6)[3:]
    first[1]["Next on"] = second[1]["Next on"] = "31/02/2026"
    kind = {"day": "2026-05-14", "template": "visit"}
    one = batch.take(desk, "first.csv", tables.as_csv(first), kind)
    other = batch.take(desk, "second.csv", tables.as_csv(second), kind)
    mended = [{"row": 3, "column": "Next on", "value": "20/06/2026"}]
    assert batch.judge(desk, {"batch": one["batch"], "mended": mended})["counts"]["ready"] == 3
    assert [row["value"] for row in batch.judge(desk, {"batch": other["batch"]})["waiting"]] == ["31/02/2026"]
    job.write(desk, {"batch": one["batch"]})
    while not (said := job.progress(desk, {"batch": one["batch"]}))["finished"]:
        time.sleep(0.05)
    assert said["written"] == 3
    written = {path.name[:8] for path in desk.folder.glob("batch-*/letters/*.docx")}
    assert written == {"FU-00001", "FU-00002", "FU-00003"}


def test_a_table_that_made_room_for_newer_ones_is_refused_and_leaves_nothing(desk: Desk) -> None:
    kind = {"day": "2026-05-14", "template": "visit"}
    names = [batch.take(desk, "a.csv", tables.as_csv(tables.sound(2)), kind)["batch"] for _ in range(4)]
    for name in (names[0], "", None, [names[3]]):
        for do in (batch.judge, job.write, job.progress):
            with pytest.raises(ReadError, match="replaced by another one"):
                do(desk, {"batch": name})
    assert len(list(desk.folder.glob("batch-*/.run/table-*"))) == 3
    desk.leave()
    again = batch.take(desk, "b.csv", tables.as_csv(tables.sound(2)), kind)["batch"]
    assert again not in names
