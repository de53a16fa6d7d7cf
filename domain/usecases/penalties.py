"""Late-payment penalties of a customer: how much, who is asked, at what rates."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain.basics.identifiers import CustomerId, EntityId, ItemId, StepId
from domain.customers.customer import Customer, CustomerKind, PenaltyChoice
from domain.dunning.penalties import Paid, Penalties, penalties, rule_of, with_credits
from domain.dunning.rates import (
    HalfYear,
    MissingRate,
    PublishedRate,
    RateKind,
    RateTable,
    half_year_of,
)
from domain.dunning.scenario import DunningStep, StepKind
from domain.ledger.allocation import Allocation
from domain.ledger.entry import LedgerEntry
from domain.ledger.open_item import OpenItem
from domain.ports import Books


class TypedRate(NamedTuple):
    """A rate as a person typed it; None where the field is empty."""

    half_year: HalfYear
    kind: RateKind
    rate: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPenalties:
    """What a customer's lateness costs on one day."""

    unpaid: Penalties
    """Of the invoices that are still unpaid, in whole or in part."""
    paid_late: Penalties
    """Of those paid since, late: still owed, and never claimed by a reminder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimingStep:
    """A reminder of a scenario, which may claim penalties."""

    scenario_name: str
    with_email: bool
    """For customers with an e-mail address, or for those without."""
    step: DunningStep


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltySettings:
    """The rates known, and the steps that claim penalties."""

    rates: tuple[PublishedRate, ...]
    """The latest first."""
    missing: tuple[MissingRate, ...]
    """Rates of the current half-year that are not known yet."""
    steps: tuple[ClaimingStep, ...]


def customer_penalties(
    books: Books, customer_id: CustomerId, today: date
) -> CustomerPenalties:
    """Work out what a customer's lateness costs, up to today."""
    account = _account(books, books.customers.get(customer_id))
    items = account.items
    return CustomerPenalties(
        unpaid=_worked_out(books, account, [i for i in items if i.left], today),
        paid_late=_worked_out(books, account, [i for i in items if not i.left], today),
    )


def unpaid_penalties(
    books: Books,
    customer: Customer,
    open_items: Sequence[OpenItem],
    entries: Iterable[LedgerEntry],
    allocations: Iterable[Allocation],
    today: date,
) -> Penalties:
    """Work out the same for what is unpaid, of an account that was read already."""
    paid = _payments(entries, allocations)
    account = _Account(customer=customer, items=open_items, paid=paid)
    return _worked_out(books, account, open_items, today)


def claimed_penalties(
    books: Books, customer: Customer, items: Sequence[OpenItem], today: date
) -> Penalties:
    """Work out what a message claims beside its invoices.

    Raises:
        EcbRateMissingError: a half-year has no rate: it is asked for.
        LegalRateMissingError: the same.
    """
    found = _worked_out(books, _account(books, customer), items, today)
    if found.missing:
        raise found.missing[0].refusal
    return found


def claims(customer: Customer, step: DunningStep) -> bool:
    """Whether a step's messages to a customer claim penalties.

    The customer's own choice comes before the step's.
    """
    if step.kind is not StepKind.REMINDER:
        return False
    if customer.penalties is PenaltyChoice.AS_STEP:
        return step.claims_penalties
    return customer.penalties is PenaltyChoice.CLAIMED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """What penalties are worked out from."""

    customer: Customer
    items: Sequence[OpenItem]
    """Those that are open at least: their credits count as payments."""
    paid: Mapping[ItemId, Sequence[Paid]]


def _account(books: Books, customer: Customer) -> _Account:
    ledger = books.ledger
    return _Account(
        customer=customer,
        items=ledger.items_of(customer.id),
        paid=_payments(
            ledger.entries_of(customer.id), ledger.allocations_of(customer.id)
        ),
    )


