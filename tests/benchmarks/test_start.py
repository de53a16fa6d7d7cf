"""From nothing to a usable home page, beside a NiceGUI app that shows one line.

In turns, in the same browser, which is already open for both.
"""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import pytest
from playwright.sync_api import Browser, Page

from storage.outside import Outside
from tests.benchmarks.told import tell
from tests.ui.conftest import ROOT, StartedApp, browser
from ui.cli import main
from ui.launcher import free_port

__all__ = ["browser"]  # the fixture of the other browser tests

PEER = Path(__file__).with_name("peer_window.py")
TURNS = 3
CPU_TIMES_ONE_LINE = 2.0
"""Beyond this the start has grown heavier; 1.3 is the aim, which is not reached."""
_TICKS = os.sysconf("SC_CLK_TCK")


def one_line(folder: Path, page: Page) -> StartedApp:
    port = free_port()
    app = StartedApp(
        [str(Path(__file__).with_name("peer_window.py")), str(port)], folder
    )
    while True:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            break
        sleep(0.02)
    page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
    page.get_by_text("One line").wait_for()
    return app


def home(folder: Path, page: Page) -> StartedApp:
    arguments = [str(ROOT / "main.py"), "--data", str(folder / "books"), "--browser"]
    app = StartedApp(arguments, folder)
    page.goto(app.next_address(), wait_until="commit")
    page.locator(".figure-value").first.wait_for()
    return app


def taken(
    browser: Browser, folder: Path, start: Callable[[Path, Page], StartedApp]
) -> tuple[float, float]:
    """Measure seconds on the clock, and of the server's processor."""
    with browser.new_context() as context:
        page = context.new_page()
        started = perf_counter()
        app = start(folder, page)
        seconds = perf_counter() - started
        fields = Path(f"/proc/{app.pid}/stat").read_text().rsplit(")", 1)[1].split()
        app.process.kill()
        app.process.communicate()
    return seconds, (int(fields[11]) + int(fields[12])) / _TICKS


@pytest.mark.benchmark
@pytest.mark.usefixtures("benchmark")
@pytest.mark.timeout(600)
def test_the_home_page_comes_about_as_soon_as_one_line(
    browser: Browser, tmp_path: Path
) -> None:
    assert main(Outside(), ["demo", "--data", str(tmp_path / "books")]) == 0
    taken(browser, tmp_path, home)
    taken(browser, tmp_path, one_line)
    turns = [
        (taken(browser, tmp_path, home), taken(browser, tmp_path, one_line))
        for _turn in range(TURNS)
    ]

    ours, theirs = (
        [median(turn[side][kind] for turn in turns) for kind in (0, 1)]
        for side in (0, 1)
    )
    tell("start", "home page beside one line", ours[0], theirs[0], "s")
    tell("start", "the same, processor of the server", ours[1], theirs[1], "s")
    assert ours[1] <= CPU_TIMES_ONE_LINE * theirs[1]
