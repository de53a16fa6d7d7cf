"""Sixty e-mails prepared without a network, in a real browser, until they arrive."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Page, expect

from domain.basics.identifiers import customer_key
from domain.dunning.courtesy import Courtesy
from domain.dunning.outbox import MessageState
from domain.files import Attachment
from domain.ledger.entry import SourceLine
from domain.ports import Books, SmtpAccount
from domain.usecases.configuring import create_entity, save_smtp_account
from domain.usecases.courtesy import save_courtesy
from domain.usecases.outbox import PAGE as ROWS
from storage.database.books import open_books
from tests.builders import ENTITY_ID, a_message, an_entity, an_outbox_item
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in
from tests.mail_server import smtp_server
from tests.storage.test_email_message import an_email
from tests.ui.conftest import StartApp
from ui import addresses
from ui.launcher import free_port

TODAY = date.today()  # noqa: DTZ011 - the app that is started asks the same clock
LATE = TODAY - timedelta(days=45)
COUNT = 60
CODES = [f"C{n:02}" for n in range(1, COUNT + 1)]
PAYER = "C07"


def attached(code: str) -> Attachment:
    content = b"%PDF-1.7\n" + bytes(range(256)) * 20 + code.encode()
    return Attachment(name=f"{code}.pdf", mime="application/pdf", content=content)


def bring(books: Books, *more: SourceLine) -> None:
    """Import the firm's invoices, and what came since."""
    lines = [
        a_line(f"F{c}", 120_00, LATE, due_on=LATE, code=c, name=f"Client {c}")
        for c in CODES
    ]
    first = LATE.replace(day=1, month=1)
    source = a_file(*lines, *more, starts_on=first, ends_on=TODAY)
    bring_in(books, ENTITY_ID, source, TODAY)


def prepare(books: Books, account: SmtpAccount) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    save_courtesy(books, ENTITY_ID, Courtesy())
    save_smtp_account(books, ENTITY_ID, account)
    bring(books)
    items = {item.customer_id: item for item in books.ledger.items(ENTITY_ID)}
    with books.atomic():
        for code in CODES:
            customer = customer_key(ENTITY_ID, code)
            address = f"{code.lower()}@client.example.com"
            content = OUTSIDE.mail.build(
                an_email(
                    message_id=f"{code}@example.com",
                    recipient=address,
                    attachments=(attached(code),),
                )
            )
            message = a_message(
                customer_id=customer,
                recipient=address,
                subject=f"Rappel {code}",
                document_id=books.outbox.save_document("m", "message/rfc822", content),
            )
            line = an_outbox_item(message, item_id=items[customer].id)
            books.outbox.add(message, [line])


def test_sixty_prepared_offline_one_pays_and_fifty_nine_arrive_once_each_in_order(
    start_app: StartApp, page: Page, tmp_path: Path
) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    books = open_books(folder / "relance.db")
    account = SmtpAccount(
        host="127.0.0.1",
        port=free_port(),
        security="none",
        user="",
        sender_name="Société Exemple",
        sender_address="compta@example.com",
    )
    prepare(books, account)
    page.goto(start_app().next_address())
    page.goto(page.url.rstrip("/") + addresses.OUTBOX)
    content = page.locator("#content")
    expect(content).to_contain_text("Pas de réseau")

    page.get_by_role("button", name="Lire le message").first.click()
    dialog = page.locator(".q-dialog")
    expect(dialog).to_contain_text("Rappel C01")
    dialog.get_by_role("button", name="Fermer").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name=f"Envoyer {COUNT} e-mails").click()
    dialog.get_by_role("button", name=f"Envoyer {COUNT} e-mails").click()
    expect(content).to_contain_text(f"{COUNT} e-mails partiront à son retour")

    bring(books, a_line(f"F{PAYER}", -120_00, TODAY, code=PAYER, journal="BQ"))

    with smtp_server(port=account.port) as server:
        expect(content).to_contain_text("joignable")
        ready = content.get_by_role("heading", name="Prêts à partir")
        expect(ready).to_be_hidden(timeout=60_000)
        expect(content.locator(".list-row")).to_have_count(ROWS)
        content.get_by_role("button", name="Page suivante").click()
        expect(content.locator(".list-row")).to_have_count(COUNT - ROWS)
        expect(content).to_contain_text("envoyé")
        arrived = list(server.received)

    expected = [code for code in CODES if code != PAYER]
    assert [m.recipients for m in arrived] == [
        [f"{code.lower()}@client.example.com"] for code in expected
    ]
    for code, received in zip(expected, arrived, strict=True):
        message = message_from_bytes(received.content, policy=default)
        [file] = message.iter_attachments()
        assert file.get_payload(decode=True) == attached(code).content
    states = {m.state for m in books.outbox.all(ENTITY_ID, list(MessageState))}
    assert states == {MessageState.SENT, MessageState.WITHDRAWN}
    books.close()
