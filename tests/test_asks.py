"""Requests to another professional: what is one, and what is meant for the client."""

import pytest

from tipletters.annotate.safe import suggestions_for
from tipletters.checks.run import Run, check_text

RUN = Run()
ABOUT = "Dear Dr Hart,\n\nRe: Anna Lind, born 3 May 1950\n\nShe sleeps badly and her mood is low. She came with her sister.\n\n"
TO = "Dear Anna,\n\nYou told me that you sleep badly. Your sister came with you.\n\n"


def asked(head: str, text: str) -> list[str]:
    report = check_text(head + text, run=RUN)
    return [report.text[one.start : one.end] for one in report.issues if one.check == "gp-speak"]


# What is underlined begins with the request and ends with the last verb that goes on from it.
REQUESTS = [
    ("Please could you prescribe sertraline 50 mg.", "Please could you prescribe"),
    ("Would you please recheck her sodium in a week.", "Would you please recheck"),
    ("Could you kindly arrange an ECG.", "Could you kindly arrange"),
    ("Kindly recheck her weight.", "Kindly recheck"),
    ("Please titrate to 10 mg.", "Please titrate"),
    ("Please can we ask that you chase the scan, and stop the codeine.", "stop"),
    ("I would be most grateful if you would take over her care.", "I would be most grateful if you would take"),
    ("We'd appreciate it if you could look into this.", "We'd appreciate it if you could look"),
    ("Grateful for your opinion on her tremor.", "Grateful for your opinion"),
    ("Grateful for U&Es next week.", "Grateful for U&Es"),
    ("You are asked to reply by noon.", "You are asked to reply"),
    ("I would like this case considered at panel.", "I would like this case considered"),
    ("Please put her name down. Confirm in writing that you have.", "Confirm"),
    ("Could we have the dantrolene checked.", "Could we have the dantrolene"),
    ("The Tribunal is invited not to discharge.", "The Tribunal is invited not to discharge"),
    ("I would welcome your expert advice.", "welcome your expert advice"),
    ("We would suggest increasing ramipril.", "would suggest increasing"),
    ("Suggest titrate to effect.", "Suggest titrate"),
    ("I would recommend that you repeat her bloods.", "I would recommend that you repeat"),
    ("Please check her bloods and refer to cardiology if raised.", "Please check her bloods and refer"),
    ("Please do not restart the tramadol.", "Please do not restart"),
    ("Repeat U&Es in 1/52 please.", "please"),
    ("Can you do a home visit next week.", "Can you do"),
    ("If you could repeat the LFTs we would be glad.", "If you could repeat"),
    ("Are you happy to take over the prescribing?", "Are you happy to take"),
    ("I should like you to see her soon.", "I should like you to see"),
    ("You might consider adding melatonin.", "You might consider adding"),
    ("Your advice on this would be appreciated.", "Your advice on this would be appreciated"),
    ("I would invite the panel to approve this.", "I would invite the panel to approve"),
    ("We are writing to request an urgent visit.", "writing to request an"),
    ("Could her bloods be repeated in May.", "Could her bloods be repeated"),
    ("Bloods with yourselves in 2 weeks.", "with yourselves"),
    ("To be monitored by GP.", "To be monitored by GP"),
    ("Tablets o.d. if you would be so kind.", "if you would be so kind"),
    ("Would you consider a home visit?", "Would you consider"),
    ("I should be glad to know what your office will do.", "glad to know what"),
    ("Grateful for referral to the falls team.", "Grateful for referral"),
    ("Your hygienist might also take a look.", "Your hygienist might also take"),
    ("I would strongly advise against codeine.", "would strongly advise against"),
    ("Also need a new script for dressings.", "need a new script"),
    ("I would ask you to take bloods and to refrain from changing tablets.", "to refrain"),
    ("Perhaps the practice could see about transport.", "Perhaps the practice could see"),
    ("?refer to the memory clinic", "?refer"),
    ("I would ask that her script is not stopped.", "I would ask that her"),
    ("If you are able to visit before Friday it would help.", "If you are able to visit"),
    ("If she has missed three in a row then do not dispense.", "then do not dispense"),
    ("Might the Treasurer release £40 at once.", "Might the Treasurer release"),
    ("Over to you for the food parcel.", "Over to you"),
    ("A leg ulcer, which needs looking at by your nurse.", "needs looking at by your nurse"),
    ("Brokerage to hold the bed until Wednesday.", "Brokerage to hold"),
    ("I should be glad of the last bloods.", "glad of the"),
    ("May I leave the driving advice with you.", "May I leave the driving advice with you"),
    ("Could the lead nurse eyeball her foot.", "Could the lead nurse eyeball"),
    ("Can you squeeze her in.", "Can you squeeze"),
    ("Let me know by Friday.", "Let me know"),
    ("I'd be glad if you'd pass on the number.", "I'd be glad if you'd pass"),
    ("Please do not contact her direct.", "Please do not contact"),
    ("Could I trouble you to sign the form.", "Could I trouble you to sign"),
    ("We need you to arrange a bed by tonight.", "We need you to arrange"),
]
# Somebody is named who is asked, so this is no word to the client whoever the letter is to.
OF_A_ROLE = [
    ("GP to kindly review her tablets.", "GP to kindly review"),
    ("GP, please titrate ramipril.", "GP, please titrate"),
    ("DN to remove clips on Friday.", "DN to remove"),
    ("School to keep a diary of meals.", "School to keep"),
    ("Social worker to follow up.", "Social worker to follow up"),
    ("Health visitor to please weigh the baby.", "Health visitor to please weigh"),
    ("Pharmacist please to check blister pack.", "Pharmacist please to check"),
    ("Could the practice nurse kindly dress the leg?", "Could the practice nurse kindly dress"),
    ("Dr Rowe, please could you arrange a scan.", "Dr Rowe, please could you arrange"),
    ("I would be grateful if the surgery could monitor this.", "I would be grateful if the surgery could monitor"),
    ("I would suggest the practice avoids prescribing codeine.", "I would suggest the practice avoid"),
    (
        "We should be obliged if the safeguarder would report by May.",
        "We should be obliged if the safeguarder would report",
    ),
    ("Advise GP to repeat the bloods.", "Advise GP to repeat"),
    ("GP is kindly requested to review the dose.", "GP is kindly requested to review"),
    ("Please liaise with the ward.", "Please liaise"),
    ("GP - pls repeat U&Es in a week.", "GP - pls repeat"),
    ("Community midwife to please check weight.", "Community midwife to please check"),
    ("GP: would you consider melatonin?", "GP: would you consider"),
    ("HV/GP please refer to audiology.", "HV/GP please refer"),
    ("The consultant is asked to complete a form.", "The consultant is asked to complete"),
    ("School should now put in place a sensory break.", "School should now put"),
    ("Probation to say if a licence runs.", "Probation to say"),
    ("Dr Sim to send the results before the 10th please.", "Dr Sim to send"),
    ("Grateful if GP, copied in, could do bloods.", "Grateful if GP, copied in, could do"),
    ("I would ask the GP not to prescribe it.", "ask the GP not to prescribe"),
    ("Would the GP kindly stop it, and care co-ordinator update the plan.", "and care co-ordinator update"),
    ("GP – no diazepam to be given please.", "GP – no diazepam to be given please"),
    ("Bloods to be chased by GP.", "to be chased by GP"),
    ("Miss Patel: please would you provide a splint.", "Miss Patel: please would you provide"),
    ("School to please allow a time-out card.", "School to please allow"),
    ("School to laminate a card for her.", "School to laminate"),
    ("Brokerage to source a carer.", "Brokerage to source"),
    ("Copy to GP for coding.", "Copy to GP for coding"),
]


