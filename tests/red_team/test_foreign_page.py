"""What a page from elsewhere gets from the app, in a real browser: nothing."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import ROOT, StartedApp

SOCKET = "_nicegui_ws/socket.io/?EIO=4&transport="
# Each attempt answers with what it got; « nothing » where the browser or the app
# refused. The page stands on another port of this machine: the browser, for which ports
# are one site, gives the app's cookie to both.
ATTEMPTS = """async ([target, line_to]) => {
  const within = (promise) => Promise.race(
    [promise, new Promise((done) => setTimeout(() => done("nothing"), 4000))]);
  const loaded = (kind, address) => within(new Promise((done) => {
    const one = document.createElement(kind);
    one.onload = () => done(kind + " loaded");
    one.onerror = () => done("nothing");
    one[kind === "link" ? "href" : "src"] = address;
    if (kind === "link") one.rel = "stylesheet";
    document.body.append(one);
  }));
  const asked = (options) => fetch(target, options).then(
    async (answer) => answer.type === "opaque" ? "nothing" : await answer.text(),
    () => "nothing");
  const socket = within(new Promise((done) => {
    const line = new WebSocket(target.replace("http", "ws") + line_to + "websocket");
    line.onopen = () => done("socket opened");
    line.onerror = () => done("nothing");
  }));
  const framed = within(new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.onload = () => {
      try { done(frame.contentDocument ? frame.contentDocument.body.innerHTML
                                       : "nothing"); }
      catch { done("nothing"); }
    };
    frame.src = target;
    document.body.append(frame);
  }));
  return {
    read: await asked({credentials: "include"}),
    blind: await asked({credentials: "include", mode: "no-cors"}),
    posted: await asked({credentials: "include", method: "POST", body: "a=b"}),
    polled: await fetch(target + line_to + "polling", {credentials: "include"}).then(
      (answer) => answer.text(), () => "nothing"),
    script: await loaded("script", target + "static/keyboard.js"),
    style: await loaded("link", target + "static/style.css"),
    picture: await loaded("img", target + "static/icon.png"),
    socket: await socket,
    framed: await framed,
  };
}"""


class Attacker(ThreadingHTTPServer):
    """A web server on another port, and the cookies that browsers gave it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _AnyPage)
        self.cookies: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _AnyPage(BaseHTTPRequestHandler):
    server: Attacker

    def do_GET(self) -> None:
        self.server.cookies.append(self.headers.get("Cookie", ""))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title><body>")

    def log_message(self, *_told: Any) -> None:  # noqa: ANN401 - as http.server has it
        """Say nothing."""


@pytest.fixture
def attacker() -> Iterator[Attacker]:
    with Attacker() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedApp]:
    folder = tmp_path_factory.mktemp("attacked")
    started = StartedApp([str(ROOT / "main.py"), "--data", str(folder)], folder)
    yield started
    started.stop()


@pytest.fixture
def home(app: StartedApp, page: Page) -> str:
    page.goto(app.next_address())
    expect(page.locator("h1")).to_be_visible()
    return page.url


def test_a_screen_is_drawn_by_its_own_app_alone(
    app: StartedApp, home: str, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.goto(home + "settings")
    expect(page.locator("h1")).to_be_visible()

    own = urlsplit(home).netloc
    assert {urlsplit(url).netloc for url in asked if "//" in url} == {own}
    assert [url for url in asked if url.startswith("ws:")]
    assert app.outside_calls() == []


def test_a_page_from_elsewhere_reaches_nothing(
    home: str, page: Page, attacker: Attacker
) -> None:
    page.goto(attacker.address)
    got = page.evaluate(ATTEMPTS, [home, SOCKET])

    assert set(got.values()) == {"nothing"}, got
    assert "relance-" in attacker.cookies[0], "ports share cookies: the reason for more"
    port = home.rstrip("/").rpartition(":")[2]
    rebound = page.goto(f"http://rebound.localhost:{port}/")
    assert rebound is not None
    assert rebound.status == 421
    assert "Accès refusé" in page.content()
    page.goto(home)
    expect(page.locator("h1")).to_be_visible()
