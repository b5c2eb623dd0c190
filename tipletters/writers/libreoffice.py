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
from tipletters.files import writing

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
# How a whole file of a kind ends; one that LibreOffice was still writing when it was ended does not.
_ENDS = {"pdf": b"%%EOF"}
_THEN = "Close LibreOffice and try again."


def program() -> str | None:
    """Return where LibreOffice is on this machine, or None."""
    return shutil.which("soffice") or next((place for place in _PLACES if Path(place).is_file()), None)


def required() -> str:
    """Return where LibreOffice is on this machine.

    Raises:
        MissingProgramError: it is not there.
    """
    found = program()
    if found is None:
        raise MissingProgramError(
            "PDF needs LibreOffice, and it is not on this computer.",
            then="Leave out --pdf, and save the letter as PDF from Word. Or ask your IT team for LibreOffice.",
        )
    return found


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


def to_pdf_if_possible(documents: Mapping[str, bytes], folder: Path, seconds: float = 180) -> dict[str, bytes]:
    """Return those of some Word documents as PDF that LibreOffice can make, all in one run.

    Args and raises as `to_pdf`; an error means that nothing can be made here.
    """
    return _converted(documents, folder, "docx", "pdf", seconds)[0]


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
    made, in_time = _converted(documents, folder, before, after, seconds)
    if len(made) < len(documents):
        what = f"LibreOffice did not make the {after.upper()}." if in_time else "LibreOffice took too long."
        raise OutputError(what, where=str(folder), then=_THEN)
    return made


def _converted(
    documents: Mapping[str, bytes], folder: Path, before: str, after: str, seconds: float
) -> tuple[dict[str, bytes], bool]:
    """Return what LibreOffice made whole, and whether it came to an end in time."""
    soffice = required()
    made = {}
    try:
        with writing(folder):
            aside = tempfile.TemporaryDirectory(dir=folder.resolve(), prefix=f".{after}-")
        with aside as name:
            work = Path(name)
            in_time = _convert(soffice, documents, work, seconds, before, after)
            for number, key in enumerate(documents):
                path = work / "out" / f"{number}.{after}"
                data = path.read_bytes() if path.is_file() else b""
                if data.rstrip().endswith(_ENDS.get(after, b"")) and data:
                    made[key] = data
    except OSError:
        raise OutputError(f"LibreOffice did not make the {after.upper()}.", where=str(folder), then=_THEN) from None
    return made, in_time


def _convert(soffice: str, documents: Mapping[str, bytes], work: Path, seconds: float, before: str, after: str) -> bool:
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
        return False
    finally:
        _end(process)
    return True


def end_left(folder: Path) -> None:
    """End what was started for a folder by somebody who was killed since, so that nothing is put there any more.

    Args:
        folder: the folder that was given for the throwaway files.
    """
    import psutil

    place = f"{folder.resolve()}{os.sep}"
    for process in psutil.process_iter(["cmdline"]):
        if any(part.startswith(place) for part in process.info["cmdline"] or ()):
            with contextlib.suppress(psutil.Error):
                process.kill()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with all that it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False)  # noqa: S603, S607
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
