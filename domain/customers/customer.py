"""Who owes, and whom to write to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import ContactId, CustomerId, EntityId, ProfileId


class CustomerKind(StrEnum):
    """Which law its lateness falls under."""

    PROFESSIONAL = "professional"
    PUBLIC = "public"
    CONSUMER = "consumer"
    INSOLVENT = "insolvent"
    """Insolvency proceedings are open (« procédure collective »)."""


class PenaltyChoice(StrEnum):
    """Whether messages claim late-payment penalties from a customer."""

    AS_STEP = "as_step"
    CLAIMED = "claimed"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer account of one entity."""

    id: CustomerId
    entity_id: EntityId
    code: str
    name: str
    profile_id: ProfileId | None = None
    """None follows the default profile."""
    address: str = ""
    """Lines between the name and the postal code."""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""
    mobile: str = ""
    siren: str = ""
    salesperson: str = ""
    category: str = ""
    payment_terms: str = ""
    payment_mode: str = ""
    language: str = "fr"
    is_public: bool = False
    is_individual: bool = False
    is_insolvent: bool = False
    is_counter_sale: bool = False
    is_followed: bool = False
    free_1: str = ""
    """Free fields: each firm says what they are for."""
    free_2: str = ""
    penalties: PenaltyChoice = PenaltyChoice.AS_STEP

    @property
    def kind(self) -> CustomerKind:
        """Which law applies; proceedings come before all else."""
        for applies, kind in (
            (self.is_insolvent, CustomerKind.INSOLVENT),
            (self.is_individual, CustomerKind.CONSUMER),
            (self.is_public, CustomerKind.PUBLIC),
        ):
            if applies:
                return kind
        return CustomerKind.PROFESSIONAL

    @property
    def has_postal_address(self) -> bool:
        """Whether a letter could reach it."""
        return bool(self.city and (self.address or self.postal_code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or a mailbox at a customer's."""

    id: ContactId
    entity_id: EntityId
    customer_id: CustomerId
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    is_dunning: bool = False
    is_billing: bool = False
    is_main: bool = True
    is_manager: bool = False
    """Whom to call above the others, when reminders no longer help."""
    email_accepted: bool = False
    """A person said that this odd address is right."""
    failed_email: str | None = None
    """The address that a mail server refused for good; a new one is tried again."""
    removed_on: date | None = None
    """Kept, so that the next file does not bring it back."""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def has_failed(self) -> bool:
        """Whether its very address was refused for good."""
        failed = self.failed_email or ""
        return bool(failed) and failed.casefold() == self.email.casefold()


def dunning_contact(contacts: list[Contact]) -> Contact | None:
    """Choose who receives reminders: dunning role, else billing, else main.

    Nobody whose address a mail server refused for good: then it goes by letter.
    """
    with_email = [c for c in contacts if c.email and not c.has_failed]
    return min(
        with_email,
        key=lambda c: (not c.is_dunning, not c.is_billing, not c.is_main),
        default=None,
    )
