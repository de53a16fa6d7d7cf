"""The home page's figures: where is the money, who owes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from domain.basics.collecting import rarely_collecting
from domain.basics.identifiers import EntityId, ProfileId
from domain.basics.money import EUR, Money
from domain.customers.customer import Customer
from domain.dashboard.account import AGE_LIMITS
from domain.dashboard.aged import (
    AgedAccount,
    aged,
    aged_total,
    currencies_of,
    figures_of,
)
from domain.dashboard.breakdown import Share, by_mode, by_profile
from domain.dashboard.followed import FollowedDue, followed_due, scale
from domain.dashboard.key_figures import KeyFigures, paid_since
from domain.ledger.entity import Entity
from domain.ports import Books

_DEBTORS_SHOWN = 10
_AGES = len(AGE_LIMITS) + 1
LARGE = 500
"""Accounts with open items, from which today's work takes a tenth of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """One line of « Qui vous doit quoi ? »."""

    customer: Customer
    profile_name: str
    overdue: Money
    to_come: Money
    level: int
    last_reminder_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyFigures:
    """What is owed and was paid in one currency."""

    currency: str
    figures: KeyFigures
    paid_lately: Money
    paid_since: date
    """The first day whose payments count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The figures that the home page shows at once."""

    by_currency: tuple[CurrencyFigures, ...]
    """The currency most used first; amounts of two are never added."""
    shown: CurrencyFigures
    """The currency that everything else is told in."""
    debtors: tuple[Debtor, ...]
    by_mode: tuple[Share, ...]
    by_profile: tuple[Share, ...]
    followed: FollowedDue | None
    """None where no customer is followed."""
    has_entries: bool
    is_large: bool
    """Whether today's work will take a while to be worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTotals:
    """One line of « Sélectionnez une société », in one currency."""

    entity: Entity
    overdue: Money
    to_come: Money

    @property
    def total(self) -> Money:
        """What the firm's customers owe, accounts in credit aside."""
        return self.overdue + self.to_come


def entity_totals(books: Books, today: date) -> dict[str, list[EntityTotals]]:
    """Add up what each firm is owed, by currency; nothing where there is one firm."""
    entities = books.entities.all()
    found: dict[str, list[EntityTotals]] = {}
    for entity in entities if len(entities) > 1 else ():
        accounts = _accounts(books, entity.id, today)
        for currency in currencies_of(accounts, EUR):
            total = aged_total(accounts, currency, _AGES)
            line = EntityTotals(
                entity=entity,
                overdue=Money(sum(total.late), currency),
                to_come=Money(total.not_due, currency),
            )
            found.setdefault(currency, []).append(line)
    return found


def figures_per_currency(
    books: Books, entity_id: EntityId, today: date
) -> tuple[CurrencyFigures, ...]:
    """Add up what is owed and was paid, the currency most used first."""
    accounts = _accounts(books, entity_id, today)
    return tuple(_figures(books, entity_id, accounts, today).values())


def _figures(
    books: Books, entity_id: EntityId, accounts: Sequence[AgedAccount], today: date
) -> dict[str, CurrencyFigures]:
    start_month = books.entities.get(entity_id).fiscal_year_start_month
    since = paid_since(today, start_month)
    paid = books.figures.paid(entity_id, since, today)
    return {
        used: CurrencyFigures(
            currency=used,
            figures=figures_of(accounts, used, _AGES),
            paid_lately=Money(paid.get(used, 0), used),
            paid_since=since,
        )
        for used in currencies_of(accounts, EUR)
    }


@rarely_collecting()
def show_home(
    books: Books, entity_id: EntityId, today: date, currency: str = ""
) -> HomeView:
    """Add up the firm's figures; ``currency`` chooses the one told in detail."""
    accounts = _accounts(books, entity_id, today)
    figures = _figures(books, entity_id, accounts, today)
    shown = figures.get(currency) or next(iter(figures.values()))
    profiles = books.scenarios.profiles(entity_id)
    names = {profile.id: profile.name for profile in profiles}
    default = next(profile.name for profile in profiles if profile.is_default)
    parts = books.figures.parts(entity_id)
    ours = [account for account in accounts if account.currency == shown.currency]
    return HomeView(
        by_currency=tuple(figures.values()),
        shown=shown,
        debtors=_debtors(books, entity_id, ours, names, default),
        by_mode=by_mode(parts, shown.currency),
        by_profile=by_profile(parts, names, default, shown.currency),
        followed=_followed(books, entity_id, today, shown.currency),
        has_entries=books.figures.has_entries(entity_id),
        is_large=len(accounts) > LARGE,
    )


def _accounts(books: Books, entity_id: EntityId, today: date) -> list[AgedAccount]:
    return [aged(a) for a in books.figures.accounts(entity_id, today, AGE_LIMITS)]


def _followed(
    books: Books, entity_id: EntityId, today: date, currency: str
) -> FollowedDue | None:
    if not books.figures.is_anyone_followed(entity_id):
        return None
    sums = books.figures.followed_due(entity_id, *scale(today))
    return followed_due(sums, today, currency)


def _debtors(
    books: Books,
    entity_id: EntityId,
    accounts: Sequence[AgedAccount],
    profile_names: Mapping[ProfileId, str],
    default: str,
) -> tuple[Debtor, ...]:
    """List who owes most that is late, then who owes most."""
    worst = nsmallest(
        _DEBTORS_SHOWN,
        (account for account in accounts if account.balance > 0),
        key=lambda a: (-a.overdue, -a.balance, a.customer_id),
    )
    reminded = books.figures.last_reminders(entity_id, [a.customer_id for a in worst])
    debtors = []
    for account in worst:
        customer = books.customers.get(account.customer_id)
        level, reminded_on = reminded.get(customer.id, (0, None))
        debtors.append(
            Debtor(
                customer=customer,
                profile_name=profile_names.get(
                    customer.profile_id or ProfileId(""), default
                ),
                overdue=Money(account.overdue, account.currency),
                to_come=Money(account.not_due, account.currency),
                level=level,
                last_reminder_on=reminded_on,
            )
        )
    return tuple(debtors)
