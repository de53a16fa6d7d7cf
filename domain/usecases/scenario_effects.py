"""What a change of scenarios would make of today's work; nothing is written."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.basics.identifiers import EntityId, PairId
from domain.dunning.engine import plan_customer
from domain.dunning.outbox import PENDING_STATES
from domain.dunning.planned import Plan, Reason
from domain.dunning.profile import Profile
from domain.dunning.scenario import Channel, Scenario
from domain.dunning.situation import CustomerSituation
from domain.ports import Books
from domain.usecases.situations import AddressCheck, gather

Work = Mapping[tuple[str, Channel], int]
"""Messages by step and means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioEffect:
    """Whom a change concerns, and what today's work becomes."""

    customers: int
    """Customers with something open, or paid lately, that it concerns."""
    changed: int
    """Those who would receive something else today."""
    before: Work
    after: Work
    ended_before: int
    """Documents at the end of their scenario."""
    ended_after: int
    waiting: int
    """Messages already prepared for these customers: they stay as they are."""


def effect_of_columns(
    books: Books,
    entity_id: EntityId,
    check_address: AddressCheck,
    today: date,
    pair_id: PairId,
    columns: tuple[Scenario | None, Scenario | None],
) -> ScenarioEffect:
    """Tell what becomes of the customers of a scenario, given other columns."""

    def change(situation: CustomerSituation) -> CustomerSituation | None:
        if situation.profile.pair_id != pair_id:
            return None
        return replace(situation, with_email=columns[0], without_email=columns[1])

    return _effect(books, entity_id, check_address, today, change)


def effect_of_profile(
    books: Books,
    entity_id: EntityId,
    check_address: AddressCheck,
    today: date,
    profile: Profile,
    followed: Profile,
) -> ScenarioEffect:
    """Tell what becomes of a profile's customers, reminded as another says."""
    columns = {
        column.with_email: column
        for column in books.scenarios.scenarios(entity_id)
        if column.pair_id == followed.pair_id
    }

    def change(situation: CustomerSituation) -> CustomerSituation | None:
        if situation.profile.id != profile.id:
            return None
        return replace(
            situation,
            profile=followed,
            with_email=columns.get(True),
            without_email=columns.get(False),
        )

    return _effect(books, entity_id, check_address, today, change)


def _effect(
    books: Books,
    entity_id: EntityId,
    check_address: AddressCheck,
    today: date,
    change: Callable[[CustomerSituation], CustomerSituation | None],
) -> ScenarioEffect:
    # On a Sunday too, what a scenario proposes is what is to be compared.
    situations = gather(books, entity_id, check_address, today, even_today=True)
    before, after = Counter[tuple[str, Channel]](), Counter[tuple[str, Channel]]()
    customers, changed, ended = set(), 0, [0, 0]
    for customer_id, situation in situations.of.items():
        other = change(situation)
        if other is None:
            continue
        customers.add(customer_id)
        plans = [
            plan_customer(one, situations.options, today) for one in (situation, other)
        ]
        works = [_work(plan) for plan in plans]
        before += works[0]
        after += works[1]
        changed += works[0] != works[1]
        ended = [n + _ended(plan) for n, plan in zip(ended, plans, strict=True)]
    waiting = books.outbox.all(entity_id, PENDING_STATES)
    return ScenarioEffect(
        customers=len(customers),
        changed=changed,
        before=before,
        after=after,
        ended_before=ended[0],
        ended_after=ended[1],
        waiting=sum(one.customer_id in customers for one in waiting),
    )


def _work(plan: Plan) -> Counter[tuple[str, Channel]]:
    return Counter((m.step.code, m.channel) for m in plan.messages)


def _ended(plan: Plan) -> int:
    return sum(
        one.exclusions[0].reason is Reason.END_OF_SCENARIO for one in plan.left_out
    )
