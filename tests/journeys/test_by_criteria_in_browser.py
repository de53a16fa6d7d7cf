"""A run by days overdue, from the criteria to printed letters, in a real browser."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from domain.usecases.configuring import create_entity
from storage.database.books import open_books
from tests.builders import ENTITY_ID, an_entity
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_address
from tests.ui.conftest import StartApp
from ui import addresses

TODAY = date.today()  # noqa: DTZ011 - the app that is started asks the same clock


@pytest.fixture
def home(start_app: StartApp, page: Page, tmp_path: Path) -> str:
    """Let a visitor in to a firm with three customers to remind by letter."""
    folder = tmp_path / "books"
    folder.mkdir()
    books = open_books(folder / "relance.db")
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    lines = [
        a_line(f"F{n}", 100_00, due_on, due_on=due_on, code=f"C{n}", name=f"Client {n}")
        for n, due_on in (
            (1, TODAY - timedelta(days=50)),
            (2, TODAY - timedelta(days=20)),
            (3, TODAY - timedelta(days=3)),
        )
    ]
    starts_on = (TODAY - timedelta(days=200)).replace(day=1)
    source = a_file(*lines, starts_on=starts_on, ends_on=TODAY)
    bring_in(books, ENTITY_ID, source, TODAY)
    give_address(books, ENTITY_ID, "C1")
    give_address(books, ENTITY_ID, "C2")
    books.close()
    page.goto(start_app().next_address())
    expect(page.locator("h1")).to_be_visible()
    return page.url.rstrip("/")


def test_a_run_by_days_overdue_ends_in_printed_letters(page: Page, home: str) -> None:
    page.goto(home + addresses.ACT_BY_CRITERIA)
    rows = page.locator(".data-table tbody tr:not(.total)")
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Génération").click()
    page.get_by_label("Niveau des relances").click()
    page.get_by_role("option", name="Selon les jours de retard").click()
    expect(rows.nth(0)).to_contain_text("R4")
    expect(rows.nth(2)).to_contain_text("pas assez en retard")

    rows.nth(0).get_by_text("F1").dblclick()
    expect(page.get_by_text("1 client à relancer")).to_be_visible()
    rows.nth(2).get_by_text("F3").dblclick()
    expect(page.get_by_text("1 client à relancer")).to_be_visible()
    rows.nth(0).get_by_text("F1").dblclick()
    expect(page.get_by_text("0 client à relancer")).to_be_visible()
    page.locator(".data-table thead .q-checkbox").click()
    expect(page.get_by_text("2 clients à relancer")).to_be_visible()

    page.get_by_role("button", name="Imprimer 2 courriers").click()
    dialog = page.locator(".q-dialog")
    expect(dialog).to_contain_text("2 courriers, 200,00")
    dialog.get_by_role("button", name="Imprimer 2 courriers").click()
    expect(dialog).to_contain_text("Lot 1 sur 2 : les lettres simples")
    dialog.get_by_role("button", name="Imprimé").click()
    registered = page.locator(".q-dialog", has_text="1 lettre recommandée est prête")
    expect(registered).to_contain_text("Lot 2 sur 2 : les mises en demeure")
    registered.get_by_role("button", name="Imprimé").click()

    expect(page.get_by_text("0 client à relancer")).to_be_visible()
    expect(rows.nth(0)).to_contain_text("contacté récemment")
    expect(rows.nth(0)).to_contain_text("R4")
    expect(rows.nth(1)).to_contain_text("R2")


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def listed(page: Page, name: str) -> bytes:
    page.get_by_role("button", name="Listes").click()
    with page.expect_download() as waiting:
        page.locator(".q-menu .q-item").get_by_text(name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        found = (page.get_textpage().get_text_bounded() for page in document)
        return " ".join(" ".join(found).split())


def test_a_run_ends_in_one_pdf_that_says_what_the_grid_says(
    page: Page, home: str
) -> None:
    """Rows F1 to F5: list, look, tick all, run on a PDF."""
    page.goto(home + addresses.ACT_BY_CRITERIA)
    rows = page.locator(".data-table tbody tr:not(.total)")
    expect(rows).to_have_count(3)
    names = [f"Client {n}" for n in (1, 2, 3)]

    detailed = text_of(listed(page, "Liste clients détaillée (PDF)"))
    simple = text_of(listed(page, "Liste clients (PDF)"))
    phone = text_of(listed(page, "Liste de relance téléphonique (PDF)"))
    sheet = load_workbook(BytesIO(listed(page, "Liste clients détaillée (Excel)")))
    cells = {str(c) for line in sheet.active.iter_rows(values_only=True) for c in line}
    for n, name in enumerate(names, start=1):
        expect(rows.nth(n - 1)).to_contain_text(name)
        assert name in simple
        assert all(f"F{n}" in text and name in text for text in (detailed, phone))
        assert {name, f"F{n}"} <= cells
    assert all("300,00" in text for text in (detailed, simple, phone))

    page.get_by_role("button", name="Génération").click()
    page.get_by_label("Sortie sur").click()
    page.get_by_role("option", name="Courriers à imprimer").click()
    expect(rows.nth(2)).to_contain_text("R1")
    page.get_by_role("button", name="Tout cocher").click()
    page.get_by_role("button", name="Imprimer 3 courriers").click()
    dialog = page.locator(".q-dialog")
    expect(dialog).to_contain_text("3 courriers, 300,00")
    dialog.get_by_role("button", name="Imprimer 3 courriers").click()
    expect(dialog).to_contain_text("Les courriers sont prêts")
    letters = text_of(downloaded(page, "Enregistrer le PDF"))

    assert all(
        name in letters and f"F{n}" in letters for n, name in enumerate(names, 1)
    )
    assert letters.count("-R1") == len(names), letters
    dialog.get_by_role("button", name="Imprimé").click()
    expect(page.get_by_text("0 client à relancer")).to_be_visible()
    for n in range(3):
        expect(rows.nth(n)).to_contain_text("R1")
