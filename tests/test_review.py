"""The loop: given to the client, came back, final, reissued. What counts, what is held, and what is never guessed."""

import csv
import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import NOW
from filling import DOCUMENT, Paper, W
from hypothesis import given
from hypothesis import strategies as st
from loops import Loop
from lxml import etree

from tipletters import output
from tipletters.case import client_key
from tipletters.config import House
from tipletters.errors import AlreadyThereError, ReviewError
from tipletters.letter import Block, Paragraph, Run, Style, clean, texts
from tipletters.passages import name_of, passages
from tipletters.people import Recipient
from tipletters.readers.docx import read_docx
from tipletters.register import open_register
from tipletters.review.copy import Asked, Line
from tipletters.review.corrections import Correction, Decision, Kind, Source, month_after
from tipletters.review.holds import held_now
from tipletters.review.states import MOVES, Act, State, after
from tipletters.web import finish as web_finish
from tipletters.web import people as web_people
from tipletters.web import review as web_review
from tipletters.web import reviewing as web_reviewing
from tipletters.web import shelf
from tipletters.web.desk import Desk

KNOWN = ("--how-known", "we filled it in together")


@pytest.fixture
def loop(tmp_path: Path) -> Loop:
    return Loop(tmp_path / "anna")


def words_of(path: Path) -> str:
    letter = read_docx(path.read_bytes())
    return "\n".join([*letter.head.frame, *(text for block in letter.blocks for text in texts(block))])


def finals(loop: Loop) -> dict[str, str]:
    return {path.stem.removeprefix("ML-2026-014-"): words_of(path) for path in sorted(loop.folder.glob("ML-*.docx"))
            if "review" not in path.name and "corrections" not in path.name}  # fmt: skip


# --- the table of states


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_a_move_that_is_not_in_the_table_is_an_error(state: State, act: Act) -> None:
    if (state, act) in MOVES:
        assert after(state, act) is MOVES[state, act]
    else:
        with pytest.raises(ReviewError) as caught:
            after(state, act)
        assert caught.value.then


def test_every_state_can_be_reached_and_every_state_but_none_can_be_left() -> None:
    reached = {State.DRAFTED}
    for _ in State:
        reached |= {to for (state, _), to in MOVES.items() if state in reached}
    assert reached == set(State)
    assert {state for state, _ in MOVES} == set(State)


# --- one whole story


def test_the_whole_story(loop: Loop, tmp_path: Path) -> None:
    where = str(tmp_path / "register.db")
    loop.more = ("--register", where)
    copy = loop.start(*loop.more)
    assert "with the client since" in loop.run("status", str(loop.folder))
    number = next(line.part for line in loop.letter.review.current[0].lines if "shouting" in line.text)
    root = etree.fromstring(Paper(copy.read_bytes()).parts[DOCUMENT])
    for text in root.iter("{*}t"):
        text.text = (text.text or "").replace("Tuesday 12 May 2026", "Wednesday 13 May 2026")
    paper = Paper(copy.read_bytes())
    paper.root = root
    answers: dict[str, bool | str] = {f"{number}c": True, f"{number}d": "Dr Ngozi Okafor (GP)", "2a": True, "G1a": True}
    (loop.folder / "back.docx").write_bytes(paper.filled({**answers, "G2a": True}))
    said = loop.read(loop.folder / "back.docx", *KNOWN, said="accept\n")
    assert "It is changed in the case." in said
    assert "met_on = 2026-05-13" in loop.case.read_text(encoding="utf-8")
    loop.run("final", str(loop.case), *loop.more, code=None)
    found = finals(loop)
    assert "shouting" not in found["gp"]
    assert "shouting" in found["client"]
    assert "Wednesday 13 May 2026" in found["gp"]
    assert "Checked with the client on 14 May 2026" in found["gp"]
    assert "Checked with you on 14 May 2026" in found["client"]
    assert "Draft" not in "".join(found.values())
    loop.run("corrections", "export", str(loop.case))
    (row,) = [
        row
        for row in csv.DictReader(io.StringIO((loop.folder / "ML-2026-014-corrections.csv").read_text("utf-8-sig")))
        if row["kind"] == "fact"
    ]
    assert "Tuesday 12 May 2026" in row["letter_said"]
    assert "Wednesday 13 May 2026" in row["now_says"]
    assert row["decision"] == "agreed"
    reply = next((loop.folder / "reply").glob("*client*.docx"))
    assert "Wednesday 13 May 2026" in words_of(reply)
    assert "You can ask me who has seen what." in words_of(reply)  # nobody had the old words
    with open_register(where, house=House(), folder=tmp_path) as register:
        holders = register.holders(client_key(loop.letter.case), "ML-2026-014")
        assert {one.recipient for one in holders} == {"client", "client-to-send", "gp", "link-worker"}
        denied = [one for one in register.provisions(client_key(loop.letter.case)) if one.answer == "deny"]
        assert [(one.about, one.recipient) for one in denied] == [("home life", "gp")]
        kinds = {entry.kind for entry in register.history(client_key(loop.letter.case))}
        assert "review" in kinds
    said = loop.run("reissue", str(loop.case), "--reason", "a name was wrong", *loop.more)
    assert "Dr Ngozi Okafor" in said
    assert "Sam Reid" in said
    assert not list(loop.folder.glob("ML-2026-014-gp.docx"))
    assert "13 May" in words_of(loop.folder / "replaced" / "version-1" / "ML-2026-014-gp.docx")
    second = loop.back(loop.start(*loop.more), "second.docx", A1a=True)
    loop.read(second, *KNOWN)
    loop.run("final", str(loop.case), *loop.more, code=None)
    found = finals(loop)
    assert "Replaces the letter of 14 May 2026" in found["gp"]
    assert "shouting" not in found["gp"]


# --- what counts, and when


def test_a_no_counts_at_once_and_a_yes_only_when_it_is_known_who_said_it(loop: Loop) -> None:
    file = loop.back(loop.start(), A1a=True, G1c=True, G2a=True)
    loop.read(file, "--no-ask", code=1)
    answers = [
        (one.answer, one.recipient, one.how) for one in loop.letter.case.provisions if one.how == "returned review"
    ]
    assert answers == [("deny", "gp", "returned review")]
    loop.read(file, *KNOWN, "--no-ask", code=0)
    answers = [
        (one.answer, one.recipient, one.how) for one in loop.letter.case.provisions if one.how == "returned review"
    ]
    assert sorted(answers) == [("deny", "gp", "returned review"), ("permit", "link-worker", "returned review")]
    assert all(one.until for one in loop.letter.case.provisions if one.answer == "permit")


def test_the_same_file_twice_counts_once(loop: Loop) -> None:
    file = loop.back(loop.start(), G1c=True, _1b=True, _1e="It was June.")
    loop.read(file, *KNOWN, "--no-ask")
    before = (loop.letter.case.provisions, loop.letter.corrections.corrections, len(loop.letter.review.replies))
    assert "read before" in loop.read(file, *KNOWN, "--no-ask")
    assert (loop.letter.case.provisions, loop.letter.corrections.corrections, len(loop.letter.review.replies)) == before


def test_the_case_file_keeps_its_notes_when_answers_are_added(loop: Loop) -> None:
    before = loop.case.read_text(encoding="utf-8")
    loop.read(loop.back(loop.start(), G1c=True), "--no-ask")
    now = iter(loop.case.read_text(encoding="utf-8").splitlines())
    assert all(line in now for line in before.splitlines())


def test_no_copy_goes_to_somebody_whose_answers_contradict_each_other(loop: Loop) -> None:
    said = loop.read(loop.back(loop.start(), G1a=True, G1c=True, _2a=True), *KNOWN, code=1)
    assert "Please ask the client. gp:" in said
    loop.run("final", str(loop.case), code=None)
    assert "gp" not in finals(loop)
    assert "link-worker" in finals(loop)


def test_a_yes_on_paper_lifts_no_later_no(loop: Loop) -> None:
    copy = loop.start()
    undated, dated = loop.back(copy, "a.docx", G1a=True), loop.back(copy, "b.docx", G2a=True, D1a="16 May 2026")
    loop.wait(5)
    loop.run("review", "enter", str(loop.case), said="yes\n\nno\nno\n\n\nher voice\n", code=None)
    loop.read(undated, *KNOWN)
    said = loop.read(dated, *KNOWN)
    assert "- gp: no copy\n- link-worker: no copy\n" in said
    loop.run("final", str(loop.case), code=None)
    assert set(finals(loop)) == {"client", "client-to-send"}
    assert not [one for one in loop.letter.case.provisions if one.how == "returned review"]


def test_a_yes_on_paper_after_a_no_counts_from_its_day(loop: Loop) -> None:
    copy = loop.start()
    later = loop.back(copy, G1a=True, A1a=True, D1a="18 May 2026")
    loop.wait(2)
    loop.run("review", "enter", str(loop.case), said="yes\n\nno\nno\n\n\nher voice\n", code=None)
    loop.wait(4)
    assert "- gp: yes" in loop.read(later, *KNOWN)
    (yes,) = [one for one in loop.letter.case.provisions if one.how == "returned review"]
    assert (yes.recipient, yes.given.day, yes.at) == ("gp", 18, None)
    loop.run("final", str(loop.case), code=None)
    assert "gp" in finals(loop)


