"""PDFs of many letters: made a few hundred in one go, proved as a single letter's, taken up again after a kill."""

import csv
import hashlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import NOW
from pypdf import PdfReader
from tables import TEMPLATE, as_csv, files, home, judge, ready, row, run, sound

from tipletters.batch import Folder, State, engines, pages, printing, run_of
from tipletters.batch.engines import on_dask
from tipletters.batch.setup import Task
from tipletters.cli import main
from tipletters.cli.session import Session
from tipletters.config import House
from tipletters.errors import MissingProgramError, OutputError
from tipletters.remember import recording
from tipletters.writers import libreoffice

OFFICE = pytest.mark.needs_libreoffice


def batch(path: Path | str, out: Path, *more: str, given: bytes | None = None) -> Result:
    command = ["batch", "visit", str(path), "-o", str(out), "--date", "2026-05-14", "--dates", "day-first", *more]
    return CliRunner().invoke(main, command, obj=Session(now=lambda: NOW, examples=True), input=given)


def words(data: bytes) -> str:
    """What can be read in a PDF, without white space."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)


def pdfs(out: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(out).items() if name.startswith("letters/") and name.endswith(".pdf")}


def no_office(*_: Any, **__: Any) -> dict[str, bytes]:
    raise AssertionError("LibreOffice was started")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four letters with their PDFs, and a row to mend: the folder of the table, in which `out` is that of the run."""
    folder = tmp_path_factory.mktemp("pdf")
    rows = [*sound(4), row(5, DOB="31/02/1990")]
    done = batch(home(folder, as_csv(rows)), folder / "out", "--pdf", "--zip", "--only-ready")
    assert "Written: 4 letters." in done.output, done.output
    assert "--pdf" in done.output.rpartition("tipletters batch")[2]  # the command for the rows to mend
    return folder


