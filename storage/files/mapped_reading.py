"""Read a table as the user, or its headings, said that it is to be read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.basics.money import Money
from domain.basics.periods import UNDATED
from domain.basics.text import squeezed
from domain.basics.worded_dates import month_named
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    FaultKind,
    ImportFault,
    LeftOutLine,
    SourceContact,
    SourceCustomer,
    SourceFile,
    SourceFormat,
)
from domain.ledger.mapping import (
    AMOUNT_FIELDS,
    CONTACT_FIELDS,
    DATE_FIELDS,
    DETAIL_FIELDS,
    Cell,
    DateOrder,
    Field,
    Mapping,
    TableFile,
    TableKind,
    words,
)
from storage.files.newton_workbook import yes_or_no
from storage.files.tables import TabRow, left_out_line
from storage.files.values import UnusableValueError, read_currency

_SLASHED_DATE = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)")
_SIGNED_AMOUNT = re.compile(
    r"(\(?)([^()]*?)(\)?)\s*(?:€|eur)?\s*([dc]?)", re.IGNORECASE
)
# Said alone or of the whole: « Total client 411DUP », never « Total Énergies ».
_TOTAL = re.compile(
    r"(?:sous )?(?:total|totaux|solde|cumul|report)"
    r"(?: (?:generale?|generaux|clients?|comptes?|tiers|debit|credit|du|de|des|a|au"
    r"|cumules?|ttc)\b.*| \d.*| 411.*)?"
)
_PERIOD = re.compile(r"\b(?:mois|periodes?|month|period)\b")
_OTHER_ACCOUNT = re.compile(r"[1-7]\d{5,}")
_CREDIT_WORDS = ("c", "a", "r")
_DEBIT_WORDS = ("d", "f")


def read_mapped(table: TableFile, mapping: Mapping, name: str) -> SourceFile:
    """Read the lines, customers and contacts of a table; bad rows are told."""
    reading = _Reading(mapping)
    count = 0
    for row in _rows(table, mapping, reading.faults):
        count += 1
        try:
            reading.read(row)
        except UnusableValueError as problem:
            row.tell(problem, blocking=True)
            reading.leave_out(row)
    is_state = mapping.lists_what_is_open
    return SourceFile(
        name=name,
        format=SourceFormat.TABLE if is_state else SourceFormat.TABLE_ADDED,
        sha256=table.sha256,
        lines=_customers_only(reading.lines),
        faults=reading.all_faults(),
        left_out=reading.left_out,
        lines_read=count,
        only_open=is_state,
        has_lettering=mapping.has(Field.LETTERING),
        contacts=reading.contacts,
        customers=reading.customers,
        sheet=mapping.sheet,
    )


def _rows(
    table: TableFile, mapping: Mapping, faults: list[ImportFault]
) -> Iterator[TabRow]:
    sheet = table.sheet(mapping.sheet)
    places = [(i, f) for i, f in enumerate(mapping.columns) if f is not Field.IGNORED]
    start = mapping.header_row + 1
    periods = _periods(sheet.rows[start - 1]) if start else set()
    for number, cells in enumerate(sheet.rows[start:], start=start + 1):
        if not any(str(cell).strip() for cell in cells):
            continue
        named: dict[str, Cell] = {}
        for place, field in places:
            cell = cells[place] if place < len(cells) else ""
            if place in periods and field in DATE_FIELDS:
                cell = month_named(str(cell)) or cell
            named[field] = _prepared(cell, field, mapping, named.get(field, ""))
        yield TabRow(sheet.name, number, {**named, "": _first(cells)}, faults)


def _periods(headings: list[Cell]) -> set[int]:
    """Find the columns where a month alone is a date: its last day."""
    return {
        place
        for place, heading in enumerate(headings)
        if _PERIOD.search(words(heading))
    }


def _first(cells: list[Cell]) -> Cell:
    return next((cell for cell in cells if str(cell).strip()), "")


def _prepared(cell: Cell, field: Field, mapping: Mapping, before: Cell) -> Cell:
    """Write a text so that dates and amounts are read as they were meant."""
    if field is Field.ADDRESS:
        return "\n".join(part for part in (str(before), _text(cell)) if part)
    if not isinstance(cell, str):
        return cell
    if field in DATE_FIELDS and mapping.date_order is DateOrder.MONTH_FIRST:
        return _SLASHED_DATE.sub(r"\3\2\1\2\4\5", cell)
    if field in AMOUNT_FIELDS and (found := _SIGNED_AMOUNT.fullmatch(cell.strip())):
        opened, amount, closed, side = found.groups()
        is_negative = (opened and closed) or side.casefold() == "c"
        return f"-{amount.strip()}" if is_negative and amount.strip() else amount
    return cell


def _text(cell: Cell) -> str:
    return squeezed(
        str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    )


class _Reading:
    """What is read so far, and whose rows these are."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.lines: list[SourceLine] = []
        self.customers: list[SourceCustomer] = []
        self.contacts: list[SourceContact] = []
        self.faults: list[ImportFault] = []
        self.left_out: list[LeftOutLine] = []
        self._totals: list[int] = []
        self._above = ("", "")

    def all_faults(self) -> list[ImportFault]:
        """List what was wrong, and how many totals were left aside."""
        if not self._totals:
            return self.faults
        told = ImportFault(
            line=self._totals[0],
            kind=FaultKind.TOTAL_ROWS,
            found=str(len(self._totals)),
            sheet=self.mapping.sheet,
            blocking=False,
        )
        return [*self.faults, told]

    def read(self, row: TabRow) -> None:
        """Read a row.

        Raises:
            UnusableValueError: a value of it cannot be read.
        """
        is_entry = self.mapping.kind is TableKind.ENTRIES
        if is_entry and self._is_total(row):
            self._totals.append(row.number)
            self._above = ("", "")
            return
        code, name = self._customer(row)
        if is_entry and self._is_heading(row):
            self._above = (code, name)
            return
        if not code and not name:
            raise UnusableValueError(FaultKind.NO_CUSTOMER)
        code = code or name
        if is_entry and (line := self._line(row, code, name)):
            self.lines.append(line)
        self._add_details(row, code, name)

    def leave_out(self, row: TabRow) -> None:
        """Keep what can be read of a row that resists."""
        if self.mapping.kind is not TableKind.ENTRIES:
            return
        own = row.text(Field.CUSTOMER_CODE) or row.text(Field.CUSTOMER_NAME)
        reference, has_amount = row.text(Field.REFERENCE), self._has_amount(row)
        if own or reference or has_amount:  # a remark below is of no customer
            code, name = self._customer(row)
            self.left_out += left_out_line(code, name, reference, has_amount=has_amount)

    def _customer(self, row: TabRow) -> tuple[str, str]:
        code = squeezed(row.text(Field.CUSTOMER_CODE))
        name = squeezed(row.text(Field.CUSTOMER_NAME))
        return (code, name) if code or name else self._above

    def _is_total(self, row: TabRow) -> bool:
        if self._says_when(row):
            return False
        if _TOTAL.fullmatch(words(row.text(""))):
            return True
        if row.text(Field.REFERENCE):
            return False
        has_customer = row.text(Field.CUSTOMER_CODE) or row.text(Field.CUSTOMER_NAME)
        return self._has_amount(row) and (
            not has_customer or self.mapping.has(*DATE_FIELDS)
        )

    def _is_heading(self, row: TabRow) -> bool:
        """Recognise the customer's name above its lines."""
        return (
            self.mapping.has(*DATE_FIELDS)
            and not self._says_when(row)
            and not self._has_amount(row)
            and not row.text(Field.REFERENCE)
        )

    def _says_when(self, row: TabRow) -> bool:
        return any(row.text(field) for field in DATE_FIELDS)

    def _has_amount(self, row: TabRow) -> bool:
        return any(row.text(field) for field in AMOUNT_FIELDS)

    def _line(self, row: TabRow, code: str, name: str) -> SourceLine | None:
        if not self._has_amount(row):
            raise UnusableValueError(FaultKind.NO_AMOUNT)
        currency = read_currency(row.text(Field.CURRENCY))
        debit, credit = (
            replace(amount, currency=currency) for amount in self._amounts(row)
        )
        if not debit and not credit:
            return None
        written = row.day(Field.ENTRY_DATE) if row.text(Field.ENTRY_DATE) else None
        if row.text(Field.INVOICE_DATE) and written is None:
            invoiced: date | None = row.day(Field.INVOICE_DATE)
        else:
            invoiced = row.day_if_any(Field.INVOICE_DATE)
        due = row.day_if_any(Field.DUE_DATE)
        entry_on = written or invoiced or due
        if entry_on is None and self.mapping.has(*DATE_FIELDS):
            raise UnusableValueError(FaultKind.BAD_DATE)
        return SourceLine(
            line=row.number,
            journal=row.text(Field.JOURNAL),
            entry_on=entry_on or UNDATED,
            account=row.text(Field.ACCOUNT) or code,
            customer_code=code,
            customer_name=name,
            piece=row.text(Field.REFERENCE),
            piece_on=invoiced,
            label=squeezed(row.text(Field.LABEL)),
            debit=debit,
            credit=credit,
            lettering=row.text(Field.LETTERING),
            due_on=due,
            attachment=row.text(Field.ATTACHMENT),
            payment_mode=row.text(Field.PAYMENT_MODE),
        )

    def _amounts(self, row: TabRow) -> tuple[Money, Money]:
        """Read what is left where the table says it, or else the amount."""
        if self.mapping.has(Field.BALANCE):
            signed = row.amount(Field.BALANCE)
        elif self.mapping.has(Field.DEBIT, Field.CREDIT):
            return row.amount(Field.DEBIT), row.amount(Field.CREDIT)
        else:
            signed = row.amount(Field.AMOUNT)
        direction = words(row.text(Field.DIRECTION)) or "d"
        if direction.startswith(_CREDIT_WORDS) or row.text(Field.DIRECTION) == "-1":
            signed = -signed if signed.cents > 0 else signed
        elif not direction.startswith(_DEBIT_WORDS) and direction != "1":
            raise UnusableValueError(FaultKind.BAD_DIRECTION, row.text(Field.DIRECTION))
        zero = Money(0)
        return (signed, zero) if signed.cents >= 0 else (zero, -signed)

    def _add_details(self, row: TabRow, code: str, name: str) -> None:
        is_contact = self.mapping.kind is TableKind.CONTACTS
        details = {
            str(field): value
            for field in sorted(DETAIL_FIELDS)
            if (value := row.text(field)) and not is_contact
        }
        if details or self.mapping.kind is TableKind.CUSTOMERS:
            self.customers.append(
                SourceCustomer(customer_code=code, customer_name=name, details=details)
            )
        if any(row.text(field) for field in CONTACT_FIELDS):
            self.contacts.append(
                SourceContact(
                    line=row.number,
                    customer_code=code,
                    customer_name=name,
                    email=row.text(Field.EMAIL),
                    last_name=squeezed(row.text(Field.LAST_NAME)),
                    first_name=squeezed(row.text(Field.FIRST_NAME)),
                    is_dunning=yes_or_no(row.text(Field.IS_DUNNING)),
                    is_billing=bool(yes_or_no(row.text(Field.IS_BILLING))),
                    is_manager=bool(yes_or_no(row.text(Field.IS_MANAGER))),
                    phone=row.text(Field.PHONE) if is_contact else "",
                )
            )


def _customers_only(lines: list[SourceLine]) -> list[SourceLine]:
    """Leave out the other accounts of a ledger that has customers' among them."""
    if not any(line.customer_code.startswith("411") for line in lines):
        return lines
    return [
        line
        for line in lines
        if line.customer_code.startswith("41")
        or not _OTHER_ACCOUNT.fullmatch(line.customer_code)
    ]
