"""The first day, in a real browser: from an accounting export to what customers get."""

import email
import re
from contextlib import suppress
from email.policy import default
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.mail_server import Behaviour, smtp_server
from tests.third_party import ROOT
from tests.ui.conftest import StartApp

EXPORT = ROOT / "fec" / "111111111FEC20221231.TXT"
OWES = re.compile(r"Vos clients vous doivent")


class Visitor:
    """The user, in words."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.base = address.split("/enter", maxsplit=1)[0]
        page.goto(address)

    def goes_to(self, path: str) -> None:
        self.page.goto(self.base + path)

    def fills(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(value)

    def clicks(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def is_asked(self, name: str) -> None:
        """Click until the question shows: a notice that comes moves what is below."""
        for _attempt in range(3):
            self.clicks(name)
            with suppress(AssertionError):
                expect(self.page.get_by_role("dialog")).to_be_visible(timeout=15_000)
                return

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def opens_customer(self, name: str) -> None:
        self.goes_to("/customers")
        self.page.get_by_text(name, exact=True).first.click()
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()


@pytest.mark.skipif(not EXPORT.exists(), reason="the public test data are not here")
def test_from_an_export_to_a_printed_batch_and_a_received_email(
    start_app: StartApp, page: Page, tmp_path: Path
) -> None:
    app = start_app("--browser", "--date", "2026-11-20")
    with smtp_server(Behaviour.ACCEPT) as server:
        user = Visitor(page, app.next_address())
        creates_a_firm(user)
        imports_the_export(user)
        late = customers_who_are_late(user)
        gives_an_email(user, late[0], "compta@client.example.com")
        sets_the_mail_account(user, server.account.port)
        sends_the_emails(user)

        (received,) = server.received
        assert received.recipients == ["compta@client.example.com"]
        reads_as_a_reminder(received.content, tmp_path)

    prints_the_letters(user, tmp_path)
    finds_the_history(user, late[0])


def creates_a_firm(user: Visitor) -> None:
    user.sees("Bienvenue dans Relance")
    user.fills("Nom de la société", "Conserverie Exemple")
    user.clicks("Créer ma société")
    user.sees("Présenter votre société")


def imports_the_export(user: Visitor) -> None:
    user.goes_to("/import")
    with user.page.expect_file_chooser() as chooser:
        user.page.get_by_role("button", name=re.compile("Déposez ici")).click()
    chooser.value.set_files(EXPORT)
    user.sees("934 lignes lues · 151 écritures de clients · 34 clients")
    user.clicks("Accepter")
    user.sees(OWES)


def customers_who_are_late(user: Visitor) -> list[str]:
    """Read off the home page who owes most."""
    rows = user.page.locator("table tbody tr td:first-child")
    expect(rows.first).to_be_visible()
    return [name.strip() for name in rows.all_inner_texts() if name.strip()]


def gives_an_email(user: Visitor, customer: str, address: str) -> None:
    user.opens_customer(customer)
    user.clicks("En ajouter un")
    user.fills("E-mail", address)
    user.clicks("Enregistrer")
    user.sees(address)


def sets_the_mail_account(user: Visitor, port: int) -> None:
    user.goes_to("/settings")
    user.fills("Serveur d'envoi (SMTP)", "127.0.0.1")
    user.fills("Port", str(port))
    user.page.get_by_label("Sécurité", exact=True).first.click()
    user.page.get_by_role("option", name=re.compile("Aucune")).click()
    user.fills("Adresse de l'expéditeur", "compta@conserverie.example.com")
    user.clicks("Enregistrer et tester")
    user.sees(re.compile("répond|accepté|fonctionne"))


def sends_the_emails(user: Visitor) -> None:
    user.goes_to("/act/scenario")
    expect(user.page.locator("iframe")).to_be_visible()
    user.is_asked("Envoyer 1 e-mail")
    user.page.get_by_role("dialog").get_by_role(
        "button", name="Envoyer 1 e-mail"
    ).click()
    sent = user.page.get_by_role("heading", name="Partis et retirés")
    expect(sent).to_be_visible()
    user.sees(re.compile("^envoyé$"))


def reads_as_a_reminder(content: bytes, folder: Path) -> None:
    """The e-mail as its customer gets it: words, and the letter enclosed."""
    message = email.message_from_bytes(content, policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    assert "Conserverie Exemple" in str(message["From"])
    assert "<" not in body.get_content()
    (enclosed,) = message.iter_attachments()
    file = folder / "joint.pdf"
    file.write_bytes(enclosed.get_content())
    words = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    assert "Conserverie Exemple" in words


def prints_the_letters(user: Visitor, folder: Path) -> None:
    user.goes_to("/act/scenario")
    user.clicks(re.compile(r"^Imprimer \d+ courriers?$"))
    user.sees("Les courriers sont prêts")
    with user.page.expect_download() as download:
        user.clicks("Enregistrer le PDF")
    download.value.save_as(folder / "courriers.pdf")
    assert len(pypdfium2.PdfDocument(folder / "courriers.pdf")) > 0
    user.clicks("Imprimé")
    user.sees(re.compile(r"courriers? comptés? comme envoyés?"))


def finds_the_history(user: Visitor, customer: str) -> None:
    user.opens_customer(customer)
    user.sees("Historique des activités")
    user.sees("compta@client.example.com")
    user.sees("Relance 1")