def test_a_copy_that_is_given_once_more_makes_no_older_answer_newer(loop: Loop) -> None:
    case = loop.case.read_text("utf-8")
    refused = case[case.index('[[provisions]]\nanswer = "deny"') : case.index("# The program asked")]
    loop.case.write_text(case.replace(refused, ""), encoding="utf-8")
    paper = loop.back(loop.start("--reply-by", "2026-06-01"), G3a=True, A1a=True)
    kept = paper.rename(loop.folder.parent / "kept.docx")
    loop.wait(2)
    loop.run("review", "enter", str(loop.case), said="yes\n\n\n\nlater\n\n\nher voice\n", code=1)
    code = loop.letter.review.current[0].code
    loop.wait(2)
    loop.run("review", "start", str(loop.case), "--format", "html", "--reply-by", "2026-06-01")
    again = loop.letter.review.current[0]
    assert (again.code, again.made.day) == (code, 14)
    assert "- employer: no copy, wants to be asked later" in loop.read(kept.rename(paper), *KNOWN)
    final = loop.run("final", str(loop.case), code=None)
    assert "No copy: the client wants to be asked later." in final
    assert "employer" not in finals(loop)


def test_a_paper_from_before_the_copy_was_given_once_more_reads_as_it_was_printed(loop: Loop) -> None:
    paper = loop.back(loop.start(), G1a=True, G2a=True, A1a=True)
    kept = paper.rename(loop.folder.parent / "kept.docx")
    loop.wait(2)
    loop.run("review", "start", str(loop.case), "--format", "html")
    said = loop.read(kept.rename(paper), *KNOWN, "--no-ask", code=0)
    assert "beside the answers" not in said
    assert "- gp: yes" in said
    assert not loop.letter.corrections.corrections


def test_what_the_client_took_out_or_says_in_a_comment_is_never_put_in_for_them(loop: Loop) -> None:
    copy = loop.start()
    paper = Paper(copy.read_bytes())
    gone = next(p for p in paper.root.iter("{*}p") if "work at the garden centre" in "".join(p.itertext()))
    gone.getparent().remove(gone)
    (loop.folder / "back.docx").write_bytes(paper.filled({"2b": True, "2e": "It was five."}))
    said = loop.read(loop.folder / "back.docx", *KNOWN, said="accept\ndiscuss\naccept\n")
    assert "(they took it out)" in said
    found = {one.part: one for one in loop.letter.corrections.corrections}
    assert found[2].decision is Decision.OPEN
    assert (found[4].decision, found[4].now_says) == (Decision.AGREED, "")
    assert "work at the garden centre" in loop.case.read_text(encoding="utf-8")
    with pytest.raises(ReviewError, match="still says what it said"):
        loop.run("final", str(loop.case))


def written_at(key: str, words: str) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        tag = next(one for one in root.iter(f"{W}tag") if one.get(f"{W}val").startswith(f"{key}."))
        run = etree.SubElement(next(tag.iterancestors(f"{W}p")), f"{W}r")
        etree.SubElement(run, f"{W}t").text = f" {words}"

    return change


def written_last(root: Any) -> None:
    paragraph = etree.Element(f"{W}p")
    etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = "Nothing to Dr Okafor, please."
    root.find(f"{W}body")[-1].addprevious(paragraph)


def struck_out(*holding: str, mark: str = "strike") -> Callable[[Any], None]:
    def change(root: Any) -> None:
        for run in root.iter(f"{W}r"):
            if "".join(run.itertext()).strip().startswith(holding):
                properties = run.find(f"{W}rPr")
                if properties is None:
                    properties = etree.Element(f"{W}rPr")
                    run.insert(0, properties)
                etree.SubElement(properties, f"{W}{mark}")

    return change


def came_back(loop: Loop, change: Callable[[Any], None], answers: dict[str, bool | str], **parts: bytes) -> str:
    paper = Paper(loop.start().read_bytes())
    change(paper.root)
    path = loop.folder / "back.docx"
    filled = Paper(paper.filled(answers))
    path.write_bytes(filled.saved(filled.root, **parts))
    return loop.read(path, *KNOWN, "--no-ask", code=1)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (written_at("G1a", "but only after I talked to her"), "Yes, send it but only after I talked to her"),
        (written_at("G1e", "never mind this"), ""),
        (written_last, "Nothing to Dr Okafor, please."),
        (struck_out("Yes, send it"), "They struck out: “Yes, send it”"),
        (struck_out("Dr Ngozi Okafor, GP, Orchard Surgery"), "They struck out: “Dr Ngozi Okafor, GP"),
        (struck_out("☒", "☐", mark="dstrike"), ""),
    ],
)
def test_a_yes_beside_which_something_was_written_or_struck_out_does_not_count(
    loop: Loop, change: Callable[[Any], None], shown: str
) -> None:
    said = came_back(loop, change, {"A1a": True, "G1a": True})
    assert "Please ask the client. gp:" in said
    assert shown in " ".join(said.split())
    loop.run("final", str(loop.case), code=None)
    assert "gp" not in finals(loop)
    assert "Checked with" not in "".join(finals(loop).values())


def test_a_footnote_or_comment_that_stands_at_no_passage_leaves_no_yes(loop: Loop) -> None:
    note = (
        f'<w:footnotes xmlns:w="{W[1:-1]}"><w:footnote w:id="2"><w:p><w:r><w:t>Keep this from my GP.</w:t></w:r></w:p>'
    )
    said = came_back(
        loop, struck_out("nothing"), {"G1a": True}, word__footnotes=f"{note}</w:footnote></w:footnotes>".encode()
    )
    assert "Keep this from my GP." in said
    assert [one.says for one in loop.letter.corrections.corrections] == ["Keep this from my GP."]
    assert not [one for one in loop.letter.case.provisions if one.how == "returned review" and one.answer == "permit"]


def test_words_beside_this_is_right_hold_that_part_back_and_are_kept(loop: Loop) -> None:
    came_back(loop, written_at("2a", "except the time"), {"2a": True, "G1a": True})
    (one,) = loop.letter.corrections.corrections
    assert (one.part, one.is_open, one.says) == (2, True, "This is right except the time")
    loop.run("final", str(loop.case), code=None)
    assert "wake at 3" not in finals(loop)["gp"]


@pytest.mark.parametrize(
    ("key", "words", "about"),
    [("A1a", "but not part 2", "“All of it is right”"), ("A2a", "yet", "“I do not want to check")],
)
def test_words_beside_all_of_it_is_right_or_not_wanting_to_check_are_asked_about(
    loop: Loop, key: str, words: str, about: str
) -> None:
    assert about in came_back(loop, written_at(key, words), {key: True})
    assert loop.letter.review.state is State.CAME_BACK


def line_at(words: str, *, before: str) -> Callable[[Any], None]:
    """A line of the client's own, typed into the letter."""

    def change(root: Any) -> None:
        line = next(one for one in root.iter(f"{W}p") if before in "".join(one.itertext()))
        own = deepcopy(line)
        for place, text in enumerate(own.iter(f"{W}t")):
            text.text = "" if place else words
        line.addprevious(own)

    return change


@pytest.mark.parametrize("before", ["Dear Anna", "You said that you get headaches"])
def test_a_line_of_the_clients_own_holds_every_copy_until_it_is_settled(loop: Loop, before: str) -> None:
    came_back(loop, line_at("Please do not send this to my GP.", before=before), {"G1a": True})
    said = " ".join(loop.run("final", str(loop.case), code=1).split())
    assert "It may be about all of the letter" in said
    assert "gp" not in finals(loop)
    loop.run("corrections", "decide", str(loop.case), "1", "not agreed", "--reason", "She meant another letter.")
    loop.run("final", str(loop.case), "--force", code=None)
    assert "headaches" in finals(loop)["gp"]


@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_a_passage_that_was_struck_out_is_something_to_talk_about(loop: Loop, mark: str) -> None:
    came_back(loop, struck_out("You said that you get headaches", mark=mark), {"A1a": True, "G1a": True})
    (one,) = loop.letter.corrections.corrections
    assert one.is_open
    assert "headaches" in one.said
    loop.run("final", str(loop.case), code=None)
    assert "headaches" not in finals(loop)["gp"]
    assert "Checked with" not in finals(loop)["gp"]


def test_of_two_files_that_differ_the_no_wins_whichever_is_read_first(loop: Loop) -> None:
    copy = loop.start()
    no, yes = loop.back(copy, "no.docx", A1a=True, G1c=True), loop.back(copy, "yes.docx", G1a=True)
    to_send = next(loop.folder.glob("*to-send*.docx"))
    other = loop.back(to_send, "other.docx", G1a=True, G2a=True)
    loop.read(no, *KNOWN, code=0)
    assert "Please ask the client. gp:" in loop.read(yes, *KNOWN, code=1)
    assert "Please ask the client. gp:" in loop.read(other, *KNOWN, code=1)
    loop.run("final", str(loop.case), code=None)
    assert "gp" not in finals(loop)
    assert "link-worker" in finals(loop)


