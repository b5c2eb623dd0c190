"""A PostgreSQL for the tests: in a temporary folder, on a socket alone, as a user of its own (it refuses root)."""

import getpass
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_NUMBERS = count()


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is: Debian keeps them away from the usual path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@contextmanager
def started() -> Iterator[str]:
    """Start it; yield the address of its first database. TIPLETTERS_TEST_POSTGRESQL gives one that runs already."""
    if running := os.environ.get("TIPLETTERS_TEST_POSTGRESQL"):
        yield running
        return
    folder = Path(tempfile.mkdtemp(prefix="tipletters-pg-"))
    user = "postgres" if os.getuid() == 0 else getpass.getuser()
    shutil.chown(folder, user)
    initdb, server = program("initdb"), program("postgres")
    assert initdb and server, "PostgreSQL is not on this machine"
    more = {"user": user, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}, "cwd": folder}
    subprocess.run(
        [initdb, "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        **more,
    )
    settings = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=50", "-k", folder]
    with subprocess.Popen(
        [server, "-D", folder / "data", *settings], stderr=subprocess.DEVNULL, **more
    ) as running_server:
        try:
            _wait(folder, running_server)
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            running_server.send_signal(signal.SIGINT)  # a fast end: it does not wait for those who are connected
    shutil.rmtree(folder, ignore_errors=True)


def _wait(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    ready = program("pg_isready")
    assert ready
    for _ in range(100):
        assert server.poll() is None, "PostgreSQL ended at once"
        if subprocess.run([ready, "-q", "-t", "1", "-h", folder], check=False).returncode == 0:
            return
    raise AssertionError("PostgreSQL did not start")


def new_database(url: str) -> str:
    """Make an empty database beside another; return its address."""
    import psycopg

    name = f"register_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return url.replace("/postgres?", f"/{name}?")