@pytest.fixture
def again(made: Path, tmp_path: Path) -> Path:
    """The same once more, to be changed."""
    return shutil.copytree(made, tmp_path / "again")


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty letters with their PDFs, made by two processes, each with a LibreOffice of its own."""
    folder = tmp_path_factory.mktemp("whole")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        run(home(folder, as_csv(sound(20))), folder / "out", pdf=True, executor=pool)
    return folder


@OFFICE
def test_each_copy_has_its_pdf_listed_and_for_its_owner_alone(made: Path) -> None:
    out = made / "out"
    names = {path.stem for path in (out / "letters").glob("*.docx")}
    assert len(names) == 8
    found = pdfs(out)
    assert {Path(name).stem for name in found} == names
    lines = list(csv.DictReader(io.StringIO((out / "manifest.csv").read_text(encoding="utf-8-sig"))))
    assert {one["file"]: one["sha256"] for one in lines if one["file"].endswith(".pdf")} == {
        name: hashlib.sha256(data).hexdigest() for name, data in found.items()
    }
    with zipfile.ZipFile(out / "letters.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist() if name.endswith(".pdf")} == found
    assert {(path.stat().st_mode & 0o077) for path in (out, *out.rglob("*"))} == {0}
    assert {path.name for path in (out / ".run").iterdir()} <= {"lock", "ledger.sqlite"}


@OFFICE
def test_a_pdf_says_what_its_copy_may_say_and_its_properties_name_no_client(made: Path) -> None:
    found = pdfs(made / "out")
    client, gp = (found[f"letters/FU-00001-{key}.pdf"] for key in ("client", "gp"))
    assert "Youdrinklessthanlasttime." in words(client)
    assert "drink" not in words(gp)
    assert "Youtoldmeaboutvisit1." in words(gp)
    assert "Youdrinklessthanlasttime." in words(found["letters/FU-00003-gp.pdf"])
    for number in (1, 2, 3, 4):
        for key in ("client", "gp"):
            reader = PdfReader(io.BytesIO(found[f"letters/FU-{number:05d}-{key}.pdf"]))
            held = dict(reader.metadata or {})
            assert held.pop("/Title") == f"Letter FU-{number:05d}, 14 May 2026"
            assert held.pop("/Author") == "Sam Reid"
            assert set(held) == {"/Creator", "/Producer", "/CreationDate"}


@OFFICE
def test_the_same_table_twice_starts_no_office(again: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "to_pdf_if_possible", no_office)
    before, times = files(again / "out"), {one: one.stat().st_mtime_ns for one in (again / "out/letters").iterdir()}
    done = batch(again / "clinic.csv", again / "out", "--pdf", "--zip", "--only-ready", "--json")
    assert '"new": 0' in done.output.splitlines()[-1], done.output
    assert files(again / "out") == before
    assert {one: one.stat().st_mtime_ns for one in (again / "out/letters").iterdir()} == times


@OFFICE
def test_a_pdf_stays_without_the_option_for_as_long_as_its_letter_is_the_same(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "to_pdf_if_possible", no_office)
    before = pdfs(again / "out")
    rows = [row(1, Said="Something else."), row(2, **{"GP consent": "no"}), row(3), row(4)]
    run(home(again, as_csv(rows)), again / "out")
    gone = {f"letters/FU-0000{one}.pdf" for one in ("1-client", "1-gp", "2-client", "2-gp")}
    assert pdfs(again / "out") == {name: data for name, data in before.items() if name not in gone}


@OFFICE
def test_only_what_is_missing_or_no_longer_right_is_made_again(again: Path) -> None:
    before = files(again / "out")
    (again / "out/letters/FU-00001-gp.pdf").unlink()
    (again / "out/letters/FU-00003-client.pdf").write_bytes(b"by hand")
    rows = [row(1), row(2, Said="Something else.", **{"GP consent": "no"}), row(3), row(4)]
    done = run(home(again, as_csv(rows)), again / "out", pdf=True)
    assert [one.state for one in done.values()] == [State.WRITTEN, State.WRITTEN, State.ATTENTION, State.WRITTEN]
    assert "FU-00003-client.pdf" in done[4].then
    after = pdfs(again / "out")
    changed = {Path(name).name for name in after if before[name] != after[name]}
    assert changed == {"FU-00001-gp.pdf", "FU-00002-client.pdf", "FU-00003-client.pdf"}
    assert words(after["letters/FU-00001-gp.pdf"]) == words(before["letters/FU-00001-gp.pdf"])
    assert "Somethingelse." in words(after["letters/FU-00002-client.pdf"])
    assert "letters/FU-00002-gp.pdf" not in after
    assert after["letters/FU-00003-client.pdf"] == b"by hand"
    assert not list((again / "out/.run").glob("parts/*"))


@OFFICE
def test_a_pdf_of_the_wrong_copy_is_refused_and_its_row_alone(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = {name[8:-4]: data for name, data in pdfs(made / "out").items()}

    def mixed_up(documents: Mapping[str, bytes], _: Path) -> dict[str, bytes]:
        found = {name: right[f"FU-0000{int(name[0]) - 1}-{name[2:]}"] for name in documents}
        return found | {"3-gp": found["3-client"]}

    monkeypatch.setattr(pages, "to_pdf_if_possible", mixed_up)
    monkeypatch.setattr("tipletters.batch.make.required", str)
    done = run(home(tmp_path, as_csv(sound(4))), tmp_path / "out", pdf=True)
    assert [one.state for one in done.values()] == [State.WRITTEN, State.ATTENTION, State.WRITTEN, State.WRITTEN]
    assert "drink" not in repr(done[3].what + done[3].then)
    assert not list((tmp_path / "out/letters").glob("FU-00002*"))


@OFFICE
def test_a_letter_at_which_libreoffice_fails_needs_attention_and_keeps_what_was_there_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(documents: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
        broken = {name: b"PK\x03\x04" if name == "3-gp" else data for name, data in documents.items()}
        return libreoffice.to_pdf_if_possible(broken, folder)

    path, out = home(tmp_path, as_csv(sound(3))), tmp_path / "out"
    run(path, out)
    before = files(out)
    monkeypatch.setattr(pages, "to_pdf_if_possible", stumbling)
    done = run(path, out, pdf=True)
    assert [one.state for one in done.values()] == [State.WRITTEN, State.ATTENTION, State.WRITTEN]
    assert "LibreOffice did not make the PDF" in done[3].what
    assert sorted(Path(name).name[:8] for name in pdfs(out)) == ["FU-00001"] * 2 + ["FU-00003"] * 2
    assert {Path(name).name: data for name, data in files(out).items() if name.endswith(".docx")} == {
        Path(name).name: data for name, data in before.items() if name.endswith(".docx")
    }
    assert sorted(path.name[:8] for path in (out / "put-aside").iterdir()) == ["FU-00002"] * 2
    assert "FU-00002" in (out / "rows-to-mend.csv").read_text(encoding="utf-8-sig")
    monkeypatch.undo()
    assert [one.state for one in run(path, out, pdf=True).values()] == [State.WRITTEN] * 3
    assert len(pdfs(out)) == 6


def test_one_letter_that_ends_libreoffice_keeps_no_other_from_its_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = {"0", "7", "8"}
    starts = []

    def ending(documents: Mapping[str, bytes], _: Path) -> dict[str, bytes]:
        starts.append(len(documents))
        found = {}
        for name, data in documents.items():
            if name in bad:
                break
            found[name] = data
        return found

    monkeypatch.setattr(pages, "to_pdf_if_possible", ending)
    letters = {str(number): b"x" for number in range(20)}
    assert set(pages._converted(letters, tmp_path)) == set(letters) - bad
    bad |= set(letters)
    starts.clear()
    assert not pages._converted(letters, tmp_path)
    assert len(starts) < 5  # LibreOffice itself is at fault: it is not started for each letter


@OFFICE
def test_a_letter_to_be_checked_first_has_a_pdf_of_the_copy_to_check(tmp_path: Path) -> None:
    path = home(tmp_path, as_csv(sound(2)), template=TEMPLATE.replace('"none"', '"required"'))
    run(path, tmp_path / "out", pdf=True)
    for number in (1, 2):
        folder = tmp_path / f"out/letters/FU-0000{number}"
        (document,) = folder.glob("*.docx")
        data = document.with_suffix(".pdf").read_bytes()
        assert {one.name for one in folder.iterdir()} == {
            document.name,
            document.with_suffix(".pdf").name,
            "case.toml",
            "review.toml",
        }
        assert "☐" in words(data)
        assert "/AcroForm" not in PdfReader(io.BytesIO(data)).trailer["/Root"]
    before = files(tmp_path / "out")
    run(path, tmp_path / "out", pdf=True)
    assert files(tmp_path / "out") == before


@OFFICE
def test_pages_for_a_portal_can_have_pdfs_beside_them(tmp_path: Path) -> None:
    path, out = home(tmp_path, as_csv(sound(1))), tmp_path / "out"
    run(path, out, pdf=True, kind="html")
    assert {one.suffix for one in (out / "letters").iterdir()} == {".html", ".pdf"}
    before = files(out)
    run(path, out, pdf=True, kind="html")
    assert files(out) == before
    assert "Youtoldmeaboutvisit1." in words(before["letters/FU-00001-client.pdf"])


@OFFICE
def test_a_bundle_takes_the_pdfs_that_are_there(again: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "to_pdf", no_office)
    folder = Folder(again / "out", run_of(again / "clinic.csv"), table="")
    with folder.taken() as ledger:
        printing.bundle(folder, ledger, pdf=True)
    said = words((again / "out/print/clients-to-send.pdf").read_bytes())
    assert [f"visit{number}." in said for number in (1, 2, 3, 4)] == [True] * 4


@OFFICE
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no SIGKILL")
def test_a_run_that_is_killed_goes_on_to_the_same_text(whole: Path, tmp_path: Path, size: int) -> None:
    out, chance = tmp_path / "out", random.Random(5)
    broken = 0
    for number in range(size):
        out = tmp_path / f"out-{number}"
        for _ in range(3):
            child = os.fork()
            if not child:
                run(whole / "clinic.csv", out, pdf=True)
                os._exit(0)
            time.sleep(chance.uniform(0.3, 4))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            broken += not (out / "report.html").exists()
        before = pdfs(out) if out.exists() else {}
        run(whole / "clinic.csv", out, pdf=True)
        after = pdfs(out)
        assert {name: after[name] for name in before} == before  # what is there whole is not made again
        assert {name: words(data) for name, data in after.items()} == {
            name: words(data) for name, data in pdfs(whole / "out").items()
        }
        same = {name for name in files(whole / "out") if not name.endswith((".pdf", "manifest.csv"))}
        assert {name: files(out)[name] for name in same} == {name: files(whole / "out")[name] for name in same}
        assert not list((out / ".run").glob("parts/*"))
    assert broken  # else no moment was early enough to break anything


def test_without_libreoffice_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    path, out = home(tmp_path, as_csv(sound(1))), tmp_path / "out"
    monkeypatch.chdir(tmp_path)
    for table, given in ((path, None), ("-", as_csv(sound(1)))):
        done = batch(table, out, "--pdf", given=given)
        assert isinstance(done.exception, MissingProgramError)
        assert "Leave out --pdf" in str(done.exception)
        assert not out.exists()
    with pytest.raises(MissingProgramError):  # and so on each worker, before any row is made
        judge(path, pdf=True)


def test_a_worker_elsewhere_makes_pdfs_in_its_own_place_or_says_that_it_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local, places = tmp_path / "out/w1", []

    def noted(_: Any, folder: Path) -> dict[str, bytes]:
        places.append(folder)
        return {}

    memory = SimpleNamespace(memory_target_fraction=False, memory_spill_fraction=False)
    worker = SimpleNamespace(memory_manager=memory, local_directory=str(local), address="tcp://127.0.0.1:1")
    monkeypatch.setattr("distributed.get_worker", lambda: worker)
    monkeypatch.setattr(libreoffice, "program", lambda: "soffice")
    monkeypatch.setattr(engines, "program", lambda: "soffice")
    monkeypatch.setattr(pages, "to_pdf_if_possible", noted)
    with recording(None, house=House(), folder=tmp_path) as record:
        work = ready(home(tmp_path, as_csv(sound(1))), record, pdf=True).work
    tasks = [Task(one) for one in work.table.read()]
    (made,) = on_dask(str(tmp_path / "out"), work.setup, tasks, False)
    assert set(places) == {local}
    assert made.outcome.state is State.ATTENTION
    assert not made.data
    monkeypatch.setattr(engines, "program", lambda: None)
    with pytest.raises(MissingProgramError, match=r"127\.0\.0\.1"):
        on_dask(str(tmp_path / "out"), work.setup, [], True)


def test_libreoffice_that_a_killed_run_left_at_work_is_ended(tmp_path: Path) -> None:
    place = tmp_path / "out/.run/parts"
    place.mkdir(parents=True)
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    left, other = (subprocess.Popen([*sleep, str(where)]) for where in (place / "x/out", tmp_path / "elsewhere"))
    try:
        with Folder(tmp_path / "out", "a").taken():
            assert left.wait(10)
        assert other.poll() is None
    finally:
        for one in (left, other):
            one.kill()
            one.wait()


@OFFICE
def test_libreoffice_that_takes_too_long_is_ended_and_leaves_nothing(made: Path, tmp_path: Path) -> None:
    letter = (made / "out/letters/FU-00001-client.docx").read_bytes()
    with pytest.raises(OutputError, match="too long"):
        libreoffice.to_pdf({"1": letter}, tmp_path, seconds=0.2)
    assert libreoffice.to_pdf_if_possible({"1": letter}, tmp_path, seconds=0.2) == {}
    assert not list(tmp_path.iterdir())


def test_a_folder_that_an_error_stops_keeps_no_throwaway_files(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "out", "a")
    with pytest.raises(OutputError), folder.taken():
        (folder.parts / "x").write_bytes(b"a letter")
        raise OutputError("The disk is full.")
    assert not folder.parts.exists()
