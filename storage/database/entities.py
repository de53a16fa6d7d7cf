"""Keeps the firms, their options and their means of payment."""

import sqlite3
from collections.abc import Iterable, Mapping

from domain.basics.identifiers import EntityId
from domain.basics.sentences import N_
from domain.basics.text import folded
from domain.dunning.letter_layout import LetterLayout
from domain.ledger.entity import DunningOptions, Entity
from domain.ledger.payment_modes import PaymentMode
from storage.database.codec import codec_of
from storage.database.table import Table

_LISTED = '", "'
"""Between the names of columns: « window » is a word of SQL."""


class SqliteEntityStore:
    """Firms and the options they chose."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._entities = Table(connection, "entities", Entity, thing=N_("entity"))

    def all(self) -> list[Entity]:
        return sorted(self._entities.select(""), key=lambda e: folded(e.name))

    def get(self, entity_id: EntityId) -> Entity:
        return self._entities.get(entity_id)

    def named(self, name: str) -> Entity | None:
        """Find a firm by its name, accents and case ignored."""
        wanted = folded(name)
        return next((e for e in self.all() if folded(e.name) == wanted), None)

    def save(self, entity: Entity) -> None:
        self._entities.save([entity])

    def options(self, entity_id: EntityId) -> DunningOptions:
        codec = codec_of(DunningOptions)
        row = self._connection.execute(
            f"SELECT {', '.join(codec.columns)} FROM entity_options"
            " WHERE entity_id = ?",
            (entity_id,),
        ).fetchone()
        return codec.record_of(row) if row else DunningOptions()

    def save_options(self, entity_id: EntityId, options: DunningOptions) -> None:
        codec = codec_of(DunningOptions)
        columns = ("entity_id", *codec.columns)
        self._connection.execute(
            f"INSERT OR REPLACE INTO entity_options ({', '.join(columns)})"
            f" VALUES ({', '.join('?' * len(columns))})",
            (entity_id, *codec.row(options)),
        )

    def letter_layout(self, entity_id: EntityId) -> LetterLayout:
        codec = codec_of(LetterLayout)
        row = self._connection.execute(
            f'SELECT "{_LISTED.join(codec.columns)}" FROM letter_layouts'
            " WHERE entity_id = ?",
            (entity_id,),
        ).fetchone()
        return codec.record_of(row) if row else LetterLayout()

    def save_letter_layout(self, entity_id: EntityId, layout: LetterLayout) -> None:
        codec = codec_of(LetterLayout)
        columns = ("entity_id", *codec.columns)
        self._connection.execute(
            f'INSERT OR REPLACE INTO letter_layouts ("{_LISTED.join(columns)}")'
            f" VALUES ({', '.join('?' * len(columns))})",
            (entity_id, *codec.row(layout)),
        )

    def automatic_payment_modes(self, entity_id: EntityId) -> frozenset[str]:
        rows = self._connection.execute(
            "SELECT code FROM payment_modes WHERE entity_id = ? AND is_automatic",
            (entity_id,),
        )
        return frozenset(code for (code,) in rows)

    def payment_modes(self, entity_id: EntityId) -> list[PaymentMode]:
        rows = self._connection.execute(
            "SELECT code, is_automatic, terms FROM payment_modes"
            " WHERE entity_id = ? ORDER BY code",
            (entity_id,),
        )
        return [
            PaymentMode(code=code, is_automatic=bool(is_automatic), terms=terms)
            for code, is_automatic, terms in rows
        ]

    def save_payment_modes(
        self, entity_id: EntityId, modes: Iterable[PaymentMode]
    ) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO payment_modes"
            " (entity_id, code, is_automatic, terms) VALUES (?, ?, ?, ?)",
            ((entity_id, m.code, int(m.is_automatic), m.terms) for m in modes),
        )

    def payment_modes_met(self, entity_id: EntityId) -> Mapping[str, int]:
        """Count the open invoices of each mode, those without any included.

        An invoice that names no mode follows its customer's.
        """
        rows = self._connection.execute(
            """
            SELECT mode, sum(is_open) FROM (
                SELECT iif(items.payment_mode = '', customers.payment_mode,
                           items.payment_mode) AS mode, state = 'open' AS is_open
                    FROM items JOIN customers ON customers.id = items.customer_id
                    WHERE items.entity_id = ?1 AND invoiced_cents > 0
                UNION ALL
                SELECT payment_mode, 0 FROM customers WHERE entity_id = ?1
                UNION ALL
                SELECT code, 0 FROM payment_modes
                    WHERE entity_id = ?1 AND (is_automatic OR terms <> '')
            ) WHERE mode <> '' GROUP BY mode ORDER BY mode
            """,
            (entity_id,),
        )
        return dict(rows.fetchall())
