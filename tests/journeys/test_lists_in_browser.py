"""Two mornings with the lists, in a real browser."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from domain.basics.identifiers import customer_key
from domain.usecases.configuring import create_entity
from storage.database.books import open_books
from tests.builders import ENTITY_ID, an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.ui.conftest import StartApp
from ui import addresses

TODAY = date.today()  # noqa: DTZ011 - the app that is started asks the same clock
LATE = TODAY - timedelta(days=45)


@pytest.fixture
def home(start_app: StartApp, page: Page, tmp_path: Path) -> str:
    """Let a visitor in to a firm with two customers to remind by e-mail."""
    folder = tmp_path / "books"
    folder.mkdir()
    books = open_books(folder / "relance.db")
    create_entity(books, an_entity(demo=True), OUTSIDE.documents.starting_texts())
    lines = [
        a_line(f"F{n}", 100_00, LATE, due_on=LATE, code=f"C{n}", name=f"Client {n}")
        for n in (1, 2)
    ]
    source = a_file(*lines, starts_on=LATE.replace(day=1, month=1), ends_on=TODAY)
    bring_in(books, ENTITY_ID, source, TODAY)
    give_email(books, ENTITY_ID, "un@client.example.com", "C1")
    give_email(books, ENTITY_ID, "deux@client.example.com", "C2")
    books.close()
    page.goto(start_app().next_address())
    expect(page.locator("h1")).to_be_visible()
    return page.url.rstrip("/")


def test_a_promise_made_on_the_sheet_is_in_the_list(page: Page, home: str) -> None:
    page.goto(home + addresses.customer(customer_key(ENTITY_ID, "C1")))
    page.get_by_role("button", name="Promesse").first.click()
    page.get_by_label("Montant promis").fill("60")
    page.get_by_label("Promis pour le").fill(f"{TODAY + timedelta(days=3):%d/%m/%Y}")
    page.get_by_role("button", name="Noter la promesse").click()
    expect(page.locator("#content")).to_contain_text("60,00")
    page.get_by_role("link", name="Promesses").click()

    expect(page.locator("h1")).to_have_text("Promesses")
    row = page.locator(".data-table tbody tr").first
    expect(row).to_contain_text("Client 1")
    expect(row).to_contain_text("à venir")
    expect(row).to_contain_text("60,00")


def test_who_is_taken_off_the_send_list_counts_one_less_when_sending(
    page: Page, home: str
) -> None:
    page.goto(home + addresses.RECIPIENTS)
    send = page.get_by_role("button", name="Envoyer 2 relances")
    expect(send).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Écarter 1 client").click()
    expect(page.get_by_role("button", name="Envoyer 1 relance")).to_be_visible()
    page.keyboard.press("Control+Enter")

    expect(page.locator(".q-dialog")).to_contain_text("Envoyer 1 relance ?")
    expect(page.locator(".q-dialog")).to_contain_text("1 client reçoit ses relances")
