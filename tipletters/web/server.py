"""Runs the page on this computer's own address, and on no other."""

import asyncio
import contextlib
import errno
import logging
import signal
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn

from tipletters.checks.lexis.finder import finder
from tipletters.errors import CaseError, OutputError
from tipletters.web import neighbour
from tipletters.web.app import make_app
from tipletters.web.desk import Desk

_LOOK_EVERY = 15.0  # seconds between two looks whether the page lies unused


def listen(port: int) -> socket.socket:
    """Return a socket on 127.0.0.1.

    Args:
        port: the port, or 0 for any that is free.

    Raises:
        OutputError: the port is taken, or may not be used.
    """
    # Named as TCP in so many words: only then does asyncio send small answers at once instead of 40 ms later.
    ear = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        ear.bind(("127.0.0.1", port))
        ear.listen(64)
    except OSError as problem:
        ear.close()
        taken = problem.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1))
        what = f"The port {port} is taken." if taken else f"The port {port} cannot be used."
        raise OutputError(what, where="--port", then="Leave --port out: we then find one that is free.") from None
    return ear


def serve(
    folder: Path,
    *,
    port: int,
    idle: timedelta,
    now: Callable[[], datetime],
    tell: Callable[[str], None],
    opened: Callable[[str], None],
    examples: bool = False,
    by: str = "",
) -> bool:
    """Serve the page until somebody stops it.

    Args:
        folder: where the letters are.
        port: the port, or 0 for any that is free.
        idle: how long the page may lie unused before it locks.
        now: the clock.
        tell: called with a new link when the page has locked.
        opened: called with the first link, once the page can be opened.
        examples: numbers that are set aside for examples may stand in a letter.
        by: who is working, for the register.

    Returns:
        False where one of the same person is running already for this folder; `opened` got a link to that one.

    Raises:
        TiplettersError: the folder is not there, or the port cannot be used.
    """
    if not folder.is_dir():
        raise CaseError("There is no such folder.", where=str(folder), then="Make it first, or choose another.")
    if link := neighbour.link_of_running(folder):
        opened(link)
        return False
    ear = listen(port)
    desk = Desk(folder.resolve(), ear.getsockname()[1], now, idle, examples, by, tell)
    neighbour.leave_note(desk)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        opened(desk.link())
        asyncio.run(_run(desk, ear))
    except KeyboardInterrupt:
        pass  # uvicorn has stopped by itself, and hands the signal on
    finally:
        neighbour.take_note_away(desk)
        ear.close()
    return True


def server_of(desk: Desk) -> uvicorn.Server:
    """Return the server of a desk. What it would log of a failure could quote a letter, so it logs nothing."""
    for name in ("uvicorn", "uvicorn.error", "asyncio"):
        logging.getLogger(name).disabled = True
    return uvicorn.Server(
        uvicorn.Config(
            make_app(desk),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            http="h11",
            timeout_graceful_shutdown=2,
        )
    )


async def _run(desk: Desk, ear: socket.socket) -> None:
    watching = asyncio.create_task(_watch(desk))
    ready = asyncio.get_running_loop().run_in_executor(None, finder)  # so that the first mark does not wait
    try:
        await server_of(desk).serve(sockets=[ear])
    finally:
        watching.cancel()
        await ready
        with contextlib.suppress(asyncio.CancelledError):
            await watching


async def _watch(desk: Desk) -> None:
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        with desk.lock:
            desk.lock_if_idle()
