"""Who is meant: an answer belongs to the person of whom the client was asked, whoever has their key now."""

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import NOW
from loops import Loop

from tipletters.casereader import case_from
from tipletters.config import House
from tipletters.consent import Answer
from tipletters.errors import ConsentError
from tipletters.letter import texts
from tipletters.people import Recipient
from tipletters.readers.docx import read_docx
from tipletters.review.copy import Asked
from tipletters.review.corrections import Correction, Kind
from tipletters.review.understand import whom_of
from tipletters.review.whom import kept_from, to_ask
from tipletters.tomlfile import parse_toml

KNOWN = ("--how-known", "we filled it in together")
OKAFOR, MARSH = Recipient("gp", "Dr Ngozi Okafor", "GP", "Orchard Surgery"), Recipient("gp", "Dr Paul Marsh", "GP")
SAM, LEE = Recipient("link-worker", "Sam Reid", "link worker"), Recipient("link-2", "Lee Moss", "Link Worker")


@pytest.fixture
def loop(tmp_path: Path) -> Loop:
    return Loop(tmp_path / "anna")


def change(loop: Loop, old: str, new: str) -> None:
    text = loop.case.read_text(encoding="utf-8")
    assert old in text
    loop.case.write_text(text.replace(old, new), encoding="utf-8")


def final_copy(loop: Loop, key: str) -> str:
    """Return the words of somebody's final copy; nothing where there is none."""
    loop.run("final", str(loop.case), *loop.more, "--force", code=None)
    path = loop.folder / f"ML-2026-014-{key}.docx"
    if not path.exists():
        return ""
    return "\n".join(text for block in read_docx(path.read_bytes()).blocks for text in texts(block))


def part_with(loop: Loop, word: str) -> int:
    return next(line.part for line in loop.letter.review.current[0].lines if word in line.text)


# --- a yes


@pytest.mark.parametrize("register", [False, True])
@pytest.mark.parametrize("when", ["before it came back", "after it came back"])
def test_a_yes_on_the_copy_to_check_is_for_whom_the_copy_named(loop: Loop, register: bool, when: str) -> None:
    loop.more = ("--register", str(loop.folder / "register.db")) if register else ()
    back = loop.back(loop.start(*loop.more), G1a=True, A1a=True)
    if when.startswith("before"):
        change(loop, '"Dr Ngozi Okafor"', '"Dr Paul Marsh"')
    loop.read(back, *KNOWN)
    if when.startswith("after"):
        change(loop, '"Dr Ngozi Okafor"', '"Dr Paul Marsh"')
    assert not final_copy(loop, "gp")
    assert final_copy(loop, "link-worker")
    change(loop, '"Dr Paul Marsh"', '"Dr Ngozi Okafor"')
    assert final_copy(loop, "gp")


def test_a_yes_is_written_into_the_case_with_its_person(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), G1a=True, A1a=True), *KNOWN)
    assert 'whom = ["Dr Ngozi Okafor, Orchard Surgery"]' in loop.case.read_text(encoding="utf-8")
    assert loop.letter.case.provisions[-1].whom == {"Dr Ngozi Okafor, Orchard Surgery"}


def test_an_answer_that_the_register_holds_is_for_whom_it_was_recorded(loop: Loop) -> None:
    where = ("--register", str(loop.folder / "register.db"))
    record = ("consent", "record", "9990123454", "--from", str(loop.case), *where)
    loop.run(*record)
    change(loop, '"Dr Ngozi Okafor"', '"Dr Paul Marsh"')
    assert "0 of" in loop.run(*record)
    loop.run("draft", str(loop.case), *where, code=None)
    assert not (loop.folder / "ML-2026-014-gp-DRAFT.docx").exists()
    assert (loop.folder / "ML-2026-014-link-worker-DRAFT.docx").exists()


def test_another_person_under_the_same_key_makes_it_another_copy_to_check(loop: Loop) -> None:
    loop.start()
    change(loop, '"Dr Ngozi Okafor"', '"Dr Paul Marsh"')
    old = loop.letter.review.current
    loop.start()
    new = loop.letter.review.current
    assert not {one.code for one in old} & {one.code for one in new}
    assert new[0].people["gp"].startswith("Dr Paul Marsh")
    assert new[0].described(loop.letter.case.recipients)["gp"] == "Dr Paul Marsh, GP, Orchard Surgery"
    assert old[0].described(loop.letter.case.recipients)["gp"] == "Dr Ngozi Okafor, Orchard Surgery"


def test_an_answer_for_several_cannot_say_who_they_are() -> None:
    with pytest.raises(ConsentError, match="several people"):
        case_from(parse_toml(SEVERAL, "case.toml"), House(), "case.toml", Path())


SEVERAL = """
reference = "A-1"
date = 2026-05-14
template = "small"
client = {first_name = "Zofia", last_name = "Wren"}
author = {name = "Sam Reid"}
[[provisions]]
answer = "deny"
to = ["gp", "school"]
whom = ["Dr Hart"]
date = 2026-05-12
"""


# --- what is kept private


