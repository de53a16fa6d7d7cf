from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from nicegui import ui
from nicegui.testing import User
from openpyxl import load_workbook
from PIL import Image

from domain.basics.money import Money
from domain.ports import Books, SmtpAccount
from domain.usecases.configuring import save_smtp_account
from storage.database.books import SqliteBooks, open_books
from storage.outside import Outside
from tests.builders import ENTITY_ID, an_entity
from tests.mail_server import PASSWORD, Behaviour, smtp_server
from tests.storage.test_mail_password import MemoryKeyring
from tests.ui.window import nothing, one_firm, open_window
from ui.components.amount_input import AmountNotUnderstoodError, amount_from

WRONG_IBAN = "FR76 3000 6000 0112 3456 7890 188"


class Watched(Outside):
    """The real outside; its books stay within the test's reach."""

    def __init__(self, fill: Callable[[Books], None] = one_firm) -> None:
        self._fill = fill
        self.books: SqliteBooks

    def open_books(self, _folder: str) -> Books:
        self.books = open_books()
        self._fill(self.books)
        return self.books


@pytest.fixture(autouse=True)
def memory() -> Iterator[MemoryKeyring]:
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def a_demonstration(books: Books) -> None:
    books.entities.save(an_entity(demo=True))


def field(user: User, name: str) -> ui.input:
    found = user.find(marker=name).elements.pop()
    assert isinstance(found, ui.input)
    return found


def error_under(user: User, name: str) -> str:
    return str(field(user, name).error or "")


def retype(user: User, name: str, text: str) -> None:
    field(user, name).value = text


async def test_what_is_typed_of_the_firm_is_kept() -> None:
    outside = Watched()
    async with open_window(outside=outside) as user:
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
    outside = Watched()
    async with open_window(outside=outside) as user:
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
    outside = Watched()
    async with open_window(outside=outside) as user:
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


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1 234,56", 123456),
        ("1\u202f234,5\u00a0€", 123450),
        ("12.30", 1230),
        ("7", 700),
        ("", None),
    ],
)
def test_an_amount_is_read_as_typed(typed: str, cents: int | None) -> None:
    assert amount_from(typed) == (None if cents is None else Money(cents))


@pytest.mark.parametrize("typed", ["1,234", "douze", "-5", "1,2,3", "12,"])
def test_an_amount_that_may_mean_two_things_is_refused(typed: str) -> None:
    with pytest.raises(AmountNotUnderstoodError):
        amount_from(typed)


async def test_choosing_a_mail_host_fills_the_fields_in() -> None:
    async with open_window() as user:
        await user.open("/settings")

        chooser = user.find(marker="mail-host").elements.pop()
        assert isinstance(chooser, ui.select)
        chooser.value = "smtp.office365.com"

        assert field(user, "host").value == "smtp.office365.com"
        assert field(user, "port").value == "587"


async def test_the_account_is_tried_without_sending_anything(
    memory: MemoryKeyring,
) -> None:
    with smtp_server(user="compta@example.com") as server:
        async with open_window(lambda books: with_account(books, server.port)) as user:
            await user.open("/settings")

            retype(user, "user", "compta@example.com")
            retype(user, "password", PASSWORD)
            user.find(marker="test-mail").click()

            await user.should_see("Le serveur a accepté le compte.", retries=20)
        assert server.logins == [("compta@example.com", PASSWORD)]
        assert not server.received
    assert list(memory.kept.values()) == [PASSWORD]


async def test_a_refused_login_shows_the_server_s_own_words() -> None:
    with smtp_server(Behaviour.REFUSE_LOGIN, user="compta@example.com") as server:
        async with open_window(lambda books: with_account(books, server.port)) as user:
            await user.open("/settings")

            retype(user, "user", "compta@example.com")
            retype(user, "password", "faux")
            user.find(marker="test-mail").click()

            await user.should_see("Réponse du serveur\u00a0: 535", retries=20)


async def test_a_server_that_is_not_there_is_told_in_french() -> None:
    async with open_window(lambda books: with_account(books, port=9)) as user:
        await user.open("/settings")

        user.find(marker="test-mail").click()

        await user.should_see("Le serveur de messagerie", retries=20)


async def test_without_a_keyring_the_account_is_kept_and_the_password_refused() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    outside = Watched()
    async with open_window(outside=outside) as user:
        await user.open("/settings")

        retype(user, "host", "smtp.example.com")
        retype(user, "password", "secret")
        user.find(marker="save-mail").click()

        await user.should_see("Le trousseau de clés de cet ordinateur est inutilisable")
        assert field(user, "password").value == "secret"
        await user.open("/settings")
        assert field(user, "host").value == "smtp.example.com"
        assert not field(user, "password").value


async def test_the_demonstration_has_no_mail_account_to_set() -> None:
    async with open_window(a_demonstration) as user:
        await user.open("/settings")

        await user.should_see("le compte n'est pas réglable ici")
        assert not field(user, "host").enabled
        await user.should_not_see(marker="save-mail")
        await user.should_not_see(marker="add-company")


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

        await user.should_see("Aucun message n'est à envoyer aujourd'hui", retries=10)


async def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    async with open_window() as user:
        await user.open("/settings")

        retype(user, "invoices-folder", str(tmp_path / "nulle-part"))
        await user.should_see("Ce dossier n'existe pas", retries=10)
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


async def test_the_workbook_lists_what_is_due() -> None:
    async with open_window() as user:
        await user.open("/settings")

        user.find(marker="export").click()
        response = await user.download.next()

        assert len(load_workbook(BytesIO(response.content)).sheetnames) == 3


async def test_a_company_is_added_and_shown() -> None:
    outside = Watched()
    async with open_window(outside=outside) as user:
        await user.open("/settings")
        user.find(marker="add-company").click()
        await user.should_see(marker="create-company")

        retype(user, "new-name", "atelier bois clair")
        user.find(marker="create-company").click()
        await user.should_see("Il existe déjà une société nommée")
        retype(user, "new-name", "Menuiserie Doré")
        user.find(marker="create-company").click()

        await user.should_not_see(marker="create-company", retries=20)
        await user.open("/settings")
        assert field(user, "name").value == "Menuiserie Doré"
        await user.should_see("Atelier Bois Clair")


async def test_before_any_firm_the_settings_say_where_to_begin() -> None:
    async with open_window(nothing) as user:
        await user.open("/settings")

        await user.should_see("Cette page ne peut pas être affichée")


def with_account(books: Books, port: int) -> None:
    one_firm(books)
    account = SmtpAccount(
        host="127.0.0.1",
        port=port,
        security="none",
        user="",
        sender_name="Atelier",
        sender_address="compta@example.com",
    )
    save_smtp_account(books, ENTITY_ID, account)


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
