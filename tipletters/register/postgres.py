"""PostgreSQL for a team: only over a connection whose other end is verified, unless it is on this machine."""

import os
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from tipletters.errors import RegisterError

_THIS_MACHINE = frozenset({"", "localhost", "127.0.0.1", "::1"})
# What would lead the connection elsewhere than its address says.
_DETOURS = ("hostaddr", "service", "servicefile")


def address(typed: str) -> tuple[str, str]:
    """Return the address for SQLAlchemy, and the same in words without a password.

    Args:
        typed: such as postgresql://anna@db.example.org/tipletters

    Raises:
        RegisterError: it is no such address, or a PostgreSQL elsewhere would be reached without verified TLS.
    """
    url = _parsed(typed)
    host = _host(url)
    if any(key in url.query for key in _DETOURS) or os.environ.get("PGSERVICE") or os.environ.get("PGHOSTADDR"):
        raise RegisterError(
            "The address of the register must say itself on which computer it is.",
            where="the register's address",
            then=f"Leave out {', '.join(_DETOURS)}; unset PGSERVICE and PGHOSTADDR.",
        )
    if not _is_here(host) and url.query.get("sslmode", "verify-full") != "verify-full":
        raise RegisterError(
            "A register on another computer needs a connection that is verified: answers of clients travel over it.",
            where="the register's address, sslmode",
            then="Write sslmode=verify-full, with sslrootcert=FILE if your organisation has a certificate of its own.",
        )
    return url.render_as_string(hide_password=False), f"PostgreSQL, {url.database} on {host or 'this computer'}"


def connect_args(url: str) -> dict[str, Any]:
    """Return what a connection is opened with, so that no setting of the machine can weaken it.

    Raises:
        RegisterError: the program's part for PostgreSQL is not installed.
    """
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise RegisterError(
            "The part for PostgreSQL is not installed.", then='Install it: pip install "tipletters[postgresql]".'
        ) from None
    return {"connect_timeout": 10} | ({} if _is_here(_host(make_url(url))) else {"sslmode": "verify-full"})


def _parsed(typed: str) -> URL:
    try:
        url = make_url(typed)
        if url.get_backend_name() in ("postgresql", "postgres"):
            return url.set(drivername="postgresql+psycopg")
    except ArgumentError:
        pass
    raise RegisterError(
        "This is not an address of a register that we know.",
        where="the register's address",
        then="Write a file's name, or postgresql://user@host/database.",
    )


def _host(url: URL) -> str:
    """Return the host that libpq takes: the one in the query wins, PGHOST counts where the address has none."""
    asked = url.query.get("host", "")
    return (asked if isinstance(asked, str) else ",".join(asked)) or url.host or os.environ.get("PGHOST", "")


def _is_here(host: str) -> bool:
    """Say whether it is this machine: by its name, or through a socket in a folder."""
    return host in _THIS_MACHINE or (host.startswith("/") and "," not in host)
