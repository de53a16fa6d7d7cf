"""What happened to the invoices of the customers who are a case of their own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from domain.basics.money import Money
from domain.demo.account import Invoice, Posting, working_day_before
from domain.demo.situations import Happening

KEPT_DAYS_AGO = 11
"""When the customer who keeps its promise paid."""
_PART_PAID_DAYS_AGO = 9
_CREDITED_DAYS_AGO = 8
_WRONGLY_LETTERED_DAYS_AGO = 10
_MISSING = Money(50_00)


def as_happened(
    happening: Happening | None, invoices: Sequence[Invoice], today: date
) -> tuple[list[Invoice], list[Posting]]:
    """Apply what happened to an account: first to its first invoice."""
    if happening is None or not invoices:
        return list(invoices), []
    first = _paid_as_happened(happening, invoices[0], today)
    changed = [first, *invoices[1:]]
    posting = _posting(happening, changed, today)
    return changed, [posting] if posting else []


def _paid_as_happened(happening: Happening, invoice: Invoice, today: date) -> Invoice:
    if happening is Happening.PARTLY_PAID:
        return replace(
            invoice,
            part_paid=_share(invoice.total, 40),
            part_paid_on=_days_ago(_PART_PAID_DAYS_AGO, today),
        )
    if happening is Happening.LETTERING_WRONG:
        paid_on = _days_ago(_WRONGLY_LETTERED_DAYS_AGO, today)
        return replace(invoice, paid_on=paid_on, missing=_MISSING)
    if happening is Happening.PROMISE_KEPT:
        return replace(invoice, paid_on=_days_ago(KEPT_DAYS_AGO, today))
    return invoice


def _posting(
    happening: Happening, invoices: Sequence[Invoice], today: date
) -> Posting | None:
    on = _days_ago(_CREDITED_DAYS_AGO, today)
    total = invoices[0].total
    if happening is Happening.CREDIT_NOTE:
        return Posting(
            journal="VE",
            on=on,
            piece=f"AV{on:%y%m}-R",
            label="Avoir sur retour de marchandise",
            amount=-_share(total, 20),
        )
    if happening is Happening.PAYMENT_UNALLOCATED:
        return _bank(on, "Virement sans référence, à affecter", -_share(total, 60))
    if happening is Happening.IN_CREDIT:
        unpaid = Money.total(i.total for i in invoices if i.paid_on is None)
        return _bank(on, "Virement reçu en double", -(unpaid + total))
    if happening is Happening.DEBIT_REJECTED:
        latest = max(
            (i for i in invoices if i.paid_on), key=lambda i: i.paid_on or date.min
        )
        return _bank(on, "Prélèvement rejeté, provision insuffisante", latest.total)
    return None


def _bank(on: date, label: str, amount: Money) -> Posting:
    return Posting(
        journal="BQ", on=on, piece=f"BQ{on:%y%m%d}", label=label, amount=amount
    )


def _share(total: Money, percent: int) -> Money:
    """Take a round part of an amount, in whole euros."""
    return Money(total.cents * percent // 100 // 100 * 100)


def _days_ago(days: int, today: date) -> date:
    return working_day_before(today - timedelta(days=days))
