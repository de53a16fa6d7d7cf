"""The first hour of a firm, in a real browser, by what its screens say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from domain.customers.activity import ActivityKind
from storage.database.books import open_books
from tests.journeys.command import TODAY, a_fec, a_fec_line
from tests.journeys.gestures import Gestures
from tests.mail_server import SmtpServer, smtp_server
from tests.ui.conftest import StartApp


class Beginner(Gestures):
    """Somebody who does what the screen says, each gesture counted."""

    def press(self, words: str, within: Locator | None = None) -> None:
        """Click the button of these words."""
        place = within or self.page
        self.click(place.get_by_role("button", name=words, exact=True))

    def fill(self, label: str, words: str) -> None:
        """Fill the field of this label; one gesture, however long."""
        field = self.page.get_by_label(label, exact=True)
        expect(field).to_be_visible()
        field.fill(words)
        self.gestures += 1

    def save(self, card: Locator) -> None:
        """Save a card, and wait until it is."""
        unsaved = card.get_by_text("Pas encore enregistré")
        expect(unsaved).to_be_visible()
        self.press("Enregistrer", card)
        expect(unsaved).to_be_hidden()

    def at_step(self, words: str) -> None:
        """Wait until the step of these words is the one shown."""
        expect(self.page.locator("a[aria-current=step]")).to_have_text(words)

    def is_at(self, words: str) -> None:
        """Wait for the screen of these words."""
        expect(self.page.locator("#content")).to_contain_text(words)


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


def test_from_an_empty_folder_to_a_first_letter_and_a_first_email(
    start_app: StartApp, page: Page, server: SmtpServer, tmp_path: Path
) -> None:
    """In 31 gestures, a click, a field or a file each, by what the screens say.

    The company, 9: its name, « Créer », three fields and « Enregistrer », its IBAN and
    « Enregistrer », « Étape suivante ». Its books, 3: the file, « Accepter »,
    « Continuer » on the home page. Who is written to, 4: a customer, an address,
    « Enregistrer », on. The account, 8: address, server, port, no user, no encryption
    (a list and a choice), « Enregistrer », on. The first message read, 1. The first
    e-mail, 3: today's reminders, « Envoyer 1 e-mail », yes. The first letter, 3: « Par
    scénario », « Imprimer 1 courrier », « Imprimé ».
    """
    lines = (
        a_fec_line("F1", "1200,00", day="20261001"),
        a_fec_line("F2", "99,99", code="C2", name="Garage Inventé", day="20261002"),
    )
    file = a_fec(tmp_path, *lines)
    page.goto(start_app("--date", TODAY).next_address())
    user = Beginner(page)

    present_the_company(user)
    bring_the_books_in(user, file)
    name_who_receives(user)
    set_the_account(user, server)
    user.at_step("Lire votre premier message")
    expect(page.locator("#content section img").first).to_be_visible()
    user.press("Terminer")
    send_and_print(user)

    assert user.gestures == 31
    assert len(server.received) == 1
    books = open_books(tmp_path / "books" / "relance.db")
    (entity,) = books.entities.all()
    kinds = [one.kind for one in books.activities.all(entity.id)]
    books.close()
    assert kinds.count(ActivityKind.REMINDER) == 2


def present_the_company(user: Beginner) -> None:
    """Name the firm, then say where it is and where it is paid."""
    user.fill("Nom de la société", "Menuiserie Claire")
    user.press("Créer ma société")
    user.at_step("Présenter votre société")
    address = user.page.locator("#address")
    user.fill("Adresse", "3 rue des Tilleuls")
    user.fill("Code postal", "69003")
    user.fill("Ville", "Lyon")
    user.save(address)
    user.fill("IBAN", "FR76 3000 6000 0112 3456 7890 189")
    user.save(user.page.locator("#payment"))
    user.press("Étape suivante")


def bring_the_books_in(user: Beginner, file: Path) -> None:
    """Give the export of the accounting, and accept what it brings."""
    user.at_step("Importer votre comptabilité")
    expect(user.page.get_by_text("Déposez ici")).to_be_visible()
    user.page.locator("input[type=file]").set_input_files(file)
    user.gestures += 1
    user.press("Accepter")
    user.is_at("Premiers pas : 2 sur 5")
    user.press("Continuer")


def name_who_receives(user: Beginner) -> None:
    """Say to which address one customer is reminded; the other gets a letter."""
    user.at_step("Dire qui reçoit les relances")
    row = user.page.locator("tbody tr", has_text="Boulangerie")
    user.click(row.locator("td").nth(1))
    user.fill("E-mail", "compta@boulangerie.example.com")
    user.press("Enregistrer", user.dialog)
    expect(user.dialog).to_have_count(0)
    user.press("Étape suivante")


def set_the_account(user: Beginner, server: SmtpServer) -> None:
    """Say through which account e-mails leave."""
    user.at_step("Régler votre compte de messagerie")
    user.fill("Adresse de l'expéditeur", "relances@example.com")
    user.fill("Serveur d'envoi (SMTP)", server.host)
    user.fill("Port", str(server.port))
    user.fill("Nom d'utilisateur", "")
    user.click(user.page.get_by_label("Sécurité"))
    user.click(user.page.get_by_role("option", name="Aucune"))
    user.save(user.page.locator("#mail"))
    user.press("Étape suivante")


def send_and_print(user: Beginner) -> None:
    """Send the first e-mail, and print the first letter."""
    user.is_at("Votre société est prête.")
    user.click(user.page.get_by_role("link", name="Voir les relances du jour"))
    user.press("Envoyer 1 e-mail")
    user.press("Envoyer 1 e-mail", user.dialog)
    expect(user.page.locator("h1")).to_have_text("Envois")
    gone = user.page.locator("#content .row-of", has_text="Partis et retirés")
    expect(gone.last).to_contain_text("1")
    user.click(user.page.get_by_role("link", name="Par scénario"))
    user.press("Imprimer 1 courrier")
    printed = user.dialog.get_by_role("button", name="Imprimé", exact=True)
    expect(printed).to_be_visible()
    user.click(printed)
    user.is_at("Rien à relancer aujourd'hui")
