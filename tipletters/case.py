"""The case: what one letter is made from, read from a TOML file that a worker wrote. See docs/case.md."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import product
from pathlib import Path
from typing import Any

from nhs_number import is_valid

from tipletters.config import House, as_lines, find
from tipletters.consent import CLIENT, EVERYONE, LETTER, Answer, Decider, Provision
from tipletters.errors import CaseError, ConsentError
from tipletters.letter import label_key
from tipletters.people import Author, Client, Recipient
from tipletters.quiet import Quiet
from tipletters.template.bind import check_text
from tipletters.tomlfile import fit, read_toml


@dataclass(frozen=True, repr=False)
class Delivery(Quiet):
    """How the letter can reach the client without harm, as they answered on the day `asked`.

    Args:
        asked: the day on which the client was asked; without it nothing is sent.
        safe_address: the address is safe to write to.
        post_opened_by: who else opens the post.
        envelope_name: the name to put on the envelope, where it is not the client's own.
        envelope_marking: what to write on the envelope, such as "Private".
        email: an email address that is safe to use.
        voicemail: a message may be left.
        online: the letter may be seen in the online record.
        not_at_home: labels of passages that must not be sent home.
        nothing_sent: the client wants nothing sent.
    """

    asked: datetime.date | None = None
    safe_address: bool | None = None
    post_opened_by: str = ""
    envelope_name: str = ""
    envelope_marking: str = ""
    email: str = ""
    voicemail: bool | None = None
    online: bool | None = None
    not_at_home: tuple[str, ...] = ()
    nothing_sent: bool = False


@dataclass(frozen=True, repr=False)
class Spoken(Quiet):
    """When news was talked about before it was written.

    Args:
        on: the day it was talked about.
        detail: how much of it the client wants in writing.
        why_not: why it was not talked about first.
    """

    on: datetime.date | None = None
    detail: str = ""
    why_not: str = ""


@dataclass(frozen=True, repr=False)
class ProvisionEntry(Quiet):
    """One `[[provisions]]` of a case file; it may stand for several provisions."""

    answer: Answer
    to: str | tuple[str, ...]
    date: datetime.date
    about: str | tuple[str, ...] = LETTER
    time: datetime.time | None = None
    until: datetime.date | None = None
    named: tuple[str, ...] = ()
    asked_by: str = ""
    how: str = ""
    form: str = ""
    answered_by: str = CLIENT
    later_letters: bool = False
    letter: str = ""


@dataclass(frozen=True, repr=False)
class CaseFile(Quiet):
    """A case as it stands in its file."""

    reference: str
    date: datetime.date
    template: str
    client: Client
    author: Author = field(default_factory=lambda: Author(""))
    decides: Decider = field(default_factory=Decider)
    delivery: Delivery = field(default_factory=Delivery)
    spoken: Spoken = field(default_factory=Spoken)
    fields: dict[str, Any] = field(default_factory=dict)
    recipients: tuple[Recipient, ...] = ()
    provisions: tuple[ProvisionEntry, ...] = ()


@dataclass(frozen=True, repr=False)
class Case(Quiet):
    """What one letter is made from, checked."""

    reference: str
    date: datetime.date
    template: str
    client: Client
    author: Author
    decides: Decider
    delivery: Delivery
    spoken: Spoken
    fields: Mapping[str, Any]
    recipients: tuple[Recipient, ...]
    provisions: tuple[Provision, ...]
    where: str
    folder: Path


def read_case(path: Path) -> tuple[Case, House]:
    """Return the case in a file, with the house defaults that were found beside it or above.

    Raises:
        CaseError: the file cannot be read, or something in it cannot be right.
        ConsentError: an answer of the client is not complete.
    """
    house = find(path.parent)
    return case_from(read_toml(path), house, str(path), path.parent), house


def case_from(data: Mapping[str, Any], house: House, where: str, folder: Path) -> Case:
    """Return the case that `data` holds.

    Args:
        data: what a case file holds, from TOML, a table's row or a form.
        house: defaults for the author.
        where: the file, for errors.
        folder: where the case stands; its own `templates` folder is looked in first.

    Raises:
        CaseError: something in it cannot be right.
        ConsentError: an answer of the client is not complete.
    """
    raw = fit(CaseFile, _prepared(data, house), where)
    case = Case(
        **{one.name: getattr(raw, one.name) for one in fields(CaseFile) if one.name != "provisions"},
        provisions=tuple(_provisions(raw, where)),
        where=where,
        folder=folder,
    )
    case = replace(
        case,
        client=_tidy(case.client, f"{where}, [client]"),
        author=_tidy(case.author, f"{where}, [author]"),
        delivery=_tidy(case.delivery, f"{where}, [delivery]"),
        recipients=tuple(
            _tidy(one, f"{where}, [[recipients]] number {n}") for n, one in enumerate(case.recipients, start=1)
        ),
    )
    for check in _CHECKS:
        check(case)
    return case


def _prepared(data: Mapping[str, Any], house: House) -> dict[str, Any]:
    """Put in what the organisation wrote once, and let an address be text of several lines."""
    made = dict(data)
    defaults = {one.name: getattr(house.config.author, one.name) for one in fields(house.config.author)}
    given = made.get("author", {})
    if isinstance(given, Mapping):
        made["author"] = {**defaults, **given}
    if isinstance(made.get("client"), Mapping):
        made["client"] = _with_lines(made["client"])
    if isinstance(made.get("recipients"), list):
        made["recipients"] = [_with_lines(one) if isinstance(one, Mapping) else one for one in made["recipients"]]
    return made


def _with_lines(section: Mapping[str, Any]) -> dict[str, Any]:
    return {key: as_lines(value) if key == "address" else value for key, value in section.items()}


def _tidy(value: Any, where: str) -> Any:
    """Return a dataclass with every text in it cleaned; a marker or a symbol of one font is refused."""
    changes: dict[str, Any] = {}
    for one in fields(value):
        held, place = getattr(value, one.name), f"{where} → {one.name}"
        if isinstance(held, str):
            changes[one.name] = check_text(held, place)
        elif isinstance(held, tuple):
            changes[one.name] = tuple(check_text(part, place) for part in held)
    return replace(value, **changes)


def _provisions(raw: CaseFile, where: str) -> Iterator[Provision]:
    for number, entry in enumerate(raw.provisions, start=1):
        place = f"{where}, [[provisions]] number {number}"
        for about, recipient in product(_several(entry.about), _several(entry.to)):
            if not about.strip() or not recipient.strip():
                raise ConsentError(
                    "An answer of the client does not say what it is about, or for whom.",
                    where=place,
                    then='Write about = "letter" or a label, and to = the recipient\'s key or "everyone".',
                )
            yield _provision(entry, about, recipient, raw.reference, place)


def _provision(entry: ProvisionEntry, about: str, recipient: str, reference: str, where: str) -> Provision:
    everyone = label_key(recipient) == EVERYONE
    if everyone and entry.answer is Answer.PERMIT and not entry.named:
        raise ConsentError(
            "A yes for everyone must say who that was on the day.",
            where=where,
            then='Name them: named = ["gp", "link-worker"].',
        )
    if entry.answer is Answer.PERMIT and entry.until is None:
        raise ConsentError(
            "A yes must say until when it holds.", where=where, then="Add a date, such as until = 2027-05-31."
        )
    return Provision(
        entry.answer,
        LETTER if label_key(about) == LETTER else " ".join(about.split()),
        EVERYONE if everyone else recipient.strip(),
        entry.date,
        entry.letter or reference,
        named=frozenset(entry.named),
        at=entry.time,
        until=entry.until,
        later=entry.later_letters,
        asked_by=entry.asked_by,
        how=entry.how,
        form=entry.form,
        answered_by=entry.answered_by,
        where=where,
    )


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ("",)


def _check_reference(case: Case) -> None:
    where, then = f"{case.where}, reference", "Use a short reference of your own, such as ST-2026-014."
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,62}[A-Za-z0-9]|[A-Za-z0-9]", case.reference):
        raise CaseError(
            "The reference may hold letters, digits, spaces and the signs - . _ / (64 at most).", where=where, then=then
        )
    if re.search(r"\d{9,}", re.sub(r"[\s._/-]", "", case.reference)):
        raise CaseError("The reference looks like an NHS or CHI number.", where=where, then=then)
    if _names_client(case.reference, case.client):
        raise CaseError("The reference holds the client's name. It is printed and seen.", where=where, then=then)


def _names_client(text: str, client: Client) -> bool:
    names = f"{client.first_name} {client.last_name} {client.preferred_name}".casefold()
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return any(
        len(name) > 1 and (name in words or (len(name) > 3 and name in text.casefold())) for name in names.split()
    )


def _check_client(case: Case) -> None:
    client, where = case.client, f"{case.where}, [client]"
    for key in ("first_name", "last_name"):
        if not getattr(client, key):
            raise CaseError(f"“client → {key}” is empty.", where=where, then="Fill it in.")
    born, died = client.date_of_birth, client.date_of_death
    if born and (born > case.date or born.year < 1890):
        raise CaseError("This date of birth cannot be right.", where=f"{where} → date_of_birth", then="Check the year.")
    if died and born and died < born:
        raise CaseError("The date of death is before the date of birth.", where=where, then="Check both dates.")
    for key, name in (("nhs_number", "NHS"), ("chi_number", "CHI")):
        number = getattr(client, key)
        if number and not is_valid(re.sub(r"[\s-]", "", number)):
            raise CaseError(
                f"This {name} number cannot be right: its last digit does not fit the others.",
                where=f"{where} → {key}",
                then="Check it against the record.",
            )


def _check_author(case: Case) -> None:
    if not case.author.name:
        raise CaseError(
            "It does not say who writes.", where=f"{case.where}, [author]", then='Add name = "…" and role = "…".'
        )


def _check_dates(case: Case) -> None:
    for key, value in (("delivery → asked", case.delivery.asked), ("decides → seen", case.decides.seen)):
        if value and value > case.date:
            raise CaseError(f"“{key}” is later than the letter.", where=case.where, then="Check the date.")


def _check_recipients(case: Case) -> None:
    seen: set[str] = set()
    for number, one in enumerate(case.recipients, start=1):
        where = f"{case.where}, [[recipients]] number {number}"
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,29}", one.key) or one.key.startswith(CLIENT) or one.key == EVERYONE:
            raise CaseError(
                "A recipient's key is a short word in small letters.", where=where, then='Write, for instance, "gp".'
            )
        if one.key in seen:
            raise CaseError(f"Two recipients have the key “{one.key}”.", where=where, then="Give each its own.")
        if _names_client(one.key.replace("-", " "), case.client):
            raise CaseError(
                "A recipient's key holds the client's name, and would stand in a file's name.",
                where=where,
                then='Use the role instead, such as "parent".',
            )
        if not one.name:
            raise CaseError("A recipient has no name.", where=where, then="Add a name or a team.")
        seen.add(one.key)


_CHECKS = (_check_reference, _check_client, _check_author, _check_dates, _check_recipients)
