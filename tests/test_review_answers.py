"""What comes back: read whatever program saved it, and never guessed."""

import contextlib
import io
import json
import random
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from filling import DOCUMENT, W14, Paper, W, some_answers
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from test_review_copy import controls, copies, example, letter_of

from tipletters.config import House
from tipletters.consent import EVERYONE
from tipletters.errors import ReadError
from tipletters.letter import clean
from tipletters.people import Recipient
from tipletters.review.added import added
from tipletters.review.copy import Asked, Line, ReviewCopy
from tipletters.review.edits import edits, said_beside
from tipletters.review.returned import Returned, read_returned
from tipletters.review.understand import parts_named, understand, whom_of
from tipletters.writers.docx import write_docx
from tipletters.writers.html import write_html
from tipletters.writers.look import Look

GP, LINK = Recipient("gp", "Dr Hart", "GP"), Recipient("link-worker", "Sam Reid", "link worker")
ASKED = Asked("ABCDE", 1, date(2026, 5, 14), tuple(Line(f"Line {n}", n, f"id{n}") for n in (1, 2, 3)), ("gp",))


@pytest.fixture(scope="module")
def full() -> ReviewCopy:
    return copies(example()[0])[0]


@pytest.fixture(scope="module")
def paper(full: ReviewCopy) -> Paper:
    return Paper(write_docx(letter_of(full), full.copy.look, House(), {}))


def read(data: bytes) -> Returned:
    return read_returned(data)


def given_answers(found: Returned) -> dict[str, bool | str]:
    return {key: value for key, value in found.filled.items() if value}


def test_of_a_thousand_sets_of_answers_not_one_is_lost_or_altered(
    full: ReviewCopy, paper: Paper, request: pytest.FixtureRequest
) -> None:
    for seed in range(1000 if request.config.getoption("--deep") else 100):
        wanted = some_answers(controls(full), random.Random(seed))
        found = read(paper.filled(wanted))
        told = {key: clean(one) if isinstance(one, str) and "\n" not in one else one for key, one in wanted.items()}
        told = {
            key: "\n".join(clean(line) for line in one.split("\n")) if isinstance(one, str) else one
            for key, one in told.items()
        }
        assert given_answers(found) == told
        assert not found.unclear
        assert not edits(full.asked.lines, found.lines or ())


def test_the_answers_of_the_page_come_back_as_they_were(full: ReviewCopy) -> None:
    for seed in range(50):
        wanted = some_answers(controls(full), random.Random(seed))
        held = {one.key: wanted.get(one.key, "") for one in controls(full)}
        said = {"tipletters": "answers", "version": 1, "reference": letter_of(full).head.reference, "answers": held}
        found = read(json.dumps(said).encode())
        assert given_answers(found) == wanted
        assert (found.reference, found.version, found.code) == ("ML-2026-014", 1, full.asked.code)
        assert found.lines is None


def test_nothing_was_added_to_a_copy_that_was_only_filled_in(full: ReviewCopy, paper: Paper) -> None:
    for seed in range(20):
        assert not added(full.asked, read(paper.filled(some_answers(controls(full), random.Random(seed)))))


def test_an_empty_copy_says_nothing_and_is_not_unclear(full: ReviewCopy, paper: Paper) -> None:
    found = read(paper.filled({}))
    assert not given_answers(found)
    said = understand(found.filled, found.unclear, full.asked, (GP, LINK))
    assert not said.questions
    assert not any(one.right or one.change or one.private for one in said.parts)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 cut off",
        b"%PDF-1.7",
        b"{}",
        b'{"tipletters": "answers"}',
        b'{"tipletters": "answers", "reference": 3, "answers": []}',
        b"[" * 100_000,
        b"{" * 100_000,
        b"just text",
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.then


