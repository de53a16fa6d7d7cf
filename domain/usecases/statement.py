"""« Relevé de compte » of a customer: one letter, or one table, per currency."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from domain.basics.errors import DunningError
from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.money import EUR
from domain.basics.tables import TableContent
from domain.customers.customer import dunning_contact
from domain.dashboard.account import account_amounts
from domain.dunning.letter import LetterContent
from domain.dunning.scenario import Channel
from domain.dunning.statement import compose_statement, statement_table
from domain.dunning.texts import STATEMENT, MessageText, text_in
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.composing import TextMissingError
from domain.usecases.letter_layouts import dressed


class NothingOpenError(DunningError):
    """A statement lists what is open."""

    message = "Nothing is open on this account: there is no statement to make."


def statement_text(books: Books, entity_id: EntityId, language: str) -> MessageText:
    """Find the firm's words around a statement, in a customer's language or French.

    Raises:
        TextMissingError: the firm has none.
    """
    texts = books.scenarios.texts(entity_id)
    text = text_in(texts, STATEMENT, Channel.LETTER, language)
    if text is None:
        raise TextMissingError(key=STATEMENT, channel=Channel.LETTER, language=language)
    return text


def compose_statements(
    books: Books, customer_id: CustomerId, today: date
) -> list[LetterContent]:
    """Write what is open on a customer's account, a letter for each currency."""
    customer = books.customers.get(customer_id)
    entity = books.entities.get(customer.entity_id)
    logo = books.outbox.document(entity.logo) if entity.logo else None
    automatic = books.entities.automatic_payment_modes(customer.entity_id)
    text = statement_text(books, entity.id, customer.language)
    statements = []
    for currency, items in _open_items(books, customer_id).items():
        amounts = account_amounts(items, today, currency=currency)
        statements.append(
            compose_statement(
                items,
                overdue=amounts.overdue,
                to_come=amounts.to_come,
                entity=entity,
                customer=customer,
                contact=dunning_contact(books.customers.contacts_of(customer_id)),
                text=text,
                today=today,
                logo=logo,
                pays_automatically=customer.payment_mode in automatic,
            )
        )
    return dressed(books, entity.id, statements)


def statement_tables(
    books: Books, customer_id: CustomerId, today: date
) -> Mapping[str, TableContent]:
    """Write the same as a table for each currency."""
    customer = books.customers.get(customer_id)
    return {
        currency: statement_table(items, customer, today)
        for currency, items in _open_items(books, customer_id).items()
    }


def _open_items(books: Books, customer_id: CustomerId) -> Mapping[str, list[OpenItem]]:
    """Part what is open by currency, euros first, oldest due first."""
    found: dict[str, list[OpenItem]] = defaultdict(list)
    for item in books.ledger.items_of(customer_id):
        if item.left:
            found[item.currency].append(item)
    if not found:
        raise NothingOpenError
    order = sorted(found, key=lambda currency: (currency != EUR, currency))
    return {
        currency: sorted(
            found[currency], key=lambda i: (i.due_on or date.max, i.invoice_on, i.id)
        )
        for currency in order
    }
