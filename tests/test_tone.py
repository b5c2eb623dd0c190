"""Sentences as tired workers write them: those that blame, doubt or threaten, and those that only share their words."""

from pathlib import Path

import pytest

from tipletters import check_text
from tipletters.checks.run import Run

RUN = Run()
LINES = [line.split("\t") for line in (Path(__file__).parent / "tone.tsv").read_text(encoding="utf-8").splitlines()]


TONE = frozenset(["stigma", "doubt", "threat"])
OTHER = ["order", "false-promise", "surprise", "detail"]


def found(text: str, checks: frozenset[str] = TONE) -> set[str]:
    return {issue.check for issue in check_text(text, run=RUN).issues} & checks


@pytest.mark.parametrize("check", [*sorted(TONE), *OTHER])
def test_what_blames_doubts_or_threatens_is_flagged(check: str) -> None:
    texts = [text for kind, text in LINES if kind == check]
    assert len(texts) > 20
    assert [text for text in texts if not found(text, frozenset([check]))] == []


def test_what_only_shares_its_words_is_left_alone() -> None:
    fine = [text for kind, text in LINES if kind == "fine"]
    assert len(fine) > 150
    assert [(text, found(text)) for text in fine if found(text)] == []


@pytest.mark.parametrize("check", OTHER)
def test_what_only_shares_its_words_is_left_alone_by_other_checks(check: str) -> None:
    fine = [text for kind, text in LINES if kind == f"fine {check}"]
    assert [text for text in fine if found(text, frozenset([check]))] == []


def test_a_threat_is_flagged_though_another_begins_in_what_follows_it() -> None:
    text = "If a payment is missed the case will be passed to court and you will be liable for costs."
    threats = [text[one.start : one.end] for one in check_text(text, run=RUN).issues if one.check == "threat"]
    assert threats == ["If a payment is missed the case will be passed", "liable for"]
