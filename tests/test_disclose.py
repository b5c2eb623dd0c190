"""Sharing without agreement: only what was picked, openly, and written down."""

import json
from pathlib import Path
from typing import Any

import pytest
from cases import TEMPLATE, with_template
from test_commands import told, write_case
from test_register import ANNA

from tipletters.errors import TiplettersError
from tipletters.readers.docx import read_docx

SIGNED = "# Please check this letter\n\nPlease tell us.\n\n~~~\n\nSam\n"
SAID = "You like the sea.\n\n[private: home life] Your home is loud.\n\n[private] You told me about the knife."
WHY = ("--reason", "risk to a child", "--decided-by", "Jo Marsh", "--advice", "safeguarding lead")


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = write_case(tmp_path, client__nhs_number=ANNA, fields={"said": SAID}, provisions=[])
    with_template(tmp_path, TEMPLATE + SIGNED)
    return path


def share(case_file: Path, *args: Any, answers: str = "") -> Any:
    at = ("--register", case_file.parent / "register.db", "-o", case_file.parent / "out")
    return told("disclose", case_file, "--to", "gp", *args, *at, answers=answers)


def document(case_file: Path) -> str:
    letter = read_docx((case_file.parent / "out" / "A-1-gp-shared.docx").read_bytes())
    return "\n".join([*letter.head.addressee, *letter.head.frame, *(block.text for block in letter.blocks)])  # type: ignore[union-attr]


def test_only_the_passage_that_was_picked_is_shared_and_it_says_that_nobody_agreed(case_file: Path) -> None:
    result = share(case_file, "--passages", "3", *WHY, "--told", "13/5/2026")
    assert result.exit_code == 0, result.output + repr(result.exception)
    text = document(case_file)
    assert "about the knife" in text
    assert "What you said" in text
    for other in ("sea", "loud", "drink", "best wishes", "You choose", "check this letter"):
        assert other not in text

    at = ("--register", case_file.parent / "register.db")
    history = told("consent", "history", ANNA, *at).output
    assert "disclosure: reference A-1, to Dr Hart, GP, reason risk to a child, decided by Jo Marsh" in history
    assert "knife" not in history
    holders = json.loads(told("consent", "show", ANNA, "--json", *at).stdout)["holders"]
    assert [(one["recipient"], one["way"]) for one in holders] == [("gp", "shared without agreement")]


def test_what_is_shared_later_never_takes_the_place_of_what_somebody_holds(case_file: Path) -> None:
    for picked in ("3", "1", "2"):
        result = share(case_file, "--passages", picked, *WHY, "--told", "13/5/2026")
        assert result.exit_code == 0, result.output + repr(result.exception)
    assert "about the knife" in document(case_file)
    names = sorted(path.name for path in (case_file.parent / "out").iterdir())
    assert names == ["A-1-gp-shared-2.docx", "A-1-gp-shared-3.docx", "A-1-gp-shared.docx"]


def test_nobody_is_told_to_talk_first_about_what_is_left_out_of_a_thing_that_must_be_shared(tmp_path: Path) -> None:
    said = "You like the sea.\n\n[private] You said that you want to kill yourself."
    path = write_case(tmp_path, client__nhs_number=ANNA, fields={"said": said}, provisions=[])
    with_template(tmp_path, TEMPLATE)
    result = share(path, "--passages", "1", *WHY, "--not-told", "danger", "--look-again", "20/5/2026")
    assert result.exit_code == 0, result.output + repr(result.exception)
    assert "talk with the client" not in " ".join(result.output.split())


def test_a_range_of_passages_holds_all_that_lie_between(case_file: Path) -> None:
    result = share(case_file, "--passages", "1-3", *WHY, "--told", "13/5/2026")
    assert result.exit_code == 0, result.output + repr(result.exception)
    for words in ("sea", "loud", "knife"):
        assert words in document(case_file)
    history = told("consent", "history", ANNA, "--register", case_file.parent / "register.db").output
    assert "passages 3" in history


def test_the_document_says_that_it_was_shared_without_agreement(case_file: Path) -> None:
    share(case_file, "--passages", "3", *WHY, "--told", "13/5/2026", "--force")
    from docx import Document

    made = Document(str(case_file.parent / "out" / "A-1-gp-shared.docx"))
    said = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert "Shared without the client's agreement" in said
    assert "The client has been told" in said
    assert "These parts are from a letter to Zofia Wren" in said
    assert "You agreed" not in said


def test_what_was_not_given_is_asked_and_the_passages_are_shown(case_file: Path) -> None:
    answers = "1 3\nrisk to a child\nJo Marsh\nthe lead\nn\nit could bring danger\n20/5/2026\n"
    result = share(case_file, answers=answers)
    assert result.exit_code == 0, result.output + repr(result.exception)
    assert "3. You told me about the knife." in result.output
    assert "2. Your home is loud.  (private)" in result.output
    assert "Look at it again on 20 May 2026" in result.output
    assert "sea" in document(case_file)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--passages", "9", *WHY, "--told", "13/5/2026"), "no passage of the letter"),
        (("--passages", "", *WHY, "--told", "13/5/2026"), "no passage of the letter"),
        (("--passages=-1", *WHY, "--told", "13/5/2026"), "no passage of the letter"),
        (("--passages", "3-1", *WHY, "--told", "13/5/2026"), "no passage of the letter"),
        (("--passages", "1-9", *WHY, "--told", "13/5/2026"), "“2-5” for all from 2 to 5"),
        (("--passages", "3", *WHY, "--told", "15/5/2026"), "was told lies in the future"),
        (("--passages", "3", *WHY, "--not-told", "danger", "--look-again", "13/5/2026"), "is past"),
        (("--passages", "3", *WHY, "--told", "13/5/2026", "--not-told", "danger"), "also why they were not"),
        (("--passages", "3", *WHY[:4], "--advice", " ", "--told", "13/5/2026"), "whose advice was taken"),
        (("--to", "gpp", "--passages", "3", *WHY, "--told", "13/5/2026"), "Did you mean “gp”?"),
    ],
)
def test_a_record_that_is_not_whole_shares_nothing(case_file: Path, args: tuple[str, ...], says: str) -> None:
    error = share(case_file, *args).exception
    assert isinstance(error, TiplettersError)
    assert says in str(error)
    assert not (case_file.parent / "out").exists()


def test_without_a_number_for_the_client_or_a_register_nothing_is_shared(tmp_path: Path) -> None:
    path = write_case(tmp_path)
    assert "phone first" in str(share(path, "--passages", "1", *WHY, "--told", "13/5/2026").exception)
    path = write_case(tmp_path, client__nhs_number=ANNA)
    (tmp_path / "register.db").write_text("no register" * 100)
    assert isinstance(share(path, "--passages", "1", *WHY, "--told", "13/5/2026").exception, TiplettersError)
    assert not (tmp_path / "out").exists()


def test_stopping_at_a_question_says_that_nothing_was_shared(case_file: Path) -> None:
    result = share(case_file, answers="1\n\n")
    assert result.exit_code == 1
    assert "This needs an answer, so we ask again." in result.output
    assert "Stopped. Nothing was shared, and nothing was written down." in result.output
    assert not (case_file.parent / "out").exists()
