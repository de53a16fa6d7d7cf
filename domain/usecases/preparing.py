"""Make the files of composed reminders, and fill the outbox with them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    BatchId,
    EntityId,
    ItemId,
    MessageId,
    digest,
    new_id,
)
from domain.dunning.letter import LetterBatch, LetterFile
from domain.dunning.outbox import (
    Batch,
    BatchState,
    MessageState,
    OutboxItem,
    OutboxMessage,
)
from domain.dunning.scenario import Channel
from domain.dunning.styling import plain
from domain.files import Attachment, InvoiceFolder
from domain.ledger.invoice_file import InvoiceFile
from domain.ledger.open_item import OpenItem
from domain.ports import Books, Documents, EmailContent, Outside, Picture, ProgressTold
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files made of composed messages."""

    emails: tuple[MadeEmail, ...]
    letters: tuple[Composed, ...]
    batch: LetterBatch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was put in the outbox."""

    email_count: int
    letter_count: int
    email_ids: tuple[MessageId, ...]
    """Those of the e-mails just added."""
    batch_ids: tuple[BatchId, ...]
    """Ordinary letters, then registered ones, which the post takes apart."""
    already_there: int
    """Messages prepared before, left as they were."""

    @property
    def batch_id(self) -> BatchId | None:
        """The first batch of letters."""
        return self.batch_ids[0] if self.batch_ids else None


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


def make_files(
    outside: Outside,
    composed: Sequence[Composed],
    envelope: Envelope | None,
    now: datetime,
    progress: ProgressTold | None = None,
) -> Made:
    """Turn composed messages into PDFs and e-mails; touches no books.

    Registered letters come last, all in order of postal code, as the post sorts
    them. ``envelope`` may be None when there is no e-mail among them.
    """
    by_letter = [c for c in composed if c.message.channel is Channel.LETTER]
    by_letter.sort(
        key=lambda c: (
            _is_registered(c),
            c.customer.postal_code,
            c.customer.name.casefold(),
        )
    )
    by_email = [c for c in composed if c.message.channel is Channel.EMAIL]
    documents = outside.documents
    batch = None
    if by_letter:
        batch = _batch(documents, by_letter, progress, 0, len(composed))
    emails: list[MadeEmail] = []
    if by_email:
        if envelope is None:
            raise NoSenderError(entity=by_email[0].content.sender.name)
        invoices = outside.files.invoices(envelope.invoices_folder)
        # What a person wrote carries what that person attached, and the annex of
        # the penalties that it claims.
        proposed = [c for c in by_email if c.by_hand is None or c.content.claim]
        enclosed = {}
        if proposed:
            made = _batch(documents, proposed, progress, len(by_letter), len(composed))
            for one, letter in zip(proposed, made.letters, strict=True):
                enclosed[one.outbox_id] = _attached(one, letter.pdf, envelope, invoices)
        emails = [
            _email(outside, one, enclosed.get(one.outbox_id, ()), envelope, now)
            for one in by_email
        ]
    return Made(emails=tuple(emails), letters=tuple(by_letter), batch=batch)


def _batch(
    documents: Documents,
    composed: Sequence[Composed],
    progress: ProgressTold | None,
    before: int,
    of_all: int,
) -> LetterBatch:
    """Make PDFs, telling the progress over all the documents asked for."""

    def told(done: int, total: int) -> bool:  # noqa: ARG001 - total is of these only
        return progress is None or progress(before + done, of_all)

    return documents.letter_batch([c.content for c in composed], told)


def _email(
    outside: Outside,
    composed: Composed,
    enclosed: Sequence[Attachment],
    envelope: Envelope,
    now: datetime,
) -> MadeEmail:
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
            copies=own.copies if own else (),
            subject=content.subject,
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


def _attached(
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


def queue_messages(
    books: Books,
    entity_id: EntityId,
    made: Made,
    today: date,
    now: datetime,
) -> Prepared:
    """Put prepared messages in the outbox, all or none."""
    batch_ids: list[BatchId] = []
    letters = 0
    email_ids: list[MessageId] = []
    with books.atomic():
        for made_email in made.emails:
            composed = made_email.composed
            document = books.outbox.save_document(
                f"{composed.content.message_reference}.eml",
                "message/rfc822",
                made_email.content,
            )
            message = replace(
                outbox_message(composed, today, now),
                document_id=document,
                sender=made_email.sender,
                message_header_id=made_email.header_id,
            )
            if books.outbox.add(message, outbox_lines(composed)):
                email_ids.append(message.id)
        if made.batch:
            pairs = list(zip(made.letters, made.batch.letters, strict=True))
            for registered in (False, True):
                apart = [p for p in pairs if _is_registered(p[0]) is registered]
                if apart:
                    batch_id, count = _queue_letters(
                        books, entity_id, apart, today, now
                    )
                    batch_ids.append(batch_id)
                    letters += count
    return Prepared(
        email_count=len(email_ids),
        letter_count=letters,
        email_ids=tuple(email_ids),
        batch_ids=tuple(batch_ids),
        already_there=len(made.emails) + len(made.letters) - len(email_ids) - letters,
    )


def _is_registered(composed: Composed) -> bool:
    """Whether the post hands it over against a signature: a « mise en demeure »."""
    content = composed.content
    return content.is_formal_notice and composed.message.channel is Channel.LETTER


def _queue_letters(
    books: Books,
    entity_id: EntityId,
    letters: Sequence[tuple[Composed, LetterFile]],
    today: date,
    now: datetime,
) -> tuple[BatchId, int]:
    batch_id = BatchId(new_id())
    counts = [letter.page_count for _composed, letter in letters]
    books.outbox.save_batch(
        Batch(
            id=batch_id,
            entity_id=entity_id,
            state=BatchState.PREPARED,
            created_at=now,
            letter_count=len(letters),
            page_count=sum(n + n % 2 for n in counts[:-1]) + counts[-1],
            sorted_by=books.entities.letter_layout(entity_id).batch_order,
        )
    )
    added = 0
    for composed, letter in letters:
        document = books.outbox.save_document(
            f"{composed.content.message_reference}.pdf", "application/pdf", letter.pdf
        )
        message = replace(
            outbox_message(composed, today, now),
            document_id=document,
            batch_id=batch_id,
            is_registered=_is_registered(composed),
        )
        added += books.outbox.add(message, outbox_lines(composed))
    return batch_id, added


def outbox_message(composed: Composed, today: date, now: datetime) -> OutboxMessage:
    """Make the message that waits in the outbox for a composed one."""
    planned, content, own = composed.message, composed.content, composed.by_hand
    return OutboxMessage(
        id=composed.outbox_id,
        entity_id=composed.customer.entity_id,
        customer_id=composed.customer.id,
        state=MessageState.QUEUED,
        channel=planned.channel,
        kind=planned.step.kind,
        level=planned.step.level,
        scenario_id=planned.scenario.id,
        dedupe=digest("by_hand", own.draft_id)
        if own
        else digest(
            composed.customer.id,
            planned.step.code,
            planned.total.currency,
            today.isoformat(),
        ),
        subject=content.subject,
        body=plain("\n\n".join(content.paragraphs)),
        recipient=composed.recipient,
        copies="\n".join(own.copies) if own else "",
        counts=own.counts if own else True,
        level_after=own.level_after if own else None,
        despite=own.despite if own else "",
        written_by_hand=own is not None,
        total=planned.total,
        deadline_on=composed.deadline_on,
        prepared_on=today,
        created_at=now,
        changed_at=now,
    )


def outbox_lines(composed: Composed) -> list[OutboxItem]:
    """List the items of a composed message, with what it asks for each."""
    levels = composed.by_hand.levels if composed.by_hand else {}
    return [
        OutboxItem(
            message_id=composed.outbox_id,
            item_id=item.id,
            left=item.left,
            level=levels.get(item.id),
        )
        for item in composed.message.items
    ]
