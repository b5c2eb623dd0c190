"""Notices what is wrong with the place of a register's file: a network drive, or a folder that others can read."""

import os
import sys
from pathlib import Path

from tipletters.errors import RegisterError

# File systems on which another computer may write too; SQLite's locks do not hold there
# (https://www.sqlite.org/howtocorrupt.html, section 2.1).
_SHARED = (
    *("nfs", "cifs", "smb", "afs", "afp", "ncp", "9p", "ceph", "gluster", "lustre", "dav", "webdav"),
    *("fuse.sshfs", "fuse.rclone", "fuse.gvfsd", "fuse.gluster", "fuse.dav", "fuse.s3fs", "fuse.ceph"),
)


def refuse_network(file: Path) -> None:
    """Refuse a file on a network drive: two computers that write at once could damage it.

    Raises:
        RegisterError: it lies on one.
    """
    if _is_shared(file):
        raise RegisterError(
            "A register in a file must lie on this computer. This is a network drive, where two computers that write "
            "at once could damage it.",
            where=str(file),
            then="Choose a folder on this computer. For a team, ask for a PostgreSQL database.",
        )


def _is_shared(file: Path) -> bool:
    import psutil

    if str(file).startswith(("\\\\", "//")):
        return True
    mounts = [one for one in psutil.disk_partitions(all=True) if file.is_relative_to(one.mountpoint)]
    under = max(mounts, key=lambda one: len(one.mountpoint), default=None)
    return under is not None and (under.fstype.lower().startswith(_SHARED) or "remote" in under.opts.split(","))


def warning(file: Path) -> str:
    """Return a warning where others on this computer may read the register's file; empty where nobody can."""
    if sys.platform == "win32":
        home = Path.home()
        outside = not file.is_relative_to(home)
        return f"On Windows, keep the register in your own folder ({home}), where only you can read it." * outside
    if file.exists() and file.stat().st_uid == os.getuid() and file.stat().st_mode & 0o077:
        return f"Others on this computer may read the register. To stop that: chmod 600 {file}"
    return ""
