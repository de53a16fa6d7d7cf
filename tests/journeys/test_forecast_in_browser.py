"""The forecast in a real browser: moved by hand, and nobody is reminded otherwise."""

import re
from pathlib import Path
from shutil import copytree

from playwright.sync_api import Locator, Page, expect

from tests.journeys.command import TODAY
from tests.ui.conftest import StartApp

ENTERED = """() => {
    const columns = document.querySelectorAll('.forecast-column');
    const [from, to] = [columns[2], columns[4]];
    const tell = (where, name) => where.dispatchEvent(new DragEvent(
        name, { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() }));
    tell(from.querySelector('.forecast-card'), 'dragstart');
    const isTaken = !tell(to, 'dragenter');
    tell(from, 'dragend');
    return isTaken;
}"""
"""Whether a column that the pointer only enters takes what is dragged."""


def cents(column: Locator) -> int:
    text = column.locator("header .amount").inner_text()
    return int(re.sub(r"\D", "", text))


def test_a_card_dragged_two_weeks_on_moves_totals_and_no_reminder(
    start_app: StartApp, page: Page, demo_folder: Path, tmp_path: Path
) -> None:
    copytree(demo_folder, tmp_path / "books")
    address = start_app("--browser", "--date", TODAY).next_address()
    root = address.split("/enter")[0]

    def proposed() -> str:
        page.goto(f"{root}/act/scenario")
        expect(page.locator(".bucket").first).to_be_visible()
        return str(page.locator(".tabs-of, .buckets").first.inner_text())

    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    reminders = proposed()

    page.goto(f"{root}/follow/forecast")
    column = page.locator(".forecast-column")
    card = column.nth(2).locator(".forecast-card").first
    name = card.locator("a").inner_text()
    amount = int(re.sub(r"\D", "", card.locator(".amount").first.inner_text()))
    before = [cents(column.nth(n)) for n in (2, 4)]
    assert page.evaluate(ENTERED)  # all that WebKit tells of a last step
    card.drag_to(column.nth(4))
    expect(page.locator(".undo-bar")).to_contain_text("Attendu le")
    moved = column.nth(4).locator(".forecast-card", has_text=name)
    expect(moved.first).to_contain_text("choisi")
    after = [cents(column.nth(n)) for n in (2, 4)]
    assert after == [before[0] - amount, before[1] + amount]

    # The arrows take it back a week, and the focus goes along.
    moved.first.focus()
    page.keyboard.press("ArrowLeft")
    there = column.nth(3).locator(".forecast-card", has_text=name).first
    expect(there).to_be_focused()

    assert proposed() == reminders


def test_a_promise_noted_on_the_sheet_is_told_wherever_money_is_expected(
    start_app: StartApp, page: Page, demo_folder: Path, tmp_path: Path
) -> None:
    copytree(demo_folder, tmp_path / "books")
    address = start_app("--browser", "--date", TODAY).next_address()
    root = address.split("/enter")[0]
    page.goto(address)
    page.goto(f"{root}/follow/forecast")
    card = page.locator('.forecast-column[data-column="0"] .forecast-card').first
    customer = card.locator("a").inner_text()
    reference = card.locator("b").first.inner_text()
    card.locator("a").click()

    row = page.locator(".data-table tbody tr[tabindex]", has_text=reference)
    row.click()
    dialog = page.locator(".q-dialog")
    dialog.get_by_role("button", name="Promesse").click()
    form = page.locator(".q-dialog", has_text="Noter la promesse")
    form.get_by_label("Promis pour le").fill("11/12/2026")
    form.get_by_role("button", name="Noter la promesse").click()
    expect(page.locator(".undo-bar")).to_be_visible()

    row.click()
    expect(dialog).to_contain_text("Pourquoi ?")
    expect(dialog).to_contain_text("11/12/2026")
    expect(dialog).to_contain_text("promis")
    page.goto(f"{root}/promises")
    expect(page.locator(".data-table")).to_contain_text(customer)
    page.goto(f"{root}/follow/forecast")
    weeks = page.locator(".forecast-column", has_text="07/12")
    expect(weeks.first).to_contain_text(f"{reference} 11/12 promis")
