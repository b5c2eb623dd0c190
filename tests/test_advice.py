"""Advice that is worth a tired reader's minute: what a letter lacks, who and what is asked about, and walls of words."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from tipletters.checks.issue import Severity, told, worst_first
from tipletters.checks.run import Run, check_text
from tipletters.checks.who.people import people
from tipletters.cli import main
from tipletters.proof.question import asked

RUN = Run()
BODY = (
    "The weather was fine and the bus was late. Your garden is full of roses. The cat sat on the wall and looked at us. "
    "Some people like tea and others like coffee. The road up the hill is long. A red door is easy to find in the dark. "
    "Bread is best on the day. There were seven ducks on the pond."
)


def lacking(said: str) -> str:
    text = f"Dear Anna,\n\n{BODY}\n\n{said}\n\nBest wishes,\n\nSam Reid"
    return " ".join(one.message for one in check_text(text, run=RUN).issues if one.check == "missing")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("why you are writing", "You asked me to write down what we talked about."),
        ("why you are writing", "Here are the notes of our phone call."),
        ("why you are writing", "It was lovely to meet you and your aunt."),
        ("why you are writing", "You rang us on Monday about the boiler."),
        ("why you are writing", "This letter tells you what happens on the day."),
        ("what was agreed", "I've asked for a rail, and we'll look at it together."),
        ("what was agreed", "You decided to try the group."),
        ("whom to contact", "You can text me at any time."),
        ("whom to contact", "My number is 07700 900246."),
        ("whom to contact", "If you are worried, ask for our nurse and tell us."),
        ("put the letter right", "If I have got anything wrong, tell me."),
        ("put the letter right", "Did I misunderstand? If I've missed something, ring me."),
        ("put the letter right", "Please cross out anything that isn't right."),
        ("put the letter right", "If you do not agree with anything in this letter, let me know."),
        ("put the letter right", "Change anything you do not agree with."),
        ("put the letter right", "You can change words or add things."),
        ("put the letter right", "Is something not true here? Ring me and we'll put it straight."),
        ("when you meet again", "I'll be visiting every week until Easter."),
        ("when you meet again", "I will ring you on 4 June at about 2pm."),
        ("when you meet again", "Your fitting is on Thursday 6 June."),
        ("when you meet again", "You are booked in with me on 7 June at 11am."),
        ("when you meet again", "Shall we say Tuesday 30 January, at 11am?"),
        ("when you meet again", "We have now finished our sessions, and you can come back without seeing your GP."),
    ],
)
def test_a_part_of_a_good_letter_is_seen_in_many_wordings(part: str, said: str) -> None:
    assert part in lacking("")
    assert part not in lacking(said)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("put the letter right", "Did you do the wrong thing by letting her in?"),
        ("put the letter right", "If something goes wrong with the pump, go to A&E."),
        ("put the letter right", "If you think this decision is wrong, you can appeal."),
        ("put the letter right", "I got one thing wrong on Friday, and she put me right."),
        ("put the letter right", "You had the right to a lawyer, and the bill was correct."),
        ("when you meet again", "I saw you at your appointment, and you told me about your plan."),
        ("whom to contact", "I will ring the council about the lift."),
    ],
)
def test_what_only_shares_the_words_of_a_part_does_not_say_it(part: str, said: str) -> None:
    assert part in lacking(said)


def test_what_a_letter_lacks_is_said_once() -> None:
    text = f"Dear Sir or Madam,\n\n{BODY}\n\nYours sincerely"
    (issue,) = [one for one in check_text(text, run=RUN).issues if one.check == "missing"]
    assert "a greeting by name" in issue.message
    assert "when you meet again" in issue.message
    assert issue.severity is Severity.ADVICE


LETTER = (
    "Dear Anna,\n\nYour mum said that you have debts. You eat breakfast with your dad.\n\n"
    "You worry about the rent arrears.\n\nYour mother cried. Your brother Tom drinks.\n\nTom has a debt too.\n\nBest wishes,\n\nSam Reid"
)


def test_a_reader_is_told_of_each_person_and_matter_once_and_every_place_stays_in_the_report() -> None:
    report = check_text(LETTER, run=Run(only=frozenset({"third-party", "sensitive"})))
    words = [report.text[one.start : one.end] for one in report.issues]
    assert words == ["Your mum", "debts", "your dad", "rent arrears", "Your mother", "Your brother Tom", "Tom", "debt"]
    shown = told(report).issues
    assert [report.text[one.start : one.end] for one in shown] == ["Your mum", "debts", "Your brother Tom"]
    assert shown[0].message.endswith("It is there twice, also as “Your mother”.")
    assert shown[1].message.endswith("It is there 3 times, also as “rent arrears”, “debt”.")


def test_what_decides_about_a_copy_asks_of_every_paragraph() -> None:
    report = check_text(LETTER, run=Run(only=frozenset({"third-party", "sensitive"})))
    where = [(one.where, "somebody else" in one.text) for one in asked(report)]
    assert where == [
        ("paragraph 2", True),
        ("paragraph 2", False),
        ("paragraph 3", False),
        ("paragraph 4", True),
        ("paragraph 5", True),
        ("paragraph 5", False),
    ]


def test_nothing_but_a_further_place_of_the_same_is_left_out_of_what_is_told() -> None:
    report = check_text(LETTER, run=RUN)
    left = set(report.issues) - {replace_message(one) for one in told(report).issues}
    assert {one.check for one in left} <= {"third-party", "sensitive"}
    assert told(told(report)) == told(report)


def replace_message(issue: object) -> object:
    return issue._replace(message=re.sub(r" It is there .*", "", issue.message))  # type: ignore[attr-defined]


def test_mentions_of_one_person_have_one_word() -> None:
    assert people(["your son Paul", "Paul", "your son", "Paul's", "your daughter"]) == ["paul"] * 4 + ["your daughter"]
    assert people(["your mum", "Your mother", "his mum", "Mrs Hall", "Your neighbour Mrs Hall"]) == [
        "your mother",
        "your mother",
        "his mother",
        "hall",
        "hall",
    ]
    assert people([]) == []


@pytest.mark.parametrize(
    "text",
    [
        "You can bring your sister.",
        "Your sister is welcome to come in with you.",
        "If you need it more, ask your dad to ring us.",
        "Thank you for coming with your friend Gordon.",
    ],
)
def test_somebody_of_whom_nothing_is_said_is_left_to_what_decides_about_a_copy(text: str) -> None:
    report = check_text(text, run=Run(only=frozenset({"third-party"})))
    assert len(report.issues) == 1
    assert len(asked(report)) == 1
    assert not told(report).issues


def test_a_worker_who_was_introduced_is_left_to_what_decides_about_a_copy() -> None:
    text = "Dear Yonas,\n\nWe spoke with the interpreter, Mrs Haile.\n\nMrs Haile can ring you.\n\nBest wishes,\n\nSam Reid"
    report = check_text(text, run=Run(only=frozenset({"third-party"})))
    assert len(asked(report)) == 2
    assert not told(report).issues


@pytest.mark.parametrize("text", ["You are her mum's carer.", "Your son's doctor said so.", "Your mum's nurse came."])
def test_somebody_whose_worker_is_named_is_asked_about(text: str) -> None:
    assert told(check_text(text, run=Run(only=frozenset({"third-party"})))).issues


def test_couples_who_are_greeted_are_nobody_else_and_a_mum_who_is_greeted_is_still_asked_about() -> None:
    run = Run(only=frozenset({"third-party"}))
    assert not check_text("Dear Mr and Mrs Lind,\n\nMrs Lind, you sleep badly. You are his granny.", run=run).issues
    assert check_text("Dear Mum and Dad,\n\nYour mum said so.", run=run).issues


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Asha, our epilepsy nurse, will help you.", False),
        ("You have epilepsy.", True),
        ("If you are thinking about ending your life, call 999.", False),
        ("If the thoughts of ending your life come back, call 999.", True),
        ("You said that you think about ending your life.", True),
        ("The questions about the risk came out as high.", False),
        ("You came out as gay to your aunt.", True),
        ("It is in your hospital passport.", False),
        ("They have your passport.", True),
        ("You inject insulin at lunch.", False),
        ("You inject in the evening.", True),
        ("All of this is what grief can be like.", False),
    ],
)
def test_a_reader_is_not_asked_about_words_that_tell_nothing_of_the_client(text: str, is_asked: bool) -> None:
    report = check_text(text, run=Run(only=frozenset({"sensitive"})))
    assert report.issues
    assert len(asked(report)) == 1
    assert bool(told(report).issues) is is_asked


@pytest.mark.parametrize(
    ("sentences", "is_long"),
    [
        (["You were tired."] * 6, False),
        (["You were tired."] * 7, True),
        (["You were tired and cold when we met by the old harbour wall on the last day of the year."] * 4, True),
        (["You were tired and cold when we met by the old harbour wall on the last day of the year."] * 3, False),
    ],
)
def test_a_paragraph_is_long_by_its_words_and_sentences(sentences: list[str], is_long: bool) -> None:
    issues = check_text(" ".join(sentences), run=RUN).issues
    assert any(one.check == "long-paragraph" for one in issues) is is_long


def test_a_sentence_a_little_too_long_in_plain_words_is_not_shown() -> None:
    text = "You asked me to write down what we talked about so that you could look at it when the house is quiet."
    report = check_text(text, run=Run(only=frozenset({"long-sentence"})))
    assert len(report.issues) == 1
    assert not told(report).issues


def test_doses_that_can_be_misread_come_before_other_words_and_all_of_them_are_shown(
    tmp_path: Path,
) -> None:
    hard = "She has COPD, CKD, IHD, HTN, GORD, PVD, oedema, tachycardia, dyspnoea, nephropathy and angina. "
    doses = "She takes sertraline 50.0 mg mane, morphine .5 mg od, digoxin 125 mcg bd and insulin 10 u nocte, 3 x 20 mg prn."
    report = check_text(f"Dear Anna,\n\n{hard}{doses}", run=RUN)
    first = [report.text[one.start : one.end] for one, *_ in worst_first(report) if one.is_dose]
    words = [report.text[one.start : one.end] for one, *_ in worst_first(report)]
    assert words[: len(first)] == first and {"50.0", ".5", "mcg", "od", "nocte"} <= set(first)
    (tmp_path / "gp.txt").write_text(report.text, encoding="utf-8")
    shown = CliRunner().invoke(main, ["check", str(tmp_path / "gp.txt")]).output
    assert all(f"[{word}]" in shown for word in first), shown


def test_an_address_or_a_postcode_is_never_the_hardest_sentence() -> None:
    letter = "4 Mill Lane\n\nAN1 2YZ\n\nCholmondeley Hall, Anytown, AN3 4QR\n\nDear Anna,\n\nYou like to walk with us.\n\nDr Ngozi Okafor"
    report = check_text(letter, run=RUN)
    assert [report.text[one.start : one.end] for one in report.hardest] == ["You like to walk with us."]


def test_our_own_reference_at_the_foot_is_no_short_form() -> None:
    run = Run(only=frozenset({"abbreviation"}))
    for foot in ("Reference AL-1 · Page 1 of 1", "Reference ML/CBT-2 · Page 1 of 1"):
        assert not check_text(f"Dear Anna,\n\nYou came.\n\n{foot}", run=run).issues
    assert check_text("Dear Anna,\n\nYou had CBT-2.", run=run).issues


def test_a_folder_is_checked_without_our_own_answers_to_its_letters(tmp_path: Path) -> None:
    letter = Document()
    letter.add_paragraph("Your oedema is bilateral.")
    letter.save(tmp_path / "anna.docx")
    page = str(tmp_path / "report.html")
    CliRunner().invoke(main, ["check", str(tmp_path), "--comments", str(tmp_path), "--html", page])
    (tmp_path / "anna-CHECK-2.docx").write_bytes((tmp_path / "anna-CHECK.docx").read_bytes())
    assert (tmp_path / "anna-CHECK.docx").exists()
    again = " ".join(CliRunner().invoke(main, ["check", str(tmp_path)]).output.split())
    assert "Left out. Our own answer or report." in again and "4 files: 1 read, 3 left out." in again
    assert "swelling" in CliRunner().invoke(main, ["check", str(tmp_path / "anna-CHECK.docx")]).output
