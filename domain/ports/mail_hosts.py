"""What is known of mail hosts, and what may be guessed of the others."""

from dataclasses import dataclass
from enum import StrEnum

from domain.basics.sentences import N_
from domain.ports.sign_in import Provider


class PasswordKind(StrEnum):
    """Which password a host takes from a program."""

    USUAL = "usual"
    APPLICATION = "application"
    BROWSER = "browser"

    @property
    def says(self) -> str:
        """What the user should know before typing one: a sentence to translate."""
        return {
            PasswordKind.USUAL: "",
            PasswordKind.APPLICATION: N_(
                "This host wants a password made for programs: create one in the"
                " security settings of your mailbox."
            ),
            PasswordKind.BROWSER: N_(
                "This host takes no password from programs: sign in by the browser."
            ),
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where a mail program connects."""

    host: str
    port: int
    security: str
    """"ssl" or "starttls"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHost:
    """What a mail host tells its customers to use."""

    name: str
    domains: tuple[str, ...]
    smtp: MailServer
    imap: MailServer
    is_user_local: bool = False
    """The user name is what stands before the @."""
    password: PasswordKind = PasswordKind.USUAL
    provider: Provider | None = None
    """Who lets in by the browser, if the host does."""
    keeps_sent: bool = False
    """It puts what is sent in the Sent folder by itself."""

    def user_of(self, address: str) -> str:
        """Tell the user name that goes with an address there."""
        return address.rpartition("@")[0] if self.is_user_local else address


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHosts:
    """The mail hosts that are known."""

    all: tuple[MailHost, ...]

    def of_address(self, address: str) -> MailHost | None:
        """Find who surely keeps an address; a firm's own domain does not tell."""
        domain = domain_of(address)
        return next((host for host in self.all if domain in host.domains), None)

    def of_server(self, server: str) -> MailHost | None:
        """Find whose server it is, of either kind."""
        named = server.lower()
        return next(
            (h for h in self.all if named in (h.smtp.host, h.imap.host)),
            None,
        )


def domain_of(address: str) -> str:
    """Read what stands after the @; empty while it cannot be a domain."""
    domain = address.strip().lower().rpartition("@")[2]
    name, _dot, ending = domain.rpartition(".")
    is_whole = "@" in address and name and len(ending) > 1 and " " not in domain
    return domain if is_whole else ""


def probable_smtp(address: str) -> tuple[MailServer, ...]:
    """Guess where a firm's own domain sends from, the likeliest first."""
    return tuple(
        MailServer(host=f"{name}.{domain_of(address)}", port=port, security=security)
        for port, security in ((465, "ssl"), (587, "starttls"))
        for name in ("smtp", "mail")
    )


def probable_imap(address: str) -> tuple[MailServer, ...]:
    """Guess where a firm's own domain keeps its mailboxes."""
    return tuple(
        MailServer(host=f"{name}.{domain_of(address)}", port=993, security="ssl")
        for name in ("imap", "mail")
    )
