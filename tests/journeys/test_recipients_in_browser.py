"""A send list put together by moving customers, then sent, in a real browser."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from domain.dunning.courtesy import FREE
from domain.usecases.configuring import create_entity, save_smtp_account
from domain.usecases.courtesy import save_courtesy
from storage.database.books import open_books
from tests.builders import ENTITY_ID, an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.mail_server import SmtpServer, smtp_server
from tests.ui.conftest import StartApp
from ui import addresses

TODAY = date.today()  # noqa: DTZ011 - the app that is started asks the same clock
LATE = TODAY - timedelta(days=45)
CODES = ("C1", "C2", "C3")


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def home(start_app: StartApp, page: Page, tmp_path: Path, server: SmtpServer) -> str:
    """Let a visitor in to a firm with three customers to remind by e-mail."""
    folder = tmp_path / "books"
    folder.mkdir()
    books = open_books(folder / "relance.db")
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    save_smtp_account(books, ENTITY_ID, server.account)
    save_courtesy(books, ENTITY_ID, FREE)  # the day of the test may be a Sunday
    lines = [
        a_line(f"F-{code}", 100_00, LATE, due_on=LATE, code=code, name=f"Client {code}")
        for code in CODES
    ]
    starts_on = (TODAY - timedelta(days=200)).replace(day=1)
    bring_in(
        books, ENTITY_ID, a_file(*lines, starts_on=starts_on, ends_on=TODAY), TODAY
    )
    for code in CODES:
        give_email(books, ENTITY_ID, f"{code.lower()}@client.example.com", code)
    books.close()
    page.goto(start_app().next_address())
    expect(page.locator("h1")).to_be_visible()
    return page.url.rstrip("/")


def test_exactly_the_send_list_leaves_once_customers_were_moved(
    page: Page, home: str, server: SmtpServer
) -> None:
    page.goto(home + addresses.RECIPIENTS)
    rows = page.locator(".data-table tbody tr:not(.total)")
    expect(rows).to_have_count(3)
    expect(page.get_by_role("button", name="Envoyer 3 relances")).to_be_visible()

    rows.filter(has_text="Client C2").locator(".q-checkbox").click()
    page.get_by_role("button", name="Écarter 1").click()
    expect(page.get_by_role("button", name="Envoyer 2 relances")).to_be_visible()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Envoyer 2 relances").click()
    dialog = page.locator(".q-dialog")
    expect(dialog).to_contain_text("2 clients")
    dialog.get_by_role("button", name="Envoyer 2 relances").click()

    expect(page.locator("h1")).to_have_text("Envois")
    expect(page.locator("#content")).to_contain_text("Client C1")
    for _attempt in range(200):  # the window sends them one by one
        if len(server.received) > 1:
            break
        page.wait_for_timeout(100)
    page.goto(home + addresses.RECIPIENTS)
    expect(page.get_by_role("button", name="Envoyer 0 relance")).to_be_visible()
    page.get_by_role("button", name="Liste d'envoi annulé").click()
    expect(rows).to_contain_text("Client C2")
    arrived = sorted(to for message in server.received for to in message.recipients)
    assert arrived == ["c1@client.example.com", "c3@client.example.com"]
