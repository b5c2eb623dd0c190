"""The places in a case that a table's column can fill, and the names by which clinics call them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tipletters.template import Field, FieldType


class Kind(StrEnum):
    """How a cell is read for a place."""

    TEXT = "text"
    WORDS = "words"  # text that is never a day, a time, yes or no
    MAYBE = "words, or none"  # the same, and “no” or “none” says that there are none
    NAME = "a name"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes or no"
    LINES = "lines"  # an address; several columns may follow each other
    LIST = "list"
    NUMBER = "an NHS or CHI number"
    PERSON = "person"
    ROWS = "rows"
    PROSE = "prose"
    LABEL = "label"  # what the client may want kept private in a field; several columns may say it of one
    NO_LABEL = "no label"  # the same of a field that cannot be kept private by itself
    LEAVE_OUT = "left out"


_CASE = {
    "reference": Kind.WORDS,
    "date": Kind.DATE,
    "client.first_name": Kind.NAME,
    "client.last_name": Kind.NAME,
    "client.one_name": Kind.YES_NO,
    "client.title": Kind.MAYBE,
    "client.preferred_name": Kind.NAME,
    "client.pronouns": Kind.WORDS,
    "client.address": Kind.LINES,
    "client.date_of_birth": Kind.DATE,
    "client.date_of_death": Kind.DATE,
    "client.died": Kind.YES_NO,
    "client.nhs_number": Kind.NUMBER,
    "client.chi_number": Kind.NUMBER,
    "client.key": Kind.WORDS,
    "client.needs": Kind.LIST,
    "decides.who": Kind.NAME,
    "decides.authority": Kind.TEXT,
    "decides.seen": Kind.DATE,
    "decides.judged_by": Kind.WORDS,
    "decides.judged_on": Kind.DATE,
    "delivery.asked": Kind.DATE,
    "delivery.safe_address": Kind.YES_NO,
    "delivery.post_opened_by": Kind.MAYBE,
    "delivery.envelope_name": Kind.NAME,
    "delivery.envelope_marking": Kind.MAYBE,
    "delivery.email": Kind.WORDS,
    "delivery.voicemail": Kind.YES_NO,
    "delivery.online": Kind.YES_NO,
    "delivery.not_at_home": Kind.LIST,
    "delivery.nothing_sent": Kind.YES_NO,
    "delivery.hand_over": Kind.YES_NO,
    "spoken.on": Kind.DATE,
    "spoken.detail": Kind.TEXT,
    "spoken.why_not": Kind.TEXT,
    "author.name": Kind.NAME,
    "author.role": Kind.WORDS,
    "author.service": Kind.WORDS,
    "author.contact": Kind.WORDS,
    "consent.date": Kind.DATE,
    "consent.until": Kind.DATE,
    "consent.asked_by": Kind.WORDS,
    "consent.how": Kind.WORDS,
    "consent.form": Kind.TEXT,
    "consent.answered_by": Kind.WORDS,
    "consent.later_letters": Kind.YES_NO,
}
_RECIPIENT = {
    "code": Kind.WORDS,
    "name": Kind.NAME,
    "role": Kind.WORDS,
    "organisation": Kind.WORDS,
    "address": Kind.LINES,
    "consent": Kind.YES_NO,
    "yes_to": Kind.LIST,
    "no_to": Kind.LIST,
}
_FIELD = {
    FieldType.TEXT: Kind.TEXT,
    FieldType.PROSE: Kind.PROSE,
    FieldType.LIST: Kind.LIST,
    FieldType.DATE: Kind.DATE,
    FieldType.TIME: Kind.TIME,
    FieldType.CHOICE: Kind.TEXT,
    FieldType.YES_NO: Kind.YES_NO,
    FieldType.PERSON: Kind.PERSON,
    FieldType.ROWS: Kind.ROWS,
}
# Of these each paragraph, thing or row can be kept private; other values stand within sentences of the template.
_CAN_BE_PRIVATE = frozenset({FieldType.PROSE, FieldType.LIST, FieldType.ROWS})
# What clinics call these columns; written as `fold` returns it.
_CALLED = {
    "reference": "ref letterref letterreference ourref ourreference",
    "date": "letterdate dateofletter",
    "client.first_name": "firstname forename forenames givenname givennames patientforename clientforename",
    "client.last_name": "lastname surname familyname patientsurname clientsurname",
    "client.one_name": "onename onenamealone onlyname singlename mononym",
    "client.title": "title salutation",
    "client.preferred_name": "preferredname knownas likestobecalled calledby",
    "client.address": "address addr street town city county postcode postalcode zip addressline patientaddress",
    "client.date_of_birth": "dateofbirth dob birthdate born",
    "client.date_of_death": "dateofdeath dod deathdate",
    "client.died": "died deceased dead isdeceased rip",
    "client.nhs_number": "nhsnumber nhsno nhs nhsnum",
    "client.chi_number": "chinumber chino chi chinum",
    "client.key": "clientkey hospitalnumber hospitalno mrn patientid clientid caseid urn",
    "client.needs": "needs accessneeds communicationneeds accessibleinformation informationneeds",
    "delivery.asked": "deliveryasked",
    "delivery.safe_address": "safeaddress safetowrite safetopost",
    "delivery.email": "email emailaddress",
    "spoken.on": "spokenon talkedon toldon",
    "recipients.gp.name": "gp gpname doctor registeredgp",
    "recipients.gp.code": "gpcode practicecode gppracticecode odscode",
    "recipients.gp.organisation": "practice gppractice practicename surgery gpsurgery",
    "recipients.gp.address": "gpaddress practiceaddress surgeryaddress",
    "recipients.gp.consent": "gpconsent copytogp consentgp consenttogp gpcopy gpcopyagreed",
    "consent.date": "consentdate consentgiven dateofconsent",
    "consent.until": "consentuntil consentexpires consentexpiry",
    "consent.asked_by": "consentaskedby consenttakenby",
    "consent.how": "consenthow",
}
# Places whose columns are called by their last word alone; "how" or "on" could mean anything.
_ALONE = ("client.", "delivery.", "reference", "date")


@dataclass(frozen=True)
class Places:
    """The places that one template's table can fill.

    Args:
        kinds: how a cell is read for each place.
        called: the place for each folded name of a column.
    """

    kinds: dict[str, Kind]
    called: dict[str, str]

    def kind(self, place: str) -> Kind | None:
        """Return how a cell is read for a place; None where there is no such place."""
        if place in self.kinds:
            return self.kinds[place]
        found = re.fullmatch(r"recipients\.([a-z][a-z0-9-]{0,29})\.([a-z_]+)", place)
        return _RECIPIENT.get(found[2]) if found else None

    def of_column(self, name: str) -> str:
        """Return the place that a column's name means; empty where it means none."""
        low = name.casefold().strip()
        if self.kind(low):
            return low
        folded = fold(name)
        return self.called.get(folded) or self.called.get(folded.rstrip("0123456789"), "")


