"""What the columns of somebody's table mean, and what is missing to read it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.basics.errors import DunningError
from domain.basics.identifiers import digest
from domain.basics.text import folded

Cell = int | float | str | bool | date | datetime | time | timedelta
Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or the whole of a text file."""

    name: str
    """Empty for a text file."""
    rows: Rows


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as it was found, its meaning not known yet."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """Give a sheet by its name, or else the first."""
        return next((s for s in self.sheets if s.name == name), self.sheets[0])


class Field(StrEnum):
    """What a column can hold."""

    IGNORED = "ignored"
    CUSTOMER_CODE = "customer_code"
    CUSTOMER_NAME = "customer_name"
    REFERENCE = "reference"
    INVOICE_DATE = "invoice_date"
    DUE_DATE = "due_date"
    ENTRY_DATE = "entry_date"
    DEBIT = "debit"
    CREDIT = "credit"
    AMOUNT = "amount"
    BALANCE = "balance"
    DIRECTION = "direction"
    LABEL = "label"
    LETTERING = "lettering"
    JOURNAL = "journal"
    ACCOUNT = "account"
    PAYMENT_MODE = "payment_mode"
    PAYMENT_TERMS = "payment_terms"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    COUNTRY = "country"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    IS_DUNNING = "is_dunning"
    SALESPERSON = "salesperson"
    CATEGORY = "category"
    PROFILE = "profile"
    SIREN = "siren"
    ATTACHMENT = "attachment"


class TableKind(StrEnum):
    """What a table lists."""

    ENTRIES = "entries"
    CUSTOMERS = "customers"
    CONTACTS = "contacts"


class DateOrder(StrEnum):
    """How a table writes its dates as text."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


CUSTOMER_FIELDS = frozenset({Field.CUSTOMER_CODE, Field.CUSTOMER_NAME})
AMOUNT_FIELDS = frozenset({Field.DEBIT, Field.CREDIT, Field.AMOUNT, Field.BALANCE})
DATE_FIELDS = frozenset({Field.INVOICE_DATE, Field.DUE_DATE, Field.ENTRY_DATE})
DETAIL_FIELDS = frozenset(
    {
        Field.PHONE,
        Field.ADDRESS,
        Field.POSTAL_CODE,
        Field.CITY,
        Field.COUNTRY,
        Field.PAYMENT_TERMS,
        Field.SALESPERSON,
        Field.CATEGORY,
        Field.PROFILE,
        Field.SIREN,
    }
)
"""What a customer's sheet keeps; the profile, by its name."""
CONTACT_FIELDS = frozenset({Field.EMAIL, Field.FIRST_NAME, Field.LAST_NAME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How to read a table."""

    kind: TableKind
    columns: tuple[Field, ...]
    """What each column holds, from the first one."""
    sheet: str = ""
    header_row: int = 0
    """Its place, from 0; -1 where the table has no headings."""
    complete_state: bool = False
    """Whether what is missing from the table is settled."""
    date_order: DateOrder = DateOrder.DAY_FIRST

    def has(self, *fields: Field) -> bool:
        """Whether one of these fields has a column."""
        return not set(fields).isdisjoint(self.columns)

    @property
    def days(self) -> list[int]:
        """The places of the columns of dates."""
        return [i for i, field in enumerate(self.columns) if field in DATE_FIELDS]

    @property
    def lists_what_is_open(self) -> bool:
        """Whether what disappears from such a table is settled."""
        return self.kind is TableKind.ENTRIES and self.complete_state


class NoCustomerColumnError(DunningError):
    """Nothing says whom a row concerns."""

    message = "Say which column holds the customer’s code, or else its name."


class NoAmountColumnError(DunningError):
    """Nothing says how much."""

    message = (
        "Say which column holds the amount: debit and credit, amount, or amount left."
    )


class NoDetailColumnError(DunningError):
    """A list of customers that says nothing about them."""

    message = "Say which column holds the address, the phone number or the terms."


class NoEmailColumnError(DunningError):
    """A list of contacts with nobody in it."""

    message = "Say which column holds the e-mail address, or the contact’s name."


class TwoColumnsAlikeError(DunningError):
    """Two columns for one thing."""

    message = (
        "Two columns are given the same meaning (columns {columns}): keep one, and"
        " ignore the other."
    )


def problems(mapping: Mapping) -> list[DunningError]:
    """Tell what is missing to read a table so, in words."""
    found: list[DunningError] = []
    if not mapping.has(*CUSTOMER_FIELDS):
        found.append(NoCustomerColumnError())
    if mapping.kind is TableKind.ENTRIES and not mapping.has(*AMOUNT_FIELDS):
        found.append(NoAmountColumnError())
    if mapping.kind is TableKind.CUSTOMERS and not (
        mapping.has(*DETAIL_FIELDS, *CONTACT_FIELDS)
        or set(mapping.columns) >= CUSTOMER_FIELDS
    ):
        found.append(NoDetailColumnError())
    if mapping.kind is TableKind.CONTACTS and not mapping.has(*CONTACT_FIELDS):
        found.append(NoEmailColumnError())
    for field in sorted(set(mapping.columns) - {Field.IGNORED, Field.ADDRESS}):
        places = [str(i + 1) for i, f in enumerate(mapping.columns) if f is field]
        if len(places) > 1:
            found.append(TwoColumnsAlikeError(columns=", ".join(places)))
    return found


def words(text: object) -> str:
    """Reduce a heading to its words: « N° pièce / Réf. » is « n piece ref »."""
    return " ".join(re.findall(r"[a-z0-9+<>]+", folded(str(text))))


def signature(headings: Sequence[object]) -> str:
    """Name a kind of file by its headings."""
    return digest(*map(words, headings))


def width(rows: Rows) -> int:
    """Count the columns of the widest row."""
    return max(map(len, rows), default=0)
