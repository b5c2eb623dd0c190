"""Where a register may be, who may read it, and how its key is kept."""

import errno
import os
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from test_register import ANNA, NO, by, opened

from tipletters.config import Config, House, RegisterConfig
from tipletters.errors import RegisterError
from tipletters.register import find_place, open_register
from tipletters.register.drive import warning
from tipletters.register.engine import is_plain
from tipletters.register.postgres import address, connect_args


def test_what_was_typed_wins_over_the_variable_the_organisation_and_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = House(Config(register=RegisterConfig("team.db")), tmp_path)

    def found(where: str | None, house: House) -> str:
        return Path(find_place(where, house=house, folder=tmp_path).described).name

    assert found(None, House()) == "register.db"
    assert not find_place(None, house=House(), folder=tmp_path).chosen
    assert found(None, ours) == "team.db"
    monkeypatch.setenv("TIPLETTERS_REGISTER", "mine.db")
    assert found(None, ours) == "mine.db"
    assert found("typed.db", ours) == "typed.db"
    assert find_place("typed.db", house=ours, folder=tmp_path).chosen
    with pytest.raises(RegisterError, match="this is a folder"):
        find_place(str(tmp_path), house=ours, folder=tmp_path)


def test_a_register_in_a_folder_that_we_may_not_enter_cannot_be_used_and_is_not_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = str(tmp_path / "team" / "register.db")
    open_register(where, house=House(), folder=tmp_path).close()
    for name in ("stat", "open"):
        monkeypatch.setattr(os, name, partial(refused, getattr(os, name), where))
    assert not find_place(where, house=House(), folder=tmp_path).is_new
    with pytest.raises(RegisterError, match="we may not open it there"):
        open_register(where, house=House(), folder=tmp_path)


def refused(real: Any, within: str, path: Any, *args: Any, **more: Any) -> Any:
    if str(path) == within:
        raise PermissionError(errno.EACCES, "Permission denied", within)
    return real(path, *args, **more)


@pytest.mark.parametrize(
    ("kind", "options"), [("nfs4", ""), ("cifs", "rw"), ("fuse.sshfs", ""), ("9p", ""), ("NTFS", "rw,remote")]
)
def test_a_register_on_a_network_drive_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, options: str
) -> None:
    mounts = [("/", "ext4", "rw"), (str(tmp_path), kind, options)]
    made = [SimpleNamespace(mountpoint=where, fstype=fs, opts=opts) for where, fs, opts in mounts]
    monkeypatch.setattr("psutil.disk_partitions", lambda **_: made)
    with pytest.raises(RegisterError, match="network drive"):
        opened(str(tmp_path / "register.db"))
    assert not (tmp_path / "register.db").exists()
    monkeypatch.setattr("psutil.disk_partitions", lambda **_: made[:1])
    opened(str(tmp_path / "register.db")).close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists, not modes")
def test_the_register_and_its_key_are_for_their_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPLETTERS_HOME", str(tmp_path / "home"))
    with opened(str(tmp_path / "register.db")) as register:
        register.record(ANNA, [NO], **by())
    files = [tmp_path / "register.db", *(tmp_path / "home").iterdir()]
    assert {path.suffix for path in files} == {".db", ".key", ".head", ".lock"}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert not warning(files[0])
    files[0].chmod(0o644)
    assert "Others on this computer may read" in warning(files[0])


WEAK = [
    "postgresql://anna@db.example.org/letters?sslmode=require",
    "postgresql://anna@db.example.org/letters?sslmode=verify-ca",
    "postgresql://anna@db.example.org/letters?sslmode=disable",
    "postgresql:///letters?host=db.example.org&sslmode=prefer",
    "postgresql://localhost/letters?host=db.example.org&sslmode=prefer",
    "postgresql:///letters?host=/tmp,db.example.org&sslmode=prefer",
    "postgresql://localhost/letters?hostaddr=192.0.2.1",
    "postgresql:///letters?service=team",
]


@pytest.mark.parametrize("typed", WEAK)
def test_a_team_register_elsewhere_without_verified_tls_is_refused_and_no_password_is_shown(typed: str) -> None:
    with pytest.raises(RegisterError) as caught:
        address(typed.replace("anna@", "anna:Geheim-7@"))
    assert "Geheim" not in str(caught.value)


def test_a_team_register_elsewhere_is_always_verified_and_one_on_this_machine_need_not_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    url, described = address("postgresql://anna:Geheim-7@db.example.org/letters")
    assert connect_args(url)["sslmode"] == "verify-full"
    assert described == "PostgreSQL, letters on db.example.org"
    for here in ("postgresql:///letters?host=/run/pg", "postgresql://localhost/letters", "postgresql://127.0.0.1/x"):
        assert "sslmode" not in connect_args(address(here)[0])
    monkeypatch.setenv("PGHOST", "db.example.org")
    assert connect_args(address("postgresql:///letters")[0])["sslmode"] == "verify-full"
    monkeypatch.setenv("PGSERVICE", "team")
    with pytest.raises(RegisterError, match="must say itself"):
        address("postgresql://localhost/letters")


@pytest.mark.parametrize("typed", ["mysql://x/y", "http://example.org", "postgres//x", "://"])
def test_an_address_of_another_kind_is_refused(typed: str, tmp_path: Path) -> None:
    if "://" in typed:
        with pytest.raises(RegisterError, match="not an address"):
            find_place(typed, house=House(), folder=tmp_path)
    else:
        assert find_place(typed, house=House(), folder=tmp_path).file is not None


class Ring(KeyringBackend):
    """A keyring that keeps what it is given, for the tests."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ring:
    made = Ring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    monkeypatch.setenv("TIPLETTERS_HOME", str(tmp_path / "home"))
    return made


def test_where_there_is_a_keyring_the_key_is_kept_there_and_the_file_is_encrypted(tmp_path: Path, ring: Ring) -> None:
    where = tmp_path / "register.db"
    with opened(str(where)) as register:
        register.record(ANNA, [NO], **by())
        assert register.database.encrypted
    assert len(ring.held) == 1
    assert not is_plain(where)
    assert not list((tmp_path / "home").glob("*.key"))
    with opened(str(where)) as register:
        assert len(register.provisions(ANNA)) == 1


def test_another_key_opens_nothing_and_says_so_without_a_word_on_the_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, first in (("encrypted.db", "11" * 32), ("plain.db", "")):
        if first:
            monkeypatch.setenv("TIPLETTERS_REGISTER_KEY", first)
        else:
            monkeypatch.delenv("TIPLETTERS_REGISTER_KEY")
        with opened(str(tmp_path / name)) as register:
            register.record(ANNA, [NO], **by())
        monkeypatch.setenv("TIPLETTERS_REGISTER_KEY", "22" * 32)
        with pytest.raises(RegisterError, match=r"encrypted with another key|does not belong to this register"):
            opened(str(tmp_path / name))
    assert capfd.readouterr() == ("", "")


def test_a_keyring_that_is_locked_is_said(tmp_path: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.errors import KeyringLocked

    def locked(*_: Any) -> None:
        raise KeyringLocked

    monkeypatch.setattr(ring, "get_password", locked)
    with pytest.raises(RegisterError, match="keyring"):
        opened(str(tmp_path / "register.db"))


def test_a_register_of_a_newer_version_is_not_touched(where: str) -> None:
    from sqlalchemy import text

    with opened(where) as register, register.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RegisterError, match="newer version of tipletters"):
        opened(where)
