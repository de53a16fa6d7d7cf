"""Rehearse scenarios: what they would send in the days to come, and to whom.

Only reads: nothing of a rehearsal is written to the books.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.basics.identifiers import CustomerId, EntityId, ProfileId
from domain.basics.progress import Phase, Tell, untold
from domain.customers.customer import Customer
from domain.dunning.courtesy import Courtesy
from domain.dunning.outbox import PENDING_STATES, OutboxMessage
from domain.dunning.profile import Profile
from domain.dunning.rehearsal import DAYS, RehearsedDay, Start, Waiting, rehearse
from domain.dunning.scenario import Channel, Scenario
from domain.dunning.situation import CustomerSituation
from domain.ports import Books
from domain.usecases.levels_reached import levels_reached
from domain.usecases.situations import AddressCheck, Situations, gather


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is tried; nothing said, the scenarios and customers as they are."""

    profile_id: ProfileId | None = None
    """Only this profile's customers, its scenarios switched on."""
    customer_ids: frozenset[CustomerId] = frozenset()
    """Only these customers, put on the profile where one is given."""
    everyone: bool = False
    """All customers, put on the profile, or on the columns."""
    columns: tuple[Scenario, ...] = ()
    """Those of one scenario, tried as they are here instead of as they are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a trial would send, day by day."""

    trial: Trial
    profiles: tuple[Profile, ...]
    days: tuple[RehearsedDay, ...]
    customers: Mapping[CustomerId, Customer]
    waiting: int
    """Messages of the outbox supposed to leave first; they are not among the days."""


def show_rehearsal(
    books: Books,
    entity_id: EntityId,
    check_address: AddressCheck,
    today: date,
    trial: Trial,
    days: int = DAYS,
    tell: Tell = untold,
) -> Rehearsal:
    """Play the days from today on; ``tell`` is told how far it is, and may stop it."""
    tell(Phase.REHEARSING, 0, days)
    situations = gather(books, entity_id, check_address, today)
    profiles = tuple(books.scenarios.profiles(entity_id))
    scenarios = books.scenarios.scenarios(entity_id)
    chosen = _chosen(situations, trial)
    start = Start(
        situations={
            **situations.of,
            **dict(_tried(situations, trial, chosen, profiles, scenarios)),
        },
        options=situations.options,
        courtesy=situations.courtesy,
        contacted_on=situations.contacted_on,
        waiting=tuple(_waiting(books, entity_id, situations.courtesy, today)),
    )
    played = rehearse(
        start, today, days, lambda done: tell(Phase.REHEARSING, done, days)
    )
    return Rehearsal(
        trial=trial,
        profiles=profiles,
        days=tuple(_only(day, chosen) for day in played),
        customers={key: one.customer for key, one in situations.of.items()},
        waiting=sum(one.customer_id in chosen for one in start.waiting),
    )


def _chosen(situations: Situations, trial: Trial) -> frozenset[CustomerId]:
    """Choose the customers whose messages are shown."""
    if trial.customer_ids:
        return trial.customer_ids
    if trial.columns and not trial.everyone:
        return frozenset(
            customer_id
            for customer_id, situation in situations.of.items()
            if situation.profile.pair_id == trial.columns[0].pair_id
        )
    if trial.profile_id is None or trial.everyone:
        return frozenset(situations.of)
    return frozenset(
        customer_id
        for customer_id, situation in situations.of.items()
        if situation.profile.id == trial.profile_id
    )


def _tried(
    situations: Situations,
    trial: Trial,
    chosen: Collection[CustomerId],
    profiles: Collection[Profile],
    scenarios: Collection[Scenario],
) -> Iterator[tuple[CustomerId, CustomerSituation]]:
    """Put the chosen customers on the profile tried, as if it were switched on."""
    profile = next((p for p in profiles if p.id == trial.profile_id), None)
    if trial.columns:
        by_email = {column.with_email: column for column in trial.columns}
    elif profile:
        by_email = {
            s.with_email: replace(s, is_active=True)
            for s in scenarios
            if s.pair_id == profile.pair_id
        }
    else:
        return
    for customer_id in chosen:
        if customer_id in situations.of:
            situation = situations.of[customer_id]
            yield (
                customer_id,
                replace(
                    situation,
                    profile=profile or situation.profile,
                    with_email=by_email.get(True),
                    without_email=by_email.get(False),
                ),
            )


def _waiting(
    books: Books, entity_id: EntityId, courtesy: Courtesy, today: date
) -> Iterator[Waiting]:
    """List what waits in the outbox, and what its leaving changes."""
    messages = books.outbox.all(entity_id, PENDING_STATES)
    history = books.activities.level_history(entity_id) if messages else {}
    for message in messages:
        lines = books.outbox.items_of(message.id)
        yield Waiting(
            customer_id=message.customer_id,
            leaves_on=_leaves_on(message, courtesy, today),
            item_ids=frozenset(line.item_id for line in lines),
            reached=tuple(
                (one.item_id, one.kind, one.level)
                for one in levels_reached(message, lines, history)
            ),
            deadline_on=message.deadline_on if message.counts else None,
        )


def _leaves_on(message: OutboxMessage, courtesy: Courtesy, today: date) -> date:
    if message.channel is not Channel.EMAIL or message.even_on == today:
        return today
    return courtesy.next_open(today)


def _only(day: RehearsedDay, chosen: Collection[CustomerId]) -> RehearsedDay:
    messages = tuple(m for m in day.messages if m.customer_id in chosen)
    return replace(day, messages=messages)
