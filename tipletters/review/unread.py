"""What lies in a letter's folder and was not read: a copy that came back, a document with comments or open changes."""

import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from tipletters.errors import ReadError, ReviewError, TiplettersError
from tipletters.review.added import added
from tipletters.review.copy import Asked
from tipletters.review.corrections import FILE_NAME as CORRECTIONS
from tipletters.review.edits import edits
from tipletters.review.folder import Folder
from tipletters.review.record import FILE_NAME, REPLACED, beside
from tipletters.review.returned import Returned, is_ticked, read_returned, read_story, returned_of
from tipletters.review.story import Story, recovered
from tipletters.tomlfile import read_toml

_DOCUMENTS = (".docx", ".docm", ".dotx", ".odt", ".ott")
_OTHERS = (".doc", ".rtf")  # review copies are never written so: somebody saved one
_SAVED = re.compile(r'"tipletters"\s*:\s*"answers"')  # by the page
_TEXTS = ("word/document.xml", "content.xml")  # where a document's own words stand
_TAG = re.compile(rb"<[^>]*>")
_CODINGS = ("utf-8", "utf-16-le")
_DEEPEST = 3
_LARGEST = 50_000_000


def refuse_unread(letter: Folder, folders: tuple[Path, ...]) -> None:
    """Stop where a document of this letter, whatever its name or kind, holds what somebody said and nobody read.

    Folders inside the letter's own are looked through too, but not those of another letter or of replaced documents.
    A second case or review of the letter stops too: programs that carry files between computers leave such.

    Args:
        letter: the letter.
        folders: where its documents lie.

    Raises:
        ReviewError: names the document.
    """
    _refuse_second(letter)
    known = {reply.digest for reply in letter.review.replies}
    deep = _DEEPEST if letter.review.copies else 0
    files = [*_files(letter.folder, deep), *(one for folder in folders for one in _files(folder, 0))]
    for path in dict.fromkeys(one.resolve() for one in files):
        data = _data(path)
        if sha256(data).hexdigest() not in known:
            _refuse(letter, path, data)


def _refuse_second(letter: Folder) -> None:
    mine = {letter.path.name, *(beside(letter.path, name).name for name in (FILE_NAME, CORRECTIONS))}
    for path in sorted(letter.folder.glob("*.toml")):
        if path.name not in mine and _reference(path) == letter.case.reference:
            raise ReviewError(
                "There is a second file of this letter, and nobody knows whether it says something else.",
                where=str(path),
                then="Look at what it says. If the client said no, or wants something kept private, enter that with "
                f"“tipletters review enter”. Then put this file into the folder “{REPLACED}”.",
            )


def _reference(path: Path) -> object:
    with suppress(TiplettersError):
        return read_toml(path).get("reference")
    return None


def _refuse(letter: Folder, path: Path, data: bytes) -> None:
    if data[:2] != b"PK" and path.suffix.lower() not in _DOCUMENTS:
        _refuse_text(letter, path, data)
        return
    try:
        story = read_story(data)
    except ReadError as problem:
        if path.suffix.lower() in _DOCUMENTS and _may_be_answer(letter, data):
            raise ReviewError(
                "A document in the letter's folder cannot be read, so that nobody knows whether it is an answer.",
                where=str(path),
                then=f"{problem.then} If it is no answer, put it into the folder “{REPLACED}”, or somewhere else.",
            ) from None
        return
    _refuse_document(letter, path, story)


def _may_be_answer(letter: Folder, data: bytes) -> bool:
    """Say whether a damaged document may be a copy that came back: its text is lost, or names a copy of this letter."""
    parts = recovered(data)
    is_whole = any(parts.get(name, b"").lstrip(b"\xef\xbb\xbf\r\n")[:1] == b"<" for name in _TEXTS)
    said = b"\n".join(_TAG.sub(b"", part) + part for part in parts.values())
    copies = letter.review.copies
    return bool(copies) and (not is_whole or any(one.code.encode() in said for one in copies))


def _files(folder: Path, deep: int) -> Iterator[Path]:
    for path in sorted(folder.glob("*")):
        if path.is_file() and not path.name.startswith("~$"):
            yield path
        elif deep and path.is_dir() and not _is_apart(path):
            yield from _files(path, deep - 1)


def _is_apart(folder: Path) -> bool:
    """Say whether a folder holds another letter, or what is replaced."""
    holds_another = (folder / "case.toml").exists() or any(folder.glob(f"*{FILE_NAME}"))
    return folder.name == REPLACED or folder.name.startswith(".") or folder.is_symlink() or holds_another


def _data(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError:
        raise ReviewError(
            "A file in the letter's folder cannot be opened, so that nobody knows whether it is an answer.",
            where=str(path),
            then="Close it in the other program, or put it into another folder.",
        ) from None


def _refuse_document(letter: Folder, path: Path, story: Story) -> None:
    if (story.comments or story.changes) and _is_of(story, letter.case.reference):
        raise ReviewError(
            "A document of this letter still holds comments or open changes.",
            where=f"{path}: {len(story.comments)} comments, {story.changes} changes",
            then=f"Read it: tipletters review read {path.name}. Or take them away in Word.",
        )
    try:
        _refuse_answers(letter, path, returned_of(story))
    except ReadError as problem:
        text = "\n".join(story.everything)
        if (is_ticked(text) or _SAVED.search(text)) and any(f"code {one.code}" in text for one in letter.review.copies):
            raise _unread(path, f"We cannot read it. {problem.then}") from None


def _refuse_text(letter: Folder, path: Path, data: bytes) -> None:
    codes = [f"code {one.code}" for one in letter.review.copies]
    if not any(code.encode(coding) in data for code in codes for coding in _CODINGS):
        return
    try:
        _refuse_answers(letter, path, read_returned(data))
    except ReadError as problem:
        for text in (data.decode(coding, "ignore") for coding in _CODINGS):
            answers = path.suffix.lower() in _OTHERS or is_ticked(text) or _SAVED.search(text)
            if answers and any(code in text for code in codes):
                raise _unread(path, f"We cannot read it. {problem.then}") from None


def _refuse_answers(letter: Folder, path: Path, returned: Returned) -> None:
    asked = next((one for one in letter.review.copies if one.code == returned.code), None)
    if asked is None or not _says_something(returned, asked):
        return
    if asked in letter.review.current:
        first = "" if path.parent == letter.folder.resolve() else "Move it beside the case first. "
        raise _unread(path, f"{first}Read it: tipletters review read {path.name}")
    raise _unread(
        path,
        "It is an older one. Enter what it says with “tipletters review enter”, and put it into the folder "
        f"“{REPLACED}”.",
    )


def _unread(path: Path, then: str) -> ReviewError:
    return ReviewError("A copy came back that has not been read yet.", where=str(path), then=then)


def _says_something(returned: Returned, asked: Asked) -> bool:
    if any(returned.filled.values()) or returned.unclear:
        return True
    return returned.lines is not None and bool(edits(asked.lines, returned.lines) or added(asked, returned))


def _is_of(story: Story, reference: str) -> bool:
    named = re.compile(rf"(?<![\w-]){re.escape(reference)}(?![\w-])")
    return any(named.search(line) for line in story.everything)
