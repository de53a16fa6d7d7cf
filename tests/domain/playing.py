"""One customer's dunning, looked at and played day after day."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.dunning.engine import plan_customer
from domain.dunning.planned import Plan, PlannedMessage, Reason
from domain.dunning.position import LevelChange, Position, position_from
from domain.dunning.profile import Grouping
from domain.dunning.scenario import Channel, Scenario, StepKind
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import ItemState, OpenItem
from tests.builders import (
    NOW,
    TODAY,
    a_customer,
    a_level_change,
    a_profile,
    a_scenario,
    default_steps,
)

OPTIONS = DunningOptions()
WHOLE_ACCOUNT = a_profile(grouping=Grouping.WHOLE_ACCOUNT)


def a_situation(
    *items: OpenItem,
    positions: Mapping[str, Position] | None = None,
    **others: object,
) -> CustomerSituation:
    """Make a customer reachable by e-mail, whose items nobody reminded yet."""
    situation = CustomerSituation(
        customer=a_customer(),
        profile=a_profile(),
        with_email=a_scenario(),
        without_email=by_letter(),
        email="camille@client.example.com",
        open_items=items,
        positions={ItemId(key): place for key, place in (positions or {}).items()},
    )
    return replace(situation, **others)  # type: ignore[arg-type]


def by_letter() -> Scenario:
    """Make the scenario of customers without an e-mail address."""
    steps = (replace(step, channel=Channel.LETTER) for step in default_steps())
    return a_scenario(id="standard-letter", with_email=False, steps=tuple(steps))


def reached(level: int, *, days_ago: int, deadline_in: int | None = None) -> Position:
    """Make the position of an item reminded some days ago."""
    return Position(
        level=level,
        reached_on=TODAY - timedelta(days=days_ago),
        deadline_on=None
        if deadline_in is None
        else TODAY + timedelta(days=deadline_in),
    )


def plan(
    situation: CustomerSituation, options: DunningOptions = OPTIONS, today: date = TODAY
) -> Plan:
    """Look at a customer today."""
    return plan_customer(situation, options, today)


def messages(found: Plan) -> list[tuple[str, list[str]]]:
    """Tell each message as its step and the references of its items."""
    return [
        (message.step.code, [item.reference for item in message.items])
        for message in found.messages
    ]


def reasons(found: Plan, reference: str = "FA-001") -> list[Reason]:
    """Tell why an item is left out; nothing for one that is proposed."""
    return [
        exclusion.reason
        for left_out in found.left_out
        if left_out.item.reference == reference
        for exclusion in left_out.exclusions
    ]


class Play:
    """A customer to whom what is proposed is sent, as the days go by.

    Positions are read off a history, as in the books.
    """

    def __init__(
        self, situation: CustomerSituation, options: DunningOptions = OPTIONS
    ) -> None:
        self.situation = situation
        self.options = options
        self.history: dict[str, list[LevelChange]] = {}

    def look(self, today: date) -> Plan:
        """Tell what is proposed on a day."""
        return plan_customer(self.situation, self.options, today)

    def work(self, days: Iterable[date]) -> None:
        """Send all that is proposed on each of some days."""
        for today in days:
            for message in self.look(today).messages:
                self.send(message, today)

    def send(self, message: PlannedMessage, today: date) -> None:
        """Count a message as really sent."""
        deadline_on = today + timedelta(days=message.step.payment_days)
        is_reminder = message.step.kind is StepKind.REMINDER
        for item in message.items:
            if not item.is_credit:
                change = a_level_change(
                    item_id=item.id,
                    kind=message.step.kind,
                    level=message.step.level,
                    reached_on=today,
                    deadline_on=deadline_on if is_reminder else None,
                    recorded_at=NOW,
                )
                self.history.setdefault(item.id, []).append(change)
        self.situation = replace(
            self.situation,
            positions={
                ItemId(key): position_from(changes)
                for key, changes in self.history.items()
            },
            last_contact_on=today,
            contacts=(*self.situation.contacts, today),
        )

    def pay(self, item: OpenItem, amount: Money, today: date) -> None:
        """Settle a part of an item, or all of it."""
        paid = replace(item, settled=item.settled + amount)
        others = [i for i in self.situation.open_items if i.id != item.id]
        settled = self.situation.settled_items
        if paid.left:
            others.append(paid)
        else:
            settled = (
                *settled,
                replace(paid, state=ItemState.SETTLED, settled_on=today),
            )
        self.situation = replace(
            self.situation, open_items=tuple(others), settled_items=settled
        )

    def levels(self, reference: str = "FA-001") -> list[int]:
        """List the reminders that an item received, in order."""
        return [c.level for c in self.reminders(reference)]

    def reminders(self, reference: str = "FA-001") -> list[LevelChange]:
        """List the reminders of an item with their days."""
        return [
            change
            for change in self.history.get(reference, [])
            if change.kind is StepKind.REMINDER
        ]


def days_from(start: date, count: int, every: int = 1) -> list[date]:
    """List the days on which somebody opens the product."""
    return [start + timedelta(days=n) for n in range(0, count, every)]
