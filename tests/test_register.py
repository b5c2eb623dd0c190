"""The register: what it remembers, and that it says so."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases import TEMPLATE, with_template
from conftest import NOW
from team import new_database
from test_commands import told, write_case

from tipletters.config import House
from tipletters.consent import Answer, Provision
from tipletters.errors import RegisterError
from tipletters.register import Sent, find_place, open_register
from tipletters.register.keep import forget
from tipletters.register.keys import keep, keys_of
from tipletters.register.schema import entries
from tipletters.register.store import Register
from tipletters.register.verify import verify

ANNA = "999 012 3454"
YES = Provision(Answer.PERMIT, "letter", "gp", date(2026, 5, 1), "A-1", until=date(2027, 5, 1), later=True)
NO = Provision(Answer.DENY, "letter", "gp", date(2026, 5, 2), "A-1", later=True)
COPY = Sent(ANNA, "A-1", 1, "gp", "Dr Hart, GP", "ab" * 32, date(2026, 5, 14), "by post")


def opened(where: str) -> Register:
    return open_register(where, house=House(), folder=Path())


def by() -> dict[str, Any]:
    return {"by": "Sam", "at": NOW}


def all_values(where: str) -> list[str]:
    """Everything that stands in a register's table."""
    with opened(where) as register, register.database.reading() as connection:
        return [str(value) for row in connection.execute(entries.select()) for value in row]


def test_answers_are_remembered_and_the_same_answer_once(where: str) -> None:
    with opened(where) as register:
        assert register.record(ANNA, [YES, YES], **by()) == 1
        assert register.record(ANNA, [YES, NO], **by()) == 1
    with opened(where) as register:
        found = register.provisions("9990123454")
    assert [(one.answer, one.recipient, one.given, one.until, one.later) for one in found] == [
        (one.answer, one.recipient, one.given, one.until, one.later) for one in (YES, NO)
    ]


def test_a_client_is_known_by_a_number_and_the_file_holds_neither_it_nor_a_digest(where: str, tmp_path: Path) -> None:
    with opened(where) as register:
        register.record(ANNA, [YES], **by())
        register.sent([COPY, COPY], **by())
        register.sent([COPY], **by())
        (held,) = register.holders(ANNA, "A-1")
        assert (held.recipient, held.described, held.on, held.way) == ("gp", "Dr Hart, GP", COPY.on, "by post")
        with pytest.raises(RegisterError, match="never by a name"):
            register.provisions("Anna Lindqvist")
    for value in all_values(where):
        assert "9990123454" not in value
        assert COPY.digest not in value


def test_no_copy_is_recorded_against_an_answer_that_came_since_the_register_was_asked(
    where: str, tmp_path: Path
) -> None:
    with opened(where) as mine, opened(where) as theirs:
        seen = {ANNA: mine.answers(ANNA).newest}
        theirs.record(ANNA, [NO], **by())
        with pytest.raises(RegisterError, match="answers changed while this letter was made"):
            mine.sent([COPY], seen=seen, **by())
        assert not mine.holders(ANNA)
        mine.sent([COPY], seen={ANNA: mine.answers(ANNA).newest}, **by())
        assert mine.holders(ANNA)


def test_a_draft_asks_the_register_and_a_later_no_counts(where: str, tmp_path: Path) -> None:
    path = write_case(tmp_path, client__nhs_number=ANNA)
    with opened(where) as register:
        register.record(ANNA, [replace(NO, given=date(2026, 5, 13), letter="B-1")], **by())
    result = told("draft", path, "--register", where)
    assert "No copy: the client withdrew their yes." in result.output
    assert "\nAsked: " in result.output
    with opened(where) as register:
        assert not register.holders(ANNA)


def test_a_final_copy_is_held_and_a_draft_is_not(where: str, tmp_path: Path) -> None:
    path = write_case(tmp_path, client__nhs_number=ANNA)
    told("draft", path, "--register", where, "-o", tmp_path / "drafts")
    with_template(tmp_path, TEMPLATE.replace('when = "never"', 'when = "never"\nreview = "none"'))
    told("draft", path, "--register", where, "-o", tmp_path / "final")
    told("draft", path, "--register", where, "-o", tmp_path / "final")
    with opened(where) as register:
        assert [one.recipient for one in register.holders(ANNA)] == ["client", "gp"]


@pytest.mark.parametrize("wrong", ["register.db", "postgresql://nobody@/nothing?host=/nowhere"])
def test_a_register_that_cannot_be_read_means_copies_for_the_client_alone(wrong: str, tmp_path: Path) -> None:
    path = write_case(tmp_path, client__nhs_number=ANNA)
    (tmp_path / "register.db").write_bytes(b"no register at all, but more than nothing" * 100)
    where = str(tmp_path / wrong) if "://" not in wrong else wrong
    summary = json.loads(told("draft", path, "--register", where, "--json").stdout)
    copies = {copy["recipient"]: copy for copy in summary["copies"]}
    assert copies["client"]["files"]
    assert copies["gp"]["why_none"].startswith("The register of the clients' answers cannot be read")
    assert summary["register"].startswith("Could not be asked: ")


def test_a_letter_without_a_number_for_the_client_is_drafted_and_says_that_no_register_was_asked(
    where: str, tmp_path: Path
) -> None:
    path = write_case(tmp_path)
    summary = json.loads(told("draft", path, "--json").stdout)
    assert summary["register"] == "No register was asked: none is set up."
    chosen = json.loads(told("draft", path, "--register", where, "--json").stdout)
    assert "by which number or key it knows the client" in chosen["register"]
    assert any("chi_number or key" in question for question in chosen["questions"])


def test_a_register_that_was_not_there_is_asked_about_and_one_that_lacks_answers_says_so(tmp_path: Path) -> None:
    path, where = write_case(tmp_path, client__nhs_number=ANNA), str(tmp_path / "register.db")

    def summary() -> Any:
        return json.loads(told("draft", path, "--register", where, "--json", "-o", tmp_path / "out").stdout)

    first = summary()
    assert any("a new one was begun. Is this the right place?" in question for question in first["questions"])
    assert "It holds no answer of this client yet." in first["register"]
    assert "knows them by another number or key" in first["register"]
    told("consent", "record", ANNA, "--yes", "--to", "gp", "--letter", "A-9", "--register", where)
    assert "does not hold all answers of this case yet" in summary()["register"]
    told("consent", "record", ANNA, "--from", path, "--register", where)
    second = summary()
    assert not second["questions"]
    assert "not hold" not in second["register"]


@pytest.mark.needs_postgresql
def test_a_worker_of_a_team_needs_no_more_rights_than_to_read_insert_and_update(postgresql: str) -> None:
    import psycopg

    url = new_database(postgresql)
    with opened(url) as register:
        register.record(ANNA, [YES], **by())
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS robin")
        connection.execute("CREATE ROLE robin LOGIN")
        connection.execute("GRANT SELECT, INSERT, UPDATE ON entries TO robin")
        connection.execute("GRANT SELECT ON alembic_version TO robin")
    key = keys_of(find_place(url, house=House(), folder=Path()), new=False).secret.hex()
    theirs = url.replace("postgres@", "robin@")
    keep(find_place(theirs, house=House(), folder=Path()), key)
    with opened(theirs) as register:
        register.record(ANNA, [NO], **by())
        assert len(register.provisions(ANNA)) == 2
        assert forget(register.database, ANNA, reason="by right", **by()) == 2
        assert not verify(register.database).problems
