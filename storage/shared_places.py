"""Folders that a program copies to other computers, and drives of other computers."""

import ctypes
import re
import subprocess
import sys
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

from domain.files import SharedPlace

# How each program names its folder, as its own help pages say.
_NAMES = {
    "OneDrive": ("onedrive", "onedrive - *", "onedrive-*"),
    "Dropbox": ("dropbox", "dropbox (*)"),
    "Google Drive": ("google drive", "googledrive-*", "my drive", "mon drive"),
    "iCloud Drive": ("iclouddrive", "icloud drive", "mobile documents"),
    "Nextcloud": ("nextcloud", "nextcloud-*"),
    "ownCloud": ("owncloud",),
    "kDrive": ("kdrive",),
    "pCloud": ("pclouddrive", "pcloud drive"),
}
# What each program leaves in the folder that it watches, whatever its name.
_MARKS = {
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Google Drive": (".tmp.drivedownload", ".tmp.driveupload"),
    "Nextcloud": (".nextcloudsync.log", ".sync_*.db", "._sync_*.db"),
    "ownCloud": (".owncloudsync.log",),
    "Syncthing": (".stfolder",),
}
_NETWORK_KINDS = re.compile(r"cifs|smb\w*|nfs\d?|afpfs|webdav|davfs|fuse\.\w+|9p|ncpfs")
_LOCAL_FUSE = {"fuse.portal", "fuse.gvfsd-fuse", "fuse.lxcfs", "fuse.snapfuse"}
_DRIVE_REMOTE = 4
"""Of GetDriveTypeW."""


def shared_place(folder: Path) -> SharedPlace | None:
    """Tell who else may write to a folder, if anybody; a guess from its names."""
    whole = folder.expanduser().absolute()
    if is_on_network(whole):
        return SharedPlace(name="", is_network=True)
    for one in (whole, *whole.parents):
        name = _by_name(one.name) or _by_mark(one)
        if name:
            return SharedPlace(name=name, is_network=False)
    return None


def is_on_network(folder: Path) -> bool:
    """Tell whether a folder is on a drive of another computer."""
    if sys.platform == "win32":
        anchor = folder.absolute().anchor
        kind = ctypes.windll.kernel32.GetDriveTypeW(anchor)
        return anchor.startswith("\\\\") or kind == _DRIVE_REMOTE
    with suppress(OSError, subprocess.SubprocessError):
        kind = kind_of_drive(folder.resolve(), _mounts())
        return bool(_NETWORK_KINDS.fullmatch(kind)) and kind not in _LOCAL_FUSE
    return False


def kind_of_drive(folder: Path, mounts: str) -> str:
    """Find the kind of file system a folder is on, in what the system lists."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        found = _LINUX.match(line) or _MACOS.match(line)
        if not found:
            continue
        place = Path(found["place"].replace("\\040", " "))
        if folder.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), found["kind"]
    return kind


_LINUX = re.compile(r"\S+ (?P<place>/\S*) (?P<kind>\S+) \S+ \d+ \d+$")
_MACOS = re.compile(r".+ on (?P<place>/.*) \((?P<kind>\w+)[,)]")


def _mounts() -> str:
    if sys.platform == "darwin":
        return subprocess.run(
            ["/sbin/mount"],
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        ).stdout
    return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")


def _by_name(folder: str) -> str:
    low = folder.casefold()
    return next(
        (
            name
            for name, patterns in _NAMES.items()
            if any(fnmatch(low, pattern) for pattern in patterns)
        ),
        "",
    )


def _by_mark(folder: Path) -> str:
    with suppress(OSError):
        for name, marks in _MARKS.items():
            if any(next(folder.glob(mark), None) for mark in marks):
                return name
    return ""