def test_in_a_new_round_the_client_can_change_their_mind(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), G1d=True, G2c=True), *KNOWN, code=1)
    loop.wait(1)
    loop.case.write_text(loop.case.read_text("utf-8").replace("garden centre helps", "garden helps"), encoding="utf-8")
    before = set(loop.folder.glob("*client-review-[a-z0-9]*.docx"))
    loop.run("review", "start", str(loop.case))
    second = next(one for one in set(loop.folder.glob("*client-review-*.docx")) - before if "to-send" not in one.name)
    assert loop.letter.review.current[0].recipients == ("gp",)  # a clear no is not asked about again
    loop.read(loop.back(second, "second.docx", A1a=True, G1a=True), *KNOWN, code=0)
    loop.run("final", str(loop.case), code=None)
    assert set(finals(loop)) == {"client", "client-to-send", "gp"}


def test_right_and_change_is_asked_about_and_kept_from_copies(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), _2a=True, _2b=True), *KNOWN, "--no-ask", code=1)
    loop.run("final", str(loop.case), code=None)
    found = finals(loop)
    assert "wake at 3" not in found["gp"]
    assert "wake at 3" in found["client"]
    assert "Checked with" not in "".join(found.values())


def test_a_question_is_answered_at_a_desk(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), _2a=True, _2b=True), *KNOWN, "--no-ask", code=1)
    asked = loop.letter.review.current[0]
    desk = ["no", *("right" if number == 2 else "" for number in asked.numbers), "", "", "", "", "", "she said so"]
    loop.run("review", "enter", str(loop.case), "--way", "phone", said="\n".join(desk) + "\n", code=0)
    assert [one.decision for one in loop.letter.corrections.corrections] == [Decision.WITHDRAWN]
    assert "make it final" in loop.run("status", str(loop.folder))
    loop.run("final", str(loop.case), code=None)
    assert "wake at 3" in finals(loop)["gp"]
    assert "Checked with the client" in finals(loop)["gp"]


def test_stopping_before_it_is_known_whose_answers_these_are_says_that_nothing_is_written_down(loop: Loop) -> None:
    back = loop.back(loop.start(), _2a=True)
    before = loop.letter.review
    said = loop.read(back, code=1)
    assert "Stopped. Nothing is written down yet" in said
    assert f"tipletters review read {back}" in said
    assert loop.letter.review == before
    entered = loop.run("review", "enter", str(loop.case), said="no\n", code=1)
    assert f"Begin again: tipletters review enter {loop.case}" in entered
    assert loop.letter.review == before


def test_stopping_at_a_correction_says_what_is_kept_and_how_to_decide_the_rest(loop: Loop) -> None:
    back = loop.back(loop.start(), _2b=True, _3b=True)
    said = loop.read(back, *KNOWN, said="edit\nIt was five.\n", code=1)
    assert "All that the client answered is written down" in said
    first, second = loop.letter.corrections.corrections
    assert (first.decision, second.decision) == (Decision.AGREED, Decision.OPEN)
    assert f"Still to decide: {second.number}." in said
    assert f"tipletters corrections decide {loop.case} NUMBER agreed" in said
    loop.run("corrections", "decide", str(loop.case), str(second.number), "agreed", "--now-says", "It was six.")


def test_words_at_a_desk_become_corrections_and_a_private_part(loop: Loop) -> None:
    loop.start()
    asked = loop.letter.review.current[0]
    desk = ["no"]
    for number in asked.numbers:
        desk += ["change", "It was five."] if number == 2 else ["private", "my aunt", "gp"] if number == 4 else [""]
    desk += [
        "You forgot my dog.",
        "no",
        "later",
        "hand",
        "good",
        "we sat together",
        "discuss",
        "edit",
        "There is a dog.",
    ]
    said = loop.run("review", "enter", str(loop.case), said="\n".join(desk) + "\n", code=1)
    assert "name one of the recipients" in said
    found = {(one.kind, one.part, one.says) for one in loop.letter.corrections.corrections}
    assert found == {
        (Kind.FACT, 2, "It was five."),
        (Kind.PRIVATE, 4, ""),
        (Kind.ADD, 0, "You forgot my dog."),
    }
    assert "link-worker: no copy, wants to be asked later" in said
    assert "The client wants to be handed it" in said
    assert (loop.letter.case.delivery.hand_over, loop.letter.case.delivery.nothing_sent) == (True, False)


def test_where_nobody_can_tell_how_the_client_wants_the_letter_they_count_as_not_asked(loop: Loop) -> None:
    assert loop.letter.case.delivery.asked
    said = loop.read(loop.back(loop.start(), S1a=True, S1b=True), *KNOWN, "--no-ask", code=1)
    assert "We cannot tell how the client would like to get the letter." in said
    assert loop.letter.case.delivery.asked is None
    assert not loop.letter.case.delivery.nothing_sent


def test_a_final_letter_says_which_correction_is_still_open(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), _2b=True, _2e="It was five."), *KNOWN, "--no-ask", code=1)
    final = " ".join(loop.run("final", str(loop.case), code=1).split())
    assert "Correction 1 (part 2) is still open" in final
    assert f"tipletters corrections decide {loop.case} NUMBER" in final
    assert "The letters are ready" not in final
    desk = Desk(loop.folder.resolve(), 1, lambda: loop.now, examples=True, by="Robin Hale")
    shown = web_finish.final(desk, {"letter": shelf.id_of(desk, loop.case), "force": True})
    assert shown["open"] and all("left out of the copies for others" in one for one in shown["open"])


def test_who_wants_to_be_asked_later_is_in_the_next_copy_to_check(loop: Loop) -> None:
    said = loop.read(loop.back(loop.start(), G1d=True, G2c=True), *KNOWN, code=1)
    assert "gp: no copy, wants to be asked later" in said
    final = loop.run("final", str(loop.case), "--reason", "They asked for it.", code=1)
    assert "No copy: the client wants to be asked later." in final
    assert "Ask: “You wanted to be asked later about a copy for Dr Ngozi Okafor." in final
    desk = Desk(loop.folder.resolve(), 1, lambda: loop.now, examples=True, by="Robin Hale")
    shown = web_reviewing.said(loop.letter)
    assert shown and any(one.endswith("no copy, wants to be asked later.") for one in shown["lines"])
    people = web_people.panel(desk, {"letter": shelf.id_of(desk, loop.case)})
    assert "the letter: to be asked later" in str(people)
    loop.run("reissue", str(loop.case), "--reason", "a name was wrong")
    loop.start()
    assert loop.letter.review.current[0].recipients == ("gp",)


def test_a_clients_wishes_about_delivery_reach_the_case(loop: Loop) -> None:
    file = loop.back(loop.start(), S1b=True, S1f="9 New Street\nAnytown", S1d=True)
    loop.read(file, "--no-ask", code=1)
    assert loop.letter.case.client.address[0] == "12 Orchard Row"
    assert loop.letter.case.client.needs == ("large print",)
    loop.read(file, *KNOWN, "--no-ask")
    assert loop.letter.case.client.address == ("9 New Street", "Anytown")
    assert loop.letter.case.delivery.safe_address


def test_post_it_on_an_older_paper_lifts_nothing_that_was_said_since(loop: Loop) -> None:
    paper = loop.back(loop.start(), A1a=True, S1b=True, D1a="14 May 2026")
    kept = paper.rename(loop.folder.parent / "kept.docx")
    loop.wait(3)
    loop.run("review", "enter", str(loop.case), "--way", "phone", said="yes\n\n\n\nnothing\n\nher voice\n", code=0)
    loop.wait(3)
    assert "The client wants nothing sent." in loop.read(kept.rename(paper), *KNOWN)
    assert loop.letter.case.delivery.nothing_sent
    loop.run("final", str(loop.case), code=None)
    assert set(finals(loop)) == {"client", "gp", "link-worker"}


def test_post_it_on_the_copy_to_send_lifts_nothing_that_was_said_of_the_other(loop: Loop) -> None:
    loop.start()
    paper = loop.back(next(loop.folder.glob("*to-send*.docx")), A1a=True, S1b=True, G1a=True)
    kept = paper.rename(loop.folder.parent / "kept.docx")
    loop.wait(3)
    loop.run("review", "enter", str(loop.case), said="yes\n\nlater\n\nnothing\n\nher voice\n", code=1)
    said = loop.read(kept.rename(paper), *KNOWN, code=1)
    assert "- gp: no copy, wants to be asked later" in said
    assert "The client wants nothing sent." in said
    assert loop.letter.case.delivery.nothing_sent


