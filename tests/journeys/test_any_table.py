"""A list of any package, in a real browser: mapped once, then never asked again."""

import re
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.journeys.test_first_day import Visitor, creates_a_firm
from tests.ui.conftest import StartApp

HEADINGS = ("Qui", "Dossier", "Sorti le", "Promis le", "Il doit")
DAY = date(2026, 9, 1)


def a_list(file: Path, *invoices: tuple[str, int]) -> Path:
    """Write a list of invoices under headings that no package uses."""
    book = Workbook()
    book.active.append(["Relevé du comptoir"])
    book.active.append(HEADINGS)
    for number, euros in invoices:
        due = DAY + timedelta(days=30)
        book.active.append(["Garage Inventé", number, DAY, due, euros + 0.5])
    book.active.append(["Total", "", "", "", sum(e + 0.5 for _, e in invoices)])
    book.save(file)
    return file


def drops(user: Visitor, file: Path) -> None:
    user.goes_to("/import")
    with user.page.expect_file_chooser() as chooser:
        user.page.get_by_role("button", name=re.compile("Déposez ici")).click()
    chooser.value.set_files(file)


def says(user: Visitor, column: int, meaning: str) -> None:
    user.page.get_by_label(f"Colonne {column}", exact=True).click()
    user.page.get_by_role("option", name=meaning, exact=True).click()
    # The choices fade away: those of the next column must not be taken for them.
    expect(user.page.get_by_role("option")).to_have_count(0)


def test_a_spreadsheet_is_mapped_once_and_the_next_one_asks_nothing(
    start_app: StartApp, page: Page, tmp_path: Path
) -> None:
    app = start_app("--browser", "--date", "2026-11-20")
    user = Visitor(page, app.next_address())
    creates_a_firm(user)
    user.goes_to("/import")
    user.sees(re.compile("Déposez ici"))

    drops(user, a_list(tmp_path / "mars.xlsx", ("F1", 100), ("F2", 200)))
    user.sees("Ce qui sera lu")
    says(user, 1, "Colonne ignorée")
    user.sees(re.compile("Indiquez la colonne du code client"))
    expect(page.get_by_role("button", name="Continuer")).to_be_disabled()
    says(user, 1, "Nom du client")
    says(user, 3, "Date de facture")
    says(user, 5, "Reste dû")
    user.sees("01/10/2026")
    user.clicks("Continuer")
    user.sees("3 lignes lues · 2 écritures de clients · 1 client")
    user.clicks("Accepter")
    user.sees(re.compile("Vos clients vous doivent"))

    drops(user, a_list(tmp_path / "avril.xlsx", ("F2", 200), ("F3", 50)))
    user.sees("3 lignes lues · 2 écritures de clients · 1 client")
    expect(page.get_by_role("tab", name=re.compile("Réglées 1"))).to_be_visible()
    user.clicks("Revoir les colonnes")
    expect(page.get_by_label("Colonne 5", exact=True)).to_have_value("Reste dû")
    user.clicks("Continuer")
    user.clicks("Accepter")
    user.sees(re.compile("251,00"))