def _worked_out(
    books: Books, account: _Account, items: Sequence[OpenItem], today: date
) -> Penalties:
    customer = account.customer
    rule = rule_of(books.entities.get(customer.entity_id), customer)
    paid = with_credits(account.items, account.paid)
    return penalties(items, paid, rule, RateTable(books.rates.all()), today)


def _payments(
    entries: Iterable[LedgerEntry], allocations: Iterable[Allocation]
) -> Mapping[ItemId, Sequence[Paid]]:
    """Tell what was paid of each invoice, and when, as far as the books show it."""
    days = {entry.id: entry.entry_on for entry in entries}
    paid: dict[ItemId, list[Paid]] = defaultdict(list)
    for one in allocations:
        if one.credit_id in days:
            paid[one.debit_id].append(Paid(on=days[one.credit_id], amount=one.amount))
    return paid


def show_penalty_settings(
    books: Books, entity_id: EntityId, today: date
) -> PenaltySettings:
    """Show the rates, those to ask for, and the steps."""
    rates = books.rates.all()
    known, now = RateTable(rates), half_year_of(today)
    return PenaltySettings(
        rates=tuple(rates),
        missing=tuple(
            MissingRate(now, kind) for kind in RateKind if not known.knows(now, kind)
        ),
        steps=tuple(
            ClaimingStep(
                scenario_name=scenario.name,
                with_email=scenario.with_email,
                step=step,
            )
            for scenario in books.scenarios.scenarios(entity_id)
            if scenario.is_active
            for step in scenario.reminders
        ),
    )


def rate_is_wanted(books: Books, entity_id: EntityId, today: date) -> bool:
    """Whether messages may claim penalties today that a missing rate would refuse."""
    agreed = books.entities.get(entity_id).penalty_rate
    kind = RateKind.ECB if agreed is None else RateKind.LEGAL
    if RateTable(books.rates.all()).knows(half_year_of(today), kind):
        return False
    settings = show_penalty_settings(books, entity_id, today)
    return any(one.step.claims_penalties for one in settings.steps) or any(
        customer.penalties is PenaltyChoice.CLAIMED
        for customer in books.customers.all(entity_id)
    )


def save_rates(books: Books, typed: Iterable[TypedRate], today: date) -> None:
    """Keep rates as a person read them; an empty one is forgotten."""
    known = {(one.half_year, one.kind): one for one in books.rates.all()}
    with books.atomic():
        for one in typed:
            before = known.get((one.half_year, one.kind))
            year, half = one.half_year
            if one.rate is None:
                books.rates.remove(one.kind, year, half)
            elif before is None or before.rate != one.rate:
                books.rates.save(
                    PublishedRate(
                        year=year,
                        half=half,
                        kind=one.kind,
                        rate=one.rate,
                        typed_on=today,
                    )
                )


def save_claiming_steps(
    books: Books,
    entity_id: EntityId,
    claiming: Collection[tuple[str, StepId]],
    *,
    follows_half_years: bool,
) -> None:
    """Say which steps claim penalties, and whether a running delay changes rate."""
    with books.atomic():
        for scenario in books.scenarios.scenarios(entity_id):
            steps = tuple(
                replace(step, claims_penalties=(scenario.id, step.id) in claiming)
                for step in scenario.steps
            )
            if steps != scenario.steps:
                books.scenarios.save_scenario(replace(scenario, steps=steps))
        entity = books.entities.get(entity_id)
        books.entities.save(replace(entity, rate_follows_half_years=follows_half_years))


def choose_law(
    books: Books, customer_id: CustomerId, kind: CustomerKind, choice: PenaltyChoice
) -> Customer:
    """Say which law a customer falls under, and whether it is asked for penalties.

    Returns the customer as it was.
    """
    with books.atomic():
        before = books.customers.get(customer_id)
        books.customers.save_many(
            [
                replace(
                    before,
                    is_public=kind is CustomerKind.PUBLIC,
                    is_individual=kind is CustomerKind.CONSUMER,
                    is_insolvent=kind is CustomerKind.INSOLVENT,
                    penalties=choice,
                )
            ]
        )
    return before
