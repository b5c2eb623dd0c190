"""The consent and register commands as a worker types them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases import TEMPLATE, permit, with_template
from test_commands import told, write_case
from test_register import ANNA

from tipletters.alike import may_reach, same_name
from tipletters.errors import TiplettersError
from tipletters.readers.docx import read_docx


@pytest.fixture
def at(tmp_path: Path) -> tuple[str, str]:
    return "--register", str(tmp_path / "register.db")


def done(*args: Any, answers: str = "") -> str:
    result = told(*args, answers=answers)
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output


def failed(*args: Any) -> str:
    error = told(*args).exception
    assert isinstance(error, TiplettersError), repr(error)
    return str(error)


def test_the_consent_form_names_who_might_get_a_copy_and_what_may_be_left_out(
    tmp_path: Path, at: tuple[str, str]
) -> None:
    (tmp_path / "tipletters.toml").write_text('[contact]\nname = "us"\nphone = "01632 960 100"\n')
    path = write_case(tmp_path, client__nhs_number=ANNA)
    done("consent", "show", ANNA, *at)
    output = done("consent", "ask", path, "--why", "gp", "So that she knows how you are.", *at)
    assert "Did you mean “gp”?" in failed("consent", "ask", path, "--why", "gpp", "So that she knows.", *at)
    assert f"The form is in {tmp_path / 'A-1-F-client.docx'}" in output
    text = str([block.text for block in read_docx((tmp_path / "A-1-F-client.docx").read_bytes()).blocks])
    for words in ("Dr Hart, GP", "So that she knows how you are.", "Mr Lane", "home life", "alcohol", "A no is fine."):
        assert words in text
    assert "asked: reference A-1, recipients gp, school, form copies-consent-form" in done(
        "consent", "history", ANNA, *at
    )


def test_a_form_for_the_post_does_not_name_what_must_not_be_at_home(tmp_path: Path) -> None:
    (tmp_path / "tipletters.toml").write_text('[contact]\nname = "us"\nphone = "01632 960 100"\n')
    output = done("consent", "ask", write_case(tmp_path, delivery__not_at_home=["home life"]))
    full, sent = (
        str([block.text for block in read_docx((tmp_path / f"A-1-F-{key}.docx").read_bytes()).blocks])
        for key in ("client", "client-to-send")
    )
    assert "to-send" in output
    assert "home life" in full and "alcohol" in full
    assert "home life" not in sent and "alcohol" in sent
    done("consent", "ask", write_case(tmp_path, fields__said="[not at home] [private: debts] You owe."), "--force")
    assert "debts" not in str(read_docx((tmp_path / "A-1-F-client-to-send.docx").read_bytes()).blocks)


def test_a_form_for_nobody_is_not_made(tmp_path: Path) -> None:
    path = write_case(tmp_path, recipients=[], provisions=[])
    assert "nobody to ask about" in failed("consent", "ask", path)


def test_a_yes_that_was_written_down_gives_a_copy_of_a_later_letter_until_it_is_withdrawn(
    tmp_path: Path, at: tuple[str, str]
) -> None:
    path = write_case(tmp_path, client__nhs_number=ANNA, provisions=[], recipients=[{"key": "gp", "name": "Dr Hart"}])
    with_template(tmp_path, TEMPLATE.replace('when = "never"', 'when = "never"\nreview = "none"'))
    yes = ("consent", "record", ANNA, "--yes", "--to", "gp", "--later", "--whom", "Dr Hart", *at)
    assert "1 of 1 written down in the register on this computer" in done(*yes)
    assert "0 of 1 written down" in done(*yes)
    done("draft", path, "-o", tmp_path / "out", *at)
    shown = done("consent", "show", ANNA, *at)
    assert "Letters for gp: yes, on 14 May 2026 (in person), all letters from then on, until 14 May 2027." in shown
    assert "It holds." in shown
    assert "- A-1, version 1: Dr Hart, 14 May 2026" in shown
    output = done("consent", "withdraw", ANNA, "--to", "gp", *at)
    assert "No more copies from now on." in output
    assert "- A-1, version 1: Dr Hart" in output
    assert "the client, 14 May" not in output
    result = told("draft", path, "-o", tmp_path / "again", *at)
    assert "No copy: the client withdrew their yes." in result.output
    assert "It does not hold: the client withdrew their yes." in done("consent", "show", ANNA, *at)
    summary = json.loads(done("consent", "show", ANNA, "--json", *at))
    assert [one["state"] for one in summary["answers"]] == ["the client withdrew their yes"] * 2
    assert [one["recipient"] for one in summary["holders"][:2]] == ["client", "gp"]


def test_the_answers_in_a_case_are_written_down_for_that_client_alone(tmp_path: Path, at: tuple[str, str]) -> None:
    path = write_case(tmp_path, client__key="ST-0412", provisions=[permit(to=["gp", "school"])])
    assert "2 of 2 written down" in done("consent", "record", "st 0412", "--from", path, *at)
    assert "not the client's whom you named" in failed("consent", "record", "ST-0413", "--from", path, *at)
    assert len(json.loads(done("consent", "show", "ST-0412", "--json", *at))["answers"]) == 2


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["Anna Lindqvist", "--no", "--to", "gp", "--later"], "never by a name"),
        ([ANNA, "--no", "--to", "gp", "--whom", "Dr Hart", "--later", "--date", "15/5/2026"], "dated in the future"),
    ],
)
def test_an_answer_that_cannot_be_right_is_not_written_down(at: tuple[str, str], args: list[str], says: str) -> None:
    assert says in failed("consent", "record", *args, *at)


SLIP = "999 012 3455"


def test_a_number_whose_last_digit_does_not_fit_is_taken_for_nobody(at: tuple[str, str]) -> None:
    for args in (["record", SLIP, "--no", "--to", "gp", "--later"], ["withdraw", SLIP], ["show", "999.012.3455"]):
        assert "its last digit does not fit the others" in failed("consent", *args, *at)
    assert not json.loads(done("consent", "show", "ST-0412", "--json", *at))["answers"]


def test_a_ten_digit_key_of_the_services_own_is_taken_from_its_case(tmp_path: Path, at: tuple[str, str]) -> None:
    path = write_case(tmp_path, client__key=SLIP.replace(" ", ""))
    assert "written down" in done("consent", "record", SLIP, "--from", path, *at)
    assert "Letters for gp" in done("consent", "show", SLIP, *at)


def test_taking_back_for_somebody_with_nothing_on_record_is_done_and_said(at: tuple[str, str]) -> None:
    output = done("consent", "withdraw", ANNA, *at)
    assert "No more copies" in output
    assert "Nothing was on record under this number before" in output
    assert "Nothing was on record" not in done("consent", "withdraw", ANNA, *at)


def test_a_first_answer_says_that_nothing_was_on_record_before(at: tuple[str, str]) -> None:
    no = ("consent", "record", ANNA, "--no", "--to", "everyone", "--letter", "A-9")
    assert "Nothing was on record under this number before" in done(*no, *at)
    assert "Nothing was on record" not in done(*no, *at)


def case_on_record(folder: Path, at: tuple[str, str]) -> Path:
    path = write_case(folder, client__nhs_number=ANNA, provisions=[permit(to=["gp", "school"])])
    done("consent", "record", ANNA, "--from", path, *at)
    return path


NO_COPY_FOR_GP = "Dr Hart, GP\n  No copy: the client withdrew their yes."


@pytest.mark.parametrize("to", ["gp", "GP", " gp ", "Everyone", "gp, school", "School; GP"])
@pytest.mark.parametrize("what", [["withdraw"], ["record", "--no", "--later"], ["record", "--no", "--letter", "a 01"]])
def test_a_no_holds_however_its_reader_and_letter_are_spelled(
    tmp_path: Path, at: tuple[str, str], to: str, what: list[str]
) -> None:
    path = case_on_record(tmp_path, at)
    done("consent", what[0], ANNA, "--to", to, *what[1:], *at)
    assert NO_COPY_FOR_GP in told("draft", path, "-o", tmp_path / "out", *at).output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--to", "all"], "not clear for whom"),
        (["--to", "Dr. Hart"], "not clear for whom"),
        (["--to", "pg"], "On record: gp, school"),
        (["--to", "gp", "--about", "all"], "not clear what this is about"),
        (["--to", "gp", "--about", "everything"], "not clear what this is about"),
        (["--to", "gp", "--about", "alcohol, Private"], "not clear what this is about"),
        (["--to", "gp", "--about", "not at home"], "not clear what this is about"),
        (["--to", "gp", "--about", " , "], "not clear what this is about"),
        (["--to", "gp", "--letter", "A-2"], "On record: A-1"),
    ],
)
def test_a_no_that_would_hold_for_nothing_is_refused_with_what_is_on_record(
    tmp_path: Path, at: tuple[str, str], args: list[str], says: str
) -> None:
    case_on_record(tmp_path, at)
    held = done("consent", "show", ANNA, "--json", *at)
    later = [] if "--letter" in args else ["--later"]
    assert says in failed("consent", "record", ANNA, "--no", *args, *later, *at)
    assert done("consent", "show", ANNA, "--json", *at) == held


def test_a_no_to_the_letter_may_be_called_by_its_everyday_name(tmp_path: Path, at: tuple[str, str]) -> None:
    path = case_on_record(tmp_path, at)
    done("consent", "withdraw", ANNA, "--to", "gp", "--about", "The letter", *at)
    assert NO_COPY_FOR_GP in told("draft", path, "-o", tmp_path / "out", *at).output


def test_a_no_about_several_things_holds_for_each_of_them(tmp_path: Path, at: tuple[str, str]) -> None:
    said = "[private: home life] It is loud.\n\n[private: alcohol] You drink gin.\n\nYou like the sea."
    answers = [permit(about=["letter", "home life", "alcohol"], to="gp")]
    path = write_case(tmp_path, client__nhs_number=ANNA, fields={"said": said}, provisions=answers)
    done("consent", "record", ANNA, "--from", path, *at)
    output = done("consent", "withdraw", ANNA, "--to", "gp", "--about", "Home-Life; alcohol", *at)
    assert "Copies leave this out from now on." in output
    assert "keeps back" not in output
    summary = " ".join(told("draft", path, "-o", tmp_path / "out", *at).output.split())
    assert summary.count("(the client withdrew their yes)") == 2, summary


def test_a_no_about_something_new_says_which_words_it_goes_by(tmp_path: Path, at: tuple[str, str]) -> None:
    path = write_case(tmp_path, client__nhs_number=ANNA, provisions=[permit(about=["letter", "home life"], to="gp")])
    done("consent", "record", ANNA, "--from", path, *at)
    for what in (["withdraw"], ["record", "--no", "--later"]):
        output = done("consent", what[0], ANNA, "--to", "gp", "--about", f"partner {what[0]}", *what[1:], *at)
        assert f"mark with just this: “partner {what[0]}”. The client's answers so far name: “home life”" in output


def test_a_yes_that_has_run_out_is_not_said_to_hold(at: tuple[str, str]) -> None:
    yes = ("consent", "record", ANNA, "--yes", "--to", "gp", "--letter", "A-1")
    assert "runs out before it was given" in failed(*yes, "--until", "13/5/2026", *at)
    assert "more than 10 years" in failed(*yes, "--until", "12/5/2226", *at)
    assert "has run out already" in done(*yes, "--date", "1/5/2026", "--until", "13/5/2026", *at)
    assert "has run out already" not in done(*yes, *at)
    shown = done("consent", "show", ANNA, *at)
    assert "until 13 May 2026. It does not hold: the client's yes has run out." in shown
    assert "until 14 May 2027. It holds." in shown


def test_a_no_follows_its_person_to_another_key_and_asks_who_it_is_where_nobody_knows(
    tmp_path: Path, at: tuple[str, str]
) -> None:
    path = write_case(tmp_path, client__nhs_number=ANNA, provisions=[permit(to=["gp", "school"])])
    assert "On record: nobody" in failed("consent", "withdraw", ANNA, "--to", "gp", *at)
    done("consent", "withdraw", ANNA, "--to", "gp", "--whom", "dr hart, New Street", *at)
    path.write_text(path.read_text().replace('"gp"', '"surgery"'))
    assert NO_COPY_FOR_GP in told("draft", path, "-o", tmp_path / "out", *at).output


OKAFOR = "Dr Ngozi Okafor, Orchard Surgery"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("dr. ngozi okafor, Mill Lane", True),
        ("Ngozi Okafor", True),
        ("Dr N. Okafor", True),
        ("N A Okafor", True),
        ("Dr Okafor", True),
        ("Dr Ngozi Okafor (GP)", True),
        ("Dr Ngozi Adaeze Okafor-Bell", True),
        ("Dr Obi Okafor, Orchard Surgery", False),
        ("Jo Okafor, Orchard Surgery", False),
        ("Mrs Ngozi Okafor", False),
        ("Okafor", False),
        ("Dr N. O.", False),
        ("Dr", False),
        ("", False),
    ],
)
def test_a_name_is_the_same_however_it_is_written_and_another_is_not(other: str, same: bool) -> None:
    assert same_name(OKAFOR, other) is same
    assert same_name(other, OKAFOR) is same
    assert same_name(other, other) is bool(other)


@pytest.mark.parametrize(
    ("other", "reaches"),
    [
        ("Orchard Surgery", True),
        ("The Orchard Surgery, Mill Lane", True),
        ("Dr Obi Okafor, Orchard Surgery", False),
        ("Mill Lane Surgery", False),
        ("", False),
    ],
)
def test_what_goes_to_a_practice_may_reach_who_works_there_and_not_their_colleague(other: str, reaches: bool) -> None:
    assert may_reach(OKAFOR, other) is reaches
    assert may_reach(other, OKAFOR) is reaches


def test_a_no_for_a_practice_holds_for_its_doctor_and_not_for_another(tmp_path: Path, at: tuple[str, str]) -> None:
    gp = {"key": "gp", "name": "Dr Hart", "organisation": "New Street Surgery", "role": "GP"}
    path = write_case(tmp_path, client__nhs_number=ANNA, recipients=[gp], provisions=[permit(to="gp")])
    done("consent", "record", ANNA, "--from", path, *at)
    done("consent", "record", ANNA, "--no", "--to", "surgery", "--whom", "Old Street Surgery", "--later", *at)
    assert "No copy" not in told("draft", path, "-o", tmp_path / "one", *at).output
    done("consent", "record", ANNA, "--no", "--to", "surgery", "--whom", "New Street Surgery", "--later", *at)
    assert "No copy: the client withdrew their yes." in told("draft", path, "-o", tmp_path / "two", *at).output


@pytest.mark.parametrize(
    ("name", "none"), [("N. Hart", True), ("Nia Hart", True), ("Dr Bow", False), ("Dr Nia Hart", True)]
)
def test_a_no_follows_its_person_to_another_key_however_the_name_is_written(
    tmp_path: Path, at: tuple[str, str], name: str, none: bool
) -> None:
    gp = {"key": "gp", "name": "Dr Nia Hart", "role": "GP"}
    path = write_case(tmp_path, client__nhs_number=ANNA, recipients=[gp], provisions=[permit(to="gp")])
    done("consent", "record", ANNA, "--from", path, *at)
    done("consent", "withdraw", ANNA, "--to", "gp", *at)
    path.write_text(path.read_text().replace('"gp"', '"surgery"').replace("Dr Nia Hart", name))
    output = told("draft", path, "-o", tmp_path / "out", *at).output
    assert (f"{name}, GP\n  No copy: the client withdrew their yes." in output) is none
    assert ("may be the same, or be where they work" in " ".join(output.split())) is (none and name != "Dr Nia Hart")


def test_a_withdrawal_keeps_the_person_of_a_yes_and_of_a_copy_that_was_written(
    tmp_path: Path, at: tuple[str, str]
) -> None:
    path = case_on_record(tmp_path, at)
    done("consent", "withdraw", ANNA, "--to", "gp", *at)
    path.write_text(path.read_text().replace('"gp"', '"surgery"'))
    assert NO_COPY_FOR_GP in told("draft", path, "-o", tmp_path / "out", *at).output


@pytest.mark.parametrize("args", [[], ["--yes"], ["--yes", "--to", "gp"], ["--yes", "--to", "everyone", "--later"]])
def test_half_an_answer_is_wrong_use(at: tuple[str, str], args: list[str]) -> None:
    assert told("consent", "record", ANNA, *args, *at).exit_code == 2


def test_what_runs_out_soon_is_listed_unless_it_was_withdrawn(at: tuple[str, str]) -> None:
    for client, until in (("ST-1", "1/6/2026"), ("ST-2", "1/6/2027"), ("ST-3", "1/6/2026")):
        done("consent", "record", client, "--yes", "--to", "gp", "--letter", f"{client}-A", "--until", until, *at)
    done("consent", "withdraw", "ST-3", *at)
    for until in ("1/6/2026", "1/6/2027"):
        done("consent", "record", "ST-4", "--yes", "--to", "gp", "--letter", "ST-4-A", "--until", until, *at)
    output = done("consent", "expiring", *at)
    assert "1 June 2026" in output
    assert "Letter ST-1-A" in output
    assert "1 answer runs out" in output
    assert [one["letter"] for one in json.loads(done("consent", "expiring", "--json", *at))] == ["ST-1-A"]


def test_the_register_is_verified_backed_up_and_restored(tmp_path: Path, at: tuple[str, str]) -> None:
    done("consent", "record", "ST-1", "--no", "--to", "gp", "--whom", "Dr Hart", "--later", *at)
    assert "Looked through 2 entries" in done("register", "verify", *at)
    backup = tmp_path / "safe.backup"
    assert "2 entries are in" in done("register", "backup", backup, *at)
    assert b"provision" not in backup.read_bytes()
    assert b"SQLite" not in backup.read_bytes()
    assert "There is a file of this name" in failed("register", "backup", backup, *at)
    done("consent", "record", "ST-2", "--no", "--to", "gp", "--whom", "Dr Hart", "--later", *at)
    assert "1 entry of the register would be lost" in failed("register", "restore", backup, *at)
    assert "as it was at entry 2" in done("register", "restore", backup, "--force", *at)
    assert "All is as it was written." in done("register", "verify", *at)
    assert json.loads(done("register", "verify", "--json", *at))["entries"] == 3
    assert not json.loads(done("consent", "show", "ST-2", "--json", *at))["answers"]


def test_a_lost_register_is_restored_where_its_key_is_and_nowhere_else(
    tmp_path: Path, at: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done("consent", "record", "ST-1", "--no", "--to", "gp", "--whom", "Dr Hart", "--later", *at)
    backup = tmp_path / "safe.backup"
    done("register", "backup", backup, *at)
    key = told("register", "key", *at).stdout.strip()
    (tmp_path / "register.db").unlink()
    assert "missing, or this is another register" in failed("consent", "show", "ST-1", *at)
    done("register", "restore", backup, *at)
    assert len(json.loads(done("consent", "show", "ST-1", "--json", *at))["answers"]) == 1
    monkeypatch.setenv("TIPLETTERS_HOME", str(tmp_path / "other computer"))
    assert "key of this register is not on this computer" in failed("consent", "show", "ST-1", *at)
    done("register", "key", "--set", *at, answers=f"{key}\n")
    assert len(json.loads(done("consent", "show", "ST-1", "--json", *at))["answers"]) == 1
    assert "not a key" in failed_with("register", "key", "--set", *at, answers="1234\n")
    assert "No new key was kept." in told("register", "key", "--set", *at).output


def failed_with(*args: Any, answers: str) -> str:
    error = told(*args, answers=answers).exception
    assert isinstance(error, TiplettersError)
    return str(error)


def test_a_client_is_forgotten_by_number_or_by_the_code_of_what_is_due(
    tmp_path: Path, at: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "for how long" in failed("register", "due", *at)
    (tmp_path / "tipletters.toml").write_text("[register]\nkeep_years = 1\n")
    for client in ("ST-1", "ST-2"):
        done("consent", "record", client, "--no", "--to", "everyone", "--letter", f"{client}-A", *at)
    assert json.loads(done("register", "due", "--json", *at)) == []
    monkeypatch.setattr("tipletters.register.keep.years_before", lambda *_: date(2027, 1, 1))
    due = sorted(json.loads(done("register", "due", "--json", *at)), key=lambda one: str(one["letters"]))
    assert [one["letters"] for one in due] == [["ST-1-A"], ["ST-2-A"]]
    stopped = told("register", "forget", due[0]["client"], "--reason", "x", *at, answers="n\n")
    assert stopped.exit_code == 1
    assert "Nothing was forgotten." in stopped.output
    assert "Forgotten: 1 entry." in done("register", "forget", due[0]["client"], "--reason", "by right", "--yes", *at)
    assert "1 entry was forgotten (by right)" in done("register", "verify", *at)
    assert "1 client with" in done("register", "due", *at)
    assert told("register", "forget", "ST-1", "--reason", "again", "--yes", *at).exit_code == 1


def test_verify_ends_with_1_where_something_was_changed(tmp_path: Path, at: tuple[str, str]) -> None:
    import sqlite3

    done("consent", "record", "ST-1", "--no", "--to", "gp", "--whom", "Dr Hart", "--later", *at)
    with sqlite3.connect(tmp_path / "register.db") as connection:
        connection.execute("UPDATE entries SET by = 'somebody else' WHERE number = 2")
    connection.close()
    result = told("register", "verify", *at)
    assert result.exit_code == 1
    assert "Entry 2 was changed, moved or exchanged." in result.output
