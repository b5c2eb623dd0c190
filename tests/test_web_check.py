"""The page that checks a text, in a real browser."""

import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from webpage import Clock, barriers, go, served, until, visited

from tipletters.web.desk import Desk

pytestmark = pytest.mark.needs_chromium
HARD = "Dear Anna,\n\nYou have bilateral oedema 😀 and oedema. You must take it b.d.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with served(tmp_path, Clock(datetime(2026, 5, 14, 12))) as desk:
        yield desk


@pytest.fixture
def window(chromium: Any, desk: Desk) -> Iterator[Any]:
    with visited(chromium, desk) as window:
        go(window, desk, "check")
        yield window


def marks(window: Any) -> list[str]:
    return window.locator(".behind mark").all_inner_texts()


def test_what_is_typed_is_marked_in_its_place_and_a_click_puts_it_right(window: Any) -> None:
    window.fill("#text", HARD)
    window.wait_for_selector(".note")
    assert "oedema" in marks(window)
    assert "b.d." in marks(window)
    note = window.locator(".note", has_text="“oedema”")
    assert "2 times" in note.inner_text()
    note.get_by_role("button", name="swelling (in all 2 places)").click()
    assert window.input_value("#text") == HARD.replace("oedema", "swelling")
    until(window, "!document.querySelector('.behind').textContent.includes('oedema')")
    window.get_by_role("button", name="Undo").click()
    assert window.input_value("#text") == HARD


def test_no_button_puts_a_note_into_the_letter_or_takes_a_medicine_out(window: Any) -> None:
    text = "Dear Maya\n\nShe presented with low mood. She is tired.\n\nIncrease sertraline to 100mg.\n\nPlease could you check U&Es.\n"
    window.fill("#text", text)
    window.wait_for_selector(".note")
    until(window, "document.querySelector('.notes').textContent.includes('Put this under')")
    for button in window.locator(".swap").all_inner_texts():
        assert "(for" not in button
        assert "under" not in button
    assert window.locator(".note", has_text="“sertraline”").locator(".swap").count() == 0
    window.locator(".note", has_text="“She”").locator(".swap").click()
    text = text.replace("She presented", "You presented")
    assert window.input_value("#text") == text
    window.locator(".note", has_text="“U&Es”").locator(".swap").first.click()
    assert window.input_value("#text") == text.replace("U&Es", "kidney blood tests")


def test_what_does_not_fit_its_sentence_is_said_beside_it_and_is_no_button(window: Any) -> None:
    window.fill("#text", "You have an aneurysm. Your rent arrears are high.")
    window.locator(".note", has_text="aneurysm").get_by_role("button", name="a bulge in a blood vessel").click()
    assert window.input_value("#text").startswith("You have a bulge in a blood vessel.")
    note = window.locator(".note", has_text="“arrears”")
    assert "In other words: “money you owe”" in note.inner_text()
    assert note.locator(".swap").count() == 0


def test_the_browsers_own_undo_takes_a_replacement_back(window: Any) -> None:
    window.fill("#text", "You have oedema.")
    window.get_by_role("button", name="swelling").click()
    until(window, "document.querySelector('#text').value.includes('swelling')")
    window.keyboard.press("Control+z")
    assert window.input_value("#text") == "You have oedema."


def test_pasting_typing_and_input_methods_keep_both_layers_alike(window: Any) -> None:
    window.focus("#text")
    window.keyboard.insert_text("You have oedema.")  # as an input method or a paste puts it
    window.keyboard.press("Enter")
    window.keyboard.type("Ça va 😀 b.d.")
    client = window.context.new_cdp_session(window)
    client.send("Input.imeSetComposition", {"text": "こん", "selectionStart": 2, "selectionEnd": 2})
    client.send("Input.insertText", {"text": "こんにちは"})
    until(window, "document.querySelectorAll('.behind mark').length >= 2")
    assert window.input_value("#text").endswith("b.d.こんにちは")
    assert window.locator(".behind").text_content() == window.input_value("#text") + "\n"
    sizes = window.evaluate(
        "() => ['.behind', '#text'].map((one) => { const box = document.querySelector(one).getBoundingClientRect();"
        " return [box.x, box.y, box.width, box.height]; })"
    )
    assert sizes[0] == sizes[1]


