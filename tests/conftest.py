"""What all tests share: the size of random tests, the clock, and programs that may be missing."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from team import new_database, program, started

from tipletters import resources

ALL = list(HealthCheck)
settings.register_profile("usual", max_examples=40, deadline=None, suppress_health_check=ALL, derandomize=True)
settings.register_profile("deep", max_examples=400, deadline=None, suppress_health_check=ALL)

NOW = datetime(2026, 5, 14, 17, 30)

# No test touches the register, the key or the keyring of whoever runs it.
os.environ["TIPLETTERS_HOME"] = tempfile.mkdtemp(prefix="tipletters-tests-")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
for _name in ("TIPLETTERS_REGISTER", "TIPLETTERS_REGISTER_KEY"):
    os.environ.pop(_name, None)
atexit.register(shutil.rmtree, os.environ["TIPLETTERS_HOME"], ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="run random tests at full size")
    parser.addoption("--rewrite-goldens", action="store_true", help="write the golden texts anew; review the diff")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("deep" if config.getoption("--deep") else "usual")


# What some tests need beside Python: the marker, the programs, and why they are skipped without them.
_PROGRAMS = (
    ("needs_libreoffice", ("soffice", "pdftotext"), "LibreOffice or poppler-utils is not on this machine"),
    ("needs_postgresql", (program("postgres") or "postgres",), "PostgreSQL is not on this machine"),
    ("needs_chromium", ("chromium",), "Chromium is not on this machine"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a program that is not here; in CI that is a failure."""
    for marker, programs, reason in _PROGRAMS:
        if os.environ.get("CI") or all(map(shutil.which, programs)):
            continue
        for item in items:
            if marker in item.keywords:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def examples() -> Path:
    return resources.folder("templates") / "examples"


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-goldens"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser, started once; each test opens its own window."""
    from webpage import browser

    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL that runs for the tests."""
    with started() as url:
        yield url


@pytest.fixture(params=["file", "encrypted file", pytest.param("team", marks=pytest.mark.needs_postgresql)])
def where(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty register's place, of each kind."""
    if request.param == "team":
        return new_database(request.getfixturevalue("postgresql"))
    if request.param == "encrypted file":
        monkeypatch.setenv("TIPLETTERS_REGISTER_KEY", "5e" * 32)
    return str(tmp_path / "register.db")


@pytest.fixture
def size(request: pytest.FixtureRequest) -> int:
    """What to multiply kill tests and tampering by: they run a tenth of their size unless --deep is given."""
    return 10 if request.config.getoption("--deep") else 1
