"""Every check stands in the list below."""

import sys

from tipletters.checks import (
    abbreviation,
    brackets_and_codes,
    capitals,
    dense_list,
    detail,
    double_negative,
    doubt,
    false_promise,
    file_name,
    gp_speak,
    identifier,
    italics_underline,
    jargon,
    long_paragraph,
    long_sentence,
    medicine,
    metadata,
    missing,
    nominalisation,
    number_format,
    order,
    passive,
    sensitive,
    stigma,
    surprise,
    third_party,
    third_person,
    threat,
)

# Every check, by its id.
CHECKS = {
    "jargon": jargon.check,
    "abbreviation": abbreviation.check,
    "medicine": medicine.check,
    "third-person": third_person.check,
    "doubt": doubt.check,
    "order": order.check,
    "stigma": stigma.check,
    "threat": threat.check,
    "false-promise": false_promise.check,
    "gp-speak": gp_speak.check,
    "detail": detail.check,
    "surprise": surprise.check,
    "sensitive": sensitive.check,
    "third-party": third_party.check,
    "identifier": identifier.check,
    "file-name": file_name.check,
    "metadata": metadata.check,
    "long-sentence": long_sentence.check,
    "long-paragraph": long_paragraph.check,
    "dense-list": dense_list.check,
    "missing": missing.check,
    "passive": passive.check,
    "double-negative": double_negative.check,
    "nominalisation": nominalisation.check,
    "brackets-and-codes": brackets_and_codes.check,
    "number-format": number_format.check,
    "capitals": capitals.check,
    "italics-underline": italics_underline.check,
}


def manual(name: str) -> str:
    """Return the manual page of a check: what the file says in which it stands.

    Raises:
        KeyError: there is no such check.
    """
    return str(sys.modules[CHECKS[name].__module__].__doc__).strip()
