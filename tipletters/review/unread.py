"""What lies in a letter's folder and was not read: a copy that came back, a document with comments or open changes."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tipletters.errors import ReadError, ReviewError
from tipletters.review.added import added
from tipletters.review.copy import Asked
from tipletters.review.edits import edits
from tipletters.review.folder import Folder
from tipletters.review.returned import Returned, read_returned, read_story
from tipletters.review.story import Story


def refuse_unread(letter: Folder, folders: tuple[Path, ...]) -> None:
    """Stop where a document of this letter, whatever its name, holds what somebody said and nobody read.

    Args:
        letter: the letter.
        folders: where its documents lie.

    Raises:
        ReviewError: names the document.
    """
    known = {reply.digest for reply in letter.review.replies}
    for path, data in _documents(folders):
        if sha256(data).hexdigest() not in known:
            _refuse_notes(letter, path, data)
            _refuse_answers(letter, path, data)


def _documents(folders: tuple[Path, ...]) -> Iterator[tuple[Path, bytes]]:
    for folder in dict.fromkeys(folders):
        for path in sorted(one for one in folder.glob("*") if one.is_file()):
            with path.open("rb") as file:
                begins = file.read(2)
            if begins == b"PK" or path.suffix.lower() == ".json":
                yield path, path.read_bytes()


def _refuse_answers(letter: Folder, path: Path, data: bytes) -> None:
    try:
        returned = read_returned(data)
    except ReadError:
        return
    mine = [one for one in letter.review.copies if one.version == letter.review.version]
    asked = next((one for one in mine if one.code == returned.code), None)
    if asked is None or not _says_something(returned, asked):
        return
    if asked in letter.review.current:
        then = f"Read it: tipletters review read {path.name}"
    else:
        then = "It is an older one. Enter what it says with “tipletters review enter”, and put it into another folder."
    raise ReviewError("A copy came back that has not been read yet.", where=str(path), then=then)


def _says_something(returned: Returned, asked: Asked) -> bool:
    if any(returned.filled.values()) or returned.unclear:
        return True
    return returned.lines is not None and bool(edits(asked.lines, returned.lines) or added(asked, returned))


def _refuse_notes(letter: Folder, path: Path, data: bytes) -> None:
    try:
        story = read_story(data)
    except ReadError:
        return
    if (story.comments or story.changes) and _is_of(story, letter.case.reference):
        raise ReviewError(
            "A document of this letter still holds comments or open changes.",
            where=f"{path}: {len(story.comments)} comments, {story.changes} changes",
            then=f"Read it: tipletters review read {path.name}. Or take them away in Word.",
        )


def _is_of(story: Story, reference: str) -> bool:
    named = re.compile(rf"(?<![\w-]){re.escape(reference)}(?![\w-])")
    return any(named.search(line) for line in story.everything)
