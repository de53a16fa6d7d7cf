"""What the books know of the people at a customer's, to hand over or to erase."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from domain.basics.identifiers import CustomerId


class PersonalStore(Protocol):
    """What is known of the people at a customer's."""

    def counts(self, customer_id: CustomerId, proofs_since: date) -> Mapping[str, int]:
        """Count what would be erased and what is kept, by the names of KINDS."""
        ...

    def packed(self, customer_id: CustomerId) -> bytes:
        """Put all that names a customer in one ZIP: JSON, and what was sent."""
        ...

    def erase(self, customer_id: CustomerId, proofs_since: date, now: datetime) -> None:
        """Erase for good all that accounting and proofs do not need."""
        ...

    def forget_files(self) -> None:
        """Delete the files of what was erased, once the transaction has ended."""
        ...

    def erased_at(self, customer_id: CustomerId) -> datetime | None:
        """Tell when a customer's personal data was last erased."""
        ...
