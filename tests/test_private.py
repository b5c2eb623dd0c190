"""The checks on privacy: what is asked, what is left alone, and another client's details."""

from datetime import date
from pathlib import Path

import docx
import pytest
from cases import drafted
from hypothesis import given
from hypothesis import strategies as st
from test_documents import ALL, example

from tipletters.checks.existing import check_files
from tipletters.checks.issue import Severity
from tipletters.checks.run import Run, check, check_text
from tipletters.checks.text.view import File
from tipletters.others import Detail, Index, details, index_of
from tipletters.output import save
from tipletters.people import Client, Person
from tipletters.setting import person_of

PRIVATE = Run(only=frozenset({"sensitive", "third-party", "identifier"}))
OTHER = Client(
    "Hope", "Okonkwo", address=("7 Mill Lane", "Anytown"), date_of_birth=date(1988, 4, 2), nhs_number="999 060 2077"
)
SELF = Person(
    frozenset({"Zofia Wren", "Zofia", "Wren"}), frozenset({"9998302765"}), date(1991, 3, 2), frozenset({"Sam Reid"})
)


def found(text: str, check_id: str, **more: object) -> list[str]:
    return [text[one.start : one.end] for one in check_text(text, run=PRIVATE, **more).issues if one.check == check_id]


@pytest.mark.parametrize(
    ("check_id", "text", "words"),
    [
        ("sensitive", "You told me that you have debts.", ["debts"]),
        ("sensitive", "You had a miscarriage in March.", ["miscarriage"]),
        ("sensitive", "You said that he hits you.", ["hits you"]),
        ("sensitive", "You are on probation until June.", ["probation"]),
        ("third-party", "Your neighbour Mrs Hall drinks.", ["Your neighbour Mrs Hall"]),
        ("third-party", "You miss your sister. Her husband, Marek, rings. Marek is kind.", ["your sister", "Her husband, Marek", "Marek"]),
        ("third-party", "You met a man called Josh.", ["a man called Josh"]),
        ("third-party", "Your mother-in-law is ill.", ["Your mother-in-law"]),
        ("identifier", "Your NHS number is 999 012 3455.", ["999 012 3455"]),
        ("identifier", "I have your number as 07700 900412.", ["07700 900412"]),
        ("identifier", "Re: Ann Other, born 3 April 1996", ["born 3 April 1996"]),
        ("identifier", "You moved to 12 Orchard Row, Anytown AN3 4QR.", ["12 Orchard Row, Anytown AN3 4QR"]),
        ("identifier", "We write to you at ann.other@example.org.", ["ann.other@example.org"]),
    ],
)  # fmt: skip
def test_what_is_private_is_asked_about(check_id: str, text: str, words: list[str]) -> None:
    assert found(text, check_id) == words


@pytest.mark.parametrize(
    "text",
    [
        "You like the sea, and you feed the birds.",
        "You can call us on 01632 960145, Monday to Friday.",
        "Write to hello@mill-lane.example or ring Samaritans on 116 123.",
        "Your GP and the nurse from our team will see you.",
        "The children's hearing is on Monday. There is a parents' group.",
        "I have put you on the list for Ms Grant, a therapist.",
        "You paid £1,240 in 2019.",
    ],
)
def test_what_is_not_is_left_alone(text: str) -> None:
    assert not check_text(text, run=PRIVATE).issues


def test_a_passage_with_a_label_has_its_answer(tmp_path: Path) -> None:
    said = "You have debts to your brother.\n\n[private: home life] You have debts to your brother."
    (client, *_) = drafted(tmp_path, fields={"said": said}).copies
    assert client.letter is not None
    report = check(client.letter, run=Run(only=frozenset({"sensitive", "third-party"})))
    assert sorted(one.check for one in report.issues if "debts" in report.text[one.start : one.end]) == ["sensitive"]
    assert sum(one.check == "third-party" for one in report.issues) == 1


def test_the_clients_own_number_and_birthday_are_left_alone() -> None:
    text = "Your NHS number is 999 830 2765. You were born on 2 March 1991."
    assert not found(text, "identifier", about=SELF)
    assert len(found(text, "identifier")) == 2


def test_in_an_example_only_what_is_the_clients_own_or_the_services_stands() -> None:
    for name in ALL:
        made, house = example(name)
        for copy in made.copies:
            if copy.letter is not None:
                issues = check(copy.letter, about=person_of(made.case, house), run=PRIVATE).issues
                assert not [one for one in issues if one.check == "identifier"], name


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("You met Hope Okonkwo there.", Severity.ERROR),
        ("You met HOPE OKONKWO there.", Severity.ERROR),
        ("Your number is 9990602077.", Severity.ERROR),
        ("Your number is 999-060-2077.", Severity.ERROR),
        ("You met Hope there.", Severity.ADVICE),
        ("You were seen on 2 April 1988.", Severity.ADVICE),
        ("You live at 7 Mill Lane now.", Severity.ADVICE),
        ("You hope to come. Hope is good.", None),
        ("You met Zofia and Sam Reid.", None),
    ],
)
def test_another_clients_number_or_full_name_is_an_error_and_less_is_a_question(
    text: str, severity: Severity | None
) -> None:
    others = index_of([OTHER, Client("Sam", "Reid"), Client("Zofia", "Wren")])
    issues = [one for one in PRIVATE.check(text, SELF, others).issues if "nother client" in one.message]
    assert [one.severity for one in issues] == ([severity] if severity else [])