def test_a_mark_moves_along_with_the_words_until_it_is_looked_at_again(window: Any) -> None:
    window.fill("#text", "You have oedema. All is well.")
    window.wait_for_selector(".swap")
    window.route("**/do/check-text", lambda _: None)  # no answer comes
    window.evaluate("document.getElementById('text').setSelectionRange(0, 0)")
    window.keyboard.type("Hello 😀 Anna. ")
    assert marks(window) == ["oedema"]
    window.get_by_role("button", name="swelling").click()
    assert window.input_value("#text") == "Hello 😀 Anna. You have swelling. All is well."


def test_a_double_click_on_a_replacement_puts_it_in_once(window: Any) -> None:
    window.fill("#text", "Dear Sam\n\nWe did U&Es. Your BP was fine.\n")
    window.wait_for_selector(".swap")
    window.route("**/do/check-text", lambda _: None)  # no answer comes
    window.locator(".note", has_text="“U&Es”").locator(".swap").first.dblclick()
    window.locator(".note", has_text="“BP”").locator(".swap").first.dblclick()
    assert window.input_value("#text") == "Dear Sam\n\nWe did kidney blood tests. Your blood pressure was fine.\n"


def test_many_keys_at_once_ask_only_about_what_stands_there_at_last(window: Any) -> None:
    asked: list[str] = []
    window.on("request", lambda one: asked.append(one.url) if one.url.endswith("check-text") else None)
    window.fill("#text", "You have oedema.\n\n" * 60)
    until(window, "document.querySelectorAll('.behind mark').length >= 60")
    assert len(asked) < 20


def test_the_page_explains_and_lets_a_word_stay(window: Any) -> None:
    window.fill("#text", "You have oedema.")
    note = window.locator(".note", has_text="oedema")
    note.locator("summary").click()
    window.wait_for_selector(".manual")
    assert "Why it matters" in note.inner_text()
    note.get_by_role("button", name="It may stay").click()
    until(window, "!document.querySelector('.behind mark')")


def test_the_page_works_with_the_keyboard_alone(window: Any) -> None:
    window.focus("#text")
    window.keyboard.type("You have oedema.")
    window.wait_for_selector(".swap")
    for _ in range(6):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.className") == "swap":
            break
    window.keyboard.press("Enter")
    assert "swelling" in window.input_value("#text")


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_axe_finds_no_barrier_empty_or_full(chromium: Any, desk: Desk, look: dict[str, Any]) -> None:
    with visited(chromium, desk, viewport={"width": 320, "height": 640}, **look) as window:
        go(window, desk, "check")
        assert barriers(window) == []
        window.fill("#text", HARD)
        window.wait_for_selector(".note")
        window.locator("summary").first.click()
        window.wait_for_selector(".manual")
        assert barriers(window) == []
        assert window.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_that_was_typed_stays_in_the_browser(window: Any) -> None:
    window.fill("#text", HARD)
    window.wait_for_selector(".note")
    assert window.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])") == '[{},{},""]'
    attributes = window.evaluate(
        "() => { const box = document.getElementById('text');"
        " return ['spellcheck', 'autocomplete', 'translate', 'writingsuggestions', 'data-gramm'].map((one) => box.getAttribute(one)); }"
    )
    assert attributes == ["false", "off", "no", "false", "false"]
    window.get_by_role("button", name="Lock").click()
    window.wait_for_selector("text=The page is locked")
    assert "oedema" not in window.content()
    assert barriers(window) == []


def test_markup_in_a_text_is_shown_and_never_run(window: Any) -> None:
    window.fill("#text", "<img src=x onerror=alert(1)> oedema <script>alert(1)</script>")
    window.wait_for_selector(".note")
    assert window.locator("main img, main script").count() == 0


