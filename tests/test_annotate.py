"""Answers inside the document: nothing but comments and changes differs, and accepting or rejecting gives new or old words."""

import io
import itertools
import re
import zipfile
from collections import Counter
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import docx_plus.comments
import docx_plus.revisions
import pytest
from documents import BAD, BYE, DEAR, DOCUMENTS, MODIFIED, SHE, item, long, p, r, word
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from tipletters.annotate import Annotated, comments, suggest, terms
from tipletters.annotate.lock import differences
from tipletters.annotate.repack import repack
from tipletters.annotate.safe import suggestions_for
from tipletters.annotate.swaps import swaps
from tipletters.checks.existing import report_of
from tipletters.checks.issue import Issue, Report, told
from tipletters.checks.lexis.finder import JARGON
from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.lists import Entry, entries
from tipletters.checks.run import Run, check_text
from tipletters.errors import OutputError, ReadError
from tipletters.readers import read
from tipletters.readers.model import Read
from tipletters.readers.word_styles import W

RUN = Run()
OLD = word(DEAR + p("The hall was busy.") + p(SHE) + p("She has bilateral oedema and she was seen prior to May.") + p("Her sleep is poor and we will refer her to the CMHT.") + BYE)  # fmt: skip
DOCUMENTS["all kinds of changes"] = lambda: OLD


