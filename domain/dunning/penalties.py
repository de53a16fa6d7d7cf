"""What lateness costs: interest by half-year and balance, and the fixed indemnity.

Worked out exactly, in fractions; ``InvoicePenalty.interest`` alone rounds, once for
each invoice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from domain.basics.identifiers import ItemId
from domain.basics.money import EUR, Money
from domain.customers.customer import Customer, CustomerKind
from domain.dunning.rates import (
    HalfYear,
    MissingRate,
    RateKind,
    RateTable,
    half_year_of,
)
from domain.ledger.entity import Entity
from domain.ledger.open_item import OpenItem

INDEMNITY = Money(40_00)
"""For each invoice: Code de commerce, art. D441-5; Code de la commande publique,
art. D2192-35."""
# Points above the ECB's rate: Code de commerce, art. L441-10 II; Code de la commande
# publique, art. R2192-31.
_POINTS = {CustomerKind.PROFESSIONAL: Decimal(10), CustomerKind.PUBLIC: Decimal(8)}
# An agreed rate is never below: Code de commerce, art. L441-10 II.
_FLOOR = 3
_DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A part of an invoice, and the day it was paid."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyRule:
    """Which law applies, and what was agreed."""

    kind: CustomerKind
    agreed: Decimal | None = None
    """The contract's yearly percentage; None where the legal default applies."""
    follows_half_years: bool = True

    @property
    def is_due(self) -> bool:
        """Whether penalties may be asked for at all.

        Not of a consumer (art. L441-10 is between professionals), nor of a firm
        under insolvency proceedings (same article, II in fine; art. L622-28 stops
        interest).
        """
        return self.kind in _POINTS