@pytest.mark.parametrize(
    ("was", "now", "asks"),
    [
        ("asked = 2026-05-12", "asked = 2026-05-16\nnothing_sent = true", False),
        ("safe_address = true", "safe_address = false", True),
        ("safe_address = true", "hand_over = true\nsafe_address = true", True),
        ("12 Orchard Row", "9 New Street", True),
    ],
)
def test_post_it_on_paper_leaves_what_the_worker_wrote_since(loop: Loop, was: str, now: str, asks: bool) -> None:
    paper = loop.back(loop.start(), A1a=True, S1b=True, D1a="14 May 2026")
    kept = paper.rename(loop.folder.parent / "kept.docx")
    loop.wait(4)
    loop.case.write_text(loop.case.read_text("utf-8").replace(was, now, 1), encoding="utf-8")
    before = loop.letter.case.delivery
    said = loop.read(kept.rename(paper), *KNOWN)
    assert ("Until you have asked, hand it over." in said) == asks
    assert loop.letter.case.delivery == replace(before, asked=None if asks else before.asked)
    loop.run("final", str(loop.case), code=None)
    assert "client-to-send" not in finals(loop)


def test_post_it_counts_from_the_day_of_the_answer(loop: Loop) -> None:
    paper = loop.back(loop.start(), A1a=True, S1b=True, D1a="15 May 2026")
    loop.wait(9)
    loop.read(paper, *KNOWN, code=0)
    assert loop.letter.case.delivery.asked == date(2026, 5, 15)


def test_a_wish_about_delivery_after_the_letters_date_leaves_the_case_as_one_that_can_be_used(loop: Loop) -> None:
    loop.now = NOW + timedelta(days=1)
    loop.read(loop.back(loop.start(), A1a=True, S1b=True), *KNOWN, "--no-ask")
    assert loop.letter.case.delivery.asked > loop.letter.case.date
    assert "problem" not in loop.run("status", str(loop.folder))
    loop.run("final", str(loop.case), code=None)
    assert "client" in finals(loop)


@pytest.mark.parametrize("words", ["no", "N", "?", "don't know", "I don’t know.", "not yet", "No idea!", "n/a"])
def test_not_knowing_whose_answers_they_are_is_no_proof(loop: Loop, words: str) -> None:
    file = loop.back(loop.start(), G1a=True)
    with pytest.raises(ReviewError, match="does not say how you know"):
        loop.read(file, "--how-known", words)
    assert not loop.letter.review.replies
    with pytest.raises(ReviewError, match="does not say how you know"):
        loop.run("review", "enter", str(loop.case), "--how-known", words)
    assert "Please say how you know" in loop.read(file, said=f"{words}\nno problem: we sat together\n")
    assert [one.how_known for one in loop.letter.review.replies] == ["no problem: we sat together"]


def test_answers_on_the_phone_are_settled_once_they_are_gone_through_again_and_it_is_known_whose_they_are(
    loop: Loop,
) -> None:
    loop.start()
    answers = "yes\n\nyes\n\nhand\n\n"
    said = loop.run("review", "enter", str(loop.case), "--way", "phone", said=f"{answers}\n", code=1)
    assert "go through the answers with them again" in said
    with pytest.raises(ReviewError, match="how they know") as caught:
        loop.run("final", str(loop.case))
    assert "review enter" in caught.value.then
    loop.run("review", "enter", str(loop.case), *KNOWN, said="no\n" + "\n" * 40, code=1)
    with pytest.raises(ReviewError, match="how they know"):  # nothing was said of the letter this time
        loop.run("final", str(loop.case))
    loop.run("review", "enter", str(loop.case), "--way", "phone", *KNOWN, said=answers)
    loop.run("final", str(loop.case), code=None)
    assert "Checked with you" in finals(loop)["client"]


def test_what_to_look_at_is_said_before_a_copy_to_check_is_sent(loop: Loop) -> None:
    text = loop.case.read_text("utf-8").replace("[delivery]", '[delivery]\npost_opened_by = "her partner"', 1)
    loop.case.write_text(text, encoding="utf-8")
    said = loop.run("review", "start", str(loop.case), "--reply-by", "28/5/2026")
    assert "Somebody else may open the post. Is it still safe to send this letter?" in said
    assert loop.letter.review.reply_by == date(2026, 5, 28)


def test_questions_about_others_come_while_the_letter_is_open_each_once_and_are_settled_there(loop: Loop) -> None:
    text = loop.case.read_text("utf-8").replace("Anytown Together", "Anytown Drug and Alcohol Service")
    loop.case.write_text(text.replace("You like being outside,", "Your brother Tom drinks,"), encoding="utf-8")
    ids = re.compile(r"Question\s+(q-\w+)")
    said = loop.run("review", "start", str(loop.case))
    asked = ids.findall(said)
    assert len(asked) == len(set(asked)) > 3
    assert "Before anybody else gets a copy\n- " in said
    loop.read(loop.back(next(loop.folder.glob("*review-?????.docx")), A1a=True), *KNOWN)
    said = loop.run("final", str(loop.case), "--format", "text", code=1)
    assert sorted(ids.findall(said)) == sorted(asked)
    assert "The letters are ready" not in said
    answers = "".join(
        f'[[answers]]\nquestion = "{one}"\nanswer = "Anna says it is fine"\nby = "R"\ndate = 2026-05-14\n'
        for one in asked
    )
    loop.case.write_text(loop.case.read_text("utf-8") + answers, encoding="utf-8")
    assert not ids.findall(loop.run("final", str(loop.case)))


def test_a_file_that_came_back_is_not_settled_by_a_call(loop: Loop) -> None:
    file = loop.back(loop.start(), A1a=True)
    assert "read the file again with --how-known" in loop.read(file, "--no-ask", code=1)
    loop.run("review", "enter", str(loop.case), *KNOWN, said="yes\n" + "\n" * 10, code=1)
    with pytest.raises(ReviewError, match="how they know"):
        loop.run("final", str(loop.case))


def test_answers_are_entered_for_the_copy_whose_questions_were_seen(loop: Loop, tmp_path: Path) -> None:
    loop.start()
    (code,) = {one.code for one in loop.letter.review.current if not one.sent}
    loop.case.write_text(loop.case.read_text("utf-8").replace("garden centre helps", "garden helps"), encoding="utf-8")
    loop.run("review", "start", str(loop.case))
    desk = Desk(loop.folder.resolve(), 1, lambda: loop.now, examples=True, by="Robin Hale")
    ((name, _),) = shelf.letters(desk)
    answers = {"letter": name, "filled": {"2c": True}, "how_known": "she sat beside me"}
    for seen in ({"code": code}, {}):
        with pytest.raises(ReviewError, match="anew since this page was opened"):
            web_review.enter(desk, answers | seen)
    with pytest.raises(ReviewError, match="no such copy"):
        loop.run("review", "enter", str(loop.case), said=f"{code}\n")
    assert not loop.letter.review.replies
    web_review.enter(desk, answers | {"code": loop.letter.review.current[0].code})
    assert loop.letter.review.replies


# --- what is refused


def test_another_letters_document_is_refused(loop: Loop, tmp_path: Path) -> None:
    other = Loop(tmp_path / "other")
    other.case.write_text(other.case.read_text("utf-8").replace("ML-2026-014", "ML-2026-077"), encoding="utf-8")
    file = other.back(other.start(), G1c=True)
    loop.start()
    with pytest.raises(ReviewError, match="another letter"):
        loop.read(file, "--case", str(loop.case), "--no-ask")
    assert not loop.letter.review.replies


def test_an_older_copy_is_refused_and_says_how_to_enter_a_no(loop: Loop) -> None:
    old = loop.back(loop.start(), "old.docx", G1c=True)
    loop.case.write_text(loop.case.read_text("utf-8").replace("garden centre helps", "garden helps"), encoding="utf-8")
    loop.run("review", "start", str(loop.case))
    with pytest.raises(ReviewError, match="older copy") as caught:
        loop.read(old, "--no-ask")
    assert "review enter" in caught.value.then


def test_a_copy_that_this_folder_does_not_know_is_refused(loop: Loop, tmp_path: Path) -> None:
    other = Loop(tmp_path / "other")
    other.case.write_text(other.case.read_text("utf-8").replace("garden", "market"), encoding="utf-8")
    file = other.back(other.start())
    loop.start()
    with pytest.raises(ReviewError, match="does not know"):
        loop.read(file, "--case", str(loop.case), "--no-ask")


def test_a_letter_of_a_kind_that_is_not_checked_has_no_review(loop: Loop) -> None:
    text = loop.case.read_text(encoding="utf-8")
    templates = loop.folder / "templates"
    templates.mkdir()
    source = (Path(__file__).parent.parent / "templates" / "meeting-summary.txt").read_text(encoding="utf-8")
    (templates / "meeting-summary.txt").write_text(
        source.replace('review = "offered"', 'review = "none"'), encoding="utf-8"
    )
    assert text
    with pytest.raises(ReviewError, match="final at once"):
        loop.start()
    loop.run("final", str(loop.case), code=None)
    assert "gp" in finals(loop)


# --- making it final


