"""The mailbox in a real browser: set, tried, then a reply and a bounce on screen."""

from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect

from domain.dunning.outbox import Delivery
from domain.usecases.configuring import create_entity, save_smtp_account
from storage.database.books import open_books
from storage.mail.secrets import MAILBOX_VARIABLE
from tests.builders import an_entity
from tests.imap_server import PASSWORD, imap_server
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in, give_email
from tests.journeys.test_delivering import ACCOUNT, JAN, TODAY
from tests.journeys.test_mailbox import ADDRESS, send
from tests.journeys.test_mailbox_command import REPLY
from tests.ui.conftest import StartApp
from ui import addresses

BOUNCE = """\
From: MAILER-DAEMON@mx.example.com
Message-ID: <bounce@mx.example.com>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b
Content-Type: text/rfc822-headers

Message-ID: <{name}>
--b--
"""


def sent_reminder(folder: Path) -> str:
    """Make books with one reminder that left; tell its Message-ID."""
    folder.mkdir()
    with closing(open_books(folder / "relance.db")) as books:
        firm = create_entity(books, an_entity(), OUTSIDE.documents.starting_texts()).id
        bring_in(books, firm, a_file(a_line("F1", 120_00, JAN)), TODAY)
        give_email(books, firm, ADDRESS)
        save_smtp_account(books, firm, ACCOUNT)
        return send(books, firm, Delivery.ACCEPTED).message_header_id


def test_a_mailbox_is_set_and_tried_then_what_comes_back_is_on_screen(
    start_app: StartApp, page: Page, tmp_path: Path
) -> None:
    name = sent_reminder(tmp_path / "books")
    with imap_server() as server:
        environment = {MAILBOX_VARIABLE: PASSWORD}
        page.goto(start_app(**environment).next_address())
        home = page.url.rstrip("/")
        page.goto(f"{home}{addresses.SETTINGS}#mailbox")
        card = page.locator("#mailbox")
        card.get_by_label("Serveur de réception (IMAP)").fill("127.0.0.1")
        card.get_by_label("Port").fill(str(server.account.port))
        card.get_by_label("Nom d'utilisateur").fill("compta")
        card.get_by_label("Sécurité").click()
        page.get_by_role("option", name="Aucune").click()
        card.get_by_role("button", name="Enregistrer et tester").click()
        expect(card.get_by_role("status")).to_contain_text("peut être lue. Rien")

        server.deliver(REPLY.format(address=ADDRESS, name=name).encode())
        server.deliver(BOUNCE.format(address=ADDRESS, name=name).encode())
        page.goto(home + addresses.OUTBOX)
        page.get_by_role("button", name="Lire la boîte de réception").click()

        content = page.locator("#content")
        expect(content).to_contain_text("Réponses à lire")
        expect(content).to_contain_text(f"{ADDRESS} · Re: Rappel")
        expect(content).to_contain_text(f"L’adresse {ADDRESS} est refusée")
        expect(content.get_by_label("Bonne adresse")).to_have_value(ADDRESS)
        content.get_by_role("button", name="Lire le message").first.click()
        dialog = page.locator(".q-dialog")
        expect(dialog).to_contain_text("Nous payons vendredi.")
        assert not [n for n in server.names() if "S" in n.partition(":2,")[2]]
