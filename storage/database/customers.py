"""Keeps customers and their contacts, and finds them as people type."""

import re
import sqlite3
from collections.abc import Collection, Iterable

from domain.basics.identifiers import ContactId, CustomerId, EntityId
from domain.basics.sentences import N_
from domain.basics.text import folded, natural_key
from domain.customers.customer import Contact, Customer
from domain.customers.free_fields import ItemFields
from storage.database.table import Table
from storage.database.views.reading import Condition, Values


class SqliteCustomerStore:
    """Customers and their contacts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._customers = Table(
            connection,
            "customers",
            Customer,
            thing=N_("customer"),
            derived={
                "search_name": lambda c: searchable(c.name),
                "search_code": lambda c: folded(c.code),
                "sort_key": lambda c: sort_key(c.code),
            },
        )
        self._contacts = Table(connection, "contacts", Contact)
        self._fields = Table(connection, "item_fields", ItemFields, key=("item_id",))

    def all(self, entity_id: EntityId) -> list[Customer]:
        return self._customers.select(
            "WHERE entity_id = ? ORDER BY sort_key, id", entity_id
        )

    def get(self, customer_id: CustomerId) -> Customer:
        return self._customers.get(customer_id)

    def save_many(self, customers: Iterable[Customer]) -> None:
        self._customers.save(customers)

    def contacts(self, entity_id: EntityId) -> list[Contact]:
        return self._contacts.select(
            "WHERE entity_id = ? AND removed_on IS NULL ORDER BY rowid", entity_id
        )

    def contacts_of(self, customer_id: CustomerId) -> list[Contact]:
        return self._contacts.select(
            "WHERE customer_id = ? AND removed_on IS NULL ORDER BY rowid", customer_id
        )

    def save_contacts(self, contacts: Iterable[Contact]) -> None:
        self._contacts.save(contacts)

    def remove_contacts(self, ids: Iterable[ContactId]) -> None:
        self._connection.executemany(
            "DELETE FROM contacts WHERE id = ?", ((contact_id,) for contact_id in ids)
        )

    def remove_unused(self, ids: Collection[CustomerId]) -> None:
        """Remove those of these customers that nothing in the books names."""
        unused = set(ids)
        tables = self._tables_naming_customers() if unused else []
        for table in tables:
            rows = self._connection.execute(f"SELECT DISTINCT customer_id FROM {table}")
            unused.difference_update(customer_id for (customer_id,) in rows)
        # Looked up by customer alone, for each one removed: without an index, the
        # links of a thousand customers would be looked for in every entry.
        for table in tables:
            self._connection.execute(
                f"CREATE INDEX removing_{table} ON {table} (customer_id)"
            )
        self._connection.executemany(
            "DELETE FROM customers WHERE id = ?", ((key,) for key in unused)
        )
        for table in tables:
            self._connection.execute(f"DROP INDEX removing_{table}")

    def _tables_naming_customers(self) -> list[str]:
        rows = self._connection.execute(
            "SELECT tables.name FROM sqlite_master AS tables"
            " JOIN pragma_foreign_key_list(tables.name) AS link"
            " WHERE tables.type = 'table' AND link.\"table\" = 'customers'"
        )
        return [name for (name,) in rows.fetchall()]

    def removed_contacts(self, entity_id: EntityId) -> frozenset[ContactId]:
        rows = self._connection.execute(
            "SELECT id FROM contacts WHERE entity_id = ? AND removed_on IS NOT NULL",
            (entity_id,),
        )
        return frozenset(ContactId(contact_id) for (contact_id,) in rows)

    def item_fields(self, entity_id: EntityId) -> list[ItemFields]:
        return self._fields.select("WHERE entity_id = ?", entity_id)

    def item_fields_of(self, customer_id: CustomerId) -> list[ItemFields]:
        return self._fields.select("WHERE customer_id = ?", customer_id)

    def save_item_fields(self, fields: ItemFields) -> None:
        self._fields.save([fields])

    def search(self, entity_id: EntityId, words: str, limit: int) -> list[Customer]:
        """Find customers by the start of words of their name, or by their code.

        Best first: the very code, codes and names that begin so, then the others.
        """
        condition, values = matching(words)
        typed = _escaped(" ".join(folded(words).split()))
        return self._customers.select(
            f"WHERE entity_id = :entity AND {condition} ORDER BY CASE"
            r" WHEN search_code LIKE :typed ESCAPE '\' THEN 0"
            r" WHEN search_code LIKE :typed || '%' ESCAPE '\' THEN 1"
            r" WHEN search_name LIKE ' ' || :typed || '%' ESCAPE '\' THEN 2"
            " ELSE 3 END, search_name, sort_key, id LIMIT :limit",
            **values,
            entity=entity_id,
            typed=typed,
            limit=limit,
        )


def matching(words: str) -> Condition:
    """Write the condition that customers meet when every word typed fits them."""
    conditions = ["TRUE"]
    values: Values = {}
    for number, word in enumerate(folded(words).split()):
        plain = _without_punctuation(word) or word
        values[f"word_{number}"] = _escaped(word)
        values[f"plain_{number}"] = _escaped(plain)
        conditions.append(
            rf"(customers.search_name LIKE '% ' || :word_{number} || '%' ESCAPE '\'"
            rf" OR customers.search_name LIKE '% ' || :plain_{number} || '%'"
            rf" ESCAPE '\'"
            rf" OR customers.search_code LIKE '%' || :word_{number} || '%' ESCAPE '\')"
        )
    return " AND ".join(conditions), values


def matching_lines(words: str, *, customer: str, column: str) -> Condition:
    """Write the condition of lines whose customer or other column every word fits.

    ``customer`` names the line's customer, ``column`` the other place to look in.
    """
    of_customers, values = matching(words)
    if not values:
        return of_customers, values
    of_column = " AND ".join(
        rf"{column} LIKE '%' || :{name} || '%' ESCAPE '\'"
        for name in values
        if name.startswith("word")
    )
    found = f"SELECT id FROM customers WHERE entity_id = :entity AND {of_customers}"
    return f"({customer} IN ({found}) OR ({of_column}))", values


def searchable(name: str) -> str:
    """Prepare a name to be searched: each word follows a space.

    Punctuation is also read as a space, so that « almeida » finds « d'Almeida ».
    """
    as_written = " ".join(folded(name).split())
    plain = _without_punctuation(as_written)
    return f" {as_written}" if plain == as_written else f" {as_written} {plain}"


def sort_key(code: str) -> str:
    """Write a code so that sorting as text counts its numbers as numbers.

    The length goes before the digits, and a character below any other before
    that: the order is that of ``natural_key``.
    """
    return "".join(
        text or f"\x01{len(str(number)):03}{number}"
        for _, number, text in natural_key(code)
    )


def _without_punctuation(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def _escaped(text: str) -> str:
    """Take « % » and « _ » as they are typed."""
    return re.sub(r"([\\%_])", r"\\\1", text)
