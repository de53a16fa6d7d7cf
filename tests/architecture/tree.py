"""What the guards look at: the project's files, and its tools in ``packaging/``."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def python_files(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def lines_of(*folders: str) -> list[tuple[str, str]]:
    """Each line of code of these folders, with where it stands."""
    return [
        (f"{file.relative_to(ROOT)}:{number}", line)
        for file in python_files(*folders)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
    ]


def packaging_module(name: str) -> ModuleType:
    """Import a file of packaging/, which is a folder of scripts, not a package."""
    scripts = str(ROOT / "packaging")
    sys.path.insert(0, scripts)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(scripts)
