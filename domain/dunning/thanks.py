"""Thanking a customer for its payments, some days after them."""

from collections import defaultdict
from datetime import date, timedelta

from domain.dunning.exclusions import contact_exclusions, standing_exclusions
from domain.dunning.planned import PlannedMessage
from domain.dunning.scenario import Scenario
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem

THANKS_STAY_DUE = timedelta(days=30)
"""Thanking much later than planned would only surprise."""


def thanks(
    scenario: Scenario,
    situation: CustomerSituation,
    options: DunningOptions,
    today: date,
) -> list[PlannedMessage]:
    """Thank for the payments that closed items: one message per currency."""
    step = scenario.thank_you
    if step is None or not situation.settled_items:
        return []
    if contact_exclusions(step, situation, options, today):
        return []
    delay = timedelta(days=step.delay_days)
    paid: dict[str, list[tuple[date, OpenItem]]] = defaultdict(list)
    for item in situation.settled_items:
        if item.settled_on is None or not _deserves(item, situation, options, today):
            continue
        due_on = item.settled_on + delay
        if due_on <= today <= due_on + THANKS_STAY_DUE:
            paid[item.currency].append((due_on, item))
    return [
        PlannedMessage(
            customer_id=situation.customer.id,
            scenario=scenario,
            step=step,
            channel=step.channel,
            items=tuple(item for _, item in thanked),
            due_since=min(due_on for due_on, _ in thanked),
        )
        for thanked in paid.values()
    ]


def _deserves(
    item: OpenItem, situation: CustomerSituation, options: DunningOptions, today: date
) -> bool:
    """Whether an item was reminded, then paid, and nobody was thanked yet."""
    position = situation.position(item)
    return (
        not item.is_credit
        and position.thanked_on is None
        and (position.level > 0 or options.thank_everyone)
        and not standing_exclusions(item, situation, options, today)
    )
