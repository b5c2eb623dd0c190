"""The page on which letters are written, in a real browser: whole stories."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from webpage import Clock, barriers, go, served, until, visited

from tipletters.readers.docx import read_docx
from tipletters.resources import folder as shipped
from tipletters.review.folder import open_folder
from tipletters.tomlfile import read_toml
from tipletters.web import review, shelf, write
from tipletters.web.desk import Desk
from tipletters.web.pages import NAMES

pytestmark = pytest.mark.needs_chromium
NOW = datetime(2026, 5, 14, 17, 30)
KEPT = "shouting"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    examples = shipped("templates") / "examples"
    (tmp_path / "anna").mkdir()
    for name, to in (("tipletters.toml", ""), ("logo.png", ""), ("meeting-summary.toml", "anna/case.toml")):
        (tmp_path / (to or name)).write_bytes((examples / name).read_bytes())
    return tmp_path


@pytest.fixture
def desk(place: Path) -> Iterator[Desk]:
    with served(place, Clock(NOW)) as desk:
        yield desk


@pytest.fixture
def window(chromium: Any, desk: Desk) -> Iterator[Any]:
    with visited(chromium, desk, locale="en-GB") as window:
        yield window


def anna(desk: Desk) -> str:
    return next(one for one, path in shelf.letters(desk) if path.parent.name == "anna")


def open_anna(window: Any, desk: Desk) -> None:
    go(window, desk, f"write?letter={anna(desk)}")
    window.wait_for_selector("#sheet p")


def look_as(window: Any, who: str) -> None:
    window.locator("#views button", has_text=who).click()


def saved(window: Any) -> None:
    until(window, "document.getElementById('saved').textContent.startsWith('Saved')")


def test_a_letter_from_its_template_to_the_copies(window: Any, desk: Desk, place: Path) -> None:
    window.get_by_role("link", name="Write a new letter").click()
    window.wait_for_url("**/write")
    window.get_by_role("button", name="Reminds of an appointment").click()
    window.wait_for_url("**/write?letter=*")
    window.wait_for_selector("#sheet p")
    assert "Dots stand in their place" in window.inner_text("#below")
    window.fill("#client-first-name", "Zofia")
    window.fill("#client-last-name", "Wren")
    for question in window.locator(".question[data-section=fields][data-needed]").all():
        kind, box = question.get_attribute("data-kind"), question.locator("input, textarea").first
        if kind == "choice":
            box.check()
        else:
            box.fill({"date": "2026-06-16", "time": "14:30"}.get(kind, "the Mill Lane centre"))
    saved(window)
    until(window, "!document.getElementById('below').textContent.includes('Dots')")
    assert "Dear Zofia" in window.inner_text("#sheet")
    window.fill("#p-new-name", "Dr Hart")
    window.fill("#p-new-role", "GP")
    window.get_by_role("button", name="Add them").click()
    window.get_by_role("button", name="Yes: this letter, for Dr Hart").click()
    window.wait_for_selector(".said.yes")
    window.get_by_role("button", name="Write the copies").click()
    with window.expect_download() as waiting:
        window.locator(".written a", has_text="gp").click()
    letter = read_docx(Path(waiting.value.path()).read_bytes())
    assert any("Zofia" in line for line in letter.head.frame)
    files = sorted(path.name for path in (place / "L-260514-1").iterdir())
    assert files == ["L-260514-1-client.docx", "L-260514-1-gp.docx", "case.toml", "review.toml"]
    assert window.evaluate("document.cookie") == ""


def test_a_client_in_scotland_is_known_by_their_chi_number(window: Any, desk: Desk) -> None:
    open_anna(window, desk)
    window.fill("#client-nhs-number", "")
    window.fill("#client-chi-number", "010101 1237")
    window.fill("#client-key", "ST-0412")
    saved(window)
    _, _, held = shelf.read(desk, anna(desk))
    assert (held["client"]["chi_number"], held["client"]["key"]) == ("010101 1237", "ST-0412")
    look_as(window, "GP")
    until(window, "document.getElementById('sheet').textContent.includes('CHI number 010101 1237')")
    assert "NHS number" not in window.inner_text("#sheet")


def test_each_mistake_stands_at_its_question_in_the_forms_own_words(window: Any, desk: Desk) -> None:
    open_anna(window, desk)
    window.fill("#client-date-of-birth", "2031-01-01")
    window.fill("#client-nhs-number", "010101 1237")
    window.fill("#client-preferred-name", "no")
    window.fill("#fields-you-said", "We met. [private] You are well.")
    assert window.locator("#q-fields-you-said .mistake").count() == 0  # while it is typed
    window.fill("#letter-reference", "lindqvist-1")
    window.locator("#client-title").focus()
    wrong = {"letter-reference": "the client's name", "fields-you-said": "private marker"}
    wrong |= {"client-preferred-name": "A word for “nothing” stands here"}
    wrong |= {"client-date-of-birth": "Check the year.", "client-nhs-number": "Is this a CHI number?"}
    for name, words in wrong.items():
        until(window, f"document.querySelector('#q-{name} .mistake') !== null")
        assert words in window.inner_text(f"#q-{name} .mistake")
        assert f"q-{name}-mistake" in window.get_attribute(f"#{name}", "aria-describedby")
    assert window.locator(".mistake").count() == len(wrong)
    below = window.inner_text("#below")
    assert "Their date of birth" in below and "→" not in below and "you_said" not in below
    assert barriers(window) == []
    window.locator("#below").get_by_role("button", name="Their NHS number").click()
    assert window.evaluate("document.activeElement.id") == "client-nhs-number"
    window.fill("#client-nhs-number", "")
    until(window, f"document.querySelectorAll('.mistake').length === {len(wrong) - 1}")


def test_what_a_hand_wrote_into_the_case_is_marked_in_the_form_too(desk: Desk, place: Path) -> None:
    path = place / "anna" / "case.toml"
    data = read_toml(path)
    data["client"] |= {"date_of_birth": "the third", "needs": ["large print", 5]}
    data["fields"] |= {"plan": [{"who": "You", "what": "[private] walk", "when": "soon"}], "place": 5}
    path.write_text(tomlkit.dumps(data), encoding="utf-8")
    found = write.view(desk, {"letter": anna(desk)})["view"]
    said = {one["id"]: one["what"] for one in found["mistakes"]}
    assert set(said) == {"client-date-of-birth", "client-needs", "fields-plan", "fields-place"}
    assert said["client-date-of-birth"] == "This needs a day that exists."
    assert said["fields-place"] == "This needs words."
    assert "error" not in found
    for one in found["mistakes"]:
        assert "→" not in one["what"] + one["then"] and "case" not in one["then"] and one["then"]


def test_the_gps_view_lacks_the_private_passage_and_so_do_the_bytes_sent_for_it(window: Any, desk: Desk) -> None:
    open_anna(window, desk)
    assert KEPT in window.inner_text("#sheet")
    with window.expect_response("**/do/view") as waiting:
        look_as(window, "GP")
    body = waiting.value.text()
    assert KEPT not in body
    assert "small room" not in body
    assert "garden centre" in body
    until(window, "!document.getElementById('sheet').textContent.includes('shouting')")
    assert "home life (nobody has asked yet)" in window.inner_text("#below")
    with window.expect_response("**/do/save") as waiting:
        window.fill("#fields-place", "the new centre")
    assert KEPT not in waiting.value.text()
    look_as(window, "Link worker")
    until(window, "document.getElementById('sheet').textContent.includes('shouting')")
    look_as(window, "Employer")
    until(window, "document.getElementById('sheet').hidden")
    assert "The client said no" in window.inner_text("#below")


def test_a_person_who_is_typed_and_not_added_yet_is_kept_when_the_page_locks(
    window: Any, desk: Desk, place: Path
) -> None:
    open_anna(window, desk)
    window.wait_for_selector(".person")
    window.locator(".add summary").click()
    window.fill("#p-new-name", "Sam Reid")
    window.fill("#p-new-role", "school nurse")
    window.get_by_role("button", name="No: this letter, for Dr Ngozi").click()
    window.wait_for_selector("text=Written down")
    assert window.input_value("#p-new-name") == "Sam Reid"
    window.get_by_role("button", name="Lock").click()
    window.wait_for_selector("text=Your letters are saved")
    found = read_toml(place / "anna" / "case.toml")["recipients"][-1]
    assert (found["name"], found["role"], found["key"]) == ("Sam Reid", "school nurse", "school-nurse")


def test_a_selected_passage_is_kept_private_and_its_yes_and_no_are_written_down(
    window: Any, desk: Desk, place: Path
) -> None:
    open_anna(window, desk)
    window.evaluate(
        "() => { const box = document.getElementById('fields-you-said'); box.focus();"
        " const at = box.value.indexOf('garden'); box.setSelectionRange(at, at + 6); }"
    )
    window.locator("#q-fields-you-said .keep").click()
    window.fill("#keep-label", "work")
    window.keyboard.press("Enter")
    window.wait_for_selector("button[aria-label^='Yes: work, for Dr Ngozi']")
    said = read_toml(place / "anna" / "case.toml")["fields"]["you_said"]
    assert "[private: work] You said that your work at the garden centre helps." in said
    look_as(window, "GP")
    until(window, "!document.getElementById('sheet').textContent.includes('garden centre helps')")
    window.get_by_role("button", name="Yes: work, for Dr Ngozi").click()
    until(window, "document.getElementById('sheet').textContent.includes('garden centre helps')")
    window.get_by_role("button", name="No: work, for Dr Ngozi").click()
    until(window, "!document.getElementById('sheet').textContent.includes('garden centre helps')")
    answers = [one for one in read_toml(place / "anna" / "case.toml")["provisions"] if one["about"] == "work"]
    assert [(one["answer"], one["to"], one["how"]) for one in answers] == [
        ("permit", "gp", "in person"),
        ("deny", "gp", "in person"),
    ]
    window.locator(".person[data-key=gp] summary").click()
    window.get_by_role("button", name="Take the last answer back").click()
    until(window, "document.getElementById('sheet').textContent.includes('garden centre helps')")


def test_a_word_that_may_stay_is_kept_in_the_case(window: Any, desk: Desk, place: Path) -> None:
    open_anna(window, desk)
    window.fill("#fields-for-gp", "I am asking your GP about oedema.")
    window.locator("#q-fields-for-gp .note", has_text="oedema").get_by_role("button", name="It may stay").click()
    until(window, "!document.querySelector('#q-fields-for-gp mark')")
    assert read_toml(place / "anna" / "case.toml")["allow"] == ["oedema"]


def test_a_case_keeps_its_notes_and_what_the_form_does_not_ask(window: Any, desk: Desk, place: Path) -> None:
    path = place / "anna" / "case.toml"
    path.write_text(path.read_text() + '\n[decides]\nwho = "client" # asked in May\n')
    old = read_toml(path)
    open_anna(window, desk)
    window.fill("#fields-place", "the park")
    saved(window)
    assert read_toml(path) == old | {"fields": old["fields"] | {"place": "the park"}, **_unsaid(old, read_toml(path))}
    assert "# asked in May" in path.read_text()


def _unsaid(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """An address of several lines is kept as a list of them; both read alike."""
    assert new["client"]["address"] == old["client"]["address"].strip().splitlines()
    rows = {"fields": {**new["fields"]}} if new["fields"]["place"] == "the park" else {}
    return {"client": new["client"], "delivery": new["delivery"], **rows}


def test_two_windows_do_not_write_over_each_other(chromium: Any, desk: Desk, place: Path) -> None:
    with visited(chromium, desk) as one, visited(chromium, desk) as other:
        open_anna(one, desk)
        open_anna(other, desk)
        one.fill("#fields-place", "the park")
        saved(one)
        other.fill("#fields-place", "the sea")
        other.wait_for_selector("#trouble .what")
        assert "changed somewhere else" in other.inner_text("#trouble")
        box = other.locator("#trouble").bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 900  # seen where the worker is, far down the page
        other.get_by_role("button", name="Lock").click()
        other.wait_for_selector("#trouble >> text=not locked")
        assert other.input_value("#fields-place") == "the sea"
        assert read_toml(place / "anna" / "case.toml")["fields"]["place"] == "the park"
        other.get_by_role("button", name="Save mine over").click()
        saved(other)
        assert read_toml(place / "anna" / "case.toml")["fields"]["place"] == "the sea"
        other.get_by_role("button", name="Lock").click()
        other.wait_for_selector("text=Your letters are saved")


def test_what_cannot_be_saved_is_kept_as_a_letter_of_its_own(window: Any, desk: Desk, place: Path) -> None:
    path = place / "anna" / "case.toml"
    open_anna(window, desk)
    path.write_text(path.read_text() + "\n# a colleague was here\n")
    window.fill("#fields-place", "the sea")
    window.get_by_role("button", name="Keep mine as a letter").click()
    until(
        window,
        "document.getElementById('fields-place')?.value === 'the sea' && !document.querySelector('#trouble .what')",
    )
    window.wait_for_url(f"**/write?letter={shelf.id_of(desk, path.with_name('case-2.toml'))}")
    assert read_toml(path.with_name("case-2.toml"))["fields"]["place"] == "the sea"
    assert read_toml(path)["fields"]["place"] != "the sea"


def test_what_the_client_said_is_not_forgotten_where_a_letter_is_kept_beside(desk: Desk, place: Path) -> None:
    letter, desk.by = anna(desk), "Robin Hale"
    review.start(desk, {"letter": letter})
    code = open_folder(place / "anna" / "case.toml").review.current[0].code
    said = {"way": "in person", "how_known": "we filled it in together", "filled": {"2c": True}}
    review.enter(desk, {"letter": letter, "code": code, **said})
    fresh = write.beside(desk, {"letter": letter, "data": {"fields": {"place": "the sea"}}})["go"].partition("=")[2]
    view = write.view(desk, {"letter": fresh, "who": "gp"})["view"]
    assert "another name of its case" in view["error"]["what"]
    assert "Put what is new in this one into “case.toml”" in view["error"]["then"]
    assert "reference of its own" not in view["error"]["then"]  # it would part the letter from what the client said
    assert not write.view(desk, {"letter": letter, "who": "gp"})["view"].get("error")


def test_a_page_that_locks_by_itself_keeps_what_it_could_not_save(chromium: Any, desk: Desk, place: Path) -> None:
    path = place / "anna" / "case.toml"
    with visited(chromium, desk) as window:
        window.clock.install()
        open_anna(window, desk)
        path.write_text(path.read_text() + "\n# a colleague was here\n")
        window.fill("#fields-place", "the sea")
        window.clock.run_for(1000)
        window.wait_for_selector("#trouble .what")
        window.clock.fast_forward("10:00:00")
        window.wait_for_selector("text=kept as a letter of its own")
        assert "the sea" not in window.content()
    assert read_toml(path.with_name("case-2.toml"))["fields"]["place"] == "the sea"


def test_a_letter_needs_no_link_worker_and_names_the_question_of_half_a_person(
    window: Any, desk: Desk, place: Path
) -> None:
    open_anna(window, desk)
    worker = "#q-fields-link-worker [data-part={}]"
    for part in ("name", "phone"):
        window.fill(worker.format(part), "")
    saved(window)
    assert read_toml(place / "anna" / "case.toml")["fields"]["link_worker"] == ""
    until(window, "!document.getElementById('sheet').textContent.includes('is your link worker')")
    assert "cannot be shown" not in window.inner_text("#below")
    window.fill(worker.format("role"), "link worker")
    until(window, "document.getElementById('below').textContent.includes('cannot be shown')")
    assert "Is there a link worker?" in window.inner_text("#below")
    window.locator("#client-title").focus()
    assert "This person needs a name." in window.inner_text("#q-fields-link-worker .mistake")


def test_one_question_at_a_time_with_the_keyboard(window: Any, desk: Desk) -> None:
    open_anna(window, desk)
    window.focus("#one-by-one")
    window.keyboard.press("Enter")
    assert window.locator(".question:visible").count() == 1
    window.focus("#next")
    window.keyboard.press("Enter")
    assert "Question 2 of" in window.inner_text("#step")
    assert window.evaluate("document.activeElement.id") == "client-last-name"
    assert barriers(window) == []


HOSTILE = "<img src=x onerror=\"document.title='pwned'\">{{ 7*7 }}<script>document.title='pwned'</script>\"'&"


def test_markup_in_any_answer_is_shown_as_text_and_never_run(window: Any, desk: Desk, place: Path) -> None:
    open_anna(window, desk)
    boxes = "[data-section={}] :is(input[type=text], textarea, [data-part=name], [data-part=what])"
    for box in window.locator(f"{boxes.format('fields')}, {boxes.format('client')}").all():
        if box.get_attribute("id") not in ("client-nhs-number", "client-chi-number", "client-key", "client-needs"):
            box.fill(HOSTILE)
    for name in ("name", "role", "organisation", "address"):
        window.locator(f"#p-gp-{name}").evaluate("(box, words) => { box.value = words; }", HOSTILE)
    window.locator("[data-key=gp] [data-set]").dispatch_event("click")
    saved(window)
    until(window, "document.getElementById('sheet').textContent.includes('7*7')")
    assert window.locator("#sheet img, #sheet script, #people img").count() == 0
    go(window, desk, f"write?letter={anna(desk)}")
    window.wait_for_selector("#sheet p")
    assert window.input_value("#fields-place") == HOSTILE
    assert "pwned" not in window.title()


def test_a_letter_of_somebody_elses_folder_cannot_be_named(window: Any, desk: Desk, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside") / "case.toml"
    outside.write_text('reference = "X-1"\n')
    (desk.folder / "link.toml").symlink_to(outside)
    for name in ("../case.toml", str(outside), "..%2F..%2Fetc%2Fpasswd", "0" * 16):
        go(window, desk, f"write?letter={name}")
        assert "not in the folder" in window.inner_text("main")
    assert all(path.name != "link.toml" for _, path in shelf.letters(desk))


@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}}]
)
def test_axe_finds_no_barrier_in_any_state_of_the_page(chromium: Any, desk: Desk, look: dict[str, Any]) -> None:
    with visited(chromium, desk, **look) as window:
        go(window, desk, "write")
        assert barriers(window) == []
        open_anna(window, desk)
        window.wait_for_selector(".person")
        for details in window.locator("details").all():
            details.evaluate("(one) => { one.open = true; }")
        assert barriers(window) == []
        look_as(window, "Employer")
        until(window, "document.getElementById('sheet').hidden")
        window.fill("#letter-date", "")
        window.fill("#client-nhs-number", "1")
        saved(window)
        assert "cannot be shown yet" in window.inner_text("#below")
        window.locator("#q-fields-you-said .keep").click()
        assert barriers(window) == []
        window.keyboard.press("Escape")
        window.get_by_role("button", name="Write the final copies").click()
        window.wait_for_selector("#trouble .what")
        assert barriers(window) == []
        assert window.evaluate("document.documentElement.scrollWidth") <= window.viewport_size["width"]


def test_no_page_is_wider_than_a_phone_or_than_a_screen_at_twice_its_size(chromium: Any, desk: Desk) -> None:
    with visited(chromium, desk) as window:
        for page in (*NAMES, f"write?letter={anna(desk)}", f"review?letter={anna(desk)}"):
            go(window, desk, page)
            for width in (320, 640):
                window.set_viewport_size({"width": width, "height": 700})
                assert window.evaluate("document.documentElement.scrollWidth") <= width, page


def stands(place: Path, words: str) -> None:
    """Wait until words stand in the case."""
    end = time.monotonic() + 20
    while read_toml(place / "anna" / "case.toml")["fields"]["place"] != words:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_work_survives_a_tab_that_is_closed_at_once(chromium: Any, desk: Desk, place: Path) -> None:
    with visited(chromium, desk) as window:
        open_anna(window, desk)
        window.fill("#fields-place", "the park")
        window.close(run_before_unload=True)  # as a person closes it
        stands(place, "the park")  # the browser itself stays open


def test_work_survives_a_tab_that_is_closed_while_it_saves(
    chromium: Any, desk: Desk, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    made = write.make
    with visited(chromium, desk) as window:
        open_anna(window, desk)
        monkeypatch.setattr(write, "make", lambda *given, **more: (go_on.wait(20), made(*given, **more))[1])
        window.fill("#fields-place", "the park")
        stands(place, "the park")  # and the page has not heard of it
        window.fill("#fields-place", "the sea")
        window.close(run_before_unload=True)
        go_on.set()
        stands(place, "the sea")


def test_work_survives_a_crash_in_the_middle_of_writing(chromium: Any, place: Path) -> None:
    code = (
        "import sys; from tipletters.cli import main; from tipletters.cli.session import Session;"
        "main(['serve', sys.argv[1], '--no-browser'], obj=Session(examples=True))"
    )
    for crash in (True, False):
        with subprocess.Popen([sys.executable, "-c", code, str(place)], stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            window = chromium.new_page()
            window.goto(next(line.strip() for line in server.stdout if "http://" in line))
            window.wait_for_url("**/letters")
            window.goto(window.url.replace("letters", f"write?letter={anna(Desk(place, 1))}"))
            window.wait_for_selector("#sheet p")
            if crash:
                window.fill("#fields-place", "the park")
                saved(window)
                server.send_signal(signal.SIGKILL)
                window.fill("#fields-place", "lost")
                window.wait_for_selector("#trouble .what")
                assert "does not answer" in window.inner_text("#trouble")
                assert "Not saved" in window.inner_text("#saved")
            else:
                assert window.input_value("#fields-place") == "the park"
                server.terminate()
            window.close()
    assert os.name == "nt" or (place / "anna" / "case.toml").stat().st_mode & 0o077 == 0
