"""A line of the books on a customer's account, and what identifies it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.basics.identifiers import CustomerId, EntityId, ItemId, customer_key, digest
from domain.basics.money import Money


class DueOrigin(StrEnum):
    """Where an item's due date comes from, most trusted first."""

    FILE = "file"
    LABEL = "label"
    INVOICE = "invoice"
    """Read in the data of the invoice's PDF."""
    TERMS = "terms"
    MODE_TERMS = "mode_terms"
    """Computed from the terms of its payment mode."""
    ESTIMATED = "estimated"
    """Learnt from when the customer usually pays."""
    DEFAULT = "default"
    OWN_DATE = "own_date"
    """Credits are due on their own date."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One line of an accounting file about one customer, not yet in the books.

    ``debit`` and ``credit`` are what the file says, signs included.
    """

    line: int
    journal: str = ""
    entry_number: str = ""
    entry_on: date
    account: str
    customer_code: str
    customer_name: str = ""
    piece: str = ""
    """Reference of the document: invoice number."""
    piece_on: date | None = None
    label: str = ""
    debit: Money
    credit: Money
    lettering: str = ""
    lettered_on: date | None = None
    due_on: date | None = None
    """Only where the file itself gives it."""
    attachment: str = ""
    """File name of the invoice's PDF, where the file gives it."""
    payment_mode: str = ""
    opens_on: date | None = None
    """For an opening line (« à-nouveau »), the first day of the year it opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A line of the books about one customer."""

    id: ItemId
    entity_id: EntityId
    customer_id: CustomerId
    journal: str = ""
    entry_number: str = ""
    entry_on: date
    account: str = ""
    piece: str = ""
    piece_on: date | None = None
    label: str = ""
    debit: Money
    credit: Money
    lettering: str = ""
    lettered_on: date | None = None
    file_due_on: date | None = None
    attachment: str = ""
    payment_mode: str = ""
    gone_on: date | None = None
    """The day it left the list of what is open, for sources that only list that."""
    opens_on: date | None = None
    """For an opening line (« à-nouveau »), the first day of the year it opens."""

    @property
    def amount(self) -> Money:
        """What it adds to the customer's debt; negative for a credit."""
        return self.debit - self.credit if self.credit.cents else self.debit

    @property
    def cents(self) -> int:
        """Its amount, in cents of its currency."""
        return self.debit.cents - self.credit.cents

    @property
    def currency(self) -> str:
        """The currency of all its amounts."""
        return self.debit.currency

    @property
    def invoice_on(self) -> date:
        """The date of the document, or else of the entry."""
        return self.piece_on or self.entry_on


def identified(
    lines: Iterable[SourceLine], entity_id: EntityId
) -> Iterator[tuple[LedgerEntry, SourceLine]]:
    """Turn lines of a file into entries whose identity survives re-export.

    The key is the content without the entry number, which packages renumber,
    plus the rank among identical lines. Label, lettering and due date are
    attributes: they may change without the line becoming another one.
    """
    seen: dict[str, int] = defaultdict(int)
    customers: dict[str, CustomerId] = {}
    for line in lines:
        content = digest(
            entity_id,
            line.journal,
            line.entry_on.isoformat(),
            line.account,
            line.customer_code,
            line.piece,
            str(line.debit.cents),
            str(line.credit.cents),
            line.debit.currency,
        )
        seen[content] += 1
        rank = seen[content]
        code = line.customer_code
        if code not in customers:
            customers[code] = customer_key(entity_id, code)
        entry_id = ItemId(content if rank == 1 else digest(content, str(rank)))
        yield _entry(line, entity_id, customers[code], entry_id), line


def _entry(
    line: SourceLine, entity_id: EntityId, customer_id: CustomerId, entry_id: ItemId
) -> LedgerEntry:
    return LedgerEntry(
        id=entry_id,
        entity_id=entity_id,
        customer_id=customer_id,
        journal=line.journal,
        entry_number=line.entry_number,
        entry_on=line.entry_on,
        account=line.account,
        piece=line.piece,
        piece_on=line.piece_on,
        label=line.label,
        debit=line.debit,
        credit=line.credit,
        lettering=line.lettering,
        lettered_on=line.lettered_on,
        file_due_on=line.due_on,
        attachment=line.attachment,
        payment_mode=line.payment_mode,
        opens_on=line.opens_on,
    )
