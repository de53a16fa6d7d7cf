"""What a file would change in the books, before anything is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.basics.identifiers import EntityId, ImportId, ItemId
from domain.basics.money import Money
from domain.ledger.entry import LedgerEntry, SourceLine

# SirenFECAAAAMMJJ: art. A47 A-1 LPF.
_FEC_NAME = re.compile(r"(?<!\d)(\d{9})FEC20\d{6}", re.IGNORECASE)


def siren_named(file_name: str) -> str:
    """Read the firm's SIREN in the name that the law gives an FEC."""
    found = _FEC_NAME.search(file_name)
    return found[1] if found else ""


class SourceFormat(StrEnum):
    """The kinds of file that can be read."""

    FEC = "fec"
    WORKBOOK = "workbook"
    QUADRATUS = "quadratus"
    XIMPORT = "ximport"
    CEGID_TRA = "cegid_tra"
    SAGE_TEXT = "sage_text"
    RIMPORT = "rimport"
    TABLE = "table"
    """A list of what is open, its columns told by the user."""
    TABLE_ADDED = "table_added"
    """Such a table whose lines are added, nothing being settled by absence."""
    PEOPLE = "people"
    """Accepted from any of them, it brought customers or contacts, and no entry."""

    @property
    def lists_what_is_open(self) -> bool:
        """Whether what disappears from such a file is settled."""
        return self in {SourceFormat.WORKBOOK, SourceFormat.TABLE}

    def goes_with(self, other: "SourceFormat") -> bool:
        """Whether both kinds of file may feed one firm."""
        tables = {SourceFormat.TABLE, SourceFormat.TABLE_ADDED}
        return self is other or {self, other} <= tables


class FaultKind(StrEnum):
    """What is wrong with a line of a file, or worth knowing about it."""

    FIELD_COUNT = "field_count"
    BAD_DATE = "bad_date"
    BAD_AMOUNT = "bad_amount"
    BAD_DIRECTION = "bad_direction"
    NO_CUSTOMER = "no_customer"
    NO_AMOUNT = "no_amount"
    DOT_DECIMAL = "dot_decimal"
    UNDECODABLE = "undecodable"
    REJOINED_LABEL = "rejoined_label"
    SWAPPED_DATE = "swapped_date"
    """In a due date."""
    SWAPPED_INVOICE_DATE = "swapped_invoice_date"
    UNBALANCED_LETTERING = "unbalanced_lettering"
    DUPLICATE_LINE = "duplicate_line"
    UNKNOWN_ITEM = "unknown_item"
    BAD_LEVEL = "bad_level"
    UNUSUAL_SEPARATOR = "unusual_separator"
    OTHER_CURRENCY = "other_currency"
    BAD_CURRENCY = "bad_currency"
    NOT_AN_ENTRY = "not_an_entry"
    PROVISIONAL = "provisional"
    OPENING_GAP = "opening_gap"
    OPENING_REPEATED = "opening_repeated"
    TOTAL_ROWS = "total_rows"


SWAPS = frozenset({FaultKind.SWAPPED_DATE, FaultKind.SWAPPED_INVOICE_DATE})
"""What is put right once the user agrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFault:
    """One line that resists, or deserves a look: where, what, what was found.

    ``blocking`` means that the line was left out.
    """

    line: int
    kind: FaultKind
    found: str = ""
    sheet: str = ""
    blocking: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutLine:
    """What could be read of a line that was left out; empty is not known."""

    customer_code: str = ""
    customer_name: str = ""
    reference: str = ""
    parts: frozenset[str] = frozenset()
    """The texts of a line whose columns could not be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReminder:
    """One row of a dunning history taken over from another tool."""

    line: int
    reminded_on: date
    customer_code: str
    customer_name: str = ""
    piece: str
    invoice_on: date | None = None
    due_on: date | None = None
    swapped_due_on: date | None = None
    """What ``due_on`` would be if its day and month were swapped by mistake."""
    level: int
    attachment: str = ""
    email: str = ""
    debit: Money
    credit: Money

    @property
    def amount(self) -> Money:
        """What was asked for; negative for a credit deducted."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContact:
    """A contact found in a file."""

    line: int
    customer_code: str
    customer_name: str = ""
    email: str = ""
    last_name: str = ""
    first_name: str = ""
    is_dunning: bool | None = None
    """Whether it receives reminders; None when the file does not say."""
    is_billing: bool = False
    is_manager: bool = False
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCustomer:
    """What a file says of a customer, under the names of its sheet.

    What the file leaves empty is empty here, and changes nothing in the books.
    """

    customer_code: str
    customer_name: str = ""
    details: Mapping[str, str]
    """Non-empty ones, by field of Customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """Everything read from one file, nothing decided yet.

    ``only_open`` files list what is open: what disappears from them is settled.
    Other files cover a period: what disappears inside it has vanished, unless they
    are not ``is_complete``, holding perhaps one journal or one batch: they only add.
    """

    name: str
    format: SourceFormat
    sha256: str
    lines: list[SourceLine]
    faults: list[ImportFault]
    lines_read: int
    left_out: list[LeftOutLine] = field(default_factory=list)
    """Those that could not be read, where a known entry may stand."""
    only_open: bool = False
    is_complete: bool = True
    has_lettering: bool = True
    contacts: list[SourceContact] = field(default_factory=list)
    customers: list[SourceCustomer] = field(default_factory=list)
    past_reminders: list[PastReminder] = field(default_factory=list)
    sheet: str = ""
    """The tab its lines come from, in a workbook."""
    siren: str = ""
    """From the file's name, where the format puts it there."""
    starts_on: date | None = None
    """First day of the period covered, from all its lines, customers' or not."""
    ends_on: date | None = None

    @property
    def holds_rows(self) -> bool:
        """Whether anything was read in it."""
        return bool(
            self.lines or self.past_reminders or self.customers or self.contacts
        )

    @property
    def brings_entries(self) -> bool:
        """Whether it says what is owed, and not only who owes."""
        return bool(self.lines or self.past_reminders or self.lists_nothing_open)

    @property
    def lists_nothing_open(self) -> bool:
        """Whether it lists what is open and holds no line: all is settled."""
        has_left_out = any(f.blocking and f.sheet == self.sheet for f in self.faults)
        return self.only_open and not self.lines and not has_left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """An entry that the file gives differently from the books."""

    before: LedgerEntry
    after: LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceChange:
    """What is owed in one currency, before a file and after it."""

    before: Money
    after: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Movements:
    """What a file changes: the sheet shown before it is accepted."""

    new: list[LedgerEntry]
    settled: list[ItemId]
    changed: list[EntryChange]
    vanished: list[LedgerEntry]
    reappeared: list[LedgerEntry]
    balances: tuple[BalanceChange, ...]
    """One by currency, euros first; never added up."""

    @property
    def balance_before(self) -> Money:
        """What was owed in the main currency."""
        return self.balances[0].before

    @property
    def balance_after(self) -> Money:
        """What will be owed in the main currency."""
        return self.balances[0].after

    @property
    def is_empty(self) -> bool:
        """Whether the file says what the books already say."""
        return not (
            self.new or self.settled or self.changed or self.vanished or self.reappeared
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """An import that was accepted."""

    id: ImportId
    entity_id: EntityId
    file_name: str
    format: SourceFormat
    sha256: str
    imported_at: datetime
    entries: int
    new: int
    settled: int
    changed: int
    vanished: int
    fault_count: int
    balance_before: Money
    balance_after: Money
    undone_at: datetime | None = None
