"""The reminders already sent: what the engine proposed on the days of work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.basics.identifiers import CustomerId
from domain.basics.money import Money
from domain.customers.customer import dunning_contact
from domain.demo.account import Account, working_day_before
from domain.demo.decided import Decisions
from domain.demo.people import AUTOMATIC_MODE
from domain.demo.scenarios import demo_scenario
from domain.demo.situations import Happening
from domain.dunning.defaults import standard_profile
from domain.dunning.engine import plan_customer
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.situation import UNTOUCHED, CustomerSituation
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import ItemState, OpenItem

_WEEKS_OF_USE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReminder:
    """A message that a customer received."""

    customer_id: CustomerId
    customer_code: str
    kind: StepKind
    level: int
    channel: Channel
    sent_on: date
    deadline_on: date
    items: tuple[OpenItem, ...]
    """As they stood that day; credits deducted are among them."""


def past_reminders(
    account: Account, items: Sequence[OpenItem], decisions: Decisions, today: date
) -> Iterator[DemoReminder]:
    """Replay the weeks before today for one customer."""
    situation = _situation(account, decisions)
    days = _days_of_work(today)
    relevant = [i for i in items if i.settled_on is None or i.settled_on > days[0]]
    is_called = account.person.situation.happening is Happening.CALLED
    last_day = working_day_before(today - timedelta(days=1))
    for day in [*days, last_day] if is_called else days:
        open_items = tuple(_open_on(day, relevant))
        if not open_items:
            continue
        situation = replace(situation, open_items=open_items)
        for message in plan_customer(situation, DunningOptions(), day).messages:
            reminder = _reminder(message, account, day, by_phone=day == last_day)
            if _could_leave(reminder, account):
                situation = _after(reminder, situation)
                yield reminder


def _days_of_work(today: date) -> list[date]:
    """List the days on which reminders were sent: two a week, none this week."""
    ago = [7 * week + extra for week in range(_WEEKS_OF_USE, 0, -1) for extra in (3, 0)]
    return [working_day_before(today - timedelta(days=days)) for days in ago]


def _situation(account: Account, decisions: Decisions) -> CustomerSituation:
    person = account.person
    profile = standard_profile(account.customer.entity_id)
    contact = dunning_contact(list(person.contacts))
    return CustomerSituation(
        customer=account.customer,
        profile=profile,
        with_email=demo_scenario(profile, with_email=True),
        without_email=demo_scenario(profile, with_email=False),
        email=contact.email if contact else "",
        email_problem=person.situation.odd_email,
        positions={},
        holds=decisions.holds,
        disputes=decisions.disputes,
        promises=decisions.promises,
        automatic_modes=frozenset({AUTOMATIC_MODE}),
    )


def _open_on(day: date, items: Sequence[OpenItem]) -> Iterator[OpenItem]:
    """List the items as they were on a day; credits used since are left out."""
    for item in items:
        if item.settled_on is None and item.invoice_on <= day:
            yield item
        elif (
            item.settled_on
            and item.invoice_on <= day < item.settled_on
            and not item.is_credit
        ):
            yield replace(item, settled=Money(0), state=ItemState.OPEN, settled_on=None)


def _reminder(
    message: PlannedMessage, account: Account, day: date, *, by_phone: bool
) -> DemoReminder:
    return DemoReminder(
        customer_id=account.customer.id,
        customer_code=account.customer.code,
        kind=message.step.kind,
        level=message.step.level,
        channel=Channel.PHONE if by_phone else message.channel,
        sent_on=day,
        deadline_on=day + timedelta(days=message.step.payment_days),
        items=message.items,
    )


def _could_leave(reminder: DemoReminder, account: Account) -> bool:
    if reminder.channel is Channel.PHONE:
        return reminder.kind is StepKind.REMINDER
    return reminder.channel is not Channel.LETTER or account.customer.has_postal_address


def _after(reminder: DemoReminder, situation: CustomerSituation) -> CustomerSituation:
    """Move the items of a message up, as its sending did."""
    positions = dict(situation.positions)
    for item in reminder.items:
        if item.is_credit:
            continue
        before = positions.get(item.id, UNTOUCHED)
        if reminder.kind is StepKind.ADVANCE_NOTICE:
            after = replace(before, noticed_on=reminder.sent_on)
        else:
            after = replace(before, level=reminder.level, reached_on=reminder.sent_on)
        positions[item.id] = replace(after, deadline_on=reminder.deadline_on)
    return replace(situation, positions=positions, last_contact_on=reminder.sent_on)
