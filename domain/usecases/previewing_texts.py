"""How a template reads to one customer, while it is being written."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.basics.errors import NotFoundError
from domain.basics.identifiers import (
    CustomerId,
    EntityId,
    ItemId,
    PairId,
    ScenarioId,
    StepId,
)
from domain.basics.listing import ListQuery
from domain.basics.money import Money
from domain.customers.agreements import Promise
from domain.customers.customer import dunning_contact
from domain.dashboard.account import account_amounts
from domain.dunning.compose import compose
from domain.dunning.letter import LetterContent
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import DunningStep, Scenario, StepKind
from domain.dunning.situation import CustomerSituation
from domain.dunning.statement import compose_statement
from domain.dunning.tag_values import MessageFacts, tag_values
from domain.dunning.tags import OF_PROMISES, Tag, uses
from domain.dunning.text_checks import check_text
from domain.dunning.texts import ABOUT_THE_ACCOUNT, STATEMENT, MessageText, base_of
from domain.ledger.entry import DueOrigin
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.lists import customers_page, debtors_page
from domain.usecases.situations import AddressCheck, gather_one

_KINDS = {"advance_notice": StepKind.ADVANCE_NOTICE, "thank_you": StepKind.THANK_YOU}
_INVENTED = "F2026-001"
_INSTALMENTS = 2
_READERS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPreview:
    """A template as one customer would read it."""

    content: LetterContent
    examples: Mapping[Tag, str]
    recipient: str
    is_invented: bool
    """The customer has nothing of the kind: an invoice, a promise were made up."""
    other_language: str
    """The customer's language, where the template is in another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """A customer that a template can be tried on."""

    id: CustomerId
    name: str


def readers(
    books: Books, entity_id: EntityId, words: str, today: date
) -> list[Readable]:
    """List customers to try a template on: those found, else who owes most late.

    Without words, the customer chosen last comes first.
    """
    if words.strip():
        query = ListQuery(search=words, limit=_READERS)
        lines = customers_page(books, entity_id, today, query).lines
    else:
        query = ListQuery(sort="overdue", descending=True, limit=_READERS)
        lines = debtors_page(books, entity_id, today, query).lines
        lines = (
            lines
            or customers_page(books, entity_id, today, ListQuery(limit=_READERS)).lines
        )
    found = {line.customer_id: line.name for line in lines}
    last = books.settings.get(_reader_name(entity_id))
    if last and not words.strip():
        with suppress(NotFoundError):
            chosen = books.customers.get(CustomerId(last))
            found = {chosen.id: chosen.name} | found
    return [Readable(id=one, name=name) for one, name in found.items()]


def choose_reader(books: Books, entity_id: EntityId, customer_id: CustomerId) -> None:
    """Remember whom templates are tried on."""
    with books.atomic():
        books.settings.set(_reader_name(entity_id), customer_id)


def _reader_name(entity_id: EntityId) -> str:
    return f"text_reader/{entity_id}"


def preview_text(
    books: Books,
    text: MessageText,
    customer_id: CustomerId,
    check_address: AddressCheck,
    today: date,
) -> TextPreview:
    """Fill a template from what a customer owes right now.

    Raises:
        DunningError: the template could not be sent; see ``check_text``.
    """
    check_text(text.subject, text.body)
    situation = gather_one(books, customer_id, check_address, today)
    items = _items(base_of(text.key), situation, today) or [_invented(situation, today)]
    promises = situation.promises
    if _needs_promises(text) and not any(p.is_to_come(today) for p in promises):
        promises = _invented_promises(situation, items, today)
    facts, content = _written(books, text, situation, items, promises, today)
    language = situation.customer.language
    return TextPreview(
        content=content,
        examples=tag_values(facts),
        recipient=situation.email,
        is_invented=promises is not situation.promises
        or items[0].reference == _INVENTED,
        other_language="" if language == text.language else language,
    )


