"""Reads old Word documents (.doc): LibreOffice, where it is installed, turns them into new ones first."""

from dataclasses import replace

from tipletters.errors import MissingProgramError, OutputError, ReadError
from tipletters.readers.model import Read, Source, protected
from tipletters.readers.word import read_word
from tipletters.writers import libreoffice


def read_old_word(source: Source) -> Read:
    """Return the text of an old Word document; what comments are put into is the new document that was made of it.

    Raises:
        ReadError: it is protected, no Word document, or LibreOffice is missing or cannot read it.
    """
    kind = _inside(source.data)
    if kind:
        raise kind
    missing = ReadError(
        "This is an old Word document (.doc). Reading it needs LibreOffice, and it is not on this computer.",
        then="Open it in Word and save it as .docx. Or ask your IT team for LibreOffice.",
    )
    if source.folder is None:
        raise missing
    try:
        made = libreoffice.convert({"letter": source.data}, source.folder, before="doc", after="docx")["letter"]
    except MissingProgramError:
        raise missing from None
    except OutputError:
        raise ReadError(
            "LibreOffice could not read this old Word document (.doc).", then="Open it in Word and save it as .docx."
        ) from None
    note = "This was an old Word document (.doc). We read it through LibreOffice; comments go into a new one (.docx)."
    read = read_word(replace(source, data=made))
    return replace(read, problems=(note, *read.problems))


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _inside(data: bytes) -> ReadError | None:
    """Return what is wrong with a file of the old Office kind, or None for a Word document without a password."""
    if _wide("EncryptedPackage") in data:
        return protected()
    if _wide("__substg1.0_") in data:
        return ReadError("This is an Outlook message.", then="Save it as text or as .eml, and check that.")
    if _wide("WordDocument") not in data:
        return ReadError("This is an Office file, but no Word document.", then="Save the letter as .docx.")
    begin = data.find(b"\xec\xa5", 512, 100_000)
    if begin >= 0 and data[begin + 11 : begin + 12] and data[begin + 11] & 0x01:  # fEncrypted, [MS-DOC] 2.5.2
        return protected()
    return None
