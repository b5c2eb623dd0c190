"""How entries are bound together: each carries an HMAC over itself and the one before.

An entry's content is sealed by itself, with a salt that goes when the content goes. So content can be forgotten and the
history can still be verified, and what was forgotten cannot be guessed back from its seal.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tipletters.quiet import Quiet


@dataclass(frozen=True, repr=False)
class Keys(Quiet):
    """What is derived from a register's one secret: a key for each use, so that none tells of another."""

    secret: bytes
    _client: bytes = field(init=False)
    _digest: bytes = field(init=False)
    _seal: bytes = field(init=False)
    _bond: bytes = field(init=False)

    def __post_init__(self) -> None:
        for name in ("client", "digest", "seal", "bond"):
            object.__setattr__(self, f"_{name}", hmac.digest(self.secret, name.encode(), "sha256"))

    @property
    def file(self) -> str:
        """The key, in hex, with which a register's file is encrypted."""
        return hmac.new(self.secret, b"file", hashlib.sha256).hexdigest()

    def client(self, key: str) -> str:
        """Return what stands for a client; ten digits alone could be guessed from a plain hash."""
        return _hmac(self._client, folded(key))

    def digest(self, sha256: str) -> str:
        """Return what stands for a file's digest, since a letter's text might be guessed too."""
        return _hmac(self._digest, sha256)

    def seal(self, client: str, content: str) -> str:
        """Return the seal of an entry's content."""
        return _hmac(self._seal, client, content)

    def bond(self, before: str, number: int, at: str, by: str, kind: str, seal: str) -> str:
        """Return what binds an entry to the one before it."""
        return _hmac(self._bond, before, number, at, by, kind, seal)


def folded(key: str) -> str:
    """Return a client's key without spaces, signs and capitals, so that each way to write it is the same."""
    return "".join(ch for ch in key.casefold() if ch.isalnum())


def _hmac(key: bytes, *parts: Any) -> str:
    return hmac.new(key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()


def salted(content: Mapping[str, Any]) -> str:
    """Return an entry's content as text, with a salt of its own."""
    return json.dumps({"salt": secrets.token_hex(16), **content})
