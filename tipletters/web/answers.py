"""What goes back to the browser: pages, and errors in plain words."""

from html import escape
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response

from tipletters.errors import TiplettersError
from tipletters.web.here import here

_BARE = """<!DOCTYPE html>
<html lang="en-GB" translate="no">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>tipletters</title><link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/style.css"></head>
<body class="bare"><main><h1>tipletters</h1><p>{}</p></main></body>
</html>
"""


def plain_page(status: int, words: str) -> Response:
    """Return a page that says one thing."""
    return HTMLResponse(_BARE.format(escape(words)), status_code=status)


def problem(status: int, what: str, *, where: str = "", then: str = "") -> Response:
    """Return an error for the page to show.

    Args:
        status: the number of the answer.
        what: what is wrong.
        where: where it is.
        then: what to do next.
    """
    return JSONResponse({"what": what, "where": where, "then": here(then)}, status_code=status)


def told(error: TiplettersError) -> dict[str, Any]:
    """Return an error as the page shows it."""
    return {"what": error.what, "where": error.where, "then": here(error.then)}
