"""What was written before and must not go out any more: put aside, in nothing that is printed, and told."""

import csv
from pathlib import Path

import pytest
from docx import Document
from tables import TEMPLATE, as_csv, home, row, sound
from test_batch_command import batch

UNSURE = {"GP consent": "No, she rang"}


def printed(out: Path) -> str:
    """All that is joined for printing."""
    documents = [Document(str(path)) for path in sorted((out / "print").glob("*.docx"))]
    return "\n".join(one.text for document in documents for one in document.paragraphs)


def letters(out: Path, folder: str = "letters") -> list[str]:
    return sorted(path.name for path in (out / folder).iterdir()) if (out / folder).is_dir() else []


def first_run(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    done = batch(home(tmp_path, as_csv(sound(2))), out, "--bundle", "--zip")
    assert (done.exit_code, "visit 1" in printed(out)) == (0, True), done.output
    return out


@pytest.mark.parametrize(
    "changed",
    [UNSURE, {"GP consent": "no longer sure"}, {"Safe address": "???"}, {"NHS No": "12345"}, {"Deceased": "yes"}],
)
@pytest.mark.parametrize("more", [("--only-ready", "--bundle"), ("--only-ready",), ("--bundle",)])
def test_the_old_letter_of_a_row_that_is_stopped_is_put_aside_and_not_printed(
    tmp_path: Path, changed: dict[str, str], more: tuple[str, ...]
) -> None:
    out = first_run(tmp_path)
    done = batch(home(tmp_path, as_csv([row(1, **changed), row(2)])), out, *more)
    assert (done.exit_code, "Put aside: 2 files" in done.output) == (1, True), done.output
    assert letters(out) == ["FU-00002-client.docx", "FU-00002-gp.docx"]
    assert letters(out, "put-aside") == ["FU-00001-client.docx", "FU-00001-gp.docx"]
    assert "visit 1" not in printed(out)
    assert not (out / "letters.zip").exists()
    assert ("visit 2" in printed(out)) is (len(more) == 2)
    assert ("add --bundle" in done.output) is (len(more) == 1)
    assert (out / "put-aside").stat().st_mode & 0o077 == 0


def test_a_look_puts_nothing_aside(tmp_path: Path) -> None:
    out = first_run(tmp_path)
    batch(home(tmp_path, as_csv([row(1, **UNSURE), row(2)])), out, "--dry-run")
    assert len(letters(out)) == 4
    assert "visit 1" in printed(out)


def test_a_letter_that_is_mended_comes_back_and_no_older_one_is_lost(tmp_path: Path) -> None:
    out = first_run(tmp_path)
    for said in ("Hello.", "Goodbye."):
        batch(home(tmp_path, as_csv([row(1, **UNSURE), row(2)])), out, "--only-ready")
        assert batch(home(tmp_path, as_csv([row(1, Said=said), row(2)])), out, "--bundle").exit_code == 0
        assert len(letters(out)) == 4
        assert said in printed(out)
    assert len(letters(out, "put-aside")) == 4


def test_the_letter_of_a_row_that_was_taken_out_of_the_table_is_put_aside(tmp_path: Path) -> None:
    out = first_run(tmp_path)
    done = batch(home(tmp_path, as_csv([row(2)])), out, "--bundle")
    assert "Put aside: 2 files" in done.output
    assert letters(out) == ["FU-00002-client.docx", "FU-00002-gp.docx"]
    assert "visit 1" not in printed(out)


def test_rows_to_mend_join_the_letters_of_their_table_and_another_table_stands_by_itself(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = batch(home(tmp_path, as_csv([row(1, DOB="31/02/1990"), row(2)])), out, "--only-ready", "--bundle", "--zip")
    assert "--bundle --zip" in done.output.rpartition("tipletters batch")[2]
    mended = (out / "rows-to-mend.csv").read_text(encoding="utf-8-sig").replace("31/02/1990", "28/02/1990")
    path = home(tmp_path, mended.encode(), "rows-to-mend-mended.csv")
    assert batch(path, out, "--bundle").exit_code == 0
    assert ("visit 1" in printed(out), "visit 2" in printed(out)) == (True, True)
    assert batch(home(tmp_path, as_csv([row(3)]), "tuesday.csv"), out, "--bundle").exit_code == 0
    assert ("visit 1" in printed(out), "visit 3" in printed(out), len(letters(out))) == (False, True, 6)


def test_a_client_who_wants_nothing_sent_is_in_the_pile_to_hand_over_alone(tmp_path: Path) -> None:
    def table(nothing: str) -> Path:
        data = as_csv(sound(2)).decode("utf-8-sig").splitlines()
        lines = as_csv([row(1, Said="One."), row(2, Said="Two.")]).decode("utf-8-sig").splitlines()
        assert len(data) > len(lines)
        lines = [f"{line},{cell}" for line, cell in zip(lines, ("Nothing sent", nothing, "no"), strict=True)]
        return home(tmp_path, "\n".join(lines).encode())

    out = tmp_path / "out"
    batch(table("no"), out, "--bundle")
    assert not (out / "print/clients-to-hand-over.docx").exists()
    batch(table("yes"), out, "--bundle")
    to_send = Document(str(out / "print/clients-to-send.docx"))
    assert "One." not in "\n".join(one.text for one in to_send.paragraphs)
    assert (out / "print/clients-to-hand-over.docx").exists()


@pytest.mark.parametrize(("review", "said"), [("offered", True), ("none", False)])
def test_a_bundle_of_drafts_says_that_each_is_to_be_checked_first(tmp_path: Path, review: str, said: bool) -> None:
    path = home(tmp_path, as_csv(sound(1)), template=TEMPLATE.replace('"none"', f'"{review}"'))
    done = batch(path, tmp_path / "out", "--bundle")
    assert ("these are drafts: check each with its client" in done.output) is said, done.output


@pytest.mark.parametrize("whole", [True, False])
def test_rows_that_somebody_mended_in_their_file_are_kept(tmp_path: Path, whole: bool) -> None:
    out = tmp_path / "out"
    batch(home(tmp_path, as_csv([row(1, **UNSURE), row(2), row(3, **UNSURE)])), out, "--only-ready")
    mend = out / "rows-to-mend.csv"
    mended = mend.read_text(encoding="utf-8-sig").replace("No, she rang", "yes", -1 if whole else 1)
    mend.write_text(mended, encoding="utf-8-sig")
    done = batch(mend, out, "--only-ready")
    assert (done.exit_code, "put-aside/rows-to-mend.csv" in done.output) == (0 if whole else 1, True), done.output
    assert (out / "put-aside" / "rows-to-mend.csv").read_text(encoding="utf-8-sig") == mended
    assert mend.exists() is not whole
    assert ("FU-00003-client.docx" in letters(out)) is whole


def test_rows_to_mend_that_nobody_touched_are_written_anew(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in (1, 2):
        path = home(tmp_path, as_csv([row(number, **UNSURE), row(3)]), f"list-{number}.csv")
        batch(path, out, "--only-ready")
        assert f"FU-0000{number}" in (out / "rows-to-mend.csv").read_text(encoding="utf-8-sig")
    assert letters(out, "put-aside") == []


def test_a_report_says_how_a_letter_reads_that_another_table_made(tmp_path: Path) -> None:
    out = tmp_path / "out"
    reports = []
    for rows in (sound(2), [row(2), row(1), row(3)]):
        batch(home(tmp_path, as_csv(rows), f"list-{len(rows)}.csv"), out)
        with (out / "report.csv").open(encoding="utf-8-sig", newline="") as file:
            reports.append({one["reference"]: one for one in csv.DictReader(file)})
    for reference in ("FU-00001", "FU-00002"):
        assert float(reports[1][reference]["difficulty"]) == float(reports[0][reference]["difficulty"]) > 1
