"""The values that every template knows: who it is to, who writes, and how to reach the service."""

from collections.abc import Iterator, Mapping

from tipletters import resources
from tipletters.case import Case
from tipletters.casereader import read_case
from tipletters.config import FILE_NAME, Contact, House
from tipletters.others import contact_key
from tipletters.people import Person
from tipletters.template import Blank, Record, Value


def setting(case: Case, house: House) -> Mapping[str, Value]:
    """Return the values by the names under which templates know them.

    Args:
        case: the case.
        house: the organisation's defaults; numbers to call come from here and nowhere else.
    """
    client, author, config = case.client, case.author, house.config
    none = "" if house.folder else f"There is no {FILE_NAME} in {case.folder.resolve()}, nor in a folder above it. "
    return {
        "client": _record(
            "client",
            name=client.name,
            first_name=client.first_name,
            last_name=client.last_name,
            title=client.title,
            greeting_name=client.greeting_name,
        ),
        "author": _record(
            "author",
            name=author.name,
            role=author.role,
            service=author.service or config.organisation.name,
            contact=author.contact,
        ),
        "organisation": _record("organisation", name=config.organisation.name),
        "contact": _contact("contact", config.contact, none),
        "crisis": tuple(_contact("crisis", one, none) for one in config.crisis)
        or Blank("crisis", f"{none}Add at least one [[crisis]] with name and phone to {FILE_NAME}."),
        "letter": Record({"reference": case.reference, "date": case.date}, "letter"),
        "spoken": _spoken(case),
    }


def _spoken(case: Case) -> Value:
    if case.spoken.on is None:
        return Blank("spoken")
    return Record({"on": case.spoken.on, "detail": case.spoken.detail or Blank("spoken.detail")}, "spoken")


def _contact(name: str, contact: Contact, none: str) -> Record:
    then = f"{none}Add it to {FILE_NAME}, under [{name}]."
    return Record(
        {key: value or Blank(f"{name}.{key}", then) for key, value in vars(contact).items()},
        name,
    )


def _record(of: str, /, **values: str) -> Record:
    return Record({key: value or Blank(f"{of}.{key}") for key, value in values.items()}, of)


def example_setting() -> Mapping[str, Value]:
    """Return the values of the shipped example, for trying out a template."""
    case, house = read_case(resources.folder("templates") / "examples" / "meeting-summary.toml")
    talked = Record({"on": case.date, "detail": "the main points"}, "spoken")
    return {**setting(case, house), "spoken": talked}


def person_of(case: Case, house: House | None = None) -> Person:
    """Return what checks may know of the client and others in a case.

    Args:
        case: the case.
        house: the organisation's own numbers and addresses.
    """
    client = case.client
    names = {client.name, client.first_name, client.last_name, client.preferred_name} - {""}
    numbers = {"".join(filter(str.isdigit, number)) for number in (client.nhs_number, client.chi_number) if number}
    staff = {case.author.name, *(one.name for one in case.recipients)}
    declared = {str(value["name"]) for value in case.fields.values() if isinstance(value, Mapping) and "name" in value}
    declared |= {one.role for one in case.recipients if one.role}  # "daughter", where she gets a copy
    return Person(
        frozenset(names),
        frozenset(numbers),
        client.date_of_birth,
        frozenset(staff),
        frozenset(declared),
        frozenset(contact_key(one) for one in _contacts(case, house) if one),
    )


def _contacts(case: Case, house: House | None) -> Iterator[str]:
    """Yield every address, number and e-mail address that belongs into a letter of this case."""
    yield from (*case.client.address, case.delivery.email, case.author.contact)
    for recipient in case.recipients:
        yield from recipient.address
    for value in case.fields.values():
        if isinstance(value, Mapping):
            yield from (str(value.get(key, "")) for key in ("phone", "email"))
    if house:
        config = house.config
        yield from (*config.organisation.address, config.author.contact)
        for contact in (config.contact, *config.crisis):
            yield from (contact.phone, contact.email)
