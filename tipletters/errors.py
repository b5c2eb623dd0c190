"""Errors that a worker can act on: what is wrong, where, and what to do next.

Texts of errors never hold words of a letter or values of a case, since errors end up in screenshots and logs.
"""

import difflib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any


class TiplettersError(Exception):
    """Root of all errors that tipletters raises on purpose.

    Args:
        what: one plain sentence that says what is wrong.
        where: the file, line or key that it is about.
        then: what the worker can do next.
    """

    def __init__(self, what: str, *, where: str = "", then: str = "") -> None:
        super().__init__(what, where, then)
        self.what = what
        self.where = where
        self.then = then

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error cross to another process as what it is."""
        return partial(type(self), where=self.where, then=self.then), (self.what,)

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"Where: {self.where}")
        if self.then:
            lines.append(f"What to do: {self.then}")
        return "\n".join(lines)


class CaseError(TiplettersError):
    """A case file or `tipletters.toml` cannot be used as it stands."""


class TemplateError(TiplettersError):
    """A template cannot be read, or asks for something that is not allowed."""


class ConsentError(TiplettersError):
    """A provision contradicts itself, or names a recipient or label that is not there."""


class RegisterError(TiplettersError):
    """The register cannot be opened, read or written, or was changed by something else than tipletters."""


class OutputError(TiplettersError):
    """A document could not be written; nothing was left half done."""


class AlreadyThereError(OutputError):
    """A file of this name is there already, and is not written over."""


class ProofError(TiplettersError):
    """A document holds something that its reader may not have; it was not written."""


class ReadError(TiplettersError):
    """A document could not be read."""


class ReviewError(TiplettersError):
    """The review with the client is not where this step needs it to be, or its files cannot be used."""


class MissingProgramError(TiplettersError):
    """A program that this step needs is not on this machine."""


def did_you_mean(word: str, known: Iterable[str], fold: Callable[[str], str] = str.casefold) -> str:
    """Return "Did you mean ...?" for the known word that is most like `word` once both are folded, or nothing."""
    folded = {fold(one): one for one in known}
    close = difflib.get_close_matches(fold(word), folded, n=1, cutoff=0.6)
    return f"Did you mean “{folded[close[0]]}”?" if close else ""