def word(*paragraphs: str) -> bytes:
    made, out = Document(), BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def test_a_document_is_dropped_corrected_by_clicks_and_downloaded_as_tracked_changes(
    window: Any, tmp_path: Path
) -> None:
    data = list(word("Dear Anna", "You have bilateral oedema. We hope to see you soon.", "With best wishes"))
    window.evaluate(
        "(data) => { const carried = new DataTransfer();"
        " carried.items.add(new File([new Uint8Array(data)], 'letter.docx'));"
        " document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carried })); }",
        data,
    )
    window.locator(".note", has_text="oedema").get_by_role("button", name="swelling").click()
    until(window, "!document.querySelector('.behind').textContent.includes('oedema')")
    window.fill("#text", window.input_value("#text").replace("soon", "in June"))
    with window.expect_download() as waiting:
        window.get_by_role("button", name="Word: as tracked changes").click()
    assert waiting.value.suggested_filename == "letter-better.docx"
    with zipfile.ZipFile(waiting.value.path()) as archive:
        xml = archive.read("word/document.xml").decode()
    assert re.findall(r"<w:delText[^>]*>([^<]*)", xml) == ["oedema", "soon"]
    assert [re.sub("<[^>]+>", "", one) for one in re.findall(r"<w:ins .*?</w:ins>", xml)] == ["swelling", "in June"]
    with window.expect_download() as waiting:
        window.get_by_role("button", name="Word: as comments").click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert "oedema" in archive.read("word/document.xml").decode()
        assert "Not everybody knows this word" in archive.read("word/comments.xml").decode()
    assert barriers(window) == []
    with window.expect_download() as waiting:
        window.get_by_role("button", name="A page with all marks").click()
    assert "swelling" in Path(waiting.value.path()).read_text(encoding="utf-8")


def test_a_document_with_macros_keeps_its_ending_and_what_it_says_of_itself_is_checked(window: Any) -> None:
    out, types = BytesIO(word("Dear Anna", "You have bilateral oedema.")), "[Content_Types].xml"
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[types] = parts[types].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"vnd.ms-word.document.macroEnabled.main+xml",
    )
    parts["docProps/core.xml"] = re.sub(
        rb"<cp:keywords ?/>", b"<cp:keywords>alcohol</cp:keywords>", parts["docProps/core.xml"]
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    window.set_input_files("#file", {"name": "Anna 999 012 3455.docm", "mimeType": "", "buffer": made.getvalue()})
    for says in ("The file's name holds", "property “keywords” holds"):
        window.wait_for_selector(f'.note:has-text("{says}")')
    for button, ending in (("Word: as comments", "comments.docm"), ("Word: as tracked changes", "better.docm")):
        with window.expect_download() as waiting:
            window.get_by_role("button", name=button).click()
        assert waiting.value.suggested_filename == f"Anna-999-012-3455-{ending}"


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.txt", "..\\..\\evil.txt", "é😀.txt", "x" * 200 + ".txt"]
)
def test_a_hostile_name_and_hostile_text_are_only_shown(window: Any, name: str) -> None:
    hostile = "<script>document.title='pwned'</script> You have oedema."
    window.set_input_files("#file", {"name": name, "mimeType": "text/plain", "buffer": hostile.encode()})
    window.wait_for_selector(".note")
    assert window.input_value("#text") == hostile
    assert window.locator("#about-file img").count() == 0
    assert "pwned" not in window.title()
    with window.expect_download() as waiting:
        window.get_by_role("button", name="The text alone").click()
    assert waiting.value.suggested_filename.endswith("-better.txt")
    assert "/" not in waiting.value.suggested_filename
    assert "<" not in waiting.value.suggested_filename


def test_what_is_no_letter_is_refused_in_plain_words(window: Any) -> None:
    for data in (b"MZ\x90", b"PK\x03\x04broken"):
        window.set_input_files("#file", {"name": "a.docx", "mimeType": "", "buffer": data})
        window.wait_for_selector("#trouble .what")
        assert "Traceback" not in window.inner_text("body")
        window.evaluate("document.getElementById('trouble').replaceChildren()")


def test_nothing_is_put_aside_on_the_disk_while_a_big_document_is_read(
    window: Any, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    made: list[str] = []
    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, lambda *_, name=name, **__: made.append(name))
    big = word(*(f"Sentence {n}: you have oedema, and it is {'very ' * 40} big." for n in range(60)))
    padded = BytesIO(big)
    with zipfile.ZipFile(padded, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/image1.bin", os.urandom(3_000_000))
    window.set_input_files("#file", {"name": "big.docx", "mimeType": "", "buffer": padded.getvalue()})
    window.wait_for_selector(".note", timeout=20_000)
    assert made == []
    assert list(elsewhere.iterdir()) == []
