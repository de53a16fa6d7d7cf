"""« Agir par client »: fix the words of a message that a person wrote (S30, S31)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.basics import wording
from domain.basics.errors import DunningError
from domain.basics.identifiers import (
    CustomerId,
    ItemId,
    MessageId,
    PairId,
    ScenarioId,
    StepId,
    TextId,
    new_id,
)
from domain.basics.money import CurrenciesMixedError
from domain.customers.customer import Contact, dunning_contact
from domain.dunning.by_hand import effect_of
from domain.dunning.compose import compose
from domain.dunning.exclusions import standing_exclusions
from domain.dunning.planned import PlannedMessage, Reason
from domain.dunning.scenario import Channel, DunningStep, Scenario, StepKind
from domain.dunning.situation import CustomerSituation
from domain.dunning.tag_values import MessageFacts, tag_values
from domain.dunning.tags import OF_PROMISES, Tag, uses
from domain.dunning.texts import MessageText
from domain.files import Attachment
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.composing import ByHand, Composed
from domain.usecases.customer_details import AddressUnusableError
from domain.usecases.emails import ATTACHED_BYTES
from domain.usecases.letter_layouts import dressed
from domain.usecases.penalties import claimed_penalties
from domain.usecases.situations import AddressCheck, gather_one

ATTACHED_FILES = 15
_PAYMENT_DAYS = 7
_ADDRESS_LINES = 7
_ADDRESS_WIDTH = 38
"""XP Z10-011: what a window and the post's machines read."""


class NothingTickedError(DunningError):
    """A message is about something."""

    message = "Tick at least one document: the message is about what is ticked."


class NothingAskedError(DunningError):
    """Credits cover what is ticked: there is nothing to ask for."""

    message = "Nothing is left to pay of what is ticked: there is nothing to ask for."


class PromiseMissingError(DunningError):
    """The text tells of a promise, and there is none."""

    message = (
        "The text tells of a promise (%{tag}%), and this customer has none to come:"
        " record it first, or change the text."
    )


class NoRecipientError(DunningError):
    """An e-mail goes to somebody."""

    message = "Give at least one recipient: the address of the person to write to."


class WordsMissingError(DunningError):
    """A customer reads a subject and a text."""

    message = "The subject and the text cannot be empty."


class TooManyAttachmentsError(DunningError):
    """Source 004 and mail servers stop there."""

    message = "An e-mail carries {limit} files at most: remove some of them."


class AttachmentsTooLargeError(DunningError):
    """Most mail servers refuse more."""

    message = "The attached files are over {limit} MB in all: remove some of them."


