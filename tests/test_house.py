"""The house: which part may lean on which, what stands in each list, and that a wheel holds everything."""

import ast
import contextlib
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tipletters
from tipletters import resources
from tipletters.cli import COMMANDS
from tipletters.writers import WRITERS

# A row imports only from rows below it (docs/architecture.md).
LAYERS = [
    ["cli"],
    ["web"],
    ["batch"],
    ["review"],
    ["output", "flags", "consent_form", "disclose"],
    ["draft", "annotate"],
    ["copies"],
    ["refusal"],
    ["answers", "gate", "setting", "casefile", "remember", "proof"],
    ["casereader"],
    ["casecheck"],
    ["case"],
    ["checks"],
    ["redact", "readers", "register", "tables", "passages", "stage"],
    ["writers"],
    ["template"],
    ["others"],
    ["access"],
    ["consent", "people"],
    ["letter"],
    ["config"],
    ["tomlfile", "files", "alike", "codepages"],
    ["folding"],
    ["errors", "resources", "dates", "quiet", "wording"],
]
# Within the checks: who is meant, what stands around a term, the text, the words, and what all of them say.
CHECK_LAYERS = [["who"], ["context"], ["text"], ["lexis"], ["issue", "profile"]]
PACKAGE = Path(tipletters.__file__).parent


def imports() -> Iterator[tuple[str, str]]:
    for path in PACKAGE.rglob("*.py"):
        part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if part.startswith("_"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module == "tipletters":
                names = [f"tipletters.{one.name}" for one in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            for name in names:
                if name.startswith("tipletters.") and not name.endswith("__version__"):
                    yield part, name.split(".")[1]


def test_a_row_imports_only_from_rows_below_it() -> None:
    rows = {name: number for number, row in enumerate(LAYERS) for name in row}
    parts = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if not path.name.startswith("_")}
    assert parts == set(rows)
    wrong = {(one, other) for one, other in imports() if one != other and rows[one] >= rows[other]}
    assert not wrong


def test_within_the_checks_a_row_imports_only_from_rows_below_it() -> None:
    rows = {name: number for number, row in enumerate(CHECK_LAYERS) for name in row}
    for name, row in rows.items():
        found = PACKAGE / "checks" / name
        for path in found.glob("*.py") if found.is_dir() else [found.with_suffix(".py")]:
            source = path.read_text(encoding="utf-8")
            others = set(re.findall(r"^\s*from tipletters\.checks\.(\w+)", source, re.MULTILINE)) - {name}
            assert others <= {other for other in rows if rows[other] > row}, path


def test_writers_never_see_a_case_or_a_consent() -> None:
    seen = {other for one, other in imports() if one == "writers"}
    assert not seen & {"case", "access", "consent", "draft", "redact", "gate"}


def test_no_writer_and_no_command_on_disk_is_missing_from_its_list() -> None:
    found = set()
    for module in pkgutil.iter_modules([str(PACKAGE / "writers")]):
        held = vars(importlib.import_module(f"tipletters.writers.{module.name}"))
        found |= {
            value
            for name, value in held.items()
            if name.startswith("write_") and value.__module__.endswith(module.name)
        }
    assert found == {writer.write for writer in WRITERS.values()}
    commands = {command.name for command in COMMANDS}
    for module in pkgutil.iter_modules([str(PACKAGE / "cli")]):
        source = (PACKAGE / "cli" / f"{module.name}.py").read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            decorators = [ast.unparse(one) for one in getattr(node, "decorator_list", [])]
            if any(one.startswith(("click.command", "click.group")) for one in decorators):
                assert getattr(node, "name", "") in commands


def test_files_are_short() -> None:
    long = [path.name for path in PACKAGE.rglob("*.py") if len(path.read_text(encoding="utf-8").splitlines()) > 290]
    assert not long


def test_what_is_said_to_people_writes_dates_in_one_way() -> None:
    others = [path.name for path in PACKAGE.rglob("*.py") if "%d/%m" in path.read_text(encoding="utf-8")]
    assert others == ["people.py"]  # the line by which a professional's records know somebody


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built through the source distribution."""
    out = tmp_path_factory.mktemp("dist")
    root = PACKAGE.parent
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


def test_a_wheel_installed_elsewhere_drafts_a_letter(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    assert (tmp_path / "site" / "tipletters" / "_data" / "wordlists").is_dir()
    for path in (PACKAGE / "web").rglob("*.*"):
        assert path.suffix == ".pyc" or (tmp_path / "site" / "tipletters" / path.relative_to(PACKAGE)).is_file()
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); from tipletters.cli import main; "
        "import tipletters; assert 'site' in tipletters.__file__; main(['demo', '-o', 'out'])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").glob("*.docx"))) == 4


def test_shipped_data_is_known_as_shipped(tmp_path: Path) -> None:
    shipped = resources.folder("templates") / "examples" / "meeting-summary.toml"
    assert resources.is_shipped(shipped)
    assert not resources.is_shipped(tmp_path / "case.toml")


def needed(lines: list[str], platform: dict[str, str], seen: set[str]) -> set[str]:
    """All that requirements need on a platform, as far as it is installed here."""
    for one in map(Requirement, lines):
        name = canonicalize_name(one.name)
        if name in seen or not (one.marker is None or one.marker.evaluate({**platform, "extra": ""})):
            continue
        seen.add(name)
        with contextlib.suppress(metadata.PackageNotFoundError):
            needed(metadata.requires(name) or [], platform, seen)
    return seen


def test_the_folder_of_wheels_for_windows_holds_what_windows_alone_needs() -> None:
    ours = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    windows = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}
    readme = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    command = next(line for line in readme.splitlines() if "pip download" in line)
    there_alone = needed(ours, windows, set()) - needed(ours, {}, set())
    assert "pywin32-ctypes" in there_alone
    assert there_alone <= set(command.split())
