"""Waits on this computer for the browser to come back from the provider (RFC 8252)."""

import secrets
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit

from domain.ports.sign_in import SignInWords

PAGE = (
    '<!doctype html><meta charset="utf-8"><title>Relance</title>'
    '<body style="font-family: sans-serif; margin: 4em"><p>{}</p>'
)
_SLICE = 0.05
"""Seconds between looks at whether the user gave up."""


class BrowserReturn(ThreadingHTTPServer):
    """Listens on 127.0.0.1, on a port of its own, for one answer: ours."""

    daemon_threads = True
    block_on_close = False
    timeout = _SLICE

    def __init__(self, words: SignInWords) -> None:
        self.words = words
        self.state = secrets.token_urlsafe(32)
        self.answer: dict[str, str] = {}
        self._given_up = threading.Event()
        super().__init__(("127.0.0.1", 0), _Page)

    def server_bind(self) -> None:
        """Take a port; the library would then ask the network for our name."""
        TCPServer.server_bind(self)

    def wait(self, patience: float) -> dict[str, str]:
        """Wait for what the provider answered; empty when nothing came."""
        until = monotonic() + patience
        while not (self.answer or self._given_up.is_set()) and monotonic() < until:
            self.handle_request()
        return self.answer

    def give_up(self) -> None:
        """Stop waiting."""
        self._given_up.set()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Leave a browser that hangs up alone: the library would print it."""


class _Page(BaseHTTPRequestHandler):
    """One request of the browser, or of anything else on this computer."""

    server: BrowserReturn
    timeout = 5

    def do_GET(self) -> None:
        """Take the answer that carries our own state; nothing else counts."""
        asked = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(asked.query).items()}
        state = given.get("state", "")
        is_ours = secrets.compare_digest(state.encode(), self.server.state.encode())
        if asked.path != "/" or not is_ours or not {"code", "error"} & given.keys():
            self.send_error(404)
            return
        words = self.server.words
        says = words.done if "code" in given else words.refused
        body = PAGE.format(escape(says)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)
        self.server.answer = given

    def log_message(self, *_said: Any) -> None:  # noqa: ANN401
        """Write nothing: the address holds what lets somebody in."""
