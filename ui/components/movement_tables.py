"""What an import changes, as tables: new, settled, changed, vanished, faults."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.basics.tables import TableColumn, TableContent, TableKind, TableValue
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import EntryChange, ImportFault, Movements
from domain.usecases.importing import ImportPreview
from ui import formatting, labels
from ui.translation import _

_Row = Sequence[TableValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementTable:
    """A tab of the sheet: counted at once, written out when it is looked at."""

    name: str
    label: str
    count: int
    columns: Sequence[TableColumn]
    rows: Callable[[int | None], list[_Row]]
    """The first rows, or all of them."""

    def content(self, title: str) -> TableContent:
        """Write the whole table for a file."""
        return TableContent(title=title, columns=self.columns, rows=self.rows(None))


def movement_tables(preview: ImportPreview) -> list[MovementTable]:
    """Lay out what a file would change, or the people it names."""
    if not preview.source.brings_entries:
        return [_customers(preview), _contacts(preview), _faults(preview.faults)]
    movements = preview.movements
    return [
        _entries("new", _("New"), movements.new, preview),
        _entries("settled", _("Settled"), preview.settled, preview),
        _changed(movements, preview),
        _entries("vanished", _("Vanished"), movements.vanished, preview),
        *(
            [_entries("unread", _("Left as they were"), preview.unread, preview)]
            if preview.unread
            else []
        ),
        _faults(preview.faults),
    ]


def _entries(
    name: str, label: str, entries: Sequence[LedgerEntry], preview: ImportPreview
) -> MovementTable:
    def rows(count: int | None) -> list[_Row]:
        return [(*_document(entry, preview), entry.amount) for entry in entries[:count]]

    columns = [*_document_columns(), _amount_column()]
    return MovementTable(
        name=name, label=label, count=len(entries), columns=columns, rows=rows
    )


def _changed(movements: Movements, preview: ImportPreview) -> MovementTable:
    changes: list[tuple[LedgerEntry, EntryChange | None]] = [
        *((change.after, change) for change in movements.changed),
        *((entry, None) for entry in movements.reappeared),
    ]

    def rows(count: int | None) -> list[_Row]:
        return [
            (*_document(entry, preview), _what_changed(change), entry.amount)
            for entry, change in changes[:count]
        ]

    what = TableColumn(name="change", label=_("What changes"))
    return MovementTable(
        name="changed",
        label=_("Changed"),
        count=len(changes),
        columns=[*_document_columns(), what, _amount_column()],
        rows=rows,
    )


def _document_columns() -> list[TableColumn]:
    return [
        TableColumn(name="customer", label=_("Customer")),
        TableColumn(name="reference", label=_("Invoice")),
        TableColumn(name="date", label=_("Date"), kind=TableKind.DATE),
    ]


def _amount_column() -> TableColumn:
    return TableColumn(name="amount", label=_("Amount"), kind=TableKind.MONEY)


def _document(entry: LedgerEntry, preview: ImportPreview) -> _Row:
    customer = preview.customer_names.get(entry.customer_id, "")
    return customer, entry.piece or entry.label, entry.invoice_on


def _what_changed(change: EntryChange | None) -> str:
    """Say what was and what becomes: « 1 200,00 € → 700,00 € »."""
    if change is None:
        return _("open again")
    before, after = change.before, change.after
    told = []
    if before.amount != after.amount:
        told.append(
            _then(formatting.money(before.amount), formatting.money(after.amount))
        )
    if before.invoice_on != after.invoice_on:
        told.append(
            _("date {change}", change=_days(before.invoice_on, after.invoice_on))
        )
    if before.file_due_on != after.file_due_on:
        days = _days(before.file_due_on, after.file_due_on)
        told.append(_("due date {change}", change=days))
    if before.lettering != after.lettering:
        letters = _then(
            before.lettering or formatting.NOTHING,
            after.lettering or formatting.NOTHING,
        )
        told.append(_("lettering {change}", change=letters))
    return ", ".join(told) or _("label or other detail")


def _days(before: date | None, after: date | None) -> str:
    return _then(formatting.day(before), formatting.day(after))


def _then(before: str, after: str) -> str:
    return f"{before} → {after}"


def _faults(found: Sequence[ImportFault]) -> MovementTable:
    faults = sorted(found, key=lambda fault: (fault.sheet, fault.line))
    return MovementTable(
        name="faults",
        label=_("Faults"),
        count=len(faults),
        columns=[
            TableColumn(name="where", label=_("Where")),
            TableColumn(name="fault", label=_("Fault")),
            TableColumn(name="found", label=_("Found")),
            TableColumn(name="remedy", label=_("What happens")),
        ],
        rows=lambda count: [_fault(fault) for fault in faults[:count]],
    )


def _fault(fault: ImportFault) -> _Row:
    wrong, remedy = labels.fault(fault.kind)
    where = _("line {line}", line=formatting.count(fault.line))
    return f"{fault.sheet} {where}".strip(), wrong, fault.found, remedy


def _customers(preview: ImportPreview) -> MovementTable:
    return MovementTable(
        name="customers",
        label=_("Customers"),
        count=len(preview.customers),
        columns=[
            TableColumn(name="code", label=_("Code")),
            TableColumn(name="customer", label=_("Customer")),
            TableColumn(name="town", label=_("City")),
            TableColumn(name="terms", label=_("Payment terms")),
        ],
        rows=lambda count: [
            (c.code, c.name, f"{c.postal_code} {c.city}".strip(), c.payment_terms)
            for c in preview.customers[:count]
        ],
    )


def _contacts(preview: ImportPreview) -> MovementTable:
    contacts = preview.source.contacts
    return MovementTable(
        name="contacts",
        label=_("Contacts"),
        count=len(contacts),
        columns=[
            TableColumn(name="code", label=_("Customer")),
            TableColumn(name="contact", label=_("Contact")),
            TableColumn(name="email", label=_("E-mail")),
        ],
        rows=lambda count: [
            (c.customer_code, f"{c.first_name} {c.last_name}".strip(), c.email)
            for c in contacts[:count]
        ],
    )