@pytest.mark.parametrize(("text", "words"), REQUESTS + OF_A_ROLE)
def test_a_request_in_a_letter_about_the_client_is_found(text: str, words: str) -> None:
    assert any(words in one for one in asked(ABOUT, text)), asked(ABOUT, text)


@pytest.mark.parametrize(("text", "words"), OF_A_ROLE)
def test_a_request_of_somebody_named_is_found_in_any_letter(text: str, words: str) -> None:
    assert any(words in one for one in asked(TO, text)), asked(TO, text)


def test_what_goes_on_from_a_request_belongs_to_it() -> None:
    text = "Grateful if you would stop the codeine, repeat the bloods and perhaps refer her on. She was glad."
    assert asked(ABOUT, text) == ["Grateful if you would stop the codeine, repeat the bloods and perhaps refer"]
    listed = "Plan:\n1. GP to chase the scan\n2. Repeat bloods in a week\n3. Refer to falls clinic\n4. She is well"
    assert asked(ABOUT, listed) == ["GP to chase", "Repeat", "Refer"]


def test_a_request_goes_on_in_the_next_sentence_but_a_word_to_the_client_does_not() -> None:
    text = "GP kindly recheck her sodium. Please do not restart the tablets. Please ring me if you feel worse."
    assert asked(TO, text) == ["GP kindly recheck", "Please do not restart"]


