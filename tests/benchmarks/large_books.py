"""Large books, made straight by SQL: what a firm of any size waits for.

Every entry is an item; the last ones, spread over all customers, are still open. A
fifth of the open invoices were reminded one to four times, one customer in fifty is
stopped, one in forty contests an invoice, one in thirty promised to pay.
"""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

from storage.database.books import SqliteBooks, open_books
from tests.builders import ENTITY_ID, TODAY, a_profile, an_entity

_NUMBERS = """
    WITH RECURSIVE numbers (n) AS (
        SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {count})"""
_WORDS = (
    *("Atelier", "Boulangerie", "Cabinet", "Domaine", "Ecole", "Fonderie", "Garage"),
    *("Hotel", "Imprimerie", "Jardinerie", "Librairie", "Menuiserie", "Negoce"),
)
_OPEN_FIRST_DAY = TODAY - timedelta(days=120)


def large_books(
    path: Path,
    *,
    customers: int = 50_000,
    entries: int = 2_000_000,
    open_items: int = 200_000,
) -> SqliteBooks:
    """Make books of that size in a file, and open them."""
    books = open_books(path)
    with books.atomic():
        books.entities.save(an_entity())
        books.scenarios.save_profile(a_profile())
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -262144")
        connection.execute("BEGIN")
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'index' AND sql IS NOT NULL AND sql NOT LIKE '%UNIQUE%'"
        ).fetchall()
        for name, _sql in indexes:
            connection.execute(f"DROP INDEX {name}")
        _fill(connection, customers, entries, open_items)
        for _name, sql in indexes:
            connection.execute(sql)
        connection.execute("COMMIT")
    connection.close()
    return books


def _fill(
    connection: sqlite3.Connection, customers: int, entries: int, open_items: int
) -> None:
    values: dict[str, str | int] = {
        "entity": ENTITY_ID,
        "today": TODAY.isoformat(),
        "first": _OPEN_FIRST_DAY.isoformat(),
        "long_ago": date(TODAY.year - 3, 1, 1).isoformat(),
        "customers": customers,
        "settled": entries - open_items,
        "now": f"{TODAY.isoformat()}T08:00:00+00:00",
    }
    words = " ".join(f"WHEN {n} THEN '{word}'" for n, word in enumerate(_WORDS))
    many = _NUMBERS.format(count=customers)
    _insert(
        connection,
        "customers",
        f"""{many}
        SELECT printf('c%06d', n), :entity, printf('C%06d', n), name || ' ' || n,
            NULL, '1 rue du Port', '29000', 'Quimper', '', '', '', '',
            'Commercial ' || (n % 9), 'Famille ' || (n % 5), '30 jours',
            CASE n % 4 WHEN 0 THEN 'virement' ELSE 'cheque' END, 'fr',
            0, 0, 0, 0, n % 20 = 0,
            ' ' || lower(name) || ' ' || n, printf('c%06d', n),
            'c' || char(1) || printf('%03d', length(n)) || n
        FROM (SELECT n, CASE n % {len(_WORDS)} {words} END AS name FROM numbers)""",
        values,
    )
    _insert(
        connection,
        "contacts",
        f"""{many}
        SELECT 'k' || n, :entity, printf('c%06d', n), 'Camille', 'Port',
            'compta' || n || '@client.example.com', '', 1, 0, 1, 0
        FROM numbers WHERE n % 10 > 0""",
        values,
    )
    _fill_ledger(connection, values, _NUMBERS.format(count=entries))
    _fill_dunning(connection, values)


def _fill_ledger(
    connection: sqlite3.Connection, values: dict[str, str | int], many: str
) -> None:
    """One entry in nine is a payment; settled ones are three years old and less."""
    connection.execute(
        f"""CREATE TEMP TABLE sold AS {many}
        SELECT n, printf('e%08d', n) AS id,
            printf('c%06d', (n * 7919) % :customers) AS customer_id,
            n >= :settled AS is_open,
            (100 + (n * 7907) % 900000) * (CASE WHEN n % 9 = 0 THEN -1 ELSE 1 END)
                AS cents,
            CASE WHEN n >= :settled THEN date(:first, ((n * 31) % 160) || ' days')
                ELSE date(:long_ago, (n % 900) || ' days') END AS due_on
        FROM numbers""",
        values,
    )
    _insert(
        connection,
        "entries",
        """SELECT id, :entity, customer_id, 'VE', id, due_on, '411000', id, NULL,
            'Facture ' || n, max(cents, 0), max(-cents, 0), 'EUR',
            CASE WHEN is_open THEN '' ELSE 'A' END, NULL, due_on, '', '', NULL, NULL
        FROM sold""",
        values,
    )
    connection.execute(
        """INSERT INTO items (id, entity_id, customer_id, reference, label,
            invoice_on, due_on, due_origin, invoiced_cents, settled_cents, currency,
            state, settled_on, payment_mode, attachment)
        SELECT id, :entity, customer_id, id, 'Facture ' || n, due_on, due_on, 'file',
            cents, CASE WHEN is_open THEN 0 ELSE cents END, 'EUR',
            CASE WHEN is_open THEN 'open' ELSE 'settled' END,
            CASE WHEN is_open THEN NULL ELSE due_on END, '', ''
        FROM sold""",
        values,
    )


def _fill_dunning(connection: sqlite3.Connection, values: dict[str, str | int]) -> None:
    _insert(
        connection,
        "level_changes",
        """SELECT :entity, customer_id, sold.id, 'reminder', step.value,
            date(due_on, (step.value * 8) || ' days'), NULL, 'sent', '', NULL, :now
        FROM sold JOIN json_each('[1,2,3,4]') AS step ON step.value <= 1 + n % 4
        WHERE is_open AND cents > 0 AND n % 5 = 0 AND due_on < :today""",
        values,
    )
    _insert(
        connection,
        "activities",
        """SELECT 'a' || n, :entity, customer_id, 'reminder', due_on, :now, 1, 'email',
            'Relance', '', '', cents, 'EUR', NULL
        FROM sold WHERE is_open AND cents > 0 AND n % 5 = 0""",
        values,
    )
    for table, every, rest in (
        ("holds", 50, "NULL, '', '2026-01-01', NULL, NULL"),
        ("promises", 30, "NULL, 10000, 'EUR', '2026-04-10', '2026-03-01', NULL"),
    ):
        _insert(
            connection,
            table,
            f"SELECT 'x' || id, entity_id, id, {rest}"
            " FROM customers WHERE CAST(substr(id, 2) AS INTEGER) % :every = 0",
            {"every": every},
        )
    _insert(
        connection,
        "disputes",
        """SELECT 'd' || n, :entity, customer_id, id, 'Casse',
            '2026-03-01', NULL FROM sold WHERE is_open AND n % 400 = 1""",
        values,
    )
    _insert(
        connection,
        "notes",
        """SELECT 'n' || id, entity_id, id, NULL, 'Rappeler', :now
        FROM customers WHERE CAST(substr(id, 2) AS INTEGER) % 10 = 0""",
        values,
    )
    connection.execute("DROP TABLE temp.sold")


def _insert(
    connection: sqlite3.Connection,
    table: str,
    select: str,
    values: dict[str, str | int] | dict[str, int],
) -> None:
    """Fill the first columns of a table; those that came later have their default."""
    chosen = connection.execute(f"SELECT * FROM ({select}) LIMIT 0", values)
    columns = connection.execute(f"SELECT * FROM {table} LIMIT 0").description
    names = ", ".join(name for name, *_rest in columns[: len(chosen.description)])
    connection.execute(f"INSERT INTO {table} ({names}) {select}", values)