def _written(
    books: Books,
    text: MessageText,
    situation: CustomerSituation,
    items: Sequence[OpenItem],
    promises: Sequence[Promise],
    today: date,
) -> tuple[MessageFacts, LetterContent]:
    customer = replace(situation.customer, language=text.language)
    entity = books.entities.get(customer.entity_id)
    contact = dunning_contact(books.customers.contacts_of(customer.id))
    message = _message(text, situation, items, today)
    logo = books.outbox.document(entity.logo) if entity.logo else None
    automatic = customer.payment_mode in situation.automatic_modes
    facts = MessageFacts(
        message=message,
        entity=entity,
        customer=customer,
        contact=contact,
        account_items=situation.open_items or items,
        last_reminder_on=None,
        today=today,
        language=text.language,
        promises=promises,
    )
    if text.key == STATEMENT:
        amounts = account_amounts(items, today, currency=items[0].currency)
        content = compose_statement(
            items,
            overdue=amounts.overdue,
            to_come=amounts.to_come,
            entity=entity,
            customer=customer,
            contact=contact,
            text=text,
            today=today,
            logo=logo,
            pays_automatically=automatic,
        )
        return facts, content
    content = compose(
        message,
        entity=entity,
        customer=customer,
        contact=contact,
        text=text,
        account_items=facts.account_items,
        last_reminder_on=None,
        today=today,
        reference=f"{customer.code}-{today:%Y%m%d}-{message.step.code}",
        logo=logo,
        logo_mime="",
        pays_automatically=automatic,
        promises=promises,
    )
    return facts, content


def _items(key: str, situation: CustomerSituation, today: date) -> list[OpenItem]:
    """Choose what a message of this kind would be about, in one currency."""
    if key == "thank_you":
        found = [item for item in situation.settled_items if not item.is_credit]
    elif key == STATEMENT:
        found = list(situation.open_items)
    else:
        is_late = key != "advance_notice"
        found = [
            item
            for item in situation.open_items
            if item.left.cents > 0 and bool(item.days_overdue(today)) is is_late
        ]
    found.sort(key=lambda i: (i.is_credit, i.due_on or date.max, i.id))
    return [item for item in found if item.currency == found[0].currency]


def _message(
    text: MessageText,
    situation: CustomerSituation,
    items: Sequence[OpenItem],
    today: date,
) -> PlannedMessage:
    """Make the message that a step with this text would be."""
    scenario = situation.scenario or Scenario(
        id=ScenarioId(""),
        entity_id=situation.customer.entity_id,
        pair_id=PairId(""),
        with_email=bool(situation.email),
    )
    number = base_of(text.key)[-1]
    usual = DunningStep(
        id=StepId(""),
        scenario_id=scenario.id,
        kind=_kind(base_of(text.key)),
        level=int(number) if number.isdigit() else 0,
        channel=text.channel,
        delay_days=0,
        text_key=text.key,
    )
    step = next((s for s in scenario.steps if s.text_key == text.key), usual)
    return PlannedMessage(
        customer_id=situation.customer.id,
        scenario=scenario,
        step=step,
        channel=text.channel,
        items=tuple(items),
        due_since=today,
    )


def _kind(key: str) -> StepKind:
    if key in ABOUT_THE_ACCOUNT:
        return StepKind.ADVANCE_NOTICE
    return _KINDS.get(key, StepKind.REMINDER)


def _needs_promises(text: MessageText) -> bool:
    return any(uses(t, tag) for t in (text.subject, text.body) for tag in OF_PROMISES)


def _invented(situation: CustomerSituation, today: date) -> OpenItem:
    return OpenItem(
        id=ItemId(_INVENTED),
        entity_id=situation.customer.entity_id,
        customer_id=situation.customer.id,
        reference=_INVENTED,
        invoice_on=today - timedelta(days=60),
        due_on=today - timedelta(days=30),
        due_origin=DueOrigin.FILE,
        invoiced=Money(1_234_56),
        settled=Money(0),
    )


def _invented_promises(
    situation: CustomerSituation, items: Sequence[OpenItem], today: date
) -> tuple[Promise, ...]:
    """Make two instalments up, a month apart."""
    total = Money.total((item.left for item in items), items[0].currency)
    half = Money(total.cents // _INSTALMENTS, total.currency)
    return tuple(
        Promise(
            id=str(rank),
            entity_id=situation.customer.entity_id,
            customer_id=situation.customer.id,
            amount=amount,
            promised_for=today + timedelta(days=30 * rank),
            made_on=today,
        )
        for rank, amount in enumerate((half, total - half), start=1)
    )
