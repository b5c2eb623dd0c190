"""The register's secret: from an environment variable, the system's keyring, or a file for its owner alone."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tipletters.errors import RegisterError
from tipletters.files import make_folder, write_all
from tipletters.register.chain import Keys
from tipletters.register.place import Place, home

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

VARIABLE = "TIPLETTERS_REGISTER_KEY"
_SERVICE = "tipletters register"


def keys_of(place: Place, *, new: bool) -> Keys:
    """Return the keys of the register at a place.

    Args:
        place: where the register is.
        new: the register is being made, so that a key may be made too.

    Raises:
        RegisterError: there is no key, or it is not one.
    """
    if typed := os.environ.get(VARIABLE):
        return Keys(_secret(typed, f"the environment variable {VARIABLE}"))
    held = _from_keyring(place) or _from_file(place)
    if held:
        return Keys(_secret(held, "the keyring or the key file"))
    if not new:
        raise RegisterError(
            "The key of this register is not on this computer.",
            where=place.described,
            then=f"Put in the key that you kept safe: tipletters register key --set, or the variable {VARIABLE}.",
        )
    secret = secrets.token_hex(32)
    keep(place, secret)
    return Keys(bytes.fromhex(secret))


def keep(place: Place, secret: str) -> str:
    """Keep the secret of a place: in the keyring where there is one, else in a file. Returns where, in words.

    Raises:
        RegisterError: it is not a key.
        OutputError: it cannot be kept.
    """
    secret = _secret(secret, "the key that you gave").hex()
    if ring := real_keyring():
        with _ring_explained():
            ring.set_password(_SERVICE, place.name, secret)
        return "this computer's keyring"
    make_folder(home())
    write_all({home() / f"{place.name}.key": secret.encode()}, force=True)
    return f"the file {home() / f'{place.name}.key'}, which you alone can read"


def encrypts() -> bool:
    """Say whether a new file is encrypted: wherever its key is not kept in a file beside it."""
    return bool(os.environ.get(VARIABLE)) or real_keyring() is not None


def real_keyring() -> "KeyringBackend | None":
    """Return the system's keyring; None where there is none, or one that keeps secrets in plain text."""
    import keyring

    ring = keyring.get_keyring()
    plain = type(ring).__module__.startswith(("keyring.backends.fail", "keyring.backends.null", "keyrings.alt"))
    return None if plain or ring.priority < 1 else ring


def _from_keyring(place: Place) -> str:
    ring = real_keyring()
    with _ring_explained():
        return (ring.get_password(_SERVICE, place.name) or "") if ring else ""


@contextmanager
def _ring_explained() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError:
        raise RegisterError(
            "This computer's keyring does not open, and the register's key is in it.",
            then="Unlock the keyring, or log in to this computer again. Then try once more.",
        ) from None


def _from_file(place: Place) -> str:
    path = home() / f"{place.name}.key"
    try:
        return path.read_text(encoding="ascii").strip() if path.exists() else ""
    except (OSError, ValueError):
        raise RegisterError("The key of the register cannot be read.", where=str(path)) from None


def _secret(text: str, where: str) -> bytes:
    text = text.strip()
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise RegisterError(
            "This is not a key of a register: a key has 64 signs, 0 to 9 and a to f.",
            where=where,
            then="Put in the key that `tipletters register key` showed.",
        )
    return bytes.fromhex(text)