def test_it_is_not_final_before_it_was_offered_answered_or_waited_for(loop: Loop) -> None:
    with pytest.raises(ReviewError, match="not checked with the client yet"):
        loop.run("final", str(loop.case))
    loop.start("--reply-by", "2026-05-20")
    with pytest.raises(ReviewError, match="has until"):
        loop.run("final", str(loop.case), "--reason", "no time")
    loop.wait(7)
    with pytest.raises(ReviewError, match="did not check"):
        loop.run("final", str(loop.case))
    loop.run("final", str(loop.case), "--reason", "no answer in time", code=None)
    found = finals(loop)
    assert "You can still ask us to change this" in found["client"]
    assert "Checked with" not in "".join(found.values())
    assert loop.letter.review.moves[-1].reason == "no answer in time"


def withdrawn(loop: Loop, _: Path) -> None:
    day = "date = 2026-05-14\ntime = 19:00:00"
    deny = f'\n[[provisions]]\nanswer = "deny"\nabout = "letter"\nto = "gp"\n{day}\n'
    loop.case.write_text(loop.case.read_text("utf-8") + deny, encoding="utf-8")


def read_meanwhile(loop: Loop, back: Path) -> None:
    loop.read(back, "--case", str(loop.case), "--how-known", "by phone", said="\n\n")


def by_command(loop: Loop) -> None:
    loop.run("final", str(loop.case))


def on_the_page(loop: Loop) -> None:
    desk = Desk(loop.folder, 8000, lambda: loop.now, examples=True, by="Robin Hale")
    web_finish.final(desk, {"letter": shelf.id_of(desk, loop.case)})


@pytest.mark.parametrize("colleague", [withdrawn, read_meanwhile])
@pytest.mark.parametrize("final", [by_command, on_the_page])
def test_a_no_that_comes_while_the_final_letters_are_printed_stops_them(
    loop: Loop,
    monkeypatch: pytest.MonkeyPatch,
    final: Callable[[Loop], None],
    colleague: Callable[[Loop, Path], None],
) -> None:
    copy = loop.start()
    loop.read(loop.back(copy, "first.docx", A1a=True, G1a=True), *KNOWN)
    number = next(line.part for line in loop.letter.review.current[0].lines if "headaches" in line.text)
    late = loop.back(copy, "../second.docx", **{f"_{number}c": True})
    real, waiting = output.printed, [colleague]

    def printed(*args: Any) -> dict[str, bytes]:
        made = real(*args)
        while waiting:
            waiting.pop()(loop, late)
        return made

    monkeypatch.setattr(output, "printed", printed)
    with pytest.raises(ReviewError, match="Somebody else worked on this letter"):
        final(loop)
    assert not finals(loop)
    assert loop.letter.review.state is not State.FINAL
    loop.run("final", str(loop.case), code=None)
    assert "headaches" not in finals(loop).get("gp", "")


def test_an_empty_reason_is_none_and_words_that_cannot_be_written_down_are_refused_at_once(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), _1b=True), *KNOWN, "--no-ask")
    with pytest.raises(ReviewError, match="needs a reason"):
        loop.run("corrections", "decide", str(loop.case), "1", "not agreed", "--reason", " ")
    loop.run("review", "enter", str(loop.case), "--declined", code=None)
    loop.run("corrections", "decide", str(loop.case), "1", "not agreed", "--reason", "I wrote down what I heard.")
    for words in (["final", "--reason"], ["review", "enter", "--how-known"], ["reissue", "--reason"]):
        assert "cannot be written down" in loop.run(*words, "I said \udce9t\udce9", str(loop.case), code=2)
    assert not finals(loop)
    loop.run("final", str(loop.case), "--reason", "She did not want to.", code=None)
    with pytest.raises(ReviewError, match="say why"):
        loop.run("reissue", str(loop.case), "--reason", " ")
    assert loop.letter.review.state is State.FINAL


def test_a_client_who_does_not_want_to_check_is_not_asked_again(loop: Loop) -> None:
    loop.start()
    loop.run("review", "enter", str(loop.case), "--declined")
    assert loop.letter.review.state is State.DECLINED
    with pytest.raises(ReviewError, match="did not check"):
        loop.run("final", str(loop.case))
    loop.run("final", str(loop.case), "--reason", "she did not want to check it", code=None)
    assert "Checked with" not in "".join(finals(loop).values())


def test_who_checks_it_after_all_or_finds_something_after_all_has_the_last_word(loop: Loop) -> None:
    loop.start()
    loop.run("review", "enter", str(loop.case), "--declined")
    loop.run("review", "enter", str(loop.case), *KNOWN, said="yes\n" + "\n" * 9, code=0)
    loop.run("final", str(loop.case), code=None)
    assert "Checked with you" in finals(loop)["client"]
    said = loop.run("review", "enter", str(loop.case), *KNOWN, said="no\nchange\nI wake at 4.\n" + "\n" * 40, code=1)
    assert "all is right" not in said
    assert "1 correction is open" in loop.run("status", str(loop.folder))


def test_a_file_that_differs_from_not_wanting_to_check_is_asked_about(loop: Loop) -> None:
    copy = loop.start()
    loop.run("review", "enter", str(loop.case), "--declined")
    assert "does not want to check the letter, and it was checked" in loop.read(loop.back(copy, A1a=True), *KNOWN)


def test_a_yes_after_it_is_final_leaves_the_day_on_which_the_client_checked_it(loop: Loop) -> None:
    copy = loop.start()
    loop.wait(3)
    loop.read(loop.back(copy, A1a=True, D1a="16 May 2026"), *KNOWN)
    loop.run("final", str(loop.case), code=None)
    assert "Checked with you on 16 May 2026" in finals(loop)["client"]
    loop.wait(9)
    loop.read(loop.back(copy, "later.docx", G1a=True, D1a="26 May 2026"), *KNOWN)
    assert ("permit", date(2026, 5, 26)) in {(one.answer, one.given) for one in loop.letter.case.provisions}
    loop.run("final", str(loop.case), "--force", code=None)
    assert "Checked with the client on 16 May 2026" in finals(loop)["gp"]


@pytest.mark.parametrize("answers", [{}, {"G1c": True}, {"S1a": True, "F1a": "It was good to read"}])
def test_a_copy_without_a_word_about_the_letter_is_no_check(loop: Loop, answers: dict[str, bool | str]) -> None:
    said = loop.read(loop.back(loop.start(), **answers), *KNOWN, code=1)
    assert "Nothing that came back says whether the letter is right." in said
    assert "ask the client whether the letter is right" in loop.run("status", str(loop.folder))
    with pytest.raises(ReviewError, match="says whether the letter is right"):
        loop.run("final", str(loop.case))
    loop.run("final", str(loop.case), "--reason", "She did not say.", code=None)
    assert not [one for one, text in finals(loop).items() if "hecked with" in text]


def test_nothing_said_at_a_desk_is_no_check_and_that_it_is_right_is_one(loop: Loop) -> None:
    loop.start()
    assert "Did they check it?" in loop.run("review", "enter", str(loop.case), *KNOWN, said="\n" * 40, code=1)
    with pytest.raises(ReviewError, match="says whether the letter is right"):
        loop.run("final", str(loop.case))
    loop.run("review", "enter", str(loop.case), *KNOWN, said="yes\n" + "\n" * 9, code=0)
    loop.run("final", str(loop.case), code=None)
    assert "Checked with you" in finals(loop)["client"]


def test_answers_of_which_nobody_knows_whose_they_are_make_nothing_final(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), A1a=True), "--no-ask", code=1)
    with pytest.raises(ReviewError, match="how they know"):
        loop.run("final", str(loop.case))


def test_a_document_with_comments_or_open_changes_is_refused_until_it_was_read(loop: Loop) -> None:
    copy = loop.start()
    loop.read(loop.back(copy, A1a=True), *KNOWN)
    document = docx.Document(str(copy))
    document.add_comment(document.paragraphs[4].runs, "Is this right?", author="Robin", initials="R")
    document.save(str(loop.folder / "renamed.docx"))
    with pytest.raises(ReviewError, match="comments or open changes"):
        loop.run("final", str(loop.case))
    loop.read(loop.folder / "renamed.docx", *KNOWN, "--no-ask", code=1)
    loop.run("corrections", "decide", str(loop.case), "1", "not agreed", "--reason", "It is as you said.")
    loop.run("final", str(loop.case), code=None)


@pytest.mark.parametrize("name", ["from-anna.docx", "from-anna", "answers.json"])
def test_a_copy_that_came_back_and_was_not_read_stops_it(loop: Loop, name: str) -> None:
    copy, letter = loop.start(), loop.letter
    path = loop.back(copy, name, G1c=True)
    if path.suffix == ".json":
        reference = f"ML-2026-014, version 1, code {max(letter.review.current, key=lambda one: len(one.lines)).code}"
        held = {"tipletters": "answers", "reference": reference, "answers": {"G1c": True}}
        path.write_text(json.dumps(held), encoding="utf-8")
    loop.wait(20)
    with pytest.raises(ReviewError, match="has not been read yet"):
        loop.run("final", str(loop.case), "--reason", "no answer came")
    assert not finals(loop)
    desk = Desk(loop.folder.resolve(), 1, lambda: loop.now, examples=True, by="Robin Hale")
    with pytest.raises(ReviewError, match="has not been read yet"):
        web_finish.final(desk, {"letter": shelf.id_of(desk, loop.case), "reason": "no answer came"})
    loop.read(path, "--no-ask")
    loop.run("final", str(loop.case), "--reason", "only a no came", code=None)
    assert "gp" not in finals(loop)


