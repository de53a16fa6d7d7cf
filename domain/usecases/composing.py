"""Fix the words of the chosen reminders, from what is due right now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    EntityId,
    ItemId,
    MessageId,
    new_id,
)
from domain.customers.customer import Customer
from domain.dunning.compose import compose
from domain.dunning.letter import LetterContent
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.texts import MessageText, text_in
from domain.files import Attachment
from domain.ledger.entity import Entity
from domain.ports import (
    Books,
)
from domain.usecases.acting import Choice
from domain.usecases.conversations import conversation_of
from domain.usecases.letter_layouts import dressed
from domain.usecases.penalties import claimed_penalties, claims
from domain.usecases.situations import AddressCheck, Situations, gather_for


class NothingChosenError(DunningError):
    """No message of today was chosen."""

    message = "There is nothing to prepare: no reminder is due or ticked."


class TextMissingError(DunningError):
    """The wording of a step was removed."""

    message = "The text “{key}” ({channel}, {language}) is missing."


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """What a person chose of a message that no scenario proposed."""

    draft_id: str
    sender_name: str
    copies: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    counts: bool
    level_after: int | None
    levels: Mapping[ItemId, int]
    """Those that items reach once it has left."""
    despite: str
    """Reasons against it, known when it was written, between spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A message whose words are fixed, not yet in the outbox."""

    message: PlannedMessage
    customer: Customer
    content: LetterContent
    recipient: str
    deadline_on: date | None
    outbox_id: MessageId
    answers: tuple[str, ...] = ()
    """Message-IDs of the e-mails that this one goes on with, the oldest first."""
    by_hand: ByHand | None = None
    """None for what the scenario proposed."""

    @property
    def copies(self) -> tuple[str, ...]:
        """Who receives it in copy: as written by hand, else as its step says."""
        if self.by_hand:
            return self.by_hand.copies
        if self.message.channel is not Channel.EMAIL:
            return ()
        return tuple(self.message.step.copies.split())

    @property
    def lacking_language(self) -> str:
        """The customer's language, where nothing is worded in it; else empty."""
        wanted = self.customer.language
        return "" if wanted == self.content.language else wanted


def compose_chosen(
    books: Books,
    entity_id: EntityId,
    choices: Sequence[Choice],
    check_address: AddressCheck,
    today: date,
    *,
    even_today: bool = False,
) -> list[Composed]:
    """Fix the words of the chosen messages, from what is due right now."""
    customers = dict.fromkeys(choice.customer_id for choice in choices)
    situations = gather_for(
        books, entity_id, customers, check_address, today, even_today=even_today
    )
    wanted = {(c.customer_id, c.step_code, c.currency): c for c in choices}
    chosen = []
    for plan in situations.plans():
        for planned in plan.messages:
            key = (plan.customer_id, planned.step.code, planned.total.currency)
            choice = wanted.get(key)
            message = narrowed(planned, choice) if choice else None
            if message:
                chosen.append(message)
    return compose_messages(books, situations, chosen)


def compose_messages(
    books: Books, situations: Situations, messages: Sequence[PlannedMessage]
) -> list[Composed]:
    """Fix the words of messages to customers whose situations were gathered."""
    if not messages:
        raise NothingChosenError
    entity = books.entities.get(situations.entity_id)
    texts = books.scenarios.texts(entity.id)
    logo = books.outbox.document(entity.logo) if entity.logo else None
    made = [
        _composed(
            books,
            situations,
            message,
            entity,
            _text_for(message, situations, texts),
            logo,
        )
        for message in messages
    ]
    contents = dressed(books, entity.id, [one.content for one in made])
    return [replace(o, content=c) for o, c in zip(made, contents, strict=True)]


def narrowed(message: PlannedMessage, choice: Choice) -> PlannedMessage | None:
    """Keep the ticked items only; a message without any debit is none."""
    items = tuple(item for item in message.items if item.id in choice.item_ids)
    if all(item.is_credit for item in items):
        return None
    return replace(message, items=items)


def _text_for(
    message: PlannedMessage, situations: Situations, texts: Sequence[MessageText]
) -> MessageText:
    """Find the wording in the customer's language, else in French."""
    language = situations.of[message.customer_id].customer.language
    key = message.step.text_key
    text = text_in(texts, key, message.channel, language)
    if text is None:
        raise TextMissingError(key=key, channel=message.channel, language=language)
    return text


def _composed(
    books: Books,
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
        promises=situation.promises,
        pays_automatically=situation.pays_by_itself(message.items),
        claimed=claimed_penalties(books, customer, message.items, today)
        if claims(customer, message.step)
        else None,
    )
    is_reminder = message.step.kind is StepKind.REMINDER
    by_email = message.channel is Channel.EMAIL
    goes_on = None
    if by_email and not content.is_formal_notice:
        goes_on = conversation_of(books, message, situation.email)
    return Composed(
        message=message,
        customer=customer,
        content=replace(content, conversation=goes_on.subject) if goes_on else content,
        answers=goes_on.header_ids if goes_on else (),
        recipient=situation.email if by_email else "\n".join(content.recipient_lines),
        deadline_on=today + timedelta(days=message.step.payment_days)
        if is_reminder
        else None,
        outbox_id=MessageId(new_id()),
    )
