"""What journeys stand on: commands, the demonstration, the app, a real browser."""

from pathlib import Path
from shutil import copytree

import pytest

from storage.outside import Outside
from tests.journeys.command import TODAY, Command
from tests.ui.conftest import browser, page, start_app
from ui.cli import main

__all__ = ["browser", "command", "demo", "demo_folder", "page", "start_app"]


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run commands on a folder of their own."""
    return Command(tmp_path / "books", capsys)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demonstration once."""
    folder = tmp_path_factory.mktemp("demo")
    assert main(Outside(), ["demo", "--date", TODAY, "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def demo(demo_folder: Path, command: Command) -> Command:
    """Run commands on a copy of the demonstration."""
    copytree(demo_folder, command.folder)
    return command