def test_an_older_copy_that_came_back_stops_it_until_it_is_put_away(loop: Loop) -> None:
    first = loop.start()
    loop.case.write_text(loop.case.read_text("utf-8").replace("garden centre helps", "garden helps"), encoding="utf-8")
    before = set(loop.folder.glob("*client-review-*.docx"))
    loop.run("review", "start", str(loop.case))
    second = next(one for one in set(loop.folder.glob("*client-review-*.docx")) - before if "to-send" not in one.name)
    loop.read(loop.back(second, A1a=True), *KNOWN)
    late = loop.back(first, "late.docx", _4c=True)
    with pytest.raises(ReviewError, match="review enter"):
        loop.run("final", str(loop.case))
    late.unlink()
    loop.run("final", str(loop.case), code=None)


def no_from_the_page(loop: Loop, copy: Path, encoding: str = "utf-8") -> bytes:
    code = copy.stem[-5:].upper()
    held = {"tipletters": "answers", "reference": f"ML-2026-014, version 1, code {code}", "answers": {"G1c": True}}
    return json.dumps(held).encode(encoding)


def of_two_copies(loop: Loop, copy: Path) -> bytes:
    paper = Paper(copy.read_bytes())
    paper.parts = {
        name: data.replace(copy.stem[-5:].upper().encode(), b"7K2M9") if "footer" in name else data
        for name, data in paper.parts.items()
    }
    return paper.filled({"G1c": True})


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("answers.txt", no_from_the_page),
        ("notepad.txt", lambda loop, copy: no_from_the_page(loop, copy, "utf-8-sig")),
        ("from anna/answers.json", no_from_the_page),
        ("from anna/b.docx", lambda _, copy: Paper(copy.read_bytes()).filled({"G1c": True})),
        ("cut.json", lambda loop, copy: no_from_the_page(loop, copy)[:-1]),
        ("two.docx", of_two_copies),
        (
            "saved.rtf",
            lambda _, copy: b"{\\rtf1 letter ML-2026-014, version 1, code " + copy.stem[-5:].upper().encode(),
        ),
        ("typed.txt", lambda _, copy: f"code {copy.stem[-5:].upper()}\n☒ No".encode("utf-16")),
        ("half.docx", lambda _, copy: copy.read_bytes()[:9000]),
        ("secret.docx", lambda *_: b"\xd0\xcf\x11\xe0 locked with a password"),
    ],
)
def test_answers_stop_it_whatever_they_came_as_and_wherever_they_lie(
    loop: Loop, name: str, made: Callable[[Loop, Path], bytes]
) -> None:
    path = loop.folder / name
    data = made(loop, loop.start())
    loop.wait(20)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    with pytest.raises(ReviewError, match=r"not been read yet|cannot be read"):
        loop.run("final", str(loop.case), "--reason", "no answer came")
    assert not finals(loop)
    (loop.folder / "replaced").mkdir()
    path.rename(loop.folder / "replaced" / path.name)
    loop.run("final", str(loop.case), "--reason", "no answer came", code=None)
    assert finals(loop)


