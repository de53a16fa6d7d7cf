"""The home page's second look: today's reminders, what is expected, what to decide."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from domain.basics.collecting import rarely_collecting
from domain.basics.identifiers import EntityId
from domain.basics.money import EUR, Money
from domain.dashboard.forecast import Forecast, forecast
from domain.dunning.courtesy import QuietDay
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import Channel, StepKind
from domain.ports import Books
from domain.usecases.acting import TodayView, today_of
from domain.usecases.deciding import Decisions, find_decisions
from domain.usecases.forecasting import foresight
from domain.usecases.situations import AddressCheck, Situations, gather

_WEEKS_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysWork:
    """What the day asks for."""

    emails: int
    letters: int
    calls: int
    others: int
    """By means of the user's own, such as a visit."""
    courtesies: int
    """Those of today's messages that ask for nothing late: notices, thank-yous."""
    to_remind: tuple[Money, ...]
    """One amount per currency, the greatest first."""
    customers_to_remind: int
    quiet: QuietDay | None
    """Why no e-mail leaves today, if so."""
    kept_waiting: int
    """Customers whose e-mail only waits for the quiet days to end."""
    expected: Forecast
    """What each week brings, without the items that make it."""
    decisions: Decisions
    call_backs: int = 0
    """Customers to be called again whose scenario asks for no call today."""

    @property
    def messages(self) -> int:
        """How many messages are proposed today, by all means."""
        return self.emails + self.letters + self.calls + self.others


def show_work(
    books: Books,
    entity_id: EntityId,
    check_address: AddressCheck,
    today: date,
    currency: str = EUR,
) -> DaysWork:
    """Work out today's reminders and what waits for a person; once."""
    return books.remembered(
        ("work", entity_id, check_address, today, currency),
        lambda: _work(books, entity_id, check_address, today, currency),
    )


def _work(
    books: Books,
    entity_id: EntityId,
    check_address: AddressCheck,
    today: date,
    currency: str,
) -> DaysWork:
    situations = gather(books, entity_id, check_address, today)
    day = today_of(books, situations)
    reminders = [m for m in _messages(day) if m.step.kind is StepKind.REMINDER]
    expected = _expected(books, situations, currency)
    return DaysWork(
        emails=day.count(Channel.EMAIL),
        letters=day.count(Channel.LETTER),
        calls=day.count(Channel.PHONE),
        others=day.count(Channel.OTHER),
        courtesies=sum(1 for _ in _messages(day)) - len(reminders),
        to_remind=_by_currency(m.total for m in reminders),
        customers_to_remind=len({m.customer_id for m in reminders}),
        quiet=day.quiet,
        kept_waiting=day.kept_waiting,
        expected=replace(expected, lines=()),
        decisions=find_decisions(books, situations, day),
        call_backs=_call_backs(books, situations, day),
    )


@rarely_collecting()
def _expected(books: Books, situations: Situations, currency: str) -> Forecast:
    accounts = situations.of.values()
    return forecast(
        chain.from_iterable(one.open_items for one in accounts),
        foresight(
            books,
            situations.entity_id,
            (p for one in accounts for p in one.promises),
            situations.today,
            kept=situations.kept,
        ),
        weeks=_WEEKS_SHOWN,
        currency=currency,
    )


def _call_backs(books: Books, situations: Situations, day: TodayView) -> int:
    by_phone = {
        row.customer.id
        for bucket in day.buckets
        if bucket.channel is Channel.PHONE
        for row in bucket.rows
    }
    return sum(
        customer_id in situations.of
        and customer_id not in by_phone
        and call.is_to_repeat(situations.today)
        for customer_id, call in books.calls.latest(situations.entity_id).items()
    )


def _messages(day: TodayView) -> Iterable[PlannedMessage]:
    return (row.message for bucket in day.buckets for row in bucket.rows)


def _by_currency(amounts: Iterable[Money]) -> tuple[Money, ...]:
    sums: dict[str, Money] = {}
    for amount in amounts:
        known = sums.get(amount.currency, Money(0, amount.currency))
        sums[amount.currency] = known + amount
    return tuple(sorted(sums.values(), key=lambda amount: -amount.cents))
