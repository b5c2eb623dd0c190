"""Who makes the letters: this process, more processes on this machine, or a Dask cluster that somebody else started.

There is no queue and no cluster code of our own: each is a `concurrent.futures.Executor`, and any other will do.
"""

import ipaddress
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tipletters.batch.make import make, ready
from tipletters.batch.outcome import Made
from tipletters.batch.setup import Setup, Task
from tipletters.errors import MissingProgramError, OutputError
from tipletters.writers.libreoffice import program

Maker = Callable[[Setup, Sequence[Task], bool], list[Made]]
_SECONDS = 20
_HOW = (
    "Start each worker with DASK_DISTRIBUTED__WORKER__MEMORY__TARGET=False, "
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL=False and --local-directory {}. See docs/scale.md."
)


@contextmanager
def processes(count: int) -> Iterator[Executor | None]:
    """Give some processes on this machine; none where one is enough.

    Each is a new process, on every system alike: a copy of this one would share its open register and its threads. They
    read the word lists while this one looks through the table.
    """
    if count == 1:
        yield None
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        for _ in range(count):
            pool.submit(ready)
        yield pool


@contextmanager
def dask(address: str, folder: Path) -> Iterator[tuple[Executor, int, Maker]]:
    """Give the workers of a Dask cluster that is there already.

    Args:
        address: the scheduler's, such as tcp://127.0.0.1:8786; one on another machine begins with tls://.
        folder: the folder of the run; the workers' throwaway files must lie in it.

    Returns:
        The executor, how many workers there are, and what they call to make letters.

    Raises:
        OutputError: the address is not safe, or nobody answers there.
        MissingProgramError: Dask is not installed.
    """
    is_tls = _check_address(address)
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        raise MissingProgramError(
            "Dask is not installed.", where="--dask", then="Install it with: pip install 'tipletters[dask]'"
        ) from None
    security = Security(require_encryption=True) if is_tls else None
    if security is not None and not (security.tls_ca_file and security.tls_client_cert and security.tls_client_key):
        raise OutputError(
            "There are no certificates for this cluster.",
            where=f"--dask {address}",
            then="Name them in Dask's own settings (distributed.comm.tls), as docs/scale.md shows.",
        )
    try:
        client = Client(address, security=security, set_as_default=False, timeout=_SECONDS)
    except (OSError, ValueError, TypeError, RuntimeError):
        raise OutputError(
            "Nobody answers at this address.", where=f"--dask {address}", then="Check that the scheduler runs."
        ) from None
    with client:
        count = len(client.scheduler_info(n_workers=-1)["workers"])
        if not count:
            raise OutputError("This cluster has no workers.", where=f"--dask {address}", then="Start some.")
        yield client.get_executor(pure=False), count, partial(on_dask, str(folder.resolve()))


def _check_address(address: str) -> bool:
    """Say whether an address is encrypted; one on another machine must be."""
    parts = urlsplit(address)
    if parts.scheme not in ("tcp", "tls") or not parts.hostname:
        raise OutputError(
            "This is not the address of a Dask scheduler.",
            where=f"--dask {address}",
            then="Write it like tcp://127.0.0.1:8786 or tls://dask.example.org:8786.",
        )
    if parts.scheme == "tcp" and not _is_here(parts.hostname):
        raise OutputError(
            "This cluster is not on this computer, and the way to it is not encrypted.",
            where=f"--dask {address}",
            then="Use tls:// and certificates, as docs/scale.md shows.",
        )
    return parts.scheme == "tls"


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def on_dask(folder: str, setup: Setup, tasks: Sequence[Task], judge: bool) -> list[Made]:
    """Make letters on a worker of Dask that writes nothing of them outside of the run's folder.

    Raises:
        OutputError: this worker may write letters to a disk, or keeps its throwaway files elsewhere.
        MissingProgramError: PDFs are wanted, and this worker has no LibreOffice.
    """
    from distributed import get_worker

    worker: Any = get_worker()
    memory = worker.memory_manager
    where = f"the worker {worker.address}"
    if memory.memory_target_fraction or memory.memory_spill_fraction:
        raise OutputError("A worker may write letters to its disk.", where=where, then=_HOW.format(folder))
    if not Path(worker.local_directory).resolve().is_relative_to(folder):
        raise OutputError("A worker's throwaway files lie elsewhere.", where=where, then=_HOW.format(folder))
    if setup.pdf and program() is None:
        raise MissingProgramError(
            "PDF needs LibreOffice, and a worker does not have it.",
            where=where,
            then="Install it there, or leave out --pdf.",
        )
    return make(replace(setup, parts=Path(worker.local_directory)), tasks, judge)
