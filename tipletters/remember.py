"""What the register is asked before a letter is made, and what it is told once the letter is written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tipletters.case import Case, client_key, client_keys
from tipletters.config import House
from tipletters.consent import Provision
from tipletters.errors import TiplettersError
from tipletters.quiet import Quiet
from tipletters.register import Place, Sent, find_place, open_place

if TYPE_CHECKING:
    from tipletters.register.store import Register


@dataclass(frozen=True, repr=False)
class Known(Quiet):
    """What the register said for one case.

    Args:
        said: which register was asked, for the summary.
        provisions: the client's answers on record.
        problem: why a register that somebody chose could not be asked; then nobody but the client gets a copy.
        questions: what the worker should look at.
        seen: the newest answer that the register knew, for each of the client's keys.
    """

    said: str = "No register was asked."
    provisions: tuple[Provision, ...] = ()
    problem: str = ""
    questions: tuple[str, ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict)


NOTHING_KNOWN = Known()


@dataclass(frozen=True, repr=False)
class Record(Quiet):
    """The register as drafting sees it: open, not set up, or set up and not to be read.

    Args:
        place: where it is, or would be.
        register: the open register, if there is one.
        problem: why it could not be opened.
        new: it was not there before, so that it can know nothing yet.
    """

    place: Place
    register: "Register | None" = None
    problem: str = ""
    new: bool = False

    def known(self, case: Case) -> Known:
        """Return what the register says for a case; a register that cannot be read is said and never raised."""
        return self.known_of(client_keys(case))

    def known_of(self, keys: Sequence[str]) -> Known:
        """Return what the register says of a client.

        Args:
            keys: what the register may know them by.
        """
        if self.problem:
            return _unread(self.place, self.problem)
        if self.register is None:
            return Known("No register was asked: none is set up.")
        if not keys:
            return _nobody(self.place)
        try:
            answers = {key: self.register.answers(key) for key in keys}
        except TiplettersError as problem:
            return _unread(self.place, problem.what)
        return Known(
            f"Asked: {self.place.whose}",
            tuple(provision for one in answers.values() for provision in one.provisions),
            questions=(_NEW.format(self.place.described),) if self.new else (),
            seen={key: one.newest for key, one in answers.items()},
        )

    def written(
        self,
        case: Case,
        copies: Mapping[str, tuple[str, str, str]],
        *,
        by: str,
        at: datetime,
        version: int = 1,
        seen: Mapping[str, int] | None = None,
    ) -> None:
        """Record final copies. A draft is held by nobody, and is not recorded.

        Args:
            case: the case.
            copies: for each recipient's key: who that is in words, the SHA-256 of the file in hex, how it goes.
            by: who wrote them.
            at: when.
            version: the letter's version.
            seen: what `known` said was the newest answer.

        Raises:
            RegisterError: the register cannot be written, or an answer came since it was asked. Save nothing then.
        """
        if self.register is None or not copies or not client_key(case):
            return
        sent = [
            Sent(client_key(case), case.reference, version, key, described, digest, at.date(), way)
            for key, (described, digest, way) in copies.items()
        ]
        self.register.sent(sent, by=by, at=at, seen=seen)


@contextmanager
def recording(where: str | None, *, house: House, folder: Path) -> Iterator[Record]:
    """Open the register for drafting: one that was chosen, or the user's own where there is one.

    Args:
        where: what the worker typed.
        house: the organisation's defaults.
        folder: what a path is relative to.
    """
    place = find_place(where, house=house, folder=folder)
    new = place.is_new
    if not place.chosen and new:
        yield Record(place)
        return
    try:
        register = open_place(place)
    except TiplettersError as problem:
        yield Record(place, problem=problem.what)
        return
    with register:
        yield Record(place, register, new=new)


_NOBODY = (
    " It holds no answer of this client yet. If your service knows them by another number or key too, put that in the "
    "case as well. Then: tipletters consent record, with --from."
)
_NEW = "There was no register at {}, so a new one was begun. Is this the right place?"


def not_on_record(case: Case, known: Known) -> str:
    """Return what to do where the register that was asked lacks an answer of the case; empty where it has them all."""
    held = {replace(one, where="") for one in known.provisions}
    if not known.seen or all(replace(one, where="") in held for one in case.provisions):
        return ""
    if not known.provisions:
        return _NOBODY
    return " It does not hold all answers of this case yet: tipletters consent record, with --from."


def _unread(place: Place, problem: str) -> Known:
    return Known(
        f"Could not be asked: {place.whose}",
        problem=f"the register of the clients' answers cannot be read ({problem.rstrip('.')})",
    )


def _nobody(place: Place) -> Known:
    said = "No register was asked: the case does not say by which number or key it knows the client."
    question = f"{said} Put in nhs_number, chi_number or key under [client]."
    return Known(said, questions=(question,) if place.chosen else ())
