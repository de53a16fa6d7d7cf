"""The home page: where is the money, what needs me."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import CustomerId, EntityId
from domain.basics.money import Money
from domain.customers.customer import Customer
from domain.dashboard.account import AccountAmounts
from domain.dashboard.key_figures import (
    KeyFigures,
    accounts_of,
    key_figures,
    paid_lately,
)
from domain.dunning.outbox import BatchState, MessageState
from domain.dunning.planned import Reason
from domain.dunning.scenario import Channel
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.acting import TodayView, show_today
from domain.usecases.importing import unbalanced_letterings
from domain.usecases.situations import AddressCheck

_DEBTORS_SHOWN = 10
_WEEKS_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """One line of « Qui vous doit quoi ? »."""

    customer: Customer
    amounts: AccountAmounts
    level: int
    last_reminder_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDue:
    """What falls due in one week, Monday to Sunday."""

    starts_on: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What waits for a person."""

    broken_promises: int
    unbalanced_letterings: int
    uncertain_messages: int
    failed_messages: int
    batches_to_confirm: int
    addresses_to_check: int

    @property
    def count(self) -> int:
        """How many things in all."""
        return (
            self.broken_promises
            + self.unbalanced_letterings
            + self.uncertain_messages
            + self.failed_messages
            + self.batches_to_confirm
            + self.addresses_to_check
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """Everything the home page shows."""

    figures: KeyFigures
    paid_lately: Money
    debtors: tuple[Debtor, ...]
    weeks: tuple[WeekDue, ...]
    emails: int
    letters: int
    calls: int
    to_remind: Money
    customers_to_remind: int
    decisions: Decisions
    last_import_on: date | None
    data_is_old: bool
    has_entries: bool


def show_home(
    books: Books, entity_id: EntityId, check_address: AddressCheck, today: date
) -> HomeView:
    """Add up the firm's figures and today's work."""
    entity = books.entities.get(entity_id)
    items = books.ledger.open_items(entity_id)
    accounts = accounts_of(items, today)
    entries = books.ledger.entries(entity_id)
    day = show_today(books, entity_id, check_address, today)
    return HomeView(
        figures=key_figures(accounts.values()),
        paid_lately=paid_lately(entries, today, entity.fiscal_year_start_month),
        debtors=_debtors(books, entity_id, accounts, items),
        weeks=_weeks(items, today),
        emails=day.count(Channel.EMAIL),
        letters=day.count(Channel.LETTER),
        calls=day.count(Channel.PHONE),
        to_remind=day.total,
        customers_to_remind=day.customer_count,
        decisions=_decisions(books, entity_id, day),
        last_import_on=day.last_import_on,
        data_is_old=day.data_is_old,
        has_entries=bool(entries),
    )


def _debtors(
    books: Books,
    entity_id: EntityId,
    accounts: dict[CustomerId, AccountAmounts],
    items: list[OpenItem],
) -> tuple[Debtor, ...]:
    worst = sorted(
        (pair for pair in accounts.items() if pair[1].is_debit),
        key=lambda pair: (-pair[1].overdue.cents, -pair[1].balance.cents),
    )[:_DEBTORS_SHOWN]
    history = books.activities.level_history(entity_id)
    levels: dict[CustomerId, int] = defaultdict(int)
    reminded: dict[CustomerId, date] = {}
    for item in items:
        for change in history.get(item.id, [])[-1:]:
            levels[item.customer_id] = max(levels[item.customer_id], change.level)
            if change.level:
                known = reminded.get(item.customer_id, date.min)
                reminded[item.customer_id] = max(known, change.reached_on)
    return tuple(
        Debtor(
            customer=books.customers.get(customer_id),
            amounts=amounts,
            level=levels[customer_id],
            last_reminder_on=reminded.get(customer_id),
        )
        for customer_id, amounts in worst
    )


def _weeks(items: list[OpenItem], today: date) -> tuple[WeekDue, ...]:
    """Add up, week by week, the invoices that fall due from today on."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday + timedelta(weeks=n) for n in range(_WEEKS_SHOWN)]
    return tuple(
        WeekDue(
            starts_on=start,
            amount=Money.total(
                item.left
                for item in items
                if item.due_on
                and item.due_on >= today
                and start <= item.due_on < start + timedelta(weeks=1)
                and not item.is_credit
            ),
        )
        for start in starts
    )


def _decisions(books: Books, entity_id: EntityId, day: TodayView) -> Decisions:
    to_check = {
        row.customer.id
        for row in day.left_out
        if any(
            exclusion.reason is Reason.EMAIL_TO_CHECK
            for one in row.items
            for exclusion in one.exclusions
        )
    }
    in_doubt = books.outbox.all(
        entity_id, [MessageState.UNCERTAIN, MessageState.FAILED]
    )
    return Decisions(
        broken_promises=sum(
            1 for b in day.buckets for row in b.rows if row.message.promise_broken
        ),
        unbalanced_letterings=len(unbalanced_letterings(books, entity_id)),
        uncertain_messages=sum(
            1 for m in in_doubt if m.state is MessageState.UNCERTAIN
        ),
        failed_messages=sum(1 for m in in_doubt if m.state is MessageState.FAILED),
        batches_to_confirm=sum(
            1
            for batch in books.outbox.batches(entity_id)
            if batch.state is BatchState.PREPARED
        ),
        addresses_to_check=len(to_check),
    )
