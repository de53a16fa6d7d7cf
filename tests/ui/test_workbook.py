from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

from nicegui.testing import User
from openpyxl import load_workbook

from domain.ports import Books
from domain.usecases.demonstration import fill_with_demonstration
from storage.outside import Outside
from tests.builders import NOW, TODAY
from tests.storage.test_newton_workbook import DUE, a_workbook
from tests.ui.window import field, one_firm, open_window, retype, until


def the_demonstration(books: Books) -> None:
    wordings = Outside().documents.starting_texts()
    fill_with_demonstration(books, wordings, TODAY, NOW)


@asynccontextmanager
async def the_page(fill: Callable[[Books], None] = one_firm) -> AsyncIterator[User]:
    async with open_window(fill) as user:
        await user.open("/workbook")
        yield user


def values(file: Path, tab: str) -> list[tuple[object, ...]]:
    return list(load_workbook(file)[tab].iter_rows(2, values_only=True))


async def test_the_totals_shown_are_those_of_the_workbook(tmp_path: Path) -> None:
    async with the_page(the_demonstration) as user:
        file = tmp_path / "classeur.xlsx"
        retype(user, "workbook-file", str(file))
        user.find(marker="refresh-all").click()
        await user.should_see("Classeur écrit")

        rows = values(file, "Facture_du")
        total = sum(float(str(row[3])) - float(str(row[4])) for row in rows)
        await user.should_see(f"{len(rows)} lignes")
        shown = f"{total:,.2f}".replace(",", "\u202f").replace(".", ",")
        await user.should_see(f"{shown}\u00a0€")


async def test_one_tab_is_refreshed_and_the_place_is_remembered(tmp_path: Path) -> None:
    async with the_page(the_demonstration) as user:
        file = tmp_path / "classeur.xlsx"
        retype(user, "workbook-file", f'"{file}"')
        user.find(marker="refresh-all").click()
        await until(file.exists)
        book = load_workbook(file)
        for tab in ("Facture_du", "No_destinataire"):
            book[tab]["A2"] = "changé"
        book.save(file)

        await user.open("/workbook")
        assert field(user, "workbook-file").value == str(file)
        user.find(marker="refresh-Facture_du").click()

        await until(lambda: values(file, "Facture_du")[0][0] != "changé")
        assert values(file, "No_destinataire")[0][0] == "changé"


async def test_without_a_place_the_user_is_asked_for_one() -> None:
    async with the_page() as user:
        user.find(marker="refresh-all").click()

        await user.should_see("Indiquez d'abord l'emplacement du classeur")


async def test_a_workbook_open_elsewhere_is_told(tmp_path: Path) -> None:
    async with the_page() as user:
        (tmp_path / "~$a.xlsx").write_bytes(b"\x05OUVRE" + b" " * 159)
        retype(user, "workbook-file", str(tmp_path / "a.xlsx"))
        user.find(marker="refresh-all").click()

        await user.should_see("a.xlsx est ouvert (OUVRE)")


async def test_a_copy_is_exported() -> None:
    async with the_page() as user:
        user.find(marker="export").click()
        response = await user.download.next()

        assert len(load_workbook(BytesIO(response.content)).sheetnames) == 3


async def test_the_workbook_is_shown_before_it_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "classeur.xlsx"
    async with the_page() as user:
        retype(user, "workbook-file", str(file))
        user.find(marker="import-workbook").click()
        await user.should_see("ne peut pas être lu")

        file.write_bytes(a_workbook(due=[DUE]))
        user.find(marker="import-workbook").click()

        await user.should_see(marker="accept")
        await user.should_see("2\u202f845,80\u00a0€")


async def test_a_path_that_leads_nowhere_is_told_while_typing() -> None:
    async with the_page() as user:
        retype(user, "workbook-file", "classeur.xlsx")
        await user.should_see("Écrivez le chemin complet")
        retype(user, "workbook-file", "/nulle/part/classeur.xlsx")
        await user.should_see("Ce dossier n'existe pas")
