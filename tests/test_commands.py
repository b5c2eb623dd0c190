"""The commands as a worker types them."""

import errno
import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from cases import small, with_template
from click.testing import CliRunner, Result
from conftest import NOW
from loops import Loop

from tipletters.cli import COMMANDS, main, run
from tipletters.cli.session import Session
from tipletters.errors import AlreadyThereError, OutputError, TiplettersError
from tipletters.resources import folder

EXAMPLES = folder("templates") / "examples"
HOUSE = '[contact]\nname = "us"\nphone = "01632 960 100"\n\n[[crisis]]\nname = "Help"\nphone = "999"\n'


def told(*args: str | Path, answers: str = "") -> Result:
    return CliRunner().invoke(main, list(map(str, args)), input=answers, obj=Session(lambda: NOW, examples=True))


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    return write_case(tmp_path)


def write_case(folder: Path, **changes: Any) -> Path:
    with_template(folder)
    path = folder / "case.toml"
    path.write_text(tomlkit.dumps(small(**changes)), encoding="utf-8")
    return path


def test_the_demo_makes_a_copy_for_each_and_says_what_was_left_out(tmp_path: Path) -> None:
    result = told("demo", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "Left out: home life (nobody has asked yet)." in result.output
    assert "No copy: the client said no." in result.output
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"ML-2026-014-{key}-DRAFT.docx" for key in ("client", "client-to-send", "gp", "link-worker")]
    assert told("demo", "-o", tmp_path / "out").exit_code == 0


def test_drafting_says_why_somebody_gets_nothing_and_ends_with_1(case_file: Path) -> None:
    result = told("draft", case_file)
    assert result.exit_code == 1
    assert "No copy: nobody has asked yet." in result.output


def test_a_file_that_another_program_holds_open_is_told_and_only_options_of_the_command_are_advised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = Loop(tmp_path / "anna")
    loop.run("draft", str(loop.case), code=None)
    back = loop.back(loop.start(), A1a=True)
    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(OutputError, match="open in another program") as drafting:
        loop.run("draft", str(loop.case), "--force")
    with pytest.raises(OutputError, match="open in another program") as reading:
        loop.read(back, "--how-known", "we did it together")
    for stopped in (drafting, reading):
        assert "close it there" in stopped.value.then
        assert "not for reading alone" in stopped.value.then
    assert "with -o" in drafting.value.then
    assert "-o" not in reading.value.then


def locked(one: Path, other: Path) -> Path:
    raise PermissionError(errno.EACCES, "held open", str(other))


def test_force_is_advised_only_where_the_command_has_it(tmp_path: Path) -> None:
    (tmp_path / "ML-2026-014-client-DRAFT.docx").write_text("mine")
    made = told("demo", "-o", tmp_path)
    assert isinstance(made.exception, AlreadyThereError)
    assert made.exception.then == "Move it."
    case = write_case(tmp_path)
    told("draft", case)
    for path in tmp_path.glob("*.docx"):
        path.write_text("mine")
    again = told("draft", case).exception
    assert isinstance(again, AlreadyThereError)
    assert again.then == "Move it. Or add --force."


@pytest.mark.parametrize(("kind", "ending"), [("docx", "docx"), ("html", "html"), ("text", "txt")])
def test_the_summary_as_json_names_every_copy(case_file: Path, kind: str, ending: str) -> None:
    result = told("draft", case_file, "--format", kind, "--json", "-o", case_file.parent / "out")
    summary = json.loads(result.stdout)
    assert summary["version"] == 1
    gp = next(copy for copy in summary["copies"] if copy["recipient"] == "gp")
    assert [one["label"] for one in gp["withheld"]] == ["alcohol", "home life"]
    assert gp["files"] == [str(case_file.parent / "out" / f"A-1-gp-DRAFT.{ending}")]
    assert Path(gp["files"][0]).is_file()
    assert gp["scores"]["reading_age"] > 4


