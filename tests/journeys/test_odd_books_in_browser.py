"""Screens on books nobody wishes for: whole, accessible, without a complaint.

With RELANCE_SCREENSHOTS naming a folder, a picture of each is left there.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from domain.basics.identifiers import customer_key
from tests.journeys.command import TODAY
from tests.journeys.test_every_screen import SIZES, leave_picture, violations
from tests.odd_books import make_books
from tests.ui.conftest import StartApp
from ui import addresses

SCREENS = {
    "nothing": addresses.HOME,
    "one-customer": addresses.HOME,
    "in-credit": addresses.CUSTOMER,
    "no-due-date": addresses.ITEMS,
    "currencies": addresses.OWING,
    "vanished": f"{addresses.PROMISES}?q=",
    "long-names": addresses.CUSTOMER,
    "many-items": addresses.CUSTOMER,
}


@pytest.mark.parametrize("name", SCREENS)
def test_an_odd_firm_is_shown_well(
    start_app: StartApp, browser: Browser, tmp_path: Path, name: str
) -> None:
    entity_id = make_books(name, tmp_path / "books")
    customer_id = customer_key(entity_id, "C002" if name == "long-names" else "C001")
    path = SCREENS[name].format(customer_id=customer_id)
    address = start_app("--browser", "--date", TODAY).next_address()
    context = browser.new_context(locale="fr-FR", base_url=address)
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(address)
    expect(tab.locator("h1")).to_be_visible()
    for size, (width, height) in SIZES.items():
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(path)
        expect(tab.locator("h1")).to_be_visible()
        expect(tab.locator(".q-skeleton")).to_have_count(0)
        expect(tab.locator(".chart:not(:has(.plot-container))")).to_have_count(0)
        tab.evaluate("document.fonts.ready.then(() => true)")
        leave_picture(tab, f"odd-{name}-{size}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(tab) == []
    assert complaints == []
    context.close()
