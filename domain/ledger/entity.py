"""The firm that is owed money, as its letters present it."""

from dataclasses import dataclass
from decimal import Decimal

from domain.basics.identifiers import DocumentId, EntityId
from domain.basics.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A firm (« société »), its identity and the rules it chose."""

    id: EntityId
    name: str
    legal_form: str = ""
    address: str = ""
    """Several lines, as printed."""
    postal_code: str = ""
    city: str = ""
    siret: str = ""
    vat_number: str = ""
    rcs: str = ""
    capital: str = ""
    phone: str = ""
    email: str = ""
    iban: str = ""
    bic: str = ""
    logo: DocumentId | None = None
    signatory_name: str = ""
    signatory_role: str = ""
    invoices_folder: str = ""
    default_terms: str = "30 jours"
    """Payment terms where neither the file nor the customer gives any: 30 days
    after delivery, Code de commerce art. L441-10."""
    penalty_rate: Decimal | None = None
    """Yearly percentage printed in letters; None prints the legal default."""
    rate_follows_half_years: bool = True
    """Whether the rate of a running delay changes each half-year, or stays that of
    the half-year where it began."""
    structured_reference: bool = False
    """Ask for transfers under a structured reference (ISO 11649)."""
    fiscal_year_start_month: int = 1
    demo: bool = False
    """Nothing of a demonstration firm can leave the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningOptions:
    """The limits within which an entity's reminders are proposed."""

    item_threshold: Money = Money(0)
    message_minimum: Money = Money(0)
    message_ceiling: Money | None = None
    days_between_contacts: int = 5
    freshness_days: int = 10
    """Data older than this asks before anything leaves."""
    dispute_stops: bool = True
    promise_stops: bool = True
    chase_insolvent: bool = False
    thank_everyone: bool = False
    """Thank also for payments of items that were never reminded."""
