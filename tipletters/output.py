"""Prints a draft's copies and saves them: everything is printed before the first file is written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tipletters.config import House
from tipletters.draft import Copy, Draft
from tipletters.files import make_folder, write_all
from tipletters.letter import Block
from tipletters.writers import WRITERS
from tipletters.writers.libreoffice import to_pdf


@dataclass(frozen=True)
class Saved:
    """Where a draft's copies were saved.

    Args:
        folder: the folder.
        files: the files of each copy, by its key.
    """

    folder: Path
    files: Mapping[str, tuple[Path, ...]]


def save(
    draft: Draft, house: House, folder: Path, *, kind: str = "docx", pdf: bool = False, force: bool = False
) -> Saved:
    """Print every copy and save it.

    Args:
        draft: the copies.
        house: the organisation's logo, letterhead and name.
        folder: where to save; it is made where it is missing.
        kind: a name from WRITERS.
        pdf: make a PDF of each copy too.
        force: write over files that are there.

    Raises:
        TiplettersError: a copy cannot be printed or saved; then none is.
    """
    copies = [copy for copy in draft.copies if copy.letter is not None]
    printed = _printed(kind, copies, house)
    make_folder(folder)
    files = {copy.key: [(_path(folder, copy, draft, WRITERS[kind].ending), printed[copy.key])] for copy in copies}
    if pdf and copies:
        made = to_pdf(printed if kind == "docx" else _printed("docx", copies, house), folder)
        for copy in copies:
            files[copy.key].append((_path(folder, copy, draft, ".pdf"), made[copy.key]))
    write_all({path: data for pairs in files.values() for path, data in pairs}, force=force)
    return Saved(folder, {key: tuple(path for path, _ in pairs) for key, pairs in files.items()})


def _printed(kind: str, copies: Iterable[Copy], house: House) -> dict[str, bytes]:
    memo: dict[Block, str] = {}
    write = WRITERS[kind].write
    return {copy.key: write(copy.letter, copy.look, house, memo) for copy in copies if copy.letter is not None}


def _path(folder: Path, copy: Copy, draft: Draft, ending: str) -> Path:
    slug = re.sub(r"[^A-Za-z0-9]+", "-", draft.case.reference).strip("-")
    return folder / f"{slug}-{copy.key}{'-DRAFT' if copy.draft else ''}{ending}"
