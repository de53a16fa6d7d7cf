"""E-mails as bytes: what they enclose, what they answer, whom they leave from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import EntityId, ItemId, MessageId
from domain.files import Attachment, InvoiceFolder
from domain.ledger.invoice_file import InvoiceFile
from domain.ledger.open_item import OpenItem
from domain.ports import Books, EmailContent, Outside, Picture
from domain.usecases.composing import Composed
from domain.usecases.configuring import smtp_account
from domain.usecases.matching_invoices import invoice_matches

ATTACHED_BYTES = 15_000_000
"""Of invoices in one e-mail: source 004 and most mail servers stop there."""


_QR_NAME = "qr-virement@relance.invalid"


class NoSenderError(DunningError):
    """E-mails need an address to leave from."""

    message = (
        "No e-mail address for {entity}: set the firm's address or its mail account"
        " before preparing e-mails."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who e-mails leave from, and where the invoices they enclose are."""

    sender_name: str
    sender_address: str
    reply_to: str = ""
    """Where answers go; the sender's own address where empty."""
    wants_receipt: bool = False
    invoices_folder: str = ""
    invoices: Mapping[ItemId, InvoiceFile] = field(default_factory=dict)
    """Those that are surely their items' own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeEmail:
    """An e-mail as bytes, under the name that mail servers will know it by."""

    composed: Composed
    content: bytes
    header_id: str
    sender: str


def envelope_of(books: Books, entity_id: EntityId) -> Envelope:
    """Tell who e-mails leave from."""
    entity = books.entities.get(entity_id)
    items = books.ledger.open_items(entity_id)
    account = smtp_account(books, entity_id)
    if account is None and not entity.email:
        raise NoSenderError(entity=entity.name)
    return Envelope(
        sender_name=(account and account.sender_name) or entity.name,
        sender_address=account.sender_address if account else entity.email,
        reply_to=account.reply_to if account else "",
        wants_receipt=account.wants_receipt if account else False,
        invoices_folder=entity.invoices_folder,
        invoices=sure_invoices(books, entity_id, items) or {},
    )


def sure_invoices(
    books: Books, entity_id: EntityId, items: Collection[OpenItem]
) -> dict[ItemId, InvoiceFile] | None:
    """Find the PDFs that may go with reminders without another look.

    None where the firm keeps no folder of invoices.
    """
    if not books.entities.get(entity_id).invoices_folder:
        return None
    matches = invoice_matches(books, entity_id, items)
    return {item_id: m.file for item_id, m in matches.items() if m.is_sure}


def built_email(
    outside: Outside,
    composed: Composed,
    enclosed: Sequence[Attachment],
    envelope: Envelope,
    now: datetime,
) -> MadeEmail:
    """Write a message as the bytes that will leave, with what it encloses."""
    content, own = composed.content, composed.by_hand
    name = header_id(composed.outbox_id, envelope.sender_address)
    recipient, *others = composed.recipient.splitlines() or [""]
    payload = content.payment.qr_payload if content.payment else ""
    documents = outside.documents
    message = outside.mail.build(
        EmailContent(
            message_id=name,
            sender_name=(own and own.sender_name) or envelope.sender_name,
            sender_address=envelope.sender_address,
            recipient=recipient,
            also_to=tuple(others),
            copies=composed.copies,
            subject=content.email_subject,
            answers=composed.answers,
            reply_to=envelope.reply_to,
            wants_receipt=envelope.wants_receipt,
            text=outside.documents.email_text(content),
            html=documents.email_html(content, f"cid:{_QR_NAME}" if payload else ""),
            pictures=(Picture(name=_QR_NAME, content=documents.qr_png(payload)),)
            if payload
            else (),
            date=now,
            attachments=(*(own.attachments if own else ()), *enclosed),
        )
    )
    return MadeEmail(
        composed=composed,
        content=message,
        header_id=name,
        sender=envelope.sender_address,
    )


def attached(
    composed: Composed, pdf: bytes, envelope: Envelope, invoices: InvoiceFolder
) -> list[Attachment]:
    """Join the letter and the invoices to what the scenario proposed."""
    name = f"{composed.content.message_reference}.pdf"
    letter = Attachment(name=name, mime="application/pdf", content=pdf)
    if composed.by_hand:
        return [letter]
    return [letter, *_enclosed(composed, envelope, invoices)]


def enclosed_invoices(
    composed: Composed, invoices: Mapping[ItemId, InvoiceFile]
) -> tuple[InvoiceFile, ...]:
    """Choose the invoices that go with an e-mail, as many as mail servers accept."""
    chosen: dict[str, InvoiceFile] = {}
    room = ATTACHED_BYTES
    for item in composed.message.items:
        file = None if item.is_credit else invoices.get(item.id)
        if file and file.name not in chosen and file.size <= room:
            room -= file.size
            chosen[file.name] = file
    return tuple(chosen.values())


def _enclosed(
    composed: Composed, envelope: Envelope, folder: InvoiceFolder
) -> list[Attachment]:
    """Read the invoices that go with an e-mail; one gone meanwhile is left out."""
    return [
        Attachment(name=file.name, mime="application/pdf", content=content)
        for file in enclosed_invoices(composed, envelope.invoices)
        if (content := folder.content(file.name)) is not None
    ]


def header_id(message_id: MessageId, sender_address: str) -> str:
    """Name an e-mail for mail servers, the same at every attempt."""
    return f"{message_id}@{sender_address.rpartition('@')[2]}"
