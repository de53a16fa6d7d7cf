"""Signs in by the browser: authorization code with PKCE, on this computer only.

What lasts (the refresh token) is in the system's keyring; what opens a mailbox for an
hour (the access token) is only ever in memory. The provider is spoken to when an
account is set to sign in that way, and never otherwise.
"""

import base64
import hashlib
import json
import secrets as randomness
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPSHandler, Request, build_opener

from domain.ports.sign_in import OAuthClient, Provider, SignInWords
from storage.mail import secrets
from storage.mail.browser_return import BrowserReturn
from storage.mail.providers import PROVIDERS, Endpoints
from storage.mail.sign_in_refusals import (
    NoLastingPermissionError,
    ProviderOddError,
    ProviderSilentError,
    ProviderUnprovenError,
    ProviderUnreachableError,
    SignInLateError,
    SignInMissingError,
    refusal_of,
)

PATIENCE = 300.0
"""Seconds to find one's password, and one's telephone."""
_LARGEST = 100_000
_EARLY = 60.0
"""Seconds before its end at which an access token is no longer used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Access:
    token: str
    until: float


class SignIns:
    """Those who signed in, for as long as their provider lets them."""

    def __init__(
        self,
        providers: Mapping[Provider, Endpoints] = PROVIDERS,
        *,
        timeout: float = 30.0,
        patience: float = PATIENCE,
    ) -> None:
        self._providers = providers
        self._timeout = timeout
        self._patience = patience
        self._known: dict[tuple[OAuthClient, str], _Access] = {}
        self._one_at_a_time = threading.Lock()
        self._waiting: BrowserReturn | None = None

    def sign_in(
        self,
        client: OAuthClient,
        user: str,
        secret: str,
        show: Callable[[str], None],
        words: SignInWords,
    ) -> None:
        """Show the provider's page, wait for the user, keep what lasts of it."""
        self.cancel()
        endpoints = self._providers[client.provider].of(client)
        kept = secrets.recall(_secret_name(client))  # without a keyring, in vain
        secret = secret or kept
        verifier = randomness.token_urlsafe(64)
        with BrowserReturn(words) as back:
            self._waiting = back
            port = back.server_address[1]
            comes_back_to = f"http://{endpoints.comes_back_to}:{port}"
            asked = {
                "client_id": client.client_id,
                "redirect_uri": comes_back_to,
                "response_type": "code",
                "scope": endpoints.scope,
                "state": back.state,
                "code_challenge": _challenge(verifier),
                "code_challenge_method": "S256",
                "login_hint": user,
            }
            show(f"{endpoints.page}?{urlencode(asked | endpoints.also)}")
            answer = back.wait(self._patience)
        if not answer:
            raise SignInLateError
        if "code" not in answer:
            raise refusal_of(answer["error"], answer.get("error_description", ""))
        try:
            given = self._ask(
                endpoints,
                client,
                secret,
                grant_type="authorization_code",
                code=answer["code"],
                code_verifier=verifier,
                redirect_uri=comes_back_to,
            )
        except ProviderSilentError as problem:
            raise ProviderUnreachableError from problem
        if not given.get("refresh_token"):
            raise NoLastingPermissionError
        with self._one_at_a_time:
            if secret:
                secrets.keep(_secret_name(client), secret)
            self._remember(client, user, given)

    def cancel(self) -> None:
        """Stop waiting for the browser."""
        if self._waiting:
            self._waiting.give_up()
            self._waiting = None

    def access_token(
        self, client: OAuthClient, user: str, *, anew: bool = False
    ) -> str:
        """Give what opens the mailbox now, asked of the provider when needed.

        Raises:
            SignInError: the user must sign in again.
            ProviderSilentError: the provider cannot be reached.
        """
        with self._one_at_a_time:
            known = self._known.get((client, user))
            if known and not anew and time.time() < known.until:
                return known.token
            lasting = secrets.recall(_name(client, user))
            if not lasting:
                raise SignInMissingError
            given = self._ask(
                self._providers[client.provider].of(client),
                client,
                secrets.recall(_secret_name(client)),
                grant_type="refresh_token",
                refresh_token=lasting,
            )
            return self._remember(client, user, given)

    def _remember(self, client: OAuthClient, user: str, given: dict[str, Any]) -> str:
        """Keep what the provider gave; it may replace what lasts each time."""
        token, lasting = given.get("access_token"), given.get("refresh_token")
        seconds = given.get("expires_in", 0)
        if not isinstance(token, str) or not token.isascii():
            raise ProviderOddError
        if isinstance(lasting, str) and lasting:
            secrets.keep(_name(client, user), lasting)
        lasts = float(seconds) if isinstance(seconds, int | float) else 0.0
        self._known[client, user] = _Access(
            token=token, until=time.time() + lasts - _EARLY
        )
        return token

    def _ask(
        self, endpoints: Endpoints, client: OAuthClient, secret: str, **asked: str
    ) -> dict[str, Any]:
        """Ask the provider; only ever one that proves who it is."""
        form = {"client_id": client.client_id, **asked}
        if secret:
            form["client_secret"] = secret
        opener = build_opener(HTTPSHandler(context=ssl.create_default_context()))
        request = Request(endpoints.tokens, urlencode(form).encode())  # noqa: S310
        try:
            with opener.open(request, timeout=self._timeout) as said:
                return _understood(said.read(_LARGEST))
        except HTTPError as problem:
            told = _understood(problem.read(_LARGEST))
            error, why = told.get("error"), told.get("error_description", "")
            raise refusal_of(str(error), str(why)) from None
        except URLError as problem:
            if isinstance(problem.reason, ssl.SSLCertVerificationError):
                raise ProviderUnprovenError from problem
            raise ProviderSilentError from problem
        except (OSError, ValueError) as problem:
            raise ProviderSilentError from problem


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _understood(said: bytes) -> dict[str, Any]:
    try:
        told = json.loads(said)
    except ValueError:
        raise ProviderOddError from None
    if not isinstance(told, dict):
        raise ProviderOddError
    return told


def _name(client: OAuthClient, user: str) -> str:
    return f"{user}@{client.provider}/{client.client_id}"


def _secret_name(client: OAuthClient) -> str:
    return f"{client.client_id}@{client.provider}"
