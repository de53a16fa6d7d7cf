"""Read the workbook per entity: due invoices, past reminders, recipients."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import TypeVar

from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    FaultKind,
    ImportFault,
    LeftOutLine,
    PastReminder,
    SourceContact,
    SourceFile,
    SourceFormat,
)
from domain.ledger.payment_terms import due_if_swapped
from storage.files.errors import MissingTabError, NotAnAccountingFileError
from storage.files.headings import plain
from storage.files.newton_layout import (
    DUE_INVOICES,
    REMINDERS,
    WITHOUT_RECIPIENT,
    Tab,
)
from storage.files.sheets import read_tabs
from storage.files.tables import TabRow, left_out_line, tab_rows
from storage.files.values import UnusableValueError

T = TypeVar("T")

_LEVELS = range(1, 10)
_NUMBER = re.compile(r"[0-9]+")
_YES = frozenset({"vrai", "true", "oui", "1"})
_NO = frozenset({"faux", "false", "non", "0"})
# A delay is a habit of the firm from the second invoice on.
_FEWEST_FOR_A_HABIT = 2


def read_workbook(name: str, content: bytes) -> SourceFile:
    """Read a workbook; tabs other than the list of due invoices can be missing.

    Raises:
        UnreadableFileError: it is not such a workbook, or it is damaged.
    """
    wanted = {plain(tab.name) for tab in (DUE_INVOICES, REMINDERS, WITHOUT_RECIPIENT)}
    tabs = read_tabs(name, content, wanted)
    if not tabs:
        raise NotAnAccountingFileError(file=name)
    if plain(DUE_INVOICES.name) not in tabs:
        raise MissingTabError(file=name, tab=DUE_INVOICES.name)
    faults: list[ImportFault] = []

    def rows(tab: Tab) -> list[TabRow]:
        found = tabs.get(plain(tab.name), [])
        if not found and tab is not DUE_INVOICES:
            return []
        return list(tab_rows(name, tab, found, faults))

    due_rows, past_rows, contact_rows = map(
        rows, (DUE_INVOICES, REMINDERS, WITHOUT_RECIPIENT)
    )
    left_out: list[LeftOutLine] = []
    lines = _each(_line, due_rows, lambda row: left_out.extend(_left_out(row)))
    past = _each(_reminder, past_rows)
    contacts = _each(_contact, contact_rows)
    return SourceFile(
        name=name,
        format=SourceFormat.WORKBOOK,
        sha256=sha256(content).hexdigest(),
        lines=_named(lines, past, contacts),
        faults=faults,
        left_out=left_out,
        lines_read=len(due_rows) + len(past_rows) + len(contact_rows),
        only_open=True,
        has_lettering=False,
        contacts=contacts,
        past_reminders=_with_swaps(past, lines, faults),
        sheet=DUE_INVOICES.name,
    )


def _each(
    read: Callable[[TabRow], T],
    rows: Iterable[TabRow],
    leave_out: Callable[[TabRow], None] = lambda _row: None,
) -> list[T]:
    """Read rows one by one; those that resist are told, and left out."""
    read_rows = []
    for row in rows:
        try:
            read_rows.append(read(row))
        except UnusableValueError as problem:
            row.tell(problem, blocking=True)
            leave_out(row)
    return read_rows


def _left_out(row: TabRow) -> list[LeftOutLine]:
    """Keep what can be read of a row; two amounts of zero were read."""
    amounts = row.text("Debit"), row.text("Credit")
    with suppress(UnusableValueError):
        is_zero = not row.amount("Debit") and not row.amount("Credit")
        if is_zero and any(amounts) and row.text("Num compte"):
            return []
    return left_out_line(
        row.text("Num compte"), "", row.text("Num fact"), has_amount=any(amounts)
    )


def _line(row: TabRow) -> SourceLine:
    account = _customer(row, "Num compte")
    debit, credit = row.amount("Debit"), row.amount("Credit")
    if not debit and not credit:
        raise UnusableValueError(FaultKind.NO_AMOUNT)
    return SourceLine(
        line=row.number,
        journal=row.text("Code journal"),
        entry_on=row.day("Date ecriture"),
        account=account,
        customer_code=account,
        piece=row.text("Num fact"),
        debit=debit,
        credit=credit,
        due_on=row.day_if_any("Date échéance"),
        attachment=row.text("Ref image"),
    )


def _reminder(row: TabRow) -> PastReminder:
    return PastReminder(
        line=row.number,
        reminded_on=row.day("Date relance"),
        customer_code=_customer(row, "Compte client"),
        customer_name=row.text("Raison sociale"),
        piece=row.text("Numero de facture"),
        invoice_on=row.day_if_any("Date Facture"),
        due_on=row.day_if_any("Echeance"),
        level=_level(row.text("Niveau de relance")),
        attachment=row.text("Nom pièce jointe"),
        email=row.text("Adresse Mail"),
        debit=row.amount("D"),
        credit=row.amount("C"),
    )


def _contact(row: TabRow) -> SourceContact:
    return SourceContact(
        line=row.number,
        customer_code=_customer(row, "Code"),
        customer_name=row.text("RaisonSocial"),
        email=row.text("Email"),
        last_name=row.text("Nom"),
        first_name=row.text("Prenom"),
        is_dunning=yes_or_no(row.text("DestRelance")),
    )


def yes_or_no(text: str) -> bool | None:
    """Read « Oui », « FAUX »; None is neither."""
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def _customer(row: TabRow, heading: str) -> str:
    code = row.text(heading)
    if not code:
        raise UnusableValueError(FaultKind.NO_CUSTOMER)
    return code


def _level(text: str) -> int:
    """Read « 4 », « Relance 4 »."""
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1 or int(numbers[0]) not in _LEVELS:
        raise UnusableValueError(FaultKind.BAD_LEVEL, text)
    return int(numbers[0])


def _named(
    lines: list[SourceLine],
    past: Iterable[PastReminder],
    contacts: Iterable[SourceContact],
) -> list[SourceLine]:
    """Give lines the names that the other tabs know."""
    rows: list[PastReminder | SourceContact] = [*past, *contacts]
    names = {row.customer_code: row.customer_name for row in rows if row.customer_name}
    return [
        replace(line, customer_name=names.get(line.customer_code, "")) for line in lines
    ]


def _with_swaps(
    past: list[PastReminder], lines: Iterable[SourceLine], faults: list[ImportFault]
) -> list[PastReminder]:
    """Say where day and month look swapped in a due date, and what was meant."""
    habits = _usual_delays(past, lines)
    checked = []
    for reminder in past:
        due, invoiced = reminder.due_on, reminder.invoice_on
        meant = due_if_swapped(invoiced, due, habits) if due and invoiced else None
        if due and meant:
            found = f"{due:%d/%m/%Y} → {meant:%d/%m/%Y}"
            problem = UnusableValueError(FaultKind.SWAPPED_DATE, found)
            faults.append(
                problem.fault(reminder.line, sheet=REMINDERS.name, blocking=False)
            )
        checked.append(replace(reminder, swapped_due_on=meant))
    return checked


def _usual_delays(
    past: Iterable[PastReminder], lines: Iterable[SourceLine]
) -> set[timedelta]:
    delays = Counter(p.due_on - p.invoice_on for p in past if p.due_on and p.invoice_on)
    delays.update(line.due_on - line.entry_on for line in lines if line.due_on)
    return {delay for delay, count in delays.items() if count >= _FEWEST_FOR_A_HABIT}
