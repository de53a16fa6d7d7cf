"""An e-mail written to one customer, in a real browser."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from domain.basics.identifiers import customer_key
from domain.dunning.outbox import MessageState
from domain.usecases.configuring import create_entity
from storage.database.books import open_books
from tests.builders import ENTITY_ID, an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.ui.conftest import StartApp
from ui import addresses

TODAY = date.today()  # noqa: DTZ011 - the app that is started asks the same clock
LATE = TODAY - timedelta(days=45)


@pytest.fixture
def desk(start_app: StartApp, page: Page, tmp_path: Path) -> Page:
    """Open « Agir par client » on a customer with one late invoice."""
    folder = tmp_path / "books"
    folder.mkdir()
    books = open_books(folder / "relance.db")
    create_entity(books, an_entity(demo=True), OUTSIDE.documents.starting_texts())
    source = a_file(
        a_line("F1", 100_00, LATE, due_on=LATE, code="C1", name="Client 1"),
        starts_on=LATE.replace(day=1, month=1),
        ends_on=TODAY,
    )
    bring_in(books, ENTITY_ID, source, TODAY)
    give_email(books, ENTITY_ID, "un@client.example.com", "C1")
    books.close()
    page.goto(start_app().next_address())
    page.goto(page.url.rstrip("/") + addresses.act_for(customer_key(ENTITY_ID, "C1")))
    expect(page.get_by_label("Contenu")).to_be_visible()
    return page


def test_an_address_typed_without_enter_then_send_is_not_lost(desk: Page) -> None:
    page = desk
    page.get_by_label("Contenu").click()
    page.keyboard.press("Control+Home")
    page.get_by_text("Voir la liste des tags").click()
    page.get_by_role("button", name="%client_nom%").click()
    page.get_by_label("Copie à").click()
    page.keyboard.type("patron@client.example.com")

    page.get_by_role("button", name="Envoyer cet e-mail").click()

    dialog = page.locator(".q-dialog")
    expect(dialog).to_contain_text("Copie à patron@client.example.com.")
    dialog.get_by_role("button", name="Envoyer cet e-mail").click()
    expect(page.locator("h1")).to_have_text("Envois")
    expect(page.locator("#content")).to_contain_text("Client 1")
    page.get_by_role("button", name="Lire le message").first.click()
    expect(dialog).to_contain_text("Copie : patron@client.example.com")
    expect(dialog).to_contain_text("Client 1Madame, Monsieur")


def test_a_file_added_goes_with_an_e_mail_that_is_prepared_without_sending(
    desk: Page, tmp_path: Path
) -> None:
    file = tmp_path / "bon de livraison.pdf"
    file.write_bytes(b"%PDF-1.7 of a delivery")
    desk.locator(".q-uploader input[type=file]").set_input_files(file)
    expect(desk.get_by_text("bon de livraison.pdf").first).to_be_visible()
    expect(desk.get_by_text("Pièces jointes : bon de livraison.pdf")).to_be_visible()

    desk.get_by_role("button", name="Préparer sans envoyer").click()

    expect(desk.locator("h1")).to_have_text("Envois")
    expect(desk.locator("#content")).to_contain_text("Client 1")
    books = open_books(tmp_path / "books" / "relance.db")
    [message] = books.outbox.all(ENTITY_ID, list(MessageState))
    assert (message.state, message.is_released) == (MessageState.QUEUED, False)
    assert message.document_id
    assert b"bon de livraison.pdf" in books.outbox.document(message.document_id)
    books.close()
