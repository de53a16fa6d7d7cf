from pathlib import Path

from nicegui import ui
from nicegui.testing import User

from domain.ledger.import_report import SourceCustomer
from domain.ports import Books
from domain.usecases.configuring import create_entity
from storage.files.watched_folder import _may_be_export
from tests.builders import ENTITY_ID, TODAY, an_entity
from tests.journeys.command import a_fec, a_fec_line
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in
from tests.ui.window import open_window
from ui.components.import_drop import ACCEPTED

DATA = Path(__file__).parents[1] / "data"


def a_new_firm(books: Books) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())


def a_firm_with_one_import(books: Books) -> None:
    a_new_firm(books)
    bring_in(books, ENTITY_ID, a_file(a_line("F1", 120_00, TODAY)), TODAY)


async def drop(user: User, name: str) -> None:
    (place,) = user.find("import-drop").elements
    assert isinstance(place, ui.upload)
    from nicegui.elements.upload_files import SmallFileUpload

    content = (DATA / name).read_bytes()
    await place.handle_uploads([SmallFileUpload(name, "text/plain", content)])


async def test_the_sheet_of_movements_shows_what_would_enter() -> None:
    async with open_window(a_new_firm) as user:
        await user.open("/import")
        await drop(user, "fec_as_the_law_says.txt")

        await user.should_see("Solde après")
        await user.should_see("Accepter")
        await user.should_see("Nouvelles")


async def test_faults_are_listed_by_line_with_what_to_do() -> None:
    async with open_window(a_new_firm) as user:
        await user.open("/import")
        await drop(user, "fec_bad_lines.txt")

        await user.should_see("Défauts 6")


async def test_a_refused_file_gets_its_sentence_and_the_page_stays() -> None:
    async with open_window(a_new_firm) as user:
        await user.open("/import")
        await drop(user, "fec.xml")

        await user.should_see("fec.xml")
        await user.should_see("Déposez ici")


async def test_nothing_is_written_before_the_user_accepts() -> None:
    async with open_window(a_new_firm) as user:
        await user.open("/import")
        await drop(user, "fec_as_the_law_says.txt")
        await user.should_see("Accepter")
        user.find("Annuler").click()

        await user.should_see("Déposez ici")
        await user.should_not_see("Imports passés")


async def test_an_accepted_file_leads_home_and_stays_in_the_list() -> None:
    async with open_window(a_new_firm) as user:
        await user.open("/import")
        await drop(user, "fec_as_the_law_says.txt")
        await user.should_see("Accepter")
        user.find("accept").click()
        await user.should_see("Vos clients vous doivent")
        await user.open("/import")

        await user.should_see("fec_as_the_law_says.txt")


async def test_the_last_import_is_taken_back_after_a_question() -> None:
    async with open_window(a_firm_with_one_import) as user:
        await user.open("/import")
        user.find("undo").click()
        await user.should_see("Annuler le dernier import ?")
        user.find("confirm").click()

        await user.should_see("annulé le")


async def drop_made(user: User, folder: Path, name: str, *lines: str) -> None:
    (place,) = user.find("import-drop").elements
    assert isinstance(place, ui.upload)
    from nicegui.elements.upload_files import SmallFileUpload

    content = a_fec(folder, *lines, name=name).read_bytes()
    await place.handle_uploads([SmallFileUpload(name, "text/plain", content)])


def accept_button(user: User) -> ui.button:
    (button,) = user.find("accept").elements
    assert isinstance(button, ui.button)
    return button


async def test_a_file_of_another_firm_is_accepted_only_once_ticked(
    tmp_path: Path,
) -> None:
    async with open_window(a_firm_with_one_import) as user:
        await user.open("/import")
        await drop_made(user, tmp_path, "987654321FEC20261231.txt")
        await user.should_see("semble venir d’une autre société")

        assert not accept_button(user).enabled
        user.find(marker="other-firm").click()
        assert accept_button(user).enabled
        user.find("accept").click()

        await user.should_see("Vos clients vous doivent")


async def test_an_older_export_is_accepted_only_once_ticked(tmp_path: Path) -> None:
    paid = a_fec_line(lettering="AA")
    payment = a_fec_line("B1", "0,00", "1200,00", day="20260301", lettering="AA")
    async with open_window(a_new_firm) as user:
        await user.open("/import")
        await drop_made(user, tmp_path, "fec.txt", paid, payment)
        await user.should_see("Accepter")
        assert accept_button(user).enabled
        user.find("accept").click()
        await user.should_see("Vos clients vous doivent")
        await user.open("/import")
        await drop_made(user, tmp_path, "fec.txt", a_fec_line())
        await user.should_see("plus ancien")

        assert not accept_button(user).enabled
        user.find(marker="older").click()
        assert accept_button(user).enabled


async def test_a_list_of_customers_is_taken_back_and_says_what_goes() -> None:
    def a_list_too(books: Books) -> None:
        a_firm_with_one_import(books)
        rows = [
            SourceCustomer(
                customer_code=code, customer_name="", details={"city": "Lens"}
            )
            for code in ("C001", "C002", "C003")
        ]
        listed = a_file(name="clients.csv", customers=rows)
        bring_in(books, ENTITY_ID, listed, TODAY)

    async with open_window(a_list_too) as user:
        await user.open("/import")
        await user.should_see("clients et contacts : ajoutés 2, modifiés 1")
        user.find("undo").click()
        await user.should_see("Les clients et contacts que cette liste a ajoutés")
        user.find("confirm").click()

        await user.should_see("annulé le")
        await user.open("/customers")
        await user.should_see("1 client")


def test_what_can_be_dropped_is_noticed_in_a_watched_folder_too() -> None:
    for ending in ACCEPTED.split(","):
        assert _may_be_export(f"export{ending}", "")
