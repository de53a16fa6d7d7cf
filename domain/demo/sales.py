"""Eighteen months of invoices, and how each came to be paid, or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from domain.basics.money import Money
from domain.basics.periods import in_month, month_end
from domain.demo.account import (
    Account,
    Invoice,
    working_day_after,
    working_day_before,
)
from domain.demo.happened import as_happened
from domain.demo.people import Person
from domain.demo.situations import Situation, Trait
from domain.ledger.entry import DueOrigin
from domain.ledger.payment_terms import PaymentTerms, due_on, parse_terms

DEFAULT_TERMS = "30 jours"
_DUE_ORIGINS = (
    *(DueOrigin.FILE,) * 9,
    DueOrigin.LABEL,
    DueOrigin.TERMS,
    DueOrigin.DEFAULT,
)
# Percentage of an average month, January first: nothing is built in August.
_SEASON = (90, 92, 102, 106, 100, 112, 108, 74, 106, 112, 108, 92)
# Usual invoice before tax, in cents, from small works to building sites.
_SIZES = ((90_00, 400_00), (400_00, 1500_00), (1500_00, 5000_00), (5000_00, 12000_00))
_SIZE_WEIGHTS = (16, 42, 34, 8)
_LATE_SIZE_WEIGHTS = (40, 50, 10, 0)  # those who drag are the small ones
_LARGE_SIZE = (7500_00, 12500_00)
_LEAST_CENTS, _MOST_CENTS = 70_00, 20_800_00
_VAT_PERCENT = 20
_DAYS_BETWEEN_INVOICES = (30, 30, 30, 45, 60, 60, 60, 91, 120)
_CREDITED_PERCENT = _WRITTEN_OFF_PERCENT = 3
_BUSY_DAYS = 60  # work was plentiful in the last two months
_NEW_SINCE_DAYS = 80
_GONE_SINCE_DAYS = 240
_LONGEST_WAIT = timedelta(days=90)
_LARGE_ORDERS_DAYS_BEFORE = 16
_PAYMENT_DAYS_OF_MONTH = (10, 25)


def invent_account(
    person: Person, rank: int, objects: Sequence[str], start: date, today: date
) -> Account:
    """Invent what a customer bought since a day, and how it paid."""
    rng = Random(f"{person.customer.id}/sales")  # noqa: S311 - nothing secret
    person, origin = _with_due_origin(person, rank)
    situation = person.situation
    trade = _Trade(
        trait=situation.trait,
        terms=_terms(person),
        usual_cents=rng.randint(*_size(situation, rng)),
        habit_days=rng.randint(-9, 6),
        objects=objects,
        rng=rng,
    )
    unpaid = [trade.unpaid_invoice(days, today) for days in situation.unpaid]
    usual = [
        trade.usual_invoice(day, today)
        for day in trade.invoice_days(start - _LONGEST_WAIT, today)
    ]
    kept = [i for i in usual if i.paid_on is None or i.paid_on >= start]
    invoices, postings = as_happened(situation.happening, [*unpaid, *kept], today)
    return Account(
        person=person,
        due_origin=origin,
        invoices=tuple(invoices),
        postings=tuple(postings),
    )


def _with_due_origin(person: Person, rank: int) -> tuple[Person, DueOrigin]:
    """Choose where a customer's due dates are found: mostly in the file."""
    customer = person.customer
    origin = _DUE_ORIGINS[rank % len(_DUE_ORIGINS)]
    if origin is not DueOrigin.DEFAULT:
        return person, origin
    if customer.payment_terms != DEFAULT_TERMS:
        return person, DueOrigin.FILE
    return replace(person, customer=replace(customer, payment_terms="")), origin


def _size(situation: Situation, rng: Random) -> tuple[int, int]:
    weights = _LATE_SIZE_WEIGHTS if situation.unpaid else _SIZE_WEIGHTS
    size = rng.choices(_SIZES, weights)[0]
    return _LARGE_SIZE if situation.trait is Trait.LARGE else size


