"""Build what people install, into ``dist``; run by ``dev.py package [deb|bundle]``.

On Linux a Debian package and a tarball that asks nothing of the system; on Windows
and macOS a folder or a bundle in a ZIP file. ``deb`` or ``bundle`` makes one of them.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from contents import ROOT, VERSION
from debian import build_package
from environment import TOOLS_LOCK
from icons import make_icons

BUILD, DIST = ROOT / "build", ROOT / "dist"
ICONS = BUILD / "icons"
TOOLS = BUILD / "tools"
SYSTEM = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def main(asked: list[str]) -> None:
    """Build all that this system can build, or what is asked, and give the sizes."""
    make_icons(ICONS)
    DIST.mkdir(exist_ok=True)
    built = []
    if SYSTEM == "linux" and "bundle" not in asked:
        built.append(build_package(BUILD / "debian", ICONS, DIST))
    if "deb" not in asked:
        built.append(build_bundle())
    for file in built:
        print(f"{file.relative_to(ROOT)} : {file.stat().st_size / 1e6:.0f} Mo")


def build_bundle() -> Path:
    """Freeze the app with its Python and its libraries, and pack the result."""
    bring_tools()
    paths = os.pathsep.join((str(TOOLS), os.environ.get("PYTHONPATH", "")))
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", BUILD / "bundle", "--workpath", BUILD / "pyinstaller"),
        Path(__file__).with_name("relance.spec"),
    ]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": paths})
    name = "Relance.app" if SYSTEM == "macos" else "relance"
    archive = shutil.make_archive(
        str(DIST / f"relance-{VERSION}-{SYSTEM}"),
        "zip" if SYSTEM == "windows" else "gztar",
        root_dir=BUILD / "bundle",
        base_dir=name,
    )
    return Path(archive)


def bring_tools() -> None:
    """Install PyInstaller beside the environment, which stays what it was."""
    if TOOLS.exists():
        return
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"),
        *("--disable-pip-version-check", "--target", TOOLS, "-r", TOOLS_LOCK),
    ]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
