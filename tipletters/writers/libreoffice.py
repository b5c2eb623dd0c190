"""Starts LibreOffice: the one place where another program is run. It turns documents of one kind into another."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tipletters.errors import MissingProgramError, OutputError

_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
# Without the first of these a linked image makes LibreOffice call out.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""
# Controls become boxes and lines for a pen; newer releases would make a form of them that nobody reads back.
_FILTERS = {"pdf": 'pdf:writer_pdf_Export:{"ExportFormFields":{"type":"boolean","value":"false"}}'}


def program() -> str | None:
    """Return where LibreOffice is on this machine, or None."""
    return shutil.which("soffice") or next((place for place in _PLACES if Path(place).is_file()), None)


def to_pdf(documents: Mapping[str, bytes], folder: Path, seconds: float = 180) -> dict[str, bytes]:
    """Return Word documents as PDF, all in one run.

    Args:
        documents: a short name for each, and its bytes.
        folder: where the throwaway files stand while LibreOffice runs; they are removed again.
        seconds: how long it may take.

    Raises:
        MissingProgramError: LibreOffice is not on this machine.
        OutputError: LibreOffice did not make the documents.
    """
    return convert(documents, folder, seconds=seconds)


def convert(
    documents: Mapping[str, bytes], folder: Path, *, before: str = "docx", after: str = "pdf", seconds: float = 180
) -> dict[str, bytes]:
    """Return documents of one kind as documents of another, all in one run.

    Args:
        documents: a short name for each, and its bytes.
        folder: where the throwaway files stand while LibreOffice runs; they are removed again.
        before: the ending of their kind.
        after: the ending of the kind that is wanted.
        seconds: how long it may take.

    Raises:
        MissingProgramError: LibreOffice is not on this machine.
        OutputError: LibreOffice did not make the documents.
    """
    soffice = program()
    if soffice is None:
        raise MissingProgramError(
            "PDF needs LibreOffice, and it is not on this computer.",
            then="Leave out --pdf, and save the letter as PDF from Word. Or ask your IT team for LibreOffice.",
        )
    try:
        with tempfile.TemporaryDirectory(dir=folder.resolve(), prefix=f".{after}-") as name:
            work = Path(name)
            _convert(soffice, documents, work, seconds, before, after)
            made = {key: (work / "out" / f"{n}.{after}").read_bytes() for n, key in enumerate(documents)}
    except OSError:
        raise OutputError(
            f"LibreOffice did not make the {after.upper()}.",
            where=str(folder),
            then="Close LibreOffice and try again.",
        ) from None
    return made


def _convert(soffice: str, documents: Mapping[str, bytes], work: Path, seconds: float, before: str, after: str) -> None:
    profile = work / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    names = []
    for number, data in enumerate(documents.values()):
        (work / f"{number}.{before}").write_bytes(data)
        names.append(str(work / f"{number}.{before}"))
    options = ["--headless", "--norestore", "--nologo", "--nolockcheck", f"-env:UserInstallation={profile.as_uri()}"]
    command = [soffice, *options, "--convert-to", _FILTERS.get(after, after), "--outdir", str(work / "out"), *names]
    environment = {**os.environ, "TMPDIR": str(work), "TEMP": str(work), "TMP": str(work)}
    process = subprocess.Popen(  # noqa: S603 - a list of our own, no shell
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise OutputError("LibreOffice took too long.", then="Close LibreOffice and try again.") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with all that it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False)  # noqa: S603, S607
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