def test_what_lies_beside_a_letter_and_is_no_answer_stops_nothing(loop: Loop) -> None:
    copy = loop.start()
    for kind in ("html", "text"):
        loop.run("review", "start", str(loop.case), "--format", kind)
    other = Loop(loop.folder / "other")
    other.back(other.start(), G1c=True)
    (loop.folder / "table.xlsx").write_bytes(b"PK\3\4 a workbook")
    (loop.folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    loop.read(loop.back(copy, A1a=True), *KNOWN)
    loop.run("final", str(loop.case), code=None)
    assert finals(loop)


def damaged(data: bytes, name: str) -> bytes:
    """Return a document one part of which is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        one = archive.getinfo(name)
    begin = one.header_offset + 30 + len(name)
    return data[: begin + 4] + b"\xff" * 8 + data[begin + 12 :]


@pytest.mark.parametrize(
    ("made", "stops"),
    [
        (lambda _, other: damaged(other, "word/styles.xml"), False),
        (lambda _, other: other[:-900], False),
        (lambda _, other: damaged(other, DOCUMENT), True),
        (lambda copy, _: damaged(copy, "word/styles.xml"), True),
        (lambda copy, _: copy[:-900], True),
        (lambda *_: b"", True),
    ],
)
def test_a_damaged_document_stops_it_only_where_it_may_be_an_answer(
    loop: Loop, made: Callable[[bytes, bytes], bytes], stops: bool
) -> None:
    copy = loop.start()
    loop.read(loop.back(copy, A1a=True), *KNOWN)
    other = docx.Document()
    other.add_paragraph("A leaflet about walking groups.")
    other.save(str(loop.folder.parent / "other.docx"))
    path = loop.folder / "leaflets" / "old.docx"
    path.parent.mkdir()
    path.write_bytes(made(copy.read_bytes(), (loop.folder.parent / "other.docx").read_bytes()))
    if stops:
        with pytest.raises(ReviewError, match="cannot be read") as told:
            loop.run("final", str(loop.case))
        assert told.value.where.endswith("old.docx")
        assert "“replaced”" in told.value.then
    else:
        loop.run("final", str(loop.case), code=None)
        assert finals(loop)


def test_each_document_in_the_folder_is_read_once(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    from tipletters.review import returned, unread

    loop.read(loop.back(loop.start(), A1a=True), *KNOWN)
    other = docx.Document()
    other.save(str(loop.folder / "notes.docx"))
    seen: list[bytes] = []
    read = returned.read_story

    def read_story(data: bytes) -> Any:
        seen.append(data)
        return read(data)

    monkeypatch.setattr(unread, "read_story", read_story)
    monkeypatch.setattr(returned, "read_story", read_story)
    loop.run("final", str(loop.case), code=None)
    assert len(seen) == len(set(seen)) >= 2


def test_a_copy_of_the_version_before_stops_it_until_it_is_put_away(loop: Loop) -> None:
    first = loop.start()
    loop.read(loop.back(first, A1a=True, G1a=True), *KNOWN)
    loop.run("final", str(loop.case), code=None)
    late = loop.back(first, "late.docx", G1c=True)
    with pytest.raises(ReviewError, match="has not been read yet"):
        loop.run("reissue", str(loop.case), "--reason", "the date was wrong")
    late.rename(loop.folder.parent / late.name)
    loop.run("reissue", str(loop.case), "--reason", "the date was wrong")
    loop.wait(1)
    loop.start()
    (loop.folder.parent / late.name).rename(late)
    loop.wait(20)
    with pytest.raises(ReviewError, match="It is an older one"):
        loop.run("final", str(loop.case), "--reason", "no answer came")
    assert not finals(loop)


def test_what_was_agreed_and_is_not_changed_in_the_case_stops_it(loop: Loop) -> None:
    loop.read(
        loop.back(loop.start(), _8b=True, _8e="something that stands nowhere"), *KNOWN, said="edit\nA new text.\n"
    )
    with pytest.raises(ReviewError, match="still says what it said"):
        loop.run("final", str(loop.case))


@pytest.mark.parametrize("decision", ["agreed", "agreed in part"])
def test_what_was_agreed_and_is_not_changed_in_the_case_is_in_no_copy(loop: Loop, decision: str) -> None:
    loop.read(loop.back(loop.start(), _2b=True, _2e="It was five.", G1a=True), *KNOWN, "--no-ask", code=1)
    loop.run("corrections", "decide", str(loop.case), "1", decision, "--reason", "some of it", code=0)
    loop.run("draft", str(loop.case), code=None)
    assert "wake at 3" not in finals(loop)["gp-DRAFT"]
    with pytest.raises(ReviewError, match=f"was {decision}, and the letter still says what it said"):
        loop.run("final", str(loop.case))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('you_said = """\n', 'you_said = """\nYou told me that you drink every evening.\n\n'),
        ("garden centre helps", "garden centre does not help"),
        ("You said that your work at the garden centre helps.", ""),
    ],
)
@pytest.mark.parametrize("at_home", [True, False])
def test_what_was_changed_after_the_client_checked_it_is_never_called_checked(
    loop: Loop, old: str, new: str, at_home: bool
) -> None:
    if at_home:
        text = loop.case.read_text("utf-8")
        loop.case.write_text(re.sub("not_at_home = .*", "not_at_home = []", text), encoding="utf-8")
    loop.read(loop.back(loop.start(), A1a=True, G1a=True), *KNOWN, code=0)
    loop.case.write_text(loop.case.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ReviewError, match="changed since the client checked it"):
        loop.run("final", str(loop.case))
    loop.run("final", str(loop.case), "--reason", "She heard it on the phone.", code=None)
    assert "Checked with" not in "".join(finals(loop).values())


def test_what_was_agreed_and_put_in_is_called_checked_and_more_than_that_is_not(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), _2b=True, _2e="It was four."), *KNOWN, said="edit\nYou wake at 4.\n")
    assert "You wake at 4." in loop.case.read_text("utf-8")
    before = loop.case.read_text("utf-8")
    loop.run("final", str(loop.case), code=None)
    assert "Checked with the client" in finals(loop)["gp"]
    loop.case.write_text(before.replace("You wake at 4.", "You wake at 4, and you drink."), encoding="utf-8")
    with pytest.raises(ReviewError, match="reissue"):
        loop.run("final", str(loop.case), "--force")


def test_the_case_of_a_version_that_was_replaced_begins_no_letter(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), A1a=True), *KNOWN)
    loop.run("final", str(loop.case), code=None)
    loop.run("reissue", str(loop.case), "--reason", "the date was wrong")
    old = loop.folder / "replaced" / "version-1" / "case.toml"
    for command in (["draft"], ["review", "start"], ["final"], ["review", "enter"]):
        with pytest.raises(ReviewError, match="was replaced") as told:
            loop.run(*command, str(old))
        assert told.value.then.endswith(str(loop.case))
    assert not [path for path in old.parent.iterdir() if "review" in path.name and path.suffix == ".toml"]


def test_what_was_put_right_after_it_was_final_is_a_version_of_its_own(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), _2b=True, _2e="It was four.", G1a=True), *KNOWN, "--no-ask", code=1)
    assert "“tipletters reissue”" in " ".join(loop.run("final", str(loop.case), code=1).split())
    first = finals(loop)
    loop.run("final", str(loop.case), "--force", code=None)
    loop.run("corrections", "decide", str(loop.case), "1", "agreed", "--now-says", "You wake at 4.")
    with pytest.raises(ReviewError, match="Version 1 is final already"):
        loop.run("final", str(loop.case), "--force")
    assert finals(loop) == first
    loop.run("reissue", str(loop.case), "--reason", "You wake at four.")
    loop.read(loop.back(loop.start(), A1a=True, G1a=True), *KNOWN)
    loop.run("final", str(loop.case), code=None)
    assert "You wake at 4." in finals(loop)["gp"]
    assert {one.version for one in loop.letter.review.issued if one.recipient == "gp"} == {1, 2}


def test_after_it_is_final_a_no_still_counts(loop: Loop) -> None:
    copy = loop.start()
    loop.read(loop.back(copy, A1a=True), *KNOWN)
    loop.run("final", str(loop.case), code=None)
    loop.read(loop.back(copy, "later.docx", G1c=True, _4c=True), "--no-ask", code=1)
    assert loop.letter.review.state is State.FINAL
    assert ("deny", "gp") in {(one.answer, one.recipient) for one in loop.letter.case.provisions}
    assert {one.kind for one in loop.letter.corrections.corrections} == {Kind.PRIVATE}


def test_after_a_no_each_file_from_before_is_named_in_whatever_format(loop: Loop) -> None:
    copy = loop.start()
    loop.read(loop.back(copy, A1a=True, G1a=True), *KNOWN)
    loop.run("draft", str(loop.case), "--format", "text", code=None)
    loop.run("final", str(loop.case), "--format", "html", code=None)
    before = {"ML-2026-014-gp.html", "ML-2026-014-gp-DRAFT.txt"}
    said = loop.read(loop.back(copy, "later.docx", G1c=True), *KNOWN, "--no-ask")
    assert all(name in said for name in before)
    said = "".join(loop.run("final", str(loop.case), "--reason", "They said no.", code=None).split())
    assert before | {"ML-2026-014-client.html"} <= set(re.findall(r"ML-2026-014-[\w-]+\.(?:html|txt)", said))
    desk = Desk(loop.folder.resolve(), 1, lambda: loop.now, examples=True, by="Robin Hale")
    asked = {"letter": shelf.id_of(desk, loop.case), "reason": "They said no.", "force": True}
    shown = {one["whom"][:2]: one["older"] for one in web_finish.final(desk, asked)["copies"]}
    assert shown["Dr"] == "ML-2026-014-gp.html, ML-2026-014-gp-DRAFT.txt"
    sheet = web_review.show(desk, {"letter": shelf.id_of(desk, loop.case)})
    assert all(name in sheet for name in before)
    (loop.folder / "ML-2026-014-gp.html").unlink()
    assert "gp.html" not in loop.run("final", str(loop.case), "--force", "--reason", "They said no.", code=None)


def test_a_draft_lacks_what_is_to_be_private_too(loop: Loop) -> None:
    number = 4
    loop.read(loop.back(loop.start(), **{f"_{number}c": True, f"_{number}d": "everyone"}), "--no-ask", code=1)
    loop.run("draft", str(loop.case), "-o", str(loop.folder / "out"), code=None)
    for path in (loop.folder / "out").glob("*DRAFT.docx"):
        assert ("work at the garden centre" in words_of(path)) == ("client" in path.name)


# --- what is held


def body(*lines: str) -> list[Paragraph]:
    return [Paragraph((Run(line),)) for line in lines]


def held_in(blocks: Sequence[Block], one: Correction, asked: Asked) -> set[str]:
    """The words that are held from somebody."""
    held = {name for name, _ in held_now([one], [asked], blocks, passages(blocks, "R"), [Recipient("gp", "Dr Hart")])}
    return {passage.text for passage in passages(blocks, "R") if passage.id in held}


OLD = ("I slept badly since the winter.", "Your work at the garden centre helps you a lot.", "Money is tight.")


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from([Kind.FACT, Kind.PRIVATE]))
def test_what_is_open_or_private_is_held_also_where_its_words_were_changed(
    before: str, after_: str, kind: Kind
) -> None:
    asked = Asked("ABCDE", 1, date(2026, 5, 14), tuple(Line(text, 1, name_of(text, "R")) for text in OLD))
    one = Correction(1, date(2026, 5, 14), kind, passages=(name_of(OLD[1], "R"),), whom=("gp",))
    told = clean(f"{before} {OLD[1]} {after_}")
    assert told in held_in(body(OLD[0], told, OLD[2]), one, asked)
    assert told in held_in(body(told, OLD[0], OLD[2]), one, asked)
    assert "Something else" in held_in(body(OLD[0], "Something else", OLD[2]), one, asked)
    settled = replace(one, decision=Decision.NOT_AGREED if kind is Kind.FACT else Decision.LIFTED)
    assert not held_in(body(*OLD), settled, asked)


def test_a_short_passage_is_held_where_its_words_stand_in_another() -> None:
    old = ("You like the sea.", "You like birds.", "you take methadone")
    asked = Asked("ABCDE", 1, date(2026, 5, 14), tuple(Line(text, 1, name_of(text, "R")) for text in old))
    one = Correction(1, date(2026, 5, 14), Kind.PRIVATE, passages=(name_of(old[2], "R"),), whom=("gp",))
    told = "You like the sea. You take methadone, and you walk a lot."
    assert held_in(body(told, "You like birds."), one, asked) == {told}


HEADED = [
    Paragraph((Run("What is hard"),), Style.SUBHEADING),
    Paragraph((Run("These things make it hard:"),)),
    Paragraph((Run("Money is tight."),), Style.BULLET),
    Paragraph((Run("The flat is cold."),), Style.BULLET),
    Paragraph((Run("What helps"),), Style.SUBHEADING),
    Paragraph((Run("You like the sea."),)),
]
PART = ("These things make it hard:", "Money is tight.", "The flat is cold.")
EVERYTHING = {block.text for block in HEADED}


@pytest.mark.parametrize("source", [Source.TEXT, Source.COMMENT])
@pytest.mark.parametrize(
    ("at", "part", "held"),
    [
        ("What is hard", 0, {"What is hard", *PART}),
        ("These things make it hard:", 1, {*PART}),
        ("The flat is cold.", 1, {*PART}),
        ("You like the sea.", 2, {"You like the sea."}),
        ("You like the sea.", 0, EVERYTHING),
        ("", 2, EVERYTHING),
        ("", 0, EVERYTHING),
    ],
)
def test_what_the_client_wrote_at_a_place_holds_all_that_it_may_be_about(
    source: Source, at: str, part: int, held: set[str]
) -> None:
    names = {block.text: name_of(block.text, "R") for block in HEADED}
    lines = tuple(Line(text, 1 if text in PART else 0, name) for text, name in names.items())
    asked = Asked("ABCDE", 1, date(2026, 5, 14), lines)
    about = tuple(name for text, name in names.items() if text == at)
    one = Correction(1, date(2026, 5, 14), part=part, passages=about, said=at, says="not for my GP", source=source)
    assert held_in(HEADED, one, asked) == held
    assert not held_in(HEADED, replace(one, decision=Decision.NOT_AGREED), asked)


@pytest.mark.parametrize("decision", [Decision.AGREED, Decision.PARTLY])
@pytest.mark.parametrize(
    ("now_says", "letter", "held"),
    [
        ("", PART, {*PART}),
        ("", (*PART[:2], "It is warm."), set()),
        ("The flat is warm.", PART, {*PART}),
        ("The flat is warm.", (*PART[:2], "The flat is warm."), set()),
        ("The flat is warm.", (*PART[:2], "It is well."), {*PART[:2], "It is well."}),
        (f"{PART[0]}\n{PART[1]}\nThe flat is warm.", (*PART[:2], "The flat is warm."), set()),
        (f"{PART[2]} You do not mind.", PART, {*PART}),
    ],
)
def test_what_was_agreed_and_is_not_put_in_yet_is_held(
    decision: Decision, now_says: str, letter: tuple[str, ...], held: set[str]
) -> None:
    names = tuple(name_of(text, "R") for text in PART)
    asked = Asked("ABCDE", 1, date(2026, 5, 14), tuple(Line(text, 1, name_of(text, "R")) for text in PART))
    one = Correction(1, date(2026, 5, 14), part=1, passages=names, said="\n".join(PART), says="It is warm.")
    one = replace(one, decision=decision, now_says=now_says)
    assert held_in(body(*letter), one, asked) == held


# --- corrections


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_correction_is_due_on_the_same_day_of_the_next_month_or_its_last(day: date) -> None:
    due = month_after(day)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == 1
    assert due.day == day.day or (due.day < day.day and (due + timedelta(days=1)).day == 1)


def test_corrections_are_listed_when_due_and_when_late(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), _2b=True, _2e="It was at 5."), *KNOWN, "--no-ask", code=1)
    assert "due 14 June 2026" in loop.run("corrections", "due", str(loop.folder), code=1)
    loop.wait(40)
    assert "LATE" in loop.run("corrections", "due", str(loop.folder), code=1)
    assert "1 correction is open" in loop.run("status", str(loop.folder))
    assert "of them late" in loop.run("status", str(loop.folder))
    with pytest.raises(ReviewError, match="reason"):
        loop.run("corrections", "decide", str(loop.case), "1", "not agreed")
    with pytest.raises(ReviewError, match="does not fit"):
        loop.run("corrections", "decide", str(loop.case), "1", "kept private")
    loop.run(
        "corrections", "decide", str(loop.case), "1", "not agreed", "--reason", "Both stand.", "--statement",
        "I wake at 5.", "--kind", "opinion",
    )  # fmt: skip
    loop.run("corrections", "due", str(loop.folder))
    loop.run("corrections", "export", str(loop.case))
    record = words_of(loop.folder / "ML-2026-014-corrections.docx")
    assert "I wake at 5." in record
    assert "A disagreement about an opinion" in record
    assert "I wake at 5." in words_of(next((loop.folder / "reply").glob("*client*.docx")))
    loop.run("corrections", "decide", str(loop.case), "1", "agreed", "--now-says", "You wake at 6.")
    loop.run("corrections", "export", str(loop.case), "--force")
    record = words_of(loop.folder / "ML-2026-014-corrections.docx")
    assert "You wake at 6." in record
    assert "I wake at 5." not in record
    assert "Both stand." not in record


def test_of_what_is_private_no_word_is_in_the_export(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), _4c=True, _4e="because of my boss"), *KNOWN, "--no-ask")
    loop.run("corrections", "export", str(loop.case))
    for path in loop.folder.glob("ML-2026-014-corrections.*"):
        data = path.read_bytes()
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                data = b"".join(archive.read(name) for name in archive.namelist())
        assert b"garden centre" not in data
        assert b"my boss" not in data
        assert b"private" in data
    held = json.loads((loop.folder / "ML-2026-014-corrections.json").read_text("utf-8"))
    assert held["corrections"][0]["private_from"] == "everyone"


def test_what_is_to_be_changed_and_kept_private_is_not_in_the_export_until_it_is_private_no_more(loop: Loop) -> None:
    both = {"_4b": True, "_4c": True, "_4e": "my boss is why", "E1a": "They say my boss is why."}
    loop.read(loop.back(loop.start(), **both, _2b=True, _2e="It was five."), *KNOWN, "--no-ask", code=None)

    def exported() -> str:
        loop.run("corrections", "export", str(loop.case), "--force")
        files = [path.read_text("utf-8") for path in loop.folder.glob("ML-*-corrections.[cj]s*")]
        assert len(files) == 2
        return "\n".join([words_of(loop.folder / "ML-2026-014-corrections.docx"), *files])

    assert "garden centre" not in exported()
    assert "my boss" not in exported()
    assert exported().count("It was five.") == 3
    private = next(one for one in loop.letter.corrections.corrections if one.kind is Kind.PRIVATE)
    lifted = ("not private any more", "--reason", "She told her boss.")
    loop.run("corrections", "decide", str(loop.case), str(private.number), *lifted)
    assert exported().count("my boss is why") > 2


def test_the_reply_names_who_had_the_old_words(loop: Loop) -> None:
    copy = loop.start()
    loop.read(loop.back(copy, A1a=True), *KNOWN)
    loop.run("final", str(loop.case), code=None)
    loop.read(loop.back(copy, "late.docx", _2b=True, _2e="It was five."), *KNOWN, "--no-ask")
    loop.run("corrections", "export", str(loop.case))
    reply = words_of(next((loop.folder / "reply").glob("*client*.docx")))
    assert "Dr Ngozi Okafor, GP, Orchard Surgery had the old letter." in reply
    assert "“It was five.”" in reply


def test_nothing_in_the_table_runs_as_a_formula(loop: Loop) -> None:
    loop.read(loop.back(loop.start(), _2b=True, _2e="=HYPERLINK(1)"), *KNOWN, "--no-ask", code=1)
    loop.run("corrections", "export", str(loop.case))
    rows = csv.DictReader(io.StringIO((loop.folder / "ML-2026-014-corrections.csv").read_text("utf-8-sig")))
    assert [row["client_says"] for row in rows] == ["'=HYPERLINK(1)"]


# --- the folder is the truth


def test_losing_the_register_loses_no_letter_and_deleting_the_folder_leaves_no_text(loop: Loop, tmp_path: Path) -> None:
    where = tmp_path / "register.db"
    loop.more = ("--register", str(where))
    loop.read(loop.back(loop.start(*loop.more), _2b=True, _2e="my own secret words", G1c=True), *KNOWN, "--no-ask")
    stored = where.read_bytes()
    with sqlite3.connect(where) as connection:
        dump = "\n".join(connection.iterdump())
    for words in ("secret words", "garden centre", "shouting"):
        assert words.encode() not in stored
        assert words not in dump
    where.unlink()
    assert "came back" in loop.run("status", str(loop.folder))
    assert ("deny", "gp") in {(one.answer, one.recipient) for one in loop.letter.case.provisions}
    shutil.rmtree(loop.folder)
    left = [path for path in tmp_path.rglob("*") if path.is_file() and b"garden centre" in path.read_bytes()]
    assert not left


def test_two_letters_in_one_folder_keep_their_reviews_apart(loop: Loop) -> None:
    other = Loop(loop.folder, "boris.toml")
    other.case.write_text(other.case.read_text("utf-8").replace("ML-2026-014", "ML-2026-077"), encoding="utf-8")
    loop.start()
    other.run("review", "start", str(other.case))
    assert (loop.folder / "review.toml").exists()
    assert (loop.folder / "boris.review.toml").exists()
    file = other.back(next(loop.folder.glob("ML-2026-077-client-review-[a-z0-9]*.docx")), "b.docx", G1c=True)
    other.read(file, "--no-ask", code=1)
    assert other.letter.review.replies
    assert not loop.letter.review.replies


def test_a_filled_in_copy_is_never_written_over(loop: Loop) -> None:
    copy = loop.start()
    copy.write_bytes(Paper(copy.read_bytes()).filled({"G1c": True}))
    with pytest.raises(AlreadyThereError, match=r"already(?s:.)*review read”\. Move it") as told:
        loop.run("review", "start", str(loop.case), "--reply-by", "2026-06-30")
    assert "--force" not in str(told.value)
    loop.read(copy, "--no-ask", code=1)


def test_two_workers_do_not_write_over_each_other(loop: Loop) -> None:
    copy = loop.start()
    mine = loop.letter
    loop.read(loop.back(copy, G1c=True), "--no-ask")
    with pytest.raises(ReviewError, match="Somebody else"):
        mine.save()
    assert loop.letter.review.replies


def test_a_changed_reference_is_an_error(loop: Loop) -> None:
    loop.start()
    loop.case.write_text(loop.case.read_text("utf-8").replace("ML-2026-014", "ML-2026-015"), encoding="utf-8")
    with pytest.raises(ReviewError, match="another letter"):
        loop.run("draft", str(loop.case))


def test_status_as_json_names_what_is_waited_for(loop: Loop) -> None:
    loop.start()
    held = json.loads(loop.run("status", str(loop.folder), "--json"))
    assert held["letters"][0]["waits"].startswith("the client")
    assert held["letters"][0]["state"] == "with the client"