def test_the_summary_names_words_that_would_trip_the_client_from_their_own_copy_alone(tmp_path: Path) -> None:
    path = write_case(tmp_path, fields={"said": "You have a bilateral swelling.\n\n[private] You have oedema."})
    assert "“bilateral” (jargon). Write: on both sides" in told("draft", path, "-o", tmp_path / "out").output
    copies = json.loads(told("draft", path, "-o", tmp_path / "out", "--json").stdout)["copies"]
    found = {copy["recipient"]: [one["text"] for one in copy["issues"] if one["check"] == "jargon"] for copy in copies}
    assert found["client"] == ["bilateral", "oedema"]
    assert found["gp"] == ["bilateral"]


def test_files_are_for_their_owner_alone_and_leave_nothing_beside_them(case_file: Path) -> None:
    out = case_file.parent / "out"
    told("draft", case_file, "-o", out)
    assert sorted(path.suffix for path in out.iterdir()) == [".docx", ".docx"]
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}


def test_another_letter_of_that_name_is_never_overwritten_without_force(case_file: Path) -> None:
    out = case_file.parent / "out"
    told("draft", case_file, "-o", out)
    (out / "A-1-gp-DRAFT.docx").write_text("changed by hand")
    (out / "A-1-client-DRAFT.docx").unlink()
    with pytest.raises(TiplettersError, match="already"):
        raise told("draft", case_file, "-o", out).exception or AssertionError
    assert not (out / "A-1-client-DRAFT.docx").exists()
    assert (out / "A-1-gp-DRAFT.docx").read_text() == "changed by hand"
    assert told("draft", case_file, "-o", out, "--force").exit_code == 1
    assert (out / "A-1-gp-DRAFT.docx").stat().st_size > 1000


def test_a_folder_that_cannot_be_written_is_said(case_file: Path) -> None:
    (case_file.parent / "out").write_text("a file")
    error = told("draft", case_file, "-o", case_file.parent / "out").exception
    assert isinstance(error, TiplettersError)
    assert "file, not a folder" in str(error)


