"""PostgreSQL for a team: only over a connection whose other end is verified, unless it is on this machine."""

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from tipletters.errors import RegisterError


def address(typed: str) -> tuple[str, str]:
    """Return the address for SQLAlchemy, and the same in words without a password.

    Args:
        typed: such as postgresql://anna@db.example.org/tipletters

    Raises:
        RegisterError: it is no such address.
    """
    try:
        url = make_url(typed)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in ("postgresql", "postgres"):
        raise RegisterError(
            "This is not an address of a register that we know.",
            where="the register's address",
            then="Write a file's name, or postgresql://user@host/database.",
        )
    url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False), f"PostgreSQL, {url.database} on {url.host or 'this machine'}"
