"""From a case to copies: who gets what, and why somebody gets nothing."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases import TEMPLATE, case, deny, drafted, permit, small, text_of, with_template
from conftest import NOW

from tipletters.access import Standing
from tipletters.casereader import case_from, read_case
from tipletters.config import Config, Contact, DeliveryConfig, House
from tipletters.consent import Provision
from tipletters.draft import Draft, draft, template_folders
from tipletters.errors import CaseError, ConsentError, TemplateError, TiplettersError
from tipletters.flags import flags_page
from tipletters.letter import texts
from tipletters.register.saying import holds, said
from tipletters.remember import Known
from tipletters.resources import folder
from tipletters.setting import setting
from tipletters.stage import Stage
from tipletters.template import find, render


def why(made: Draft, key: str) -> str:
    return next(copy.why_none for copy in made.copies if copy.key == key)


def test_the_gp_lacks_the_private_passage_and_the_client_has_it(tmp_path: Path) -> None:
    made = drafted(tmp_path)
    assert "Your home is loud." in text_of(made, "client")
    assert "You do not drink." in text_of(made, "client")
    assert "loud" not in text_of(made, "gp")
    assert "drink" not in text_of(made, "gp")
    assert "You like the sea." in text_of(made, "gp")
    assert why(made, "school") == "Nobody has asked yet."


def test_permitting_the_letter_never_permits_a_label_but_permitting_the_label_too_does(tmp_path: Path) -> None:
    made = drafted(tmp_path, provisions=[permit(), permit(about="Home-Life")])
    assert "Your home is loud." in text_of(made, "gp")
    assert "drink" not in text_of(made, "gp")


def test_a_heading_whose_whole_section_is_withheld_goes_too(tmp_path: Path) -> None:
    bye = '[[fields]]\nname = "bye"\ntype = "text"\nprompt = "?"\n+++\n#'
    body = TEMPLATE.replace("+++\n#", bye).replace("With best wishes", "# Goodbye\n\n{{ bye }}\n\nWith best wishes")
    said = "[private: home life] Your home is loud.\n\n[private] And cold."
    changed = case(tmp_path, fields={"said": said, "bye": "See you soon."})
    with_template(tmp_path, body)
    made = draft(changed, House(), now=NOW)
    assert "What you said" in text_of(made, "client")
    assert "What you said" not in text_of(made, "gp")
    assert "Goodbye" in text_of(made, "gp")


def test_only_the_clients_full_copy_says_who_gets_a_copy(tmp_path: Path) -> None:
    made = drafted(tmp_path, delivery__not_at_home=["home life"])
    assert "Who gets a copy" in text_of(made, "client")
    for key in ("client-to-send", "gp"):
        assert "Who gets a copy" not in text_of(made, key)
    assert "Mr Lane" not in text_of(made, "client")


def test_what_must_not_be_at_home_is_left_out_of_what_is_sent_there_alone(tmp_path: Path) -> None:
    made = drafted(tmp_path, delivery__not_at_home=["home life"], provisions=[permit(about=["letter", "home life"])])
    assert "loud" not in text_of(made, "client-to-send")
    assert "Anytown" in text_of(made, "client-to-send")
    assert "loud" in text_of(made, "client")
    assert "To hand over in person" in text_of(made, "client")
    assert "Anytown" not in text_of(made, "client")
    assert "loud" in text_of(made, "gp")


@pytest.mark.parametrize(
    "delivery", [{}, {"asked": date(2026, 5, 12), "safe_address": False}, {"nothing_sent": True, "safe_address": True}]
)
def test_without_a_safe_way_the_copy_is_made_to_hand_over_and_shows_no_address(
    tmp_path: Path, delivery: dict[str, Any]
) -> None:
    made = drafted(tmp_path, delivery=delivery)
    assert "To hand over in person" in text_of(made, "client")
    assert "Anytown" not in text_of(made, "client")
    assert [copy.key for copy in made.copies] == ["client", "gp", "school"]


LATER = deny(form="review copy X, to be asked later")


def test_who_wants_to_be_asked_later_is_asked_again_and_no_copy_goes_there(tmp_path: Path) -> None:
    made = drafted(tmp_path, provisions=[LATER])
    assert made.needs_attention
    assert "Is it all right now?" in next(one.ask for one in made.copies if one.key == "gp")
    page = "".join(text for block in flags_page(made, {}).blocks for text in texts(block))
    assert "to be asked later" in page
    assert "wants to be asked later" in page
    one = made.case.provisions[0]
    assert "to be asked later" in said(one)
    assert holds(one, Standing.ASK_LATER) == "It holds until the client is asked."
    again = drafted(tmp_path, provisions=[LATER, permit(day=13)])
    assert not why(again, "gp")


def test_a_client_who_wants_to_be_handed_the_letter_does_not_want_nothing_sent(tmp_path: Path) -> None:
    made = drafted(tmp_path, delivery__hand_over=True)
    assert made.copies[0].way == "to hand over or read together: the client wants to be handed it"
    page = "".join(text for block in flags_page(made, {}).blocks for text in texts(block))
    assert "The client wants to be handed it." in page
    assert "nothing sent" not in page


@pytest.mark.parametrize(
    ("provisions", "reason"),
    [
        ([], "Nobody has asked yet."),
        ([deny()], "The client said no."),
        ([permit(day=11), deny(day=12)], "The client withdrew their yes."),
        ([permit(day=11), deny(to="everyone", day=12)], "The client withdrew their yes."),
        ([permit(day=11), LATER], "The client wants to be asked later."),
        ([deny(form="review copy X, to be asked again")], "The client is to be asked again."),
        ([deny(), LATER], "The client said no."),
        ([permit(until=date(2026, 5, 13))], "The client's yes has run out."),
        ([permit(letter="A-0")], "The client's yes was for another letter."),
        ([permit(answered_by="a parent")], "The yes did not come from the person who decides"),
    ],
)
def test_why_somebody_gets_nothing_is_said(tmp_path: Path, provisions: list[Any], reason: str) -> None:
    assert why(drafted(tmp_path, provisions=provisions), "gp").startswith(reason)


@pytest.mark.parametrize(
    "provisions",
    [
        [permit()],
        [permit(to="everyone", named=["gp"])],
        [permit(letter="A-0", later_letters=True)],
        [deny(day=11), permit(day=12)],
        [deny(to="everyone", day=11), permit(day=12)],
        [deny(time="10:00"), permit(time="11:00")],
    ],
)
def test_a_yes_in_force_gives_a_copy(tmp_path: Path, provisions: list[Any]) -> None:
    assert not why(drafted(tmp_path, provisions=provisions), "gp")


def test_a_yes_for_everyone_means_those_named_that_day(tmp_path: Path) -> None:
    made = drafted(tmp_path, provisions=[permit(to="everyone", named=["gp"])])
    assert why(made, "school") == "Nobody has asked yet."


def test_somebody_who_decides_needs_authority_that_was_seen(tmp_path: Path) -> None:
    provisions = [permit(answered_by="Mrs Wren")]
    assert why(drafted(tmp_path, decides={"who": "Mrs Wren"}, provisions=provisions), "gp")
    decides = {"who": "Mrs Wren", "authority": "welfare attorney", "seen": date(2026, 5, 1)}
    made = drafted(tmp_path, decides=decides, provisions=provisions)
    assert not why(made, "gp")
    assert "You agreed" not in text_of(made, "client")


def test_under_16_the_record_says_who_judged_that_they_decide(tmp_path: Path) -> None:
    born = date(2012, 1, 1)
    assert "under 16" in why(drafted(tmp_path, client__date_of_birth=born), "gp")
    judged = {"judged_by": "Sam Reid", "judged_on": date(2026, 5, 1)}
    assert not why(drafted(tmp_path, client__date_of_birth=born, decides=judged), "gp")


def test_nothing_is_written_to_a_client_who_has_died(tmp_path: Path) -> None:
    made = drafted(tmp_path, client__date_of_death=date(2026, 5, 13))
    assert made.copies == ()
    assert "died" in made.stopped
    assert made.needs_attention


def test_news_is_talked_about_first(tmp_path: Path) -> None:
    changed = case(tmp_path)
    with_template(tmp_path, TEMPLATE.replace('when = "never"', 'when = "never"\nspoken_first = true'))
    assert "talked about first" in draft(changed, House(), now=NOW).stopped
    for spoken in ({"on": date(2026, 5, 13)}, {"why_not": "You asked us to write."}):
        told = case_from(small(spoken=spoken), House(), "case.toml", tmp_path)
        assert not draft(told, House(), now=NOW).stopped


def test_a_need_that_print_cannot_meet_is_named(tmp_path: Path) -> None:
    made = drafted(tmp_path, client__needs=["Large-Print", "Braille"])
    assert made.unmet == ("Braille",)
    assert made.copies[0].look.size == 18
    assert made.copies[1].look.size == 12


def test_example_numbers_are_refused_outside_the_demo(tmp_path: Path) -> None:
    house = House(Config(contact=Contact(phone="01632 960 123")), tmp_path)
    with pytest.raises(CaseError, match="set aside for examples"):
        draft(case(tmp_path), house, now=NOW)


def test_a_letter_that_needs_a_number_stops_when_it_is_unset(tmp_path: Path) -> None:
    changed = case(tmp_path)
    for need in ("{{ contact.phone }}", "{% for one in crisis %}\n- {{ one.name }}\n{% endfor %}"):
        with_template(tmp_path, TEMPLATE + need)
        with pytest.raises(TiplettersError, match=r"tipletters\.toml"):
            draft(changed, House(), now=NOW)


EXAMPLES = folder("templates") / "examples"

WRONG = [
    ({"reference": "999 012 3454"}, "NHS or CHI number"),
    ({"reference": "wren-1"}, "client's name"),
    ({"reference": "../a"}, "reference may hold"),
    ({"reference": ""}, "reference may hold"),
    ({"date": "2026-02-31"}, "not a date that exists"),
    ({"template": "smal"}, "Did you mean “small”?"),
    ({"client__date_of_birth": date(2030, 1, 1)}, "date of birth cannot be right"),
    ({"client__nhs_number": "999 012 3455"}, "NHS number cannot be right"),
    ({"client__nhs_number": "010101 1237"}, "Is this a CHI number?"),
    ({"client__preferred_name": "n"}, "word for “nothing”"),
    ({"delivery__envelope_marking": "No"}, "word for “nothing”"),
    ({"delivery__post_opened_by": "nobody"}, "word for “nothing”"),
    ({"client__surname": "x"}, "surname"),
    ({"fields": {}}, "“said” is missing"),
    ({"fields": {"sayd": "x"}}, "Did you mean “said”?"),
    ({"fields": {"said": 5}}, "needs text"),
    ({"fields": {"said": "a [private] b"}}, "private marker"),
    ({"fields": {"said": "[privat: x] b"}}, "private marker"),
    ({"author": {}}, "who writes"),
    ({"recipients": [{"key": "gp", "name": "A"}, {"key": "gp", "name": "B"}]}, "Two recipients"),
    ({"recipients": [{"key": "zofia-mum", "name": "A"}]}, "client's name"),
    ({"recipients": [{"key": "client", "name": "A"}]}, "short word"),
    ({"provisions": [permit(to="gpp")]}, "Did you mean “gp”?"),
    ({"provisions": [permit(to="")]}, "for whom"),
    ({"provisions": [permit(to=[])]}, "for whom"),
    ({"provisions": [permit(until=None)]}, "until when"),
    ({"provisions": [permit(to="everyone")]}, "who that was on the day"),
    ({"provisions": [permit(day=15)]}, "dated in the future"),
    ({"provisions": [deny(about="home lif")]}, "Did you mean “home life”?"),
    ({"delivery__not_at_home": ["home lif"]}, "Did you mean “home life”?"),
]


@pytest.mark.parametrize("names", [{"last_name": ""}, {"first_name": "", "last_name": "Zofia"}])
def test_a_client_with_one_name_is_called_by_it_everywhere(tmp_path: Path, names: dict[str, str]) -> None:
    said = {f"client__{key}": value for key, value in names.items()}
    with_template(tmp_path, TEMPLATE.replace("# What", "Dear {{ client.greeting_name }} ({{ client.name }})\n\n# What"))
    for more in (
        {},
        {"client__one_name": False},
        {"client__first_name": "", "client__last_name": "", "client__one_name": True},
    ):
        with pytest.raises(CaseError, match="is empty") as empty:
            draft(case_from(small(**said | more), House(), "case", tmp_path), House(), now=NOW)
        assert "one_name = true" in empty.value.then
    with pytest.raises(CaseError, match="holds two"):
        case_from(small(client__one_name=True), House(), "case", tmp_path)
    made = draft(case_from(small(**said, client__one_name=True), House(), "case", tmp_path), House(), now=NOW)
    assert "Dear Zofia (Zofia)" in text_of(made, "client")
    assert "Zofia\n1 Mill Lane" in text_of(made, "client")
    assert "This letter is to Zofia\n" in text_of(made, "gp")


def test_a_client_whose_name_is_no_is_called_by_it(tmp_path: Path) -> None:
    made = case_from(small(client__first_name="No", client__preferred_name="No"), House(), "case", tmp_path)
    assert made.client.greeting_name == "No"


@pytest.mark.parametrize(("changes", "says"), WRONG, ids=[says for _, says in WRONG])
def test_bad_input_says_what_and_what_to_do(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(TiplettersError) as caught:
        drafted(tmp_path, **changes)
    said = str(caught.value)
    assert says in said
    assert "Where:" in said or caught.value.then
    assert "home is loud" not in said


@pytest.mark.parametrize(
    "spelled",
    ["Home-Life", "home—life", "home\xadlife", "home\u200blife", "h\u043eme life", "home/life", "ho\u0301me lıfe"],
)
def test_no_spelling_of_a_label_carries_its_passage_home(tmp_path: Path, spelled: str) -> None:
    said = f"You like the sea.\n\n[private: {spelled}] Your home is loud.\n\n[private: home life] And cold."
    made = drafted(tmp_path, fields={"said": said}, delivery__not_at_home=["home life"])
    assert "loud" not in text_of(made, "client-to-send")


@pytest.mark.parametrize(
    "said",
    [
        "[private: home life] At home it is like this:\n\n- He is loud.\n- You hide.",
        "- [private: home life] At home:\n  - He is loud.\n  - You hide.\n- You like the sea.",
        "- You like the sea.\n- [private: home life] At home\n\t1. He is loud.",
    ],
)
def test_a_marker_holds_for_the_list_below_its_passage(tmp_path: Path, said: str) -> None:
    made = drafted(tmp_path, fields={"said": f"{said}\n\nYou like birds.\n\n- You swim."})
    for word in ("loud", "hide"):
        assert word not in text_of(made, "gp")
    assert "You swim." in text_of(made, "gp")
    assert ("the sea" in text_of(made, "gp")) == ("the sea" in said)


def test_two_spaces_after_a_full_stop_do_not_empty_a_copy(tmp_path: Path) -> None:
    made = drafted(tmp_path, fields={"said": "You like the sea.  You swim.\n\n[private: home life] Your home is loud."})
    assert "You swim." in text_of(made, "gp")


@pytest.mark.parametrize("spelled", ["home lfie", "homes life", "hom life"])
def test_a_label_spelled_nearly_like_one_that_must_not_go_home_stops_the_letter(tmp_path: Path, spelled: str) -> None:
    said = f"[private: {spelled}] Your home is loud.\n\n[private: home life] And cold."
    with pytest.raises(TiplettersError, match="nearly like “home life”"):
        drafted(tmp_path, fields={"said": said}, delivery__not_at_home=["home life"])


def test_a_yes_about_nothing_in_the_letter_is_a_question(tmp_path: Path) -> None:
    made = drafted(tmp_path, provisions=[permit(), permit(about="gambling")])
    assert made.needs_attention
    assert "gambling" in made.questions[0]


@pytest.mark.parametrize("reference", ["HIV-12", "hiv12", "ST/2026/HIV"])
def test_a_reference_that_tells_of_a_private_matter_is_asked_about_until_its_word_is_allowed(
    tmp_path: Path, reference: str
) -> None:
    (question,) = drafted(tmp_path, reference=reference).questions
    assert "reference holds “hiv”" in question
    assert not drafted(tmp_path, reference=reference, allow=["HIV"]).questions
    assert not drafted(tmp_path, reference="ST-2026-014").questions


def test_a_key_that_tells_of_a_private_matter_is_asked_about(tmp_path: Path) -> None:
    (question,) = drafted(tmp_path, recipients=[{"key": "hiv-clinic", "name": "Dr Hart"}], provisions=[]).questions
    assert "“hiv-clinic” holds “hiv”" in question


def test_a_copy_in_which_nothing_would_be_left_is_not_made(tmp_path: Path) -> None:
    made = drafted(tmp_path, fields={"said": "[private: home life] Your home is loud.\n\n- [private] It is cold."})
    assert why(made, "gp") == "Nothing of the letter would be left in it."
    assert "Is there a part that they should know?" in asked(made, "gp")
    assert made.needs_attention


def asked(made: Draft, key: str) -> str:
    return next(copy.ask for copy in made.copies if copy.key == key)


def test_every_refusal_says_what_to_ask_the_client(tmp_path: Path) -> None:
    for provisions in (
        [],
        [deny()],
        [permit(day=11), deny()],
        [permit(until=date(2026, 5, 13))],
        [permit(letter="A-0")],
    ):
        assert len(asked(drafted(tmp_path, provisions=provisions), "gp")) > 5
    assert "under [decides]" in asked(drafted(tmp_path, provisions=[permit(answered_by="a parent")]), "gp")
    assert "in your own words" in asked(drafted(tmp_path, client__date_of_birth=date(2012, 1, 1)), "gp")
    assert "May I see the paper" in asked(drafted(tmp_path, decides={"who": "Mrs Wren"}), "gp")
    assert "Does anybody else open your post?" in asked(drafted(tmp_path, delivery={}), "client")


def test_age_is_judged_at_the_moment_of_writing(tmp_path: Path) -> None:
    young = case(tmp_path, client__date_of_birth=date(2010, 5, 20))
    assert "under 16" in why(draft(young, House(), now=NOW), "gp")
    assert not why(draft(young, House(), now=NOW.replace(day=21)), "gp")


def test_on_a_letter_for_young_people_the_age_is_known_or_who_decides(tmp_path: Path) -> None:
    young = case(tmp_path)
    with_template(tmp_path, TEMPLATE.replace('when = "never"', 'when = "never"\nyoung_people = true'))
    made = draft(young, House(), now=NOW)
    assert "date of birth is not known" in why(made, "gp")
    assert "When were you born?" in asked(made, "gp")
    judged = case_from(small(decides={"judged_by": "Sam", "judged_on": date(2026, 5, 1)}), House(), "c", tmp_path)
    assert not why(draft(judged, House(), now=NOW), "gp")


def test_a_letter_that_must_be_checked_first_goes_to_nobody_else_as_a_draft(tmp_path: Path) -> None:
    checked = case(tmp_path)
    with_template(tmp_path, TEMPLATE.replace('when = "never"', 'when = "never"\nreview = "required"'))
    made = draft(checked, House(), now=NOW)
    assert why(made, "gp").startswith("The client has not checked this letter yet")
    assert "go through the letter together" in asked(made, "gp")
    assert why(made, "school") == "Nobody has asked yet."
    assert not why(draft(checked, House(), now=NOW, stage=Stage(final=True)), "gp")


@pytest.mark.parametrize(
    ("changes", "holds", "says"),
    [
        ({}, 1, "12 May 2026, too long ago"),
        ({"delivery__asked": date(2025, 11, 1)}, 183, "1 November 2025"),
        ({"client__address_since": date(2026, 5, 13)}, 183, "the address has changed"),
        ({"client__address": ""}, 183, "there is no address"),
        ({"delivery": {"asked": date(2026, 5, 12)}}, 183, "nobody has asked yet"),
    ],
)
def test_an_answer_on_how_to_reach_the_client_that_is_old_or_of_another_address_sends_nothing(
    tmp_path: Path, changes: dict[str, Any], holds: int, says: str
) -> None:
    house = House(Config(delivery=DeliveryConfig(holds)))
    made = draft(case(tmp_path, **changes), house, now=NOW)
    assert says in made.copies[0].way
    assert made.copies[0].ask
    assert "To hand over in person" in text_of(made, "client")
    assert "Anytown" not in text_of(made, "client")
    still = draft(case(tmp_path, client__address_since=date(2026, 5, 12)), House(), now=NOW)
    assert still.copies[0].way == "may be sent"


def test_do_not_show_online_stands_on_copies_where_the_client_asked_for_it(tmp_path: Path) -> None:
    assert "Please do not show online" in text_of(drafted(tmp_path, delivery__online=False), "gp")
    assert "online" not in text_of(drafted(tmp_path), "gp")


def known(*provisions: Provision) -> Known:
    return Known(provisions=provisions)


def test_a_yes_for_one_person_is_no_yes_for_the_next_in_their_place_and_a_no_follows_the_person(tmp_path: Path) -> None:
    old = case(tmp_path, provisions=[permit(letter="A-0", later_letters=True), deny(to="school", later_letters=True)])
    remembered = known(*old.provisions)
    hart, lane = {"key": "gp", "name": "Dr Hart", "role": "GP"}, {"key": "teacher", "name": "Mr  Lane"}
    same = draft(case(tmp_path, provisions=[]), House(), now=NOW, known=remembered)
    assert not why(same, "gp")
    other = case(tmp_path, provisions=[], recipients=[{**hart, "name": "Dr Moss"}, lane])
    made = draft(replace(other, reference="A-2"), House(), now=NOW, known=remembered)
    assert why(made, "gp") == "The client's yes was for another person."
    assert "if Dr Moss gets a copy" in asked(made, "gp")
    assert why(made, "teacher") == "The client said no."


def test_an_earlier_no_whose_label_is_spelt_much_like_one_of_this_letter_is_asked_about(tmp_path: Path) -> None:
    no = replace(case(tmp_path, provisions=[deny(about="home lif", later_letters=True)]).provisions[0], letter="A-0")
    made = draft(case(tmp_path), House(), now=NOW, known=known(no))
    assert any("Did you mean “home life”?" in question for question in made.questions)


@pytest.mark.parametrize("spelled", ["a-1", "A 1", "a-01"])
def test_a_no_in_a_case_holds_however_its_reference_is_spelled(tmp_path: Path, spelled: str) -> None:
    made = drafted(tmp_path, provisions=[permit(), deny(day=13, letter=spelled)])
    assert why(made, "gp") == "The client withdrew their yes."


def test_a_no_that_stands_in_a_case_for_another_letter_alone_stops_it(tmp_path: Path) -> None:
    with pytest.raises(ConsentError, match="another reference, so it would not hold"):
        drafted(tmp_path, provisions=[permit(), deny(day=13, letter="A-2")])
    made = drafted(tmp_path, provisions=[permit(), deny(day=13, letter="A-2", later_letters=True)])
    assert why(made, "gp") == "The client withdrew their yes."


def test_an_earlier_no_for_nobody_that_is_known_here_is_asked_about(tmp_path: Path) -> None:
    (no,) = case(tmp_path, provisions=[deny(to="gp", later_letters=True)]).provisions
    loose = replace(no, recipient="gp-old", whom=frozenset())
    made = draft(case(tmp_path), House(), now=NOW, known=known(loose))
    assert any("“gp-old”" in question for question in made.questions)
    assert why(draft(case(tmp_path), House(), now=NOW, known=known(replace(loose, recipient="school, GP"))), "gp")


def test_an_answer_about_a_passage_without_a_name_is_for_that_letter_alone(tmp_path: Path) -> None:
    said = {"said": "You came.\n\n[private] Your home is loud."}
    (label,) = (one for one, _ in drafted(tmp_path, fields=said).copies[1].withheld if one.startswith("private "))
    answers = [permit(later_letters=True), permit(about=label, later_letters=True)]
    first = case(tmp_path, fields=said, provisions=answers)
    assert "loud" in text_of(draft(first, House(), now=NOW), "gp")
    assert "loud" not in text_of(draft(replace(first, reference="A-2"), House(), now=NOW), "gp")


@pytest.mark.parametrize(
    ("day", "asked"), [(13, False), (14, False), (15, True), ("15/5/2026", True), ("never", False)]
)
def test_a_past_day_later_than_the_letter_is_asked_about_and_stops_nothing(
    tmp_path: Path, day: int | str, asked: bool
) -> None:
    fields = '[[fields]]\nname = "met_on"\ntype = "date"\npast = true\nrequired = false\nprompt = "When?"\n\n[[fields]]'
    with_template(tmp_path, TEMPLATE.replace("[[fields]]", fields))
    met_on = date(2026, 5, day) if isinstance(day, int) else day
    read = case_from(small(fields__met_on=met_on), House(), "case.toml", tmp_path)
    if day == "never":
        with pytest.raises(CaseError):
            draft(read, House(), now=NOW)
        return
    made = draft(read, House(), now=NOW)
    assert any("“met_on” is later than the letter's date" in one for one in made.questions) is asked
    assert not made.stopped


def test_only_a_date_can_be_past(tmp_path: Path) -> None:
    with_template(tmp_path, TEMPLATE.replace('type = "prose"', 'type = "prose"\npast = true'))
    with pytest.raises(TemplateError, match="cannot be past"):
        find("small", [tmp_path / "templates"])


LETTERS = [path for path in sorted(EXAMPLES.glob("*.toml")) if path.name != "tipletters.toml"]


@pytest.mark.parametrize("path", LETTERS, ids=lambda one: one.stem)
def test_a_full_stop_that_is_typed_behind_an_answer_ends_no_sentence_in_the_middle(path: Path) -> None:
    made, house = read_case(path)
    template = find(made.template, template_folders(made.folder, house))
    given = {one.name: made.fields.get(one.name) for one in template.head.fields if one.type == "text"}
    for name, value in given.items():
        if isinstance(value, str) and not value.endswith("."):
            fields = {**made.fields, name: f"{value}."}
            blocks = render(template, fields, setting(made, house), reference="", where="")
            said = "\n".join(str(text) for block in blocks for text in texts(block))
            assert not re.search(r"\.[.,:?]|(?<!e\.g)\. [a-z]|\. asked", said), name
