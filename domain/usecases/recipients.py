"""« Destinataires »: who is written to today, who is not, and why (rows N2 to N5)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.money import Money
from domain.basics.text import natural_key
from domain.customers.agreements import SetAside
from domain.customers.customer import Contact, Customer, dunning_contact
from domain.dunning.engine import plan_customer
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.situation import CustomerSituation
from domain.ports import Books
from domain.usecases.acting import Choice
from domain.usecases.customer_details import (
    AddressUnusableError,
    CanBeSentTo,
    new_contact,
    same_address,
    save_contact,
    trust_addresses,
)
from domain.usecases.situations import AddressCheck, Situations, gather


class RecipientList(StrEnum):
    """The four lists of source 000; a customer to remind stands in one."""

    TO_SEND = "to_send"
    SET_ASIDE = "set_aside"
    TO_CHECK = "to_check"
    TO_SET = "to_set"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientLine:
    """A customer to remind today, and who receives its reminders."""

    customer: Customer
    contacts: tuple[Contact, ...]
    """Those with an address, the one that reminders reach first."""
    messages: tuple[PlannedMessage, ...]
    """The reminders of today; those by e-mail, where there is a recipient."""
    problem: str = ""
    """What is odd about the address, in the checker's words."""
    since: date | None = None
    """The day it was taken off the send list."""

    @property
    def email(self) -> str:
        """Where its reminders go, or would go once somebody is set."""
        return self.contacts[0].email if self.contacts else ""

    @property
    def level(self) -> int:
        """The highest level among its reminders."""
        return max(message.step.level for message in self.messages)

    @property
    def total(self) -> Money:
        """What its reminders ask for, in the currency of the first."""
        currency = self.messages[0].total.currency
        return Money.total(
            (m.total for m in self.messages if m.total.currency == currency), currency
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientsView:
    """The four lists, each in order of customer numbers."""

    lists: dict[RecipientList, tuple[RecipientLine, ...]]
    by_letter: int
    """Customers whose reminders of today are all letters."""

    @property
    def choices(self) -> list[Choice]:
        """The e-mails that the send list amounts to, neither more nor less."""
        return [
            Choice(
                customer_id=line.customer.id,
                step_code=message.step.code,
                currency=message.total.currency,
                item_ids=frozenset(item.id for item in message.items),
            )
            for line in self.lists[RecipientList.TO_SEND]
            for message in line.messages
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """What came of trusting several addresses."""

    count: int
    unusable: tuple[str, ...]
    """Addresses that no mail server would take: they stay to be corrected."""


def show_recipients(
    books: Books, entity_id: EntityId, check_address: AddressCheck, today: date
) -> RecipientsView:
    """Share the customers to remind today out among the four lists.

    Reminders only: an advance notice or a thank-you chases nobody.
    """
    situations = gather(books, entity_id, check_address, today)
    since = {
        one.customer_id: one.since for one in books.agreements.set_aside(entity_id)
    }
    contacts: dict[CustomerId, list[Contact]] = {}
    for contact in books.customers.contacts(entity_id):
        contacts.setdefault(contact.customer_id, []).append(contact)
    lists: dict[RecipientList, list[RecipientLine]] = {
        kind: [] for kind in RecipientList
    }
    by_letter = 0
    for customer_id, situation in situations.of.items():
        reminders = _would_receive(situation, situations)
        if not reminders:
            continue
        line = RecipientLine(
            customer=situation.customer,
            contacts=_in_order(contacts.get(customer_id, [])),
            messages=reminders,
            problem=situation.email_problem,
            since=since.get(customer_id),
        )
        found = _list_of(line)
        if found is None:
            by_letter += 1
        else:
            kind, line = found
            lists[kind].append(line)
    return RecipientsView(
        lists={
            kind: tuple(sorted(lines, key=lambda x: natural_key(x.customer.code)))
            for kind, lines in lists.items()
        },
        by_letter=by_letter,
    )


def _would_receive(
    situation: CustomerSituation, situations: Situations
) -> tuple[PlannedMessage, ...]:
    """List the reminders due today, whatever keeps them off the send list."""
    # On a quiet day they are listed, and the sending asks.
    courtesy = situation.courtesy.except_on(situations.today)
    freed = replace(situation, email_problem="", set_aside_on=None, courtesy=courtesy)
    plan = plan_customer(freed, situations.options, situations.today)
    return tuple(m for m in plan.messages if m.step.kind is StepKind.REMINDER)


def _list_of(line: RecipientLine) -> tuple[RecipientList, RecipientLine] | None:
    """Choose the list of a customer; None when only letters are due to it."""
    emails = tuple(m for m in line.messages if m.channel is Channel.EMAIL)
    has_recipient = bool(line.contacts and line.contacts[0].is_dunning)
    if line.since:
        return RecipientList.SET_ASIDE, line
    if not has_recipient:
        return RecipientList.TO_SET, line
    if not emails:
        return None
    line = replace(line, messages=emails)
    return (RecipientList.TO_CHECK if line.problem else RecipientList.TO_SEND), line


def _in_order(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Put first who reminders reach, then the others one could choose."""
    known = list(contacts)
    first = dunning_contact(known)
    others = [c for c in known if c.email and c is not first]
    return (first, *others) if first else ()


def set_aside(books: Books, customer_ids: Collection[CustomerId], today: date) -> None:
    """Take customers off the send list, until they are put back."""
    with books.atomic():
        books.agreements.save_set_aside(
            SetAside(
                customer_id=customer_id,
                entity_id=books.customers.get(customer_id).entity_id,
                since=today,
            )
            for customer_id in customer_ids
        )


def put_back(books: Books, customer_ids: Collection[CustomerId]) -> None:
    """Let customers be reminded again."""
    with books.atomic():
        books.agreements.remove_set_aside(customer_ids)


def trust_recipients(
    books: Books,
    entity_id: EntityId,
    customer_ids: Collection[CustomerId],
    can_be_sent_to: CanBeSentTo,
) -> Trusted:
    """Send to these addresses against the checker's advice, from now on.

    One that no mail server takes would stop every other e-mail: it is told instead.
    """
    recipients = (
        dunning_contact(books.customers.contacts_of(customer_id))
        for customer_id in customer_ids
    )
    addresses = [contact.email for contact in recipients if contact]
    usable = [address for address in addresses if can_be_sent_to(address)]
    trust_addresses(books, entity_id, usable)
    return Trusted(
        count=len(usable), unusable=tuple(a for a in addresses if a not in usable)
    )


def use_known_addresses(books: Books, customer_ids: Collection[CustomerId]) -> int:
    """Let the billing or main contact receive the reminders; tells of how many."""
    count = 0
    with books.atomic():
        for customer_id in customer_ids:
            contact = dunning_contact(books.customers.contacts_of(customer_id))
            if contact and not contact.is_dunning:
                save_contact(books, replace(contact, is_dunning=True))
                count += 1
    return count


def set_recipient(
    books: Books,
    customer_id: CustomerId,
    address: str,
    can_be_sent_to: CanBeSentTo,
) -> None:
    """Let an address receive a customer's reminders.

    It is a known contact's, or corrects that of the recipient, or is a new one.

    Raises:
        AddressUnusableError: no mail server would take it.
    """
    address = address.strip()
    if not can_be_sent_to(address):
        raise AddressUnusableError(address=address)
    known = books.customers.contacts_of(customer_id)
    new = replace(new_contact(books.customers.get(customer_id)), email=address)
    owners = [c for c in known if same_address(c, new)]
    recipients = [c for c in known if c.is_dunning]
    chosen = (owners + recipients + [new])[0]
    save_contact(books, replace(chosen, email=address, is_dunning=True))
