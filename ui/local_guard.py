"""Lets in the user's own window, and nobody else.

The screens are served on this machine, where any web page the user visits and any
other program can knock. Written as plain ASGI, since Starlette's own middleware
never sees websockets.
"""

import hmac
import secrets
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.neighbours import is_another_user

HOST = "127.0.0.1"
_OWN_REQUESTS = frozenset({b"", b"same-origin", b"none"})
"""What a browser says of a request by one of our pages, or by the user; the others
come from pages elsewhere, of which those on other ports of this machine would be given
the cookie. Older browsers say nothing."""
_SAME_FOR_ALL = ("/static/", "/_nicegui/")
"""Files of the app itself: they tell nothing about the firm."""


class Door:
    """The app's address, and the keys that open it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.token = secrets.token_urlsafe(32)
        self.cookie_name = self.cookie_name_for(port)
        self.on_entered: Callable[[], object] = lambda: None
        self._keys: set[str] = set()

    @staticmethod
    def cookie_name_for(port: int) -> str:
        """Name the cookie of an app: browsers send cookies to every port alike."""
        return f"relance-{port}"

    @property
    def hosts(self) -> frozenset[str]:
        """How the browser may name this server."""
        return frozenset({f"{HOST}:{self.port}", f"localhost:{self.port}"})

    def new_address(self) -> str:
        """Make an address that opens the app, once.

        Once, because other users of the machine may see it in the list of processes.
        """
        key = secrets.token_urlsafe(24)
        self._keys.add(key)
        return f"http://{HOST}:{self.port}/enter?key={key}"

    def use_key(self, given: str) -> bool:
        """Accept a key, and forget it."""
        for key in self._keys:
            if hmac.compare_digest(given.encode(), key.encode()):
                self._keys.remove(key)
                return True
        return False

    def knows(self, token: str) -> bool:
        """Tell whether a token is the one given at the door."""
        return hmac.compare_digest(token.encode(), self.token.encode())


class LocalGuard:
    """Refuses other hosts, other origins, and whoever did not come by the door."""

    def __init__(self, app: ASGIApp, door: Door, refused: str) -> None:
        self._app = app
        self._door = door
        self._refused = refused.encode()
        self._headers = _headers_for(door)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from the user's window; refuse the rest."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin1"): value for name, value in scope["headers"]}
        if status := self._wrong_address(headers):
            await self._refuse(scope, receive, send, status)
        elif self._is_knocking(scope):
            await self._answer_the_door(scope, receive, send, headers)
        elif self._has_cookie(headers) and self._is_own(scope, headers):
            await self._app(scope, receive, self._with_headers(send))
        else:
            await self._refuse(scope, receive, send, 403)

    def _wrong_address(self, headers: dict[str, bytes]) -> int | None:
        """Tell what is wrong with how the app was reached, as an HTTP status."""
        if headers.get("host", b"").decode("latin1") not in self._door.hosts:
            return 421  # another name for this machine: DNS rebinding
        origin = headers.get("origin", b"").decode("latin1")
        if origin and origin.removeprefix("http://") not in self._door.hosts:
            return 403
        return None

    def _is_knocking(self, scope: Scope) -> bool:
        return (scope.get("method"), scope["path"]) == ("GET", "/enter")

    def _has_cookie(self, headers: dict[str, bytes]) -> bool:
        cookies = cookie_parser(headers.get("cookie", b"").decode("latin1"))
        return self._door.knows(cookies.get(self._door.cookie_name, ""))

    def _is_own(self, scope: Scope, headers: dict[str, bytes]) -> bool:
        """Tell whether one of our pages asks, or the user, and no other user."""
        if headers.get("sec-fetch-site", b"") not in _OWN_REQUESTS:
            return False
        if scope.get("method") == "GET" and scope["path"].startswith(_SAME_FOR_ALL):
            return True
        _host, client_port = scope["client"]
        return not is_another_user(client_port, self._door.port)

    async def _answer_the_door(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[str, bytes]
    ) -> None:
        given = parse_qs(scope["query_string"].decode("latin1")).get("key", [""])[0]
        if self._door.use_key(given):
            await self._let_in(send)
            self._door.on_entered()
        elif self._has_cookie(headers):
            await self._let_in(send)  # an old address, from someone already inside
        else:
            await self._refuse(scope, receive, send, 403)

    async def _let_in(self, send: Send) -> None:
        cookie = (
            f"{self._door.cookie_name}={self._door.token}; "
            "HttpOnly; SameSite=Strict; Path=/"
        )
        head = [
            (b"location", b"/"),
            (b"set-cookie", cookie.encode()),
            (b"cache-control", b"no-store"),
        ]
        await _respond(self._with_headers(send), 303, head)

    async def _refuse(
        self, scope: Scope, receive: Receive, send: Send, status: int
    ) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        head = [(b"content-type", b"text/plain; charset=utf-8")]
        await _respond(self._with_headers(send), status, head, self._refused)

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                head = [*message.get("headers", []), *self._headers.items()]
                message = {**message, "headers": head}
            await send(message)

        return send_with_headers


def _headers_for(door: Door) -> dict[bytes, bytes]:
    """Tell the browser what pages may do: nothing from elsewhere, in nobody's frame.

    'unsafe-eval' and 'unsafe-inline' stay, since Vue compiles its templates in the
    browser, NiceGUI writes scripts and styles into each page and evaluates what the
    server asks for. No attribute of an element runs anything, though.
    """
    sockets = " ".join(f"ws://{host}" for host in sorted(door.hosts))
    policy = (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        f"connect-src 'self' {sockets}",
        "frame-src blob:",  # a PDF on its way to the printer
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
    return {
        b"content-security-policy": "; ".join(policy).encode(),
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"referrer-policy": b"no-referrer",
        b"x-content-type-options": b"nosniff",
        b"x-frame-options": b"DENY",
    }


async def _respond(
    send: Send, status: int, head: list[tuple[bytes, bytes]], body: bytes = b""
) -> None:
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
