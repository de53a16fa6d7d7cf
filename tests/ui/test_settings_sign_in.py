"""The mail account on screen: found from its address, and signed in by the browser."""

from collections.abc import Iterator
from functools import partial

import keyring
import pytest
from nicegui import ui
from nicegui.testing import User

from domain.ports import MailServer, Provider
from domain.usecases.settings import show_settings
from storage.mail.imap import ImapGateway
from storage.mail.sign_in import SignIns
from storage.mail.smtp import SmtpGateway
from tests.mail_server import smtp_server
from tests.oauth_server import SECRET, USER, AuthorizationServer, mail_servers, provider
from tests.storage.test_mail_password import MemoryKeyring
from tests.ui.window import (
    BooksInMemory,
    field,
    one_firm,
    open_window,
    retype,
    until,
)
from ui.components import mail_finding, mail_sign_in
from ui.components.settings_card import SettingsCards
from ui.components.settings_mail import mail_card
from ui.components.settings_mailbox import mailbox_card
from ui.page import Page
from ui.session import Session


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[AuthorizationServer]:
    with provider() as running:
        monkeypatch.setattr(mail_sign_in, "open_browser", running.browse)
        yield running


async def mail_settings(session: Session) -> None:
    """Draw the two cards, without the rest of the settings."""
    view = await session.run(show_settings, session.entity_id)
    cards = SettingsCards()
    mail = mail_card(session, cards, view)
    await mailbox_card(session, cards, view, mail)


MAIL_ONLY = (Page(path="/settings", title="Messagerie", builder=mail_settings),)
opened = partial(open_window, pages=MAIL_ONLY)


def beside(google: AuthorizationServer) -> BooksInMemory:
    """The real outside, its provider on this computer."""
    outside = BooksInMemory(one_firm)
    signed = SignIns({Provider.GOOGLE: google.endpoints}, timeout=10, patience=20)
    outside.sign_in = signed
    outside.mail = SmtpGateway(timeout=10, sign_in=signed)
    outside.mailbox = ImapGateway(timeout=10, sign_in=signed)
    return outside


def choose(user: User, marker: str, value: str) -> None:
    chooser = user.find(marker=marker).elements.pop()
    assert isinstance(chooser, ui.select)
    chooser.value = value


def fill_in(user: User, port: int) -> None:
    retype(user, "sender-address", USER)
    retype(user, "host", "127.0.0.1")
    retype(user, "port", str(port))
    retype(user, "user", USER)
    choose(user, "security", "none")
    choose(user, "sign-in-way", "google")
    retype(user, "client-id", "our-client")
    retype(user, "client-secret", SECRET)


async def test_signing_in_by_the_browser_then_testing_the_account(
    google: AuthorizationServer,
) -> None:
    with mail_servers(google) as (smtp, _imap, _received):
        async with opened(outside=beside(google)) as user:
            await user.open("/settings")
            await user.should_not_see(marker="sign-in-button")
            fill_in(user, smtp)
            await user.should_see("Comment obtenir un identifiant client")

            user.find(marker="sign-in-button").click()
            await user.should_see(f"Connecté\u00a0: {USER}")
            user.find(marker="test-mail").click()
            await user.should_see("Le serveur a accepté le compte.")

            await user.open("/settings")
            assert field(user, "client-id").value == "our-client"
            assert not field(user, "client-secret").value
            await user.should_see(marker="imap-same-sign-in")
            await user.should_see("Se connecter comme le compte de messagerie")


async def test_what_is_missing_or_refused_is_said_in_french(
    google: AuthorizationServer,
) -> None:
    google.answers = {"error": "access_denied"}
    async with opened(outside=beside(google)) as user:
        await user.open("/settings")
        fill_in(user, port=9)
        retype(user, "client-id", "")
        user.find(marker="sign-in-button").click()
        await user.should_see("il faut l’identifiant client")
        assert google.pages == []

        retype(user, "client-id", "our-client")
        user.find(marker="sign-in-button").click()

        await user.should_see("La connexion a été refusée dans le navigateur")


async def test_an_address_fills_in_its_servers_unless_others_were_typed() -> None:
    async with opened() as user:
        await user.open("/settings")

        retype(user, "sender-address", "atelier@free.fr")

        assert field(user, "host").value == "smtp.free.fr"
        assert field(user, "user").value == "atelier"
        assert field(user, "imap-host").value == "imap.free.fr"
        retype(user, "sender-address", "atelier@hotmail.fr")
        assert field(user, "host").value == "smtp-mail.outlook.com"
        assert field(user, "user").value == "atelier@hotmail.fr"
        await user.should_see("Cet hébergeur n’accepte plus de mot de passe")
        await user.should_see(marker="client-id")
        await user.should_not_see(marker="password")

        retype(user, "host", "relais.example.com")
        retype(user, "sender-address", "atelier@orange.fr")
        assert field(user, "host").value == "relais.example.com"


async def test_a_domain_of_ones_own_is_tried_only_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with smtp_server(security="ssl") as server:
        usual = MailServer(host="localhost", port=server.port, security="ssl")
        monkeypatch.setattr(mail_finding, "probable_smtp", lambda _address: (usual,))
        monkeypatch.setattr(mail_finding, "probable_imap", lambda _address: ())
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        async with opened() as user:
            await user.open("/settings")
            retype(user, "sender-address", "compta@atelier.example.com")
            await user.should_see("Un nom de domaine à vous")
            assert not server.sessions

            user.find(marker="try-servers").click()

            await user.should_see("localhost répond")
            assert field(user, "port").value == str(server.port)
            await until(lambda: not server.logins)


async def test_copies_are_asked_for_and_gmail_makes_its_own() -> None:
    async with opened() as user:
        await user.open("/settings")
        retype(user, "imap-host", "imap.example.com")
        copies = user.find(marker="imap-copies").elements.pop()
        assert isinstance(copies, ui.switch)
        copies.value = True
        user.find(marker="save-mailbox").click()
        await user.should_see("Enregistré")

        await user.open("/settings")
        copies = user.find(marker="imap-copies").elements.pop()
        assert isinstance(copies, ui.switch)
        assert copies.value
        retype(user, "imap-host", "imap.gmail.com")
        assert not copies.visible
        await user.should_see("range de lui-même ce qui est envoyé")
