"""What the checks say, what they leave alone, and that nothing makes them stumble."""

import importlib
import json
import pkgutil
import re
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import tipletters
from tipletters import check_text, sentence_difficulty
from tipletters.checks import registry
from tipletters.checks import run as run_module
from tipletters.checks.issue import Report
from tipletters.checks.lexis.inflect import forms
from tipletters.checks.lexis.lists import entries, rows
from tipletters.checks.registry import CHECKS
from tipletters.checks.run import Run
from tipletters.checks.text import page as page_module
from tipletters.checks.text.difficulty import PARTS, parts
from tipletters.checks.text.page import page_of
from tipletters.checks.text.shown import shown
from tipletters.cli import main
from tipletters.people import Person
from tipletters.resources import folder

RUN = Run()


def said(text: str, **more: Any) -> list[tuple[str, str]]:
    report = check_text(text, run=RUN, **more)
    return [(one.check, report.text[one.start : one.end]) for one in report.issues]


def words_of(text: str, check: str, **more: Any) -> list[str]:
    return [words for name, words in said(text, **more) if name == check]


def manual(check: str) -> dict[str, str]:
    page = registry.manual(check)
    return dict(re.findall(r"(?m)^(Bad|Good|Source|Why it matters): (.+)$", page))


# Checks that look at more than one sentence; their manual pages describe the text in words.
WHOLE = {"long-sentence", "long-paragraph", "dense-list", "missing", "file-name", "metadata"}


@pytest.mark.parametrize("check", [name for name in CHECKS if name not in WHOLE])
def test_a_manual_page_shows_what_is_flagged_and_what_is_fine(check: str) -> None:
    page = manual(check)
    assert words_of(page["Bad"], check), page["Bad"]
    assert not words_of(page["Good"], check), page["Good"]
    assert page["Source"]
    assert page["Why it matters"]


def test_no_check_on_disk_is_missing_from_the_list() -> None:
    package = Path(run_module.__file__).parent
    found = {
        module.name.replace("_", "-")
        for module in pkgutil.iter_modules([str(package)])
        if module.name not in ("run", "existing")
        and hasattr(importlib.import_module(f"tipletters.checks.{module.name}"), "check")
    }
    assert found == set(CHECKS)


