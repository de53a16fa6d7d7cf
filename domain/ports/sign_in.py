"""Signing in to a mailbox by the browser, without its password (OAuth2)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, Self


class Provider(StrEnum):
    """Who lets a program in by the browser."""

    GOOGLE = "google"
    MICROSOFT = "microsoft"


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """The user's own permission for a program to ask, as their provider gave it."""

    provider: Provider
    client_id: str
    tenant: str = ""
    """The organisation's directory at Microsoft; empty for any."""

    @classmethod
    def kept(cls, fields: dict[str, Any] | None) -> Self | None:
        """Read it again as it was kept beside an account; None for a password."""
        if not fields:
            return None
        return cls(**{**fields, "provider": Provider(fields["provider"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInWords:
    """What the browser shows when it comes back."""

    done: str
    refused: str


class SignInGateway(Protocol):
    """Signs in by the browser, and keeps what lasts of it in the keyring."""

    def sign_in(
        self,
        client: OAuthClient,
        user: str,
        secret: str,
        show: Callable[[str], None],
        words: SignInWords,
    ) -> None:
        """Show the provider's page, wait for the user, and keep what lasts of it.

        An empty secret is the one that was kept, if any.

        Raises:
            DunningError: the user or the provider refused, or nobody answered.
        """
        ...

    def cancel(self) -> None:
        """Stop waiting for the browser."""
        ...

    def access_token(
        self, client: OAuthClient, user: str, *, anew: bool = False
    ) -> str:
        """Give what opens the mailbox now, asked of the provider when needed.

        Raises:
            DunningError: the user must sign in again.
            OSError: the provider cannot be reached.
        """
        ...
