"""What only the operating system brings: Pango, a window, a browser for the tests.

Standard library only, as everything that runs before the environment exists.
"""

import ctypes.util
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from environment import (
    HOMEBREW_LIBRARIES,
    LOG,
    PYTHON_HERE,
    VENV,
    StoppedError,
    call_logged,
)


class Part(NamedTuple):
    """What the system must bring: its name, and the Debian package it comes in."""

    name: str
    package: str


# What WeasyPrint loads to turn a letter into PDF.
LIBRARIES = {
    "libpango-1.0.so.0": Part("Pango", "libpango-1.0-0"),
    "libpangoft2-1.0.so.0": Part("Pango", "libpangoft2-1.0-0"),
    "libharfbuzz-subset.so.0": Part("HarfBuzz", "libharfbuzz-subset0"),
    "libfontconfig.so.1": Part("Fontconfig", "libfontconfig1"),
}
# Where WeasyPrint 70 itself looks on Windows (weasyprint/text/ffi.py).
WINDOWS_LIBRARIES = (
    "C:\\msys64\\ucrt64\\bin;C:\\msys64\\mingw64\\bin;"
    "C:\\Program Files\\GTK3-Runtime Win64\\bin"
)

# Reads QR codes back in the tests, independently of what drew them.
DECODER = Part("zbarimg", "zbar-tools")

# What pywebview needs to open a window of its own, all from the distribution.
WINDOW_PACKAGES = ("python3-gi", "python3-gi-cairo", "gir1.2-webkit2-4.1")
DISTRIBUTION_PYTHON = Path("/usr/bin/python3")
DISTRIBUTION_PACKAGES = Path("/usr/lib/python3/dist-packages")


def missing_parts(*, for_environment: bool, for_tests: bool) -> list[Part]:
    """List what this Linux system lacks; elsewhere, refuse if Pango is absent."""
    if sys.platform == "darwin":
        require_pango_on_macos()
        return []
    if sys.platform == "win32":
        require_pango_on_windows()
        return []
    missing = [part for name, part in LIBRARIES.items() if not can_load(name)]
    if for_environment and importlib.util.find_spec("ensurepip") is None:
        missing.append(Part("le module venv de Python", f"python{PYTHON_HERE}-venv"))
    if for_tests and shutil.which("chromium") is None:
        missing.append(Part("Chromium", "chromium"))
    return missing


def has_decoder() -> bool:
    """Bring zbar, which reads printed QR codes back, where that is allowed.

    Nothing stops without it: the test that uses it is skipped.
    """
    if shutil.which(DECODER.name) is None and may_install():
        apt_install([DECODER.package])
    return shutil.which(DECODER.name) is not None


def can_load(library: str) -> bool:
    """Tell whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def require_pango_on_macos() -> None:
    """Refuse to go on without Pango, which Homebrew brings."""
    files = (folder / "libpango-1.0.dylib" for folder in HOMEBREW_LIBRARIES)
    if not any(file.exists() for file in files) and (
        ctypes.util.find_library("pango-1.0") is None
    ):
        message = "Il manque Pango : lancez « brew install pango » puis recommencez."
        raise StoppedError(message)


def require_pango_on_windows() -> None:
    """Refuse to go on without Pango, which MSYS2 brings."""
    folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", WINDOWS_LIBRARIES).split(";")
    if not any(Path(folder, "libpango-1.0-0.dll").exists() for folder in folders):
        message = (
            "Il manque Pango : installez MSYS2, lancez dans sa fenêtre "
            "« pacman -S mingw-w64-ucrt-x86_64-pango » puis recommencez."
        )
        raise StoppedError(message)


def obtain(missing: list[Part]) -> None:
    """Install what the system lacks when allowed to, or say how."""
    if not missing:
        return
    if not may_install():
        raise StoppedError(missing_sentence(missing))
    if not apt_install(part.package for part in missing):
        message = (
            f"{missing_sentence(missing)} Leur installation a échoué ; détails : {LOG}."
        )
        raise StoppedError(message)


def missing_sentence(missing: list[Part]) -> str:
    """Name what is missing and the one command that brings it."""
    names = ", ".join(dict.fromkeys(part.name for part in missing))
    if not has_apt():
        return (
            f"Il manque {names} : installez cela avec le gestionnaire de paquets "
            "de votre système, puis recommencez."
        )
    command = apt_command(part.package for part in missing)
    return f"Il manque {names} : lancez « {command} » puis recommencez."


def apt_command(packages: Iterable[str]) -> str:
    """Write the command a person types to install Debian packages."""
    return f"sudo apt-get install -y {' '.join(packages)}"


def has_apt() -> bool:
    """Tell whether this system installs Debian packages."""
    return shutil.which("apt-get") is not None


def may_install() -> bool:
    """Tell whether system packages can be installed from here: root, on Debian."""
    return sys.platform == "linux" and os.geteuid() == 0 and has_apt()


def apt_install(packages: Iterable[str]) -> bool:
    """Install Debian packages, refreshing the package lists only if it must."""
    names = list(packages)
    print(f"Installation de {', '.join(names)}…")
    install = (
        *("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y"),
        *("--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", *names),
    )
    return call_logged(install) or (
        call_logged(("apt-get", "update")) and call_logged(install)
    )


def prepare_window() -> None:
    """Let the environment see the distribution's GTK, or announce the browser."""
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform != "linux" or not display or link_gtk():
        return
    # The bindings are compiled for the distribution's own Python.
    useful = has_apt() and DISTRIBUTION_PYTHON.resolve().name == f"python{PYTHON_HERE}"
    asked = VENV / "window-asked"
    if useful and may_install() and not asked.exists():
        asked.touch()  # once: without a network, every start would be slow
        if apt_install(WINDOW_PACKAGES) and link_gtk():
            return
    advice = f" (pour une fenêtre : « {apt_command(WINDOW_PACKAGES)} »)"
    print(f"Relance s'ouvrira dans votre navigateur{advice if useful else ''}.")


def link_gtk() -> bool:
    """Put the distribution's GTK within reach of the environment, if it is usable.

    With another Python, or without WebKit, the window would hang and never open.
    """
    origins = [DISTRIBUTION_PACKAGES / name for name in ("gi", "cairo")]
    compiled = [
        any(origin.glob(f"_{origin.name}.{sys.implementation.cache_tag}*"))
        for origin in origins
    ]
    webkit = Path("/usr/lib").glob("*/girepository-1.0/WebKit2-4.1.typelib")
    if not all(compiled) or not any(webkit):
        return False
    for origin in origins:
        link = VENV / f"lib/python{PYTHON_HERE}/site-packages" / origin.name
        if not link.exists():
            link.symlink_to(origin)
    return True
