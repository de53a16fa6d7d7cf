"""What a built Relance contains: our own files, and the libraries they need.

Run in the project's environment, where the locked versions are installed.
"""

import shutil
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
VERSION: str = PROJECT["version"]
OURS = ("domain", "storage", "ui", "templates", "main.py", "pyproject.toml", "LICENSE")
PICTURES = "docs/screenshots"
"""The wide ones stand in the help."""

# Within site-packages. The screens draw charts and tables alone, and the words of the
# interface are French or English; NiceGUI brings its own copy of plotly.js.
UNUSED = (
    "plotly/labextension",
    "plotly/package_data/plotly.min.js",
    "plotly/package_data/datasets",
    "plotly/matplotlylib",
    "nicegui/testing",
    "nicegui/llms.md",
    "nicegui/elements/mermaid/dist",
    "nicegui/elements/codemirror/dist",
    "nicegui/elements/scene/dist",
    "nicegui/elements/json_editor/dist",
    "nicegui/elements/leaflet/dist",
    "nicegui/elements/xterm/dist",
)
NEVER_USED = ("pip",)
"""Asked for by the command line of sqlite-utils alone."""
LOCALES = "babel/locale-data"
LOCALES_KEPT = ("root", "en", "fr")


def copy_ours(target: Path) -> None:
    """Copy the application's own files."""
    for name in OURS:
        origin = ROOT / name
        if origin.is_dir():
            left_out = shutil.ignore_patterns("__pycache__", "*.pyc", "*.mo")
            shutil.copytree(origin, target / name, ignore=left_out)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin, target / name)
    pictures = target / PICTURES
    pictures.mkdir(parents=True)
    for picture in (ROOT / PICTURES).glob("*-1366.png"):
        shutil.copy(picture, pictures)


def compile_catalogues(ours: Path) -> None:
    """Compile the translations: what a package brings starts faster."""
    sys.path.insert(0, str(ROOT))
    from ui.translation import compiled_catalogue

    for source in ours.glob("ui/locales/*/LC_MESSAGES/messages.po"):
        source.with_suffix(".mo").write_bytes(compiled_catalogue(source))


def copy_libraries(target: Path) -> None:
    """Copy the libraries the application runs on, less what it never uses."""
    for library in libraries():
        for file in library.files or ():
            origin = Path(str(library.locate_file(file))).resolve()
            if ".." in file.parts or not origin.is_file() or is_unused(file.as_posix()):
                continue
            place = target / file
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin, place)


def is_unused(path: str) -> bool:
    """Tell whether a file of site-packages is of no use to the application."""
    if path.endswith((".pyc", ".pyi")) or path.startswith(UNUSED):
        return True
    if not path.startswith(LOCALES):
        return False
    return Path(path).stem.split("_")[0] not in LOCALES_KEPT


def libraries() -> list[Distribution]:
    """List the installed packages the application runs on, each once."""
    seen: set[tuple[str, str]] = set()
    found: dict[str, Distribution] = {}
    for written in PROJECT["dependencies"]:
        _follow(Requirement(written), seen, found)
    return list(found.values())


def _follow(
    wanted: Requirement, seen: set[tuple[str, str]], found: dict[str, Distribution]
) -> None:
    package = distribution(wanted.name)
    if package.name in NEVER_USED:
        return
    found[package.name] = package
    for extra in ("", *wanted.extras):
        if (package.name, extra) in seen:
            continue
        seen.add((package.name, extra))
        for written in package.requires or ():
            needed = Requirement(written)
            if not needed.marker or needed.marker.evaluate({"extra": extra}):
                _follow(needed, seen, found)
