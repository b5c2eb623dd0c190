"""The pages of letters and of consent, in a real browser."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from webpage import Clock, barriers, go, served, until, visited

from tipletters.resources import folder as shipped
from tipletters.web.desk import Desk

pytestmark = pytest.mark.needs_chromium


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("TIPLETTERS_HOME", str(tmp_path / "home"))
    examples = shipped("templates") / "examples"
    place = tmp_path / "letters"
    for name, to in (("tipletters.toml", ""), ("logo.png", ""), ("meeting-summary.toml", "anna/case.toml")):
        path = place / (to or name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((examples / name).read_bytes())
    (place / "begun.toml").write_text(
        'reference = "B-1"\ntemplate = "appointment-reminder"\n[client]\nfirst_name = "Zofia"\n'
    )
    (place / "odd.toml").write_text("client = 3\n")
    (place / "broken.toml").write_text("client = \n")
    with served(place, Clock(datetime(2026, 5, 14, 17, 30)), by="Robin Hale") as desk:
        yield desk


@pytest.fixture
def window(chromium: Any, desk: Desk) -> Iterator[Any]:
    with visited(chromium, desk) as window:
        yield window


def test_the_letters_say_on_whom_they_wait_and_a_broken_one_hides_no_other(window: Any, desk: Desk) -> None:
    go(window, desk, "letters")
    rows = window.locator(".shelf > li").all_inner_texts()
    assert len(rows) == 3
    assert any("Anna Lindqvist" in row and "ML-2026-014" in row for row in rows)
    assert any("Zofia" in row and "answers still to write" in row for row in rows)
    assert any("This line cannot be understood" in row for row in rows)
    assert barriers(window) == []
    window.get_by_role("link", name="Anna Lindqvist").click()
    window.wait_for_selector("#sheet p")


def test_an_answer_is_written_down_seen_to_hold_and_taken_back(window: Any, desk: Desk) -> None:
    go(window, desk, "consent")
    assert barriers(window) == []
    window.fill("#client", "999 012 3454")
    window.keyboard.press("Enter")
    window.wait_for_selector("text=Nothing is written down yet")
    window.fill("#to", "gp")
    window.get_by_role("button", name="They say yes").click()
    window.wait_for_selector("#trouble .what")
    assert "which letter" in window.inner_text("#trouble")
    window.check("#later")
    window.get_by_role("button", name="They say yes").click()
    window.wait_for_selector("text=It holds.")
    assert barriers(window) == []
    window.get_by_role("button", name="They take back every yes").click()
    until(window, "document.querySelectorAll('.answers li').length === 2")
    assert "It does not hold" in window.inner_text("#client-record")
    assert "Letters for gp: no" in window.inner_text("#client-record")


def test_a_mistyped_number_is_no_other_client_and_a_new_one_is_asked_about(window: Any, desk: Desk) -> None:
    go(window, desk, "consent")
    window.fill("#client", "999 012 3455")
    window.keyboard.press("Enter")
    window.wait_for_selector("#trouble .what")
    assert "its last digit does not fit the others" in window.inner_text("#trouble")
    window.fill("#client", "999 012 3454")
    window.keyboard.press("Enter")
    window.wait_for_selector("text=Nothing is written down yet")
    window.get_by_role("button", name="They take back every yes").click()
    window.wait_for_selector("text=Nothing was on record under this number before")
    assert barriers(window) == []


def test_nothing_of_one_client_stays_while_the_number_of_another_is_typed(window: Any, desk: Desk) -> None:
    go(window, desk, "consent")
    window.fill("#client", "999 012 3454")
    window.keyboard.press("Enter")
    window.wait_for_selector("#say:not([hidden])")
    window.fill("#whom", "Dr Hart, Orchard Surgery")
    window.check("#later")
    window.fill("#client", "999 000 0115")
    assert not window.is_visible("#say")
    assert window.inner_text("#client-record") == ""
    window.keyboard.press("Enter")
    window.wait_for_selector("text=Nothing is written down yet")
    assert window.input_value("#whom") == ""
    assert not window.is_checked("#later")
    assert window.input_value("#date") == "2026-05-14"


def test_a_yes_for_later_letters_goes_into_the_register(window: Any, desk: Desk) -> None:
    go(window, desk, "letters")
    window.get_by_role("link", name="Anna Lindqvist").click()
    window.wait_for_selector("#asked-later")
    window.check("#asked-later")
    window.get_by_role("button", name="Yes: home life, for Dr Ngozi").click()
    until(window, "document.querySelectorAll('[data-key=gp] .said.yes').length === 2")
    go(window, desk, "consent")
    window.fill("#client", "9990123454")
    window.keyboard.press("Enter")
    window.wait_for_selector("text=“home life” for gp: yes")
    assert "Nothing runs out soon" in window.inner_text("main")


def test_a_client_is_never_looked_for_by_name(window: Any, desk: Desk) -> None:
    go(window, desk, "consent")
    window.fill("#client", "Anna")
    window.keyboard.press("Enter")
    window.wait_for_selector("#trouble .what")
    assert "never by a name" in window.inner_text("#trouble")
    assert "Anna" not in window.url
