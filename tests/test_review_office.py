"""The review copy in programs that are not ours: filled in with LibreOffice and in a browser, and read back."""

import html
import re
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from test_review_copy import controls, copies, example, letter_of

from tipletters.config import House
from tipletters.review.added import added
from tipletters.review.copy import ReviewCopy
from tipletters.review.edits import edits, said_beside
from tipletters.review.returned import Returned, read_returned
from tipletters.writers.docx import write_docx
from tipletters.writers.html import write_html
from tipletters.writers.look import Look

MACRO = Path(__file__).parent / "office" / "fill.bas"
_DOCTYPE = '<!DOCTYPE {0}:{1} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{2}.dtd">\n'
_LIBRARY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    + _DOCTYPE.format("library", "library", "library")
    + '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Filling"/>'
    "</library:library>"
)
_MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    + _DOCTYPE.format("script", "module", "module")
    + '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Filling" '
    'script:language="StarBasic">{}</script:module>'
)


def office(profile: Path, *words: str) -> None:
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", *words]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


@pytest.fixture(scope="module")
def full() -> ReviewCopy:
    return copies(example()[0])[0]


@pytest.fixture(scope="module")
def filled(full: ReviewCopy, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Returned]:
    """The copy, filled in with a macro of LibreOffice: saved as Word, as OpenDocument, and from that as Word again."""
    folder = tmp_path_factory.mktemp("office")
    source, profile = folder / "copy.docx", folder / "profile"
    source.write_bytes(write_docx(letter_of(full), full.copy.look, House(), {}))
    office(profile, "--terminate_after_init")  # makes the profile, which a macro is then put into
    basic = profile / "user" / "basic" / "Standard"
    (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    macro = html.escape(MACRO.read_text(encoding="utf-8"), quote=False)
    (basic / "Filling.xba").write_text(_MODULE.format(macro), encoding="utf-8")
    office(profile, f'macro:///Standard.Filling.Fill("{source.as_uri()}","{(folder / "back").as_uri()}")')
    names = ("back.docx", "back.odt", "back-again.docx")
    found = {name: read_returned((folder / name).read_bytes()) for name in names}
    # LibreOffice 7.4 without a screen crashes where a macro meets a comment, so a comment goes through a conversion.
    document = docx.Document(str(source))
    run = next(paragraph.runs[-1] for paragraph in document.paragraphs if "sleeping well" in paragraph.text)
    document.add_comment(run, "Since the autumn.", author="Anna", initials="A")
    document.save(str(folder / "noted.docx"))
    office(profile, "--convert-to", "odt", "--outdir", str(folder), str(folder / "noted.docx"))
    return found | {name: read_returned((folder / name).read_bytes()) for name in ("noted.docx", "noted.odt")}


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("name", ["back.docx", "back.odt", "back-again.docx"])
def test_what_is_filled_in_with_libreoffice_comes_back(
    full: ReviewCopy, filled: dict[str, Returned], name: str
) -> None:
    found = filled[name]
    assert {key: value for key, value in found.filled.items() if value} == {
        "2a": True,
        "3c": True,
        "3d": "Dr Ngozi Okafor (GP)",
        "4e": "I like it there & <so> do they",
        "G1c": True,
        "D1a": "16 May 2026",
    }
    assert not found.unclear
    assert not added(full.asked, found)
    assert set(found.filled) == {one.key for one in controls(full)}
    assert (found.reference, found.version, found.code) == ("ML-2026-014", 1, full.asked.code)


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("name", ["back.docx", "back.odt", "back-again.docx"])
def test_open_changes_made_with_libreoffice_come_back(full: ReviewCopy, filled: dict[str, Returned], name: str) -> None:
    found = filled[name]
    assert found.changes
    (edit,) = edits(full.asked.lines, found.lines or ())
    assert edit.part == 1
    assert "I was pleased to meet you" in edit.says


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("name", ["noted.docx", "noted.odt"])
def test_a_comment_comes_back(full: ReviewCopy, filled: dict[str, Returned], name: str) -> None:
    found = filled[name]
    (note,) = said_beside(full.asked.lines, found.lines or (), found.comments)
    assert (note.part, note.says) == (2, "Since the autumn.")
    assert not edits(full.asked.lines, found.lines or ())


@pytest.mark.needs_chromium
def test_the_page_saves_its_answers_without_a_network(chromium: Any, full: ReviewCopy, tmp_path: Path) -> None:
    path = tmp_path / "copy.html"
    path.write_bytes(write_html(letter_of(full), Look(), House(), {}))
    context = chromium.new_context(accept_downloads=True, offline=True)
    asked: list[str] = []
    window = context.new_page()
    window.on("request", lambda request: asked.append(request.url))
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text))
    window.goto(path.as_uri())
    window.check('[name="2a"]')
    window.select_option('[name="3d"]', "everyone")
    window.fill('[name="3e"]', "Not “so”\nbut <thus>")
    window.fill('[name="D1a"]', "2026-05-16")
    with window.expect_download() as waiting:
        window.click("#save")
    saved = tmp_path / "saved.json"
    waiting.value.save_as(saved)
    assert re.fullmatch(r"answers-ML-2026-014-version-1-code-\w{5}\.json", waiting.value.suggested_filename)
    found = read_returned(saved.read_bytes())
    assert {key: value for key, value in found.filled.items() if value} == {
        "2a": True,
        "3d": "everyone",
        "3e": "Not “so”\nbut <thus>",
        "D1a": "2026-05-16",
    }
    assert found.code == full.asked.code
    assert window.evaluate("Object.keys(localStorage).length") == 0
    assert not complaints
    assert not [url for url in asked if not url.startswith(("file:", "blob:", "data:"))]
    context.close()
