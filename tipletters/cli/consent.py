"""`tipletters consent`: ask the client who may have copies, write down what they said, and see what holds."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipletters.cli.options import JSON, REGISTER, Day, opened
from tipletters.cli.session import Session

if TYPE_CHECKING:
    from tipletters.consent import Provision

_CLIENT = click.argument("client")
_HOW = click.option("--how", default="in person", show_default=True, help="In person, by phone or in writing.")
_YEAR = timedelta(days=365)


@click.group(epilog="Example: tipletters consent show 9990123454")
def consent() -> None:
    """Ask the client who may have copies, write down the answer, and see what holds.

    A client is known by their NHS or CHI number, or by your service's own reference. Never by a name.
    """


@consent.command(epilog="Example: tipletters consent ask anna.toml -o forms")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder. [default: beside the case]")
@click.option("--about", default="what we talked about", show_default=True, help="What the letter is about.")
@click.option("--why", nargs=2, multiple=True, metavar="KEY SENTENCE", help="Why somebody might get a copy.")
@click.option("--force", is_flag=True, help="Write over a form that is there already.")
@REGISTER
@click.pass_obj
def ask(
    session: Session,
    case: Path,
    output: Path | None,
    about: str,
    why: tuple[tuple[str, str], ...],
    force: bool,
    where: str | None,
) -> None:
    """Write the form that asks the client of a CASE who may have copies, and what to leave out."""
    from tipletters.case import client_key
    from tipletters.casereader import read_case
    from tipletters.consent_form import FORM, consent_form
    from tipletters.output import save
    from tipletters.remember import recording

    (read, house), now = read_case(case), session.now()
    form = consent_form(read, house, now=now, about=about, why=dict(why), examples=session.examples)
    asked = {"recipients": ", ".join(one.key for one in read.recipients), "form": FORM}
    with recording(where, house=house, folder=Path()) as record:
        saved = save(form, house, output or case.parent, force=force)
        if record.register and (key := client_key(read)):
            record.register.note("asked", key, read.reference, asked, by=session.by, at=now)
    for path in (path for files in saved.files.values() for path in files):
        click.echo(f"The form is in {path}.")
    click.echo("Fill it in together if you can. Then write down the answer: tipletters consent record --help")


@consent.command(epilog="Example: tipletters consent record 9990123454 --yes --to gp --letter ML-14 --until 12/5/2027")
@_CLIENT
@click.option("--from", "case", type=click.Path(path_type=Path), help="Take the answers that stand in a case.")
@click.option("--yes/--no", "yes", default=None, help="What the client said.")
@click.option("--to", "to", multiple=True, help="For whom: a key such as gp, or everyone for a no.")
@click.option("--about", multiple=True, default=("letter",), show_default=True, help="The letter, or a label.")
@click.option("--letter", default="", help="The reference of the letter it is for.")
@click.option("--later", is_flag=True, help="It is for later letters too.")
@click.option("--until", type=Day(), help="The last day of a yes. [default: a year on]")
@click.option("--date", "given", type=Day(), help="The day of the answer. [default: today]")
@click.option("--whom", multiple=True, help="Who that is: “name, organisation”. Then a yes is for them alone.")
@click.option("--asked-by", default="", help="Who asked. [default: you]")
@_HOW
@click.option("--form", default="", help="Name and version of the form that was used.")
@click.option("--answered-by", default="client", show_default=True, help="The client, or the person who decides.")
@REGISTER
@click.pass_obj
def record(
    session: Session,
    client: str,
    case: Path | None,
    yes: bool | None,
    to: tuple[str, ...],
    about: tuple[str, ...],
    letter: str,
    later: bool,
    until: date | None,
    given: date | None,
    whom: tuple[str, ...],
    asked_by: str,
    how: str,
    form: str,
    answered_by: str,
    where: str | None,
) -> None:
    """Write down in the register what a CLIENT said."""
    from tipletters.answers import as_remembered
    from tipletters.consent import EVERYONE, Answer, Provision
    from tipletters.register.typed import NOBODY, is_known, keys, typed, unheard

    now, note = session.now(), ""
    if case is not None:
        provisions = _of_case(case, client)
    else:
        if yes is None or not to or not (letter or later):
            raise click.UsageError("Please give --yes or --no, --to, and --letter or --later. Or --from a case.")
        if yes and EVERYONE in keys(to):
            raise click.UsageError("A yes names each person: give --to for each of them.")
        day = given or now.date()
        one = Provision(
            Answer.PERMIT if yes else Answer.DENY,
            "",
            "",
            day,
            letter,
            whom=frozenset(whom),
            at=now.time() if day == now.date() else None,
            until=(until or day + _YEAR) if yes else None,
            later=later,
            asked_by=asked_by or session.by,
            how=how,
            form=form,
            answered_by=answered_by,
        )
    with opened(where) as register:
        if case is not None:
            provisions = as_remembered(provisions, register.provisions(client))
        else:
            was_known = is_known(register, client)
            provisions = typed(register, client, one, to=to, about=about)
            note = unheard(register, client, provisions) if was_known else NOBODY
        added = register.record(client, provisions, by=session.by, at=now)
        click.echo(f"{added} of {len(provisions)} written down in {register.database.place.whose}")
    if added < len(provisions):
        click.echo("The others were there already.")
    if note:
        click.echo(note)
    if case is None and any(one.until and one.until < now.date() for one in provisions):
        click.echo("This yes has run out already. No copy is made with it: ask the client again.")


def _of_case(path: Path, client: str) -> "tuple[Provision, ...]":
    """Return the answers in a case, if it is this client's."""
    from tipletters.case import client_keys
    from tipletters.errors import RegisterError
    from tipletters.register.chain import folded
    from tipletters.review.folder import open_folder

    case = open_folder(path).case
    if folded(client) not in {folded(key) for key in client_keys(case)}:
        raise RegisterError(
            "This case is not the client's whom you named.",
            where=f"{path}, [client]",
            then="Check nhs_number, chi_number and key, and the number that you typed.",
        )
    return case.provisions