def rule_of(entity: Entity, customer: Customer) -> PenaltyRule:
    """Tell which rule applies between a firm and its customer.

    A public buyer's rate is set by regulation, and is that of the half-year where
    interest began: Code de la commande publique, art. R2192-31.
    """
    if customer.kind is CustomerKind.PUBLIC:
        return PenaltyRule(kind=customer.kind, follows_half_years=False)
    return PenaltyRule(
        kind=customer.kind,
        agreed=entity.penalty_rate,
        follows_half_years=entity.rate_follows_half_years,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Days in a row with one balance and one rate, both ends included."""

    first: date
    last: date
    balance: Money
    rate: Decimal
    half_year: HalfYear
    """Whose published rate it rests on."""
    is_floor: bool = False
    """The agreed rate was below three times the legal one, which replaces it."""

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def interest(self) -> Fraction:
        """Its interest in cents, exact: balance × rate × days / 365."""
        top, bottom = self.rate.as_integer_ratio()
        percent_days = self.balance.cents * top * self.days
        return Fraction(percent_days, bottom * 100 * _DAYS_A_YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePenalty:
    """What the lateness of one invoice costs."""

    item: OpenItem
    segments: tuple[Segment, ...]
    indemnity: Money
    """Zero where another instalment of the same invoice bears it."""

    @property
    def interest(self) -> Money:
        """Its interest, to the cent: the one place that rounds."""
        exact = sum((s.interest for s in self.segments), Fraction(0))
        return Money(_rounded(exact))

    @property
    def days(self) -> int:
        """For how many days it was late."""
        return sum(segment.days for segment in self.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalties:
    """What the lateness of some invoices costs, up to a day."""

    rule: PenaltyRule
    until: date
    invoices: tuple[InvoicePenalty, ...] = ()
    missing: tuple[MissingRate, ...] = ()
    """Rates to ask for; nothing is worked out without them."""

    @property
    def interest(self) -> Money:
        """The interest of all invoices."""
        return Money.total(one.interest for one in self.invoices)

    @property
    def indemnity(self) -> Money:
        """The indemnities of all invoices."""
        return Money.total(one.indemnity for one in self.invoices)

    @property
    def total(self) -> Money:
        """Both together; never added to the invoices."""
        return self.interest + self.indemnity

    @property
    def indemnity_count(self) -> int:
        """How many invoices bear the indemnity."""
        return sum(1 for one in self.invoices if one.indemnity)


def penalties(
    items: Iterable[OpenItem],
    paid: Mapping[ItemId, Sequence[Paid]],
    rule: PenaltyRule,
    rates: RateTable,
    until: date,
) -> Penalties:
    """Work out what the lateness of invoices costs, up to a day included.

    In euros only: the indemnity is in no other currency.
    """
    late = [
        item
        for item in items
        if not item.is_credit and item.currency == EUR and item.days_overdue(until)
    ]
    if not rule.is_due:
        return Penalties(rule=rule, until=until)
    spans = [(item, _balances(item, paid.get(item.id, ()), until)) for item in late]
    needed = {
        one
        for _, balances in spans
        for one in _needed(rule, [(first, last) for first, last, _ in balances])
    }
    missing = tuple(sorted(one for one in needed if not rates.knows(*one)))
    if missing:
        return Penalties(rule=rule, until=until, missing=missing)
    invoices = []
    borne: set[tuple[str, date]] = set()
    for item, balances in spans:
        if not balances:
            continue
        invoice = (item.reference or item.id, item.invoice_on)
        invoices.append(
            InvoicePenalty(
                item=item,
                segments=tuple(_segments(balances, rule, rates)),
                indemnity=Money(0) if invoice in borne else INDEMNITY,
            )
        )
        borne.add(invoice)
    return Penalties(rule=rule, until=until, invoices=tuple(invoices))


def with_credits(
    items: Sequence[OpenItem], paid: Mapping[ItemId, Sequence[Paid]]
) -> Mapping[ItemId, Sequence[Paid]]:
    """Count credits that settle nothing yet as payments, of what fell due first.

    Code civil, art. 1342-10: failing a choice, the debts due, the oldest first.
    ``items`` are all those of a customer.
    """
    result = {item_id: list(parts) for item_id, parts in paid.items()}
    debits = [i for i in items if i.left.cents > 0 and i.due_on and i.currency == EUR]
    debits.sort(key=lambda i: (i.due_on or date.max, i.invoice_on, i.id))
    credits_ = [i for i in items if i.left.cents < 0 and i.currency == EUR]
    credits_.sort(key=lambda i: (i.invoice_on, i.id))
    waiting = iter(debits)
    debit, owed = next(waiting, None), 0
    for credit in credits_:
        rest = -credit.left.cents
        while debit and rest:
            owed = owed or debit.left.cents
            part = min(rest, owed)
            one = Paid(on=credit.invoice_on, amount=Money(part))
            result.setdefault(debit.id, []).append(one)
            rest, owed = rest - part, owed - part
            if not owed:
                debit = next(waiting, None)
    return result


_Balance = tuple[date, date, Money]


def _balances(item: OpenItem, paid: Sequence[Paid], until: date) -> list[_Balance]:
    """Cut lateness where the balance changes: a payment counts from the day after.

    What was settled on no known day is taken as paid in time: nothing is claimed
    that the books do not show.
    """
    if item.due_on is None:
        return []
    first = item.due_on + timedelta(days=1)
    known = sum(one.amount.cents for one in paid)
    left = item.invoiced.cents - max(item.settled.cents - known, 0)
    left -= sum(one.amount.cents for one in paid if one.on < first)
    balances: list[_Balance] = []
    late = sorted((p for p in paid if first <= p.on < until), key=lambda p: p.on)
    for one in late:
        if left > 0 and one.on >= first:
            balances.append((first, one.on, Money(left)))
        first, left = max(first, one.on + timedelta(days=1)), left - one.amount.cents
    if left > 0 and first <= until:
        balances.append((first, until, Money(left)))
    return balances


def _half_years(first: date, last: date) -> Iterable[HalfYear]:
    half_year = half_year_of(first)
    while half_year.starts_on <= last:
        yield half_year
        half_year = half_year.next


def _needed(
    rule: PenaltyRule, spans: Sequence[tuple[date, date]]
) -> Iterable[MissingRate]:
    """List the rates that some days of lateness rest on."""
    kind = RateKind.ECB if rule.agreed is None else RateKind.LEGAL
    for first, last in spans:
        if not rule.follows_half_years:
            yield MissingRate(half_year_of(spans[0][0]), kind)
            return
        for half_year in _half_years(first, last):
            yield MissingRate(half_year, kind)


def _segments(
    balances: Sequence[_Balance], rule: PenaltyRule, rates: RateTable
) -> Iterable[Segment]:
    began = half_year_of(balances[0][0])
    for first, last, balance in balances:
        if not rule.follows_half_years:
            yield _segment(first, last, balance, began, rule, rates)
            continue
        for half_year in _half_years(first, last):
            yield _segment(
                max(first, half_year.starts_on),
                min(last, half_year.ends_on),
                balance,
                half_year,
                rule,
                rates,
            )


def _segment(
    first: date,
    last: date,
    balance: Money,
    half_year: HalfYear,
    rule: PenaltyRule,
    rates: RateTable,
) -> Segment:
    is_floor = False
    if rule.agreed is None:
        rate = rates.rate(half_year, RateKind.ECB) + _POINTS[rule.kind]
    else:
        floor = rates.rate(half_year, RateKind.LEGAL) * _FLOOR
        is_floor = floor > rule.agreed
        rate = max(rule.agreed, floor)
    return Segment(
        first=first,
        last=last,
        balance=balance,
        rate=rate,
        half_year=half_year,
        is_floor=is_floor,
    )


def _rounded(cents: Fraction) -> int:
    """Round exact cents, half away from zero."""
    whole, rest = divmod(cents.numerator, cents.denominator)
    return whole + (2 * rest >= cents.denominator)
