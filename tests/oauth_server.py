"""A provider that lets in by the browser, and the mail servers that believe it only.

``with provider() as google:`` gives its addresses; ``google.browse`` is the user's
browser, who says yes. ``with mail_servers(google) as (smtp, imap):`` gives the ports of
an SMTP and an IMAP server that take XOAUTH2 and nothing else. All on loopback.
"""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

from domain.ports.sign_in import OAuthClient, Provider
from storage.mail.providers import Endpoints

USER = "compta@example.com"
CLIENT = OAuthClient(provider=Provider.GOOGLE, client_id="our-client")
SECRET = "our-secret"
LONG = "r" * 3_000
"""As long as Microsoft's, and longer than Windows keeps in one piece."""


class AuthorizationServer:
    """What a provider does, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, str] | None = None
        """What the browser brings back instead of a code."""
        self.refuses: tuple[str, str] | None = None
        """What is said to those who ask for tokens: error, description."""
        self.lasts = 3600
        self.raw = b""
        """What is said to them instead, whatever it is."""
        self.tokens: set[str] = set()
        self.pages: list[dict[str, str]] = []
        self.asked: list[dict[str, str]] = []
        self.shown: list[str] = []
        self.port = 0
        self._challenges: dict[str, str] = {}
        self._browsers: list[threading.Thread] = []

    @property
    def endpoints(self) -> Endpoints:
        here = f"http://127.0.0.1:{self.port}"
        return Endpoints(
            page=f"{here}/page",
            tokens=f"{here}/tokens",
            scope="mail",
            comes_back_to="127.0.0.1",
        )

    def browse(self, *addresses: str) -> None:
        """Open pages one after the other, as a browser does, beside the app."""
        reading = threading.Thread(target=self._read, args=addresses, daemon=True)
        self._browsers.append(reading)
        reading.start()

    def close_browsers(self) -> None:
        for browser in self._browsers:
            browser.join(10)

    def _read(self, *addresses: str) -> None:
        for address in addresses:
            try:
                with urlopen(address, timeout=10) as page:  # noqa: S310
                    self.shown.append(page.read().decode())
            except HTTPError as problem:
                self.shown.append(str(problem.code))

    def page(self, asked: dict[str, str]) -> str:
        """Let the user say yes; the answer goes back by the browser."""
        self.pages.append(asked)
        code = f"code-{len(self.pages)}"
        self._challenges[code] = asked["code_challenge"]
        answers = self.answers or {"code": code}
        back = {"state": asked["state"], **answers}
        return f"{asked['redirect_uri']}/?{urlencode(back)}"

    def give(self, asked: dict[str, str]) -> tuple[int, bytes]:
        """Give tokens to who asks rightly."""
        self.asked.append(asked)
        if self.raw:
            return 200, self.raw
        error = self.refuses or self._wrong(asked)
        if error:
            told = {"error": error[0], "error_description": error[1]}
            return 400, json.dumps(told).encode()
        token = f"access-{len(self.asked)}"
        self.tokens.add(token)
        told = {
            "access_token": token,
            "expires_in": str(self.lasts),
            "refresh_token": f"{LONG}{len(self.asked)}",
        }
        return 200, json.dumps({**told, "expires_in": self.lasts}).encode()

    def _wrong(self, asked: dict[str, str]) -> tuple[str, str] | None:
        if (asked["client_id"], asked.get("client_secret")) != ("our-client", SECRET):
            return "invalid_client", "The OAuth client was not found."
        if asked["grant_type"] == "authorization_code":
            digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
            proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            if self._challenges.pop(asked["code"], "") != proof:
                return "invalid_grant", "Bad verifier"
        elif not asked["refresh_token"].startswith(LONG):
            return "invalid_grant", "Bad token"
        return None


def _one_each(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


@contextmanager
def provider() -> Iterator[AuthorizationServer]:
    """Run a provider."""
    known = AuthorizationServer()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            there = known.page(_one_each(urlsplit(self.path).query))
            self.send_header("Location", there)
            self.end_headers()

        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            status, body = known.give(_one_each(self.rfile.read(size).decode()))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        known.port = server.server_address[1]
        with _served(server):
            yield known
            known.close_browsers()


class _Conversation(StreamRequestHandler):
    """One connection of a mail program, line by line."""

    tokens: set[str]

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def heard(self) -> str:
        return self.rfile.readline().decode().strip()

    def is_let_in(self, said: str) -> bool:
        clear = base64.b64decode(said).decode()
        return any(
            clear == f"user={USER}\x01auth=Bearer {token}\x01\x01"
            for token in self.tokens
        )


class _Smtp(_Conversation):
    received: list[str]

    def handle(self) -> None:
        is_in = False
        self.say("220 ready")
        while line := self.heard():
            command, *rest = line.split()
            match command.upper():
                case "EHLO":
                    self.say("250-here\r\n250 AUTH XOAUTH2")
                case "AUTH":
                    is_in = rest[0] == "XOAUTH2" and self.is_let_in(rest[1])
                    if not is_in:
                        self.say("334 eyJzdGF0dXMiOiI0MDAifQ==")
                        self.heard()
                    self.say("235 OK" if is_in else "535 5.7.8 no")
                case "DATA" if is_in:
                    self.say("354 go on")
                    while (text := self.heard()) != ".":
                        self.received.append(text)
                    self.say("250 taken")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 OK" if is_in else "530 5.7.0 log in first")


class _Imap(_Conversation):
    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.heard():
            tag, command = line.split()[:2]
            match command.upper():
                case "CAPABILITY":
                    self.say("* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2")
                    self.say(f"{tag} OK done")
                case "AUTHENTICATE":
                    self.say("+ ")
                    if self.is_let_in(self.heard()):
                        self.say(f"{tag} OK in")
                    else:
                        self.say("+ eyJzdGF0dXMiOiI0MDAifQ==")
                        self.heard()
                        self.say(f"{tag} NO [AUTHENTICATIONFAILED] no")
                case "EXAMINE":
                    self.say(f"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] .\r\n{tag} OK done")
                case _:
                    self.say(f"{tag} OK done")


@contextmanager
def mail_servers(known: AuthorizationServer) -> Iterator[tuple[int, int, list[str]]]:
    """Run both; tell their ports, and the lines of what was received."""
    received: list[str] = []
    told = {"tokens": known.tokens, "received": received}
    with (
        _listening(type("Smtp", (_Smtp,), told)) as smtp,
        _listening(type("Imap", (_Imap,), told)) as imap,
    ):
        yield smtp, imap, received


@contextmanager
def _listening(handler: Callable[..., Any]) -> Iterator[int]:
    class Server(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), handler) as server, _served(server):
        yield server.server_address[1]


@contextmanager
def _served(server: ThreadingTCPServer | ThreadingHTTPServer) -> Iterator[None]:
    serving = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    serving.start()
    try:
        yield
    finally:
        server.shutdown()
        serving.join(10)