FLAGGED = [
    ("jargon", "You have bilateral oedema of both legs.", ["bilateral", "oedema"]),
    ("jargon", "They commenced you on tablets prior to the visit.", ["commenced", "prior to"]),
    ("abbreviation", "The CMHT and the CPN will call.", ["CMHT", "CPN"]),
    ("abbreviation", "Take 50 mg bd and 5 mg nocte.", ["bd", "nocte"]),
    (
        "third-person",
        "Thank you for referring this lady. She sleeps badly and her mood is low.",
        ["this lady", "She", "her"],
    ),
    ("doubt", "She denies chest pain and claims that she sleeps.", ["denies", "claims that"]),
    ("order", "You must attend. You need to stop smoking.", ["You must", "You need to"]),
    ("medicine", "You take sertraline each day.", ["sertraline"]),
    ("medicine", "Take 2.0 mg or .5 mg.", ["2.0", ".5"]),
    ("medicine", "Take 10-20 mg 4 hourly, or 50 mcg.", ["10-20", "4 hourly", "mcg"]),
    ("jargon", "Tone was normal, with bilateral oedema.", ["Tone was", "bilateral", "oedema"]),
    ("jargon", "There is perivascular cuffing.", ["perivascular"]),
    ("abbreviation", "You c/o pain, need 1:1 care, and take 600 kcal.", ["c/o", "1:1", "kcal"]),
    ("abbreviation", "OT (Jane Smith) and PT met. OT will call.", ["OT", "PT", "OT"]),
    ("third-person", "Patient slept well at home.", ["Patient"]),
    (
        "third-person",
        "Dear Mrs Lee,\n\nYour son was there. Mrs Lee needs help. Her walk is slow.",
        ["Mrs Lee", "Her"],
    ),
    ("stigma", "You were rude and difficult.", ["rude", "difficult"]),
    ("stigma", "You failed again to take part.", ["You failed again to take"]),
    ("threat", "One more outburst and you are out.", ["One more outburst and you are out"]),
    (
        "jargon",
        "He had a vocational assessment under section 117.",
        ["vocational assessment", "section 117"],
    ),
    (
        "jargon",
        "Mr Yuill is 54% predicted, with the discs cupped. He is in Band B.",
        ["predicted", "discs cupped", "Band B"],
    ),
    ("jargon", "It went to the Resource Allocation Panel.", ["Resource Allocation Panel"]),
    ("abbreviation", "The (L) leg is sore. Obs: T 37.9 P 98 BP 108/60.", ["L", "Obs", "T", "P", "BP"]),
    ("medicine", "You take lithium. Please stop the lithium.", ["lithium", "lithium"]),
    ("medicine", "You take lithium for your mood. Please stop the lithium.", []),
    ("medicine", "For the pain I have started naproxen. It is 250 mg.", []),
    ("medicine", "Carry on with amlodipine and doxazosin for your blood pressure.", []),
    ("medicine", "Dear Dr Roe\n\nMrs Roe has type 2 diabetes and is on metformin.", []),
    ("abbreviation", "You have GDM which is under control, and are on the w/l.", ["GDM", "w/l"]),
    ("abbreviation", "You have OCD, which is an illness of worry.", []),
    ("jargon", "The reviews are outstanding, and the bilateral oedema is stable.", ["bilateral", "oedema"]),
    ("medicine", "You had sulfasalazine (rash).", ["sulfasalazine"]),
    ("medicine", "We talked about tranexamic acid, tablets which lighten the bleeding.", []),
    (
        "medicine",
        "You take codeine. The street is wet. As for the tablets, you take ramipril.",
        ["codeine", "ramipril"],
    ),
    ("jargon", "Wound 3 cm. Necrotic. ?osteomyelitis.", ["Necrotic", "osteomyelitis"]),
    ("jargon", "It was remitted to the sheriff for proof.", ["remitted to", "sheriff", "for proof"]),
    (
        "abbreviation",
        "Seen re a fall, ?ASD. Hit x2 on L forearm, pCO2 high, wt down.",
        ["re", "?", "ASD", "x2", "L", "pCO2", "wt"],
    ),
    (
        "jargon",
        "She has COPD and was put in Module 4. He has AWI, and a lesion of grade III.",
        ["Module 4", "lesion", "grade III"],
    ),
    ("abbreviation", "Monofilament 3/10 L. Pulses absent on R. Tearful ++ today.", ["L", "R", " ++"]),
    (
        "threat",
        "If she refuses therapy we shall have to look at respite.",
        ["If she refuses therapy we shall have to look at respite"],
    ),
    ("threat", "Failure to attend will result in discharge.", ["will result in discharge"]),
    ("threat", "You won't get any better.", ["You won't get any better"]),
    ("doubt", "His “pain” comes in the evening.", ["His “pain”"]),
    ("doubt", "She could not explain how she fell.", ["She could not explain how"]),
    ("stigma", "She is a known vasculopath.", ["a known vasculopath"]),
    ("stigma", "She clearly does not appreciate this.", ["She clearly does not"]),
    ("stigma", "Despite endless advice she took to her bed.", ["Despite endless advice", "took to her bed"]),
    (
        "stigma",
        "There is always some drama or other. He never lifts a finger.",
        ["There is always some drama", "lifts a finger"],
    ),
    ("doubt", "The limp comes and goes to suit her.", ["limp comes and goes to suit"]),
    ("threat", "Any repeat of this and you are out.", ["Any repeat of this and you are out"]),
    ("doubt", "Without a receipt we only have your word.", ["only have your word"]),
    ("threat", "There will not be another.", ["There will not be another"]),
    ("false-promise", "Nothing you say will ever be passed on.", ["Nothing you say will ever be passed"]),
    ("jargon", "Your first baby came early, after failure to progress.", ["failure to progress"]),
    (
        "threat",
        "Failing that the Council will apply to the court.",
        ["Failing that the Council will apply to the court"],
    ),
    ("third-person", "Dear Keira\n\nYou came on Monday. Keira and her mother are aware of this.", ["Keira", "her"]),
    (
        "third-person",
        "To: Mr L. Beddoes\n\nMr Beddoes\n\nYour scan of 9 Feb did not go ahead. Mr Beddoes was seen.",
        ["Mr Beddoes"],
    ),
    (
        "third-person",
        "Dear all\nSubject: Mr Ian Tulloch (84), 7 Shore Wynd\n\nOfficer's report: Mr Tulloch alleges that his bag went. It was against the adult's wishes.",
        ["Mr Tulloch", "his", "the adult"],
    ),
    ("gp-speak", "I'd be grateful if GP could prescribe it.", ["I'd be grateful if GP could prescribe"]),
]


