"""The people in a letter, and the frame words that a copy may carry beside the letter's own text."""

from dataclasses import dataclass
from datetime import date

from tipletters.dates import long_date
from tipletters.quiet import Quiet

CLIENT_KEY = "client"


@dataclass(frozen=True, repr=False)
class Client(Quiet):
    """The person the letter is to.

    Args:
        first_name: their first name, or the only one that they have.
        last_name: their last name, or the only one that they have.
        address_since: the day since which they live there, where it is known.
        key: the service's own reference for them, where there is no NHS or CHI number; never a name.
        one_name: they have one name alone, so that one of the two is empty.
    """

    first_name: str = ""
    last_name: str = ""
    title: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    address: tuple[str, ...] = ()
    address_since: date | None = None
    date_of_birth: date | None = None
    date_of_death: date | None = None
    nhs_number: str = ""
    chi_number: str = ""
    key: str = ""
    needs: tuple[str, ...] = ()
    one_name: bool = False

    @property
    def name(self) -> str:
        """First and last name, or the only one that they have."""
        return " ".join(filter(None, (self.first_name, self.last_name)))

    @property
    def greeting_name(self) -> str:
        """The name the client wants to be called by."""
        return self.preferred_name or self.first_name or self.last_name


@dataclass(frozen=True, repr=False)
class Author(Quiet):
    """The worker who writes."""

    name: str
    role: str = ""
    service: str = ""
    contact: str = ""


@dataclass(frozen=True, repr=False)
class Recipient(Quiet):
    """Somebody beside the client who may get a copy.

    Args:
        key: a short word for the file name, such as "gp"; never a name.
    """

    key: str
    name: str
    role: str = ""
    organisation: str = ""
    address: tuple[str, ...] = ()

    @property
    def person(self) -> str:
        """Who it is, beyond the key: a yes for one GP is no yes for the next."""
        return ", ".join(part for part in (self.name, self.organisation) if part)

    @property
    def described(self) -> str:
        """Name, role and organisation in one line."""
        return ", ".join(part for part in (self.name, self.role, self.organisation) if part)


@dataclass(frozen=True, repr=False)
class Person(Quiet):
    """What checks may know of people: whose letter it is, and who else may be named in it.

    Args:
        names: the client's names, in every form that a letter may use.
        numbers: the client's NHS and CHI numbers, digits alone.
        birth_date: the client's date of birth.
        staff: names of author, recipients and other workers.
        others: names of people whom the case declares, and what the recipients are to the client.
        contacts: addresses, phone numbers and e-mail addresses that may stand in the letter: the client's own, the
            service's and the recipients', folded and without spaces.
    """

    names: frozenset[str]
    numbers: frozenset[str] = frozenset()
    birth_date: date | None = None
    staff: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()


class Frame:
    """The frame words: the one fixed list of what a copy may say that the client's full copy need not.

    Never taken from prose, and not counted as the letter's words (see docs/confidentiality.md).
    """

    DRAFT = "Draft: not yet checked with the client"
    DRAFT_CLIENT = "Draft: for you to check"
    HAND_OVER = "To hand over in person, not to send"
    NOT_ONLINE = "Please do not show online"
    WORKER = "For the worker alone: not for the client, not to send"
    SHARED = "Shared without the client's agreement"
    TOLD = "The client has been told"
    NOT_TOLD = "The client has not been told yet"
    CAN_CHANGE = "You can still ask us to change this"

    @staticmethod
    def copy_for(recipient: Recipient) -> str:
        """Say whose copy this is."""
        return f"Copy for {recipient.described}"

    @staticmethod
    def checked(day: date, *, client: bool) -> str:
        """Say that the client checked the letter; only where it is true."""
        return f"Checked with {'you' if client else 'the client'} on {long_date(day)}"

    @staticmethod
    def replaces(day: date) -> str:
        """Say which letter this one takes the place of."""
        return f"Replaces the letter of {long_date(day)}"

    @staticmethod
    def identity(client: Client) -> str:
        """Say whose letter this is, so that a professional can file it."""
        return f"This letter is to {Frame._filed(client)}"

    @staticmethod
    def parts_of(client: Client) -> str:
        """Say from whose letter these parts are."""
        return f"These parts are from a letter to {Frame._filed(client)}"

    @staticmethod
    def _filed(client: Client) -> str:
        parts = [client.name]
        if client.date_of_birth:
            parts.append(f"born {client.date_of_birth:%d/%m/%Y}")
        if client.nhs_number:
            parts.append(f"NHS number {client.nhs_number}")
        if client.chi_number:
            parts.append(f"CHI number {client.chi_number}")
        return ", ".join(parts)
