"""Options that several commands share."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tipletters.dates import read_date

if TYPE_CHECKING:
    from tipletters.config import House
    from tipletters.register.store import Register


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, as people write it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        try:
            return read_date(value)
        except ValueError:
            self.fail("Please give a day, such as 26/8/2026.", param, ctx)


class Words(click.ParamType):  # type: ignore[type-arg]
    """Words that somebody typed, without empty space around them."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words."""
        try:
            value.encode()
        except UnicodeEncodeError:  # typed in another coding than the terminal says it has
            self.fail("A letter or sign in these words cannot be written down. Please type it another way.", param, ctx)
        return value.strip()


REGISTER = click.option(
    "--register",
    "where",
    help="The register of the clients' answers: a file, or a PostgreSQL address. [default: the one that is set up]",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print it for another program to read.")


def opened(where: str | None, house: "House | None" = None) -> "Register":
    """Open the register for a command, and say on the side where others could read it.

    Args:
        where: what the worker typed.
        house: the organisation's defaults; without it they are looked for from the current folder on.

    Raises:
        RegisterError: it cannot be opened.
    """
    from tipletters.config import find
    from tipletters.register import open_register
    from tipletters.register.drive import warning

    register = open_register(where, house=house or find(Path.cwd()), folder=Path())
    file = register.database.place.file
    if file and (said := warning(file)):
        click.echo(said, err=True)
    return register
