"""The proof: what is written for somebody holds their letter and nothing else, and what was withheld stops it."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cases import case, drafted, permit, small
from conftest import NOW
from test_documents import ALL, example
from test_review_copy import copies
from test_review_copy import example as reviewed

from tipletters.case import Reply
from tipletters.checks.run import check
from tipletters.config import Config, House, Organisation
from tipletters.copies import Copy
from tipletters.draft import Draft, draft
from tipletters.errors import ProofError
from tipletters.output import save
from tipletters.proof import Question, asked, origin_of, prove, unanswered
from tipletters.stage import Stage
from tipletters.writers import WRITERS
from tipletters.writers.zipped import packed, part

KEPT = "Your partner has been shouting at night and you sleep in the small room"


def proved(made: Draft, key: str, kind: str = "docx", change: Callable[[bytes], bytes] = bytes) -> list[Question]:
    """Print one copy, let `change` spoil it, and prove it."""
    (copy,) = [one for one in made.copies if one.key == key]
    assert copy.letter is not None
    data = change(WRITERS[kind].write(copy.letter, copy.look, House(), {}))
    origin, whole = origin_of(made.case, made.template), made.copies[0].letter
    found = prove(data, kind, copy.letter, copy.look, House(), hidden=copy.hidden, origin=origin, whole=whole)
    return list(found)


def with_secret(folder: Path, shown: str, secret: str = KEPT, **more: Any) -> Draft:
    return drafted(folder, fields={"said": f"{shown}\n\n[private: home life] {secret}."}, **more)


@pytest.mark.parametrize("kind", ["docx", "html", "text"])
def test_every_example_is_proved_in_every_kind_of_document(kind: str) -> None:
    for name in ALL:
        made, house = example(name)
        origin, whole = origin_of(made.case, made.template), made.copies[0].letter if made.copies else None
        for copy in made.copies:
            if copy.letter is not None:
                data = WRITERS[kind].write(copy.letter, copy.look, house, {})
                prove(data, kind, copy.letter, copy.look, house, hidden=copy.hidden, origin=origin, whole=whole)


@pytest.mark.parametrize("kind", ["docx", "html", "text"])
def test_a_review_copy_with_its_controls_is_proved(kind: str) -> None:
    made, house = reviewed()
    for one in copies(made):
        assert one.copy.letter is not None
        data = WRITERS[kind].write(one.copy.letter, one.copy.look, house, {})
        prove(data, kind, one.copy.letter, one.copy.look, house)
        with pytest.raises(ProofError):
            prove(_put(data, b"Part 1", b"Part one 1"), kind, one.copy.letter, one.copy.look, house)


@pytest.mark.parametrize(
    "shown",
    [
        "She said partner has been shouting at her.",
        "PARTNER HAS BEEN SHOUTING AT",
        "part\u00adner has\u00a0been shout\u200bing at",
        "p&#97;rtner has been shouting &#x61;t",
        "рartnеr hаs bееn shоuting аt",
        "**part**ner has **been shou**ting at",
        "partner\u200bhas\u2060been\u200bshouting\u200bat",
        "ｐａｒｔｎｅｒ has been shouting at",
        "pártñer has been shouting at",
        "- partner has\n- been shouting\n- at the end",
    ],
)
def test_five_own_words_in_a_row_stop_the_copy_however_they_are_spelled(tmp_path: Path, shown: str) -> None:
    with pytest.raises(ProofError) as caught:
        proved(with_secret(tmp_path, f"You like the sea.\n\n{shown}"), "gp")
    assert "paragraph" in str(caught.value)
    assert not re.search("partner|shouting", str(caught.value), re.IGNORECASE)


@pytest.mark.parametrize(
    ("shown", "secret"),
    [
        ("You told me that you have been to the sea", "You told me that you have been crying"),
        ("Your sister has been at the sea", "Your partner has been at home"),
        ("Please tell me if I got something wrong", "Thank you for telling me about it"),
    ],
)
def test_words_in_which_every_letter_is_told_stop_nothing(tmp_path: Path, shown: str, secret: str) -> None:
    assert not proved(with_secret(tmp_path, shown, secret), "gp")


def test_a_whole_short_sentence_stops_the_copy(tmp_path: Path) -> None:
    with pytest.raises(ProofError):
        proved(with_secret(tmp_path, "You said: you gamble alone.", "You gamble alone"), "gp")


def test_a_name_a_number_or_a_rare_word_on_both_sides_is_a_question_that_an_answer_settles(tmp_path: Path) -> None:
    made = with_secret(tmp_path, "We met Marek at the kite festival.", "Your debt to Marek is large")
    (question,) = proved(made, "gp")
    assert "Marek" not in question.text + question.where
    house = House()
    assert save(made, house, tmp_path / "a").questions["gp"] == (question,)
    reply = {"question": question.id, "answer": "He is her uncle", "by": "Sam Reid", "date": NOW.date()}
    answered = case(tmp_path, fields=made.case.fields, answers=[reply])
    assert answered.answers == (Reply(**reply),)
    assert not save(draft(answered, house, now=NOW), house, tmp_path / "c").needs_attention


def test_an_answer_settles_no_word_that_was_not_asked_about(tmp_path: Path) -> None:
    shown = "We met Marek at the kite festival."
    (question,) = proved(with_secret(tmp_path, shown, "Your debt to Marek is for the Kawasaki"), "gp")
    (other,) = proved(
        with_secret(tmp_path, f"{shown}\n\nYou like birds. Kawasaki.", "Your debt to Marek is for the Kawasaki"), "gp"
    )
    (same,) = proved(
        with_secret(tmp_path, f"{shown}\n\nYou like birds.", "Your debt to Marek is for the Kawasaki"), "gp"
    )
    assert question.id == same.id != other.id


def test_the_message_names_the_lines_of_the_case_on_both_sides(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_text(
        f'said = """\nYou like the sea.\n\nAlso partner has been shouting at.\n\n[private: home life] {KEPT}."""\n'
    )
    made = with_secret(tmp_path, "You like the sea.\n\nAlso partner has been shouting at.")
    made = replace(made, case=replace(made.case, where=str(file)))
    with pytest.raises(
        ProofError, match=r"paragraph 3 of this copy \(line 4 of the case\).*paragraph 4 of the full copy \(line 6"
    ):
        proved(made, "gp")


def test_nothing_is_saved_when_one_copy_fails(tmp_path: Path) -> None:
    made = with_secret(tmp_path, "Yes, partner has been shouting at all of us.")
    with pytest.raises(ProofError):
        save(made, House(), tmp_path / "out")
    assert not list((tmp_path / "out").glob("*"))


def repacked(change: Callable[[dict[str, bytes]], None]) -> Callable[[bytes], bytes]:
    """Return what opens a package, lets `change` spoil its parts, and packs it again as our writer does."""

    def spoil(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        return packed(part(name, content) for name, content in parts.items())

    return spoil


def test_a_package_that_is_packed_anew_is_proved(tmp_path: Path) -> None:
    assert not proved(drafted(tmp_path), "gp", change=repacked(lambda _: None))


def put(name: str, old: str, new: str) -> Callable[[bytes], bytes]:
    def change(parts: dict[str, bytes]) -> None:
        text = parts[name].decode()
        assert old in text
        parts[name] = text.replace(old, new, 1).encode()

    return repacked(change)


def add(name: str, data: bytes = b"<a>shouting</a>") -> Callable[[bytes], bytes]:
    return repacked(lambda parts: parts.update({name: data}))


def with_zip_comment(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"shouting"
    return out.getvalue()


DOC = "word/document.xml"
SMUGGLED = {
    "a text": put(DOC, "You like the sea.", "You like the sea. shouting"),
    "a text left out": put(DOC, "You like the sea.", ""),
    "a text between tags": put(DOC, "<w:p>", "shouting<w:p>"),
    "a hidden run": put(DOC, "<w:r><w:t", '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">x</w:t></w:r><w:r><w:t'),
    "an attribute": put(DOC, "<w:p>", '<w:p w:rsidR="shouting">'),
    "a comment in the text": put(DOC, "<w:body>", "<w:body><!-- shouting -->"),
    "an instruction in the text": put(DOC, "<w:body>", "<w:body><?shouting?>"),
    "a bookmark": put(DOC, "<w:body>", '<w:body><w:bookmarkStart w:id="0" w:name="shouting"/>'),
    "a style name": put("word/styles.xml", "Letter Frame", "shouting"),
    "a style in the text": put(DOC, '<w:pStyle w:val="Normal"/>', '<w:pStyle w:val="shouting"/>'),
    "a list number": put(DOC, "<w:pPr>", '<w:pPr><w:numPr><w:numId w:val="07700900"/></w:numPr>'),
    "a property": put("docProps/core.xml", "</cp:coreProperties>", "<dc:subject>shouting</dc:subject></cp:coreProperties>"),
    "the title": put("docProps/core.xml", "<dc:title>", "<dc:title>shouting "),
    "the foot": put("word/footer1.xml", "Reference", "shouting"),
    "a relationship": put("word/_rels/document.xml.rels", "styles.xml", "shouting.xml"),
    "a link outside": put(
        "word/_rels/document.xml.rels",
        "</Relationships>",
        '<Relationship Id="x" Type="t" Target="http://example.org/shouting" TargetMode="External"/></Relationships>',
    ),
    "a numbering text": put("word/numbering.xml", "•", "shouting"),
    "a font": put("word/styles.xml", "Arial", "shouting"),
    "a setting": put("word/settings.xml", "</w:settings>", "<w:docVars/></w:settings>"),
    "custom XML": add("customXml/item1.xml"),
    "custom properties": add("docProps/custom.xml"),
    "comments": add("word/comments.xml"),
    "a part's name": add("word/shouting.xml", b"<a/>"),
    "a picture": add("word/media/image9.png", b"shouting"),
    "a part left out": repacked(lambda parts: parts.pop("word/fontTable.xml") and None),
    "a content type": put("[Content_Types].xml", "</Types>", '<Default Extension="shouting" ContentType="a/b"/></Types>'),
    "a zip comment": with_zip_comment,
    "before the archive": lambda data: b"shouting" + data,
    "after the archive": lambda data: data + b"shouting",
    "an entity": put(DOC, "You like the sea.", "You like the sea.&#115;"),
}  # fmt: skip


@pytest.mark.parametrize("change", SMUGGLED.values(), ids=SMUGGLED.keys())
def test_what_is_smuggled_into_a_word_package_is_refused(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ProofError) as caught:
        proved(drafted(tmp_path), "gp", change=change)
    assert "shouting" not in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("html", b"<main>", b"<main><!-- shouting -->"),
        ("html", b"</main>", b"<p hidden>shouting</p></main>"),
        ("html", b"You like the sea.", b"You like the sea. shouting"),
        ("html", b"<p>You like", b'<p title="shouting">You like'),
        ("html", b"<style>", b"<style>.shouting{}"),
        ("html", b"</html>", b"</html>shouting"),
        ("html", b"</head>", b'<meta name="x" content="shouting"></head>'),
        ("text", b"You like", b"shouting You like"),
        ("text", b"Reference", b"shouting Reference"),
        ("text", b"Dr Hart", b"Dr Hart\n\n12"),
    ],
)
def test_what_is_smuggled_into_a_page_or_a_text_is_refused(tmp_path: Path, kind: str, old: bytes, new: bytes) -> None:
    with pytest.raises(ProofError):
        proved(drafted(tmp_path), "gp", kind, lambda data: _put(data, old, new))
    proved(drafted(tmp_path), "gp", kind)


def _put(data: bytes, old: bytes, new: bytes) -> bytes:
    return data.replace(old, new, 1) if old in data else put(DOC, old.decode(), new.decode())(data)


def test_a_copy_to_send_home_is_searched_too(tmp_path: Path) -> None:
    made = drafted(
        tmp_path,
        fields={"said": f"Also partner has been shouting at.\n\n[private: home life] {KEPT}."},
        delivery__not_at_home=["home life"],
    )
    assert [copy.key for copy in made.copies if isinstance(copy, Copy) and copy.hidden] == ["client-to-send", "gp"]
    with pytest.raises(ProofError):
        proved(made, "client-to-send")


def test_the_small_case_is_proved_without_a_question(tmp_path: Path) -> None:
    assert small()["fields"]
    for key in ("client", "gp"):
        assert not proved(drafted(tmp_path), key)


def test_every_question_about_an_example_is_answered_in_it(tmp_path: Path) -> None:
    asked = 0
    for name in ALL:
        made, house = example(name)
        assert not save(made, house, tmp_path / name, kind="text").needs_attention, name
        asked += len(made.case.answers)
    assert asked > 2


def ids(questions: list[Question]) -> set[str]:
    """The kinds of question, by a word of each."""
    kinds = {"rare word": "words", "same matter": "matter", "point at": "back", "bear on safety": "safety"}
    return {kind for one in questions for words, kind in kinds.items() if words in one.text}


@pytest.mark.parametrize(
    ("shown", "secret", "kinds"),
    [
        ("You take acamprosate each day.", "You told me that you drink wine every night", {"matter"}),
        ("Your CD4 count is good. You take Biktarvy.", "You told me that you have HIV", {"matter"}),
        ("I will write to the drug and alcohol team.", "You drink whisky alone", {"matter"}),
        ("As we discussed last week, it is hard for you.", "Your father shouts", {"back"}),
        ("You like the sea.", "You are allergic to nuts", {"safety"}),
        ("You like the sea.", "You are frightened of him, and you do not feel safe", {"safety"}),
        ("You like the sea.", "Your house is loud", set()),
    ],
)
def test_what_can_only_be_suspected_is_asked(tmp_path: Path, shown: str, secret: str, kinds: set[str]) -> None:
    found = proved(with_secret(tmp_path, shown, secret), "gp")
    assert ids(found) == kinds
    assert all(not re.search("acamprosate|HIV|whisky|wine|allergic", one.text + one.where) for one in found)


def test_a_passage_that_goes_on_from_one_that_is_kept_is_asked_about(tmp_path: Path) -> None:
    said = "You like the sea.\n\n[private: home life] Your house is loud.\n\nThat is why you sleep at your sister's."
    assert ids(proved(drafted(tmp_path, fields={"said": said}), "gp")) == {"back"}


def test_a_letterhead_that_tells_the_matter_is_asked_about(tmp_path: Path) -> None:
    made = with_secret(tmp_path, "You like the sea.", "You told me that you drink whisky alone")
    house = House(Config(Organisation("Mill Lane Alcohol Service")))
    questions = save(made, house, tmp_path / "out").questions["gp"]
    assert any("the letterhead" in one.where for one in questions)


def test_each_paragraph_that_needs_the_clients_say_is_asked_about_once_until_it_is_answered(tmp_path: Path) -> None:
    said = "You have debts, and a loan shark.\n\nYou like the sea.\n\n[private: home life] Your brother drinks."
    made = drafted(tmp_path, fields={"said": said}, provisions=[permit(about=["letter", "home life"])])
    (copy,) = [one for one in made.copies if one.key == "gp"]
    assert copy.letter is not None
    (question,) = asked(check(copy.letter))
    assert "debts" not in question.text + question.where
    reply = Reply(question.id, "Zofia wants the GP to know", "Sam Reid", NOW.date())
    assert unanswered([question], []) == (question,)
    assert not unanswered([question], [reply])


def test_a_final_copy_for_somebody_else_waits_for_the_answers_and_a_draft_does_not(tmp_path: Path) -> None:
    one = case(tmp_path, fields={"said": "You have debts."})
    made = draft(one, House(), now=NOW)
    assert not save(made, House(), tmp_path / "draft").needs_attention
    final = draft(one, House(), now=NOW, stage=Stage(final=True))
    questions = save(final, House(), tmp_path / "final").questions
    assert questions["client"] == ()
    (question,) = questions["gp"]
    reply = Reply(question.id, "Zofia wants her GP to know", "Sam Reid", NOW.date())
    answered = draft(replace(one, answers=(reply,)), House(), now=NOW, stage=Stage(final=True))
    assert not save(answered, House(), tmp_path / "answered").needs_attention


ROWS = """+++
purpose = "For tests"
when = "never"

