"""`tipletters register`: look after the register: verify it, forget, back it up, bring it back."""

import json
from pathlib import Path

import click

from tipletters.cli.options import JSON, REGISTER, opened
from tipletters.cli.prompts import stopping
from tipletters.cli.session import Session
from tipletters.wording import counted


@click.group(epilog="Example: tipletters register verify")
def register() -> None:
    """Look after the register of the clients' answers. It holds no letter text."""


@register.command(epilog="Example: tipletters register verify")
@REGISTER
@JSON
def verify(where: str | None, as_json: bool) -> None:
    """Go through the whole history: was anything changed, removed, reordered or cut off?"""
    from tipletters.config import find
    from tipletters.register import find_place
    from tipletters.register.database import open_database
    from tipletters.register.verify import verify as look

    place = find_place(where, house=find(Path.cwd()), folder=Path())
    database = open_database(place, whole=False)
    try:
        found = look(database)
    finally:
        database.close()
    if as_json:
        gaps = [{"on": on, "entries": many, "reason": why} for on, many, why in found.gaps]
        click.echo(json.dumps({"entries": found.count, "problems": found.problems, "forgotten": gaps}, indent=2))
    else:
        click.echo(f"Looked through {counted(found.count, 'entry', 'entries')} of {place.whose}")
        for on, many, why in found.gaps:
            click.echo(f"- {on}: {counted(many, 'entry was', 'entries were')} forgotten ({why}).")
        if not found.noted:
            click.echo("- This computer had not seen this register before: it cannot tell whether its end is missing.")
        for problem in found.problems:
            click.echo(f"- {problem}")
        click.echo("Make no copies now; take a backup." if found.problems else "All is as it was written.")
    if found.problems:
        raise click.exceptions.Exit(1)


@register.command(epilog="Example: tipletters register due")
@REGISTER
@JSON
@click.pass_obj
def due(session: Session, where: str | None, as_json: bool) -> None:
    """List the clients whose entries are past your organisation's time (keep_years in tipletters.toml)."""
    from tipletters.config import FILE_NAME, find
    from tipletters.errors import RegisterError
    from tipletters.register.keep import due as past
    from tipletters.register.keep import years_before

    years = find(Path.cwd()).config.register.keep_years
    if not years:
        raise RegisterError(
            "Your organisation has not said for how long the register keeps things.",
            where=f"{FILE_NAME}, [register] → keep_years",
            then="Put in the number of years from your organisation's records policy.",
        )
    with opened(where) as open_one:
        found = past(open_one.database, before=years_before(session.now().date(), years))
    if as_json:
        rows = [{"client": one.code, "last": one.last.isoformat(), "letters": one.references} for one in found]
        click.echo(json.dumps(rows, indent=2))
        return
    for one in found:
        click.echo(f"- client {one.code}: last entry {one.last}, letters {', '.join(one.references) or 'none'}")
    clients, past_years = counted(len(found), "client", "clients"), counted(years, "year", "years")
    click.echo(f"{clients} with nothing new for {past_years}. Forget one: tipletters register forget CODE")


@register.command(epilog='Example: tipletters register forget 9990123454 --reason "end of retention"')
@click.argument("client")
@click.option("--reason", required=True, help="Why, in a few words. Never a name.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@REGISTER
@click.pass_obj
def forget(session: Session, client: str, reason: str, yes: bool, where: str | None) -> None:
    """Forget a CLIENT: by their number or key, or by the code that `register due` shows.

    What is forgotten cannot be brought back. Backups still hold it: make a new one, and delete the old ones.
    """
    from tipletters.register.keep import forget as take_out

    if not yes:
        with stopping("Nothing was forgotten. All is on record as before."):
            click.confirm("All that is on record of this client will be gone, also every no. Go on?", abort=True)
    with opened(where) as open_one:
        many = take_out(open_one.database, client, reason=reason, by=session.by, at=session.now())
    if not many:
        click.echo("Nothing is on record of this client.")
        raise click.exceptions.Exit(1)
    click.echo(f"Forgotten: {counted(many, 'entry', 'entries')}. Make a new backup now, and delete the old ones.")


@register.command(epilog="Example: tipletters register backup safe/register-2026-05-14.backup")
@click.argument("file", type=click.Path(path_type=Path))
@REGISTER
def backup(file: Path, where: str | None) -> None:
    """Write the whole register into a new, encrypted FILE."""
    from tipletters.register.keep import backup as write

    with opened(where) as open_one:
        many = write(open_one.database, file)
    click.echo(f"{counted(many, 'entry is', 'entries are')} in {file}.")
    click.echo("It opens with the register's key alone. Keep the key in another safe place: tipletters register key")


@register.command(epilog="Example: tipletters register restore safe/register-2026-05-14.backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Even if newer entries are lost, among them perhaps a client's no.")
@REGISTER
@click.pass_obj
def restore(session: Session, file: Path, force: bool, where: str | None) -> None:
    """Bring the register back from a backup FILE. That is written down in the register too."""
    from tipletters.config import find
    from tipletters.register import find_place
    from tipletters.register.database import open_database
    from tipletters.register.keep import restore as bring_back

    database = open_database(find_place(where, house=find(Path.cwd()), folder=Path()), whole=False)
    try:
        number = bring_back(database, file, by=session.by, at=session.now(), force=force)
    finally:
        database.close()
    click.echo(f"The register is as it was at entry {number}.")
    click.echo("What was said or forgotten since then is not in it: write down each later no again, and forget again.")


@register.command(epilog="Example: tipletters register key --set")
@click.option("--set", "put", is_flag=True, help="Ask for a key, and keep it on this computer.")
@REGISTER
def key(put: bool, where: str | None) -> None:
    """Show the register's key, to keep in a safe place or to give to a colleague of your team."""
    from tipletters.config import find
    from tipletters.register import find_place
    from tipletters.register.keys import keep, keys_of

    place = find_place(where, house=find(Path.cwd()), folder=Path())
    if put:
        with stopping("No new key was kept. To go on: tipletters register key --set"):
            typed = click.prompt("The key", hide_input=True)
        click.echo(f"The key is kept in {keep(place, typed)}.")
    else:
        click.echo(keys_of(place, new=False).secret.hex())
        click.echo("Whoever has this key can read the register and write in it. Keep it apart from it.", err=True)
