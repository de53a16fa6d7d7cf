"""Build the Debian package: our files and libraries, on the system's Python and GTK."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from contents import (
    PROJECT,
    VERSION,
    compile_catalogues,
    copy_libraries,
    copy_ours,
)
from icons import SIZES

HERE = Path(__file__).resolve().parent
HOME = Path("usr/lib/relance")
PYTHON = f"python{sys.version_info[0]}.{sys.version_info[1]}"
NEXT_PYTHON = f"{sys.version_info[0]}.{sys.version_info[1] + 1}~"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
NEEDS = (
    # Libraries compiled for one Python, and the system's GTK bindings for the same.
    f"python3 (>= {PYTHON.removeprefix('python')})",
    f"python3 (<< {NEXT_PYTHON})",
    "python3-gi",
    "python3-gi-cairo",
    "gir1.2-webkit2-4.1",
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "libfontconfig1",
)
RECOMMENDS = ("gnome-keyring | kwalletmanager", "xdg-utils")
# What makes a folder a Python environment: it may then be moved anywhere.
ENVIRONMENT = "home = /usr/bin\ninclude-system-site-packages = true\n"
DESCRIPTION = """\
payment reminders for a small French firm
 Relance reads the ledger, says who owes what, prepares reminders (e-mails and
 letters), sends them on request and keeps the history. It works offline, on
 one computer. Removing the package keeps the books, which are in
 ~/.local/share/Relance."""


def build_package(staging: Path, icons: Path, target: Path) -> Path:
    """Lay the files out as they will be installed, and pack them."""
    shutil.rmtree(staging, ignore_errors=True)
    home = staging / HOME
    copy_ours(home)
    compile_catalogues(home)
    copy_libraries(home / "lib" / PYTHON / "site-packages")
    (home / "pyvenv.cfg").write_text(ENVIRONMENT)
    (home / "bin").mkdir(exist_ok=True)
    (home / "bin" / "python3").symlink_to(f"/usr/bin/{PYTHON}")
    compile_all(staging)
    enter_in_the_desktop(staging, icons)
    describe(staging)
    give_usual_rights(staging)
    package = target / f"relance_{VERSION}_{architecture()}.deb"
    target.mkdir(exist_ok=True)
    command = ("dpkg-deb", "--root-owner-group", "-Zzstd", "--build", staging, package)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return package


def compile_all(staging: Path) -> None:
    """Compile beforehand: who runs the app cannot write there, and starts faster."""
    command = [
        *(sys.executable, "-m", "compileall", "-q", "-j", "0"),
        *("--invalidation-mode", "unchecked-hash"),
        *("-s", staging, "-p", "/", staging / HOME),
    ]
    # A few libraries carry templates that are no Python: their failure changes nothing.
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


def enter_in_the_desktop(staging: Path, icons: Path) -> None:
    """Add the command, the menu entry and the icons."""
    copy(HERE / "linux" / "relance", staging / "usr/bin/relance")
    menu = staging / "usr/share/applications/relance.desktop"
    copy(HERE / "linux" / "relance.desktop", menu)
    themes = staging / "usr/share/icons/hicolor"
    for size in SIZES:
        place = themes / f"{size}x{size}" / "apps" / "relance.png"
        copy(icons / f"relance-{size}.png", place)
    drawing = staging / HOME / "ui/static/icon.svg"
    copy(drawing, themes / "scalable" / "apps" / "relance.svg")


def describe(staging: Path) -> None:
    """Write what the package manager shows and checks."""
    copy(HERE.parent / "LICENSE", staging / "usr/share/doc/relance/copyright")
    folder = staging / "DEBIAN"
    folder.mkdir()
    size = sum(file.stat().st_size for file in staging.rglob("*") if file.is_file())
    fields = {
        "Package": "relance",
        "Version": VERSION,
        "Architecture": architecture(),
        "Maintainer": f"{PROJECT['name'].capitalize()} <relance@example.com>",
        "Installed-Size": str(size // 1024),
        "Depends": ", ".join(NEEDS),
        "Recommends": ", ".join(RECOMMENDS),
        "Section": "misc",
        "Priority": "optional",
        "Description": DESCRIPTION,
    }
    lines = (f"{name}: {value}\n" for name, value in fields.items())
    (folder / "control").write_text("".join(lines))


def give_usual_rights(staging: Path) -> None:
    """Let everyone read, whatever the builder's own settings."""
    for place in staging.rglob("*"):
        if not place.is_symlink():
            runs = place.is_dir() or os.access(place, os.X_OK)
            place.chmod(0o755 if runs else 0o644)
    staging.chmod(0o755)


def copy(origin: Path, place: Path) -> None:
    """Copy a file, with the folders that lead to it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(origin, place)


def architecture() -> str:
    """Name this processor as Debian does."""
    return ARCHITECTURES.get(platform.machine(), platform.machine())
