"""Words for what columns hold, and what a table lists."""

from collections.abc import Mapping as MappingOf

from domain.ledger.import_report import SourceFile
from domain.ledger.mapping import DATE_FIELDS, Field, Mapping, TableKind
from ui import formatting
from ui.translation import _

Cells = tuple[str, ...]
Details = MappingOf[str, str]


def field_names() -> dict[str, str]:
    """Name what a column can hold, in the order of the choice."""
    return {
        Field.IGNORED: _("Ignored column"),
        Field.CUSTOMER_CODE: _("Customer code"),
        Field.CUSTOMER_NAME: _("Customer name"),
        Field.REFERENCE: _("Invoice number"),
        Field.INVOICE_DATE: _("Invoice date"),
        Field.DUE_DATE: _("Due date"),
        Field.ENTRY_DATE: _("Entry date"),
        Field.BALANCE: _("Amount left"),
        Field.AMOUNT: _("Amount (credits negative)"),
        Field.DEBIT: _("Debit"),
        Field.CREDIT: _("Credit"),
        Field.DIRECTION: _("Direction (D or C)"),
        Field.LABEL: _("Label"),
        Field.LETTERING: _("Lettering"),
        Field.JOURNAL: _("Journal"),
        Field.ACCOUNT: _("General account"),
        Field.PAYMENT_MODE: _("Payment mode"),
        Field.PAYMENT_TERMS: _("Payment terms"),
        Field.EMAIL: _("E-mail"),
        Field.PHONE: _("Phone"),
        Field.LAST_NAME: _("Contact’s last name"),
        Field.FIRST_NAME: _("Contact’s first name"),
        Field.IS_DUNNING: _("Receives reminders (yes or no)"),
        Field.ADDRESS: _("Address"),
        Field.POSTAL_CODE: _("Postal code"),
        Field.CITY: _("City"),
        Field.COUNTRY: _("Country"),
        Field.SALESPERSON: _("Salesperson"),
        Field.CATEGORY: _("Category"),
        Field.PROFILE: _("Profile"),
        Field.SIREN: _("SIREN"),
        Field.ATTACHMENT: _("Invoice’s file name"),
    }


def kind_names() -> dict[str, str]:
    """Name what a table can list."""
    return {
        TableKind.ENTRIES: _("Invoices and payments"),
        TableKind.CUSTOMERS: _("Customers"),
        TableKind.CONTACTS: _("Contacts"),
    }


def mode_names() -> dict[bool, str]:
    """Name the two ways of taking a list of entries."""
    return {
        True: _("Complete state: what is missing is settled"),
        False: _("Additions only"),
    }


def advice(mapping: Mapping) -> str:
    """Say what the table does not give, where it can do without."""
    if mapping.kind is not TableKind.ENTRIES or mapping.has(Field.DUE_DATE):
        return ""
    if not mapping.has(*DATE_FIELDS):
        return _(
            "This table gives no date: due dates will be unknown, and reminders will"
            " say “no due date” until a list of invoices is imported."
        )
    return _("No due date: it will follow from each customer’s payment terms.")


def interpreted(source: SourceFile, kind: TableKind, count: int) -> list[Cells]:
    """Write the first rows as they are understood, headings first."""
    if kind is TableKind.ENTRIES:
        return _entries(source, count)
    if kind is TableKind.CONTACTS:
        return _contacts(source, count)
    return _customers(source, count)


def _entries(source: SourceFile, count: int) -> list[Cells]:
    headings = (_("Customer"), _("Invoice"), _("Date"), _("Due date"), _("Amount"))
    rows = [
        (
            _who(line.customer_code, line.customer_name),
            line.piece or line.label,
            formatting.day(line.piece_on or line.entry_on),
            formatting.day(line.due_on),
            formatting.money(line.debit - line.credit),
        )
        for line in source.lines[:count]
    ]
    return [headings, *rows]


def _contacts(source: SourceFile, count: int) -> list[Cells]:
    headings = (_("Customer"), _("Contact"), _("Phone"), _("E-mail"))
    rows = [
        (
            _who(contact.customer_code, contact.customer_name),
            f"{contact.first_name} {contact.last_name}".strip(),
            contact.phone,
            contact.email,
        )
        for contact in source.contacts[:count]
    ]
    return [headings, *rows]


def _customers(source: SourceFile, count: int) -> list[Cells]:
    headings = (_("Customer"), _("Address"), _("Phone"), _("Payment terms"))
    rows = [
        (
            _who(customer.customer_code, customer.customer_name),
            _place(customer.details),
            customer.details.get("phone", ""),
            customer.details.get("payment_terms", ""),
        )
        for customer in source.customers[:count]
    ]
    return [headings, *rows]


def _who(code: str, name: str) -> str:
    return code if name in {"", code} else f"{name} ({code})"


def _place(details: Details) -> str:
    town = f"{details.get('postal_code', '')} {details.get('city', '')}".strip()
    lines = [*details.get("address", "").split("\n"), town]
    return ", ".join(filter(None, lines))
