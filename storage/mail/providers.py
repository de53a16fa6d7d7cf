"""Where Google and Microsoft let a program in by the browser (OAuth2, RFC 6749)."""

from dataclasses import dataclass, field
from urllib.parse import quote

from domain.ports.sign_in import OAuthClient, Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """A provider's addresses, and what is asked of it."""

    page: str
    """Shown in the browser."""
    tokens: str
    scope: str
    comes_back_to: str
    """How the provider wants this computer named; it listens on 127.0.0.1 only."""
    also: dict[str, str] = field(default_factory=dict)

    def of(self, client: OAuthClient) -> "Endpoints":
        """Name the organisation, where the provider has addresses for each."""
        tenant = quote(client.tenant or "common", safe="")
        return Endpoints(
            page=self.page.replace("{tenant}", tenant),
            tokens=self.tokens.replace("{tenant}", tenant),
            scope=self.scope,
            comes_back_to=self.comes_back_to,
            also=self.also,
        )


PROVIDERS = {
    # developers.google.com/identity/protocols/oauth2/native-app. Without « consent »,
    # a second sign-in brings no permission that lasts.
    Provider.GOOGLE: Endpoints(
        page="https://accounts.google.com/o/oauth2/v2/auth",
        tokens="https://oauth2.googleapis.com/token",
        scope="https://mail.google.com/",
        comes_back_to="127.0.0.1",
        also={"access_type": "offline", "prompt": "consent"},
    ),
    # learn.microsoft.com: « Authenticate an IMAP, POP or SMTP connection using OAuth ».
    # Entra takes any port of http://localhost; its form does not take 127.0.0.1.
    Provider.MICROSOFT: Endpoints(
        page="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        tokens="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        scope="https://outlook.office.com/SMTP.Send "
        "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
        comes_back_to="localhost",
    ),
}
