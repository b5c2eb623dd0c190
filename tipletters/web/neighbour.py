"""Finds a `tipletters serve` of the same person that is running already for the same folder."""

import contextlib
import hashlib
import http.client
import json
import secrets
from pathlib import Path

from tipletters.errors import TiplettersError
from tipletters.files import make_folder, write_all
from tipletters.register.place import home
from tipletters.web.desk import Desk
from tipletters.web.entry import checked_link, proof


def _note(folder: Path) -> Path:
    name = hashlib.blake2b(str(folder.resolve()).encode(), digest_size=12).hexdigest()
    return home() / "serve" / f"{name}.json"


def leave_note(desk: Desk) -> None:
    """Note, for this person alone, where this one answers and how to prove that one belongs to it.

    Raises:
        OutputError: it cannot be written.
    """
    note = _note(desk.folder)
    make_folder(note.parent)
    write_all({note: json.dumps({"port": desk.port, "knock": desk.knock}).encode()}, force=True)


def take_note_away(desk: Desk) -> None:
    """Remove the note, unless another start has written its own since."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        note = _note(desk.folder)
        if json.loads(note.read_bytes())["knock"] == desk.knock:
            note.unlink()


def link_of_running(folder: Path) -> str | None:
    """Return a fresh link to the one that is running for this folder, or None where none answers."""
    try:
        noted = json.loads(_note(folder).read_bytes())
        port, knock = int(noted["port"]), str(noted["knock"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    nonce = secrets.token_hex(24)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("POST", "/again", headers={"x-nonce": nonce, "x-proof": proof(knock, f"ask {nonce}")})
        answer = connection.getresponse()
        return checked_link(knock, nonce, answer.read(10_000)) if answer.status == 200 else None
    except (OSError, http.client.HTTPException, TiplettersError):
        return None
    finally:
        connection.close()
