"""What one `tipletters serve` knows: its folder, its keys, and when it was last used. It holds no letter."""

import hmac
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from tipletters.quiet import Quiet

# A link that nobody opened is void after this time; what was copied from a terminal is opened at once.
_LINK_LASTS = timedelta(minutes=10)
# What one request may bring: a long letter with pictures in it is far smaller.
MOST_BYTES = 25 * 1024 * 1024


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(repr=False)
class Desk(Quiet):
    """One use of the page, by one person.

    Args:
        folder: where the letters are.
        port: the port on 127.0.0.1.
        now: the clock; tests set it.
        idle: how long the page may lie unused before it locks.
        examples: numbers that are set aside for examples may stand in a letter.
        by: who is working, for the register.
        tell: called with a new link when the page has locked.
        room: the first part of every address. A cookie is sent to every port of 127.0.0.1, and so to pages of other
            people on the same machine; bound to a path that they cannot guess, it is not.
        knock: the secret by which another start of tipletters proves that it belongs to the same person.
        numbers: names for what the page asks for later. None is given twice, even after a lock: an old tab must
            not come to mean something else.
    """

    folder: Path
    port: int
    now: Callable[[], datetime] = datetime.now
    idle: timedelta = timedelta(minutes=15)
    examples: bool = False
    by: str = ""
    tell: Callable[[str], None] = lambda _: None
    room: str = field(default_factory=lambda: secrets.token_hex(8))
    knock: str = field(default_factory=_secret)
    csrf: str = field(default_factory=_secret)
    lock: threading.RLock = field(default_factory=threading.RLock)
    held: dict[str, Any] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _links: dict[str, datetime] = field(default_factory=dict)
    _cookie: str = ""
    _used: datetime | None = None

    @property
    def host(self) -> str:
        """The one name under which the page answers."""
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """The one place from which it takes orders."""
        return f"http://{self.host}"

    @property
    def cookie_name(self) -> str:
        """The cookie's name; each port has its own."""
        return f"tipletters-{self.port}"

    def link(self) -> str:
        """Return a new link that opens the page once. Its key stands after the #, so that no log can hold it."""
        key = _secret()
        self._links[key] = self.now()
        return f"{self.origin}/open#{key}"

    def open(self, key: str) -> str | None:
        """Take a link's key and return the session's cookie, or None where the key is wrong, used or old."""
        made = next((self._links.pop(one) for one in list(self._links) if _same(one, key)), None)
        if made is None or self.now() - made > _LINK_LASTS:
            return None
        self.lock_if_idle()
        if not self._cookie:
            self._cookie, self.csrf = _secret(), _secret()
        self._used = self.now()
        return self._cookie

    def knows(self, cookie: str, *, use: bool = True) -> bool:
        """Say whether a cookie opens this page now; one that was not used for too long locks it.

        Args:
            cookie: what the browser sent.
            use: whether a person did something, so that the time begins anew.
        """
        if not self._cookie or not _same(self._cookie, cookie):
            return False
        self.lock_if_idle()
        if not self._cookie:
            return False
        if use:
            self._used = self.now()
        return True

    def has_token(self, token: str) -> bool:
        """Say whether a request carries the token that stands in our own pages alone."""
        return _same(self.csrf, token)

    def lock_if_idle(self) -> None:
        """Lock the page if nobody used it for too long."""
        if self._cookie and self._used and self.now() - self._used > self.idle:
            self.leave()

    def leave(self) -> None:
        """Lock the page, forget what it held, and tell how to come back."""
        self._cookie = ""
        self.held.clear()
        self.tell(self.link())


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
