"""What waits for a person's decision, for the home page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import EntityId
from domain.basics.money import Money, per_currency
from domain.customers.customer import Customer
from domain.dunning.incoming import IncomingKind
from domain.dunning.outbox import BatchState, MessageState
from domain.dunning.planned import Reason
from domain.dunning.situation import CustomerSituation
from domain.ports import Books
from domain.usecases.acting import LeftOutRow, TodayView
from domain.usecases.import_checks import unbalanced_letterings
from domain.usecases.incoming_desk import waiting_incoming
from domain.usecases.situations import Situations

_QUIET = timedelta(days=14)
"""Reminders work by coming regularly: two weeks without any are worth a word."""
_MUCH_IS_LATE = 10
"""One part in ten of what is late could be asked for today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Something to decide about a customer, on its sheet."""

    customer: Customer
    amount: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What waits for a person."""

    data_old_since: date | None
    """The day of the last import, when it is older than the firm allows."""
    quiet_since: date | None
    """The day of the last message, when much is late and nothing leaves."""
    broken_promises: tuple[Concern, ...]
    """With the amount promised."""
    finished_scenarios: tuple[Concern, ...]
    """With what is still owed after the last step."""
    unbalanced_letterings: tuple[Concern, ...]
    """With the gap, and the code."""
    addresses_to_check: tuple[Concern, ...]
    """With the address."""
    uncertain_messages: int
    failed_messages: int
    batches_to_confirm: int
    replies_to_read: int = 0
    undelivered: int = 0
    """E-mails that came back, and whose address was not corrected since."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        concerns = (
            self.broken_promises
            + self.finished_scenarios
            + self.unbalanced_letterings
            + self.addresses_to_check
        )
        messages = self.uncertain_messages + self.failed_messages
        messages += self.replies_to_read + self.undelivered
        days = self.data_old_since or self.quiet_since
        return not (concerns or messages or self.batches_to_confirm or days)


def find_decisions(books: Books, situations: Situations, day: TodayView) -> Decisions:
    """List what waits for a person, from what the home page has read already."""
    entity_id, today = situations.entity_id, situations.today
    customers = {c: one.customer for c, one in situations.of.items()}
    states = [MessageState.UNCERTAIN, MessageState.FAILED]
    messages = Counter(m.state for m in books.outbox.all(entity_id, states))
    came_back = Counter(one.kind for one in waiting_incoming(books, entity_id, today))
    lettered = books.figures.badly_lettered(entity_id)
    return Decisions(
        data_old_since=day.last_import_on if day.data_is_old else None,
        quiet_since=_quiet_since(books, situations, day),
        broken_promises=tuple(
            Concern(customer=one.customer, amount=promise.amount)
            for one in situations.of.values()
            for promise in one.promises
            if promise.id not in one.kept and promise.is_past(today)
        ),
        finished_scenarios=tuple(_finished(day.left_out, situations)),
        unbalanced_letterings=tuple(
            Concern(customer=customers[u.customer_id], amount=u.gap, note=u.code)
            for u in unbalanced_letterings(lettered)
        ),
        addresses_to_check=tuple(_addresses_to_check(day, situations)),
        uncertain_messages=messages[MessageState.UNCERTAIN],
        failed_messages=messages[MessageState.FAILED],
        batches_to_confirm=sum(
            1
            for batch in books.outbox.batches(entity_id)
            if batch.state is BatchState.PREPARED
        ),
        replies_to_read=came_back[IncomingKind.HUMAN],
        undelivered=came_back[IncomingKind.PERMANENT_BOUNCE]
        + came_back[IncomingKind.TEMPORARY_BOUNCE],
    )


def _finished(
    left_out: Iterable[LeftOutRow], situations: Situations
) -> Iterable[Concern]:
    """List the customers past their last step that still owe, the greatest first."""
    found = []
    for row in left_out:
        past = [
            left.item
            for left in row.items
            if left.exclusions[0].reason is Reason.END_OF_SCENARIO
        ]
        situation = situations.of[row.customer.id]
        for currency in {item.currency for item in past}:
            amount = Money.total(i.left for i in past if i.currency == currency)
            owed = min(amount, _balance(situation, currency))
            if owed.cents > 0:
                found.append(Concern(customer=row.customer, amount=owed))
    return sorted(found, key=lambda concern: -(concern.amount or Money(0)).cents)


def _balance(situation: CustomerSituation, currency: str) -> Money:
    items = situation.open_items
    return Money.total((i.left for i in items if i.currency == currency), currency)


def _quiet_since(books: Books, situations: Situations, day: TodayView) -> date | None:
    """Find since when nothing left, if that is long and much could be asked for."""
    if not day.buckets:
        return None
    today = situations.today
    contacts = books.activities.last_contacts(situations.entity_id).values()
    last = max(contacts, default=None) or _first_import(books, situations.entity_id)
    if last is None or last + _QUIET >= today:
        return None
    late = per_currency(
        item.left
        for one in situations.of.values()
        for item in one.open_items
        if not item.is_credit and item.days_overdue(today)
    )
    asked = {total.currency: total.cents for total in day.totals}
    is_little = all(
        asked.get(one.currency, 0) * _MUCH_IS_LATE < one.cents for one in late
    )
    return None if is_little and late else last


def _first_import(books: Books, entity_id: EntityId) -> date | None:
    imports = books.imports.all(entity_id)
    return min((i.imported_at.date() for i in imports), default=None)


def _addresses_to_check(day: TodayView, situations: Situations) -> Iterable[Concern]:
    """List the customers left out of today's work by an odd e-mail address."""
    for row in day.left_out:
        is_odd = any(
            exclusion.reason is Reason.EMAIL_TO_CHECK
            for item in row.items
            for exclusion in item.exclusions
        )
        contact = situations.contacts.get(row.customer.id)
        if is_odd and contact:
            yield Concern(customer=row.customer, note=contact.email)