def test_a_damaged_document_says_what_to_do(paper: Paper) -> None:
    whole = paper.filled({})
    for cut in (10, 1000, len(whole) // 2, len(whole) - 30):
        with pytest.raises(ReadError):
            read(whole[:cut])
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr(DOCUMENT, "<broken")
    with pytest.raises(ReadError):
        read(empty.getvalue())


def test_a_document_with_broken_bytes_is_read_or_refused_and_nothing_else(
    paper: Paper, request: pytest.FixtureRequest
) -> None:
    whole, chance = zipped(paper), random.Random(7)
    for _ in range(2000 if request.config.getoption("--deep") else 200):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(ReadError):
            read(bytes(broken))


def zipped(paper: Paper) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in paper.parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_half_a_sign_in_the_answers_of_the_page_is_refused() -> None:
    held = {"tipletters": "answers", "reference": "R-1, version 1, code ABCDE", "answers": {"3e": "\ud800"}}
    with pytest.raises(ReadError, match="damaged"):
        read(json.dumps(held).encode())


def test_a_tag_after_which_no_sign_comes_is_no_key(paper: Paper) -> None:
    root = etree.fromstring(paper.parts[DOCUMENT])
    tags = list(root.iter(f"{W}tag"))
    tags[0].set(f"{W}val", "\U0010ffff")
    tags[1].getparent().remove(tags[1])
    assert "\U0010ffff" in read(paper.saved(root)).unclear


def opendocument(text: str, styles: str = "") -> bytes:
    out, names = io.BytesIO(), "urn:oasis:names:tc:opendocument:xmlns"
    spaces = {"o": "office", "t": "text", "s": "style", "d": "drawing"}
    declared = " ".join(f'xmlns:{short}="{names}:{name}:1.0"' for short, name in spaces.items())
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<o:document-content {declared}><o:automatic-styles>{styles}</o:automatic-styles><o:body><o:text>"
            f"<t:p>R-1, version 1, code ABCDE</t:p>{text}</o:text></o:body></o:document-content>",
        )
    return out.getvalue()


def test_what_was_struck_out_in_opendocument_reads_as_taken_away() -> None:
    line = '<s:text-properties s:text-line-through-{}="{}"/>'
    styles = (
        f'<s:style s:name="T1">{line.format("style", "solid")}</s:style><s:style s:name="T2" s:parent-style-name="T1"/>'
        f'<s:style s:name="T3" s:parent-style-name="T1">{line.format("type", "none")}</s:style>'
    )
    text = (
        '<t:p>You <t:span t:style-name="T1">were <t:span>very </t:span></t:span><t:span t:style-name="T2">ill</t:span>'
        '<t:span t:style-name="T3">tired</t:span>.</t:p><t:p t:style-name="T2">Gone</t:p>'
    )
    assert (read(opendocument(text, styles)).lines or ())[1:] == ("You tired.", "")


def test_footnotes_and_frames_of_opendocument_are_read() -> None:
    note = "<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>Not to my GP.</t:p></t:note-body></t:note>"
    found = read(
        opendocument(f"<t:p>You sleep{note}.</t:p><d:frame><d:text-box><t:p>Not true.</t:p></d:text-box></d:frame>")
    )
    assert [(one.text, one.line) for one in found.comments] == [("Not to my GP.", 1)]
    assert (found.lines or ())[1:] == ("You sleep.", "Not true.")


def test_a_style_that_strikes_out_counts_in_word_too(full: ReviewCopy, paper: Paper) -> None:
    root, styles = etree.fromstring(paper.parts[DOCUMENT]), etree.fromstring(paper.parts["word/styles.xml"])
    for name, above, inside in (("Line", "", "<w:rPr><w:strike/></w:rPr>"), ("Gone", '<w:basedOn w:val="Line"/>', "")):
        xml = f'<w:style xmlns:w="{W[1:-1]}" w:type="character" w:styleId="{name}">{above}{inside}</w:style>'
        styles.append(etree.fromstring(xml))
    run = next(t for t in root.iter(f"{W}t") if t.text and "sleeping well" in t.text).getparent()
    run.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:rStyle w:val="Gone"/></w:rPr>'))
    struck = Paper(paper.saved(root))
    struck.parts["word/styles.xml"] = etree.tostring(styles)
    (edit,) = edits(full.asked.lines, read(struck.saved(root)).lines or ())
    assert (edit.part, edit.says) == (2, "")


