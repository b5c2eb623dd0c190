"""Who gets a copy of a letter: the people, and what the client said when they were asked."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from tipletters.access import Standing, access
from tipletters.batch.said import place_of
from tipletters.case import Case, client_key
from tipletters.casefile import free_key
from tipletters.consent import LETTER, NOT_AT_HOME
from tipletters.dates import long_date, read_date
from tipletters.errors import ConsentError, TiplettersError
from tipletters.letter import Paragraph, label_key, labels_of, texts
from tipletters.people import Recipient
from tipletters.register import open_register
from tipletters.template.markers import is_anonymous
from tipletters.web import shelf
from tipletters.web.answers import told
from tipletters.web.desk import Desk
from tipletters.web.pages import page
from tipletters.web.preview import Made, make

_YEAR = timedelta(days=365)
_FIRST = "Put right first what is marked in the form above."


def panel(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the part of the page that says who gets a copy."""
    path, text, held = shelf.read(desk, data.get("letter"))
    try:
        made, error = make(desk, path, held, shelf.template_of(path, held)), None
    except TiplettersError as problem:
        made, error = None, {"what": _FIRST} if place_of(problem) else told(problem)
    today = desk.now().date()
    html = page(
        "people.html",
        desk,
        people=list(_people(desk, made) if made else _plainly(held)),
        error=error,
        today=today.isoformat(),
        until=(today + _YEAR).isoformat(),
        decider=str(_section(held, "decides").get("who", "")),
    )
    return {"html": html, "seen": shelf.state(text)}


