"""Real requests to a real app: what a web page or a neighbour could try."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.ui.conftest import ROOT, StartedApp, Visitor

NOBODY = 65534
SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport="


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedApp]:
    folder = tmp_path_factory.mktemp("guarded")
    started = StartedApp([str(ROOT / "main.py"), "--data", str(folder)], folder)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def address(app: StartedApp) -> str:
    return app.next_address()


@pytest.fixture(scope="module")
def user(address: str) -> Visitor:
    return Visitor(address).enter()


@pytest.fixture
def stranger(user: Visitor, address: str) -> Visitor:
    assert user.cookie
    return Visitor(address)


def test_the_user_sees_the_home_page(user: Visitor) -> None:
    assert user.get("/").status == 200


def test_a_key_opens_once(stranger: Visitor) -> None:
    assert stranger.get(stranger.door).status == 403


def test_an_old_address_still_leads_home_whoever_is_inside(user: Visitor) -> None:
    assert user.get(user.door).status == 303


UPLOAD, DOWNLOAD = "/_nicegui/client/a/upload/1", "/_nicegui/auto/static/a/liste.csv"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/static/style.css", "/enter?key=guess", "/enter", SOCKET + "polling"),
        *(UPLOAD, DOWNLOAD, "/invoices/firm/F1.pdf", "/reveal"),
    ],
)
def test_another_user_of_the_machine_is_refused(stranger: Visitor, path: str) -> None:
    answer = stranger.get(path)

    assert answer.status == 403
    assert answer.read().decode().startswith("Accès refusé")


def test_a_guessed_cookie_is_refused(stranger: Visitor) -> None:
    stranger.cookie = f"relance-{stranger.port}=guess"

    assert stranger.get("/").status == 403


@pytest.mark.parametrize("host", ["evil.example.com", "127.0.0.1", ""])
def test_another_name_of_this_machine_is_refused(user: Visitor, host: str) -> None:
    assert user.get("/", Host=host).status == 421


@pytest.mark.parametrize("origin", ["http://evil.example.com", "null"])
def test_a_page_from_elsewhere_is_refused(user: Visitor, origin: str) -> None:
    assert user.get(SOCKET + "polling", Origin=origin).status == 403


@pytest.mark.parametrize("path", [UPLOAD, DOWNLOAD, "/reveal", SOCKET + "polling"])
def test_a_page_from_elsewhere_hands_nothing_over(user: Visitor, path: str) -> None:
    for name, value, status in (
        ("Origin", "http://127.0.0.1:1", 403),
        ("Sec-Fetch-Site", "same-site", 403),
        ("Host", "rebound.example.com", 421),
    ):
        assert user.post(path, b"x", **{name: value}).status == status


def test_our_own_page_may_open_a_socket(user: Visitor) -> None:
    assert handshake(user, origin=f"http://{user.host}", cookie=user.cookie) == 101


def test_a_socket_without_the_cookie_is_refused(user: Visitor) -> None:
    assert handshake(user, origin=f"http://{user.host}", cookie="") == 403


def test_a_socket_opened_by_a_page_from_elsewhere_is_refused(user: Visitor) -> None:
    origin = "http://evil.example.com"

    assert handshake(user, origin=origin, cookie=user.cookie) == 403


def test_no_page_may_frame_the_app_nor_may_it_load_anything_from_elsewhere(
    user: Visitor,
) -> None:
    headers = user.get("/").headers
    policy = dict(
        rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; ")
    )

    assert policy["frame-ancestors"] == policy["default-src"] == "'none'"
    assert policy["script-src-attr"] == policy["form-action"] == "'none'"
    local = {f"ws://{name}:{user.port}" for name in ("127.0.0.1", "localhost")}
    assert set(policy["connect-src"].split()) == {"'self'", *local}
    assert not [rule for rule in policy.values() if "http" in rule or "*" in rule]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_page_on_another_port_is_refused_though_it_is_given_the_cookie(
    user: Visitor,
) -> None:
    """Ports share cookies, and a page asks for pictures and scripts without Origin."""
    for site in ("same-site", "cross-site"):
        assert user.get("/", **{"Sec-Fetch-Site": site}).status == 403
        assert user.get("/static/style.css", **{"Sec-Fetch-Site": site}).status == 403
    assert user.get("/", **{"Sec-Fetch-Site": "none"}).status == 200


@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="needs to be two users"
)
def test_another_user_is_refused_even_with_the_cookie(user: Visitor) -> None:
    request = f"GET / HTTP/1.1\r\nHost: {user.host}\r\nCookie: {user.cookie}\r\n\r\n"

    assert ask_as(os.getuid(), user.port, request) == 200
    assert ask_as(NOBODY, user.port, request) == 403


def test_the_cookie_stays_out_of_reach_of_pages(user: Visitor, app: StartedApp) -> None:
    assert user.cookie, "an address is printed once the last one is used"
    visitor = Visitor(app.next_address())
    cookie = visitor.get(visitor.door).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def ask_as(uid: int, port: int, request: str) -> int:
    """Send a request from a process of another user, and return the status."""
    code = (
        "import os, socket, sys\n"
        "uid, port, request = sys.argv[1:]\n"
        "''.encode('idna')\n"  # read while its file still can be
        "os.setuid(int(uid))\n"
        "line = socket.create_connection(('127.0.0.1', int(port)), 10)\n"
        "line.sendall(request.encode())\n"
        "print(line.recv(64).split()[1].decode())"
    )
    arguments = [str(uid), str(port), request]
    asked = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(asked.stdout)


def handshake(visitor: Visitor, *, origin: str, cookie: str) -> int:
    """Ask for a websocket, and return the status of the answer."""
    request = (
        f"GET {SOCKET}websocket HTTP/1.1\r\n"
        f"Host: {visitor.host}\r\nOrigin: {origin}\r\nCookie: {cookie}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", visitor.port), timeout=10) as line:
        line.sendall(request.encode())
        return int(line.recv(64).split()[1])
