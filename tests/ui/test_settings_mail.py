from collections.abc import Iterator

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from nicegui import ui

from domain.ports import Books, SmtpAccount
from domain.usecases.configuring import save_smtp_account
from tests.builders import ENTITY_ID, an_entity
from tests.mail_server import PASSWORD, Behaviour, smtp_server
from tests.storage.test_mail_password import MemoryKeyring
from tests.ui.window import field, one_firm, open_window, retype


@pytest.fixture(autouse=True)
def memory() -> Iterator[MemoryKeyring]:
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def a_demonstration(books: Books) -> None:
    books.entities.save(an_entity(demo=True))


async def test_choosing_a_mail_host_fills_the_fields_in() -> None:
    async with open_window() as user:
        await user.open("/settings")

        chooser = user.find(marker="mail-host").elements.pop()
        assert isinstance(chooser, ui.select)
        chooser.value = "Microsoft 365"

        assert field(user, "host").value == "smtp.office365.com"
        assert field(user, "port").value == "587"


async def test_the_account_is_tried_without_sending_anything(
    memory: MemoryKeyring,
) -> None:
    with smtp_server(user="compta@example.com") as server:
        async with open_window(lambda books: with_account(books, server.port)) as user:
            await user.open("/settings")

            retype(user, "user", "compta@example.com")
            retype(user, "password", PASSWORD)
            user.find(marker="test-mail").click()

            await user.should_see("Le serveur a accepté le compte.")
        assert server.logins == [("compta@example.com", PASSWORD)]
        assert not server.received
    assert list(memory.kept.values()) == [PASSWORD]


async def test_a_refused_login_shows_the_server_s_own_words() -> None:
    with smtp_server(Behaviour.REFUSE_LOGIN, user="compta@example.com") as server:
        async with open_window(lambda books: with_account(books, server.port)) as user:
            await user.open("/settings")

            retype(user, "user", "compta@example.com")
            retype(user, "password", "faux")
            user.find(marker="test-mail").click()

            await user.should_see("Réponse du serveur\u00a0: 535")


async def test_a_server_that_is_not_there_is_told_in_french() -> None:
    async with open_window(lambda books: with_account(books, port=9)) as user:
        await user.open("/settings")

        user.find(marker="test-mail").click()

        await user.should_see("Le serveur de messagerie")


async def test_without_a_keyring_the_account_is_kept_and_the_password_refused() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "host", "smtp.example.com")
        retype(user, "password", "secret")
        user.find(marker="save-mail").click()

        await user.should_see("Le trousseau de clés de cet ordinateur est inutilisable")
        assert field(user, "password").value == "secret"
        await user.open("/settings")
        assert field(user, "host").value == "smtp.example.com"
        assert not field(user, "password").value


async def test_the_demonstration_has_no_mail_account_to_set() -> None:
    async with open_window(a_demonstration) as user:
        await user.open("/settings")

        await user.should_see("le compte n'est pas réglable ici")
        assert not field(user, "host").enabled
        await user.should_not_see(marker="save-mail")
        await user.should_not_see(marker="add-company")


def with_account(books: Books, port: int) -> None:
    one_firm(books)
    account = SmtpAccount(
        host="127.0.0.1",
        port=port,
        security="none",
        user="",
        sender_name="Atelier",
        sender_address="compta@example.com",
    )
    save_smtp_account(books, ENTITY_ID, account)
