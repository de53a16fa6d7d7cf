"""A whole journey asks nothing of any other machine, and that would be seen.

Every browser test of the suite is watched so, by ``page`` and ``StartedApp``: imports,
letters, e-mails, exports, and every screen (tests/journeys).
"""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import WATCHED, StartApp, outside


def test_a_screen_is_drawn_by_its_own_app_alone(
    start_app: StartApp, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    app = start_app("--demo")
    page.goto(app.next_address())
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    own = urlsplit(page.url).netloc
    app.stop()

    assert {urlsplit(url).netloc for url in asked if "//" in url} == {own}
    assert [url for url in asked if url.startswith("ws:")]
    assert app.outside_calls() == []


@pytest.mark.parametrize(
    "call",
    [
        "socket.create_connection(('192.0.2.1', 80), 0.01)",
        "socket.gethostbyname('example.invalid')",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))",
    ],
)
def test_a_call_to_another_machine_would_be_noted(call: str, tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    subprocess.run(
        [sys.executable, "-c", f"import socket\n{call}"],
        env={"PYTHONPATH": str(WATCHED), "RELANCE_TEST_OUTSIDE_CALLS": str(calls)},
        capture_output=True,
        check=False,
    )

    assert calls.read_text().splitlines()


def test_an_address_elsewhere_would_be_seen() -> None:
    asked = [
        "http://127.0.0.1:8000/",
        "data:image/png,a",
        "ws://127.0.0.1:8000/socket",
        "https://fonts.example.com/a.css",
        "http://127.0.0.1.example.com:80/",
    ]

    assert outside(asked) == asked[3:]
