"""What a contact by voice completes: the same rule wherever it is noted.

A step done by phone, or by another means, moves the items as the letter of that step
would; where no scenario asks for a call, each item goes to its own next step.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.basics.identifiers import ItemId
from domain.dunning.by_hand import Effect, effect_of
from domain.dunning.planned import Plan, PlannedMessage
from domain.dunning.scenario import Channel, StepKind
from domain.dunning.situation import CustomerSituation
from domain.ledger.open_item import OpenItem

BY_VOICE = frozenset({Channel.PHONE, Channel.OTHER})
"""Steps that leave nothing in the outbox: a person does them, then notes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """The step that a contact completes for an item."""

    item_id: ItemId
    kind: StepKind = StepKind.REMINDER
    level: int
    deadline_on: date | None = None
    """Until when it asked to be paid."""


def completed_by(message: PlannedMessage, day: date) -> Iterator[Completed]:
    """List the items that a message moves once done on a day, and how far."""
    step = message.step
    deadline_on = None
    if step.kind is StepKind.REMINDER:
        deadline_on = day + timedelta(days=step.payment_days)
    for item in message.items:
        if item.left.cents > 0 or (
            step.kind is StepKind.THANK_YOU and not item.is_credit
        ):
            yield Completed(
                item_id=item.id,
                kind=step.kind,
                level=step.level,
                deadline_on=deadline_on,
            )


def asked_by_voice(plan: Plan, channel: Channel) -> tuple[OpenItem, ...]:
    """List what a scenario asks to be told today by a means."""
    return tuple(
        item
        for message in plan.messages
        if message.channel is channel
        for item in message.items
    )


def completed_by_voice(
    situation: CustomerSituation,
    plan: Plan,
    about: Sequence[OpenItem],
    channel: Channel,
    day: date,
) -> list[Completed]:
    """Tell what a contact about some items completes, where it counts."""
    named = {item.id for item in about}
    asked = [
        one
        for message in plan.messages
        if message.channel is channel
        for one in completed_by(message, day)
        if one.item_id in named
    ]
    done = {one.item_id for one in asked}
    others = [item for item in about if item.id not in done]
    return asked + [
        Completed(item_id=item_id, kind=kind, level=level)
        for kind in (StepKind.REMINDER, StepKind.ADVANCE_NOTICE)
        for item_id, level in effect_of(situation, others, kind, day).levels.items()
    ]


def spoken_effects(
    situation: CustomerSituation,
    plan: Plan,
    about: Sequence[OpenItem],
    channel: Channel,
    day: date,
) -> dict[StepKind, Effect]:
    """Tell what a contact that counts would do, reminders and notices apart.

    Where it would do nothing, the reason is that of the reminders.
    """
    levels: dict[StepKind, dict[ItemId, int]] = defaultdict(dict)
    for one in completed_by_voice(situation, plan, about, channel, day):
        levels[one.kind][one.item_id] = one.level
    if levels:
        return {kind: Effect(levels=found) for kind, found in levels.items()}
    kind = StepKind.REMINDER
    return {kind: effect_of(situation, about, kind, day)}


def highest(completed: Collection[Completed]) -> int:
    """Tell the highest level that a contact reaches."""
    return max((one.level for one in completed), default=0)
