"""The home page: where is the money, what needs me."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import CustomerId, EntityId, ItemId, ProfileId
from domain.basics.money import EUR, Money
from domain.customers.customer import Customer
from domain.dashboard.account import AccountAmounts
from domain.dashboard.breakdown import Breakdown, breakdown
from domain.dashboard.key_figures import (
    KeyFigures,
    accounts_of,
    key_figures,
    paid_lately,
)
from domain.dunning.position import LevelChange, Position, position_from
from domain.dunning.scenario import Channel, StepKind
from domain.ledger.entity import Entity
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.acting import show_today
from domain.usecases.deciding import Decisions, find_decisions
from domain.usecases.situations import AddressCheck

_DEBTORS_SHOWN = 10
_WEEKS_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """One line of « Qui vous doit quoi ? »."""

    customer: Customer
    profile_name: str
    amounts: AccountAmounts
    level: int
    last_reminder_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDue:
    """What falls due in one week, Monday to Sunday."""

    starts_on: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """Everything the home page shows."""

    figures: KeyFigures
    paid_lately: Money
    debtors: tuple[Debtor, ...]
    weeks: tuple[WeekDue, ...]
    breakdown: Breakdown
    emails: int
    letters: int
    calls: int
    others: int
    """By means of the user's own, such as a visit."""
    courtesies: int
    """Those of today's messages that ask for nothing late: notices, thank-yous."""
    to_remind: Money
    customers_to_remind: int
    decisions: Decisions
    has_entries: bool

    @property
    def messages(self) -> int:
        """How many messages are proposed today, by all means."""
        return self.emails + self.letters + self.calls + self.others


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTotals:
    """One line of « Sélectionnez une société »."""

    entity: Entity
    overdue: Money
    to_come: Money

    @property
    def total(self) -> Money:
        """What the firm's customers owe, accounts in credit aside."""
        return self.overdue + self.to_come


def entity_totals(books: Books, today: date) -> list[EntityTotals]:
    """Add up what each firm is owed, to choose one; nothing where there is one."""
    entities = books.entities.all()
    return [_totals(books, entity, today) for entity in entities if len(entities) > 1]


def _totals(books: Books, entity: Entity, today: date) -> EntityTotals:
    accounts = accounts_of(books.ledger.open_items(entity.id), today)
    figures = key_figures(accounts.values())
    return EntityTotals(entity=entity, overdue=figures.overdue, to_come=figures.to_come)


def show_home(
    books: Books, entity_id: EntityId, check_address: AddressCheck, today: date
) -> HomeView:
    """Add up the firm's figures and today's work."""
    entity = books.entities.get(entity_id)
    items = books.ledger.open_items(entity_id)
    accounts = accounts_of(items, today)
    entries = books.ledger.entries(entity_id)
    customers = {c.id: c for c in books.customers.all(entity_id)}
    profile_names = _profile_names(books, entity_id, customers)
    day = show_today(books, entity_id, check_address, today)
    messages = [row.message for bucket in day.buckets for row in bucket.rows]
    reminders = [m for m in messages if m.step.kind is StepKind.REMINDER]
    return HomeView(
        figures=key_figures(accounts.values()),
        paid_lately=paid_lately(entries, today, entity.fiscal_year_start_month),
        debtors=_debtors(
            accounts,
            items,
            customers,
            profile_names,
            books.activities.level_history(entity_id),
        ),
        weeks=_weeks(items, today),
        breakdown=breakdown(items, customers, profile_names, today),
        emails=day.count(Channel.EMAIL),
        letters=day.count(Channel.LETTER),
        calls=day.count(Channel.PHONE),
        others=day.count(Channel.OTHER),
        courtesies=len(messages) - len(reminders),
        to_remind=Money.total(m.total for m in reminders if m.total.currency == EUR),
        customers_to_remind=len({m.customer_id for m in reminders}),
        decisions=find_decisions(
            books, entity_id, day, entries, items, customers, today
        ),
        has_entries=bool(entries),
    )


def _profile_names(
    books: Books, entity_id: EntityId, customers: Mapping[CustomerId, Customer]
) -> dict[CustomerId, str]:
    profiles = books.scenarios.profiles(entity_id)
    default = next(profile.name for profile in profiles if profile.is_default)
    names = {profile.id: profile.name for profile in profiles}
    return {
        customer.id: names.get(customer.profile_id or ProfileId(""), default)
        for customer in customers.values()
    }


def _debtors(
    accounts: Mapping[CustomerId, AccountAmounts],
    items: list[OpenItem],
    customers: Mapping[CustomerId, Customer],
    profile_names: Mapping[CustomerId, str],
    history: Mapping[ItemId, Sequence[LevelChange]],
) -> tuple[Debtor, ...]:
    worst = sorted(
        (pair for pair in accounts.items() if pair[1].is_debit),
        key=lambda pair: (-pair[1].overdue.cents, -pair[1].balance.cents),
    )[:_DEBTORS_SHOWN]
    reached: dict[CustomerId, list[Position]] = defaultdict(list)
    for item in items:
        position = position_from(history.get(item.id, ()))
        if position.level:
            reached[item.customer_id].append(position)
    return tuple(
        Debtor(
            customer=customers[customer_id],
            profile_name=profile_names[customer_id],
            amounts=amounts,
            level=max((p.level for p in reached[customer_id]), default=0),
            last_reminder_on=max(
                (p.reached_on for p in reached[customer_id] if p.reached_on),
                default=None,
            ),
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