@pytest.mark.parametrize(("spaces", "is_read"), [("abc", False), ("", False), ("3", True), ("9" * 13, True)])
def test_no_number_of_spaces_fills_the_memory(spaces: str, is_read: bool) -> None:
    data = opendocument(f'<t:p>a<t:s t:c="{spaces}"/>b</t:p>')
    with contextlib.nullcontext() if is_read else pytest.raises(ReadError, match="damaged"):
        assert len(read(data).lines or ()) == 2


def test_what_each_of_many_comments_is_about_is_found(paper: Paper) -> None:
    root, notes, many = etree.fromstring(paper.parts[DOCUMENT]), [], 300
    paragraph = etree.SubElement(root.find(f"{W}body"), f"{W}p")
    for number in range(many):
        for tag in ("commentRangeStart", "r", "commentRangeEnd"):
            one = etree.SubElement(paragraph, f"{W}{tag}", {f"{W}id": str(number)} if tag != "r" else {})
            if tag == "r":
                etree.SubElement(one, f"{W}t").text = f"word{number}"
        notes.append(f'<w:comment w:id="{number}"><w:p><w:r><w:t>why</w:t></w:r></w:p></w:comment>')
    comments = f'<w:comments xmlns:w="{W[1:-1]}">{"".join(notes)}</w:comments>'.encode()
    found = read(paper.saved(root, word__comments=comments))
    assert [one.about for one in found.comments] == [f"word{number}" for number in range(many)]


def test_a_document_that_unpacks_to_more_than_any_letter_is_refused() -> None:
    big = io.BytesIO()
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT, b" " * 60_000_000)
    with pytest.raises(ReadError):
        read(big.getvalue())


def test_a_letter_that_is_no_review_copy_says_so() -> None:
    made, house = example()
    letter = made.copies[0].letter
    assert letter is not None
    with pytest.raises(ReadError, match="not one of our review copies"):
        read(write_docx(letter, Look(), house, {}))


def test_two_copies_in_one_document_are_refused(paper: Paper) -> None:
    document = paper.parts[DOCUMENT].decode()
    other = Paper(paper.filled({}))
    mixed = etree.fromstring(
        document.replace("</w:body>", "<w:p><w:r><w:t>X-9, version 1, code ABCDE</w:t></w:r></w:p></w:body>").encode()
    )
    with pytest.raises(ReadError, match="more than one"):
        read(other.saved(mixed))


def changed(paper: Paper, change: Any) -> Returned:
    root = etree.fromstring(paper.parts[DOCUMENT])
    for control in list(root.iter(f"{W}sdt")):
        change(control, control.find(f"{W}sdtPr/{W}tag").get(f"{W}val").partition(".")[0])
    return read(paper.saved(root))


def test_where_tags_are_lost_the_printed_key_counts(paper: Paper) -> None:
    def change(control: Any, key: str) -> None:
        control.find(f"{W}sdtPr").remove(control.find(f"{W}sdtPr/{W}tag"))
        if key == "2b":
            next(control.iter(f"{W14}checked")).set(f"{W14}val", "1")
            control.find(f".//{W}t").text = "☒"

    assert given_answers(changed(paper, change)) == {"2b": True}


def test_where_tag_and_key_are_both_lost_the_place_counts(full: ReviewCopy, paper: Paper) -> None:
    def change(control: Any, key: str) -> None:
        if key == "2b":
            cell = next(above for above in control.iterancestors(f"{W}tc"))
            next(control.iter(f"{W14}checked")).set(f"{W14}val", "1")
            control.find(f"{W}sdtPr").remove(control.find(f"{W}sdtPr/{W}tag"))
            for text in cell.iter(f"{W}t"):
                text.text = "☒" if text.getparent().getparent().tag == f"{W}sdtContent" else "changed"

    found = changed(paper, change)
    assert given_answers(found) == {"2b": True}
    assert set(found.filled) == {one.key for one in controls(full)}


def test_where_tag_and_key_differ_it_is_asked_about(full: ReviewCopy, paper: Paper) -> None:
    def change(control: Any, key: str) -> None:
        if key == "2b":
            control.find(f"{W}sdtPr/{W}tag").set(f"{W}val", "3b.x")
            next(control.iter(f"{W14}checked")).set(f"{W14}val", "1")
            control.find(f".//{W}t").text = "☒"

    found = changed(paper, change)
    assert {"2b", "3b"} <= found.unclear
    said = understand(found.filled, found.unclear, full.asked, (GP, LINK))
    assert {one.part for one in said.questions} == {2, 3}


