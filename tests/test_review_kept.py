"""What the client was asked about stays as it was until they are asked again: labels, the review, the letter's file."""

import shutil
from pathlib import Path

import docx
import pytest
from conftest import NOW
from loops import Loop

from tipletters.errors import ReviewError
from tipletters.letter import texts
from tipletters.readers.docx import read_docx
from tipletters.resources import folder
from tipletters.review.folder import open_folder
from tipletters.tomlfile import read_toml
from tipletters.web import shelf
from tipletters.web.desk import Desk
from tipletters.web.preview import make

TEMPLATE = folder("templates") / "meeting-summary.txt"


@pytest.fixture
def loop(tmp_path: Path) -> Loop:
    return Loop(tmp_path / "anna")


def gp(loop: Loop, *command: str) -> str:
    """The GP's copy, as it would be written now."""
    for path in loop.folder.glob("ML-*-gp*"):
        path.unlink()
    loop.run(*(command or ("draft",)), str(loop.case), "--force", code=None)
    (path,) = loop.folder.glob("ML-*-gp*.docx")
    return " ".join(text for block in read_docx(path.read_bytes()).blocks for text in texts(block))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def answered(loop: Loop, name: str = "back.docx") -> None:
    code = max(loop.letter.review.current, key=lambda one: len(one.lines)).code.lower()
    (copy,) = loop.folder.glob(f"*client-review-{code}.docx")
    loop.read(loop.back(copy, name, G1a=True, A1a=True), "--how-known", "we went through it together")


@pytest.mark.parametrize(
    "words",
    [
        "You told",
        "At our meeting you told",
        "Some more.\n\nYou told",
        "[private: home life] You said this.\n\nYou told",
    ],
)
def test_a_label_that_gets_lost_after_the_check_still_holds(loop: Loop, words: str) -> None:
    loop.start()
    answered(loop)
    edit(loop.case, "[private: home life] You told", words)
    assert "shouting" not in gp(loop)
    with pytest.raises(ReviewError, match="was changed since the client checked it"):
        loop.run("final", str(loop.case))
    loop.run("final", str(loop.case), "--reason", "the client is away", code=None)
    assert "shouting" not in gp(loop, "final", "--reason", "the client is away")


def test_the_worker_is_told_of_a_lost_label_and_asking_again_ends_it(loop: Loop) -> None:
    first = loop.start()
    answered(loop)
    edit(loop.case, "[private: home life] You told", "You told")
    told = " ".join(loop.run("draft", str(loop.case), code=1).split())
    assert "It is kept from copies as it was. Mark it again; or" in told
    loop.run("review", "start", str(loop.case))
    assert "shouting" not in gp(loop)
    assert first.stem[-5:].upper() not in {one.code for one in loop.letter.review.current}
    answered(loop, "again.docx")
    assert "shouting" in gp(loop)


def test_a_label_that_is_new_is_a_change_too(loop: Loop) -> None:
    loop.start()
    answered(loop)
    edit(loop.case, "You told me that you have not", "[private: sleep] You told me that you have not")
    with pytest.raises(ReviewError, match="was changed since the client checked it"):
        loop.run("final", str(loop.case))


def test_a_labelled_passage_beside_another_that_is_changed_keeps_its_label_alone(loop: Loop) -> None:
    loop.start()
    edit(loop.case, "[private: home life] You told", "[private: home life] Once you told")
    edit(loop.case, "You told me that you have not", "You said that you have not")
    assert "is kept from copies as it was" not in loop.run("draft", str(loop.case), code=None)
    copy = gp(loop)
    assert "sleeping well" in copy
    assert "shouting" not in copy


def test_a_private_block_that_gets_lost_from_the_template_still_holds(loop: Loop) -> None:
    own, words = loop.folder / "templates" / TEMPLATE.name, TEMPLATE.read_text(encoding="utf-8")
    own.parent.mkdir()
    kept = words.replace("{{ for_gp }}", '{% private "health" %}\n{{ for_gp }}\n{% endprivate %}')
    own.write_text(kept.replace("+++\n", '+++\nlabels = ["health"]\n', 1), encoding="utf-8")
    loop.start()
    answered(loop)
    own.write_text(words, encoding="utf-8")
    assert "headaches" not in gp(loop)
    with pytest.raises(ReviewError, match="was changed since the client checked it"):
        loop.run("final", str(loop.case))


def test_a_review_that_is_under_way_is_finished_though_the_template_asks_for_none_now(loop: Loop) -> None:
    own = loop.folder / "templates" / TEMPLATE.name
    own.parent.mkdir()
    shutil.copy(TEMPLATE, own)
    loop.start()
    edit(own, 'review = "offered"', 'review = "none"')
    with pytest.raises(ReviewError, match="has until"):
        loop.run("final", str(loop.case))
    loop.run("draft", str(loop.case), code=None)
    assert all("DRAFT" in path.name for path in loop.folder.glob("ML-*-gp*"))
    assert "with the client" in loop.run("status", str(loop.folder))
    answered(loop)
    loop.run("final", str(loop.case), code=None)
    assert list(loop.folder.glob("ML-2026-014-gp.docx"))


