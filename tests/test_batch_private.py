"""A column that says what another column is about: all of that cell is kept, or the row stops and says so."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tables import TEMPLATE, home, row
from test_batch_command import batch

from tipletters.errors import CaseError

ASKS = """
[[fields]]
name = "tips"
type = "list"
prompt = "What may help?"
required = false

[[fields]]
name = "plan"
type = "rows"
columns = ["who", "what"]
prompt = "Who does what?"
required = false

[[fields]]
name = "more"
prompt = "What else?"
type = "prose"
default = "You told us about gin."
+++
"""
PRINTS = """
{% for tip in tips %}
- {{ tip }}
{% endfor %}

{% for one in plan %}
- {{ one.who }} will {{ one.what }}
{% endfor %}

{{ more }}
"""
WHOLE = (TEMPLATE.replace("+++\nDear", f"{ASKS}\nDear", 1) + PRINTS).replace("\n\n\n", "\n\n")
SAID = (
    "You drink gin.\r\n\r\nMore gin.",
    "You drink gin.\n \nMore gin.",
    "You drink gin.\n\u00a0\nMore gin.",
    "You drink gin.\r\rMore gin.",
    "You drink gin.\u2028\u2028More gin.",
    "You told us:\n- you drink gin\n- you hide the gin",
    "You told us\n-\u00a0you drink gin\n•you hide the gin\n▪ more gin",
    "\uf0b7\tyou drink gin\n\uf0b7\tyou hide the gin",
    "1. you drink gin\n\t2) you hide the gin",
    "[private: home life] You drink gin.\n\nMore gin.",
    "[private] - you drink gin\n\n- more gin",
    "# Gin\n| gin | gin |\nand gin",
)


def letters(folder: Path, cells: dict[str, Any], kind: str = "jsonl") -> dict[str, str]:
    cells = row(1, Said="Hello.", More="Hello.") | cells
    out = io.StringIO(newline="")
    if kind == "csv":
        csv.writer(out).writerows([list(cells), list(cells.values())])
        data = out.getvalue().encode()
    elif kind == "xlsx":
        book, held = openpyxl.Workbook(), io.BytesIO()
        for line in (list(cells), list(cells.values())):
            book.active.append(line)
        book.save(held)
        data = held.getvalue()
    else:
        data = json.dumps(cells).encode()
    path = home(folder, data, f"clinic.{kind}", template=WHOLE)
    done = batch(path, folder / "out", "--format", "text", "--looked")
    assert done.exit_code == 0, done.output
    return {one.stem: one.read_text(encoding="utf-8") for one in (folder / "out" / "letters").iterdir()}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_all_of_a_cell_is_kept_however_its_lines_begin_and_end(tmp_path: Path, kind: str) -> None:
    for number, said in enumerate(SAID):
        made = letters(tmp_path / str(number), {"Said": said, "Said private": "alcohol"}, kind)
        assert made["FU-00001-client"].count("gin") >= 2, said
        assert "gin" not in made["FU-00001-gp"], said
        assert "private" not in made["FU-00001-client"], said


def test_a_marker_in_the_cell_counts_besides_the_column(tmp_path: Path) -> None:
    cells = {"Said": "[private: home life] You drink gin.", "Said private": "alcohol", "GP yes to": "alcohol"}
    assert "gin" not in letters(tmp_path, cells)["FU-00001-gp"]
    both = letters(tmp_path / "b", cells | {"GP yes to": "alcohol; home life"})
    assert "gin" in both["FU-00001-gp"]


def test_several_columns_and_several_labels_all_count(tmp_path: Path) -> None:
    for number, cells in enumerate(
        (
            {"Said private": "alcohol; home life"},
            {"Said private": "alcohol", "Private said": "home life"},
            {"Said private": "", "Private said": "alcohol\nhome life"},
            {"Said private": "yes"},
            {"Said private": True},
        )
    ):
        cells = {"Said": "You drink gin.", "GP yes to": "alcohol"} | cells
        assert "gin" not in letters(tmp_path / str(number), cells)["FU-00001-gp"]


def test_lists_and_rows_are_kept_with_what_they_say_themselves(tmp_path: Path) -> None:
    cells = {
        "Tips": ["Pour the gin away", "- Tell us about gin"],
        "Tips private": "alcohol",
        "Plan": [{"who": "You", "what": "stop gin"}, {"who": "We", "what": "hide gin", "private": "home life"}],
        "Plan private": "alcohol",
    }
    made = letters(tmp_path, cells)
    assert made["FU-00001-client"].count("gin") == 4
    assert "gin" not in made["FU-00001-gp"]
    half = letters(tmp_path / "b", cells | {"GP yes to": "alcohol"})["FU-00001-gp"]
    assert "stop gin" in half
    assert "hide gin" not in half


def test_the_templates_own_words_for_an_empty_cell_are_kept_too(tmp_path: Path) -> None:
    made = letters(tmp_path, {"More": "", "More private": "alcohol"})
    assert "gin" in made["FU-00001-client"]
    assert "gin" not in made["FU-00001-gp"]


@pytest.mark.parametrize(
    ("column", "cell", "part"),
    [
        ("Phone private", "alcohol", "cannot be kept private by itself"),
        ("Next on private", "alcohol", "cannot be kept private by itself"),
        ("Said private", "no", "does not say what is private here"),
        ("Said private", "alcohol] x", "cannot be a label"),
    ],
)
def test_what_cannot_be_kept_stops_the_row_and_names_the_column(
    tmp_path: Path, column: str, cell: str, part: str
) -> None:
    data = json.dumps(row(1) | {column: cell}).encode()
    done = batch(home(tmp_path, data, "clinic.jsonl"), tmp_path / "out")
    assert f"“{column}”" in done.output
    assert part in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()


def test_a_column_about_something_private_that_goes_nowhere_stops_the_run(tmp_path: Path) -> None:
    data = json.dumps(row(1) | {"Private?": "alcohol"}).encode()
    path = home(tmp_path, data, "clinic.jsonl")
    done = batch(path, tmp_path / "out")
    assert isinstance(done.exception, CaseError)
    assert "speaks of something private" in str(done.exception)
    (tmp_path / "map.toml").write_text('[columns]\n"Private?" = ""\n', encoding="utf-8")
    assert batch(path, tmp_path / "out", "--map", str(tmp_path / "map.toml")).exit_code == 0


@pytest.mark.parametrize(
    "column",
    [
        "No copy to GP",
        "Opt-out",
        "OptedOut",
        "Do not post",
        "GP consent withdrawn",
        "Don’t send",
        "Copies refused",
        "She consented to a copy",
    ],
)
def test_a_column_that_may_hold_a_no_is_never_passed_over(tmp_path: Path, column: str) -> None:
    path = home(tmp_path, json.dumps(row(1) | {column: "yes"}).encode(), "clinic.jsonl")
    done = batch(path, tmp_path / "out")
    assert done.exit_code, done.output
    assert column in f"{done.output} {done.exception}"
    assert "consent.how" not in f"{done.output} {done.exception}"
    assert not (tmp_path / "out").exists()
    (tmp_path / "map.toml").write_text(f'[columns]\n"{column}" = ""\n', encoding="utf-8")
    assert batch(path, tmp_path / "out", "--map", str(tmp_path / "map.toml")).exit_code == 0


@pytest.mark.parametrize("column", ["Objectives", "Orthodontist", "Ward notes"])
def test_a_column_that_speaks_of_no_answer_goes_nowhere_and_stops_nothing(tmp_path: Path, column: str) -> None:
    path = home(tmp_path, json.dumps(row(1) | {column: "yes"}).encode(), "clinic.jsonl")
    assert batch(path, tmp_path / "out").exit_code == 0
