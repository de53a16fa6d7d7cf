"""Reads the lists that screens show, a page at a time."""

import sqlite3
from collections.abc import Sequence
from datetime import date

from domain.basics.identifiers import EntityId
from domain.basics.listing import ListPage, ListQuery
from domain.customers.activity_line import SendingLine
from domain.customers.agreement_lines import DisputeLine, PromiseLine
from domain.customers.customer_line import CustomerLine
from domain.customers.item_line import ItemLine
from domain.ledger.entity import DunningOptions
from domain.ledger.receipt import Receipt
from storage.database.customers import matching, matching_lines
from storage.database.views.agreements import dispute_lines, promise_lines
from storage.database.views.customers import customer_lines
from storage.database.views.items import item_lines
from storage.database.views.receipts import receipt_lines
from storage.database.views.remembering import ask
from storage.database.views.sendings import sending_lines

# One pass over the customers, then the modes of open items off their index.
_OF_CUSTOMERS = """
    SELECT DISTINCT salesperson, category, payment_mode, free_1, free_2 FROM customers
    WHERE entity_id = :entity"""
_OF_ITEMS = """
    SELECT DISTINCT '', '', payment_mode, '', '' FROM items
    WHERE entity_id = :entity AND state = 'open'"""


class SqliteListStore:
    """Pages of lists, with the totals of whole lists."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def customers(
        self,
        entity_id: EntityId,
        today: date,
        query: ListQuery,
        *,
        options: DunningOptions,
        limits: Sequence[int],
        only_owing: bool,
    ) -> ListPage[CustomerLine]:
        return customer_lines(
            self._connection,
            entity_id,
            today,
            query,
            matching(query.search),
            options=options,
            limits=limits,
            only_owing=only_owing,
        )

    def items(
        self,
        entity_id: EntityId,
        today: date,
        query: ListQuery,
        options: DunningOptions,
    ) -> ListPage[ItemLine]:
        searched = matching_lines(
            query.search, customer="items.customer_id", column="items.reference"
        )
        return item_lines(self._connection, entity_id, today, query, searched, options)

    def receipts(
        self, entity_id: EntityId, today: date, query: ListQuery
    ) -> ListPage[Receipt]:
        searched = matching_lines(
            query.search, customer="customers.id", column="entries.piece"
        )
        return receipt_lines(self._connection, entity_id, today, query, searched)

    def promises(
        self, entity_id: EntityId, today: date, query: ListQuery
    ) -> ListPage[PromiseLine]:
        searched = matching_lines(
            query.search, customer="customers.id", column="items.reference"
        )
        return promise_lines(self._connection, entity_id, today, query, searched)

    def disputes(
        self, entity_id: EntityId, today: date, query: ListQuery
    ) -> ListPage[DisputeLine]:
        searched = matching_lines(
            query.search, customer="customers.id", column="items.reference"
        )
        return dispute_lines(self._connection, entity_id, today, query, searched)

    def sendings(self, entity_id: EntityId, query: ListQuery) -> ListPage[SendingLine]:
        searched = matching_lines(
            query.search, customer="customers.id", column="sendings.recipient"
        )
        return sending_lines(self._connection, entity_id, query, searched)

    def filter_values(self, entity_id: EntityId) -> dict[str, list[str]]:
        question = f"{_OF_CUSTOMERS} UNION ALL {_OF_ITEMS}"
        found = ask(self._connection, question, {"entity": entity_id})
        names = ("salesperson", "category", "payment_mode", "free_1", "free_2")
        return {
            name: sorted({row[place] for row in found} - {""})
            for place, name in enumerate(names)
        }
