"""What people install holds what the app needs, and nothing of the workshop."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, packaging_module

contents = packaging_module("contents")
debian = packaging_module("debian")
icons = packaging_module("icons")

MENU = ROOT / "packaging" / "linux" / "relance.desktop"


def test_the_app_s_libraries_are_packed_and_the_tools_are_not() -> None:
    names = {library.name.lower() for library in contents.libraries()}

    assert {"nicegui", "weasyprint", "plotly", "secretstorage", "uvicorn"} <= names
    assert not names & {"pytest", "ruff", "mypy", "playwright", "pip", "pyinstaller"}


def test_a_package_has_our_folders_without_what_python_leaves_in_them(
    tmp_path: Path,
) -> None:
    contents.copy_ours(tmp_path)

    assert (tmp_path / "main.py").exists()
    assert (tmp_path / "ui/locales/fr/LC_MESSAGES/messages.po").exists()
    assert (tmp_path / "templates/letters/base.html").exists()
    contents.compile_catalogues(tmp_path)
    assert len(list(tmp_path.rglob("*.mo"))) == 1
    assert list(tmp_path.rglob("*.pyc")) == []
    assert not (tmp_path / "tests").exists()


def test_only_the_languages_of_the_app_are_packed() -> None:
    kept = "babel/locale-data/fr_FR.dat", "babel/locale-data/root.dat"
    left = "babel/locale-data/frr.dat", "babel/locale-data/zu.dat"

    assert not any(map(contents.is_unused, kept))
    assert all(map(contents.is_unused, left))


def test_the_package_asks_for_what_the_window_and_the_letters_take() -> None:
    system_parts = packaging_module("system_parts")
    wanted = {part.package for part in system_parts.LIBRARIES.values()}

    assert wanted | set(system_parts.WINDOW_PACKAGES) <= set(debian.NEEDS)


def test_the_menu_entry_hands_over_a_file_by_an_option_that_exists() -> None:
    command = re.search(r"^Exec=relance (--\S+) %f$", MENU.read_text(), re.MULTILINE)

    assert command
    arguments = (ROOT / "ui" / "cli" / "arguments.py").read_text()
    assert f'"{command[1]}"' in arguments


def test_the_icon_is_drawn_with_its_corners_left_clear() -> None:
    drawn = icons.draw(64)

    assert drawn.size == (64, 64)
    assert drawn.getpixel((0, 0))[3] == 0
    assert drawn.getpixel((10, 32)) == (0x12, 0x43, 0x6D, 255)
