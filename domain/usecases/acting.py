"""Today's reminders: see them, choose, prepare letters and e-mails."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    BatchId,
    CustomerId,
    EntityId,
    ItemId,
    MessageId,
    digest,
    new_id,
)
from domain.basics.money import EUR, Money
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
from domain.dunning.planned import LeftOut, PlannedMessage
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
from domain.usecases.configuring import smtp_account
from domain.usecases.importing import data_is_old
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
class BucketRow:
    """One message of a bucket, as a line of the screen."""

    customer: Customer
    message: PlannedMessage
    recipient: str
    address_missing: bool
    """A letter that would have no postal address to print."""

    @property
    def choice(self) -> "Choice":
        """The whole message, ticked."""
        return Choice(
            customer_id=self.customer.id,
            step_code=self.message.step.code,
            currency=self.message.total.currency,
            item_ids=frozenset(item.id for item in self.message.items),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Today's messages of one step of one scenario (« corbeille »)."""

    profile_name: str
    with_email: bool
    step_code: str
    channel: Channel
    rows: tuple[BucketRow, ...]
    total: Money

    @property
    def key(self) -> str:
        """Name of the bucket, stable from one look to the next."""
        return digest(self.profile_name, str(self.with_email), self.step_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutRow:
    """A customer with items that are not proposed."""

    customer: Customer
    items: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """The morning's work."""

    buckets: tuple[Bucket, ...]
    left_out: tuple[LeftOutRow, ...]
    data_is_old: bool
    last_import_on: date | None

    def count(self, channel: Channel) -> int:
        """Messages of today by one means."""
        return sum(len(b.rows) for b in self.buckets if b.channel is channel)

    @property
    def total(self) -> Money:
        """What today's reminders ask for."""
        return Money.total(b.total for b in self.buckets if b.total.currency == EUR)

    @property
    def customer_count(self) -> int:
        """Customers reached by today's messages."""
        return len({row.customer.id for b in self.buckets for row in b.rows})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A ticked message, and its ticked items."""

    customer_id: CustomerId
    step_code: str
    currency: str = EUR
    item_ids: frozenset[ItemId]


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
    batch_id: BatchId | None
    already_there: int
    """Messages prepared before, left as they were."""


def show_today(
    books: Books, entity_id: EntityId, check_address: AddressCheck, today: date
) -> TodayView:
    """Group today's proposals by scenario and step, the others with reasons."""
    situations = gather(books, entity_id, check_address, today)
    rows: dict[tuple[str, bool, str, str, Channel], list[BucketRow]] = defaultdict(list)
    left_out = []
    for plan in situations.plans():
        situation = situations.of[plan.customer_id]
        for message in plan.messages:
            key = (
                situation.profile.name,
                message.scenario.with_email,
                message.step.code,
                message.total.currency,
                message.channel,
            )
            rows[key].append(_row(situations, message))
        if plan.left_out:
            left_out.append(
                LeftOutRow(customer=situation.customer, items=plan.left_out)
            )
    last = books.imports.last(entity_id)
    return TodayView(
        buckets=tuple(
            _bucket(key, rows[key])
            for key in sorted(rows, key=lambda k: (k[0], not k[1], k[2], k[3]))
        ),
        left_out=tuple(sorted(left_out, key=lambda r: r.customer.name.casefold())),
        data_is_old=data_is_old(books, entity_id, today),
        last_import_on=last.imported_at.date() if last else None,
    )


def _bucket(key: tuple[str, bool, str, str, Channel], rows: list[BucketRow]) -> Bucket:
    profile_name, with_email, step_code, currency, channel = key
    return Bucket(
        profile_name=profile_name,
        with_email=with_email,
        step_code=step_code,
        channel=channel,
        rows=tuple(sorted(rows, key=lambda r: -r.message.total.cents)),
        total=Money.total((r.message.total for r in rows), currency),
    )


def _row(situations: Situations, message: PlannedMessage) -> BucketRow:
    customer = situations.of[message.customer_id].customer
    by_letter = message.channel is Channel.LETTER
    return BucketRow(
        customer=customer,
        message=message,
        recipient=situations.of[message.customer_id].email
        if message.channel is Channel.EMAIL
        else "",
        address_missing=by_letter and not customer.has_postal_address,
    )


def all_choices(view: TodayView, channels: Iterable[Channel]) -> list[Choice]:
    """Tick everything that is proposed by the given means."""
    wanted = set(channels)
    return [row.choice for b in view.buckets if b.channel in wanted for row in b.rows]


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
    total: int,
) -> LetterBatch:
    """Make PDFs, telling the progress over all the documents asked for."""

    def told(done: int, _of_these: int) -> bool:
        return progress is None or progress(before + done, total)

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
    emails = letters = 0
    with books.atomic():
        for composed, content in made.emails:
            document = books.outbox.save_document(
                f"{composed.content.message_reference}.eml", "message/rfc822", content
            )
            message = replace(
                _outbox_message(composed, today, now), document_id=document
            )
            emails += books.outbox.add(message, _lines(composed))
        if made.batch:
            batch_id, letters = _queue_letters(
                books, entity_id, made, made.batch, today, now
            )
    return Prepared(
        email_count=emails,
        letter_count=letters,
        batch_id=batch_id,
        already_there=len(made.emails) + len(made.letters) - emails - letters,
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
