"""The mail hosts that are known: a file that anybody may correct."""

from pathlib import Path

from domain.dunning.throttle import HOSTS as LIMITS
from domain.ports import MailServer, Provider
from domain.ports.mail_hosts import PasswordKind, probable_smtp
from storage.mail.hosts import known_hosts

HOSTS = known_hosts()


def test_an_address_tells_its_host_and_a_firm_s_own_domain_does_not() -> None:
    def named(address: str) -> str | None:
        host = HOSTS.of_address(address)
        return host.name if host else None

    assert named("a@Gmail.com") == "Gmail, Google Workspace"
    assert named("a@wanadoo.fr") == "Orange, Wanadoo"
    assert named("a@live.fr") == "Outlook.com, Hotmail"
    assert named("a@neuf.fr") == "SFR, Neuf"
    assert named("a@atelier.example.com") is None
    assert named("gmail.com") is None


def test_every_host_is_secured_and_no_domain_is_in_two() -> None:
    servers = [one for host in HOSTS.all for one in (host.smtp, host.imap)]
    domains = [domain for host in HOSTS.all for domain in host.domains]

    assert {one.security for one in servers} <= {"ssl", "starttls"}
    assert len(domains) == len(set(domains))


def test_every_host_that_consumers_use_has_limits_of_its_own() -> None:
    limited = {server for limits in LIMITS for server in limits.servers}
    without = {host.name for host in HOSTS.all if host.smtp.host not in limited}

    assert without == {"Gandi", "Infomaniak"}


def test_a_server_tells_whose_it_is_and_who_lets_in_by_the_browser() -> None:
    gmail, outlook = (
        HOSTS.of_server("IMAP.gmail.com"),
        HOSTS.of_server("smtp-mail.outlook.com"),
    )

    assert gmail
    assert outlook
    assert (gmail.provider, gmail.keeps_sent) == (Provider.GOOGLE, True)
    assert outlook.password is PasswordKind.BROWSER


def test_the_usual_names_of_a_domain_are_guessed_the_safest_first() -> None:
    first = probable_smtp("compta@atelier.example.com")[0]

    assert first == MailServer(
        host="smtp.atelier.example.com", port=465, security="ssl"
    )


def test_a_damaged_file_of_hosts_proposes_none(tmp_path: Path) -> None:
    for content in ("[[host", '[[host]]\nname = "x"', "host = 3"):
        file = tmp_path / "hosts.toml"
        file.write_text(content, "utf-8")
        assert known_hosts(file).all == ()
    assert known_hosts(tmp_path / "absent.toml").all == ()