@pytest.mark.parametrize(("check", "text", "words"), FLAGGED, ids=[text for _, text, _ in FLAGGED])
def test_what_would_trip_or_hurt_is_flagged(check: str, text: str, words: list[str]) -> None:
    assert words_of(text, check) == words


# A false alarm that was met once stands here for good.
CLEAN = [
    "Mrs L. Tremain will ring you. You work at the bus depot.",
    "You were given a community payback order. It has two parts.",
    "You have high blood pressure (hypertension). Hypertension is common.",
    "You have hypertension, which means high blood pressure.",
    "We talked about the community mental health team (CMHT). The CMHT will call you.",
    "Your GP is on TV. The NHS pays.",
    "Your mother said she will come with her friend, and he will drive.",
    "Sam Reid is your link worker. You can call her on Monday. She is kind.",
    "Call 999 at once. You must not take more than 8 tablets in a day.",
    "You must be proud of yourself. You do not have to decide now.",
    "Bring clean clothes to terminal 2, and be patient with us.",
    "You said: “I must stop drinking.”",
    "You can claim Universal Credit. Your claim was refused.",
    "You take sertraline (to lift your mood). Sertraline can make you feel sick at first.",
    "You were in hospital, and they let you go home when the wound was dry.",
    "The address is 4 Mill Lane, AN1 2YZ. We met at Type II Café in part IV.",
    "Your job is demanding, and it can be slow and difficult.",
    "You have a stent, a tiny tube that keeps the artery open. The stent will stay in.",
    "You need dialysis. This is when a machine cleans your blood. Dialysis takes four hours.",
    "We will look at your power of speech, your tone of voice and your reflexes.",
    "A surveyor will visit you on Thursday. He will look at your roof.",
    "An additional letter will follow in due course.",
    "Yours sincerely,\n\nEilidh Rennie RMN FRCP\nPodiatrist",
    "Your physical examination went well. Please look at section 14 of this letter.",
    "Take paracetamol if it hurts. You are allergic to penicillin and to codeine. Your testosterone level was fine.",
    "Prednisolone calms your body’s defences. For the pain in your back, you take morphine.",
    "Your advocacy worker, Shona, will help you. The Named Nurse for Safeguarding and the Renal Unit have a copy.",
    "Your National Insurance number is QQ 12 34 56 C.",
    "You were placed in the front row, and there was proof on the grounds of the house.",
    "If you cannot come, ring us and we will find another time. You will not lose your place.",
    "You have the right to refuse any treatment. If you refuse, we will still look after you.",
    "You said that the nurse had a “frog” badge, and that you call it your “fog”.",
    "If your leg gets hot, or you find it hard to breathe, call 999.",
    "Your son has an epileptic fit now and then, and goes to the diabetic clinic.",
    "You are not the only person who feels like this. The pain will not last forever.",
    "We talked about what to expect from your operation. You need help to get washed and dressed.",
    "You felt that you could not go on like this. You should have had this letter earlier.",
    "You said you have no plans to end your life. Your mother is no better since the new tablets.",
    "This will be our last visit. There will be no more injections.",
    "You were taken in by your aunt when you were nine, and you took to the new school at once.",
    "You have plenty of time to decide. Think carefully before you decide. The lump is painful but harmless.",
    "We found nothing to suggest that you have cancer. The tablets did nothing to help your pain.",
    "Your name is on the list. If this happens again, call us and we will help.",
    "I promised that you would have this by Friday. Go with a person who knows what to do. Dr M. Rennie will call.",
    "Hospital no. HB 440917. It was on 05/12.",
    "The old pear tree has perished, but the chrysanthemums and the budgerigar are well.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_plain_and_kind_words_are_left_alone(text: str) -> None:
    kept = {"jargon", "abbreviation", "third-person", "doubt", "stigma", "order", "threat", "false-promise", "medicine"}
    report = check_text(text, run=RUN)
    found = [
        (one.check, text[one.start : one.end])
        for one in report.issues
        if one.check in kept and one.severity != "advice"
    ]
    assert found == []


def test_a_term_is_one_issue() -> None:
    text = "You take it nocte, 5 mg om. Your HCR-20 is done."
    found = [(name, words) for name, words in said(text) if words in ("nocte", "om", "HCR-20")]
    assert found == [("abbreviation", "nocte"), ("abbreviation", "om"), ("abbreviation", "HCR-20")]
    assert [one.start for one in Run(only=frozenset({"jargon"})).check(text).issues] == [12, 33]


def test_words_that_most_adults_know_are_jargon_in_the_plain_profile_alone() -> None:
    text = "An additional letter will follow in due course."
    assert words_of(text, "jargon") == []
    found = check_text(text, profile="plain").issues
    assert [text[one.start : one.end] for one in found if one.check == "jargon"] == ["additional", "in due course"]


def test_our_own_letters_have_no_warning() -> None:
    from test_documents import ALL, example

    loud = {}
    for name in ALL:
        letter = example(name)[0].copies[0].letter
        assert letter is not None
        report = tipletters.check(letter, run=RUN)
        found = [(one.check, report.text[one.start : one.end]) for one in report.issues if one.severity == "warning"]
        if found:
            loud[name] = found
    assert loud == {}


def test_whose_letter_it_is_tells_the_clients_name_from_others() -> None:
    text = "Anna Lind sleeps badly. Tom sleeps well."
    assert words_of(text, "third-person", about=Person(frozenset({"Anna Lind"}))) == ["Anna Lind"]


def test_a_client_with_one_name_is_known_by_it() -> None:
    text = "Suharto sleeps badly. Tom sleeps well."
    assert words_of(text, "third-person", about=Person(frozenset({"Suharto"}))) == ["Suharto"]


def test_a_quotation_is_advice_at_most() -> None:
    report = check_text("You told me: “I am an alcoholic.”", run=RUN)
    assert {one.severity for one in report.issues if one.check == "stigma"} == {"advice"}


def test_sentences_are_split_as_a_reader_would() -> None:
    text = "Dr. Smith gave you 2.5 mg. It helps, e.g. at night.\n\nYour plan\n- walk\n- call\n  me"
    assert [one.text for one in page_of(text).sentences()] == [
        "Dr. Smith gave you 2.5 mg.",
        "It helps, e.g. at night.",
        "Your plan",
        "walk",
        "call\n  me",
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_places_count_the_text_as_it_was_given(ends: str) -> None:
    text = ends.join(["Dear Anna", "", "You have oedema.", "", "😀 The CMHT", "and the CPN will call."])
    assert words_of(text, "jargon") == ["oedema"]
    assert words_of(text, "abbreviation") == ["CMHT", "CPN"]
    report = check_text(text, run=RUN)
    assert report.text == text
    assert all(0 <= one.start <= one.end <= len(text) for one in report.issues)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u200b\u00ad"])
def test_a_sign_that_shows_nothing_hides_no_word(unseen: str) -> None:
    text = f"Dear Anna\r\n\r\nYou have oe{unseen}dema.\r\nThe C{unseen}MHT{unseen} will {unseen}call. 👩\u200d⚕️"
    assert words_of(text, "jargon") == [f"oe{unseen}dema"]
    assert words_of(text, "abbreviation") == [f"C{unseen}MHT"]
    report = check_text(text, run=RUN)
    assert report.text == text
    assert next(text[one.start : one.end].strip() for one in report.sentences) == "Dear Anna"


@given(st.text(alphabet="ab\u00ad\u200b\r\nﬁﬃ\u2028é"))
def test_each_place_of_what_is_seen_is_told_in_the_text_itself(text: str) -> None:
    seen = shown(text)
    back = [text[seen.origin(at) : seen.origin(at + 1)] for at, sign in enumerate(seen.text) if sign in "ab"]
    assert [one.strip("\u00ad\u200b\r") for one in back] == [sign for sign in text if sign in "ab"]


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029", "\v", "\f"])
def test_ligatures_and_strange_line_ends_hide_no_word_and_no_sentence(end: str) -> None:
    text = end.join(["Dear Anna", "", "You had an inﬂammation: atrial ﬁbrillation. The CMHT knows", "", "Sam"])
    report = check_text(text, run=RUN)
    assert "atrial ﬁbrillation" in words_of(text, "jargon")
    assert words_of(text, "abbreviation") == ["CMHT"]
    assert [text[one.start : one.end].strip() for one in report.sentences][::3] == ["Dear Anna", "Sam"]


@given(st.text(alphabet="ab. \n", max_size=400))
def test_a_very_long_text_is_read_in_pieces_that_make_the_whole(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_module, "_PIECE", 50)
        patch.setattr(page_module, "_SENTENCE", 20)
        found = list(page_module.pieces(text))
        assert "".join(piece for _, piece in found) == text
        assert all(text.startswith(piece, start) and len(piece) <= 50 for start, piece in found)
        report = check_text(text, run=Run())
    words = [word for one in report.sentences for word in text[one.start : one.end].split()]
    assert "".join(words) == "".join(re.sub(r"[-*]", "", text).split())
    assert all(one.end - one.start <= 21 for one in report.sentences)


def test_an_allowed_word_is_listed_and_not_an_issue() -> None:
    report = check_text("You have oedema.", run=Run(allowed=frozenset({"oedema"})))
    assert not report.issues
    assert report.allowed == ("oedema",)


def test_a_phrase_is_allowed_in_its_place_alone() -> None:
    text = "You have oedema of\nyour left leg. You said the Oedema came back. A 14% risk, a 15% risk."
    run = Run(allowed=frozenset({"Oedema  of your left leg", "14%"}), skip=frozenset({"missing"}))
    report = check_text(text, run=run)
    found = [report.text[one.start : one.end] for one in report.issues if one.check in ("jargon", "number-format")]
    assert found == ["Oedema", "15%"]
    assert report.allowed == ("14%", "oedema")


def test_a_letter_allows_words_in_its_case(tmp_path: Path) -> None:
    from cases import drafted

    from tipletters.cli.draft import _checked
    from tipletters.config import House

    made = drafted(tmp_path, fields={"said": "You have oedema. You have bilateral pain."}, allow=["oedema"])
    report = _checked(made, House())["client"]
    assert report.allowed == ("oedema",)
    assert [report.text[one.start : one.end] for one in report.issues if one.check == "jargon"] == ["bilateral"]


def test_difficulty_adds_up_from_parts_that_a_person_can_read_off() -> None:
    sentence = "He was commenced on bisoprolol for paroxysmal atrial fibrillation."
    named = {part.name: part.adds for part in parts(sentence)}
    assert tuple(named) == PARTS
    assert sentence_difficulty(sentence) == pytest.approx(sum(named.values()))
    assert sentence_difficulty(sentence) > sentence_difficulty("You told me that you sleep well.") + 1.5


def test_scores_are_those_of_textstat_on_simple_text() -> None:
    from textstat import textstat

    text = "You told me about your garden. It helps you every morning. We will meet again on Monday."
    scores = check_text(text, run=RUN).scores
    assert scores["flesch_kincaid_grade"] == pytest.approx(textstat.flesch_kincaid_grade(text), abs=0.2)
    assert scores["flesch_reading_ease"] == pytest.approx(textstat.flesch_reading_ease(text), abs=2)


ODD = st.text(alphabet=st.characters(), max_size=300) | st.sampled_from(
    [
        "",
        " ",
        "." * 999,
        "(" * 999,
        "a" * 20_000,
        "\ud800",
        "\x00",
        "a\r\r\n\nb",
        "“" * 500,
        "A.B." * 300,
        "İ" * 50,
        "- " * 400,
    ]
)


@given(ODD)
def test_nothing_makes_a_check_stumble_and_every_place_is_in_the_text(text: str) -> None:
    report = check_text(text, run=RUN)
    for one in (*report.issues, *report.sentences):
        assert 0 <= one.start <= one.end <= len(text)
    assert check_text(text, run=Run()).issues == report.issues


@pytest.mark.parametrize(
    "piece", ["a", ". ", "(", "A.", "she ", "1/7 ", "\n", "“a” ", "not un", "you must ", "CMHT (", "- a\n", "Aa "]
)
def test_the_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        times = []
        for _ in range(3):
            start = time.perf_counter()
            check_text(text, run=Run())
            times.append(time.perf_counter() - start)
        return min(times)

    seconds(1000)
    assert seconds(160_000) < 16 * seconds(40_000) + 0.5  # a square would be 16 times of 16


LISTS = sorted(path.stem for path in folder("wordlists").glob("*.tsv"))


@pytest.mark.parametrize("name", LISTS)
def test_a_word_list_is_in_order_and_complete(name: str) -> None:
    text = (folder("wordlists") / f"{name}.tsv").read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("# ")]
    assert any(line.startswith("# Licence: ") for line in head)
    assert any(line.startswith("# Origin: ") for line in head)
    found = list(rows(name))
    terms = [term for term, *_ in found]
    assert len(set(terms)) == len(terms)
    if name != "difficulty":
        assert terms == sorted(terms, key=str.casefold)
    for term, prefer, note, source in found:
        assert term, name
        assert source, (name, term)
        assert prefer or ":" in note, (name, term)
        assert prefer.casefold() != term.casefold() or name in ("units", "purposes", "sensitive"), (name, term)


@pytest.mark.parametrize("path", sorted(folder("wordlists").glob("*.txt")), ids=lambda path: path.stem)
def test_a_list_of_words_by_kind_says_where_it_is_from_and_has_each_word_of_a_kind_once(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("# ")]
    assert any(line.startswith("# Licence: ") for line in head)
    assert any(line.startswith("# Origin: ") for line in head)
    for line in lines[len(head) + 1 :]:
        words = re.split(", " if ", " in line else " ", line.rpartition("\t")[2])
        assert len(set(words)) == len(words), line[:20]


def test_what_is_advice_is_told_apart_from_what_can_be_put_in_a_terms_place() -> None:
    notes = re.compile(r"(?:put|leave|move) this|say it to|add “|thank the|call us|\(?“?for your\b.*”")
    for name in LISTS:
        if name in ("gp-speak", "stigma", "doubt", "order", "threat", "false-promise", "third-person", "clauses"):
            for entry in entries(name):
                assert not [one for one in entry.prefer if notes.match(one)], entry.term
                assert all(notes.match(one) for one in entry.advice), entry.term
                assert name != "gp-speak" or not entry.prefer


@pytest.mark.parametrize(
    ("text", "check", "old", "new", "said"),
    [
        ("She presented with low mood.", "third-person", "She", ("you",), "For “she presented”, say “you came”."),
        ("She is tired.", "third-person", "She", (), "Say “you”."),
        ("She also feels low.", "third-person", "She", (), "Say “you”."),
        ("I saw her on Monday.", "third-person", "her", ("you",), "Say “you”."),
        ("I read her notes on Monday.", "third-person", "her", ("your",), "Say “you”."),
        ("You take sertraline.", "medicine", "sertraline", (), "such as “to help "),
        ("Please could you check U&Es.", "gp-speak", "Please could you check", (), "Put this under “For your GP”."),
        ("You must not ring us.", "order", "must not", (), "order"),
        ("It was beyond redemption.", "stigma", "beyond redemption", (), "Leave this out and say what happened."),
    ],
)
def test_a_suggestion_can_be_put_in_the_words_place_and_all_else_is_in_the_message(
    text: str, check: str, old: str, new: tuple[str, ...], said: str
) -> None:
    report = check_text(f"Re: Maya Ahmed\n\n{text}", run=RUN)
    (found,) = [one for one in report.issues if one.check == check]
    assert old in report.text[found.start : found.end]
    assert found.suggestions == new
    assert said in found.message


def test_no_jargon_stands_in_two_lists_or_among_the_plain_words() -> None:
    seen: dict[str, str] = {}
    for name in LISTS:
        if name.startswith("jargon-"):
            for term, *_ in rows(name):
                assert term not in seen, (term, name, seen.get(term))
                seen[term] = name
    plain = {term.casefold() for term, *_ in rows("rare-but-plain")}
    assert not plain & seen.keys()


def test_the_lists_are_as_long_as_promised() -> None:
    count = {name: sum(1 for _ in rows(name)) for name in LISTS}
    assert sum(number for name, number in count.items() if name.startswith("jargon-")) >= 3000
    assert count["abbreviations"] >= 1000
    assert count["stigma"] + count["doubt"] + count["order"] >= 250
    assert count["medicines"] >= 400


@pytest.mark.parametrize(
    ("term", "note", "form"),
    [
        ("biopsy", "noun", "biopsies"),
        ("metastasis", "noun", "metastases"),
        ("refer", "verb", "referred"),
        ("titrate", "verb", "titrating"),
        ("give consent", "verb", "gave consent"),
        ("mobilise", "verb", "mobilized"),
        ("deny", "verb", "denies"),
    ],
)
def test_all_forms_of_a_word_are_known(term: str, note: str, form: str) -> None:
    assert form in forms(term, note)


def told(*args: str | Path) -> Any:
    return CliRunner().invoke(main, ["check", *map(str, args)])


def test_the_json_report_has_the_promised_form(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfYou have oedema.\r\nThe CMHT will call.")
    result = told(tmp_path / "a.txt", tmp_path / "none.txt", "--format", "json")
    assert result.exit_code == 2
    first, second = json.loads(result.stdout)["files"]
    assert first["text"] == "You have oedema.\r\nThe CMHT will call."
    assert first["encoding"] == "utf-8-sig"
    assert {"flesch_kincaid_grade", "smog", "gunning_fog", "reading_age", "difficulty"} <= set(first["scores"])
    for one in first["issues"]:
        assert set(one) == {"check", "start", "end", "text", "message", "suggestions", "severity", "source"}
        assert one["text"] == first["text"][one["start"] : one["end"]]
    assert set(first["sentences"][0]) == {"start", "end", "difficulty"}
    assert "error" in second


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("You have oedema.", [], 1),
        ("You sleep well.", [], 0),
        ("You have oedema.", ["--fail-on", "error"], 0),
        ("You have oedema.", ["--skip", "jargon"], 0),
        ("You have oedema.", ["--only", "order"], 0),
        ("You have oedema.", ["--allow", "Oedema"], 0),
        ("It was decided.", ["--fail-on", "advice"], 1),
        ("You have oedema.", ["--only", "jargn"], 2),
    ],
)
def test_exit_codes_say_what_was_found(tmp_path: Path, text: str, options: list[str], code: int) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert told(tmp_path / "a.txt", *options).exit_code == code


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 99, b"PK\x03\x04rubbish", b""])
def test_a_file_that_is_no_letter_is_said_or_empty(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.bin").write_bytes(data)
    assert told(tmp_path / "a.bin").exit_code == (2 if data else 0)


def test_every_check_can_be_explained_and_every_profile_read() -> None:
    for name in CHECKS:
        result = CliRunner().invoke(main, ["explain", name])
        assert "Why it matters" in result.output
    for path in (folder("wordlists") / "profiles").glob("*.toml"):
        assert isinstance(check_text("You sleep well.", profile=path.stem), Report)


@pytest.mark.parametrize("below", ["PS You have bilateral oedema; please take your bisoprolol.", "Your plan\n\nPlease go on with bisoprolol.\n\nThe scan showed oedema."])  # fmt: skip
def test_what_stands_below_the_names_is_checked_too(below: str) -> None:
    text = f"Dear Anna\n\nYour test is back.\n\nYours sincerely\n\nDr Tom Wren MRCP\nST6 Cardiology\n\n{below}"
    found = {(one.check, text[one.start : one.end]) for one in check_text(text).issues}
    assert {("jargon", "oedema"), ("medicine", "bisoprolol")} <= found
    assert not {words for check, words in found if check == "abbreviation"} & {"MRCP", "ST6"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Dear Anna,\n\nYou DNA’d in May.", ["did not come"]),
        ("Re: Anna Wren\n\nShe DNA her visit and she is low.", ["did not come"]),
        ("Dear Anna,\n\nThe DNA test is back.", ["the code in our bodies passed on from our parents"]),
        ("Dear Anna,\n\nIt is in your DNA.", ["the code in our bodies passed on from our parents"]),
        (
            "Dear Anna,\n\nThere was one DNA in May.",
            ["did not come", "the code in our bodies passed on from our parents"],
        ),
    ],
)
def test_a_missed_visit_is_not_called_the_code_in_our_bodies(text: str, meant: list[str]) -> None:
    (found,) = [one for one in check_text(text, run=RUN).issues if one.check == "abbreviation"]
    assert list(found.suggestions) == meant


def test_what_stands_long_before_a_detail_does_not_say_whose_it_is() -> None:
    text = (
        "Reach her at home "
        + "and so on " * 50
        + "or ring reception on ann.lee@example.com at any time "
        + "and so on " * 9
    )
    assert words_of(f"Dear Anna,\n\n{text}.\n\nYours sincerely", "identifier") == []
    assert words_of(f"Dear Anna,\n\n{text.replace(' and so on', '', 50)}.\n\nYours sincerely", "identifier") == [
        "ann.lee@example.com"
    ]


def test_a_sentence_is_looked_through_once_for_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    class Counting:
        def findall(self, text: str) -> list[str]:
            looks.append(text)
            return []

    monkeypatch.setattr("tipletters.checks.abbreviation._SHOUTED", Counting())
    check_text("~AB" * 50, run=Run(only=frozenset({"abbreviation"})))
    assert len(looks) == 1