def test_a_full_disk_leaves_nothing_half_written(case_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    error = told("draft", case_file, "-o", case_file.parent / "out").exception
    assert isinstance(error, TiplettersError)
    assert "disk is full" in str(error)
    assert list((case_file.parent / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"reference = \x93A\x94", "UTF-8"),
        (b'reference = "A', "cannot be understood"),
        ("reference = “A”".encode(), "straight quotation marks"),
        (b"met_on = 23.11.2026", "Write it as year-month-day"),
        (b"date = 2026-02-31", "date exists"),
        (b"[" * 5000, "cannot be understood"),
        (b'reference = "A"\nreference = "B"', "stands in the file already"),
        (b"[client]\n[author]\n[client]", "line 3"),
        (b"[client]\n[author]\n[client]", "once in the file"),
        (b"online = True", "For yes write true"),
        (b"online = yes", "For yes write true"),
        (b"online = No", "for no false"),
        ("reference = „A“".encode(), "straight quotation marks"),
        ('reference = "A”'.encode(), "straight quotation marks"),
        (b"name = Anna", "Put quotation marks around text"),
        (b"", "is missing"),
    ],
)
def test_a_case_that_cannot_be_read_says_where_and_what_to_do(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(content)
    error = told("draft", path).exception
    assert isinstance(error, TiplettersError)
    assert says in str(error)
    assert "case.toml" in str(error)
    assert error.then


def test_notepad_files_are_read(case_file: Path) -> None:
    text = case_file.read_text(encoding="utf-8").replace("\n", "\r\n")
    case_file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert told("draft", case_file).exit_code == 1


def test_no_traceback_reaches_a_worker(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for boom in (OSError("Secret"), TiplettersError("Plain words.")):

        def broken(boom: Exception = boom, **_: Any) -> None:
            raise boom

        monkeypatch.setattr("tipletters.cli.main", broken)
        with pytest.raises(SystemExit) as ended:
            run()
        assert ended.value.code == 2
        said = capsys.readouterr().err
        assert "Traceback" not in said
        assert "Secret" not in said


def test_a_template_of_ones_own_is_listed_shown_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_template(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert "For tests." in told("templates").output
    assert "meeting-summary" in told("templates").output
    assert "You do not drink." in told("templates", "show", "small").output
    assert "is sound" in told("templates", "check", "templates/small.txt").output
    own = tmp_path / "templates" / "small.txt"
    own.write_text(own.read_text().replace('example = "Hello"\n', ""))
    result = told("templates", "check", own)
    assert result.exit_code == 1
    assert "no example: said" in result.output


def test_a_blank_case_filled_in_with_its_own_examples_can_be_drafted(tmp_path: Path) -> None:
    (tmp_path / "tipletters.toml").write_text(HOUSE)
    path = tmp_path / "new.toml"
    assert told("new", "meeting-summary", "--blank", "-o", path).exit_code == 0
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    document["reference"], document["client"]["first_name"], document["client"]["last_name"] = "N-1", "Jo", "Wren"  # type: ignore[index]
    document["author"]["name"] = "Sam Reid"  # type: ignore[index]
    from tipletters.resources import folder
    from tipletters.template.head import read_source

    for field in read_source(folder("templates") / "meeting-summary.txt").head.fields:
        document["fields"][field.name] = field.example  # type: ignore[index]
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
    assert told("draft", path).exit_code == 0


def test_a_blank_case_left_blank_says_what_is_missing(tmp_path: Path) -> None:
    told("new", "meeting-summary", "--blank", "-o", tmp_path / "new.toml")
    assert isinstance(told("draft", tmp_path / "new.toml").exception, TiplettersError)


def test_from_takes_people_and_never_answers_or_prose(case_file: Path) -> None:
    path = case_file.parent / "next.toml"
    assert told("new", "meeting-summary", "--blank", "--from", case_file, "-o", path).exit_code == 0
    text = path.read_text(encoding="utf-8")
    data = tomlkit.parse(text).unwrap()
    assert data["client"]["first_name"] == "Zofia"
    assert [one["key"] for one in data["recipients"]] == ["gp", "school"]
    assert "provisions" not in data
    assert "safe_address" not in data["delivery"]
    assert "sea" not in text


NO_NUMBERS = [""] * 4  # no date of birth, NHS number, CHI number or reference of the service
ANSWERS = [
    "Q-1", "", "Jo", "Wren", "", *NO_NUMBERS, "1 Mill Lane, Anytown", "", "y", "", "yes", "", "", "", "N", "Sam Reid", "",
    "12/5/26", "", "You told me that you like the sea.", ".", ".", "you came", "",
    "You", "walk", "each day", "", "", "", "", "", ".",
    "Dr Hart", "GP", "yes", "", "", "", "",
]  # fmt: skip


def test_new_makes_the_folder_of_its_case_so_that_no_answer_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "letters" / "jo" / "case.toml"
    result = told("new", "meeting-summary", "-o", path, answers="\n".join(ANSWERS) + "\n")
    assert result.exit_code == 0, result.output
    assert tomlkit.parse(path.read_text(encoding="utf-8")).unwrap()["reference"] == "Q-1"


def test_new_asks_one_thing_at_a_time_and_what_it_wrote_can_be_drafted(tmp_path: Path) -> None:
    (tmp_path / "tipletters.toml").write_text(HOUSE)
    path = tmp_path / "q.toml"
    result = told("new", "meeting-summary", "-o", path, answers="\n".join(ANSWERS) + "\n")
    assert result.exit_code == 0, result.output
    written = tomlkit.parse(path.read_text(encoding="utf-8")).unwrap()
    assert written["delivery"]["online"] is False
    assert written["fields"]["met_on"] == date(2026, 5, 12)
    made = told("draft", path, "--json")
    summary = json.loads(made.stdout)
    assert [copy["recipient"] for copy in summary["copies"]] == ["client", "gp"]
    assert made.exit_code == 0


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no such signal")
def test_what_was_answered_before_the_window_was_closed_is_kept(tmp_path: Path) -> None:
    code = "from tipletters.cli import run; run()"
    command = [sys.executable, "-c", code, "new", "meeting-summary", "-o", str(tmp_path / "q.toml")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as window:
        assert window.stdin and window.stdout
        window.stdin.write("\n".join(ANSWERS[:4]).encode() + b"\n")
        window.stdin.flush()
        said = b""
        while b"called?" not in said:
            said += window.stdout.read1()
        window.send_signal(signal.SIGHUP)
        window.stdin.close()
        window.send_signal(signal.SIGHUP)
        assert window.wait(20) == 1
    assert tomlkit.parse((tmp_path / "q.toml").read_text(encoding="utf-8")).unwrap()["client"]["last_name"] == "Wren"


@pytest.mark.parametrize(
    ("name", "says"),
    [(".", "This is a folder."), ("letter.docx", "This is a document."), ("none.toml", "There is no such file.")],
)
def test_what_is_no_case_is_called_what_it_is(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04\xff\xfe")
    for command in (["draft"], ["review", "start"]):
        error = told(*command, tmp_path / name).exception
        assert isinstance(error, TiplettersError) and says in str(error)
    assert "There is no case in" in told("status", tmp_path).output


def test_a_missing_house_file_is_said_with_where_it_was_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    text = (EXAMPLES / "meeting-summary.toml").read_text(encoding="utf-8")
    path.write_text(f"{text}\n[author]\nname = 'Sam Reid'\nrole = 'Counsellor'\n", encoding="utf-8")
    error = str(told("draft", path).exception)
    assert f"There is no tipletters.toml in {tmp_path}" in error and "[contact]" in error


def test_all_numbers_set_aside_for_examples_are_told_at_once_and_words_are_no_phone_number(tmp_path: Path) -> None:
    house = (EXAMPLES / "tipletters.toml").read_text(encoding="utf-8")
    (tmp_path / "tipletters.toml").write_text(house, encoding="utf-8")
    case = write_case(tmp_path)
    with pytest.raises(TiplettersError) as caught:
        CliRunner().invoke(main, ["draft", str(case)], obj=Session(lambda: NOW), catch_exceptions=False)
    assert (
        "“contact → phone”, “contact → email”" in caught.value.what
        and "“crisis → number 1 → phone”" in caught.value.what
    )
    (tmp_path / "tipletters.toml").write_text('[contact]\nname = "us"\nphone = "call us"\n', encoding="utf-8")
    assert "a phone number without a digit" in str(told("draft", case).exception)


def test_what_was_answered_before_stopping_is_kept(tmp_path: Path) -> None:
    result = told("new", "meeting-summary", "-o", tmp_path / "q.toml", answers="\n".join(ANSWERS[:4]) + "\n")
    assert result.exit_code == 1
    assert "Stopped." in result.output
    assert tomlkit.parse((tmp_path / "q.toml").read_text()).unwrap()["client"]["last_name"] == "Wren"


def test_new_asks_what_must_not_be_at_home_where_a_letter_may_be_sent(tmp_path: Path) -> None:
    asked = "What must not be sent there?"
    typed = [*ANSWERS[:14], "a flatmate", "home life, debts", ""]
    assert asked in told("new", "meeting-summary", "-o", tmp_path / "q.toml", answers="\n".join(typed) + "\n").output
    held = tomlkit.parse((tmp_path / "q.toml").read_text(encoding="utf-8")).unwrap()["delivery"]
    assert (held["post_opened_by"], held["not_at_home"]) == ("a flatmate", ["home life", "debts"])
    typed = [*ANSWERS[:14], "", ""]
    typed[typed.index("yes")] = "no"
    assert asked not in told("new", "meeting-summary", "-o", tmp_path / "r.toml", answers="\n".join(typed)).output


HELD = [*ANSWERS[:26], "you asked"]


@pytest.mark.parametrize(
    ("typed", "name", "kept"),
    [
        (ANSWERS[:23], "you_said", "You told me that you like the sea."),
        (HELD, "strengths", ["you came", "you asked"]),
        ([*ANSWERS[:27], "You", "walk"], "plan", [{"who": "You", "what": "walk"}]),
    ],
)
def test_lines_of_an_answer_that_was_not_done_yet_are_kept(
    tmp_path: Path, typed: list[str], name: str, kept: Any
) -> None:
    result = told("new", "meeting-summary", "-o", tmp_path / "q.toml", answers="\n".join(typed) + "\n")
    assert result.exit_code == 1
    held = tomlkit.parse((tmp_path / "q.toml").read_text(encoding="utf-8")).unwrap()["fields"][name]
    assert (held.strip() if isinstance(held, str) else held) == kept


def test_a_no_stands_in_the_case_though_the_worker_stopped_at_its_day(tmp_path: Path) -> None:
    typed = [*ANSWERS[:-5], "no"]
    told("new", "meeting-summary", "-o", tmp_path / "q.toml", answers="\n".join(typed) + "\n")
    (answer,) = tomlkit.parse((tmp_path / "q.toml").read_text(encoding="utf-8")).unwrap()["provisions"]
    assert (answer["answer"], answer["to"]) == ("deny", "gp")
    assert isinstance(told("draft", tmp_path / "q.toml").exception, TiplettersError)


def test_new_takes_one_name_where_the_client_has_no_other(tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    told("new", "meeting-summary", "-o", path, answers="\n".join(["Q-1", "", "Jo", "", "no", "", "yes", "Jojo"]) + "\n")
    client = tomlkit.parse(path.read_text(encoding="utf-8")).unwrap()["client"]
    assert client == {"first_name": "Jo", "last_name": "", "one_name": True, "preferred_name": "Jojo"}
    assert "last name" not in going_on(path, [""]).output


def test_new_says_why_it_asks_again(tmp_path: Path) -> None:
    typed = ["", "Q-1", "", "", "Jo", "Wren", "", *NO_NUMBERS, "", "", "", "perhaps"]
    said = told("new", "meeting-summary", "-o", tmp_path / "q.toml", answers="\n".join(typed) + "\n").output
    assert said.count("This needs an answer, so we ask again. To stop, press Ctrl+C.") == 3
    assert "Please answer with one of these: yes, no." in said


def test_new_asks_how_a_professional_knows_the_client_until_it_can_be_right(tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    typed = [*ANSWERS[:5], "2/3/91", "1/1/2030", "2/3/1991", "010101 1237", "999 012 3455", "", "010101 1237"]
    said = told("new", "meeting-summary", "-o", path, answers="\n".join(typed) + "\n").output
    for one in ("with the whole year", "cannot be right", "Is this a CHI number?", "its last digit"):
        assert one in said
    client = tomlkit.parse(path.read_text(encoding="utf-8")).unwrap()["client"]
    assert client["date_of_birth"] == date(1991, 3, 2) and client["chi_number"] == "010101 1237"
    assert not {"nhs_number", "key"} & client.keys()
    assert "number" not in going_on(path, [""]).output
    typed = [*ANSWERS[:5], "", "", "", "wren-1", "ST-0412"]
    assert (
        "looks like a name"
        in told("new", "meeting-summary", "-o", tmp_path / "r.toml", answers="\n".join(typed)).output
    )


def test_new_takes_a_no_for_nothing_where_nothing_is_an_answer(tmp_path: Path) -> None:
    typed = [
        *ANSWERS[:4],
        "n",
        "",
        "no",
        "-",
        "n",
        "1 Mill Lane",
        "none",
        "y",
        "",
        "yes",
        "nobody",
        "No",
        "n",
        "N",
        "Sam Reid",
        "n/a",
    ]
    typed += [*ANSWERS[20:-7], "no"]
    said = told("new", "meeting-summary", "-o", tmp_path / "q.toml", answers="\n".join(typed) + "\n")
    assert said.exit_code == 0, said.output
    assert "We take “n” for: nothing." in said.output
    held = tomlkit.parse((tmp_path / "q.toml").read_text(encoding="utf-8")).unwrap()
    assert held["client"] == {"first_name": "Jo", "last_name": "Wren", "address": ["1 Mill Lane"]}
    assert held["delivery"].keys() == {"asked", "safe_address", "online"}
    assert held["author"] == {"name": "Sam Reid"}
    assert "recipients" not in held


def test_going_on_asks_no_date_again_and_says_how_to_leave(tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    told("new", "meeting-summary", "-o", path, answers="Q-1\n4/5/2026\n")
    said = going_on(path, [""]).output
    assert "Date of the letter" not in said
    assert "leaves it open" not in said and "to stop, press Ctrl+C" in said
    assert tomlkit.parse(path.read_text(encoding="utf-8")).unwrap()["date"] == date(2026, 5, 4)
    told("new", "meeting-summary", "-o", tmp_path / "r.toml", answers="Q-1\n")
    assert "Date of the letter" in going_on(tmp_path / "r.toml", [""]).output


def going_on(path: Path, typed: list[str]) -> Result:
    return told("new", "meeting-summary", "-o", path, "--resume", answers="\n".join(typed) + "\n")


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        (ANSWERS[:4], ANSWERS[4:]),
        (ANSWERS[:23], [*[""] * 11, *ANSWERS[24:]]),  # in the middle of a paragraph
        (ANSWERS[:26], [*[""] * 11, ".", *ANSWERS[27:]]),  # in the middle of a list
        ([*ANSWERS[:-5], "yes"], [*[""] * 11, ".", *[""] * 4, ".", "", "", "", ""]),
    ],
)
def test_a_stopped_case_is_gone_on_with_and_keeps_what_a_hand_wrote(
    tmp_path: Path, typed: list[str], then: list[str]
) -> None:
    (tmp_path / "tipletters.toml").write_text(HOUSE)
    path = tmp_path / "q.toml"
    stopped = told("new", "meeting-summary", "-o", path, answers="\n".join(typed) + "\n")
    assert f"tipletters new meeting-summary -o {path} --resume" in stopped.output
    path.write_text(f"# a note\nallow = ['renal']\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    before = path.read_bytes()
    (tmp_path / "q.toml.old").write_text("an older one", encoding="utf-8")
    result = going_on(path, then)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "q.toml.old").read_bytes() == before
    assert [path.name for path in tmp_path.glob("q.toml.*")] == ["q.toml.old"]
    held, was = (tomlkit.parse(text.decode()).unwrap() for text in (path.read_bytes(), before))
    assert path.read_text(encoding="utf-8").startswith("# a note\nallow = ['renal']\n")
    assert {key: one for key, one in was["fields"].items() if one}.items() <= held["fields"].items()
    made = told("draft", path, "--json")
    assert [copy["recipient"] for copy in json.loads(made.stdout)["copies"]] == ["client", "gp"], made.output


def test_going_on_with_a_whole_case_changes_no_answer(tmp_path: Path) -> None:
    (tmp_path / "tipletters.toml").write_text(HOUSE)
    path = tmp_path / "q.toml"
    told("new", "meeting-summary", "-o", path, answers="\n".join(ANSWERS) + "\n")
    before = path.read_bytes()
    result = going_on(path, [*[""] * 11, ".", *[""] * 4, ".", ""])
    assert result.exit_code == 0, result.output
    assert path.read_bytes() == before
    assert not (tmp_path / "q.toml.old").exists()


def test_a_case_that_was_changed_while_questions_were_answered_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tipletters.cli import ask

    path = tmp_path / "q.toml"
    told("new", "meeting-summary", "-o", path, answers="Q-1\n")

    def slowly(_: Any, given: dict[str, Any], *__: Any) -> None:
        given["client"]["first_name"] = "Jo"
        path.write_text("# by hand", encoding="utf-8")

    monkeypatch.setattr(ask, "case", slowly)
    assert "was changed while you answered" in going_on(path, []).output
    assert path.read_text(encoding="utf-8") == "# by hand"
    assert 'first_name = "Jo"' in (tmp_path / "q.toml.new").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        'template = "referral"',
        'template = "meeting-summary"\nclient = "Jo"',
        'template = "meeting-summary"\nrecipients = ["gp"]',
    ],
)
def test_what_is_no_case_for_this_template_is_not_gone_on_with(tmp_path: Path, text: str) -> None:
    (tmp_path / "q.toml").write_text(text, encoding="utf-8")
    assert isinstance(going_on(tmp_path / "q.toml", []).exception, TiplettersError)
    assert (tmp_path / "q.toml").read_text(encoding="utf-8") == text


def test_notes_between_recipients_stay_when_one_is_added() -> None:
    from tipletters.casefile import changed

    text = '[[recipients]]\nkey = "gp"\n# phone first\nname = "Dr Hart"\n\n[[provisions]]\nto = "gp"\n'
    made = changed(text, {"recipients": [{"key": "gp", "name": "Dr Hart"}, {"key": "aunt", "name": "Ida"}]})
    assert "# phone first" in made
    assert [one["name"] for one in tomlkit.parse(made).unwrap()["recipients"]] == ["Dr Hart", "Ida"]
    other = changed(made, {"recipients": [{"key": "aunt", "name": "Ida"}]})
    assert tomlkit.parse(other).unwrap() == {
        "recipients": [{"key": "aunt", "name": "Ida"}],
        "provisions": [{"to": "gp"}],
    }


def test_new_never_writes_over_a_case(case_file: Path) -> None:
    before = case_file.read_bytes()
    assert isinstance(told("new", "meeting-summary", "--blank", "-o", case_file).exception, TiplettersError)
    assert case_file.read_bytes() == before


def test_every_command_has_help_with_an_example() -> None:
    for command in COMMANDS:
        assert command.help
        assert "Example: tipletters" in (command.epilog or "")


def test_help_imports_nothing_heavy() -> None:
    heavy = ["docx", "jinja2", "pydantic", "textstat", "rich", "lxml", "PIL", "tomlkit", "phonenumbers", "sqlalchemy"]
    script = (
        "import sys; from tipletters.cli import main; main(['--help'], standalone_mode=False); "
        f"sys.exit(' '.join(m for m in {heavy} if m in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_one_page_for_the_worker_puts_all_flags_together(tmp_path: Path) -> None:
    said = "You have oedema.\n\n[private: home life] You must not call her a burden."
    path = write_case(tmp_path, fields={"said": said})
    out = tmp_path / "out"
    result = told("draft", path, "-o", out, "--flags", tmp_path / "flags.docx", "--format", "text")
    assert f"For you alone, with all that needs a look: {tmp_path / 'flags.docx'}" in result.output
    text = "\n".join(texts_of(tmp_path / "flags.docx"))
    for words in (
        *("For the worker alone", "oedema", "swelling", "You must", "(order)", "Dr Hart", "12 May 2027", "home life"),
        *("Asked on 12 May 2026.", "no copy. Nobody has asked yet."),
    ):
        assert words in text, words
    told("draft", path, "-o", out, "--flags", tmp_path / "flags.html", "--format", "text")
    page = (tmp_path / "flags.html").read_text(encoding="utf-8")
    assert "Flags for letter A-1" in page
    assert not any("flags" in one.name for one in out.iterdir())


def texts_of(path: Path) -> list[str]:
    from tipletters.letter import texts
    from tipletters.readers.docx import read_docx

    letter = read_docx(path.read_bytes())
    return [*letter.head.frame, *(text for block in letter.blocks for text in texts(block))]


def test_a_page_of_flags_is_never_overwritten_and_says_which_kinds_there_are(case_file: Path) -> None:
    flags = case_file.parent / "flags.html"
    flags.write_text("mine")
    error = told("draft", case_file, "--flags", flags).exception
    assert isinstance(error, TiplettersError)
    assert flags.read_text() == "mine"
    error = told("draft", case_file, "--flags", flags.with_suffix(".pdf")).exception
    assert isinstance(error, TiplettersError)
    assert ".docx or .html" in str(error)


def test_every_check_stands_under_one_heading_of_the_flags() -> None:
    from tipletters.checks.registry import CHECKS
    from tipletters.checks.sections import SECTIONS

    listed = [check for checks in SECTIONS.values() for check in checks]
    assert len(set(listed)) == len(listed)
    assert set(CHECKS) <= set(listed)