@consent.command(epilog="Example: tipletters consent withdraw 9990123454 --to gp")
@_CLIENT
@click.option("--to", multiple=True, default=("everyone",), show_default=True, help="Who shall get no more copies.")
@click.option("--whom", multiple=True, help="Who that is: “name, organisation”, where they are not on record.")
@click.option("--about", default="letter", show_default=True, help="Letters as a whole, or a label.")
@_HOW
@REGISTER
@click.pass_obj
def withdraw(
    session: Session, client: str, to: tuple[str, ...], whom: tuple[str, ...], about: str, how: str, where: str | None
) -> None:
    """Take back a CLIENT's yes: from now on, for all letters. Then see who already holds what."""
    from tipletters.cli import answers
    from tipletters.consent import LETTER, Answer, Provision
    from tipletters.register.typed import NOBODY, is_known, typed, unheard

    now, people = session.now(), frozenset(whom)
    no = Provision(
        Answer.DENY, "", "", now.date(), "", whom=people, at=now.time(), later=True, asked_by=session.by, how=how
    )
    with opened(where) as register:
        was_known = is_known(register, client)
        provisions = typed(register, client, no, to=to, about=[about])
        note = unheard(register, client, provisions)
        register.record(client, provisions, by=session.by, at=now)
        whole = any(one.about == LETTER for one in provisions)
        click.echo(f"Written down. {'No more copies' if whole else 'Copies leave this out'} from now on.")
        if note:
            click.echo(note)
        if not was_known:
            click.echo(NOBODY)
        answers.say_holders(register.holders(client), [one.recipient for one in provisions])


@consent.command(epilog="Example: tipletters consent show 9990123454")
@_CLIENT
@REGISTER
@JSON
@click.pass_obj
def show(session: Session, client: str, where: str | None, as_json: bool) -> None:
    """Show what a CLIENT said, whether it holds today, and who already holds which letter."""
    from tipletters.cli import answers
    from tipletters.register.typed import is_known

    with opened(where) as register:
        is_known(register, client)
        answers.show(register, client, session.now(), as_json)


@consent.command(epilog="Example: tipletters consent history 9990123454")
@_CLIENT
@REGISTER
@JSON
def history(client: str, where: str | None, as_json: bool) -> None:
    """Show all that is on record of a CLIENT, with who wrote it down and when."""
    from tipletters.cli import answers
    from tipletters.register.typed import is_known

    with opened(where) as register:
        is_known(register, client)
        answers.history(register, client, as_json)


@consent.command(epilog="Example: tipletters consent expiring --days 60")
@click.option("--days", type=click.IntRange(min=1), default=60, show_default=True, help="How far to look ahead.")
@REGISTER
@JSON
@click.pass_obj
def expiring(session: Session, days: int, where: str | None, as_json: bool) -> None:
    """List each yes that runs out soon, so that you can ask again in time."""
    from tipletters.cli import answers

    with opened(where) as register:
        answers.expiring(register, session.now(), days, as_json)
