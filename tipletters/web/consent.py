"""The page of consent: what a client said, whether it holds, who holds which letter, and what runs out soon."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tipletters.access import state
from tipletters.config import find
from tipletters.consent import EVERYONE, LETTER, Answer, Provision
from tipletters.dates import read_date
from tipletters.errors import ConsentError, TiplettersError
from tipletters.register import find_place, open_register
from tipletters.register.keep import expiring
from tipletters.register.saying import holders, holds, said
from tipletters.register.store import Register
from tipletters.register.typed import NOBODY, is_known, keys, typed, unheard
from tipletters.web.answers import told
from tipletters.web.desk import Desk
from tipletters.web.pages import page

_AHEAD = timedelta(days=60)
_YEAR = timedelta(days=365)


def show(desk: Desk, _: Mapping[str, str]) -> str:
    """Return the page."""
    today = desk.now().date()
    soon, error = [], None
    try:
        if not _is_new(desk):
            with _opened(desk) as register:
                found = expiring(register.database, now=desk.now(), until=today + _AHEAD)
                soon = [f"{said(one)}" for _, one in found]
    except TiplettersError as problem:
        error = told(problem)
    return page(
        "consent.html",
        desk,
        soon=soon,
        error=error,
        today=today.isoformat(),
        until=(today + _YEAR).isoformat(),
    )


def _is_new(desk: Desk) -> bool:
    place = find_place(None, house=find(desk.folder), folder=desk.folder)
    return not place.chosen and place.is_new


def _opened(desk: Desk) -> Register:
    return open_register(None, house=find(desk.folder), folder=desk.folder)


def of_client(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Return what is on record of one client.

    Raises:
        TiplettersError: the register cannot be read, or the client is not named by a number or reference.
    """
    with _opened(desk) as register:
        is_known(register, _client(data))
        return _record(register, _client(data), desk)


def _client(data: Mapping[str, Any]) -> str:
    return "".join(str(data.get("client", "")).split())


def _record(register: Register, client: str, desk: Desk, notice: str = "") -> dict[str, str]:
    given = register.provisions(client)
    lines = [(said(one), holds(one, state(one, given, desk.now()))) for one in given]
    held = list(holders(register.holders(client)))
    place = register.database.place.whose
    return {"html": page("client.html", desk, lines=lines[::-1], held=held, place=place, notice=notice)}


def record(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Write down what a client said.

    Raises:
        TiplettersError: something is missing, or the register cannot be written.
    """
    day, letter, later = _day(data, "date"), str(data.get("about_letter", "")).strip(), data.get("later") is True
    yes = data.get("answer") == "yes"
    to = str(data.get("to", "")).strip()
    if not to or (yes and EVERYONE in keys([to])):
        raise ConsentError("Please say for whom this is.", then="Use a short word such as gp.")
    if not (letter or later):
        raise ConsentError("Please say for which letter this is.", then="Or choose: for later letters too.")
    one = replace(
        _no(desk, data, day),
        answer=Answer.PERMIT if yes else Answer.DENY,
        letter=letter,
        later=later,
        until=_day(data, "until") if yes else None,
    )
    return _put(desk, data, one, to)


def withdraw(desk: Desk, data: Mapping[str, Any]) -> dict[str, str]:
    """Take a client's yes back, for all letters from now on.

    Raises:
        TiplettersError: the register cannot be written.
    """
    to = str(data.get("to", "")).strip() or EVERYONE
    return _put(desk, data, replace(_no(desk, data, desk.now().date()), later=True), to, notice=NOBODY)


def _no(desk: Desk, data: Mapping[str, Any], day: date) -> Provision:
    now, whom = desk.now(), str(data.get("whom", "")).strip()
    return Provision(
        Answer.DENY,
        "",
        "",
        day,
        "",
        whom=frozenset({whom} if whom else ()),
        at=now.time() if day == now.date() else None,
        asked_by=desk.by,
        how=str(data.get("how", "")),
    )


def _put(desk: Desk, data: Mapping[str, Any], one: Provision, to: str, *, notice: str = "") -> dict[str, str]:
    """Write an answer down; the notice is for a client of whom nothing was on record, or a label that is new."""
    client, about = _client(data), str(data.get("about", "")).strip() or LETTER
    with _opened(desk) as register:
        notice = "" if is_known(register, client) else notice
        answers = typed(register, client, one, to=[to], about=[about])
        notices = filter(None, (notice, unheard(register, client, answers)))
        register.record(client, answers, by=desk.by, at=desk.now())
        return _record(register, client, desk, " ".join(notices))


def _day(data: Mapping[str, Any], name: str) -> date:
    try:
        return read_date(str(data.get(name, "")))
    except ValueError:
        raise ConsentError("Please give the day.", then="Then choose again.") from None
