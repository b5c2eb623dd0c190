"""An index of other people's clients: enough to see that somebody's details stand in the wrong letter, and no more.

It holds keyed hashes of 64 bits and no text. The key lives as long as the index, so nobody can look up a guessed number
in it later. A hash table of machine words takes 8 bytes a place and is at least a third full: under 100 bytes a client.
"""

import hashlib
import re
import secrets
from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from tipletters.folding import words
from tipletters.people import Client
from tipletters.quiet import Quiet

_FEWEST = 1 << 10
_MOST_FULL = 0.7


class Detail(StrEnum):
    """What kind of detail it is."""

    NUMBER = "number"
    NAME = "name"
    FIRST_NAME = "first name"
    BIRTH_DATE = "date of birth"
    ADDRESS = "address"


class Index(Quiet):
    """Details of the clients of a run, for seeing in linear time whether a letter holds another one's."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._places = array("Q", bytes(8 * _FEWEST))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self._places.itemsize * len(self._places)

    def add(self, client: Client) -> None:
        """Take up a client: numbers, names, date of birth, address."""
        self.take(self.marks(client))

    def marks(self, client: Client) -> tuple[int, ...]:
        """Return what `add` would take up, so that another process can work it out."""
        return tuple(self._hash(kind, value) for kind, value in details(client))

    def take(self, marks: Iterable[int]) -> None:
        """Take up what `marks` returned."""
        for mark in marks:
            self._put(mark)

    def holds(self, kind: Detail, value: str) -> bool:
        """Say whether one of the clients has this detail.

        Args:
            kind: what it is.
            value: the detail as `details` writes it.
        """
        places, mask = self._places, len(self._places) - 1
        sought = self._hash(kind, value)
        at = sought & mask
        while places[at]:
            if places[at] == sought:
                return True
            at = (at + 1) & mask
        return False

    def _hash(self, kind: Detail, value: str) -> int:
        digest = hashlib.blake2b(f"{kind}\0{value}".encode(errors="replace"), digest_size=8, key=self._key).digest()
        return int.from_bytes(digest) or 1

    def _put(self, one: int) -> None:
        places, mask = self._places, len(self._places) - 1
        at = one & mask
        while places[at]:
            if places[at] == one:
                return
            at = (at + 1) & mask
        places[at] = one
        self._count += 1
        if self._count > _MOST_FULL * len(places):
            self._grow()

    def _grow(self) -> None:
        before = self._places
        self._places, self._count = array("Q", bytes(16 * len(before))), 0
        for one in before:
            if one:
                self._put(one)


def details(client: Client) -> Iterator[tuple[Detail, str]]:
    """Yield what tells a client from others, each in the form in which it is looked for."""
    for number in (client.nhs_number, client.chi_number):
        if number:
            yield Detail.NUMBER, digits(number)
    # An only name may be a word, or anybody's first name: by itself it is no more than a question.
    for first in {client.first_name, client.preferred_name, client.last_name if client.one_name else ""} - {""}:
        if not client.one_name:
            yield Detail.NAME, name_key(f"{first} {client.last_name}")
        yield Detail.FIRST_NAME, name_key(first)
    if client.date_of_birth:
        yield Detail.BIRTH_DATE, date_key(client.date_of_birth)
    if client.address:
        yield Detail.ADDRESS, name_key(client.address[0])


def digits(text: str) -> str:
    """Return the digits of a number."""
    return re.sub(r"\D", "", text)


def name_key(text: str) -> str:
    """Return a name or a line of an address in the form in which it is compared."""
    return " ".join(words(text))


def contact_key(text: str) -> str:
    """Return an address, phone number or e-mail address in the form in which it is compared."""
    return "".join(words(text))


def date_key(day: date) -> str:
    """Return a date in the form in which it is compared."""
    return day.isoformat()


def index_of(clients: Iterable[Client]) -> Index:
    """Return the index of some clients."""
    made = Index()
    for client in clients:
        made.add(client)
    return made
