"""Everything a letter or an e-mail may show, already formatted."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.basics.postal import AddressDoubt
from domain.dunning.letter_layout import AS_SHIPPED, LetterLayout
from domain.dunning.penalty_claim import PenaltyClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentLine:
    """One item as the customer reads it; amounts and dates are text."""

    reference: str
    label: str
    invoice_on: str
    due_on: str
    due_is_estimated: bool
    """The date was computed from terms, not given by the books."""
    days_late: str
    invoiced: str
    paid: str
    """Paid or credited, an en dash when nothing."""
    left: str
    is_credit: bool
    carried: str = ""
    """What is left of all lines down to this one, printed where a page ends;
    empty where nothing is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDetails:
    """How to pay; only where the firm gave an IBAN."""

    beneficiary: str
    iban: str
    """In groups of four."""
    bic: str
    amount: str
    reference: str
    deadline: str
    qr_payload: str
    """EPC069-12 text; empty when there is nothing to pay by transfer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The firm as its letters present it."""

    name: str
    address_lines: tuple[str, ...]
    contact_line: str
    """Phone and e-mail."""
    legal_line: str
    """Capital, SIRET, VAT, RCS: the foot of the page."""
    logo: bytes | None
    logo_mime: str
    email: str
    signatory_name: str
    signatory_role: str
    signature: bytes | None = None
    """Picture printed above the name of who signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """One message to one customer, in one language, ready to be laid out.

    ``paragraphs_before`` and ``paragraphs_after`` stand around the table.
    """

    language: str
    message_reference: str
    customer_code: str
    recipient_lines: tuple[str, ...]
    """Postal address, at most six lines of 38 characters (XP Z10-011)."""
    place_and_date: str
    subject: str
    is_formal_notice: bool
    paragraphs_before: tuple[str, ...]
    lines: tuple[ContentLine, ...]
    total: str
    paragraphs_after: tuple[str, ...]
    payment: PaymentDetails | None
    legal_note: str
    sender: Sender
    has_estimated_due_dates: bool
    headings: dict[str, str]
    """Words of the layout in the message's language: see templates/README.md."""
    claim: PenaltyClaim | None = None
    """What lateness costs, where it is claimed; never part of ``total``."""
    layout: LetterLayout = AS_SHIPPED
    data: str = ""
    """The same items for programs, as CSV: goes within an archived PDF."""
    address_doubts: tuple[AddressDoubt, ...] = ()
    """Why the post may not find the customer."""
    conversation: str = ""
    """Subject of the e-mails that this one goes on with; empty where it begins."""

    @property
    def email_subject(self) -> str:
        """The subject that its e-mail bears."""
        return self.conversation or self.subject

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All of the text, without the table."""
        return (*self.paragraphs_before, *self.paragraphs_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundLetter:
    """A letter made before, to be bound with others."""

    title: str
    """Its bookmark."""
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFile:
    """One letter as its own PDF."""

    pdf: bytes
    page_count: int


def pages_bound(counts: Sequence[int]) -> int:
    """Count the pages of letters bound together, each starting on a recto."""
    return sum(count + count % 2 for count in counts[:-1]) + sum(counts[-1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBatch:
    """Letters as one PDF for the printer, each starting on a recto."""

    pdf: bytes
    page_count: int
    letters: tuple[LetterFile, ...]
