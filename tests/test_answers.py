"""The answers as a worker asks for them: files with CHECK in their names, a page, a table, and two versions compared."""

import csv
import io
import json
import re
import zipfile
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from documents import BAD, BYE, DEAR, DOCUMENTS, REFERS, SHE, p, word
from test_annotate import OLD, checked, parts
from test_commands import told

from tipletters.annotate import suggest
from tipletters.annotate.page import html_report
from tipletters.annotate.repack import repack
from tipletters.annotate.summary import as_csv, date_of, trend
from tipletters.annotate.versions import compare
from tipletters.checks.existing import Checked, check_files
from tipletters.checks.issue import told as shown
from tipletters.checks.profile import Profile
from tipletters.checks.registry import CHECKS
from tipletters.checks.run import Run, check_text
from tipletters.cli import main
from tipletters.cli.report import as_json
from tipletters.cli.session import Session
from tipletters.errors import TiplettersError
from tipletters.readers import read
from tipletters.resources import folder
from tipletters.wording import printable
from tipletters.writers import libreoffice


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "old.docx"
    path.write_bytes(OLD)
    return path


def test_comments_and_suggestions_are_written_beside_and_the_letter_stays(letter: Path) -> None:
    out = letter.parent
    result = told(
        "check", letter, "--comments", out / "a.docx", "--suggest", out / "b-CHECK.docx", "--date", "1 June 2026"
    )
    assert result.exit_code == 1
    assert "comments, " in result.output
    assert sorted(path.name for path in out.iterdir()) == ["a-CHECK.docx", "b-CHECK.docx", "old.docx"]
    assert letter.read_bytes() == OLD
    assert b"2026-06-01T00:00:00Z" in parts((out / "a-CHECK.docx").read_bytes())["word/comments.xml"]
    again = told("check", letter, "--comments", out / "a.docx", "--date", "2 June 2026")
    assert isinstance(again.exception, TiplettersError)
    assert "already" in str(again.exception)


def test_several_letters_are_commented_into_a_folder(letter: Path) -> None:
    (letter.parent / "more").mkdir()
    (letter.parent / "more" / "old.docx").write_bytes(DOCUMENTS["plain"]())
    (letter.parent / "most").mkdir()
    (letter.parent / "most" / "OLD.docx").write_bytes(DOCUMENTS["plain"]())
    (letter.parent / "note.txt").write_text("You have oedema.")
    out = letter.parent.parent / f"{letter.parent.name}-out"
    result = told("check", letter.parent, "--comments", out)
    # Windows and macOS take two names for one that differ in capitals alone.
    names = sorted(path.name.casefold() for path in out.iterdir())
    assert names == ["old-check-2.docx", "old-check-3.docx", "old-check.docx"]
    assert "note.txt: they can only be put into a Word document" in result.output.replace("\n", "")
    assert told("check", letter.parent, "--comments", letter.parent / "one.docx").exit_code == 2


def test_a_text_takes_no_comments_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("You have oedema.")
    error = told("check", tmp_path / "a.txt", "--comments", tmp_path / "b.docx").exception
    assert isinstance(error, TiplettersError)
    assert "Word document" in str(error)
    assert not (tmp_path / "b-CHECK.docx").exists()


