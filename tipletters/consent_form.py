"""The form that asks one client who may have copies, made from the case whose letter it is about."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from tipletters import __version__
from tipletters.case import Case
from tipletters.config import House
from tipletters.consent import NOT_AT_HOME, PRIVATE
from tipletters.draft import Draft, draft, template_folders
from tipletters.errors import CaseError, TiplettersError
from tipletters.letter import label_key, labels_of
from tipletters.setting import setting
from tipletters.template import find, render

TEMPLATE = "copies-consent-form"
# Name and version of the form, as an answer records it.
FORM = f"{TEMPLATE}, tipletters {__version__}"
_WHY = "So that they know how you are and what we plan."
# A yes ends after a year where the client writes no day.
_HOLDS = timedelta(days=365)


def consent_form(
    case: Case, house: House, *, now: datetime, about: str, why: Mapping[str, str], examples: bool = False
) -> Draft:
    """Return the form for the case's client: who might get a copy and why, and what may be left out.

    Args:
        case: the case of the letter that the form is about.
        house: the organisation's defaults.
        now: the day of asking.
        about: what the letter is about, as it goes after "a letter about".
        why: for a recipient's key, one sentence to the client that says why they might get a copy.
        examples: numbers that are set aside for examples may stand in it.

    Raises:
        TiplettersError: nobody is there to ask about, or the form cannot be drafted.
    """
    if not case.recipients:
        raise CaseError(
            "There is nobody to ask about.", where=case.where, then="Add who might get a copy under [[recipients]]."
        )
    fields = {
        "about": about,
        "people": [{"name": one.described, "why": why.get(one.key, _WHY)} for one in case.recipients],
        "ask_again": now.date() + _HOLDS,
    }
    if parts := labels_to_ask(case, house):
        fields["parts"] = parts
    form = replace(
        case,
        reference=f"{case.reference[:60]}-F",
        date=now.date(),
        template=TEMPLATE,
        fields=fields,
        recipients=(),
        provisions=(),
        answers=(),
        delivery=replace(case.delivery, not_at_home=()),
    )
    return draft(form, house, now=now, examples=examples)


def labels_to_ask(case: Case, house: House) -> list[str]:
    """Return what the client may want left out: the letter's labels, or its template's while it is not written."""
    template = find(case.template, template_folders(case.folder, house))
    labels = frozenset(template.head.labels)
    with suppress(TiplettersError):
        labels |= labels_of(render(template, case.fields, setting(case, house), reference="", where=case.where))
    nameless = re.compile(rf"{PRIVATE} [0-9a-f]{{8}}")
    return sorted(one for one in labels if label_key(one) != label_key(NOT_AT_HOME) and not nameless.fullmatch(one))
