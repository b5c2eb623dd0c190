"""The door: who is let in, what may be sent in, and what goes out with every answer."""

import contextlib

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tipletters.web.answers import plain_page, problem
from tipletters.web.desk import MOST_BYTES, Desk

CSRF_HEADER = "x-tipletters"
# Asked by the page itself, not by a person: it does not keep the page awake.
QUIET_HEADER = "x-tipletters-quiet"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
}


class TooMuchError(Exception):
    """More bytes came than one request may bring."""


class Door:
    """Stands before the whole application. It speaks of what is wrong, never of what was sent.

    Args:
        app: what is behind the door.
        desk: the keys.
    """

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = self._refusal(Request(scope))
        # What fails was answered already; a server's log of it could quote a letter.
        with contextlib.suppress(Exception):
            await (refusal or self.app)(scope, _bounded(receive), with_headers)

    def _refusal(self, request: Request) -> ASGIApp | None:
        """Return what to answer instead, or None where the request may pass."""
        desk, path, headers = self.desk, request.url.path, request.headers
        if headers.getlist("host") != [desk.host]:
            return plain_page(421, f"Please use the address {desk.origin}, as the terminal says.")
        if request.method not in ("GET", "POST"):
            return plain_page(405, "This page only reads and writes.")
        if _too_long(headers.get("content-length", "0")):
            return problem(413, "This is more than we can take.", then=SMALLER)
        if path == "/again":
            return None if request.method == "POST" and "origin" not in headers else plain_page(403, "Not this way.")
        if not self._from_here(request):
            return plain_page(403, "This came from another page, so we did not do it.")
        if path in ("/", "/open") or path.startswith("/static/"):
            return None
        return self._no_session(request)

    def _from_here(self, request: Request) -> bool:
        """Say whether a request comes from our own page, or was typed or clicked outside of any page."""
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
        if request.method == "POST":
            return origin == self.desk.origin and site in ("same-origin", "none")
        return origin in (None, self.desk.origin) and site in ("same-origin", "none")

    def _no_session(self, request: Request) -> ASGIApp | None:
        cookie = request.cookies.get(self.desk.cookie_name, "")
        awake = QUIET_HEADER not in request.headers
        inside = request.url.path.startswith(f"/{self.desk.room}/")
        with self.desk.lock:
            known = inside and self.desk.knows(cookie, use=awake)
        if not known:
            if request.method == "GET":
                return plain_page(401, "This page is locked. Open the newest link that the terminal shows.")
            return problem(401, "This page is locked.", then="Open the newest link that the terminal shows.")
        if request.method == "POST" and not self.desk.has_token(request.headers.get(CSRF_HEADER, "")):
            return problem(403, "This came from an old page.", then="Load the page again.")
        return None


SMALLER = f"Each file may have {MOST_BYTES // 1024 // 1024} MB at most."


def _too_long(length: str) -> bool:
    return not length.isdecimal() or len(length) > 12 or int(length) > MOST_BYTES


def _bounded(receive: Receive) -> Receive:
    """Count what comes in. All of it stays in memory: nothing is put aside on the disk."""
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > MOST_BYTES:
            raise TooMuchError
        return message

    return counted
