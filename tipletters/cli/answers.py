"""What `tipletters consent` prints: the answers on record, who holds what, and what runs out."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import click

from tipletters.access import state
from tipletters.consent import EVERYONE
from tipletters.dates import long_date
from tipletters.register import Sent
from tipletters.register.entries import PROVISION, SENT, provision_content, provision_from
from tipletters.register.history import Entry
from tipletters.register.keep import expiring as running_out
from tipletters.register.saying import holders, holds, said
from tipletters.register.store import Register
from tipletters.wording import counted


def show(register: Register, client: str, now: datetime, as_json: bool) -> None:
    """Print what a client said, whether it holds, and who holds what."""
    provisions, held = register.provisions(client), register.holders(client)
    states = [state(one, provisions, now) for one in provisions]
    if as_json:
        rows = [{**provision_content(one), "state": str(how)} for one, how in zip(provisions, states, strict=True)]
        _print({"answers": rows, "holders": [_holder(one) for one in held], "register": register.database.place.whose})
        return
    click.echo("What they said")
    for one, how in zip(provisions, states, strict=True):
        click.echo(f"- {said(one)} {holds(one, how)}")
    if not provisions:
        click.echo("- Nothing is on record. Ask them: tipletters consent ask")
    say_holders(held)
    click.echo(f"\nFrom {register.database.place.whose}")


def say_holders(held: Iterable[Sent], to: Collection[str] = (EVERYONE,)) -> None:
    """Print who already holds which letter, as far as it is on record."""
    mine = [one for one in held if EVERYONE in to or one.recipient in to]
    click.echo("\nWho already holds what")
    for line in holders(mine):
        click.echo(f"- {line}")
    click.echo("" if mine else "- No final copy is on record.", nl=not mine)


def history(register: Register, client: str, as_json: bool) -> None:
    """Print every entry of a client, oldest first."""
    entries = register.history(client)
    if as_json:
        rows = [
            {"entry": one.number, "at": one.at, "by": one.by, "kind": one.kind, **(one.content or {})}
            for one in entries
        ]
        _print({"entries": rows, "register": register.database.place.whose})
        return
    for one in entries:
        click.echo(f"{one.at.replace('T', ' ')}, {one.by}: {_event(one)}")
    click.echo(f"{counted(len(entries), 'entry', 'entries')}, from {register.database.place.whose}")


def expiring(register: Register, now: datetime, days: int, as_json: bool) -> None:
    """Print each yes that is in force and runs out soon. The register knows no names: the letter tells who it is."""
    found = running_out(register.database, now=now, until=now.date() + timedelta(days))
    if as_json:
        _print([{"client": code, **provision_content(one)} for code, one in found])
        return
    for code, one in found:
        click.echo(f"- {long_date(one.until or now.date())}: {said(one)} Letter {one.letter or 'any'}, client {code}")
    click.echo(f"{counted(len(found), 'answer runs', 'answers run')} out in the next {counted(days, 'day', 'days')}.")


def _holder(one: Sent) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "version": one.version,
        "recipient": one.recipient,
        "for": one.described,
        "on": one.on.isoformat(),
        "way": one.way,
    }


def _event(entry: Entry) -> str:
    """Return what an entry says, in words."""
    content = entry.content or {}
    if entry.kind == PROVISION:
        return said(provision_from(content, ""))
    if entry.kind == SENT:
        way = f", {content['way']}" if content["way"] else ""
        return f"A copy of {content['reference']} was written for {content['described']}{way}."
    return f"{entry.kind}: {_facts(content)}"


def _facts(content: Mapping[str, Any]) -> str:
    flat = {**content, **content.get("what", {})}
    told = {key.replace("_", " "): _fact(value) for key, value in flat.items() if value}
    return ", ".join(f"{key} {value}" for key, value in told.items() if key not in ("what", "digest"))


def _fact(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else "yes" if value is True else str(value)


def _print(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
