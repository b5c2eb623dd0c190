"""What a reader gives back, and the limits that hold for every kind of file."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tipletters.errors import ReadError
from tipletters.letter import Letter
from tipletters.quiet import Quiet

# A letter of 200 pages is 3 MB as a Word document with its pictures left out, and 1 MB as text.
MEGABYTE = 1_000_000
MOST_BYTES = 200 * MEGABYTE  # of one file, packed
MOST_UNPACKED = 400 * MEGABYTE  # of all that one zip holds
MOST_OF_A_PART = 60 * MEGABYTE  # of one part of a document
MOST_PARTS = 10_000
COMMENTS = "There are comments in this document. We did not read them; take them out before the letter goes."


@dataclass(frozen=True, slots=True, repr=False)
class Source(Quiet):
    """One file to read.

    Args:
        data: its bytes.
        name: its name; it tells Markdown from plain text, and nothing else.
        folder: where LibreOffice may put throwaway files, if it is needed.
    """

    data: bytes
    name: str = ""
    folder: Path | None = None


@dataclass(frozen=True, repr=False)
class Read(Quiet):
    """What a file says.

    Args:
        letter: its text, block by block.
        problems: what is in the file and was not read as text, in plain words.
        kind: the kind of file, told from its content.
        encoding: of a plain text.
        text: a plain text as it stands, with its line ends; None for every other kind.
        package: the Word document that comments and changes can be put into; empty for every other kind.
        modified: when the document was changed last, as it says itself.
    """

    letter: Letter
    problems: tuple[str, ...] = ()
    kind: str = ""
    encoding: str = ""
    text: str | None = None
    package: bytes = b""
    modified: datetime | None = None

    def light(self) -> "Read":
        """Return what is known of the file, without its text."""
        return replace(self, letter=replace(self.letter, blocks=()), text=None, package=b"")


def too_big() -> ReadError:
    """Return the error for a file that has more in it than any letter."""
    return ReadError("This file is too big to be a letter.", then="Check that it is the right file.")


def protected() -> ReadError:
    """Return the error for a file with a password."""
    return ReadError(
        "This file is protected by a password.",
        then="Open it with its password, save a copy without one, check the copy, and delete it afterwards.",
    )


def broken() -> ReadError:
    """Return the error for a file that cannot be taken apart."""
    return ReadError(
        "This file is damaged or cut short.", then="Open it in the program that made it, and save it again."
    )


def hostile() -> ReadError:
    """Return the error for a file that is built to do harm."""
    return ReadError(
        "This file is built in a way that no letter is, and reading it could do harm. We stopped.",
        then="Do not open it. Ask the person who sent it, or your IT team.",
    )