def test_lines_under_a_head_that_says_who_is_asked_are_requests() -> None:
    text = "GP actions:\n- Repeat LFTs in a week\n- Kindly remove the clips\n- Bring your tablets"
    assert asked(TO, text) == ["Repeat", "Kindly remove"]


# Meant for the client, or told to them.
FOR_THE_CLIENT = [
    "Please could you bring your tablets.",
    "Mrs Lind, please ring us if you are in pain.",
    "Would you be able to come on Monday?",
    "If you are able to come early, ring the bell.",
    "Please ring us if your leg swells.",
    "Could you please fill in the form and send it back?",
    "I would be grateful if you could tell me what you think.",
    "I will ask your GP to prescribe it, and to check your blood in May.",
    "We asked your GP to check your blood pressure.",
    "I have asked Dr Hart to repeat the test.",
    "Your GP will review your tablets and may refer you to a clinic.",
    "The district nurse will take out the clips on Friday.",
    "Please ask your GP to check it.",
    "Please don't stop the tablets by yourself.",
    "Please take one tablet and check your weight each week.",
    "Your school is happy to keep your place.",
    "Kindly people from the home helped you.",
    "We suggest you rest, and we would recommend a short walk.",
    "Can you sleep? Could you tell us?",
    "Ask the council to carry out its duty and write a plan with you.",
    "You can ask the practice to change this.",
    "I hope that the GP could help you, and the school would listen.",
    "Would the morning suit you better?",
    "Please monitor your blood pressure at home.",
    "You could consider a trial of melatonin, and you may wish to bring a friend.",
    "Can the nurse visit you at home?",
    "If you could bring the form, we can fill it in together.",
    "We would welcome your views.",
    "Please discontinue this tablet if you feel sick.",
    "The nurse is to see you on Monday. The team is here to help.",
    "The school should write to you by Friday.",
    "The pharmacist is to pack the tablets in a tray for you.",
    "Perhaps your health visitor could help with sleep.",
    "Parents are asked to label all clothes.",
    "Reception will ring you on Monday.",
]


@pytest.mark.parametrize("text", FOR_THE_CLIENT)
def test_what_is_asked_of_the_client_or_told_to_them_is_none(text: str) -> None:
    assert asked(TO, text) == []


TOLD_TO_OTHERS = [
    "She was pleased, and the scan that you kindly arranged was normal.",
    "Please find enclosed her results.",
    "Please do not hesitate to contact us.",
    "She asked the GP to check it.",
    "OT to see her on the ward.",
    "Thank you for your letter.",
    "She asked if you could see her sooner.",
    "As you know, you kindly referred her in March.",
    "I would be happy to see her again if you have concerns.",
    "Her mother was grateful for the advice.",
    "Plan: continue sertraline and review in clinic.",
    "Nurse to patient ratio was discussed.",
]


@pytest.mark.parametrize("text", TOLD_TO_OTHERS)
def test_courtesy_and_reports_in_a_letter_about_the_client_are_none(text: str) -> None:
    assert asked(ABOUT, text) == []


def test_thanks_to_another_professional_are_not_turned_to_the_client() -> None:
    text = "There was oedema. Many thanks for seeing her so soon."
    passed, _ = suggestions_for(check_text(ABOUT + text, run=RUN))
    assert passed
    assert not any(edit.start >= len(ABOUT) + text.index("Many") for one in passed for edit in one.edits)
