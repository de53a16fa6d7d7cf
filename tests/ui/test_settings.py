from io import BytesIO
from pathlib import Path

import pytest
from nicegui import ui
from nicegui.testing import User
from PIL import Image

from storage.database.books import open_books
from tests.builders import an_entity
from tests.ui.window import field, nothing, open_window, retype

WRONG_IBAN = "FR76 3000 6000 0112 3456 7890 188"


def error_under(user: User, name: str) -> str:
    return str(field(user, name).error or "")


async def test_what_is_typed_of_the_firm_is_kept() -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "name", "Atelier Bois Sombre")
        retype(user, "siret", "732 829 320 00074")
        user.find(marker="save-identity").click()

        await user.should_see("Enregistré.")
        await user.open("/settings")
        assert field(user, "name").value == "Atelier Bois Sombre"
        assert field(user, "siret").value == "732 829 320 00074"


async def test_saving_a_card_leaves_the_other_cards_alone() -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "city", "Nice")
        retype(user, "name", "Un autre nom")
        user.find(marker="save-address").click()

        await user.should_see("Enregistré.")
        await user.open("/settings")
        assert field(user, "city").value == "Nice"
        assert field(user, "name").value == "Atelier Bois Clair"


async def test_a_wrong_iban_is_told_while_typing_and_refused_when_saving() -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "iban", WRONG_IBAN)
        assert "la clé de contrôle ne correspond pas" in error_under(user, "iban")
        retype(user, "bic", "CEPAFRPP")
        user.find(marker="save-payment").click()

        await user.should_see(f"L'IBAN {WRONG_IBAN} n'est pas juste")
        assert field(user, "iban").value == WRONG_IBAN
        assert field(user, "bic").value == "CEPAFRPP"
        await user.open("/settings")
        assert field(user, "iban").value == "FR76 3000 6000 0112 3456 7890 189"
        assert field(user, "bic").value == "AGRIFRPP"


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("siret", "123", "n'est pas juste"),
        ("siret", "732829320", "C'est un SIREN"),
        ("siret", "73282932000074", ""),
        ("bic", "AGRI", "8 ou 11"),
        ("iban", "FR76 3000", "la clé de contrôle ne correspond pas"),
        ("rate", "douze", "n'est pas compris"),
        ("rate", "12,5 %", ""),
        ("name", " ", "Le nom est nécessaire"),
        ("email", "compta@gmial.com", "gmail.com"),
    ],
)
async def test_a_field_tells_what_is_wrong_as_one_types(
    name: str, typed: str, said: str
) -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, name, typed)

        error = error_under(user, name)
        assert said in error if said else not error


async def test_terms_show_what_they_mean_for_an_invoice_of_today() -> None:
    async with open_window() as user:
        await user.open("/settings")
        assert field(user, "terms").props["hint"] == (
            "Facture du 31/03/2026 → échéance le 30/04/2026"
        )

        retype(user, "terms", "45 jours fin de mois")

        assert field(user, "terms").props["hint"] == (
            "Facture du 31/03/2026 → échéance le 31/05/2026"
        )


async def test_terms_that_mean_nothing_are_refused() -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "terms", "comme d'habitude")
        assert "Pas compris" in error_under(user, "terms")
        user.find(marker="save-payment").click()

        await user.should_see("n'est pas compris")
        await user.open("/settings")
        assert field(user, "terms").value == "30 jours"


async def test_the_card_last_typed_in_has_the_filled_button() -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "name", "A")
        retype(user, "city", "B")

        filled = {
            name
            for name in ("identity", "address", "payment")
            for button in user.find(marker=f"save-{name}").elements
            if "primary-action" in button.classes
        }
        assert filled == {"address"}
        await user.should_see("Pas encore enregistré")


async def test_the_limits_are_typed_as_in_france() -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "threshold", "15,50")
        retype(user, "ceiling", "1 234,56 €")
        user.find(marker="save-limits").click()

        await user.should_see("Enregistré.")
        await user.open("/settings")
        assert field(user, "threshold").value == "15,50"
        assert field(user, "ceiling").value == "1\u202f234,56"


async def test_an_emptied_number_of_days_is_asked_for_again() -> None:
    async with open_window() as user:
        await user.open("/settings")

        days = user.find(marker="between").elements.pop()
        assert isinstance(days, ui.number)
        days.value = None
        user.find(marker="save-limits").click()

        await user.should_see(
            "Un nombre est nécessaire ici\u00a0: Délai minimal entre deux contacts"
        )


async def test_a_logo_is_shown_and_kept_and_another_file_is_refused() -> None:
    async with open_window() as user:
        await user.open("/settings")

        await drop_logo(user, "photo.txt", b"rien d'une image")
        await user.should_see("Cette image ne peut pas être lue")
        await user.should_not_see(marker="logo")
        await drop_logo(user, "logo.bmp", a_picture())

        await user.should_see(marker="logo")
        await user.open("/settings")
        await user.should_see(marker="logo")
        user.find("Retirer le logo").click()
        await user.should_not_see(marker="logo")


async def test_there_is_no_example_of_a_letter_while_nothing_is_due() -> None:
    async with open_window() as user:
        await user.open("/settings")

        user.find(marker="example").click()

        await user.should_see("Aucun message n'est à envoyer aujourd'hui")


async def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "invoices-folder", str(tmp_path / "nulle-part"))
        await user.should_see("Ce dossier n'existe pas")
        retype(user, "invoices-folder", str(tmp_path))
        user.find(marker="save-folders").click()

        await user.should_see("Enregistré.")
        await user.open("/settings")
        assert field(user, "invoices-folder").value == str(tmp_path)


async def test_the_backup_is_the_books_themselves(tmp_path: Path) -> None:
    async with open_window() as user:
        await user.open("/settings")

        user.find(marker="back-up").click()
        response = await user.download.next()

        copy = tmp_path / "relance.db"
        copy.write_bytes(response.content)
        books = open_books(copy)
        assert books.entities.all() == [an_entity()]
        books.close()


async def test_a_company_is_added_and_shown() -> None:
    async with open_window() as user:
        await user.open("/settings")
        user.find(marker="add-company").click()
        await user.should_see(marker="create-company")

        retype(user, "new-name", "atelier bois clair")
        user.find(marker="create-company").click()
        await user.should_see("Il existe déjà une société nommée")
        retype(user, "new-name", "Menuiserie Doré")
        user.find(marker="create-company").click()

        await user.should_not_see(marker="create-company")
        await user.open("/settings")
        assert field(user, "name").value == "Menuiserie Doré"
        await user.should_see("Atelier Bois Clair")


async def test_before_any_firm_the_settings_say_where_to_begin() -> None:
    async with open_window(nothing) as user:
        await user.open("/settings")

        await user.should_see("Cette page ne peut pas être affichée")


async def drop_logo(user: User, name: str, content: bytes) -> None:
    from nicegui.elements.upload_files import SmallFileUpload

    drop = user.find(marker="logo-drop").elements.pop()
    assert isinstance(drop, ui.upload)
    file = SmallFileUpload(name=name, content_type="", _data=content)
    await drop.handle_uploads([file])


def a_picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (20, 10), "navy").save(drawn, "BMP")
    return drawn.getvalue()
