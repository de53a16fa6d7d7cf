"""Find Pango and what it stands on, for a bundle that asks nothing of the system."""

import os
import subprocess
import sys
from pathlib import Path

from environment import HOMEBREW_LIBRARIES
from system_parts import WINDOWS_LIBRARIES

# What WeasyPrint 70 opens (weasyprint/text/ffi.py); what these stand on follows them.
LINUX = (
    "libgobject-2.0.so.0",
    "libglib-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
)
MACOS = (
    "libgobject-2.0.0.dylib",
    "libglib-2.0.0.dylib",
    "libpango-1.0.0.dylib",
    "libpangoft2-1.0.0.dylib",
    "libharfbuzz.0.dylib",
    "libharfbuzz-subset.0.dylib",
    "libfontconfig.1.dylib",
)
WINDOWS = (
    "libgobject-2.0-0.dll",
    "libglib-2.0-0.dll",
    "libpango-1.0-0.dll",
    "libpangoft2-1.0-0.dll",
    "libharfbuzz-0.dll",
    "libharfbuzz-subset-0.dll",
    "libfontconfig-1.dll",
)


class MissingLibraryError(Exception):
    """A letter could not be printed without this one."""


def libraries() -> list[tuple[str, str]]:
    """List the libraries to bundle, each with its place in the bundle: the top.

    A frozen WeasyPrint looks nowhere else on Windows.
    """
    names = {"win32": WINDOWS, "darwin": MACOS}.get(sys.platform, LINUX)
    return [(str(find(name)), ".") for name in names]


def find(name: str) -> Path:
    """Find one library where this system keeps them.

    Raises:
        MissingLibraryError: it is nowhere.
    """
    if sys.platform == "linux":
        known = subprocess.run(
            ("/sbin/ldconfig", "-p"), check=True, capture_output=True, text=True
        )
        for line in known.stdout.splitlines():
            if line.split()[:1] == [name]:
                return Path(line.split()[-1])
    for folder in places():
        if (folder / name).exists():
            return folder / name
    raise MissingLibraryError(name)


def places() -> list[Path]:
    """List the folders to look in on Windows and macOS."""
    if sys.platform == "darwin":
        return list(HOMEBREW_LIBRARIES)
    told = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", WINDOWS_LIBRARIES)
    return [Path(folder) for folder in told.split(";")]
