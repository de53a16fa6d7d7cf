"""« Envois » and its settings: what a person does with e-mails that wait."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from nicegui import ui

from domain.basics.identifiers import customer_key
from domain.dunning.outbox import MessageState
from domain.ports import Books
from domain.usecases.configuring import create_entity
from domain.usecases.outbox import PAGE, show_message
from storage.database.books import open_books
from tests.builders import ENTITY_ID, TODAY, a_message, an_entity, an_outbox_item
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in
from tests.storage.test_email_message import an_email
from tests.ui.window import open_window
from ui import addresses
from ui.components.own_program import mailto

WORDS = "Bonjour,\n\nVotre facture attend & nous aussi."


def waiting(books: Books, **details: Any) -> None:  # noqa: ANN401 - any field
    """Fill the books with one e-mail that waits, and no mail account."""
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    day = TODAY - timedelta(60)
    bring_in(books, ENTITY_ID, a_file(a_line("F1", 120_00, day, code="C1")), TODAY)
    [item] = books.ledger.items(ENTITY_ID)
    with books.atomic():
        content = OUTSIDE.mail.build(an_email())
        message = a_message(
            customer_id=customer_key(ENTITY_ID, "C1"),
            recipient="camille@client.example.com",
            subject="Rappel & suite",
            body=WORDS,
            document_id=books.outbox.save_document("m", "message/rfc822", content),
            **details,
        )
        books.outbox.add(message, [an_outbox_item(message, item_id=item.id)])


def crowd(books: Books) -> None:
    """Fill the books with one e-mail more than a page of « Envois » shows."""
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    codes = [f"C{n:02}" for n in range(PAGE + 1)]
    day = TODAY - timedelta(60)
    lines = [a_line(f"F{c}", 120_00, day, code=c, name=f"Client {c}") for c in codes]
    bring_in(books, ENTITY_ID, a_file(*lines), TODAY)
    with books.atomic():
        for code in codes:
            customer = customer_key(ENTITY_ID, code)
            message = a_message(customer_id=customer, recipient=f"{code}@example.com")
            books.outbox.add(message, [])


async def test_what_waits_is_shown_a_page_at_a_time_in_its_order() -> None:
    async with open_window(crowd) as user:
        await user.open(addresses.OUTBOX)
        await user.should_see("1 à 50 sur 51")
        await user.should_see("Client C00")
        await user.should_not_see("Client C50")

        user.find(marker="next-ready").click()
        await user.should_see("Client C50")
        await user.should_see("51 à 51 sur 51")
        await user.should_not_see("Client C49")

        user.find(marker="first").click()  # to leave first: it goes to page one
        await user.should_see("Client C49")
        await user.should_not_see("Client C50")

        user.find(marker="withdraw").click()  # the only one of the last page
        await user.should_see("Client C50")
        await user.should_not_see("sur 51")


async def test_without_an_account_it_leaves_by_another_program_once_said() -> None:
    async with open_window(waiting) as user:
        await user.open(addresses.OUTBOX)
        await user.should_see("Aucun compte de messagerie")
        await user.should_not_see(marker="send-all")
        user.find(marker="own-program").click()
        await user.should_see("L'avez-vous envoyé ?")
        user.find(marker="did-send").click()
        await user.should_see(marker=f"message-{MessageState.SENT}")


async def test_what_is_to_review_says_why_and_may_be_kept_as_it_is() -> None:
    def fill(books: Books) -> None:
        waiting(books, to_review="What is due has changed since it was written")

    async with open_window(fill) as user:
        await user.open(addresses.OUTBOX)
        await user.should_see("Le reste dû a changé depuis sa rédaction")
        await user.should_see("à revoir")
        user.find(marker="keep-as-is").click()
        await user.should_see("prêt à partir")
        await user.should_not_see("à revoir")


async def test_a_refusal_is_said_in_plain_words_with_the_servers_own() -> None:
    def fill(books: Books) -> None:
        waiting(books, state=MessageState.FAILED, answer="550 5.1.1 User unknown")

    async with open_window(fill) as user:
        await user.open(addresses.OUTBOX)
        await user.should_see("Personne ne reçoit de courrier à cette adresse")
        await user.should_see("550 5.1.1 User unknown")


async def test_limits_fill_in_by_mail_host() -> None:
    async with open_window(waiting) as user:
        await user.open(addresses.SETTINGS)
        [host] = user.find(marker="limits-host").elements
        assert isinstance(host, ui.select)
        host.value = "IONOS"
        [hour] = user.find(marker="per-hour").elements
        assert isinstance(hour, ui.number)
        assert hour.value == 50


def test_a_link_carries_the_words_however_they_are_written() -> None:
    books = open_books()
    waiting(books)
    [message] = books.outbox.all(ENTITY_ID, [MessageState.QUEUED])

    link = mailto(show_message(books, message.id))

    assert link.startswith("mailto:camille@client.example.com?")
    assert "Rappel%20%26%20suite" in link
    assert WORDS in unquote(link)
    books.close()
