"""A page that is being served while a test looks at it, and a real browser that looks."""

import asyncio
import contextlib
import shutil
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tipletters.web.desk import Desk
from tipletters.web.server import listen, server_of

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_ARGS = (
    "--no-sandbox --disable-dev-shm-usage --disable-gpu --disable-background-networking --no-first-run "
    "--disable-component-update --disable-sync"
).split()


class Clock:
    """A clock that a test can set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@contextlib.contextmanager
def served(folder: Path, clock: Clock, **more: Any) -> Iterator[Desk]:
    """Serve a folder in this process; a test can look into the desk."""
    ear = listen(0)
    desk = Desk(folder.resolve(), ear.getsockname()[1], clock, examples=True, **more)
    server = server_of(desk)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[ear])), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield desk
    finally:
        server.should_exit = server.force_exit = True
        thread.join(10)
        ear.close()


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """A real Chromium, as Debian ships it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGS)
        try:
            yield chromium
        finally:
            chromium.close()


@contextlib.contextmanager
def visited(chromium: Any, desk: Desk, **look: Any) -> Iterator[Any]:
    """Open a window, go in through the one-time link, and complain of any error on the page."""
    context = chromium.new_context(**{"viewport": {"width": 1360, "height": 900}, "reduced_motion": "reduce", **look})
    context.set_default_timeout(30_000)
    window = context.new_page()
    wrong: list[str] = []
    window.on("pageerror", lambda error: wrong.append(str(error)))
    window.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    elsewhere: list[str] = []
    window.on(
        "request",
        lambda one: None if one.url.startswith((desk.origin, "data:", "blob:")) else elsewhere.append(one.url),
    )
    try:
        window.goto(desk.link())
        window.wait_for_url(f"**/{desk.room}/*")
        yield window
        assert not wrong
        assert not elsewhere
    finally:
        context.close()


def go(window: Any, desk: Desk, address: str) -> None:
    """Go to a page."""
    window.goto(f"{desk.origin}/{desk.room}/{address}")


def barriers(window: Any) -> list[str]:
    """Return what axe-core finds on the page as it stands, for WCAG 2.2 AA and its best practices."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(window).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]
    ]


def until(window: Any, script: str, seconds: float = 30) -> None:
    """Wait until a script says yes; the page's own policy lets no string be run inside it, so we ask again."""
    end = time.monotonic() + seconds
    while not window.evaluate(script):
        assert time.monotonic() < end, f"never came true: {script}"
        window.wait_for_timeout(20)