class PostalAddressError(DunningError):
    """The window of an envelope shows few lines, and short ones."""

    message = (
        "The postal address has 2 to {lines} lines of {width} characters at most:"
        " correct it."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandMessage:
    """A message as a person wrote it."""

    draft_id: str
    """Names it: sending the same draft twice makes one message."""
    channel: Channel
    kind: StepKind
    text_key: str
    item_ids: Collection[ItemId]
    subject: str
    body: str
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    address: str = ""
    """The lines of the postal address, as a person left them."""
    counts: bool = False
    level_after: int | None = None
    claims_penalties: bool = False


def check_attachments(attachments: Sequence[Attachment]) -> None:
    """Refuse more files, or larger ones, than mail servers take."""
    if len(attachments) > ATTACHED_FILES:
        raise TooManyAttachmentsError(limit=ATTACHED_FILES)
    if sum(len(file.content) for file in attachments) > ATTACHED_BYTES:
        raise AttachmentsTooLargeError(limit=ATTACHED_BYTES // 1_000_000)


def check_message(hand: HandMessage, can_be_sent_to: Callable[[str], bool]) -> None:
    """Refuse, with a reason, a message that could not leave as it is."""
    if not (hand.subject.strip() and hand.body.strip()):
        raise WordsMissingError
    if hand.channel is Channel.LETTER:
        lines = _lines(hand.address)
        is_long = any(len(line) > _ADDRESS_WIDTH for line in lines)
        if is_long or not 1 < len(lines) <= _ADDRESS_LINES:
            raise PostalAddressError(lines=_ADDRESS_LINES, width=_ADDRESS_WIDTH)
        return
    if not hand.recipients:
        raise NoRecipientError
    for address in (*hand.recipients, *hand.copies):
        if not can_be_sent_to(address):
            raise AddressUnusableError(address=address)
    check_attachments(hand.attachments)


def compose_by_hand(
    books: Books,
    customer_id: CustomerId,
    hand: HandMessage,
    check_address: AddressCheck,
    today: date,
) -> Composed:
    """Fix the words and the amounts, from what is due right now.

    Raises:
        UnknownTagError: the text uses a tag that does not exist.
    """
    situation = gather_one(books, customer_id, check_address, today)
    customer, contact = situation.customer, _contact(books, customer_id)
    entity = books.entities.get(customer.entity_id)
    message, levels = _planned(situation, hand, today)
    if hand.kind is not StepKind.THANK_YOU and message.total.cents <= 0:
        raise NothingAskedError
    _check_promises(hand, situation, today)
    content = compose(
        message,
        entity=entity,
        customer=customer,
        contact=contact,
        text=MessageText(
            id=TextId(""),
            entity_id=entity.id,
            key=hand.text_key,
            channel=hand.channel,
            language=wording.known_language(customer.language),
            subject=hand.subject,
            body=hand.body,
        ),
        account_items=situation.open_items,
        last_reminder_on=_last_reminder(situation, message),
        today=today,
        reference=f"{customer.code}-{today:%Y%m%d}-{message.step.code}",
        logo=books.outbox.document(entity.logo) if entity.logo else None,
        logo_mime="",
        promises=situation.promises,
        pays_automatically=situation.pays_by_itself(message.items),
        claimed=claimed_penalties(books, customer, message.items, today)
        if hand.claims_penalties and hand.kind is StepKind.REMINDER
        else None,
    )
    (content,) = dressed(books, entity.id, [content])
    if hand.channel is Channel.LETTER:
        content = replace(
            content,
            recipient_lines=tuple(_lines(hand.address)),
            address_doubts=(),  # a person wrote it as it should be
        )
    gives_time = hand.kind is StepKind.REMINDER
    return Composed(
        message=message,
        customer=customer,
        content=content,
        recipient="\n".join(
            hand.recipients
            if hand.channel is Channel.EMAIL
            else content.recipient_lines
        ),
        deadline_on=today + timedelta(days=message.step.payment_days)
        if gives_time
        else None,
        outbox_id=MessageId(new_id()),
        by_hand=ByHand(
            draft_id=hand.draft_id,
            sender_name=hand.sender_name.strip(),
            copies=hand.copies,
            attachments=hand.attachments,
            counts=hand.counts and bool(levels),
            level_after=hand.level_after,
            levels=levels,
            despite=_despite(books, situation, message.items, today),
        ),
    )


def tag_examples(
    books: Books,
    customer_id: CustomerId,
    hand: HandMessage,
    check_address: AddressCheck,
    today: date,
) -> Mapping[Tag, str]:
    """Tell what each tag would print in this message."""
    situation = gather_one(books, customer_id, check_address, today)
    message, _levels = _planned(situation, hand, today)
    facts = MessageFacts(
        message=message,
        entity=books.entities.get(situation.customer.entity_id),
        customer=situation.customer,
        contact=_contact(books, customer_id),
        account_items=situation.open_items,
        last_reminder_on=_last_reminder(situation, message),
        today=today,
        language=wording.known_language(situation.customer.language),
        promises=situation.promises,
    )
    return tag_values(facts)


def _check_promises(
    hand: HandMessage, situation: CustomerSituation, today: date
) -> None:
    """Refuse to tell a customer of a promise that it never made."""
    if any(promise.is_to_come(today) for promise in situation.promises):
        return
    for tag in OF_PROMISES:
        if uses(hand.subject, tag) or uses(hand.body, tag):
            raise PromiseMissingError(tag=tag.value)


def _contact(books: Books, customer_id: CustomerId) -> Contact | None:
    return dunning_contact(books.customers.contacts_of(customer_id))


def _last_reminder(
    situation: CustomerSituation, message: PlannedMessage
) -> date | None:
    reached = (situation.position(item).reached_on for item in message.items)
    return max((day for day in reached if day), default=None)


def _planned(
    situation: CustomerSituation, hand: HandMessage, today: date
) -> tuple[PlannedMessage, Mapping[ItemId, int]]:
    """Make the message that the scenario would make of these items and words."""
    known = (*situation.open_items, *situation.settled_items)
    items = [item for item in known if item.id in hand.item_ids]
    items.sort(key=lambda i: (i.is_credit, i.due_on or date.max, i.id))
    if not items:
        raise NothingTickedError
    for item in items:
        if item.currency != items[0].currency:
            raise CurrenciesMixedError(first=items[0].currency, second=item.currency)
    levels = effect_of(situation, items, hand.kind, today).levels if hand.counts else {}
    scenario = situation.scenario or Scenario(
        id=ScenarioId(""),
        entity_id=situation.customer.entity_id,
        pair_id=PairId(""),
        with_email=bool(situation.email),
    )
    level = max(levels.values(), default=0)
    days = (s.payment_days for s in scenario.reminders if s.text_key == hand.text_key)
    message = PlannedMessage(
        customer_id=situation.customer.id,
        scenario=scenario,
        step=DunningStep(
            id=StepId(""),
            scenario_id=scenario.id,
            kind=hand.kind,
            level=level,
            channel=hand.channel,
            delay_days=0,
            text_key=hand.text_key,
            payment_days=next(days, _PAYMENT_DAYS),
        ),
        channel=hand.channel,
        items=tuple(items),
        due_since=today,
    )
    return message, levels


def _despite(
    books: Books,
    situation: CustomerSituation,
    items: Sequence[OpenItem],
    today: date,
) -> str:
    """Name what stands against the message now: a person saw it, and goes on."""
    options = books.entities.options(situation.customer.entity_id)
    reasons = {
        exclusion.reason.value
        for item in items
        for exclusion in standing_exclusions(item, situation, options, today)
    }
    if situation.customer.is_insolvent:
        reasons.add(Reason.INSOLVENCY_NOTICE.value)
    return " ".join(sorted(reasons))


def _lines(address: str) -> list[str]:
    return [line.strip() for line in address.splitlines() if line.strip()]
