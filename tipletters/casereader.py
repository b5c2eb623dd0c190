"""Reads a case from a TOML file that a worker wrote, or from any mapping of the same shape."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, TypeVar, cast

from tipletters.case import Case, Delivery, Reply, Spoken
from tipletters.casecheck import check_case
from tipletters.config import House, as_lines, find
from tipletters.consent import CLIENT, EVERYONE, LETTER, Answer, Decider, Provision
from tipletters.errors import ConsentError
from tipletters.letter import label_key
from tipletters.people import Author, Client, Recipient
from tipletters.quiet import Quiet
from tipletters.template.bind import check_text
from tipletters.tomlfile import fit, read_toml

T = TypeVar("T")


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
    whom: tuple[str, ...] = ()
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
    answers: tuple[Reply, ...] = ()
    allow: tuple[str, ...] = ()


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
        **{name: getattr(raw, name) for name in _names(CaseFile) if name != "provisions"},
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
    check_case(case)
    return case


def _prepared(data: Mapping[str, Any], house: House) -> dict[str, Any]:
    """Put in what the organisation wrote once, and let an address be text of several lines."""
    made = dict(data)
    defaults = {name: getattr(house.config.author, name) for name in _names(Author)}
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


def _tidy(value: T, where: str) -> T:
    """Return a dataclass with every text in it cleaned; a marker or a symbol of one font is refused."""
    changes: dict[str, Any] = {}
    for name in _names(cast(Any, type(value))):
        held = getattr(value, name)
        if held and isinstance(held, str):
            tidy: Any = check_text(held, f"{where} → {name}")
        elif held and isinstance(held, tuple):
            tidy = tuple([check_text(part, f"{where} → {name}") for part in held])
        else:
            continue
        if tidy != held:
            changes[name] = tidy
    return replace(cast(Any, value), **changes) if changes else value


@lru_cache(maxsize=64)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _provisions(raw: CaseFile, where: str) -> Iterator[Provision]:
    for number, entry in enumerate(raw.provisions, start=1):
        place = f"{where}, [[provisions]] number {number}"
        if entry.whom and len(_several(entry.to)) > 1:
            raise ConsentError(
                "An answer for several people cannot say who each of them is.",
                where=f"{place} → whom",
                then="Write one answer for each, with its own `to` and `whom`.",
            )
        for about, recipient in product(_several(entry.about), _several(entry.to)):
            if not about.strip() or not recipient.strip():
                raise ConsentError(
                    "An answer of the client does not say what it is about, or for whom.",
                    where=place,
                    then='Write about = "letter" or a label, and to = the recipient\'s key or "everyone".',
                )
            yield _provision(entry, about, recipient, raw, place)


def _provision(entry: ProvisionEntry, about: str, recipient: str, raw: CaseFile, where: str) -> Provision:
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
    now = (one.person for one in raw.recipients if one.key in (recipient.strip(), *entry.named))
    return Provision(
        entry.answer,
        LETTER if label_key(about) == LETTER else " ".join(about.split()),
        EVERYONE if everyone else recipient.strip(),
        entry.date,
        entry.letter or raw.reference,
        named=frozenset(entry.named),
        whom=frozenset(entry.whom or now),
        at=entry.time,
        until=entry.until,
        later=entry.later_letters,
        asked_by=entry.asked_by,
        how=entry.how,
        form=entry.form,
        answered_by=entry.answered_by,
        where=where,
        assumed=not entry.whom,
    )


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ("",)
