"""Orders and promises: what is one, and what only looks like it."""

import pytest

from tipletters.checks.run import Run, check_text

RUN = Run()
ABOUT = "Dear Dr Hart,\n\nRe: Anna Lind, born 3 May 1950\n\nShe sleeps badly and her mood is low. She came with her sister.\n\n"
TO = "Dear Anna,\n\nYou told us that you sleep badly. Your sister came with you.\n\n"


def flagged(check: str, head: str, text: str, *, mild: bool = False) -> list[str]:
    report = check_text(head + text, run=RUN)
    return [
        report.text[one.start : one.end]
        for one in report.issues
        if one.check == check and (mild or one.severity != "advice")
    ]


ORDERS = [
    "You must attend all sessions.",
    "You are required to bring proof of your rent.",
    "You will sign the agreement by Friday.",
    "You will abstain from alcohol.",
    "You should stop smoking.",
    "You need to lose weight.",
    "You are expected to engage.",
    "You must be prepared to work hard.",
    "You have to come on time.",
]


@pytest.mark.parametrize("text", ORDERS)
def test_a_duty_put_on_the_client_is_an_order(text: str) -> None:
    assert len(flagged("order", TO, text)) == 1


ORDERS_ABOUT = ["She must stop smoking.", "Told her that she should not come back.", "Patient needs to lose weight."]


@pytest.mark.parametrize("text", ORDERS_ABOUT)
def test_a_duty_put_on_the_client_is_one_in_a_letter_about_them_too(text: str) -> None:
    assert len(flagged("order", ABOUT, text)) == 1


def test_orders_that_go_on_from_one_are_found() -> None:
    text = "You must take it each day and should avoid alcohol."
    assert flagged("order", TO, text) == ["You must", "and should"]


NO_ORDERS = [
    "You must be told why.",
    "You should be offered a choice, and you must be asked first.",
    "You should then have the money by Friday.",
    "You should soon feel a little better.",
    "You do not have to decide today.",
    "If your lips swell, you must ring 999.",
    "You must not take more than eight in a day.",
    "You must tell the DVLA.",
    "Your sister knows what she has to do.",
    "She must ring the school, and he is not to collect her.",
    "I know that you have to look after your mother.",
    "We can talk about what you need to feel safe.",
    "The panel may decide that you should have a Compulsory Supervision Order.",
    "You can ask for a Mandatory Reconsideration.",
    "The form must be signed by a doctor.",
    "You need to know that nobody blames you.",
    "You must be exhausted.",
    "You will have to wait about six weeks.",
    "You ought to have been told.",
    "You are expected to make a good recovery.",
    "You have to be 18 to apply.",
]


@pytest.mark.parametrize("text", NO_ORDERS)
def test_a_right_a_warning_of_danger_and_a_duty_of_others_are_no_order(text: str) -> None:
    assert flagged("order", TO, text) == []


def test_what_a_colleague_is_asked_is_no_order_to_the_client() -> None:
    assert flagged("order", ABOUT, "We would ask that you do not start codeine.") == []


PROMISES = [
    "I promise that you will get better.",
    "Everything will be fine.",
    "This is completely confidential.",
    "Nothing you say will go any further.",
    "We guarantee that you will keep your home.",
    "There will always be a nurse to come out to you.",
    "I will always be thinking of you.",
    "You are in safe hands.",
    "Nobody will ever find out.",
    "We are always here for you.",
    "Someone will always answer the phone.",
    "I will be there for you no matter what.",
    "We will always have a bed for you.",
    "Your case will be decided in your favour.",
    "Your baby will be perfectly healthy.",
    "I won't tell a soul.",
    "I am sure that it is not cancer.",
    "We will find you a flat.",
    "You can ring us any time, day or night, and we will always be there.",
]


@pytest.mark.parametrize("text", PROMISES)
def test_what_nobody_can_be_sure_of_is_a_false_promise(text: str) -> None:
    assert flagged("false-promise", TO, text, mild=True)


HONEST = [
    "I cannot promise that it will work.",
    "Nobody can promise that it will not come back.",
    "We can't guarantee a bed.",
    "I can promise to tell you before we do anything.",
    "We promise to write to you by Friday.",
    "I promise to ring you on Monday.",
    "We keep what you say private, unless somebody could be badly hurt.",
    "It will not all be fine at once.",
    "Please don't worry that it might be nothing.",
    "Nobody ever told you why.",
    "There is no guarantee.",
    "You were never told that you could say no.",
    "Nothing you did caused this.",
    "It is not always easy to ring.",
    "Your mother promised that she would come.",
    "The test showed nothing to worry about.",
    "I am not sure that it will help.",
    "We will do our best to find you a flat.",
    "You can always change your mind.",
    "I will never know how hard that was.",
]


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_limit_and_a_deed_of_ones_own_are_no_false_promise(text: str) -> None:
    assert flagged("false-promise", TO, text) == []