def _terms(person: Person) -> PaymentTerms:
    terms = parse_terms(person.customer.payment_terms or DEFAULT_TERMS)
    return terms or PaymentTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trade:
    """How one customer buys and pays."""

    trait: Trait | None
    terms: PaymentTerms
    usual_cents: int
    habit_days: int
    """How long after the due date it pays, give or take."""
    objects: Sequence[str]
    rng: Random

    def invoice_days(self, since: date, today: date) -> Iterator[date]:
        """Choose days to invoice, latest first so that all of them are relative."""
        rhythm = self.rng.choice(_DAYS_BETWEEN_INVOICES)
        if self.trait is Trait.LARGE:
            rhythm = min(_DAYS_BETWEEN_INVOICES)
        for _ in range(2):
            ago = self.rng.randint(1, _BUSY_DAYS)
            if self.rng.randrange(3) == 0 and self.trait is not Trait.GONE:
                yield working_day_before(today - timedelta(days=ago))
        ago = self.rng.randint(1, rhythm)
        if self.trait is Trait.GONE:
            ago += _GONE_SINCE_DAYS
        while today - timedelta(days=ago) >= since:
            yield working_day_before(today - timedelta(days=ago))
            ago += max(7, rhythm + self.rng.randint(-4, 4))
            if self.trait is Trait.NEW and ago > _NEW_SINCE_DAYS:
                return

    def unpaid_invoice(self, days_late: int, today: date) -> Invoice:
        """Make an unpaid invoice that fell due so many days ago, or just before."""
        due = today - timedelta(days=days_late)
        invoiced_on = working_day_before(due - timedelta(days=self.terms.days))
        return replace(self._invoice(invoiced_on), is_staged=True)

    def usual_invoice(self, invoiced_on: date, today: date) -> Invoice:
        """Make an invoice, paid as this customer usually pays."""
        invoice = self._invoice(invoiced_on)
        lag, chance = self.rng.randint(-6, 6), self.rng.randrange(100)
        paid_on = self._paid_on(invoice, lag)
        if paid_on > today:
            return invoice
        invoice = replace(invoice, paid_on=paid_on)
        if chance < _CREDITED_PERCENT:
            credited = Money(invoice.total.cents // 1000 * 120)
            return replace(invoice, credited=credited)
        if chance < _CREDITED_PERCENT + _WRITTEN_OFF_PERCENT:
            return replace(invoice, written_off=Money(1 + 7 * chance))
        return invoice

    def _paid_on(self, invoice: Invoice, lag: int) -> date:
        if self.trait is Trait.DIRECT_DEBIT:
            return working_day_after(invoice.due_on)
        if self.trait is Trait.LARGE:
            ready_on = invoice.due_on - timedelta(days=_LARGE_ORDERS_DAYS_BEFORE)
            return working_day_after(_next_payment_day(ready_on))
        wished = invoice.due_on + timedelta(days=self.habit_days + lag)
        paid_on = max(wished, invoice.invoiced_on + timedelta(days=2))
        return working_day_after(paid_on)

    def _invoice(self, invoiced_on: date) -> Invoice:
        percent = self.rng.randint(55, 170) * _SEASON[invoiced_on.month - 1]
        cents = self.usual_cents * percent // 10_000
        before_tax = max(_LEAST_CENTS, min(_MOST_CENTS, cents))
        before_tax -= before_tax % 10
        return Invoice(
            invoiced_on=invoiced_on,
            due_on=due_on(self.terms, invoiced_on),
            total=Money(before_tax + (before_tax * _VAT_PERCENT + 50) // 100),
            object=self.rng.choice(self.objects),
        )


def _next_payment_day(day: date) -> date:
    for day_of_month in _PAYMENT_DAYS_OF_MONTH:
        if day.day <= day_of_month:
            return in_month(day, day_of_month)
    return in_month(month_end(day) + timedelta(days=1), _PAYMENT_DAYS_OF_MONTH[0])