def test_a_box_that_shows_one_thing_and_holds_another_is_asked_about(paper: Paper) -> None:
    def change(control: Any, key: str) -> None:
        if key == "2b":
            next(control.iter(f"{W14}checked")).set(f"{W14}val", "1")

    assert changed(paper, change).unclear == {"2b"}


def test_a_tick_typed_over_the_box_counts(paper: Paper) -> None:
    def change(control: Any, key: str) -> None:
        if key == "2b":
            run = control.find(f"{W}sdtContent/{W}r")
            run.find(f"{W}t").text = "✓"
            control.getparent().replace(control, run)

    assert given_answers(changed(paper, change)) == {"2b": True}


def test_words_written_beside_the_control_count(paper: Paper) -> None:
    def change(control: Any, key: str) -> None:
        if key == "3e":
            run = control.find(f"{W}sdtContent/{W}r")
            run.find(f"{W}t").text = "It was in June."
            control.getparent().replace(control, run)

    assert given_answers(changed(paper, change)) == {"3e": "It was in June."}


TICKS = st.fixed_dictionaries({end: st.booleans() for end in "abcd"})
WORDS = st.sampled_from(["", "3", "1 and 2", "the bit about home", "7", "thank you"])


@given(TICKS, WORDS)
def test_a_yes_is_a_yes_only_where_it_stands_alone(ticks: dict[str, bool], words: str) -> None:
    filled: dict[str, bool | str] = {f"G1{end}": yes for end, yes in ticks.items()} | {"G1e": words}
    (copy,) = understand(filled, frozenset(), ASKED, (GP,)).copies
    if copy.yes:
        assert sum(ticks.values()) == 1
        assert ticks["a"] or (ticks["b"] and copy.without)
        assert not copy.no
    if ticks["c"] or ticks["d"] or sum(ticks.values()) > 1:
        assert copy.no
    if ticks["b"] and not parts_named(words, (1, 2, 3)):
        assert copy.no


@given(TICKS, st.sampled_from(["", "everyone", "Dr Hart (GP)", "GP", "my mother"]), WORDS)
def test_what_is_not_clear_about_a_part_is_asked_and_never_taken_for_right(
    ticks: dict[str, bool], whom: str, words: str
) -> None:
    right, change, private = ticks["a"], ticks["b"], ticks["c"]
    filled: dict[str, bool | str] = {"2a": right, "2b": change, "2c": private, "2d": whom, "2e": words}
    said = understand(filled, frozenset(), ASKED, (GP,))
    part = said.parts[1]
    clear = not (right and change) and (private or not whom) and (whom_of(whom, (GP,))[1])
    clear = clear and not (words and not (right or change or private))
    assert part.unclear != clear
    assert part.right == (right and clear)
    assert bool([one for one in said.questions if one.part == 2]) != clear
    if private or whom:
        assert part.private == (("gp",) if whom in ("Dr Hart (GP)", "GP") else (EVERYONE,))


def test_all_is_right_and_one_part_is_not_is_asked_about() -> None:
    said = understand({"A1a": True, "2b": True}, frozenset(), ASKED, (GP,))
    assert [one.right for one in said.parts] == [True, False, True]
    assert [one.part for one in said.questions] == [2]


def test_not_wanting_to_check_and_checking_all_the_same_is_asked_about() -> None:
    assert understand({"A2a": True}, frozenset(), ASKED, (GP,)).declined
    both = understand({"A2a": True, "1a": True}, frozenset(), ASKED, (GP,))
    assert not both.declined
    assert both.questions


def test_how_to_send_it_is_never_guessed() -> None:
    both = understand({"S1a": True, "S1b": True}, frozenset(), ASKED, (GP,))
    assert both.sending.hand
    assert not both.sending.post
    assert both.questions
    assert understand({"S1b": True, "S1f": "1 Mill Lane"}, frozenset(), ASKED, (GP,)).sending.post