def test_what_is_private_from_somebody_is_kept_from_them_under_another_key(loop: Loop) -> None:
    copy = loop.start()
    part = part_with(loop, "headaches")
    answers: dict[str, bool | str] = {f"_{part}c": True, f"_{part}d": "Dr Ngozi Okafor (GP)", "G1a": True}
    loop.read(loop.back(copy, **answers), *KNOWN)
    change(loop, '"gp"', '"surgery"')
    assert "headaches" not in final_copy(loop, "surgery")
    assert "headaches" in final_copy(loop, "client")
    assert "headaches" in final_copy(loop, "link-worker")


def test_a_label_that_begins_with_private_is_one_that_somebody_named(loop: Loop) -> None:
    loop.case.write_text(loop.case.read_text(encoding="utf-8").replace("home life", "private life"), encoding="utf-8")
    copy = loop.start()
    part = part_with(loop, "shouting")
    answers: dict[str, bool | str] = {f"_{part}c": True, f"_{part}d": "Dr Ngozi Okafor (GP)"}
    loop.read(loop.back(copy, **answers), *KNOWN)
    no = [one for one in loop.letter.case.provisions if one.answer is Answer.DENY and one.recipient == "gp"]
    assert [one.about for one in no] == ["private life"]


def kept(*recipients: Recipient, whom: str = "gp", people: dict[str, str] | None = None) -> tuple[tuple[str, ...], int]:
    """Return from whom a part is kept that is private from the GP, and how many questions there are about that."""
    then = {"gp": OKAFOR.person, "link-worker": SAM.person} if people is None else people
    copies = [Asked("ABCDE", 1, date(2026, 5, 14), (), ("gp",), people=then)]
    private = Correction(1, NOW.date(), Kind.PRIVATE, part=3, whom=(whom,))
    return kept_from(private, copies, recipients), len(to_ask([private], copies, recipients))


def test_who_is_not_sure_to_be_another_is_held_too_and_asked_about() -> None:
    again, moved = Recipient("surgery", "dr  ngozi okafor", "GP", "Hill Practice"), Recipient("doctor", "The new GP")
    assert kept(OKAFOR, SAM) == (("gp",), 0)
    assert kept(again, SAM) == (("surgery",), 0)
    assert kept(MARSH, SAM) == (("gp",), 1)
    assert kept(MARSH, again, SAM) == (("gp", "surgery"), 1)
    assert kept(moved, SAM) == (("doctor",), 1)
    assert kept(Recipient("doctor", "N Okafor"), SAM) == (("doctor",), 0)
    assert kept(SAM) == ((), 0)
    assert kept(OKAFOR, SAM, LEE) == (("gp",), 0)
    assert kept(MARSH, SAM, whom="everyone") == (("everyone",), 0)


def test_where_an_older_copy_named_no_people_the_key_is_all_that_tells() -> None:
    assert kept(OKAFOR, SAM, people={}) == (("gp",), 0)
    assert kept(SAM, people={}) == (("link-worker",), 1)


def test_the_question_about_another_person_is_asked_before_copies_go(loop: Loop) -> None:
    copy = loop.start()
    part = part_with(loop, "headaches")
    answers: dict[str, bool | str] = {f"_{part}c": True, f"_{part}d": "Sam Reid (link worker)", "G1a": True}
    loop.read(loop.back(copy, **answers), *KNOWN)
    change(loop, '"Sam Reid"\nrole', '"Lee Moss"\nrole')
    said = re.sub(r"\s+", " ", loop.run("final", str(loop.case), code=None))
    assert f"Is Lee Moss, link worker, Anytown Together whom the client meant? Part {part} is private from" in said


@pytest.mark.parametrize("named", ["link worker", "Link-worker", "LINK WORKER"])
def test_a_role_that_two_readers_have_means_both(named: str) -> None:
    assert whom_of(named, (OKAFOR, SAM, LEE)) == (("link-worker", "link-2"), True)
    assert whom_of("Lee Moss", (OKAFOR, SAM, LEE)) == (("link-2",), True)
    assert whom_of("school", (OKAFOR, SAM, LEE)) == (("everyone",), False)


# --- somebody who left the case


def without(loop: Loop, key: str) -> None:
    """Take a recipient out of the case, with the answers about them."""
    blocks = re.split(r"(?=\n\[\[)", loop.case.read_text(encoding="utf-8"))
    text = "".join(one for one in blocks if f'key = "{key}"' not in one and f'to = "{key}"' not in one)
    loop.case.write_text(text.replace(f'["gp", "{key}"]', '"gp"'), encoding="utf-8")


def test_the_final_copy_of_somebody_who_left_the_case_is_named_and_put_aside(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), A1a=True, G1a=True, G2a=True), *KNOWN)
    assert final_copy(loop, "link-worker")
    without(loop, "link-worker")
    said = re.sub(r"\s+", " ", loop.run("final", str(loop.case), "--force", code=None))
    assert "ML-2026-014-link-worker.docx is of somebody who is not in the case any more." in said
    assert "Sam Reid, link worker" in loop.run("reissue", str(loop.case), "--reason", "the date was wrong")
    assert not list(loop.folder.glob("ML-*.docx"))
    assert (loop.folder / "replaced" / "version-1" / "ML-2026-014-link-worker.docx").exists()


def test_a_no_names_the_file_of_somebody_who_left_the_case_too(loop: Loop) -> None:
    copy = loop.start()
    loop.run("draft", str(loop.case), code=None)
    without(loop, "link-worker")
    assert "ML-2026-014-link-worker-DRAFT.docx" in loop.read(loop.back(copy, G1c=True), *KNOWN)
