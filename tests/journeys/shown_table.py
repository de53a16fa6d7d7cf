"""A table as a browser draws it, and as its export writes it."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

Written = Sequence[object]
_READ = """rows => rows.map(row => [...row.children].map(cell => {
  const drawn = cell.cloneNode(true);
  drawn.querySelectorAll("i").forEach(icon => icon.remove());
  return drawn.textContent.trim();
}))"""


class ShownTable:
    """Headings, rows and totals, without the column of ticks and those of buttons."""

    def __init__(self, page: Page, table: str = ".data-table") -> None:
        def cells(row: str) -> list[list[str]]:
            read: list[list[str]] = page.locator(f"{table} {row}").evaluate_all(_READ)
            return read

        (headings,) = cells("thead tr:has(th)")
        places = [n for n, heading in enumerate(headings) if heading]
        self.headings = [headings[n] for n in places]
        self.rows = [[row[n] for n in places] for row in cells("tbody tr[tabindex]")]
        total = next(iter(cells("tr.total")), [])
        self.total = [total[n] for n in places] if total else []

    def column(self, heading: str) -> list[str]:
        """Give what a column shows, from top to bottom."""
        return [row[self.headings.index(heading)] for row in self.rows]

    def total_of(self, heading: str) -> Decimal:
        """Read the total under a column."""
        return amount(self.total[self.headings.index(heading)])

    @property
    def is_one_page(self) -> bool:
        """Whether all the rows that the total is over are drawn."""
        return len(self.rows) == amount(self.total[0])


def amount(text: str) -> Decimal:
    """Read a number as the app writes them; a dash is zero."""
    digits = re.sub(r"[^\d,−-]", "", text).replace(",", ".").replace("−", "-")
    return Decimal(digits if digits.strip("-") else "0")


def exported(page: Page, path: Path) -> list[Written]:
    """Press « Exporter », and open the workbook again."""
    page.get_by_role("button", name="Exporter").click()
    with page.expect_download() as download:
        page.get_by_text("Classeur Excel").click()
    download.value.save_as(path)
    sheet = load_workbook(path).active
    assert sheet
    return list(sheet.iter_rows(values_only=True))


def is_as_shown(written: Written, shown: Sequence[str]) -> bool:
    """Whether a row of an export says what the row on screen says."""
    return all(_is_same(*both) for both in zip(written, shown, strict=True))


def _is_same(written: object, shown: str) -> bool:
    if isinstance(written, int | float):
        return amount(shown) == Decimal(str(written)).quantize(Decimal("0.01"))
    if isinstance(written, date):
        return shown == f"{written:%d/%m/%Y}"
    return shown.strip("–") == (written or "")
