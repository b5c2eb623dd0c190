"""The form that asks one client who may have copies, made from the case whose letter it is about."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from tipletters import __version__
from tipletters.case import Case
from tipletters.config import House
from tipletters.consent import NOT_AT_HOME
from tipletters.draft import Draft, draft, template_folders
from tipletters.errors import CaseError, TiplettersError, did_you_mean
from tipletters.letter import Block, label_key, labels_of
from tipletters.setting import setting
from tipletters.template import find, render
from tipletters.template.markers import is_anonymous

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
        TiplettersError: nobody is there to ask about, a reason is for somebody else, or the form cannot be drafted.
    """
    if not case.recipients:
        raise CaseError(
            "There is nobody to ask about.", where=case.where, then="Add who might get a copy under [[recipients]]."
        )
    keys = [one.key for one in case.recipients]
    for key in why:
        if key not in keys:
            raise CaseError(
                "It is not clear for whom this reason is.",
                where=f"{case.where}, --why “{key}”",
                then=did_you_mean(key, keys) or f"Give a key of this case: {', '.join(keys)}.",
            )
    fields = {
        "about": about,
        "people": [{"name": one.described, "why": why.get(one.key, _WHY)} for one in case.recipients],
        "ask_again": now.date() + _HOLDS,
    }
    if parts := parts_to_ask(case, house):
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


def parts_to_ask(case: Case, house: House) -> list[str]:
    """Return what the client may want left out: the letter's labels, or its template's while it is not written.

    What must not be sent home is not named in a form for the post either: it is marked so.
    """
    template = find(case.template, template_folders(case.folder, house))
    blocks: tuple[Block, ...] = ()
    with suppress(TiplettersError):
        blocks = render(template, case.fields, setting(case, house), reference="", where=case.where)
    away = {label_key(label) for label in (*case.delivery.not_at_home, *_said_at_home(blocks))}
    labels = labels_of(blocks).union(template.head.labels)
    asked = [one for one in sorted(labels) if label_key(one) != label_key(NOT_AT_HOME) and not is_anonymous(one)]
    return [f"[{NOT_AT_HOME}] {one}" if label_key(one) in away else one for one in asked]


def _said_at_home(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the labels of passages that are marked as not to be sent home."""
    for block in blocks:
        labels = labels_of((block,))
        if NOT_AT_HOME in labels:
            yield from labels
