"""The keys of a customer's sheet, which only a real browser presses."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import ROOT, StartedApp


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartedApp]:
    """The demonstration, served for real."""
    folder = tmp_path_factory.mktemp("keys")
    command = [str(ROOT / "main.py"), "--data", str(folder / "books")]
    filled = StartedApp([*command, "demo"], folder)
    assert filled.ended().returncode == 0
    app = StartedApp([*command, "--browser"], folder)
    yield app
    app.stop()


def test_one_key_acts_on_what_is_ticked_and_none_while_typing(
    page: Page, app: StartedApp
) -> None:
    page.goto(app.next_address())
    page.goto(page.url + "customers")
    page.locator("tbody tr").first.click()
    expect(page.locator(".sheet .data-table tbody tr").first).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("Space")
    expect(page.locator(".ticked-bar")).to_contain_text("1 pièce cochée")
    page.keyboard.press("n")
    expect(page.locator(".q-dialog h2")).to_contain_text("Note sur la pièce")
    expect(page.locator(".q-dialog textarea")).to_be_focused()
    page.keyboard.type("splan")
    expect(page.locator(".q-dialog")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".undo-bar")).to_contain_text("La note est enregistrée.")
    expect(page.locator(".q-dialog")).to_have_count(0)

    page.keyboard.press("z")

    expect(page.locator(".undo-bar")).to_have_count(0)
    expect(page.locator(".list-of").last).to_contain_text("Note supprimée")