def _plainly(held: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in _list(held, "recipients"):
        yield {"key": one.get("key", ""), "whom": one.get("name", ""), "raw": one, "about": [], "given": []}


def _people(desk: Desk, made: Made) -> Iterator[dict[str, Any]]:
    case = made.draft.case
    letter = made.draft.copies[0].letter if made.draft.copies else None
    blocks = letter.blocks if letter else ()
    asked = [label for label in sorted(labels_of(blocks)) if label_key(label) != label_key(NOT_AT_HOME)]
    quotes = {label: _quote(blocks, label) for label in asked}
    for one in case.recipients:
        may = access(
            case.provisions,
            one.key,
            asked,
            letter=case.reference,
            now=desk.now(),
            decider=case.decides,
            person=one.person,
        )
        about = [_row(LETTER, "this letter", may.letter)]
        about += [_row(label, quotes[label], how) for label, how in may.labels]
        raw = {"name": one.name, "role": one.role, "organisation": one.organisation, "address": "\n".join(one.address)}
        yield {
            "key": one.key,
            "whom": one.described,
            "raw": raw,
            "about": about,
            "given": list(_given(case, one.key)),
        }


def _row(label: str, words: str, how: Standing) -> dict[str, Any]:
    no = how in (Standing.REFUSED, Standing.WITHDRAWN)
    return {"label": label, "words": words, "said": str(how), "yes": how is Standing.PERMITTED, "no": no}


def _quote(blocks: Any, label: str) -> str:
    """Say in words what a label is about; a passage without a name is shown by how it begins."""
    if not is_anonymous(label):
        return label
    found = next((block for block in blocks if isinstance(block, Paragraph) and label in block.labels), None)
    words = next(texts(found)) if found else ""
    return f"the passage “{words[:40].strip()}…”" if words else "one passage"


def _given(case: Case, key: str) -> Iterator[str]:
    """Yield the answers about one recipient in the letter's own file, in words."""
    for one in case.provisions:
        if one.recipient == key and one.letter == case.reference:
            about = "the letter" if one.about == LETTER else one.about
            until = f", until {long_date(one.until)}" if one.until else ""
            yield f"{long_date(one.given)}, {about}: {one.said}{until}"


def answer(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Record what the client said about one recipient; what is for later letters too goes into the register as well.

    Raises:
        TiplettersError: the answer makes no sense, or cannot be recorded.
    """
    path, _, held = shelf.read(desk, data.get("letter"))
    given = {"provisions": [*_list(held, "provisions"), _entry(desk, held, data)]}
    later = bool(data.get("later"))
    try:
        made = make(desk, path, {**held, **given}, shelf.template_of(path, held))
    except ConsentError:
        raise
    except TiplettersError:
        if later:
            raise
    else:
        if later:
            _remember(desk, made)
    shelf.keep(desk, data, given)
    return panel(desk, data)


def _remember(desk: Desk, made: Made) -> None:
    key, folder = client_key(made.draft.case), made.draft.case.folder
    if not key:
        raise ConsentError(
            "We do not know yet by which number the register knows this client.",
            then="Put in their NHS or CHI number, or your own reference for them, then choose again.",
        )
    own = [one for one in made.draft.case.provisions if one.where.startswith(made.draft.case.where)]
    with open_register(None, house=made.house, folder=folder) as register:
        register.record(key, own[-1:], by=desk.by, at=desk.now())


def _entry(desk: Desk, held: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    said = "permit" if data.get("answer") == "yes" else "deny"
    given = _day(data.get("date"), "the day on which you asked")
    entry = {"answer": said, "about": str(data.get("about", "")), "to": str(data.get("to", "")), "date": given}
    if given == desk.now().date():
        entry["time"] = desk.now().time().replace(microsecond=0)  # two answers of one day stand in their order
    if said == "permit":
        entry["until"] = _day(data.get("until"), "the day until which the yes holds")
    if whom := [_named(one) for one in _list(held, "recipients") if one.get("key") == entry["to"]]:
        entry["whom"] = whom
    entry["asked_by"] = str(_section(held, "author").get("name", ""))
    entry["how"] = str(data.get("how", ""))
    if data.get("later"):
        entry["later_letters"] = True
    if data.get("answered_by"):
        entry["answered_by"] = str(data["answered_by"])
    return entry


def _named(one: Mapping[str, Any]) -> str:
    """Return who it is that the client was asked about: whoever is written in their place has no yes yet."""
    name, organisation = (" ".join(str(one.get(part, "")).split()) for part in ("name", "organisation"))
    return Recipient("", name, organisation=organisation).person


def _day(raw: Any, what: str) -> date:
    try:
        return read_date(str(raw))
    except ValueError:
        raise ConsentError(f"Please give {what}.", then="Put it in above, then choose again.") from None


def take_back(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Take the last answer about one recipient out of the letter's file: for a slip of the hand."""
    _, _, held = shelf.read(desk, data.get("letter"))
    rows = _list(held, "provisions")
    mine = [number for number, one in enumerate(rows) if one.get("to") == data.get("to")]
    kept = [one for number, one in enumerate(rows) if not mine or number != mine[-1]]
    shelf.keep(desk, data, {"provisions": kept})
    return panel(desk, data)


def set_person(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Add somebody who may get a copy, or change how they are named."""
    _, _, held = shelf.read(desk, data.get("letter"))
    people = _list(held, "recipients")
    made: dict[str, Any] = {name: str(data.get(name, "")).strip() for name in ("name", "role", "organisation")}
    made["address"] = [line.strip() for line in str(data.get("address", "")).splitlines() if line.strip()]
    if not made["name"]:
        raise ConsentError("Please give a name or a team.", then="Then choose again.")
    key = str(data.get("key", ""))
    if key:
        people = [{"key": key, **made} if one.get("key") == key else one for one in people]
    else:
        people = [*people, {"key": free_key(made["role"], [str(one.get("key", "")) for one in people]), **made}]
    shelf.keep(desk, data, {"recipients": people})
    return panel(desk, data)


def drop_person(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Take somebody off the list, with the answers that are about them alone."""
    _, _, held = shelf.read(desk, data.get("letter"))
    key = data.get("key")
    people = [one for one in _list(held, "recipients") if one.get("key") != key]
    answers = [kept for one in _list(held, "provisions") if (kept := _without(one, key))]
    shelf.keep(desk, data, {"recipients": people, "provisions": answers})
    return panel(desk, data)


def _without(one: Mapping[str, Any], key: Any) -> dict[str, Any] | None:
    """Return an answer without one recipient; None where it was about them alone."""
    whom = one.get("to")
    rest = [other for other in whom if other != key] if isinstance(whom, list) else [] if whom == key else whom
    made = {**one, "to": rest}
    if isinstance(one.get("named"), list):
        made["named"] = [other for other in one["named"] if other != key]
    return made if rest else None


def _section(held: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = held.get(name)
    return section if isinstance(section, Mapping) else {}


def _list(held: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = held.get(name)
    return [dict(one) for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
