"""Prepare the chosen reminders: fix the words, make the files, fill the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    BatchId,
    EntityId,
    MessageId,
    digest,
    new_id,
)
from domain.customers.customer import Customer
from domain.dunning.compose import compose
from domain.dunning.letter import LetterContent
from domain.dunning.outbox import (
    Batch,
    BatchState,
    MessageState,
    OutboxItem,
    OutboxMessage,
)
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.texts import MessageText
from domain.ledger.entity import Entity
from domain.ports import (
    Attachment,
    Books,
    Documents,
    EmailContent,
    LetterBatch,
    MailGateway,
    ProgressTold,
)
from domain.usecases.acting import Choice
from domain.usecases.configuring import smtp_account
from domain.usecases.situations import AddressCheck, Situations, gather


class NothingChosenError(DunningError):
    """No message of today was chosen."""

    message = "There is nothing to prepare: no reminder is due or ticked."


class NoSenderError(DunningError):
    """E-mails need an address to leave from."""

    message = (
        "No e-mail address for {entity}: set the firm's address or its mail account"
        " before preparing e-mails."
    )


class TextMissingError(DunningError):
    """The wording of a step was removed."""

    message = "The text “{key}” ({channel}, {language}) is missing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A message whose words are fixed, not yet in the outbox."""

    message: PlannedMessage
    customer: Customer
    content: LetterContent
    recipient: str
    deadline_on: date | None
    outbox_id: MessageId


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files made of composed messages."""

    emails: tuple[tuple[Composed, bytes], ...]
    letters: tuple[Composed, ...]
    batch: LetterBatch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was put in the outbox."""

    email_count: int
    letter_count: int
    email_ids: tuple[MessageId, ...]
    """Those of the e-mails just added."""
    batch_id: BatchId | None
    already_there: int
    """Messages prepared before, left as they were."""


def compose_chosen(
    books: Books,
    entity_id: EntityId,
    choices: Sequence[Choice],
    check_address: AddressCheck,
    today: date,
) -> list[Composed]:
    """Fix the words of the chosen messages, from what is due right now."""
    situations = gather(books, entity_id, check_address, today)
    entity = books.entities.get(entity_id)
    texts = {
        (t.key, t.channel, t.language): t for t in books.scenarios.texts(entity_id)
    }
    logo = books.outbox.document(entity.logo) if entity.logo else None
    wanted = {(c.customer_id, c.step_code, c.currency): c for c in choices}
    composed = []
    for plan in situations.plans():
        for planned in plan.messages:
            key = (plan.customer_id, planned.step.code, planned.total.currency)
            choice = wanted.get(key)
            message = _narrowed(planned, choice) if choice else None
            if message:
                text = _text_for(message, situations, texts)
                composed.append(_composed(situations, message, entity, text, logo))
    if not composed:
        raise NothingChosenError
    return composed


def _narrowed(message: PlannedMessage, choice: Choice) -> PlannedMessage | None:
    """Keep the ticked items only; a message without any debit is none."""
    items = tuple(item for item in message.items if item.id in choice.item_ids)
    if all(item.is_credit for item in items):
        return None
    return replace(message, items=items)


def _text_for(
    message: PlannedMessage,
    situations: Situations,
    texts: dict[tuple[str, Channel, str], MessageText],
) -> MessageText:
    """Find the wording in the customer's language, else in French."""
    language = situations.of[message.customer_id].customer.language
    key = message.step.text_key
    for wanted in (language, "fr"):
        text = texts.get((key, message.channel, wanted))
        if text:
            return text
    raise TextMissingError(key=key, channel=message.channel, language=language)


def _composed(
    situations: Situations,
    message: PlannedMessage,
    entity: Entity,
    text: MessageText,
    logo: bytes | None,
) -> Composed:
    situation = situations.of[message.customer_id]
    customer, today = situation.customer, situations.today
    contact = situations.contacts.get(customer.id)
    reminded = [
        reached
        for item in message.items
        if (reached := situation.position(item).reached_on)
    ]
    content = compose(
        message,
        entity=entity,
        customer=customer,
        contact=contact,
        text=text,
        account_items=situation.open_items,
        last_reminder_on=max(reminded, default=None),
        today=today,
        reference=f"{customer.code}-{today:%Y%m%d}-{message.step.code}",
        logo=logo,
        logo_mime="",
    )
    is_reminder = message.step.kind is StepKind.REMINDER
    by_email = message.channel is Channel.EMAIL
    return Composed(
        message=message,
        customer=customer,
        content=content,
        recipient=situation.email if by_email else "\n".join(content.recipient_lines),
        deadline_on=today + timedelta(days=message.step.payment_days)
        if is_reminder
        else None,
        outbox_id=MessageId(new_id()),
    )


def sender_of(books: Books, entity_id: EntityId) -> tuple[str, str]:
    """Tell under which name and address e-mails leave."""
    entity = books.entities.get(entity_id)
    account = smtp_account(books, entity_id)
    if account:
        return account.sender_name or entity.name, account.sender_address
    if entity.email:
        return entity.name, entity.email
    raise NoSenderError(entity=entity.name)


