"""Whom "she" means, in letters with hard referents: what is marked <so> speaks of the client, and nothing else does."""

import re
from pathlib import Path

import pytest

from tipletters.checks.run import Run, check_text

LETTERS = sorted((Path(__file__).parent / "persons").glob("*.txt"))
RUN = Run(only=frozenset({"third-person", "abbreviation"}))


def found_in(text: str, check: str) -> list[str]:
    """Return what a check finds, in order, without its place."""
    return [text[one.start : one.end] for one in check_text(text, run=RUN).issues if one.check == check]


def with_marks(text: str) -> str:
    """Return a text with a mark around each word that speaks of the client."""
    made, at = "", 0
    for one in check_text(text, run=RUN).issues:
        if one.check == "third-person" and one.start >= at:
            made += f"{text[at : one.start]}<{text[one.start : one.end]}>"
            at = one.end
    return made + text[at:]


@pytest.mark.parametrize("path", LETTERS, ids=[path.stem for path in LETTERS])
def test_only_words_that_speak_of_the_client_are_found(path: Path) -> None:
    marked = path.read_text(encoding="utf-8")
    assert with_marks(re.sub(r"[<>]", "", marked)) == marked


SOMEBODY_ELSE = [
    "Your mother said she will come, and that her knee is better.",
    "Thank you for bringing your daughter Ines. She was brave. Her arm will heal in six weeks.",
    "Your carer, Pat, rang me. He had found you on the floor, and he was worried.",
    "Mum and Dad can both come with you. Mum will drive.",
    "You have not decided yet where to have this baby. She may come early.",
    "Maya's Place is the name of the new clinic, and you can ask for Maya's room.",
    "Your brother can come too. Bring the letter about his blood test.",
    "The parent support group meets on Mondays.",
    "The woman next door said she would feed your cat. Her key is on the hook.",
]


@pytest.mark.parametrize("words", SOMEBODY_ELSE)
def test_somebody_else_who_is_really_meant_is_left_alone(words: str) -> None:
    assert found_in(f"Dear Maya,\n\n{words}\n\nWith best wishes,\n", "third-person") == []


THE_CLIENT = [
    ("Mother has failed to engage. She was hostile.", ["Mother", "She"]),
    ("Maya sustained a fall in May.", ["Maya"]),
    ("The call will stop, as service user is managing and reached her goals.", ["service user", "her"]),
    ("Formulation: an anxious young woman with low mood.", []),
    ("Maya's presentation is complex.", ["Maya's"]),
    ("I noted that service user refuses a key safe.", ["service user"]),
    ("For the file: the relevant person has capacity.", ["the relevant person"]),
]


@pytest.mark.parametrize(("words", "found"), THE_CLIENT, ids=[words for words, _ in THE_CLIENT])
def test_a_letter_that_falls_back_into_speaking_about_the_client_is_told_so(words: str, found: list[str]) -> None:
    assert found_in(f"Dear Maya,\n\nYou came to see me.\n\n{words}\n\nWith best wishes,\n", "third-person") == found


def test_the_line_that_says_whom_a_letter_is_about_may_name_them() -> None:
    for line in (
        "Mr Colin Tranter, d.o.b. 17.08.1966, NHS No 999 105 7734\n3 Breakwater Row",
        "ISOBEL MCVEY, CHI 999 070 4418, SOCIAL CIRCUMSTANCES REPORT",
        "Ruby Staveley-Hughes (formerly Ruby Dawes), DOB 30/01/2008",
    ):
        assert found_in(f"Dear Dr Hall\n\n{line}\n\nThank you for your letter.\n", "third-person") == []


def test_names_are_no_abbreviations_whatever_their_case() -> None:
    text = (
        "ISOBEL MCVEY, CHI 999 070 4418, REPORT\n\nMs McVey came with Hugh MacKay and Mrs OKORO. OKORO spoke first. "
        "Mr DeWitt and Dr O’Neill agreed. Mr Dutton rang. DUTTON is well. The CMHT called.\n"
    )
    assert found_in(text, "abbreviation") == ["CHI", "CMHT"]
