"""Reads the mail hosts that are known, from templates/mail/hosts.toml."""

import tomllib
from pathlib import Path
from typing import Any

from domain.ports.mail_hosts import MailHost, MailHosts, MailServer, PasswordKind
from domain.ports.sign_in import Provider

FILE = Path(__file__).resolve().parents[2] / "templates" / "mail" / "hosts.toml"


def known_hosts(file: Path = FILE) -> MailHosts:
    """Read the hosts, in the order of the file; none where it was damaged."""
    try:
        told = tomllib.loads(file.read_text("utf-8")).get("host", [])
        return MailHosts(all=tuple(map(_host, told)))
    except (OSError, ValueError, KeyError, TypeError):
        return MailHosts(all=())


def _host(told: dict[str, Any]) -> MailHost:
    browser = told.get("browser")
    return MailHost(
        name=str(told["name"]),
        domains=tuple(map(str, told["domains"])),
        smtp=_server(*told["smtp"]),
        imap=_server(*told["imap"]),
        is_user_local=told.get("user") == "local",
        password=PasswordKind(told.get("password", "usual")),
        provider=Provider(browser) if browser else None,
        keeps_sent=told.get("keeps") is True,
    )


def _server(host: str, port: int, security: str) -> MailServer:
    if security not in {"ssl", "starttls"}:
        raise ValueError(security)
    return MailServer(host=host, port=int(port), security=security)
