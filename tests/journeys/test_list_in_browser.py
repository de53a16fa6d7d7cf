"""A list in a real browser: narrowed, sorted, added up; its export is the screen."""

import re
from decimal import Decimal
from pathlib import Path
from shutil import copytree

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from domain.basics.text import folded
from tests.journeys.command import TODAY
from tests.ui.conftest import StartApp


def cells(page: Page, row: str) -> list[list[str]]:
    """Read the rows of the table, as drawn."""
    read: list[list[str]] = page.locator(f".data-table {row}").evaluate_all(
        """rows => rows.map(row => [...row.children].slice(1).map(cell => {
          const drawn = cell.cloneNode(true);
          drawn.querySelectorAll("i").forEach(icon => icon.remove());
          return drawn.textContent.trim();
        }))"""
    )
    return read


def amount(text: str) -> Decimal:
    digits = re.sub(r"[^\d,-]", "", text).replace(",", ".")
    return Decimal(digits or "0")


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

    rows = cells(page, "tbody tr[tabindex]")
    headings = cells(page, "thead tr")[0]
    (total,) = cells(page, "tr.total")
    overdue = headings.index("En retard")
    assert 1 < len(rows) < 50
    assert all(amount(row[overdue]) >= 500 for row in rows)
    assert sum(amount(row[overdue]) for row in rows) == amount(total[overdue])
    names = [row[0] for row in rows]
    assert names == sorted(names, key=folded)

    page.get_by_role("button", name="Exporter").click()
    with page.expect_download() as download:
        page.get_by_text("Classeur Excel").click()
    download.value.save_as(tmp_path / "export.xlsx")
    sheet = load_workbook(tmp_path / "export.xlsx").active
    assert sheet
    exported = list(sheet.iter_rows(values_only=True))
    assert list(exported[0]) == headings
    assert [row[0] for row in exported[1:-1]] == names
    money = [n for n, heading in enumerate(headings) if "," in total[n]]
    assert len(money) == 6
    for shown, written in zip([*rows, total], exported[1:], strict=True):
        for n in money:
            assert amount(shown[n]) == Decimal(str(written[n])).quantize(
                Decimal("0.01")
            )

    page.reload()  # the address keeps the filters, the list its order
    expect(page.locator(".active-filter")).to_contain_text("500,00")
    assert [row[0] for row in cells(page, "tbody tr[tabindex]")] == names
