"""The application: every page and every action stands in the lists below."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from tipletters.errors import TiplettersError
from tipletters.web import batch, check, consent, copies, documents, entry, finish, job, letters, people, review, write
from tipletters.web.answers import plain_page, problem, told
from tipletters.web.desk import Desk
from tipletters.web.door import SMALLER, Door, TooMuchError
from tipletters.web.pages import STATIC, page
from tipletters.web.shelf import ChangedError

Page = Callable[[Desk, Mapping[str, str]], str | Response]
Action = Callable[[Desk, Mapping[str, Any]], Any]
Upload = Callable[[Desk, str, bytes, Mapping[str, Any]], Any]

# What a GET shows, by its address in the room.
PAGES: dict[str, Page] = {
    "write": write.show,
    "check": check.show,
    "letters": letters.show,
    "review": review.show,
    "batch": batch.show,
    "consent": consent.show,
    "file": copies.download,
}
# What a POST of JSON does.
ACTIONS: dict[str, Action] = {
    "lock": entry.lock,
    "explain": check.explain,
    "check-text": check.of_text,
    "check-answer": write.check_answer,
    "begin": write.begin,
    "save": write.save,
    "keep-beside": write.beside,
    "view": write.view,
    "private": write.private,
    "allow": write.allow,
    "people": people.panel,
    "answer": people.answer,
    "take-back": people.take_back,
    "set-person": people.set_person,
    "drop-person": people.drop_person,
    "review-start": review.start,
    "review-enter": review.enter,
    "correction": review.decide,
    "final": finish.final,
    "reissue": finish.reissue,
    "for-record": finish.for_record,
    "batch-judge": batch.judge,
    "batch-write": job.write,
    "batch-progress": job.progress,
    "decide": copies.decide,
    "answered": documents.give,
    "consent-of": consent.of_client,
    "consent-record": consent.record,
    "consent-withdraw": consent.withdraw,
}
# What a POST of a file does.
UPLOADS: dict[str, Upload] = {
    "document": documents.take,
    "returned": review.take,
    "table": batch.take,
}


def make_app(desk: Desk) -> ASGIApp:
    """Return the application with its door.

    Args:
        desk: the keys and the folder.
    """
    inside = [
        *(Route(f"/{name}", _page(desk, show)) for name, show in PAGES.items()),
        *(Route(f"/do/{name}", _action(desk, do), methods=["POST"]) for name, do in ACTIONS.items()),
        *(Route(f"/take/{name}", _upload(desk, take), methods=["POST"]) for name, take in UPLOADS.items()),
    ]
    routes = [
        Route("/", _entry),
        Route("/open", _entry),
        Route("/open", entry.opener(desk), methods=["POST"]),
        Route("/again", entry.neighbour(desk), methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
        Mount(f"/{desk.room}", routes=inside),
    ]
    return Door(Starlette(routes=routes, exception_handlers=_FAILURES), desk)


async def _entry(_: Request) -> Response:
    return HTMLResponse(page("open.html"))


async def _missing(_: Request, __: Exception) -> Response:
    return plain_page(404, "There is no such page.")


async def _too_much(_: Request, __: Exception) -> Response:
    return problem(413, "This is more than we can take.", then=SMALLER)


async def _unexpected(_: Request, error: Exception) -> Response:
    """Say what kind of error it is and nothing of its words, which could quote a letter."""
    return problem(500, f"Something went wrong that we did not expect ({type(error).__name__}).", then="Try again.")


_FAILURES: dict[Any, Any] = {404: _missing, TooMuchError: _too_much, Exception: _unexpected}


def _page(desk: Desk, show: Page) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            made = await run_in_threadpool(_locked, desk, show, dict(request.query_params))
            return made if isinstance(made, Response) else HTMLResponse(made)
        except TiplettersError as error:
            return HTMLResponse(page("sorry.html", desk, error=told(error)), status_code=422)

    return endpoint


def _action(desk: Desk, do: Action) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        data = _mapping(await request.body() or b"{}")
        if request.headers.get("content-type") != "application/json" or data is None:
            return problem(400, "We cannot read what the page sent.", then="Load the page again.")
        return await _answered(desk, do, data)

    return endpoint


def _mapping(sent: bytes | str) -> dict[str, Any] | None:
    try:
        data = json.loads(sent)
        json.dumps(data, ensure_ascii=False).encode()  # half a character, which nothing could be written with
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _upload(desk: Desk, take: Upload) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        if request.headers.get("content-type") != "application/octet-stream":
            return problem(400, "We cannot read what the page sent.", then="Load the page again.")
        name = unquote(request.headers.get("x-name", ""), errors="replace")
        more = _mapping(unquote(request.headers.get("x-more", "{}"), errors="replace"))
        # Read whole into memory: a form with files would be spooled to the system's temporary folder.
        return await _answered(desk, take, name[:255], await request.body(), more or {})

    return endpoint


async def _answered(desk: Desk, do: Callable[..., Any], *args: Any) -> Response:
    try:
        made = await run_in_threadpool(_locked, desk, do, *args)
    except TiplettersError as error:
        status = 409 if isinstance(error, ChangedError) else 422
        return problem(status, error.what, where=error.where, then=error.then)
    return made if isinstance(made, Response) else JSONResponse(made)


def _locked(desk: Desk, do: Callable[..., Any], *args: Any) -> Any:
    """Do one thing at a time: what is remembered between requests is not made for several threads."""
    with desk.lock:
        return do(desk, *args)