def checked(data: bytes) -> tuple[Read, Report]:
    made = read(data)
    return made, report_of(made, RUN)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(data: bytes) -> dict[str, bytes]:
    """Each entry's bytes as they stand in the zip."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            at = info.header_offset
            size = 30 + sum(int.from_bytes(data[at + more : at + more + 2], "little") for more in (26, 28))
            found[info.filename] = data[at + size : at + size + info.compress_size]
    return found


def ours(one: Any) -> bool:
    return one.get(W + "author") == "tipletters"


def canonical(xml: bytes, *, accept: bool | None = None, numbers: frozenset[str] = frozenset()) -> bytes:
    """A part without our comments, with our changes accepted or rejected, equal neighbouring runs joined."""
    root = etree.fromstring(xml)
    for one in list(root.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")):
        if one.get(W + "id") in numbers:
            gone = one.getparent() if one.tag == W + "commentReference" else one
            gone.getparent().remove(gone)
    for one in list(root.iter(W + "ins", W + "del")):
        if ours(one):
            if (one.tag == W + "ins") == bool(accept):
                for run in list(one):
                    for text in run.iter(W + "delText"):
                        text.tag = W + "t"
                    one.addprevious(run)
            one.getparent().remove(one)
    for run in list(root.iter(W + "r")):
        _join(run)
    return bytes(etree.tostring(root, method="c14n"))


def _join(run: Any) -> None:
    """Join a run to the one before, and its neighbouring texts, where both look the same."""
    before = run.getprevious()
    if before is not None and before.tag == W + "r" and _look(before) == _look(run):
        for child in list(run):
            if child.tag != W + "rPr":
                before.append(child)
        run.getparent().remove(run)
        run = before
    texts = list(run)
    for one, other in itertools.pairwise(texts):
        if one.tag == other.tag == W + "t":
            other.text = (one.text or "") + (other.text or "")
            run.remove(one)
    for one in run.iter(W + "t"):
        one.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)


def _look(run: Any) -> tuple[Any, ...]:
    properties = run.find(W + "rPr")
    return (dict(run.attrib), etree.tostring(properties, method="c14n") if properties is not None else b"")


def new_numbers(before: bytes, after: bytes) -> frozenset[str]:
    """The numbers of the comments that were added."""
    old, new = (_comments(one) for one in (before, after))
    return frozenset(new) - frozenset(old)


def _comments(data: bytes) -> dict[str, Any]:
    part = parts(data).get("word/comments.xml")
    return {one.get(W + "id"): one for one in etree.fromstring(part)} if part else {}


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[bytes, Annotated, Annotated]]:
    """Every document, commented and with suggestions."""
    found = {}
    for name, make in DOCUMENTS.items():
        data = make()
        one, report = checked(data)
        found[name] = (data, comments(one, report), suggest(one, report))
    return found


def test_there_are_thirty_documents_and_more(made: dict[str, tuple[bytes, Annotated, Annotated]]) -> None:
    assert len(made) > 30
    assert all(commented.comments for _, commented, _ in made.values())
    assert sum(bool(suggested.changes) for _, _, suggested in made.values()) > 20


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_but_comments_and_changes_differs(
    name: str, made: dict[str, tuple[bytes, Annotated, Annotated]]
) -> None:
    data, commented, suggested = made[name]
    before = packed(data)
    for after in (commented.data, suggested.data):
        now = packed(after)
        differ = {part for part in now if now[part] != before.get(part)}
        assert differ <= {
            "word/document.xml",
            "word/comments.xml",
            "word/_rels/document.xml.rels",
            "[Content_Types].xml",
        }
        assert list(now)[: len(before)] == list(before)
        numbers = new_numbers(data, after)
        old, new = (parts(one)["word/document.xml"] for one in (data, after))
        assert canonical(new, accept=False, numbers=numbers) == canonical(old)
        kept = {number: etree.tostring(one) for number, one in _comments(data).items()}
        assert {number: etree.tostring(one) for number, one in _comments(after).items() if number in kept} == kept


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_validator_finds_no_error_that_was_not_there(
    name: str, made: dict[str, tuple[bytes, Annotated, Annotated]], tmp_path: Path
) -> None:
    def errors(data: bytes) -> Counter[str]:
        path = tmp_path / "a.docx"
        path.write_bytes(data)
        return Counter(re.sub(r"\[\d+\]", "", str(one)) for one in OpenXmlValidator().validate(path).errors)

    data, commented, suggested = made[name]
    assert not errors(suggested.data) - errors(data)
    assert not errors(commented.data) - errors(data)


def anchored(data: bytes) -> dict[str, str]:
    """What each comment of ours lies on, read by another library."""
    document = docx.Document(io.BytesIO(data))
    return {
        one.text: one.anchored_text for one in docx_plus.comments.read_comments(document) if one.author == "tipletters"
    }


@pytest.mark.parametrize("name", ["plain", "forty runs", "one run a letter", "many formats", "bookmarks", "smart quotes", "layout table", "tabs and breaks"])  # fmt: skip
def test_a_comment_lies_on_the_very_words(name: str, made: dict[str, tuple[bytes, Annotated, Annotated]]) -> None:
    data, commented, _ = made[name]
    report = checked(data)[1]
    spans = spans_of(commented.data)
    wanted = Counter(
        report.text[one.start : one.end].replace("\n", "").replace("\t", "")
        for one in report.issues
        if one.end > one.start
    )
    assert not wanted - Counter(spans)


def spans_of(data: bytes) -> list[str]:
    """The text between the marks of each comment."""
    root = etree.fromstring(parts(data)["word/document.xml"])
    found: dict[str, list[str]] = {}
    open_now: set[str] = set()
    for one in root.iter():
        if one.tag == W + "commentRangeStart":
            open_now.add(one.get(W + "id"))
        elif one.tag == W + "commentRangeEnd":
            open_now.discard(one.get(W + "id"))
        elif one.tag == W + "t":
            for number in open_now:
                found.setdefault(number, []).append(one.text or "")
    return ["".join(texts) for texts in found.values()]


def test_another_library_reads_our_comments(made: dict[str, tuple[bytes, Annotated, Annotated]]) -> None:
    _, commented, _ = made["plain"]
    found = {one.author: one for one in docx_plus.comments.read_comments(docx.Document(io.BytesIO(commented.data)))}
    assert set(found) == {"tipletters"}
    text = "".join(etree.fromstring(parts(commented.data)["word/comments.xml"]).itertext())
    assert "Not everybody knows this word." in text
    assert "Write: on both sides" in text
    assert "(jargon; from the lists of tipletters)" in text


@pytest.mark.parametrize(("name", "where"), [("text box", "a text box"), ("footnote", "a footnote"), ("endnote", "an endnote"), ("header and footer", "the header")])  # fmt: skip
def test_what_stands_outside_the_body_is_said_on_the_nearest_paragraph(
    name: str, where: str, made: dict[str, tuple[bytes, Annotated, Annotated]]
) -> None:
    _, commented, suggested = made[name]
    text = "".join(etree.fromstring(parts(commented.data)["word/comments.xml"]).itertext())
    assert f"In {where}: “" in text
    assert not suggested.changes
    root = etree.fromstring(parts(commented.data)["word/document.xml"])
    assert not [one for box in root.iter(W + "txbxContent") for one in box.iter(W + "commentRangeStart")]


def test_dates_come_from_the_document_or_from_the_caller() -> None:
    one, report = checked(OLD)
    assert one.modified == MODIFIED
    for when, says in ((None, "2026-05-12T09:30:00Z"), (datetime(2026, 6, 1, tzinfo=UTC), "2026-06-01T00:00:00Z")):
        found = parts(suggest(one, report, when=when).data)
        for part in ("word/document.xml", "word/comments.xml"):
            assert set(re.findall(rb'w:date="([^"]+)"', found[part])) == {says.encode()}
    assert suggest(one, report).data == suggest(one, report).data


def resolved(data: bytes, accept: bool) -> list[str]:
    """The text of the body once another library has accepted or rejected our changes."""
    document = docx.Document(io.BytesIO(data))
    for one in docx_plus.revisions.read_revisions(document):
        if one.author == "tipletters":
            (docx_plus.revisions.accept_revision if accept else docx_plus.revisions.reject_revision)(
                document, one.revision_id
            )
    out = io.BytesIO()
    document.save(out)
    return [text for block in read(out.getvalue()).letter.blocks for text in _texts(block)]


def _texts(block: Any) -> list[str]:
    from tipletters.letter import texts

    return list(texts(block))


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != "six pages"])
def test_rejecting_gives_the_old_words_to_the_letter(
    name: str, made: dict[str, tuple[bytes, Annotated, Annotated]]
) -> None:
    data, _, suggested = made[name]
    assert resolved(suggested.data, accept=False) == [
        text for block in read(data).letter.blocks for text in _texts(block)
    ]


def test_accepting_gives_the_new_words() -> None:
    one, report = checked(OLD)
    assert resolved(suggest(one, report).data, accept=True) == [
        "Dear Anna,",
        "The hall was busy.",
        "You told me that you feel tired.",
        "You have bilateral swelling and you were seen before May.",
        "Your sleep is poor and we will refer you to the community mental health team (CMHT).",
        "Yours sincerely",
    ]


def test_new_words_look_as_the_old_ones_did() -> None:
    data = word(
        DEAR + p(r("We met "), r("pri", "<w:b/><w:color w:val='FF0000'/>"), r("or to", "<w:i/>"), r(" May.")) + BYE
    )
    root = etree.fromstring(parts(suggest(*checked(data)).data)["word/document.xml"])
    (new,) = [one for one in root.iter(W + "ins") if ours(one)]
    assert "".join(new.itertext()) == "before"
    assert new.find(f"{W}r/{W}rPr/{W}b") is not None
    assert new.find(f"{W}r/{W}rPr/{W}color").get(W + "val") == "FF0000"


def test_a_change_of_somebody_else_is_never_changed(made: dict[str, tuple[bytes, Annotated, Annotated]]) -> None:
    data = word(DEAR + p(r("We met "), '<w:ins w:id="9" w:author="Dr Hart" w:date="2026-05-01T10:00:00Z">' + r("prior to") + "</w:ins>", r(" May. We met prior to June.")) + BYE)  # fmt: skip
    suggested = suggest(*checked(data))
    assert suggested.changes == 1
    root = etree.fromstring(parts(suggested.data)["word/document.xml"])
    assert not [
        one
        for other in root.iter(W + "ins")
        if not ours(other)
        for one in other.iter(W + "ins", W + "del")
        if one is not other
    ]


SUGGESTED = {
    "She reports that she feels tired.": "You told me that you feel tired.",
    "He was seen in May and he has oedema.": "You were seen in May and you have swelling.",
    "The patient's leg is better.": "Your leg is better.",
    "I saw her at home. Her sleep is poor.": "I saw you at home. Your sleep is poor.",
    "She reports low mood. She reported poor sleep.": "You told me about low mood. You told me about poor sleep.",
    "Her 24-hour tape was fine. I put her forward for it.": "Your 24-hour tape was fine. I put you forward for it.",
    "He goes home. He tries hard. He misses it. He closes it.": "You go home. You try hard. You miss it. You close it.",
    "Re: Mrs Anna Wren\n\nMrs Wren was seen in May. Mrs Wren’s sleep is poor.": "Re: Mrs Anna Wren\n\nYou were seen in May. Your sleep is poor.",
    "She hurt herself and she goes home.": "You hurt yourself and you go home.",
}
KEPT = {
    "She lives alone and works hard. She is tired.",  # a second verb would have to change
    "She denies pain. He reports no pain.",
    "Her mother said she was ill. She is well.",
    "“She reports that she is ill.” She said so.",
    "He gave her two tablets. She took his.",
    "Let him eat. Let her rest.",
}


@pytest.mark.parametrize("old", SUGGESTED)
def test_a_sentence_about_the_client_becomes_one_to_them(old: str) -> None:
    assert suggested_text(old) == SUGGESTED[old]


@pytest.mark.parametrize("old", KEPT)
def test_in_doubt_the_words_stay(old: str) -> None:
    made = suggested_text(old)
    assert made.split(". ")[0] == old.split(". ")[0]


MIXED = [  # some of them could not say "you"
    "She is a known alcoholic. Her left arm is weak.",
    "On examination she was kempt. She claims to be well.",
    "Thank you for referring this lady. She feels tired.",
    "She feels tired. Her friend came. Her mother said she is ill.",
    "Mrs Anna Wren was seen in May. Mrs Wren, aged 40.",
]


@pytest.mark.parametrize("text", MIXED)
def test_a_letter_speaks_to_the_client_throughout_or_is_left_as_it_is(text: str) -> None:
    text = f"Dear Dr Hart,\n\nRe: Anna Wren\n\n{text}"
    assert " you" not in suggested_text(text).lower().replace("thank you", "")


def test_a_place_in_the_document_that_cannot_change_keeps_all_as_they_are() -> None:
    data = word(DEAR + p("She feels tired.") + p(r("S"), '<w:hyperlink w:anchor="a">' + r("he") + "</w:hyperlink>", r(" was seen.")) + BYE)  # fmt: skip
    assert not suggest(*checked(data)).changes


@pytest.mark.parametrize("short", ["FTD", "MCA", "ECT", "PE", "LFTs", "CPN"])
def test_letters_that_may_stand_for_several_things_are_never_spelled_out_as_a_change(short: str) -> None:
    text = f"We talked about the {short} in May."
    assert suggested_text(text) == text


LISTED = [
    Entry("jargon-health", "oedema", ("swelling",), "noun", "own"),
    Entry("jargon-health", "nephrologist", ("kidney specialist",), "noun", "own"),
    Entry("jargon-health", "oncologist", ("cancer doctor",), "noun", "own"),
    Entry("jargon-health", "exacerbation", ("sudden worsening",), "noun", "own"),
    Entry("jargon-health", "lesion", ("patch of damage",), "noun", "own"),
    Entry("jargon-health", "biopsy", ("small sample for testing",), "noun", "own"),
    Entry("jargon-health", "sequela", ("effect that stays",), "noun", "own"),
    Entry("jargon-health", "abrasion", ("scrape", "graze"), "noun", "own"),
    Entry("jargon-health", "hypertension", ("high blood pressure",), "noun: name of a condition", "own"),
    Entry("jargon-health", "ataxic", ("unsteady",), "adjective", "own"),
    Entry("jargon-health", "bilateral", ("on both sides",), "adjective", "own"),
    Entry("jargon-health", "ingest", ("swallow",), "verb", "own"),
    Entry("jargon-health", "resect", ("cut out",), "verb", "own"),
    Entry("jargon-health", "donate", ("give",), "verb", "own"),
    Entry("jargon-health", "intravenously", ("into a vein",), "adverb", "own"),
    Entry("jargon-office", "recapitulate", ("sum up",), "verb", "own"),
    Entry("jargon-office", "utilise", ("use",), "verb", "own"),
    Entry("jargon-office", "endeavour", ("try",), "verb", "own"),
    Entry("jargon-office", "prior to", ("before",), "phrase", "own"),
]
TERMS = {
    "You have oedema.": "You have swelling.",
    "Oedema is common.": "Swelling is common.",
    "You utilised it.": "You used it.",
    "It has been utilised.": "It has been used.",
    "She utilises it.": "She uses it.",
    "We will utilize it.": "We will use it.",
    "We are utilizing it.": "We are using it.",
    "We are endeavouring to help.": "We are trying to help.",
    "You endeavoured to help.": "You tried to help.",
    "You donated it.": "You gave it.",
    "It was kindly donated.": "It was kindly given.",
    "We met prior to May.": "We met before May.",
    "There was an abrasion.": None,  # two plain words to choose from
    "You have hypertension.": None,  # the name of a condition
    "We spoke to a nephrologist.": "We spoke to a kidney specialist.",
    "We spoke to an oncologist.": "We spoke to a cancer doctor.",
    "Two nephrologists were there.": "Two kidney specialists were there.",
    "Your nephrologist is away.": "Your kidney specialist is away.",
    "Two lesions were seen.": "Two patches of damage were seen.",
    "You need a biopsy.": "You need a small sample for testing.",
    "You need biopsy.": None,  # "you need small sample"
    "It has sequelae.": None,  # "effects that stays"
    "You had an exacerbation.": None,  # not sure that "worsening" is counted
    "The Oedema Clinic called.": None,
    "The oedema clinic called.": None,
    "OEDEMA.": None,
    "We ingested it.": "We swallowed it.",
    "It was resected.": "It was cut out.",
    "We resect it.": None,  # "cut it out"
    "We recapitulate it.": None,  # "sum it up"
    "You have an ataxic walk.": "You have an unsteady walk.",
    "Your walk is ataxic.": None,
    "You have bilateral pain.": None,  # "on both sides pain"
    "It was done intravenously.": "It was done into a vein.",
    "It was intravenously given.": None,
}


@pytest.mark.parametrize("old", TERMS)
def test_a_term_is_replaced_in_its_form_or_not_at_all(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folded = old.lower()
    by_form = {form: entry for entry in LISTED for form in forms(entry.term, entry.note)}
    monkeypatch.setattr(terms, "_listed", lambda: {form: [entry] for form, entry in by_form.items()})
    form = max((form for form in by_form if form in folded), key=len)
    start = folded.index(form)
    issue = Issue("jargon", start, start + len(form), "", by_form[form].prefer)
    found = terms.replacement(issue, old, start, start + len(form))
    made = old[: found[0]] + found[2] + old[found[1] :] if found else None
    assert made == TERMS[old]


SWAPS = {
    "Alleged perpetrator lives near.": [],  # “Say perpetrator”
    "He alleged that you hit him.": ["He said that you hit him."],
    "You have been in arrears since May.": [
        "You have been behind with payments since May.",
        "You have been owing money since May.",
    ],
    "Your rent arrears are high.": [],  # “your rent money you owe”
    "She showed a lack of remorse.": [],  # “showed a did not say sorry”
    "He is moody.": ["He is up and down."],
    "He refuses to come.": ["He does not want to come."],
    "You need a biopsy.": ["You need a small sample for testing."],
    "You need biopsy.": [],
    "You have oedema.": ["You have swelling."],
    "You have been found to have an aneurysm.": ["You have been found to have a bulge in a blood vessel."],
    "I have burned my bridges with them.": [],  # “my covers the gap with”
    "There is an ACL reconstruction.": [],  # “a ligament inside the knee reconstruction”
    "She had been strangled with a cable.": [
        "She had been hurt with a cable.",
        "She had been held by the neck with a cable.",
    ],
    "A no from you will have to go in the report.": [],  # “a no from please”
}


@pytest.mark.parametrize("old", SWAPS)
def test_a_button_is_only_what_reads_well_in_its_place(old: str) -> None:
    report = check_text(f"Dear Anna,\n\n{old}\n", run=RUN)
    found = [one for issue in report.issues if issue.check != "third-person" for one in swaps(issue, report.text)]
    made = [report.text[: one.start] + one.words + report.text[one.end :] for one in found]
    made = [one.splitlines()[2] for one in made]
    assert made == SWAPS[old]


FRAMES = {
    "noun": ("You have a {}.", "There was an {}.", "Your {} was clear."),
    "verb": ("We will {} soon.", "You {} often."),
}
WRONG = re.compile(
    r"\b(?:an (?:small|person|man|thin|doctor|drug|way)|a (?:injection|illness|adult|eye|ear|operation)|(?:an?|your) (?:an?|the|your|no|being|people|how|not)"
    r"|We will (?:told|was|were|is|did|has|says|went|be be)|your [\w ]* (?:that|which|who)) "
)


def test_no_suggestion_of_any_list_becomes_a_button_where_it_breaks_the_sentence() -> None:
    wrong = []
    for entry in itertools.chain.from_iterable(map(entries, JARGON)):
        for frame in FRAMES.get(entry.kind.split(" ")[0], ()):
            text, start = frame.format(entry.term), frame.index("{")
            issue = Issue("jargon", start, start + len(entry.term), "", entry.prefer)
            made = [text[: one.start] + one.words + text[one.end :] for one in swaps(issue, text)]
            wrong += [one for one in made if WRONG.search(one) and not WRONG.search(text)]
    assert wrong == []


WHOLE = {
    "We will refer you to the CMHT. The CMHT will call.": "We will refer you to the community mental health team (CMHT). The CMHT will call.",
    "You said “my oedema is bad”.": "You said “my oedema is bad”.",
    "Diagnosis: oedema.": "Diagnosis: oedema.",
    "Take 5 mg prior to food.": "Take 5 mg prior to food.",
    "You met us prior to May. She is well.": "You met us before May. She is well.",
}


@pytest.mark.parametrize("old", WHOLE)
def test_quotations_doses_and_records_stay_and_letters_are_spelled_out_once(old: str) -> None:
    assert suggested_text(old) == WHOLE[old]


def suggested_text(text: str) -> str:
    report = check_text(text, run=RUN)
    edits = [edit for one in suggestions_for(report)[0] for edit in one.edits]
    for edit in sorted(edits, key=lambda one: -one.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


BLOOD = "He has haematuria, thrombocytopenia and myeloma, and bilateral oedema. {}"
SEVERAL = {
    "The light chain ratio has gone up.": ("ratio", "say how many", ""),
    "The capsule was not clear on imaging.": ("capsule", "It may mean “outer layer”.", ""),
    "He stayed a night.": ("stayed", "", "put on hold"),  # a court's word
}


@pytest.mark.parametrize("old", SEVERAL)
def test_a_word_of_several_meanings_gets_ideas_of_the_letters_own_field_and_no_replacement(old: str) -> None:
    word, said, never = SEVERAL[old]
    report = check_text(BLOOD.format(old), run=RUN)
    (issue,) = [one for one in report.issues if report.text[one.start : one.end] == word]
    assert said.casefold() in issue.message.casefold() and not (never and never in issue.message)
    assert not issue.suggestions and not swaps(issue, report.text)
    assert word in suggested_text(BLOOD.format(old))


CROWDED = {
    "We talked about your preferred place of death.",  # “your where you would like to die”
    "We need an increase in package of care.",  # “more care of care”
    "We have done safeguarding checks with the police.",  # “checks with police and social work with the police”
    "There is harmful use of alcohol.",  # “use that damages your health of alcohol”
    "You were seen about extrapyramidal side effects.",  # “stiffness ors shaking”
    "You had a double-handed reablement package.",  # “a double-handed help to do things”
    "You had an anterior STEMI.",  # “a front STEMI”
    "You have paranoid schizophrenia.",  # the name of a diagnosis
}


@pytest.mark.parametrize("old", sorted(CROWDED))
def test_words_that_would_say_a_thing_twice_or_break_a_term_are_not_put_in(old: str) -> None:
    assert suggested_text(old) == old
    report = check_text(old, run=RUN)
    for made in (
        report.text[: one.start] + one.words + report.text[one.end :] for i in report.issues for one in swaps(i, old)
    ):
        assert "of care of" not in made and "police and" not in made and "ors " not in made


def test_a_word_of_every_day_is_never_replaced_without_asking() -> None:
    assert "tone" in suggested_text(BLOOD.format("The tone is high."))


def test_a_replacement_fits_the_words_before_it() -> None:
    assert suggested_text("You need a videofluoroscopy.") == "You need an X-ray film of swallowing."
    assert suggested_text("It is a matter of poor sleep hygiene.") == "It is a matter of poor sleep habits."
    assert suggested_text("You had a pseudo-relapse.") == "You had a return of old symptoms for a short time."


def test_handing_back_to_a_gp_reads_well_after_any_verb() -> None:
    assert suggested_text("He will be discharged back to your care.") == "He will be handed back to your care."


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("Take 5 mg daily.", "Take 50 mg daily.", ("number",)),
        ("Take 5 mg daily.", "Take 5 micrograms daily.", ("unit",)),
        ("Your left leg.", "Your right leg.", ("side",)),
        ("bilateral swelling", "swelling on both sides", ()),
        ("You do not smoke.", "You smoke.", ("negation",)),
        ("Take sertraline.", "Take fluoxetine.", ("medicine",)),
        ("on 12 May", "on 12 June", ("date",)),
        ("See you on Monday.", "See you on Tuesday.", ("date",)),
        ("You have oedema.", "You have swelling.", ()),
    ],
)  # fmt: skip
def test_the_meaning_lock_sees_what_must_not_change(old: str, new: str, kinds: tuple[str, ...]) -> None:
    assert differences(old, new) == kinds


def test_what_the_lock_refuses_is_reported_and_becomes_a_comment() -> None:
    report = check_text("There is a section 184 decision about it.", run=RUN)
    passed, dropped = suggestions_for(report)
    assert not passed
    assert [one.changes for one in dropped] == [("number",)]


@given(st.lists(st.sampled_from(["She", "he", "her", "reports that", "has", "was", "oedema", "and", "prior to", "5 mg", "not", "left", "the patient", ".", ",", "“", "”", "CMHT", "the", "utilised"]), max_size=14))  # fmt: skip
def test_no_suggestion_ever_changes_a_fact_or_touches_another(words: list[str]) -> None:
    report = check_text(" ".join(words), run=RUN)
    passed, _ = suggestions_for(report)
    edits = sorted((edit for one in passed for edit in one.edits), key=lambda one: one.start)
    assert all(one.end <= other.start for one, other in itertools.pairwise(edits))
    text = report.text
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert not differences(report.text, text)


@given(st.lists(st.tuples(st.sampled_from(["You have ", "oedema", " bilateral ", "o", "e", "dema. ", "prior to ", "the CMHT "]), st.sampled_from(["", "<w:b/>", "<w:i/>"]), st.booleans()), min_size=1, max_size=12))  # fmt: skip
def test_however_the_runs_are_cut_nothing_else_changes(runs: list[tuple[str, str, bool]]) -> None:
    inner = "".join(f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/>' * mark + r(text, look) + f'<w:bookmarkEnd w:id="{n}"/>' * mark for n, (text, look, mark) in enumerate(runs))  # fmt: skip
    data = word(DEAR + p(inner) + BYE)
    for make in (comments, suggest):
        after = make(*checked(data)).data
        new = canonical(parts(after)["word/document.xml"], accept=False, numbers=new_numbers(data, after))
        assert new == canonical(parts(data)["word/document.xml"])


def test_what_is_no_word_document_takes_no_comments() -> None:
    one = read(b"Dear Anna, you have oedema.")
    with pytest.raises(ReadError, match="Word document"):
        comments(one, report_of(one, RUN))


def test_a_report_about_another_text_is_refused() -> None:
    one, _ = checked(OLD)
    with pytest.raises(OutputError, match="another text"):
        comments(one, checked(DOCUMENTS["plain"]())[1])


def test_an_entry_without_change_is_copied_byte_for_byte() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", b"a" * 999, zipfile.ZIP_STORED)
        archive.writestr("b", b"b" * 999, zipfile.ZIP_DEFLATED)
        archive.writestr("c", b"c" * 999, zipfile.ZIP_BZIP2)
    data = repack(out.getvalue(), {"b": b"new", "d": b"more"})
    assert {name: packed(data)[name] for name in ("a", "c")} == {
        name: packed(out.getvalue())[name] for name in ("a", "c")
    }
    assert parts(data) == {"a": b"a" * 999, "b": b"new", "c": b"c" * 999, "d": b"more"}
    assert deepcopy(parts(data)) == parts(data)


@pytest.mark.parametrize("odd", ["\u00b2", "9" * 5000, "2147483647", "1073741823", "-5", ""])
def test_an_odd_number_in_the_document_stops_no_comment(odd: str) -> None:
    marks = f'<w:bookmarkStart w:id="{odd}" w:name="x"/><w:bookmarkStart w:id="1073741824" w:name="y"/>'
    one, report = checked(word(DEAR + p(marks, r(BAD)) + BYE))
    made = _comments(comments(one, report).data)
    assert len(made) == len(told(report).issues)
    assert all(int(number) < 2**31 for number in made)
    assert not {odd, "1073741824"} & set(made)


def test_a_long_document_takes_all_its_comments() -> None:
    one, report = checked(long(45))
    assert comments(one, report).comments == len(told(report).issues) > 1000


def test_lists_and_their_items_are_commented(made: dict[str, tuple[bytes, Annotated, Annotated]]) -> None:
    data = word(DEAR + "".join(item(f"thing {number} to do with oedema") for number in range(12)) + BYE)
    assert "oedema" in spans_of(comments(*checked(data)).data)


_LEAVES = st.sampled_from(
    [r("You have oedema "), r("prior to ", "<w:b/>"), "<w:r><w:tab/></w:r>", "<w:r/>", "<w:proofErr/>", "<w:r><w:t/></w:r>", "<!-- x -->",
     '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
     "<w:r><w:t>bila</w:t><w:softHyphen/><w:t>teral</w:t><w:br/></w:r>", '<w:r><w:footnoteReference w:id="9"/></w:r>', "<w:pPr/>", "<w:tblPr/>"]
)  # fmt: skip
_AROUND = (
    "p",
    "p",
    "tbl",
    "tr",
    "tc",
    "hyperlink",
    "ins",
    "del",
    "sdt",
    "sdtContent",
    "smartTag",
    "fldSimple",
    "txbxContent",
    "r",
)


@st.composite
def _trees(draw: st.DrawFn, depth: int = 4) -> str:
    """A leaf, or an element around some trees."""
    if not depth or draw(st.booleans()):
        return draw(_LEAVES)
    name = draw(st.sampled_from(_AROUND))
    return f"<w:{name}>{''.join(draw(st.lists(_trees(depth - 1), max_size=3)))}</w:{name}>"


@given(st.lists(_trees(), min_size=1, max_size=3))
def test_whatever_stands_in_whatever_nothing_breaks_and_nothing_else_changes(trees: list[str]) -> None:
    data = word(DEAR + p(BAD) + "".join(trees))
    before = canonical(parts(data)["word/document.xml"])
    for make in (comments, suggest):
        after = make(*checked(data)).data
        assert canonical(parts(after)["word/document.xml"], accept=False, numbers=new_numbers(data, after)) == before