def make_files(
    documents: Documents,
    mail: MailGateway,
    composed: Sequence[Composed],
    sender: tuple[str, str] | None,
    now: datetime,
    progress: ProgressTold | None = None,
) -> Made:
    """Turn composed messages into PDFs and e-mails; touches no books.

    Letters come in order of postal code, as the post sorts them. ``sender`` may be
    None when there is no e-mail among them.
    """
    by_letter = [c for c in composed if c.message.channel is Channel.LETTER]
    by_letter.sort(key=lambda c: (c.customer.postal_code, c.customer.name.casefold()))
    by_email = [c for c in composed if c.message.channel is Channel.EMAIL]
    batch = None
    if by_letter:
        batch = _batch(documents, by_letter, progress, 0, len(composed))
    emails = []
    if by_email:
        if sender is None:
            raise NoSenderError(entity=by_email[0].content.sender.name)
        enclosed = _batch(
            documents, by_email, progress, len(by_letter), len(composed)
        ).letters
        emails = [
            (one, _email(documents, mail, one, letter.pdf, sender, now))
            for one, letter in zip(by_email, enclosed, strict=True)
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
    documents: Documents,
    mail: MailGateway,
    composed: Composed,
    pdf: bytes,
    sender: tuple[str, str],
    now: datetime,
) -> bytes:
    name, address = sender
    content = composed.content
    return mail.build(
        EmailContent(
            message_id=header_id(composed.outbox_id, address),
            sender_name=name,
            sender_address=address,
            recipient=composed.recipient,
            subject=content.subject,
            text=documents.email_text(content),
            html=documents.email_html(content),
            date=now,
            attachments=(
                Attachment(
                    name=f"{content.message_reference}.pdf",
                    mime="application/pdf",
                    content=pdf,
                ),
            ),
        )
    )


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
    batch_id = None
    letters = 0
    email_ids: list[MessageId] = []
    with books.atomic():
        for composed, content in made.emails:
            document = books.outbox.save_document(
                f"{composed.content.message_reference}.eml", "message/rfc822", content
            )
            message = replace(
                _outbox_message(composed, today, now), document_id=document
            )
            if books.outbox.add(message, _lines(composed)):
                email_ids.append(message.id)
        if made.batch:
            batch_id, letters = _queue_letters(
                books, entity_id, made, made.batch, today, now
            )
    return Prepared(
        email_count=len(email_ids),
        letter_count=letters,
        email_ids=tuple(email_ids),
        batch_id=batch_id,
        already_there=len(made.emails) + len(made.letters) - len(email_ids) - letters,
    )


def _queue_letters(
    books: Books,
    entity_id: EntityId,
    made: Made,
    batch: LetterBatch,
    today: date,
    now: datetime,
) -> tuple[BatchId | None, int]:
    batch_id = BatchId(new_id())
    books.outbox.save_batch(
        Batch(
            id=batch_id,
            entity_id=entity_id,
            state=BatchState.PREPARED,
            created_at=now,
            letter_count=len(made.letters),
            page_count=batch.page_count,
            document_id=books.outbox.save_document(
                f"courriers-{today.isoformat()}.pdf", "application/pdf", batch.pdf
            ),
        )
    )
    letters = 0
    for composed, letter in zip(made.letters, batch.letters, strict=True):
        document = books.outbox.save_document(
            f"{composed.content.message_reference}.pdf", "application/pdf", letter.pdf
        )
        message = replace(
            _outbox_message(composed, today, now),
            document_id=document,
            batch_id=batch_id,
        )
        letters += books.outbox.add(message, _lines(composed))
    return batch_id, letters


def _outbox_message(composed: Composed, today: date, now: datetime) -> OutboxMessage:
    planned, content = composed.message, composed.content
    by_email = planned.channel is Channel.EMAIL
    return OutboxMessage(
        id=composed.outbox_id,
        entity_id=composed.customer.entity_id,
        customer_id=composed.customer.id,
        state=MessageState.QUEUED,
        channel=planned.channel,
        kind=planned.step.kind,
        level=planned.step.level,
        scenario_id=planned.scenario.id,
        dedupe=digest(
            composed.customer.id,
            planned.step.code,
            planned.total.currency,
            today.isoformat(),
        ),
        subject=content.subject,
        body="\n\n".join([*content.paragraphs_before, *content.paragraphs_after]),
        recipient=composed.recipient,
        message_header_id=header_id(composed.outbox_id, content.sender.email)
        if by_email
        else "",
        total=planned.total,
        deadline_on=composed.deadline_on,
        prepared_on=today,
        created_at=now,
        changed_at=now,
    )


def _lines(composed: Composed) -> list[OutboxItem]:
    return [
        OutboxItem(message_id=composed.outbox_id, item_id=item.id, left=item.left)
        for item in composed.message.items
    ]
