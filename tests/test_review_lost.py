"""Files that get lost, locked or put back to an older state between two commands: what the client said holds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from loops import Loop

from tipletters import files
from tipletters.errors import OutputError, ReviewError
from tipletters.letter import texts
from tipletters.readers.docx import read_docx

KNOWN = ("--how-known", "We did it together.")
PRIVATE = {"G1a": True, "G2c": True, "_13c": True, "_13d": "Dr Ngozi Okafor (GP)"}
PART = "headaches"


@pytest.fixture
def loop(tmp_path: Path) -> Loop:
    return Loop(tmp_path / "anna")


def final(loop: Loop) -> tuple[str, str]:
    """What the command said, and what the GP's and the link worker's copies say."""
    said = loop.run("final", str(loop.case), "--force", code=None)
    copies = [*loop.folder.glob("ML-*-gp.docx"), *loop.folder.glob("ML-*-link-worker.docx")]
    blocks = [block for path in copies for block in read_docx(path.read_bytes()).blocks]
    return " ".join(said.split()), " ".join(text for block in blocks for text in texts(block))


def locked(name: str, put: Callable[[Path, Path, bool], None]) -> Callable[[Path, Path, bool], None]:
    def refuse(aside: Path, path: Path, force: bool) -> None:
        if path.name == name:
            raise PermissionError(13, "in use")
        put(aside, path, force)

    return refuse


@pytest.mark.parametrize("name", ["case.toml", "corrections.toml", "review.toml"])
def test_a_copy_that_could_not_be_written_down_whole_is_still_to_be_read(
    loop: Loop, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = loop.back(loop.start(), **PRIVATE)
    with monkeypatch.context() as patch:
        patch.setattr(files, "_put", locked(name, files._put))
        with pytest.raises(OutputError):
            loop.read(back, *KNOWN)
    loop.wait(20)
    with pytest.raises(ReviewError, match="has not been read yet"):
        loop.run("final", str(loop.case), "--reason", "They did not answer.")
    loop.read(back, *KNOWN)
    said, copies = final(loop)
    assert "No copy: the client withdrew their yes." in said
    assert copies and PART not in copies


def test_a_no_holds_where_an_older_state_of_the_case_was_put_back(loop: Loop) -> None:
    back = loop.back(loop.start(), G1a=True, G2c=True, A1a=True)
    old = loop.case.read_bytes()
    loop.read(back, *KNOWN)
    loop.case.write_bytes(old)
    said, _ = final(loop)
    assert "Sam Reid, link worker, Anytown Together No copy: the client withdrew their yes." in said
    assert "What the client said on 14 May 2026 is not in the case: a no about “letter” for “link-worker”." in said


def test_a_no_for_somebody_who_left_the_case_is_no_question(loop: Loop) -> None:
    back = loop.back(loop.start(), A1a=True, G1a=True, G2c=True)
    old = loop.case.read_text(encoding="utf-8")
    loop.read(back, *KNOWN)
    start = old.index('[[recipients]]\nkey = "link-worker"')
    end = old.index("\n[[", start + 1)
    case = (old[:start] + old[end:]).replace(', "link-worker"', "").replace('to = "link-worker"', 'to = "gp"')
    loop.case.write_text(case, encoding="utf-8")
    said, _ = final(loop)
    assert "is not in the case" not in said


def test_a_later_yes_in_the_case_lifts_a_no_that_stands_in_the_answers_alone(loop: Loop) -> None:
    back = loop.back(loop.start(), G1a=True, G2c=True, A1a=True)
    old = loop.case.read_text(encoding="utf-8")
    loop.read(back, *KNOWN)
    yes = '[[provisions]]\nanswer = "permit"\nabout = "letter"\nto = "link-worker"\ndate = 2026-05-15\nuntil = 2027-05-15\n'
    loop.case.write_text(old + "\n" + yes, encoding="utf-8")
    loop.wait(2)
    assert "Sam Reid, link worker, Anytown Together ML-2026-014-link-worker.docx" in final(loop)[0]


def test_nothing_sent_holds_where_an_older_state_of_the_case_was_put_back_until_they_are_asked_anew(loop: Loop) -> None:
    loop.start()
    old = loop.case.read_text(encoding="utf-8")
    loop.run("review", "enter", str(loop.case), "--way", "phone", *KNOWN, said="yes\n\nyes\nyes\nnothing\n" + "\n" * 8)
    loop.case.write_text(old, encoding="utf-8")
    said, _ = final(loop)
    assert "how they want to get the letter" in said
    assert not list(loop.folder.glob("*client-to-send.docx"))
    asked = next(line for line in old.splitlines() if line.startswith("asked = "))
    loop.case.write_text(old.replace(asked, "asked = 2026-05-16"), encoding="utf-8")
    loop.wait(3)
    assert "how they want to get the letter" not in final(loop)[0]
    assert list(loop.folder.glob("*client-to-send.docx"))


def test_no_copy_is_made_while_corrections_are_missing_and_reading_again_brings_them_back(loop: Loop) -> None:
    back = loop.back(loop.start(), **PRIVATE)
    loop.read(back, *KNOWN)
    (loop.folder / "corrections.toml").unlink()
    for command in ("draft", "final"):
        with pytest.raises(ReviewError, match="is missing: 1 were written down, and 0 are there"):
            loop.run(command, str(loop.case))
    loop.read(back, *KNOWN)
    _, copies = final(loop)
    assert copies and PART not in copies


def test_the_client_can_be_asked_anew_where_nobody_has_the_corrections_any_more(loop: Loop) -> None:
    back = loop.back(loop.start(), **PRIVATE)
    loop.read(back, *KNOWN)
    (loop.folder / "corrections.toml").unlink()
    for path in loop.folder.glob("*review-*.docx"):
        path.unlink()
    copy = loop.start()
    loop.read(loop.back(copy, "again.docx", G1a=True, A1a=True), *KNOWN)
    assert PART in final(loop)[1]


@pytest.mark.parametrize("name", ["case-DESKTOP-1.toml", "review-DESKTOP-1.toml", "corrections (Copy).toml"])
def test_a_second_file_of_the_letter_stops_the_final_copies_until_somebody_looked_at_it(loop: Loop, name: str) -> None:
    loop.read(loop.back(loop.start(), **PRIVATE), *KNOWN)
    which = "case" if name.startswith("case") else name.split("-")[0].split(" ")[0]
    (loop.folder / name).write_bytes((loop.folder / f"{which}.toml").read_bytes())
    with pytest.raises(ReviewError, match="second file of this letter"):
        loop.run("final", str(loop.case))
    (loop.folder / "replaced").mkdir()
    (loop.folder / name).rename(loop.folder / "replaced" / name)
    assert final(loop)[1]


def test_a_letter_is_not_replaced_while_a_copy_is_open_in_another_program(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop.read(loop.back(loop.start(), G1a=True, G2a=True, A1a=True), *KNOWN)
    final(loop)
    unlink = Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:
        if path.name.endswith("-gp.docx"):
            raise PermissionError(13, "in use")
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        with pytest.raises(OutputError):
            loop.run("reissue", str(loop.case), "--reason", "the date was wrong")
    assert loop.letter.review.version == 1
    said = loop.run("reissue", str(loop.case), "--reason", "the date was wrong")
    assert "Dr Ngozi Okafor" in said
    aside = {path.name for path in (loop.folder / "replaced" / "version-1").iterdir()}
    assert {"ML-2026-014-gp.docx", "ML-2026-014-client.docx", "case.toml"} <= aside
    assert not list(loop.folder.glob("ML-*-gp.docx"))


def test_final_copies_in_another_folder_are_put_aside_too(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), G1a=True, G2a=True, A1a=True), *KNOWN)
    for out in (loop.folder / "letters", loop.folder.parent / "elsewhere"):
        loop.run("final", str(loop.case), "-o", str(out), code=None)
        said = loop.run("reissue", str(loop.case), "--reason", "the date was wrong")
        assert "The old documents are in" in said
        assert not list(out.glob("*.docx"))
        version = loop.letter.review.version - 1
        assert list((loop.folder / "replaced" / f"version-{version}").glob("ML-*-gp.docx"))
        loop.read(loop.back(loop.start(), f"{version}.docx", G1a=True, G2a=True, A1a=True), *KNOWN)


def test_it_is_said_where_no_old_documents_were_found(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), G1a=True, G2a=True, A1a=True), *KNOWN)
    final(loop)
    for path in loop.folder.glob("ML-*"):
        path.unlink()
    said = loop.run("reissue", str(loop.case), "--reason", "the date was wrong")
    assert "None of its documents was found." in said
