"""In and out: the one-time link, the lock, and another start of tipletters by the same person."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tipletters.web.answers import problem
from tipletters.web.desk import Desk

START = "letters"


def opener(desk: Desk) -> Callable[[Request], Any]:
    """Return what takes a link's key and gives the session's cookie."""

    async def endpoint(request: Request) -> Response:
        key = (await request.body())[:200].decode("ascii", errors="replace")
        with desk.lock:
            cookie = desk.open(key)
        if cookie is None:
            return problem(403, "This link was used before, or it is too old.", then="Use the newest one.")
        answer = JSONResponse({"go": f"/{desk.room}/{START}"})
        answer.set_cookie(desk.cookie_name, cookie, path=f"/{desk.room}/", httponly=True, samesite="strict")
        return answer

    return endpoint


def lock(desk: Desk, _: Mapping[str, Any]) -> dict[str, bool]:
    """Lock the page now."""
    desk.leave()
    return {"locked": True}


def neighbour(desk: Desk) -> Callable[[Request], Any]:
    """Return what gives a new link to another start of tipletters that knows this one's secret.

    Neither side sends the secret: each proves that it has it, so that a program that took the port learns nothing.
    """

    async def endpoint(request: Request) -> Response:
        body = await request.body()
        nonce, shown = request.headers.get("x-nonce", ""), request.headers.get("x-proof", "")
        if body or len(nonce) < 32 or not hmac.compare_digest(proof(desk.knock, f"ask {nonce}"), shown):
            return problem(403, "Not this way.")
        with desk.lock:
            link = desk.link()
        return JSONResponse({"link": link, "proof": proof(desk.knock, f"give {nonce} {link}")})

    return endpoint


def proof(secret: str, words: str) -> str:
    """Return what only somebody with the secret can say about these words."""
    return hmac.new(secret.encode(), words.encode(), hashlib.sha256).hexdigest()


def checked_link(secret: str, nonce: str, answer: bytes) -> str | None:
    """Return the link in a neighbour's answer, or None where it is not from somebody with the secret."""
    try:
        data = json.loads(answer)
        link, shown = str(data["link"]), str(data["proof"])
    except (ValueError, KeyError, TypeError):
        return None
    return link if hmac.compare_digest(proof(secret, f"give {nonce} {link}"), shown) else None
