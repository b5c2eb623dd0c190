"""What `tipletters consent` prints: the answers on record, who holds what, and what runs out."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import click

from tipletters.consent import EVERYONE, Answer, Provision, Standing, state
from tipletters.dates import long_date
from tipletters.register import Sent
from tipletters.register.entries import provision_content
from tipletters.register.keep import expiring as running_out
from tipletters.register.store import Register
from tipletters.wording import counted


def show(register: Register, client: str, now: datetime, as_json: bool) -> None:
    """Print what a client said, whether it holds, and who holds what."""
    provisions, held = register.provisions(client), register.holders(client)
    states = [state(one, provisions, now) for one in provisions]
    if as_json:
        said = [{**provision_content(one), "state": str(how)} for one, how in zip(provisions, states, strict=True)]
        _print({"answers": said, "holders": [_holder(one) for one in held], "register": register.database.place.whose})
        return
    click.echo("What they said")
    for one, how in zip(provisions, states, strict=True):
        click.echo(f"- {_said(one)} {_holds(one, how)}")
    if not provisions:
        click.echo("- Nothing is on record. Ask them: tipletters consent ask")
    say_holders(held)
    click.echo(f"\nFrom {register.database.place.whose}")


def say_holders(held: Iterable[Sent], to: str = EVERYONE) -> None:
    """Print who already holds which letter, as far as it is on record."""
    mine = [one for one in held if to in (EVERYONE, one.recipient)]
    click.echo("\nWho already holds what")
    for one in mine:
        way = f", {one.way}" if one.way else ""
        click.echo(f"- {one.reference}, version {one.version}: {one.described}, {long_date(one.on)}{way}")
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
        click.echo(f"{one.at.replace('T', ' ')}  {one.by}  {one.kind}: {_facts(one.content or {})}")
    click.echo(f"{counted(len(entries), 'entry', 'entries')}, from {register.database.place.whose}")


def expiring(register: Register, now: datetime, days: int, as_json: bool) -> None:
    """Print each yes that is in force and runs out soon. The register knows no names: the letter tells who it is."""
    found = running_out(register.database, now=now, until=now.date() + timedelta(days))
    if as_json:
        _print([{"client": code, **provision_content(one)} for code, one in found])
        return
    for code, one in found:
        click.echo(f"- {long_date(one.until or now.date())}: {_said(one)} Letter {one.letter or 'any'}, client {code}")
    click.echo(f"{counted(len(found), 'answer runs', 'answers run')} out in the next {counted(days, 'day', 'days')}.")


def _said(one: Provision) -> str:
    """Return an answer as a short sentence."""
    what = "Letters" if one.about == "letter" else f"“{one.about}”"
    whom = ", ".join(sorted(one.named)) or one.recipient
    letters = "all letters from then on" if one.later else f"letter {one.letter}"
    until = f", until {long_date(one.until)}" if one.until else ""
    word = "yes" if one.answer is Answer.PERMIT else "no"
    return f"{what} for {whom}: {word}, on {long_date(one.given)} ({one.how or 'not said how'}), {letters}{until}."


def _holds(one: Provision, how: Standing) -> str:
    if one.answer is Answer.DENY:
        return "A later yes lifted it." if how is Standing.PERMITTED else "It holds."
    return "It holds." if how is Standing.PERMITTED else f"It does not hold: {how}."


def _holder(one: Sent) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "version": one.version,
        "recipient": one.recipient,
        "for": one.described,
        "on": one.on.isoformat(),
        "way": one.way,
    }


def _facts(content: Mapping[str, Any]) -> str:
    flat = {**content, **content.get("what", {})}
    skipped = ("what", "digest")
    return ", ".join(
        f"{key.replace('_', ' ')} {_fact(value)}" for key, value in flat.items() if value and key not in skipped
    )


def _fact(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else "yes" if value is True else str(value)


def _print(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