def test_the_only_name_of_another_client_is_a_question_as_a_first_name_is() -> None:
    for other in (Client("Hope", one_name=True), Client("", "Hope", one_name=True)):
        issues = PRIVATE.check("You met Hope there.", SELF, index_of([other])).issues
        assert [one.severity for one in issues if "nother client" in one.message] == [Severity.ADVICE]


NAMES = st.text("abcdefghijklmnop", min_size=2, max_size=8)
CLIENTS = st.builds(
    Client,
    NAMES,
    NAMES,
    date_of_birth=st.dates(date(1930, 1, 1), date(2010, 1, 1)),
    nhs_number=st.integers(10**9, 10**10 - 1).map(str),
)


@given(st.lists(CLIENTS, max_size=30), CLIENTS)
def test_an_index_holds_the_details_of_its_clients_and_no_others(clients: list[Client], other: Client) -> None:
    index = index_of(clients)
    held = {detail for one in clients for detail in details(one)}
    assert len(index) == len(held)
    assert all(index.holds(*detail) for detail in held)
    assert all(index.holds(*detail) == (detail in held) for detail in details(other))


def test_an_index_stays_under_a_hundred_bytes_a_client() -> None:
    index = Index()
    for number in range(20_000):
        index.add(Client(f"a{number % 900}", f"b{number}", nhs_number=str(10**9 + number), address=(f"{number} Row",)))
        assert number < 500 or index.size < 100 * (number + 1)
    assert "a1" not in repr(index)
    assert not index.holds(Detail.NAME, "a1 b2")


FILES = Run(only=frozenset({"file-name", "metadata"}))


@pytest.mark.parametrize(
    ("name", "tells"),
    [
        ("Zofia Wren letter.docx", "name"),
        ("letter_zofiaWren.pdf", "name"),
        ("wren-2026-05.docx", "name"),
        ("9998302765.docx", "number"),
        ("999 830 2765 letter.docx", "number"),
        ("zw DOB 02.03.1991.docx", "birth"),
        ("zofia@example.org.eml", "mail"),
        ("letter 02031991.docx", "birth"),
        ("ML-2026-014-gp.docx", ""),
        ("letter.docx", ""),
        ("Sam Reid's draft.docx", ""),
        ("clinic letter 14.05.2026.docx", ""),
    ],
)
def test_a_files_name_may_hold_no_more_than_the_reference(name: str, tells: str) -> None:
    issues = check_text("Dear Zofia\n\nHello.", about=SELF, run=FILES, file=File(name)).issues
    assert [tells in one.message for one in issues] == ([True] if tells else [])
    assert not any("ofia" in one.message or "999" in one.message for one in issues)


@pytest.mark.parametrize(
    ("named", "count"),
    [
        ((("title", "Zofia Wren, alcohol"),), 1),
        ((("title", "Letter ML-1, 14 May 2026"), ("creator", "Sam Reid"), ("company", "Mill Lane")), 0),
        ((("creator", "Zofia Wren"), ("keywords", "drink")), 2),
        ((("subject", "NHS 999 830 2765"),), 1),
    ],
)
def test_properties_may_hold_no_more_than_the_reference(named: tuple[tuple[str, str], ...], count: int) -> None:
    issues = check_text("Dear Zofia\n\nHello.", about=SELF, run=FILES, file=File("a.docx", named)).issues
    assert len(issues) == count


def test_our_own_files_tell_nothing_and_a_foreign_ones_properties_are_read(tmp_path: Path) -> None:
    made, house = example("meeting-summary")
    save(made, house, tmp_path)
    for kind in ("html", "docx"):
        save(made, house, tmp_path / kind, kind=kind)
    run = Run(only=frozenset({"file-name", "metadata"}))
    reports = [one.report for one in check_files((tmp_path,), run, person_of(made.case, house))]
    assert len(reports) > 6
    assert not [issue.message for report in reports if report for issue in report.issues]
    document = docx.Document()
    document.add_paragraph("Dear Anna,")
    document.core_properties.title = "Anna Lindqvist"
    document.core_properties.comments = "she drinks"
    document.save(str(tmp_path / "Anna Lindqvist.docx"))
    (one,) = check_files((tmp_path / "Anna Lindqvist.docx",), run, person_of(made.case, house))
    assert one.report is not None
    assert [issue.check for issue in one.report.issues] == ["file-name", "metadata", "metadata"]
