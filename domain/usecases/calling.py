"""« Appel », « Autre »: note that a customer was reached, and what it promised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.basics.errors import DunningError
from domain.basics.identifiers import ActivityId, CustomerId, ItemId
from domain.basics.money import Money
from domain.customers.activity import ActivityKind
from domain.customers.agreements import Promise
from domain.customers.call import Call, CallResult
from domain.dunning.by_voice import (
    Completed,
    asked_by_voice,
    completed_by_voice,
    highest,
)
from domain.dunning.engine import plan_customer
from domain.dunning.planned import Plan
from domain.dunning.position import LevelCause, LevelChange
from domain.dunning.scenario import Channel
from domain.dunning.situation import CustomerSituation
from domain.ledger.open_item import OpenItem
from domain.ports import Books
from domain.usecases.agreeing import record_promise
from domain.usecases.situations import AddressCheck, gather_one
from domain.usecases.tracing import trace

_KINDS = {
    Channel.PHONE: (ActivityKind.CALL, LevelCause.CALLED),
    Channel.OTHER: (ActivityKind.OTHER_CONTACT, LevelCause.REACHED),
}


class ContactToComeError(DunningError):
    """What has not happened yet cannot be noted."""

    message = "A contact cannot be dated after {today}: note it once it has happened."


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacted:
    """How a customer was reached, and what that changes."""

    channel: Channel
    day: date
    comment: str
    item_ids: Sequence[ItemId] = ()
    """Where none is named, all that is overdue or that a scenario asks to be told."""
    counts: bool = False
    """It completes each item's next step, as a letter would."""
    level_after: int | None = None
    """The level a person puts the items at, for the scenario to go on from there."""
    promised: Money | None = None
    promised_for: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What was kept, for the gesture that takes it back."""

    activity_id: ActivityId
    promises: tuple[Promise, ...]


def note_contact(
    books: Books,
    customer_id: CustomerId,
    contacted: Contacted,
    check_address: AddressCheck,
    today: date,
    now: datetime,
) -> Noted:
    """Note a contact and what was promised in it, together or not at all.

    One that does not count still counts for the days between two contacts.
    """
    if contacted.day > today:
        raise ContactToComeError(today=today)
    situation = gather_one(books, customer_id, check_address, today)
    options = books.entities.options(situation.customer.entity_id)
    plan = plan_customer(situation, options, today)
    about = _about(situation, plan, contacted, today)
    completed = _completed(situation, plan, about, contacted)
    kind, _cause = _KINDS[contacted.channel]
    promises: tuple[Promise, ...] = ()
    with books.atomic():
        if contacted.promised and contacted.promised_for:
            promises = record_promise(
                books,
                customer_id,
                contacted.promised,
                contacted.promised_for,
                today,
                now,
                contacted.item_ids,
            )
        activity_id = trace(
            books,
            situation.customer,
            kind,
            contacted.comment,
            contacted.day,
            now,
            level=highest(completed),
            item_ids=[item.id for item in about],
            channel=contacted.channel,
        )
        books.activities.record_levels(
            _changes(situation, contacted, completed, activity_id, now)
        )
        if contacted.channel is Channel.PHONE:
            books.calls.record(_call(situation, contacted.day, activity_id, promises))
    return Noted(activity_id=activity_id, promises=promises)


def _call(
    situation: CustomerSituation,
    day: date,
    activity_id: ActivityId,
    promises: Sequence[Promise],
) -> Call:
    return Call(
        activity_id=activity_id,
        entity_id=situation.customer.entity_id,
        customer_id=situation.customer.id,
        result=CallResult.PROMISE if promises else CallResult.REACHED,
        called_on=day,
        made=" ".join(promise.id for promise in promises),
    )


def _about(
    situation: CustomerSituation, plan: Plan, contacted: Contacted, today: date
) -> list[OpenItem]:
    """Tell what the contact was about."""
    named = set(contacted.item_ids)
    if not named:
        asked = asked_by_voice(plan, contacted.channel)
        late = (i for i in situation.open_items if i.days_overdue(today) > 0)
        named = {item.id for item in (*asked, *late)}
    # A payment that a scenario thanks for is not open any more.
    known = (*situation.open_items, *situation.settled_items)
    return [item for item in known if item.id in named]


def _completed(
    situation: CustomerSituation,
    plan: Plan,
    about: Sequence[OpenItem],
    contacted: Contacted,
) -> list[Completed]:
    level = contacted.level_after
    if level is not None:
        return [Completed(item_id=i.id, level=level) for i in about if i.left.cents > 0]
    if not contacted.counts:
        return []
    return completed_by_voice(situation, plan, about, contacted.channel, contacted.day)


def _changes(
    situation: CustomerSituation,
    contacted: Contacted,
    completed: Sequence[Completed],
    activity_id: ActivityId,
    now: datetime,
) -> Iterator[LevelChange]:
    _kind, cause = _KINDS[contacted.channel]
    for one in completed:
        yield LevelChange(
            entity_id=situation.customer.entity_id,
            customer_id=situation.customer.id,
            item_id=one.item_id,
            kind=one.kind,
            level=one.level,
            reached_on=contacted.day,
            deadline_on=one.deadline_on,
            cause=cause if contacted.counts else LevelCause.BY_HAND,
            reason=contacted.comment.strip(),
            activity_id=activity_id,
            recorded_at=now,
        )
