"""The three tabs of the per-entity workbook, and what each column holds."""

from dataclasses import dataclass
from enum import StrEnum


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    DATE = "date"
    AMOUNT = "amount"
    TEXT = "text"
    """Text, a level, yes or no: shown as it is."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, under the heading that is written and looked for."""

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab and its columns, in the order they are written."""

    name: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> list[str]:
        """Headings without which the tab says nothing."""
        return [c.heading for c in self.columns if c.is_required]


REMINDERS = Tab(
    "Relance",
    (
        Column("Date relance", ColumnKind.DATE, is_required=True),
        Column("Date Facture", ColumnKind.DATE),
        Column("Echeance", ColumnKind.DATE),
        Column("Compte client", is_required=True),
        Column("Numero de facture", is_required=True),
        Column("Niveau de relance", is_required=True),
        Column("Nom pièce jointe"),
        Column("Raison sociale"),
        Column("Adresse Mail"),
        Column("D", ColumnKind.AMOUNT),
        Column("C", ColumnKind.AMOUNT),
    ),
)
DUE_INVOICES = Tab(
    "Facture_du",
    (
        Column("Date ecriture", ColumnKind.DATE, is_required=True),
        Column("Date échéance", ColumnKind.DATE, is_required=True),
        Column("Num compte", is_required=True),
        Column("Debit", ColumnKind.AMOUNT, is_required=True),
        Column("Credit", ColumnKind.AMOUNT, is_required=True),
        Column("Ref image"),
        Column("Num fact", is_required=True),
        Column("Code journal"),
    ),
)
WITHOUT_RECIPIENT = Tab(
    "No_destinataire",
    (
        Column("Code", is_required=True),
        Column("RaisonSocial"),
        Column("Email"),
        Column("Nom"),
        Column("Prenom"),
        Column("DestRelance"),
    ),
)
