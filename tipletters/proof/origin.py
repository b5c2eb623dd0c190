"""Where the words of a letter come from: what is the client's own, and what stands in every letter of the kind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from tipletters.case import Case
from tipletters.checks.lexis.words import columns
from tipletters.dates import long_date
from tipletters.folding import Folded, words
from tipletters.people import CLIENT_KEY
from tipletters.proof.lines import Lines
from tipletters.proof.value import Value, values_of
from tipletters.quiet import Quiet
from tipletters.template import Template


@dataclass(frozen=True, repr=False)
class Origin(Quiet):
    """Where a letter's words come from.

    Args:
        fields: the case's fields as they were written; None where they are not known: then every word that is not the
            template's counts as the client's own.
        template: what the template says by itself.
        names: names of client, author and recipients, which give nothing away.
        roles: roles and organisations of author and recipients: no single word of them does either.
        places: addresses of client and recipients, the reference and the date: nor does a word of these.
        where: the case's file.
    """

    fields: Mapping[str, Any] | None = None
    template: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    where: str = ""

    @cached_property
    def known(self) -> frozenset[str]:
        """Words that give nothing away: those of every letter, of the template, and the names."""
        return _of_template(self.template)[1].union(self.people, *map(words, self.places))

    @cached_property
    def plain(self) -> frozenset[str]:
        """Words of which a stretch may be made without giving anything away."""
        return _everyday().union(*(words(name) for name in self.names))

    @cached_property
    def _own(self) -> Folded | None:
        return None if self.fields is None else Folded(_texts(self.fields))

    @cached_property
    def people(self) -> frozenset[str]:
        """Words of which a stretch in the frame may be made: who somebody is, without an address."""
        return self.plain.union(*map(words, self.roles))

    @cached_property
    def lines(self) -> Lines:
        """The lines of the case's file."""
        return Lines(self.where)

    def is_literal(self, text: str) -> bool:
        """Say whether a whole paragraph is the template's."""
        return text in _lines_of(self.template)

    def is_own(self, letters: str) -> bool:
        """Say whether folded words are the client's own: written in the case, and not what the template says anyway."""
        if _of_template(self.template)[0].holds(letters):
            return False
        return self._own is None or self._own.holds(letters)

    @cached_property
    def labelled(self) -> tuple[Value, ...]:
        """The values that carry a label."""
        return tuple(values_of(self.fields or {}))


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Return the words in which every letter is told: a stretch of nothing but these is nobody's own."""
    return frozenset(word for _, words in columns("everyday.txt", 2) for word in words.split(" "))


@lru_cache(maxsize=64)
def _of_template(literals: tuple[str, ...]) -> tuple[Folded, frozenset[str]]:
    """Fold what a template says, once for all its letters; return it with the words that give nothing away."""
    return Folded(literals), _everyday().union(*map(words, literals))


@lru_cache(maxsize=64)
def _lines_of(literals: tuple[str, ...]) -> frozenset[str]:
    """Return the lines that a template says by itself, without the signs of lists and headings."""
    return frozenset(line.strip().lstrip("#-*• ").strip() for text in literals for line in text.split("\n"))


def origin_of(case: Case, template: Template | None) -> Origin:
    """Return where the words of a case's letter come from."""
    client = case.client
    names = (client.name, client.preferred_name, client.title, case.author.name, *(one.name for one in case.recipients))
    literals = template.literals if template else ()
    roles = [case.author.role, case.author.service]
    places = [*client.address, case.reference, long_date(case.date)]
    for one in case.recipients:
        roles += [one.role, one.organisation]
        places += one.address
    return Origin(case.fields, literals, (*names, CLIENT_KEY), tuple(roles), tuple(places), case.where)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _texts(inner)