def text_edit(paper: Paper, old: str, new: str) -> Returned:
    root = etree.fromstring(paper.parts[DOCUMENT])
    for text in root.iter(f"{W}t"):
        if text.text and old in text.text:
            text.text = text.text.replace(old, new)
    return read(paper.saved(root))


def test_a_plain_edit_is_found_with_its_part(full: ReviewCopy, paper: Paper) -> None:
    found = text_edit(paper, "12 May 2026. I was", "13 May 2026. I was")
    (edit,) = edits(full.asked.lines, found.lines or ())
    assert edit.part == 1
    assert "13 May 2026" in edit.says
    assert edit.passages


def test_a_paragraph_taken_out_and_one_put_in_are_found(full: ReviewCopy, paper: Paper) -> None:
    root = etree.fromstring(paper.parts[DOCUMENT])
    body = root.find(f"{W}body")
    gone = next(p for p in body.iter(f"{W}p") if "shouting" in "".join(p.itertext()))
    fresh = etree.fromstring(
        f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>I also like to swim at the weekend.</w:t></w:r></w:p>'
    )
    body.remove(gone)
    next(p for p in body.iter(f"{W}p") if "headaches" in "".join(p.itertext())).addnext(fresh)
    found = edits(full.asked.lines, read(paper.saved(root)).lines or ())
    assert [bool(one.says) for one in found if one.said] == [False]
    assert [one.says for one in found if not one.said] == ["I also like to swim at the weekend."]


def test_an_open_change_reads_as_made_and_is_counted(full: ReviewCopy, paper: Paper) -> None:
    root = etree.fromstring(paper.parts[DOCUMENT])
    text = next(t for t in root.iter(f"{W}t") if t.text and "I was glad to meet you" in t.text)
    run, about = text.getparent(), 'w:id="900" w:author="Anna" w:date="2026-05-16T10:00:00Z"'
    before, after = text.text.split("glad")
    text.text = before
    for xml in (
        f'<w:del xmlns:w="{W[1:-1]}" {about}><w:r><w:delText>glad</w:delText></w:r></w:del>',
        f'<w:ins xmlns:w="{W[1:-1]}" {about}><w:r><w:t>pleased</w:t></w:r></w:ins>',
        f'<w:r xmlns:w="{W[1:-1]}"><w:t xml:space="preserve">{after}</w:t></w:r>',
    ):
        added = etree.fromstring(xml)
        run.addnext(added)
        run = added
    found = read(paper.saved(root))
    assert found.changes == 2
    (edit,) = edits(full.asked.lines, found.lines or ())
    assert "I was pleased to meet you" in edit.says


def test_a_comment_is_found_with_the_line_it_stands_at(full: ReviewCopy, paper: Paper) -> None:
    root = etree.fromstring(paper.parts[DOCUMENT])
    run = next(t for t in root.iter(f"{W}t") if t.text and "sleeping well" in t.text).getparent()
    space = f'xmlns:w="{W[1:-1]}"'
    run.addprevious(etree.fromstring(f'<w:commentRangeStart {space} w:id="4"/>'))
    run.addnext(etree.fromstring(f'<w:commentRangeEnd {space} w:id="4"/>'))
    note = f'<w:comments {space}><w:comment w:id="4" w:author="Anna"><w:p><w:r><w:t>Since the autumn.</w:t></w:r></w:p></w:comment></w:comments>'
    found = read(paper.saved(root, word__comments=note.encode()))
    (edit,) = said_beside(full.asked.lines, found.lines or (), found.comments)
    assert (edit.part, edit.says) == (2, "Since the autumn.")
    assert "sleeping well" in edit.said


def test_the_page_holds_a_field_for_every_control(full: ReviewCopy) -> None:
    page = write_html(letter_of(full), Look(), House(), {}).decode()
    for one in controls(full):
        assert f'name="{one.key}"' in page


def test_what_is_read_never_shows_itself(paper: Paper) -> None:
    found = read(paper.filled({"1e": "a secret"}))
    assert "secret" not in repr(found)
    assert "secret" not in repr(replace(found, code="X"))