def fold(name: str) -> str:
    """Return a name without case, accents, spaces and signs."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in plain if char.isalnum())


def places_for(fields: Iterable[Field], keys: Iterable[str] = ()) -> Places:
    """Return the places that a table can fill.

    Args:
        fields: what the template asks.
        keys: recipients whose columns may be called by their key alone, such as "link-worker consent".
    """
    kinds = dict(_CASE)
    called = {name: place for place, names in _CALLED.items() for name in names.split()}
    called |= {fold(place.partition(".")[2] or place): place for place in _CASE if place.startswith(_ALONE)}
    called |= {fold(place): place for place in _CASE}
    for key in ("gp", *keys):
        called |= {fold(f"{key} {part}"): f"recipients.{key}.{part}" for part in _RECIPIENT}
        called |= {fold(f"{part} {key}"): f"recipients.{key}.{part}" for part in ("consent",)}
    for field in fields:
        kinds[f"fields.{field.name}"] = _FIELD[field.type]
        kinds[f"fields.{field.name}.private"] = Kind.LABEL if field.type in _CAN_BE_PRIVATE else Kind.NO_LABEL
        called[fold(field.name)] = f"fields.{field.name}"
        called[fold(f"{field.name} private")] = f"fields.{field.name}.private"
        called[fold(f"private {field.name}")] = f"fields.{field.name}.private"
        if field.type is FieldType.PERSON:
            for part in ("name", "role", "organisation", "phone", "email", *field.columns):
                kinds[f"fields.{field.name}.{part}"] = Kind.WORDS if part in _RECIPIENT else Kind.TEXT
                called[fold(f"{field.name} {part}")] = f"fields.{field.name}.{part}"
    return Places(kinds, {name: place for name, place in called.items() if name})
