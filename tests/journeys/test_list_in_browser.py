"""A list in a real browser: narrowed, sorted, added up; its export is the screen."""

import re
from pathlib import Path
from shutil import copytree

from playwright.sync_api import Page, expect

from domain.basics.text import folded
from tests.journeys.command import TODAY
from tests.journeys.shown_table import ShownTable, amount, exported, is_as_shown
from tests.ui.conftest import StartApp


def test_a_list_is_narrowed_sorted_and_exported_as_seen(
    start_app: StartApp, page: Page, demo_folder: Path, tmp_path: Path
) -> None:
    copytree(demo_folder, tmp_path / "books")
    address = start_app("--browser", "--date", TODAY).next_address()
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    page.goto(address.split("/enter")[0] + "/owing")
    expect(page.locator("h1")).to_have_text("Qui vous doit quoi ?")

    page.get_by_role("button", name="À relancer", exact=True).click()
    page.get_by_role("button", name="Filtres", exact=True).click()
    page.get_by_label("En retard, à partir de").fill("500")
    page.get_by_role("button", name="Filtrer la liste").click()
    expect(page.locator(".active-filter")).to_contain_text("500,00")
    expect(page).to_have_url(re.compile(r"overdue=50000"))
    page.locator("th", has_text="Client").click()
    expect(page.locator("th", has_text="Client")).to_have_class(re.compile("sorted"))

    table = ShownTable(page)
    late = table.column("En retard")
    assert 1 < len(table.rows) < 50
    assert all(amount(one) >= 500 for one in late)
    assert sum(map(amount, late)) == table.total_of("En retard")
    names = table.column("Client")
    assert names == sorted(names, key=folded)

    headings, *rows, total = exported(page, tmp_path / "export.xlsx")
    assert list(headings) == table.headings
    assert len(rows) == len(table.rows)
    assert all(map(is_as_shown, rows, table.rows))
    assert is_as_shown(total[1:], table.total[1:])

    page.reload()  # the address keeps the filters, the list its order
    expect(page.locator(".active-filter")).to_contain_text("500,00")
    assert ShownTable(page).column("Client") == names
