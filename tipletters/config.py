"""`tipletters.toml`: what an organisation writes once, found beside the case or in a folder above it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tipletters.errors import CaseError
from tipletters.quiet import Quiet
from tipletters.tomlfile import fit, read_toml

FILE_NAME = "tipletters.toml"

# The ranges that Ofcom sets aside for drama, as national numbers ("Telephone numbers for use in TV and radio drama").
_DRAMA = (
    *(f"{area}4960" for area in (113, 114, 115, 116, 117, 118, 121, 131, 141, 151, 161)),
    "2079460",
    "1914980",
    "2896496",
    "2920180",
    "1632960",
    "7700900",
    "8081570",
    "9098790",
    "3069990",
)
_EXAMPLE_HOSTS = ("example.org", "example.com", "example.net", ".example", ".invalid", ".test")


@dataclass(frozen=True, repr=False)
class Organisation(Quiet):
    """Who sends the letter. Only what stands here is printed at its head."""

    name: str = ""
    address: tuple[str, ...] = ()
    logo: str = ""
    logo_alt: str = ""
    letterhead: str = ""


@dataclass(frozen=True, repr=False)
class Contact(Quiet):
    """How a client reaches the service, or somebody who helps at once."""

    name: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""

    def __post_init__(self) -> None:
        if self.phone and not any(ch.isdigit() for ch in self.phone):
            raise ValueError("has a phone number without a digit; write the number itself")


@dataclass(frozen=True, repr=False)
class HouseAuthor(Quiet):
    """Defaults for who writes."""

    name: str = ""
    role: str = ""
    service: str = ""
    contact: str = ""


@dataclass(frozen=True, repr=False)
class RegisterConfig(Quiet):
    """Where the register is, and for how long it keeps what.

    Args:
        where: a file, or the address of a PostgreSQL database without its password.
        keep_years: after so many years without anything new, `register due` lists a client; 0 where nobody decided.
    """

    where: str = ""
    keep_years: int = 0


@dataclass(frozen=True, repr=False)
class DeliveryConfig(Quiet):
    """How long an answer on how to reach the client holds.

    Args:
        holds_days: after so many days they are asked again; half a year unless the organisation says otherwise.
    """

    holds_days: int = 183


@dataclass(frozen=True, repr=False)
class Config(Quiet):
    """The house defaults.

    Args:
        organisation: name, address, logo and letterhead.
        contact: how clients reach the service.
        crisis: who helps at once, in the order in which they are printed.
        author: defaults for the case's author.
        allow: words that may stand in this organisation's letters.
        register: where answers are remembered.
        delivery: how long answers on how to reach the client hold.
    """

    organisation: Organisation = field(default_factory=Organisation)
    contact: Contact = field(default_factory=Contact)
    crisis: tuple[Contact, ...] = ()
    author: HouseAuthor = field(default_factory=HouseAuthor)
    allow: tuple[str, ...] = ()
    register: RegisterConfig = field(default_factory=RegisterConfig)
    delivery: DeliveryConfig = field(default_factory=DeliveryConfig)


@dataclass(frozen=True, repr=False)
class House(Quiet):
    """A Config with the folder in which it was found; None where there is no `tipletters.toml`."""

    config: Config = field(default_factory=Config)
    folder: Path | None = None

    @property
    def templates(self) -> Path | None:
        """The organisation's own templates, where it has some."""
        own = self.folder / "templates" if self.folder else None
        return own if own and own.is_dir() else None

    def file(self, name: str) -> Path | None:
        """The path of a file that the config names, such as the logo; None where it names none."""
        return (self.folder or Path()) / name if name else None


def find(start: Path) -> House:
    """Return the house defaults for a case in the folder `start`.

    Raises:
        CaseError: a `tipletters.toml` is there and cannot be used.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        path = folder / FILE_NAME
        if path.is_file():
            return House(fit(Config, _with_lines(read_toml(path)), str(path)), folder)
    return House()


def _with_lines(data: dict[str, Any]) -> dict[str, Any]:
    organisation = data.get("organisation")
    if isinstance(organisation, dict) and "address" in organisation:
        organisation["address"] = as_lines(organisation["address"])
    return data


def as_lines(value: Any) -> Any:
    """Return text of several lines as a list of them; anything else unchanged."""
    return [line.strip() for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


def refuse_examples(house: House, author_contact: str = "") -> None:
    """Stop where a number or address is one that is set aside for examples: a client in need might call it.

    Raises:
        CaseError: names every key.
    """
    file = str(house.folder / FILE_NAME) if house.folder else FILE_NAME
    for where, held in ((file, dict(_contacts(house.config))), ("the case", {"author → contact": author_contact})):
        keys = [f"“{key}”" for key, value in held.items() if is_example(value)]
        if keys:
            what = "holds a number or address that is" if len(keys) == 1 else "hold numbers or addresses that are"
            raise CaseError(
                f"{', '.join(keys)} {what} set aside for examples. Nobody answers there.",
                where=where,
                then="Put in your own.",
            )


def _contacts(config: Config) -> Iterator[tuple[str, str]]:
    named = [("contact", config.contact)]
    named += [(f"crisis → number {n}", contact) for n, contact in enumerate(config.crisis, start=1)]
    for key, contact in named:
        yield f"{key} → phone", contact.phone
        yield f"{key} → email", contact.email
    yield "author → contact", config.author.contact


def is_example(value: str) -> bool:
    """Say whether a text holds a phone number from the drama ranges, or an address at an example domain."""
    digits = "".join(ch for ch in value if ch.isdigit()).removeprefix("0044").removeprefix("44").removeprefix("0")
    lowered = value.casefold()
    return digits.startswith(_DRAMA) or any(host in lowered for host in _EXAMPLE_HOSTS)
