"""The mailbox on screen: what came back, and the account it is read with."""

from collections.abc import Iterator

import keyring
import pytest

from domain.customers.activity import ActivityKind
from domain.dunning.incoming import Incoming, IncomingKind
from domain.ports import Books
from tests.builders import (
    CUSTOMER_ID,
    ENTITY_ID,
    NOW,
    TODAY,
    a_contact,
    an_activity,
)
from tests.storage.test_mail_password import MemoryKeyring
from tests.ui.window import field, one_firm, open_window, retype, until

ADDRESS = "compta@client.example.com"


@pytest.fixture(autouse=True)
def memory() -> Iterator[MemoryKeyring]:
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def came(books: Books, kind: IncomingKind, **others: object) -> None:
    """Put something that came back in the books."""
    one_firm(books)
    books.customers.save_contacts([a_contact(email=ADDRESS, failed_email=ADDRESS)])
    activity = an_activity(kind=ActivityKind.REPLY, body="Nous payons vendredi.")
    books.activities.record(activity)
    books.incoming.add(
        Incoming(
            id="i1",
            entity_id=ENTITY_ID,
            customer_id=CUSTOMER_ID,
            activity_id=activity.id,
            kind=kind,
            sender=ADDRESS,
            subject="Re: Rappel",
            received_at=NOW,
            recorded_at=NOW,
            **others,  # type: ignore[arg-type]
        )
    )


async def test_a_reply_is_read_on_the_outbox_then_the_reminders_go_on() -> None:
    async with open_window(lambda books: came(books, IncomingKind.HUMAN)) as user:
        await user.open("/outbox")
        await user.should_see("Réponses à lire")

        user.find(marker="looked-at").click()

        await user.should_not_see("Réponses à lire")


async def test_a_failed_address_is_corrected_where_it_is_told() -> None:
    def fill(books: Books) -> None:
        came(books, IncomingKind.PERMANENT_BOUNCE, failed_address=ADDRESS)

    async with open_window(fill) as user:
        await user.open("/outbox")
        await user.should_see("E-mails non distribués")

        retype(user, "right-address", "pas une adresse")
        user.find(marker="correct").click()
        await user.should_see("Aucun serveur de messagerie n’accepterait")
        retype(user, "right-address", "juste@client.example.com")
        user.find(marker="correct").click()

        await user.should_not_see("E-mails non distribués")


async def test_an_absence_tells_the_day_of_return() -> None:
    def fill(books: Books) -> None:
        came(books, IncomingKind.AUTO_REPLY, back_on=TODAY.replace(year=2027))

    async with open_window(fill) as user:
        await user.open("/outbox")

        await user.should_see(f"{ADDRESS}\u00a0: de retour le")


async def test_the_mailbox_is_kept_with_its_password_in_the_keyring(
    memory: MemoryKeyring,
) -> None:
    async with open_window() as user:
        await user.open("/settings")
        retype(user, "imap-host", "imap.example.com")
        retype(user, "imap-user", "compta")
        retype(user, "imap-password", "secret")
        user.find(marker="save-mailbox").click()
        await until(lambda: field(user, "imap-password").value == "")

        await user.open("/settings")
        await user.should_see(marker="forget-mailbox")

    assert list(memory.kept.values()) == ["secret"]


async def test_reading_no_more_keeps_what_is_typed_in_the_other_cards(
    memory: MemoryKeyring,
) -> None:
    assert memory.kept == {}
    async with open_window() as user:
        await user.open("/settings")
        retype(user, "imap-host", "imap.example.com")
        retype(user, "imap-user", "compta")
        user.find(marker="save-mailbox").click()
        await user.should_see("Enregistré.")
        await user.open("/settings")
        retype(user, "rcs", "Brest, à finir")

        user.find(marker="forget-mailbox").click()
        await user.should_not_see(marker="forget-mailbox")

        assert field(user, "rcs").value == "Brest, à finir"
        assert field(user, "imap-host").value == ""


async def test_a_port_that_is_no_number_is_refused_in_french() -> None:
    async with open_window() as user:
        await user.open("/settings")
        retype(user, "imap-host", "imap.example.com")
        retype(user, "imap-user", "compta")
        retype(user, "imap-port", "x")

        user.find(marker="save-mailbox").click()

        await user.should_see("Le port est un nombre de 1 à 65535")
