"""The app as a process of its own, and a real browser."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from tempfile import mkdtemp
from typing import Self
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ui.components import undo_bar

ROOT = Path(__file__).parents[2]
WATCHED = Path(__file__).parent / "watched"
"""What makes an app that is started note where it calls."""
LOCAL = re.compile(
    r"(?:http|ws)://(?:127\.0\.0\.1|(?:\w+\.)?localhost):\d+/"
    r"|file:|data:|blob:|about:|chrome-extension:|chrome:"
)
"""What a page may ask for; Chromium shows PDFs with an extension of its own."""
CHROMIUM = shutil.which("chromium")
PATIENCE_MS = 45_000
"""How long a page may keep a journey waiting, on a machine that is busy."""
QUIET_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class StartedApp:
    """A process of the app, what it says on its output, and whom it calls."""

    def __init__(self, arguments: list[str], folder: Path, **environment: str) -> None:
        self._calls = Path(mkdtemp()) / "calls"
        # NiceGUI refuses to serve when it believes that pytest runs it.
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST", "NICEGUI", "DISPLAY", "WAYLAND"))
        }
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env={
                **inherited,
                "PYTHONPATH": _with_root(inherited),
                "RELANCE_TEST_OUTSIDE_CALLS": str(self._calls),
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    def next_line(self) -> str:
        """Wait for the app to say something."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def next_address(self) -> str:
        """Wait for the app to say where it is."""
        line = self.next_line()
        found = re.search(r"http://\S+", line)
        assert found, f"{line!r}, then {self.ended().stderr}"
        return found.group()

    def ended(self) -> subprocess.CompletedProcess[str]:
        """Wait for the end."""
        output, errors = self.process.communicate(timeout=30)
        code = self.process.returncode
        assert self.outside_calls() == []
        return subprocess.CompletedProcess("relance", code, output, errors)

    def outside_calls(self) -> list[str]:
        """List what it asked of other machines, processes of its own included."""
        return self._calls.read_text().splitlines() if self._calls.exists() else []

    def stop(self) -> subprocess.CompletedProcess[str]:
        """Ask the app to end, as the system does at shutdown."""
        self.process.terminate()
        return self.ended()


def _with_root(environment: dict[str, str]) -> str:
    folders = (str(WATCHED), str(ROOT), environment.get("PYTHONPATH"))
    return os.pathsep.join(folder for folder in folders if folder)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave what can be undone in sight: on a busy machine ten seconds are short."""
    monkeypatch.setattr(undo_bar, "SHOWN_SECONDS", 600)


StartApp = Callable[..., StartedApp]


@pytest.fixture
def start_app(tmp_path: Path) -> Iterator[StartApp]:
    """Start main.py with arguments; without a display unless one is given."""
    started: list[StartedApp] = []

    def start(*arguments: str, **environment: str) -> StartedApp:
        command = [str(ROOT / "main.py"), "--data", str(tmp_path / "books"), *arguments]
        started.append(StartedApp(command, tmp_path, **environment))
        return started[-1]

    yield start
    for app in started:
        app.process.kill()
        app.process.communicate()
        assert app.outside_calls() == []


class Visitor:
    """Someone who knocks at the app's address, with or without its cookie."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.port = parts.port or 0
        self.host = f"127.0.0.1:{self.port}"
        self.door = f"{parts.path}?{parts.query}"
        self.cookie = ""

    def get(self, path: str, **headers: str) -> HTTPResponse:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, content: bytes, **headers: str) -> HTTPResponse:
        return self._ask("POST", path, content, headers)

    def _ask(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        cookie = {"Cookie": self.cookie} if self.cookie else {}
        connection.request(method, path, content, {**cookie, **headers})
        return connection.getresponse()

    def enter(self) -> Self:
        """Use the key, and keep the cookie it gives."""
        answer = self.get(self.door)
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return self


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, without a window; it goes with the module.

    Playwright keeps an event loop running, in which asynchronous tests cannot run.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(QUIET_CHROMIUM)
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of a new French visitor, which asks nothing of any other machine.

    All that it asks is looked at when it closes: a journey cannot call elsewhere
    without failing.
    """
    context = browser.new_context(
        locale="fr-FR", viewport={"width": 1366, "height": 768}
    )
    context.set_default_timeout(PATIENCE_MS)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    tab = context.new_page()
    tab.on("websocket", lambda socket: asked.append(socket.url))
    yield tab
    context.close()
    assert outside(asked) == []


def outside(addresses: Iterable[str]) -> list[str]:
    """Keep the addresses that lead out of this machine."""
    return [one for one in addresses if not LOCAL.match(one)]