def test_a_document_with_macros_keeps_the_ending_that_word_wants(tmp_path: Path) -> None:
    types = parts(OLD)["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    (tmp_path / "a.docm").write_bytes(repack(OLD, {"[Content_Types].xml": types}))
    told("check", tmp_path / "a.docm", "--comments", tmp_path / "b.docx")
    assert (tmp_path / "b-CHECK.docm").is_file()


def test_a_letter_to_a_doctor_that_is_turned_to_the_client_gets_a_word_about_its_greeting() -> None:
    data = word(p("Dear Dr Hart,") + p("I met this lady in May.") + p(SHE) + p("She has oedema.") + BYE)
    suggested = suggest(*checked(data))
    assert b"greet them by name here" in parts(suggested.data)["word/comments.xml"]
    assert b"greet them by name here" not in parts(suggest(*checked(OLD)).data)["word/comments.xml"]


def test_what_a_letter_holds_commands_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2Jb.txt").write_text("You have \x1b[31moedema\x1b[0m and \u202eoedema. It is bilateral.")
    for result in (told("check", tmp_path), told("compare", *[next(tmp_path.iterdir())] * 2)):
        assert "\x1b" not in result.output
        assert "\u202e" not in result.output


def test_one_file_that_breaks_a_reader_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.docx").write_bytes(OLD)
    (tmp_path / "b.txt").write_text("You have oedema.")

    def broken(_: object) -> None:
        raise KeyError("You have oedema")

    monkeypatch.setattr("tipletters.readers.word.read_word", broken)
    result = told("check", tmp_path)
    assert result.exit_code == 2
    assert "cannot be read (KeyError)" in result.output
    assert "2 files: 1 read, 1 not." in result.output


class Page(HTMLParser):
    """A page's tags, links and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.ids.add(held.get("id") or "")
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in ("meta", "rect", "path", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "path"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize(
    "name", ["all kinds of changes", "data table", "smart quotes", "six pages", "header and footer"]
)
def test_the_page_is_whole_needs_nothing_beside_it_and_holds_the_letter(name: str) -> None:
    data = OLD if name == "all kinds of changes" else DOCUMENTS[name]()
    made, report = checked(data)
    page = Page()
    page.feed(html_report([Checked(Path("a.docx"), report, read=made)], Profile()).decode())
    assert not page.open
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    text = "".join(page.text)
    for block in made.letter.blocks:
        words = getattr(block, "text", "")
        assert re.sub(r"\W+|\d+", "", words) in re.sub(r"\W+|\d+", "", text)
    for issue in shown(report).issues:
        assert issue.message in text


def test_the_page_never_runs_what_a_letter_holds() -> None:
    report = check_text("<script>alert(1)</script> You have <b>oedema</b>.\r\n\r\n“&amp;” prior to", run=Run())
    page = html_report([Checked(Path("<img src=x>.txt"), report), Checked(Path("b"), error="No <b>."), Checked(Path("c"), skipped="x")], Profile()).decode()  # fmt: skip
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_a_page_about_several_letters_begins_with_a_list_of_them() -> None:
    report = check_text("You have oedema.", run=Run())
    several = [Checked(Path("a<b.txt"), report), Checked(Path("b"), error="No."), Checked(Path("c"), skipped="x")]
    page = Page()
    page.feed(html_report(several, Profile()).decode())
    assert [one for one in page.links if one.startswith("#l")] == ["#l0", "#l1", "#l2"]
    assert {"l0", "l1", "l2"} <= set(page.ids)
    assert "not read" in page.text and "left out" in page.text
    alone = html_report(several[:1], Profile()).decode()
    assert 'href="#l' not in alone


def test_worst_sentences_come_first() -> None:
    report = check_text(
        "You came. The pathophysiological manifestations necessitate bilateral ultrasonography.", run=Run()
    )
    page = html_report([Checked(Path("a"), report)], Profile()).decode()
    assert page.index("pathophysiological") < page.index("You came.")


def test_the_table_has_a_row_for_each_file_with_scores_and_counts(tmp_path: Path) -> None:
    for name, text in (("a.txt", "3 June 2026\n\nYou have oedema."), ("=b.txt", "born 1 May 1970\n\n2026-05-04\n\nYou have oedema and dyspnoea.")):  # fmt: skip
        (tmp_path / name).write_text(text)
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04")
    result = told("check", tmp_path, "--csv", tmp_path / "out" / "t.csv", "--trend")
    assert "2026-05" in result.output
    data = (tmp_path / "out" / "t.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["date"] for row in rows] == ["2026-05-04", "2026-06-03", ""]
    assert [row["jargon"] for row in rows] == ["2", "1", ""]
    assert "damaged" in rows[2]["error"]
    assert set(CHECKS) <= set(rows[0])
    assert float(rows[0]["reading_age"]) > 0


def test_a_cell_is_never_a_formula() -> None:
    assert b"\n'=a.txt," in as_csv([Checked(Path("=a.txt"), error="x")])


def test_the_trend_goes_from_month_to_month(tmp_path: Path) -> None:
    for number, (day, text) in enumerate([("5 May 2026", "You have oedema."), ("6 May 2026", "You have bilateral oedema."), ("7 July 2026", "You came to see me.")]):  # fmt: skip
        (tmp_path / f"{number}.txt").write_text(f"{day}\n\n{text}")
    found = trend(list(check_files((tmp_path,), Run())))
    assert [(one.month, one.letters) for one in found] == [("2026-05", 2), ("2026-07", 1)]
    assert found[0].to_change > found[1].to_change == 0
    made = json.loads(told("check", tmp_path, "--trend", "--format", "json").stdout)
    assert [one["month"] for one in made["trend"]] == ["2026-05", "2026-07"]


def test_what_carries_a_label_in_the_case_is_not_asked_about_in_its_letter(tmp_path: Path) -> None:
    case = folder("templates") / "examples" / "follow-up.toml"
    later = Session(lambda: datetime(2026, 12, 1), examples=True)
    CliRunner().invoke(main, ["draft", str(case), "-o", str(tmp_path)], obj=later)
    (letter,) = tmp_path.glob("*-client-DRAFT.docx")

    def asked(*more: Any) -> set[str]:
        made = json.loads(told("check", letter, "--format", "json", *more).stdout)
        return {one["text"] for one in made["files"][0]["issues"] if one["check"] in ("sensitive", "third-party")}

    assert {"drank on", "alcohol", "your son"} <= asked()
    assert asked("--client", case) == asked() - {"drank on", "alcohol"}
    (tmp_path / "open.toml").write_text(case.read_text(encoding="utf-8").replace("met_on", "# met_on"))
    assert asked("--client", tmp_path / "open.toml") == asked()


def test_cases_and_settings_in_a_folder_are_no_letters(tmp_path: Path) -> None:
    for name in ("tipletters.toml", "anna.toml", "anna.toml.old", "anna.toml.new2", "letter.txt"):
        (tmp_path / name).write_text('reference = "oedema"')
    made = list(check_files((tmp_path,), Run()))
    assert [one.path.name for one in made if one.report] == ["letter.txt"]
    assert "5 files: 1 read, 4 left out." in told("check", tmp_path).output
    assert next(iter(check_files((tmp_path / "anna.toml",), Run()))).report


def test_the_trend_names_the_letters_that_it_cannot_count(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("5 May 2026\n\nYou have oedema.")
    (tmp_path / "undated.txt").write_text("You have oedema.")
    shown = told("check", tmp_path, "--trend").output
    assert "no date stands near the beginning: 1 of 2 letters." in shown
    assert "undated.txt" in shown.rpartition("1 of 2 letters.")[2]
    made = json.loads(told("check", tmp_path, "--trend", "--format", "json").stdout)
    assert [Path(one).name for one in made["undated"]] == ["undated.txt"]


def test_a_letter_without_a_date_takes_that_of_its_file() -> None:
    made, report = checked(word(DEAR + p(BAD) + BYE, REFERS, header1=p("x"), footer1=p("y")))
    assert str(date_of(Checked(Path("a"), report, read=made))) == "2026-05-12"
    assert date_of(Checked(Path("a"), check_text("x"))) is None


def test_comparing_says_what_was_solved_what_is_new_and_which_fact_changed(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("You have oedema in your left leg. Take 50 mg. We utilised oedema.")
    (tmp_path / "new.txt").write_text("You have swelling in your right leg. Take 5 mg prior to food. We used oedema.")
    result = told("compare", tmp_path / "old.txt", tmp_path / "new.txt")
    assert result.exit_code == 1
    assert "Solved: 2. New: 1. Still there: 1." in result.output
    assert "side: “left” once before, not there now" in result.output
    assert "number: “50” once before, not there now" in result.output
    made = json.loads(told("compare", tmp_path / "old.txt", tmp_path / "new.txt", "--format", "json").stdout)
    assert {one["text"] for one in made["solved"]} == {"oedema", "utilised"}
    assert {(one["kind"], one["words"]) for one in made["facts"]} == {("side", "left"), ("side", "right"), ("number", "50"), ("number", "5")}  # fmt: skip


def test_the_same_letter_compares_as_the_same(letter: Path) -> None:
    result = told("compare", letter, letter)
    assert result.exit_code == 0
    assert "medicines are the same" in result.output
    report = checked(OLD)[1]
    assert not compare(report, report).solved


def test_folders_are_not_compared_by_their_first_letters(letter: Path, tmp_path: Path) -> None:
    (empty := tmp_path / "empty").mkdir()
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.txt", "You came.")
        archive.writestr("b.txt", "You came.")
    for several in (letter.parent, empty, tmp_path / "two.zip"):
        for pair in ((several, letter), (letter, several)):
            error = told("compare", *pair).exception
            assert isinstance(error, TiplettersError)
            assert (error.where, "one letter with one" in error.then) == (str(several), True)


def test_comparing_names_each_score_in_words(letter: Path) -> None:
    shown = told("compare", letter, letter).output
    assert "reading ease (0 to 100)" in shown and "Gunning fog" in shown
    assert "smog is sure" not in shown
    assert re.search(r"^words +\d+ +\d+$", shown, re.M)


def test_comparing_with_a_file_that_cannot_be_read_says_which(letter: Path) -> None:
    error = told("compare", letter, letter.parent / "none.docx").exception
    assert isinstance(error, TiplettersError)
    assert "none.docx" in error.where


def test_accepting_all_suggestions_passes_the_meaning_lock() -> None:
    made, report = checked(OLD)
    new = read(suggest(made, report).data)  # pending insertions count as text, deletions do not
    assert not compare(
        report, check_text("\n\n".join(getattr(one, "text", "") for one in new.letter.blocks), run=Run())
    ).facts


@pytest.mark.needs_libreoffice
def test_libreoffice_takes_comments_and_changes_for_what_they_are(tmp_path: Path) -> None:
    made = {
        name: suggest(*checked(make()))
        for name, make in DOCUMENTS.items()
        if name not in ("six pages", "smart tags", "field without end")
    }
    turned = libreoffice.convert({name: one.data for name, one in made.items()}, tmp_path, after="fodt")
    for name, one in made.items():
        text = turned[name].decode()
        noted = re.findall(r"<office:annotation [^>]*>\s*<dc:creator>tipletters</dc:creator>", text)
        inserted = re.findall(r"<text:insertion>\s*<office:change-info>\s*<dc:creator>tipletters</dc:creator>", text)
        assert (len(noted), len(inserted)) == (one.comments, one.changes), name


def test_a_name_that_is_no_utf_8_is_written_with_a_sign_in_its_place() -> None:
    checked = [Checked(Path("a\udcff.txt"), check_text("You have oedema.")), Checked(Path("b\udcff"), error="x")]
    for made in (html_report(checked, Profile()), as_csv(checked)):
        assert "a\ufffd.txt" in made.decode()
    assert '"a?.txt"' in as_json(checked)
    assert printable("a\udcff") == "a\ufffd"
