"""Sums over the books of a firm, for the home page and the key figures."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from domain.basics.identifiers import CustomerId, EntityId, ItemId, ProfileId
from domain.dashboard.aged import AccountSums
from domain.dashboard.breakdown import PartSums
from domain.dashboard.followed import DueSums
from domain.dashboard.payers import FEWEST_PAYMENTS, LATEST, Habit, Payment
from domain.dashboard.sales import DaySums, Movement
from domain.ledger.entry import LedgerEntry
from storage.database.activities import STILL_COUNTS
from storage.database.codec import Row
from storage.database.table import Table

_OPEN = """
    SELECT customer_id, currency, due_on, payment_mode,
        invoiced_cents - settled_cents AS rest
    FROM items WHERE entity_id = :entity AND state = 'open'"""

# What was known at the end of a day: entries made by then, and settlements whose
# entries and lettering are not later. Items settled by then are passed over first.
# Reading all entries in a row, then their items (CROSS JOIN keeps that order), is
# three times faster than finding a firm's entries one by one.
# Opening lines that repeat others have no item (domain.ledger.openings).
_KNOWN = """
    SELECT customer_id, currency, due_on, CASE WHEN amount > 0
        THEN amount - coalesce((
            SELECT sum(amount_cents) FROM allocations
            JOIN entries AS other ON other.id = credit_id
            WHERE debit_id = known.id AND {settled}), 0)
        ELSE amount + coalesce((
            SELECT sum(amount_cents) FROM allocations
            JOIN entries AS other ON other.id = debit_id
            WHERE credit_id = known.id AND {settled}), 0) END AS rest
    FROM (
        SELECT items.id, items.customer_id, items.currency, due_on, lettered_on,
            invoiced_cents AS amount
        FROM entries NOT INDEXED CROSS JOIN items ON entries.id = items.id
        WHERE entries.entity_id = :entity AND entry_on <= :day
            AND (gone_on IS NULL OR gone_on > :day)
            AND (state = 'open' OR settled_on > :day OR lettered_on > :day)
    ) AS known""".format(
    settled="other.entry_on <= :day AND coalesce(other.lettered_on, '') <= :day"
    " AND coalesce(known.lettered_on, '') <= :day"
)

# NOTE: the order in which domain.dashboard.account.after_credits lets credits pay.
# It is asked of the accounts where it tells something: the others are one sum.
_DEBTORS = """
    WITH accounts AS MATERIALIZED (
        SELECT customer_id, currency, sum(rest) AS balance,
            -sum(min(rest, 0)) AS unused,
            min(payment_mode) FILTER (WHERE rest > 0) AS first_mode,
            max(payment_mode) FILTER (WHERE rest > 0) AS last_mode
        FROM ({open} AND {chosen}) GROUP BY customer_id, currency HAVING sum(rest) > 0),
    debits AS (
        SELECT id, accounts.customer_id, accounts.currency, due_on, payment_mode,
            unused, invoiced_cents - settled_cents AS rest
        FROM accounts CROSS JOIN items ON entity_id = :entity AND state = 'open'
            AND items.customer_id = accounts.customer_id
            AND items.currency = accounts.currency
        WHERE invoiced_cents > settled_cents AND {ordered}),
    owed AS (
        SELECT customer_id, currency, due_on, payment_mode, rest AS cents
        FROM debits WHERE unused = 0
        UNION ALL
        SELECT customer_id, currency, due_on, payment_mode,
            max(0, min(rest, reached - unused))
        FROM (
            SELECT *, sum(rest) OVER (PARTITION BY customer_id, currency
                ORDER BY due_on IS NULL, due_on, id) AS reached
            FROM debits WHERE unused > 0))
    """
_OWED_BY_MODE = (
    _DEBTORS.format(open=_OPEN, chosen="TRUE", ordered="first_mode <> last_mode")
    + """, parts AS (
        SELECT customer_id, currency, first_mode AS payment_mode, balance AS cents
        FROM accounts WHERE first_mode = last_mode
        UNION ALL
        SELECT customer_id, currency, payment_mode, cents FROM owed)
    """
)
_OWED_BY_FOLLOWED = _DEBTORS.format(
    open=_OPEN,
    chosen="customer_id IN (SELECT id FROM customers"
    " WHERE entity_id = :entity AND is_followed)",
    ordered="TRUE",
)

# NOTE: the rules of domain.dashboard.payers.payments. All allocations are read in a
# row (CROSS JOIN keeps that order): three times faster than from a firm's items.
_PAID = """
    SELECT items.customer_id, items.id, invoice_on, due_on,
        credit.entry_on AS paid_on, amount_cents AS cents
    FROM allocations CROSS JOIN entries AS credit ON credit.id = credit_id
    CROSS JOIN items ON items.id = debit_id
    CROSS JOIN entries AS debit ON debit.id = debit_id
    WHERE items.entity_id = :entity AND due_on IS NOT NULL AND invoiced_cents >= 0
        AND credit.opens_on IS NULL
        AND (credit.journal = '' OR credit.journal <> debit.journal)
    UNION ALL
    SELECT items.customer_id, items.id, invoice_on, due_on, settled_on, invoiced_cents
    FROM entries NOT INDEXED CROSS JOIN items USING (id)
    WHERE entries.entity_id = :entity AND gone_on IS NOT NULL
        AND due_on IS NOT NULL AND invoiced_cents >= 0
        AND state = 'settled' AND settled_on IS NOT NULL"""


class SqliteFigureStore:
    """Figures of a firm, by account, by part, by day."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._entries = Table(connection, "entries", LedgerEntry)

    def has_entries(self, entity_id: EntityId) -> bool:
        """Whether anything was ever imported for a firm."""
        rows = self._ask(
            "SELECT 1 FROM entries WHERE entity_id = :entity LIMIT 1", entity_id
        )
        return bool(rows)

    def accounts(
        self, entity_id: EntityId, today: date, limits: Sequence[int]
    ) -> list[AccountSums]:
        return self._accounts(_OPEN, entity_id, today, limits)

    def accounts_on(
        self, entity_id: EntityId, day: date, limits: Sequence[int]
    ) -> list[AccountSums]:
        return self._accounts(_KNOWN, entity_id, day, limits)

    def _accounts(
        self, items: str, entity_id: EntityId, day: date, limits: Sequence[int]
    ) -> list[AccountSums]:
        """Add up items by customer, currency and age."""
        # Each age begins the day after the one that the next limit reaches.
        ends = [day, *(day - timedelta(days=limit) for limit in limits)]
        starts: list[date | None] = [*ends[1:], None]
        late = ", ".join(
            f"coalesce(sum(rest) FILTER (WHERE rest > 0 AND due_on < :end_{n}"
            f"{f' AND due_on >= :end_{n + 1}' if start else ''}), 0)"
            for n, start in enumerate(starts)
        )
        rows = self._ask(
            "SELECT customer_id, currency, coalesce(sum(rest) FILTER ("
            " WHERE rest > 0 AND (due_on IS NULL OR due_on >= :end_0)), 0),"
            f" -sum(min(rest, 0)), {late}"
            f" FROM ({items}) WHERE rest <> 0 GROUP BY customer_id, currency",
            entity_id,
            day=day.isoformat(),
            **{f"end_{n}": end.isoformat() for n, end in enumerate(ends)},
        )
        return [AccountSums(row[0], row[1], row[2], row[4:], row[3]) for row in rows]

    def parts(self, entity_id: EntityId) -> list[PartSums]:
        rows = self._ask(
            f"{_OWED_BY_MODE} SELECT currency, coalesce(nullif(parts.payment_mode,"
            " ''), customers.payment_mode) AS mode, profile_id, sum(cents)"
            " FROM parts JOIN customers ON customers.id = customer_id"
            " GROUP BY 1, 2, 3",
            entity_id,
        )
        return [
            PartSums(currency, mode, ProfileId(profile) if profile else None, cents)
            for currency, mode, profile, cents in rows
        ]

    def is_anyone_followed(self, entity_id: EntityId) -> bool:
        return bool(
            self._ask(
                "SELECT 1 FROM customers WHERE entity_id = :entity AND is_followed"
                " LIMIT 1",
                entity_id,
            )
        )

    def followed_due(
        self, entity_id: EntityId, first: date, last: date
    ) -> list[DueSums]:
        rows = self._ask(
            f"{_OWED_BY_FOLLOWED} SELECT currency, due_on, sum(cents) FROM owed"
            " WHERE due_on BETWEEN :first AND :last GROUP BY 1, 2",
            entity_id,
            first=first.isoformat(),
            last=last.isoformat(),
        )
        return [DueSums(c, date.fromisoformat(on), cents) for c, on, cents in rows]

    def paid(self, entity_id: EntityId, first: date, last: date) -> dict[str, int]:
        rows = self._ask(
            "SELECT currency, sum(credit_cents - debit_cents) FROM entries"
            " WHERE entry_on BETWEEN :first AND :last AND entity_id = :entity"
            " AND credit_cents > debit_cents AND gone_on IS NULL"
            " AND opens_on IS NULL GROUP BY currency",
            entity_id,
            first=first.isoformat(),
            last=last.isoformat(),
        )
        return dict(rows)

    def last_reminders(
        self, entity_id: EntityId, customer_ids: Iterable[CustomerId]
    ) -> dict[CustomerId, tuple[int, date]]:
        # NOTE: the order of levels is that of SqliteActivityStore.level_history.
        rows = self._ask(
            "SELECT customer_id, max(level), max(reached_on) FROM ("
            " SELECT items.customer_id, level, reached_on, row_number() OVER ("
            "  PARTITION BY item_id"
            "  ORDER BY reached_on DESC, recorded_at DESC, level_changes.rowid DESC)"
            "  AS rank FROM items CROSS JOIN level_changes"
            "  ON level_changes.entity_id = items.entity_id AND item_id = items.id"
            " WHERE items.entity_id = :entity AND state = 'open' AND kind = 'reminder'"
            f"  AND {STILL_COUNTS}"
            "  AND items.customer_id IN (SELECT value FROM json_each(:customers)))"
            " WHERE rank = 1 AND level > 0 GROUP BY customer_id",
            entity_id,
            customers=json.dumps(list(customer_ids)),
        )
        return {
            CustomerId(customer_id): (level, date.fromisoformat(on))
            for customer_id, level, on in rows
        }

    def first_day(self, entity_id: EntityId) -> date | None:
        (row,) = self._ask(
            "SELECT min(entry_on) FROM entries NOT INDEXED"
            " WHERE entity_id = :entity AND opens_on IS NULL",
            entity_id,
        )
        return date.fromisoformat(row[0]) if row[0] else None

    def days(self, entity_id: EntityId) -> list[DaySums]:
        rows = self._ask(
            "SELECT journal, currency, entry_on, sum(debit_cents), sum(credit_cents)"
            " FROM entries NOT INDEXED WHERE entity_id = :entity AND opens_on IS NULL"
            " GROUP BY journal, currency, entry_on",
            entity_id,
        )
        return [DaySums(j, c, date.fromisoformat(on), d, k) for j, c, on, d, k in rows]

    def movements(self, entity_id: EntityId, currency: str) -> list[Movement]:
        # Opening lines that repeat others have no item (domain.ledger.openings).
        rows = self._ask(
            "SELECT substr(entry_on, 1, 7) || '-01' AS month, customer_id,"
            " sum(debit_cents - credit_cents) FROM entries NOT INDEXED"
            " WHERE entity_id = :entity AND currency = :currency AND gone_on IS NULL"
            " AND (opens_on IS NULL OR EXISTS ("
            "  SELECT 1 FROM items WHERE items.id = entries.id))"
            " GROUP BY month, customer_id",
            entity_id,
            currency=currency,
        )
        months = {month: date.fromisoformat(month) for month, _, _ in rows}
        return [
            Movement(months[month], CustomerId(c), cents) for month, c, cents in rows
        ]

    def habits(self, entity_id: EntityId) -> dict[CustomerId, Habit]:
        rows = self._ask(
            f"SELECT customer_id, paid_on, due_on FROM ({_PAID})"
            " WHERE customer_id IN (SELECT customer_id FROM items"
            "  WHERE entity_id = :entity AND state = 'open')"
            " ORDER BY customer_id, paid_on, due_on",
            entity_id,
        )
        day = date.fromisoformat
        return {
            CustomerId(customer_id): Habit(
                delays=tuple(
                    sorted(
                        (day(paid_on) - day(due_on)).days for paid_on, due_on in paid
                    )
                )
            )
            for customer_id, of_customer in groupby(rows, key=itemgetter(0))
            if len(paid := [row[1:] for row in of_customer][-LATEST:])
            >= FEWEST_PAYMENTS
        }

    def payments(self, entity_id: EntityId, since: date) -> list[Payment]:
        rows = self._ask(
            f"SELECT * FROM ({_PAID}) WHERE paid_on >= :since",
            entity_id,
            since=since.isoformat(),
        )
        day = date.fromisoformat
        return [
            Payment(
                customer_id=CustomerId(customer_id),
                item_id=ItemId(item_id),
                invoice_on=day(invoice_on),
                due_on=day(due_on),
                paid_on=day(paid_on),
                cents=cents,
            )
            for customer_id, item_id, invoice_on, due_on, paid_on, cents in rows
        ]

    def badly_lettered(self, entity_id: EntityId) -> list[LedgerEntry]:
        """List the accounts where a lettering settles nothing, and the first entry.

        What is lettered and still open was not trusted; an opening line that was
        left out may have taken its lettering with it. The first entry of the firm
        tells where its books begin, which decides what opening lines repeat.
        """
        rows = self._ask(
            "SELECT entries.customer_id FROM items CROSS JOIN entries USING (id)"
            " WHERE items.entity_id = :entity AND state = 'open' AND lettering <> ''"
            " UNION SELECT customer_id FROM entries INDEXED BY opening_lines"
            " WHERE opens_on IS NOT NULL AND lettering <> '' AND entity_id = :entity"
            " AND NOT EXISTS (SELECT 1 FROM items WHERE items.id = entries.id)",
            entity_id,
        )
        if not rows:
            return []
        return self._entries.select(
            "WHERE id = (SELECT id FROM entries NOT INDEXED WHERE entity_id = :entity"
            "  AND opens_on IS NULL ORDER BY entry_on LIMIT 1)"
            " OR entity_id = :entity AND customer_id IN ("
            "  SELECT value FROM json_each(:customers)) ORDER BY rowid",
            entity=entity_id,
            customers=json.dumps([customer_id for (customer_id,) in rows]),
        )

    def _ask(self, sql: str, entity_id: EntityId, **values: str) -> list[Row]:
        return self._connection.execute(sql, {"entity": entity_id, **values}).fetchall()
