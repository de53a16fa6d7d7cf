"""The main gestures of each list without a mouse, in a real browser."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from domain.basics.identifiers import customer_key
from domain.ports import Books
from domain.usecases.configuring import create_entity
from storage.database.books import open_books
from tests.builders import ENTITY_ID, a_message, a_promise, an_entity, an_outbox_item
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.storage.test_email_message import an_email
from tests.ui.conftest import ROOT, StartedApp
from ui import addresses

TODAY = date.today()  # noqa: DTZ011 - the app that is started asks the same clock
LATE = TODAY - timedelta(days=45)
CODES = ("C1", "C2", "C3")
WRITTEN = CODES[1:]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedApp]:
    """Serve a firm: three customers late, a promise, two e-mails that wait."""
    folder = tmp_path_factory.mktemp("keyboard")
    books = open_books(folder / "relance.db")
    create_entity(books, an_entity(demo=True), OUTSIDE.documents.starting_texts())
    lines = [
        a_line(f"F{code}", 100_00, LATE, due_on=LATE, code=code, name=f"Client {code}")
        for code in CODES
    ]
    source = a_file(*lines, starts_on=LATE.replace(day=1, month=1), ends_on=TODAY)
    bring_in(books, ENTITY_ID, source, TODAY)
    for code in CODES:
        give_email(books, ENTITY_ID, f"{code.lower()}@client.example.com", code)
    write(books)
    books.close()
    command = [str(ROOT / "main.py"), "--browser", "--data", str(folder)]
    app = StartedApp(command, folder)
    yield app
    app.stop()


@pytest.fixture
def home(app: StartedApp, page: Page) -> str:
    """Let a visitor in."""
    page.goto(app.next_address())
    expect(page.locator("h1")).to_be_visible()
    return page.url.rstrip("/")


def write(books: Books) -> None:
    """Note a promise of the second customer, and write to the last two."""
    promised = customer_key(ENTITY_ID, WRITTEN[0])
    books.agreements.save_promise(
        a_promise(customer_id=promised, promised_for=TODAY, made_on=TODAY)
    )
    items = {item.customer_id: item for item in books.ledger.items(ENTITY_ID)}
    with books.atomic():
        for code in WRITTEN:
            customer = customer_key(ENTITY_ID, code)
            content = OUTSIDE.mail.build(an_email(message_id=f"{code}@example.com"))
            message = a_message(
                customer_id=customer,
                recipient=f"{code.lower()}@client.example.com",
                subject=f"Rappel {code}",
                document_id=books.outbox.save_document("m", "message/rfc822", content),
            )
            line = an_outbox_item(message, item_id=items[customer].id)
            books.outbox.add(message, [line])


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus."""
    expect(target).to_be_visible()
    page.locator("#content").focus()
    for _press in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    expect(target).to_be_focused()


def rows(page: Page) -> Locator:
    return page.locator(".data-table tbody tr[tabindex]")


@pytest.mark.parametrize(
    ("path", "count", "opened"),
    [
        (addresses.OWING, 3, "Client C1"),
        (addresses.ITEMS, 3, "Client C1"),
        (addresses.PROMISES, 1, "Client C2"),
    ],
)
def test_a_list_is_sorted_read_and_opened_from_the_keyboard(
    page: Page, home: str, path: str, count: int, opened: str
) -> None:
    page.goto(home + path)
    expect(rows(page)).to_have_count(count)
    heading = page.locator("thead th[tabindex]").first
    tab_to(page, heading)
    page.keyboard.press("Enter")
    expect(page.locator("thead th.sorted")).to_have_count(1)
    expect(heading).to_be_focused()

    page.keyboard.press("j")
    expect(rows(page).first).to_be_focused()
    row = rows(page).filter(has_text=opened).first
    row.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#content")).to_contain_text(opened)
    expect(page.locator("h1")).to_contain_text(opened)


def test_a_recipient_is_ticked_and_set_aside_from_the_keyboard(
    page: Page, home: str
) -> None:
    page.goto(home + addresses.RECIPIENTS)
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("j")
    expect(rows(page).first).to_be_focused()
    page.keyboard.press("Space")
    aside = page.get_by_role("button", name="Écarter 1 client")
    tab_to(page, aside)
    page.keyboard.press("Enter")

    expect(aside).to_have_count(0)


def test_a_waiting_email_is_read_and_withdrawn_from_the_keyboard(
    page: Page, home: str
) -> None:
    page.goto(home + addresses.OUTBOX)
    ready = page.locator(".list-row").filter(has_text="Rappel")
    expect(ready).to_have_count(2)
    read = page.get_by_role("button", name="Lire le message").first
    tab_to(page, read)
    page.keyboard.press("Enter")
    dialog = page.locator(".q-dialog")
    expect(dialog).to_contain_text("Rappel C2")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(read).to_be_focused()

    withdraw = page.get_by_role("button", name="Retirer")
    tab_to(page, withdraw.first)
    page.keyboard.press("Enter")

    expect(withdraw).to_have_count(1)
    expect(page.locator(".list-row button:focus")).to_have_count(1)