[[fields]]
name = "said"
type = "prose"
prompt = "Said"
example = "Hello"

[[fields]]
name = "points"
type = "list"
prompt = "Points"
required = false
example = ["Hello"]

[[fields]]
name = "taken"
type = "rows"
columns = ["what", "how"]
prompt = "Taken"
example = [{ what = "this", how = "so" }]
+++
{{ said }}

{% for one in points %}
- I noticed that {{ one }}
{% endfor %}

| What | How |
|---|---|
{% for row in taken %}
| {{ row.what }} | {{ row.how }} |
{% endfor %}
"""


def with_rows(folder: Path, said: str, points: list[str], taken: list[dict[str, Any]], **more: Any) -> Draft:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "rows.txt").write_text(ROWS, encoding="utf-8")
    made = case(folder, template="rows", fields={"said": said, "points": points, "taken": taken}, **more)
    return draft(made, House(), now=NOW)


OPEN_ROW = {"what": "Ramipril", "how": "one tablet each morning with food"}
KEPT_ROW = {"what": "Zopiclone", "how": "one tablet each morning with food", "private": "sleep"}


@pytest.mark.parametrize(
    ("said", "points", "refused"),
    [
        ("You take zopiclone.", [], True),
        ("You take Zo\u00adpiclone too.", [], True),
        ("You walk.", ["[private: sleep] you snore", "you SNORE"], True),
        ("Ring 07700 900123.", ["[private] 07700900123"], True),
        ("You walk.", ["[private: sleep] you walk far", "you walk"], False),
        ("You take ramipril.", [], False),
        ("You rest in the forest.", ["[private: health] rest", "[private: sleep] of interest to you"], False),
    ],
)
def test_a_marked_value_stops_the_copy_wherever_it_stands(
    tmp_path: Path, said: str, points: list[str], refused: bool
) -> None:
    answers = [permit(), permit(about="health")] if "[private: health] rest" in points else [permit()]
    made = with_rows(tmp_path, said, points, [OPEN_ROW, KEPT_ROW], provisions=answers)
    if refused:
        with pytest.raises(ProofError):
            proved(made, "gp")
    else:
        proved(made, "gp")


@pytest.mark.parametrize("day", ["by Friday 4 December 2026", "by 4th December 2026, on a Friday", "by 04/12/2026"])
def test_a_day_on_which_two_things_fall_tells_nothing_and_a_number_beside_it_does(tmp_path: Path, day: str) -> None:
    rows = [{"what": "Ramipril", "how": day}, {"what": "Zopiclone", "how": day, "private": "sleep"}]
    proved(with_rows(tmp_path, "You walk.", [], rows), "gp")
    told = [{**row, "how": f"{day}, ring 07700 900123"} for row in rows]
    with pytest.raises(ProofError, match=r"paragraph 2, row 1, of this copy.* repeats paragraph 2, row 2, of the full"):
        proved(with_rows(tmp_path, "You walk.", [], told), "gp")