def test_a_case_that_was_renamed_stops_and_its_old_name_is_said(loop: Loop) -> None:
    loop.start()
    answered(loop)
    loop.case.rename(loop.folder / "anna.toml")
    loop.name = "anna.toml"
    for command in (["draft"], ["final"], ["review", "start"], ["reissue", "--reason", "a wrong date"]):
        with pytest.raises(ReviewError, match="another name of its case") as stopped:
            loop.run(*command, str(loop.case))
        assert "“case.toml”" in stopped.value.then
    desk, held = Desk(loop.folder, 8000, lambda: NOW, examples=True), read_toml(loop.case)
    with pytest.raises(ReviewError, match="another name of its case"):
        make(desk, loop.case, held, shelf.template_of(loop.case, held))
    (loop.folder / "review.toml").unlink()
    (loop.folder / "corrections.toml").write_text('reference = "ML-2026-014"\n', encoding="utf-8")
    with pytest.raises(ReviewError, match="another name of its case"):
        loop.run("draft", str(loop.case))


@pytest.mark.parametrize("copied", ["Copy of review.toml", "review - Copy.toml", "Copy of anna.review.toml"])
def test_a_copy_of_the_record_that_somebody_made_does_not_hide_whose_letter_came_back(loop: Loop, copied: str) -> None:
    copy = loop.start()
    shutil.copy(loop.folder / "review.toml", loop.folder / copied)
    assert "came back" in loop.read(loop.back(copy, A1a=True), "--how-known", "we did it together")


def test_capitals_in_the_cases_name_make_no_other_letter(loop: Loop) -> None:
    loop.start()
    answered(loop)
    (loop.folder / "Case.toml").symlink_to(loop.case)  # as where capitals make no difference
    loop.name = "Case.toml"
    assert loop.letter.review.replies


def test_another_letter_in_the_folder_is_no_hindrance(loop: Loop) -> None:
    loop.start()
    other = loop.folder / "boris.toml"
    other.write_text(loop.case.read_text(encoding="utf-8").replace("ML-2026-014", "ML-2026-0145"), encoding="utf-8")
    (loop.folder / "old.review.toml").write_text("not TOML", encoding="utf-8")
    assert not open_folder(other).review.moves


def with_a_line_of_their_own(loop: Loop, line: str) -> None:
    paper = loop.back(loop.start(), A1a=True, G1a=True, G2a=True)
    document = docx.Document(str(paper))
    next(one for one in document.paragraphs if "garden centre helps" in one.text).insert_paragraph_before(line)
    document.save(str(paper))
    loop.read(paper, "--how-known", "we filled it in together", "--no-ask", code=1)


def test_what_was_agreed_to_be_added_holds_every_copy_until_the_letter_says_it(loop: Loop) -> None:
    with_a_line_of_their_own(loop, "You told me that you swim.")
    loop.run("corrections", "decide", str(loop.case), "1", "agreed")
    loop.run("draft", str(loop.case), code=None)
    assert not list(loop.folder.glob("*-gp-DRAFT.docx"))
    with pytest.raises(ReviewError, match="agreed, and the letter does not say it yet"):
        loop.run("final", str(loop.case))
    text = loop.case.read_text("utf-8")
    added = text.replace("You said that your work", "You told me that you swim.\n\nYou said that your work")
    loop.case.write_text(added, encoding="utf-8")
    loop.run("final", str(loop.case), code=None)
    assert list(loop.folder.glob("*-gp.docx"))


def test_a_wish_that_was_met_otherwise_says_how_and_the_reply_does_too(loop: Loop) -> None:
    with_a_line_of_their_own(loop, "Please do not send this to my GP")
    done = ("agreed in part", "--reason", "Your GP gets no copy.")
    loop.run("corrections", "decide", str(loop.case), "1", *done)
    loop.run("final", str(loop.case), code=None)
    loop.run("corrections", "export", str(loop.case))
    reply = (loop.folder / "reply" / "case.toml").read_text("utf-8")
    assert "Your GP gets no copy." in reply
    assert "We took it out" not in reply


def test_what_was_left_out_is_not_agreed_without_what_the_letter_is_to_say(loop: Loop) -> None:
    paper = loop.back(loop.start(), A1a=True, G1a=True, E1a="I swim.")
    loop.read(paper, "--how-known", "we filled it in together", "--no-ask", code=1)
    with pytest.raises(ReviewError, match="what is the letter to say"):
        loop.run("corrections", "decide", str(loop.case), "1", "agreed")
