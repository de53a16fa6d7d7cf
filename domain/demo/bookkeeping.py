"""From invented accounts to the lines that an accounting file would hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from string import ascii_uppercase

from domain.basics.money import Money
from domain.demo.account import Account, Invoice
from domain.ledger.entry import DueOrigin, SourceLine
from domain.ledger.import_report import SourceFile, SourceFormat

OPENING, SALES, BANK, MISCELLANEOUS = "AN", "VE", "BQ", "OD"
"""Journals: opening balances, sales, bank, miscellaneous."""
_CUSTOMERS_ACCOUNT = "411000"
_CREDITED_BEFORE_PAYMENT = timedelta(days=3)
_PAYMENT_CODES = {"Virement": "VIR", "Chèque": "CHQ", "Prélèvement": "PRV"}


def numbered(accounts: Iterable[Account], first_number: int) -> list[Account]:
    """Number all the invoices of a firm in the order of their dates."""
    accounts = list(accounts)
    order = sorted(
        (invoice.invoiced_on, account.customer.code, rank)
        for account in accounts
        for rank, invoice in enumerate(account.invoices)
    )
    pieces = {
        (code, rank): f"F{on:%y%m}-{number}"
        for number, (on, code, rank) in enumerate(order, first_number)
    }
    return [
        replace(
            account,
            invoices=tuple(
                replace(invoice, piece=pieces[account.customer.code, rank])
                for rank, invoice in enumerate(account.invoices)
            ),
        )
        for account in accounts
    ]


def source_file(
    accounts: Iterable[Account], siren: str, start: date, today: date
) -> SourceFile:
    """Write what the firm's accounting software would have exported today."""
    lines = [line for account in accounts for line in _lines(account, start)]
    lines.sort(key=lambda line: (line.entry_on, line.journal, line.customer_code))
    name = f"{siren}FEC{today.year}1231.txt"
    return SourceFile(
        name=name,
        format=SourceFormat.FEC,
        sha256=sha256(f"{name} {today}".encode()).hexdigest(),
        lines=[
            replace(line, line=rank, entry_number=f"{rank:06d}")
            for rank, line in enumerate(lines, 2)  # line 1 holds the headings
        ],
        faults=[],
        lines_read=len(lines),
        siren=siren,
        starts_on=start,
        ends_on=today,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lettering:
    """A settlement: what its lines share."""

    code: str
    on: date


def _lines(account: Account, start: date) -> Iterator[SourceLine]:
    """Write an account: what is open, what is settled, what is unallocated."""
    paid_together: dict[date, list[Invoice]] = defaultdict(list)
    for invoice in account.invoices:
        if invoice.paid_on:
            paid_together[invoice.paid_on].append(invoice)
        else:
            yield from _open_lines(account, invoice, start)
    for rank, (paid_on, invoices) in enumerate(sorted(paid_together.items())):
        lettering = _Lettering(code=_lettering_code(rank), on=paid_on)
        yield from _settled_lines(account, invoices, lettering, start)
    for posting in account.postings:
        yield _line(
            account,
            posting.journal,
            posting.on,
            posting.piece,
            posting.label,
            posting.amount,
            due_on=posting.on,
        )


def _open_lines(
    account: Account, invoice: Invoice, start: date
) -> Iterator[SourceLine]:
    yield _invoice_line(account, invoice, None, start)
    if invoice.part_paid_on:
        # Named after its invoice and not lettered: the account is not settled.
        yield _line(
            account,
            BANK,
            invoice.part_paid_on,
            invoice.piece,
            f"Acompte sur {invoice.piece}",
            -invoice.part_paid,
        )


def _settled_lines(
    account: Account, invoices: Sequence[Invoice], lettering: _Lettering, start: date
) -> Iterator[SourceLine]:
    """Write invoices settled by one payment, and what the payment leaves aside."""
    line = partial(_line, account, lettering=lettering)
    paid_on, payment = lettering.on, Money(0)
    for invoice in invoices:
        yield _invoice_line(account, invoice, lettering, start)
        payment += invoice.total - invoice.missing
        if invoice.credited:
            on = max(invoice.invoiced_on, paid_on - _CREDITED_BEFORE_PAYMENT, start)
            piece = invoice.piece.replace("F", "AV")
            yield line(
                SALES, on, piece, f"Avoir sur {invoice.piece}", -invoice.credited
            )
            payment -= invoice.credited
        if invoice.written_off:
            piece = f"OD{paid_on:%y%m%d}"
            label = f"Écart de règlement {invoice.piece}"
            yield line(MISCELLANEOUS, paid_on, piece, label, -invoice.written_off)
            payment -= invoice.written_off
    mode = account.customer.payment_mode
    piece = f"{_PAYMENT_CODES.get(mode, 'CB')}{paid_on:%y%m%d}"
    label = f"{mode} {' et '.join(invoice.piece for invoice in invoices)}"
    yield line(BANK, paid_on, piece, label, -payment)


def _invoice_line(
    account: Account, invoice: Invoice, lettering: _Lettering | None, start: date
) -> SourceLine:
    carried_over = invoice.invoiced_on < start
    label = f"{'À nouveau' if carried_over else 'Facture'} {invoice.piece}"
    if not carried_over:
        label += f" {invoice.object}"
    if account.due_origin is DueOrigin.LABEL:
        label += f", échéance {invoice.due_on:%d/%m/%Y}"
    return _line(
        account,
        OPENING if carried_over else SALES,
        max(start, invoice.invoiced_on),
        invoice.piece,
        label,
        invoice.total,
        piece_on=invoice.invoiced_on,
        due_on=invoice.due_on if account.due_origin is DueOrigin.FILE else None,
        lettering=lettering,
    )


def _line(
    account: Account,
    journal: str,
    on: date,
    piece: str,
    label: str,
    amount: Money,
    *,
    piece_on: date | None = None,
    due_on: date | None = None,
    lettering: _Lettering | None = None,
) -> SourceLine:
    nothing = Money(0)
    return SourceLine(
        line=0,
        journal=journal,
        entry_on=on,
        account=_CUSTOMERS_ACCOUNT,
        customer_code=account.customer.code,
        customer_name=account.customer.name,
        piece=piece,
        piece_on=piece_on or on,
        label=label,
        debit=max(amount, nothing),
        credit=max(-amount, nothing),
        lettering=lettering.code if lettering else "",
        lettered_on=lettering.on if lettering else None,
        due_on=due_on,
        payment_mode=account.customer.payment_mode,
    )


def _lettering_code(rank: int) -> str:
    """Name the letterings of an account in their order: AA, AB, AC."""
    first, second = divmod(rank, len(ascii_uppercase))
    return ascii_uppercase[first] + ascii_uppercase[second]
