"""The page of a review, in a real browser: a letter from its template through the client's check to the final copies."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from webpage import Clock, barriers, go, served, until, visited

from tipletters.readers.docx import read_docx
from tipletters.resources import folder as shipped
from tipletters.review.folder import open_folder
from tipletters.tomlfile import read_toml
from tipletters.web import finish, review, shelf
from tipletters.web.desk import Desk

pytestmark = pytest.mark.needs_chromium


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 5, 14, 17, 30))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[Desk]:
    monkeypatch.setenv("TIPLETTERS_HOME", str(tmp_path / "home"))
    examples, place = shipped("templates") / "examples", tmp_path / "letters"
    for name, to in (("tipletters.toml", ""), ("logo.png", ""), ("meeting-summary.toml", "anna/case.toml")):
        path = place / (to or name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((examples / name).read_bytes())
    with served(place, clock, by="Robin Hale") as desk:
        yield desk


@pytest.fixture
def window(chromium: Any, desk: Desk) -> Iterator[Any]:
    with visited(chromium, desk) as window:
        yield window


def open_review(window: Any, desk: Desk) -> None:
    go(window, desk, f"review?letter={next(one for one, path in shelf.letters(desk) if path.parent.name == 'anna')}")


def words_of(path: Path) -> str:
    return "\n".join(block.text for block in read_docx(path.read_bytes()).blocks if hasattr(block, "text"))


def given(window: Any, desk: Desk) -> Path:
    """Make the copy to check, and return its file."""
    open_review(window, desk)
    window.get_by_role("button", name="Make the copy to check").click()
    window.wait_for_selector("#started a")
    return next(path for path in (desk.folder / "anna").glob("*-review-*.docx") if "to-send" not in path.name)


def test_a_letter_is_checked_together_put_right_and_made_final(window: Any, desk: Desk) -> None:
    given(window, desk)
    window.locator("#started .card input").first.fill("Anna says it is fine.")
    window.locator("#started .card button").first.click()
    until(window, "document.querySelectorAll('#started .card input').length === 2")
    assert [one["answer"] for one in read_toml(desk.folder / "anna" / "case.toml")["answers"]][1:] == [
        "Anna says it is fine."
    ]
    window.get_by_role("button", name="Write the final copies").click()
    window.wait_for_selector("#trouble .what")
    assert "until 28 May 2026" in window.inner_text("#trouble")
    open_review(window, desk)
    assert barriers(window) == []
    window.locator(".together summary").click()
    part = window.locator(".part-said", has_text="garden centre helps")
    part.get_by_label("Please change it").check()
    part.get_by_label("In their own words").fill("You said that your work at the bakery helps.")
    shout = window.locator(".part-said", has_text="shouting")
    shout.get_by_label("Keep it private").check()
    window.locator(".part-said", has_text="May Dr Ngozi").get_by_label("Yes, all of it").check()
    window.get_by_label("How was it to read?").select_option(index=1)
    window.fill("#known-together", "we filled it in together")
    assert barriers(window) == []
    window.get_by_role("button", name="Write these answers down").click()
    window.wait_for_selector(".correction")
    assert "bakery" in window.inner_text(".people")
    assert barriers(window) == []
    card = window.locator(".correction", has_text="bakery")
    card.locator("[data-decision=agreed]").click()
    window.wait_for_selector("text=It is changed in the letter")
    assert "Kept private" in window.locator(".correction", has_text="shouting").inner_text()
    until(window, "document.querySelectorAll('.correction details[open]').length === 0")
    window.get_by_role("button", name="Write the final copies").click()
    window.wait_for_selector(".written a")
    gp = next((desk.folder / "anna").glob("*-gp.docx"))
    assert "bakery" in words_of(gp)
    assert "shouting" not in words_of(gp)
    assert "shouting" not in words_of(next((desk.folder / "anna").glob("*-link-worker.docx")))
    assert "garden centre helps" not in words_of(gp)
    window.get_by_role("button", name="Write it out for the formal record").click()
    window.wait_for_selector("#recorded a")
    assert barriers(window) == []
    go(window, desk, "review")
    assert "final" in window.inner_text(".shelf")
    open_review(window, desk)
    window.fill("#again-why", "the date was wrong")
    window.get_by_role("button", name="Write it anew").click()
    window.wait_for_selector("#holders li")
    assert "Dr Ngozi Okafor" in window.inner_text("#holders")
    assert barriers(window) == []


def test_a_decision_can_be_changed_and_the_page_says_when_the_letter_is_to_be_changed_by_hand(
    window: Any, desk: Desk
) -> None:
    given(window, desk)
    open_review(window, desk)
    window.locator(".together summary").click()
    part = window.locator(".part-said", has_text="garden centre helps")
    part.get_by_label("Please change it").check()
    part.get_by_label("In their own words").fill("You said that your work at the bakery helps.")
    window.fill("#known-together", "we filled it in together")
    window.get_by_role("button", name="Write these answers down").click()
    window.wait_for_selector(".correction")
    window.wait_for_load_state()  # a click before its script is there does nothing
    card = window.locator(".correction", has_text="bakery")
    card.locator("[data-decision=agreed]").click()
    window.wait_for_selector("text=It is changed in the letter")
    card.locator("summary").click()
    card.locator("[data-decision=agreed]").click()
    window.wait_for_selector(".correction >> text=Written down")  # the same words stand in the letter already
    open_review(window, desk)
    card.locator("summary").click()
    assert barriers(window) == []
    card.get_by_label("Why, if you do not agree?").fill("The record shows the garden centre.")
    card.locator("[data-decision='not agreed']").click()
    window.wait_for_selector("text=Please change it in the letter yourself")
    assert str(open_folder(desk.folder / "anna" / "case.toml").corrections.numbered(1).decision) == "not agreed"


def test_the_page_says_which_copy_may_be_sent_and_what_to_look_at_first(window: Any, desk: Desk) -> None:
    given(window, desk)
    cards = {one.locator("a").inner_text(): one.inner_text() for one in window.locator("#started .card:has(a)").all()}
    for name, words in cards.items():
        assert ("must not be at home" in words) == ("to-send" in name)
        assert ("hand over" in words.casefold()) == ("to-send" not in name)
    assert len(cards) == 2
    assert barriers(window) == []


def test_the_page_never_says_that_answers_are_saved_which_are_not_written_down(window: Any, desk: Desk) -> None:
    given(window, desk)
    open_review(window, desk)
    window.locator(".together summary").click()
    window.locator(".part-said", has_text="shouting").get_by_label("Keep it private").check()
    window.get_by_role("button", name="Lock").click()
    window.wait_for_selector("#trouble >> text=not locked")
    window.get_by_role("button", name="Write these answers down").click()
    window.wait_for_selector("text=What they said")
    window.get_by_role("button", name="Lock").click()
    window.wait_for_selector("text=Your letters are saved")


def test_each_question_of_the_final_copies_is_asked_once_and_names_its_copies(desk: Desk) -> None:
    letter = next(one for one, path in shelf.letters(desk) if path.parent.name == "anna")
    early = review.start(desk, {"letter": letter})["decisions"]
    path = desk.folder / "anna" / "case.toml"
    path.write_text(path.read_text().replace("[delivery]", '[delivery]\nenvelope_marking = "Private"', 1))
    code = open_folder(path).review.current[0].code
    known = {"way": "in person", "how_known": "we filled it in together"}
    review.enter(desk, {"letter": letter, "code": code, **known, "filled": {"A1a": True}})
    made = finish.final(desk, {"letter": letter})
    assert len({one["id"] for one in made["questions"]}) == len(made["questions"]) == 3
    assert {one["id"] for one in early} == {one["id"] for one in made["questions"]}
    assert all(one["where"].count("paragraph") == 2 for one in made["questions"])
    assert "Dr Ngozi Okafor" in made["questions"][0]["where"]
    assert "Write on the envelope: Private." in made["open"]


def test_a_document_that_came_back_is_read_and_a_yes_waits_until_it_is_known_whose(window: Any, desk: Desk) -> None:
    path = given(window, desk)
    filled = Document(str(path))
    ticked = 0
    for text in filled.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        if text.text and text.text.startswith("☐") and ticked < 1:
            text.text, ticked = text.text.replace("☐", "☒"), ticked + 1
    assert ticked
    for one in filled.element.body.iter("{http://schemas.microsoft.com/office/word/2010/wordml}checked"):
        one.set("{http://schemas.microsoft.com/office/word/2010/wordml}val", "1")
        break
    back = path.parent.parent / "returned.docx"
    filled.save(str(back))
    go(window, desk, "review")
    assert barriers(window) == []
    window.set_input_files("#file", str(back))
    window.wait_for_selector("#count-it:visible")
    assert "A yes does not count yet" in window.inner_text("#about-file")
    window.fill("#how-known", "she gave it to me herself")
    window.get_by_role("button", name="Count it now").click()
    window.wait_for_selector("h2:has-text('What they said')")
    assert "parts are right" in window.inner_text("main")
    replies = read_toml(desk.folder / "anna" / "review.toml")["replies"]
    assert [one["how_known"] for one in replies] == ["she gave it to me herself"]
    window.wait_for_load_state("load")  # the page came anew, and only now its scripts listen
    window.set_input_files("#file", {"name": "a.docx", "mimeType": "", "buffer": b"PK\x03\x04"})
    window.wait_for_selector("#trouble .what")


def test_a_client_may_leave_the_checking_out(window: Any, desk: Desk) -> None:
    given(window, desk)
    open_review(window, desk)
    window.locator(".together summary").click()
    window.fill("#known-together", "she told me")
    window.get_by_role("button", name="They do not want to check it").click()
    window.wait_for_selector("text=That is fine")
    window.get_by_role("button", name="Write the final copies").click()
    window.wait_for_selector("#trouble .what")
    assert "did not check this letter" in window.inner_text("#trouble")
    window.fill("#reason", "she trusts us with it")
    window.get_by_role("button", name="Write the final copies").click()
    window.wait_for_selector(".written a")
