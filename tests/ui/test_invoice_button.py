"""« Ouvrir la facture », and what the settings say of the folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from nicegui import ui
from nicegui.testing import User

from domain.basics.identifiers import customer_key
from domain.ports import Books
from tests.builders import (
    ENTITY_ID,
    a_customer,
    a_profile,
    an_entity,
    an_entry,
    an_item,
)
from tests.invoices import a_locked_pdf, an_invoice, files_read
from tests.ui.test_act_by_scenario import reminders_of_the_day
from tests.ui.window import open_window

SHEET = f"/customers/{customer_key(ENTITY_ID, 'C001')}"
REFERENCES = ("FA-001", "FA-002", "FA-003")


def a_firm(folder: Path) -> Callable[[Books], None]:
    """Fill books with three invoices: one sure PDF, one doubtful, one missing."""

    def fill(books: Books) -> None:
        books.entities.save(an_entity(invoices_folder=str(folder)))
        books.scenarios.save_profile(a_profile())
        books.customers.save_many([a_customer()])
        books.ledger.save_entries(an_entry(piece=piece) for piece in REFERENCES)
        books.ledger.replace_items(
            ENTITY_ID, [an_item(reference=piece) for piece in REFERENCES]
        )
        books.invoice_files.save(files_read(ENTITY_ID, folder))

    an_invoice(folder, "scan 1.pdf", number="FA-001")
    an_invoice(folder, "FA-002.pdf", number="FA-002", total="120.01")
    return fill


def gestures(user: User) -> dict[str, dict[str, object]]:
    """Read the buttons of the table, by item."""
    table = user.find(kind=ui.table).elements.pop()
    return {row["id"]: row["invoice"] for row in table.rows}


@pytest.mark.parametrize("list_of_items", [SHEET, "/items"])
async def test_each_row_of_a_list_opens_its_invoice_or_says_why_not(
    tmp_path: Path, list_of_items: str
) -> None:
    async with open_window(a_firm(tmp_path)) as user:
        await user.open(list_of_items)
        found = gestures(user)

    assert found["FA-001"]["says"] == "Ouvrir la facture : scan 1.pdf"
    assert found["FA-002"]["says"] == (
        "Ouvrir la facture, à vérifier : le montant de la facture PDF diffère : "
        "120,01\u00a0€ au lieu de 120,00\u00a0€ (FA-002.pdf)"
    )
    assert found["FA-003"]["says"] == "Aucun PDF trouvé pour cette facture"
    assert [found[piece]["enabled"] for piece in REFERENCES] == [True, True, False]


async def test_a_click_opens_the_pdf_at_a_guarded_address(tmp_path: Path) -> None:
    async with open_window(a_firm(tmp_path)) as user:
        await user.open(SHEET)
        user.find(kind=ui.table).trigger("gesture", "FA-001")
        answer = await user.http_client.get(f"/invoices/{ENTITY_ID}/scan%201.pdf")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content == (tmp_path / "scan 1.pdf").read_bytes()


async def test_only_files_found_in_the_folder_of_that_firm_are_served(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "factures"
    folder.mkdir()
    (tmp_path / "paie.pdf").write_bytes(b"%PDF secret")
    asked = (
        f"{ENTITY_ID}/..%2Fpaie.pdf",
        f"{ENTITY_ID}/%2e%2e%2fpaie.pdf",
        f"{ENTITY_ID}/{tmp_path}/paie.pdf",
        f"{ENTITY_ID}/nouveau.pdf",
        "another-firm/FA-002.pdf",
    )
    async with open_window(a_firm(folder)) as user:
        await user.open("/")
        (folder / "nouveau.pdf").write_bytes(b"%PDF not looked at yet")
        for path in asked:
            answer = await user.http_client.get(f"/invoices/{path}")
            assert b"%PDF" not in answer.content
            assert answer.status_code == 404


async def test_a_pdf_gone_meanwhile_says_so(tmp_path: Path) -> None:
    async with open_window(a_firm(tmp_path)) as user:
        await user.open("/")
        (tmp_path / "FA-002.pdf").unlink()
        answer = await user.http_client.get(f"/invoices/{ENTITY_ID}/FA-002.pdf")

    assert (answer.status_code, "FA-002.pdf" in answer.text) == (404, True)


async def test_a_firm_without_a_folder_has_no_column_for_it(tmp_path: Path) -> None:
    def fill(books: Books) -> None:
        a_firm(tmp_path)(books)
        books.entities.save(an_entity())

    async with open_window(fill) as user:
        await user.open("/items")
        table = user.find(kind=ui.table).elements.pop()

    assert "invoice" not in {column["name"] for column in table.columns}


async def test_the_detail_of_an_item_opens_its_invoice_and_tells_the_doubt(
    tmp_path: Path,
) -> None:
    async with open_window(a_firm(tmp_path)) as user:
        await user.open(SHEET)
        user.find(kind=ui.table).trigger("open", "FA-002")
        await user.should_see("Le montant de la facture PDF diffère")
        await user.should_see(marker="open-invoice")


async def test_the_rows_of_todays_reminders_have_the_button(tmp_path: Path) -> None:

    def fill(books: Books) -> None:
        reminders_of_the_day(books)
        books.entities.save(an_entity(invoices_folder=str(tmp_path)))

    async with open_window(fill) as user:
        await user.open("/act/scenario")
        await user.should_see(marker="no-invoice")


async def test_the_settings_count_the_files_and_list_them(tmp_path: Path) -> None:
    (tmp_path / "protege.pdf").write_bytes(a_locked_pdf())
    async with open_window(a_firm(tmp_path)) as user:
        await user.open("/settings")
        await user.should_see(
            "3 PDF trouvés · 1 rattaché à une facture · 1 à vérifier · 1 non lu"
        )
        user.find(marker="invoice-list").click()
        await user.should_see("PDF du dossier des factures")
        tables = user.find(kind=ui.table).elements
        rows = {row["file"]: row["remark"] for table in tables for row in table.rows}

    assert rows["scan 1.pdf"] == ""
    assert rows["protege.pdf"].startswith("Ce PDF est protégé par un mot de passe")


async def test_a_folder_just_named_is_read_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "autre"
    folder.mkdir()
    an_invoice(folder, "a.pdf", number="FA-003")
    async with open_window(a_firm(tmp_path)) as user:
        await user.open("/settings")
        user.find(marker="invoices-folder").clear().type(str(folder))
        user.find(marker="save-folders").click()
        await user.should_see("1 PDF trouvé · 1 rattaché à une facture")
