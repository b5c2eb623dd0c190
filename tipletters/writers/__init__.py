"""Writers: each prints a Letter as one kind of document. All of them stand in the list below."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass

from tipletters.config import House
from tipletters.letter import Block, Letter
from tipletters.writers.docx import write_docx
from tipletters.writers.html import write_html
from tipletters.writers.look import Look
from tipletters.writers.text import write_text

Write = Callable[[Letter, Look, House, MutableMapping[Block, str]], bytes]


@dataclass(frozen=True)
class Writer:
    """One kind of document.

    Args:
        write: prints a letter.
        ending: the ending of the file's name.
    """

    write: Write
    ending: str


WRITERS = {
    "docx": Writer(write_docx, ".docx"),
    "html": Writer(write_html, ".html"),
    "text": Writer(write_text, ".txt"),
}
