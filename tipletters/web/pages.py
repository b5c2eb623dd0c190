"""The pages: Jinja2 files in `pages`, always escaped."""

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from tipletters.web.desk import Desk

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
# The pages in the head of every page, in order.
NAMES = {
    "letters": "Letters",
    "write": "Write",
    "check": "Check",
    "review": "Review",
    "batch": "Batch",
    "consent": "Consent",
}


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(_HERE / "pages")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def page(name: str, desk: Desk | None = None, /, **values: Any) -> str:
    """Return a page as HTML.

    Args:
        name: a file in `pages`.
        desk: the keys, for pages that can do something.
        values: what the page shows.
    """
    idle = int(desk.idle.total_seconds()) if desk else 0
    token = desk.csrf if desk else ""
    return _environment().get_template(name).render(token=token, idle=idle, names=NAMES, **values)
