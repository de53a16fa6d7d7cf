"""What only a real browser can tell of « Ouvrir la facture »."""

from pathlib import Path

from playwright.sync_api import Page, expect

from storage.database.books import open_books
from tests.builders import ENTITY_ID
from tests.ui.conftest import StartApp, Visitor
from tests.ui.test_invoice_button import SHEET, a_firm


def test_a_double_click_opens_one_tab_and_nobody_else_is_let_in(
    start_app: StartApp, page: Page, tmp_path: Path
) -> None:
    folder = tmp_path / "factures"
    folder.mkdir()
    (tmp_path / "books").mkdir()
    books = open_books(tmp_path / "books" / "relance.db")
    a_firm(folder)(books)
    books.close()
    address = start_app("--browser").next_address()
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    page.goto(page.url.rstrip("/") + SHEET)
    rows = page.locator(".sheet-items tbody tr")
    buttons = rows.locator(".invoice-button")
    expect(buttons).to_have_count(2)

    with page.context.expect_page() as opened:
        buttons.first.dblclick()
    expect(page.locator(".q-dialog")).to_have_count(0)
    assert len(page.context.pages) == 2
    shown = opened.value.url
    assert f"/invoices/{ENTITY_ID}/" in shown
    assert page.request.get(shown).headers["content-type"] == "application/pdf"
    path = shown.partition(f":{Visitor(address).port}")[2]
    assert Visitor(address).get(path).status == 403

    rows.first.get_by_role("cell").nth(2).click()
    expect(page.locator(".q-dialog")).to_be_visible()
