"""Which items a message moves, once it has left, and how far."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.basics.identifiers import ItemId
from domain.dunning.outbox import OutboxItem, OutboxMessage
from domain.dunning.position import LevelChange, position_from
from domain.dunning.scenario import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What an item reaches."""

    item_id: ItemId
    kind: StepKind
    level: int


def levels_reached(
    message: OutboxMessage,
    lines: Sequence[OutboxItem],
    history: Mapping[ItemId, Sequence[LevelChange]],
) -> Iterator[Reached]:
    """Tell what a message that left changes; nothing where it does not count.

    A level raised since the message was prepared stays where it is. Only a level
    stated for a whole run lowers one, and that was known when it was prepared.
    """
    is_own = any(line.level is not None for line in lines)
    after, is_reminder = message.level_after, message.kind is StepKind.REMINDER
    for line in lines:
        is_debit = line.left.cents > 0
        if after is not None and is_debit:
            yield Reached(item_id=line.item_id, kind=StepKind.REMINDER, level=after)
        if not message.counts or (is_reminder and after is not None):
            continue
        if not is_debit and message.kind is not StepKind.THANK_YOU:
            continue
        if is_own and line.level is None:
            continue
        level = message.level if line.level is None else line.level
        past = history.get(line.item_id, ())
        changed = any(change.recorded_at >= message.created_at for change in past)
        if is_reminder and (is_own or changed):
            level = max(level, position_from(past).level)
        yield Reached(item_id=line.item_id, kind=message.kind, level=level)
