"""What holds of every situation: found out with generated ones."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.dunning.exclusions import Standing, standing_exclusions
from domain.dunning.planned import PlannedMessage, Reason
from domain.dunning.position import Position
from domain.dunning.profile import Grouping
from domain.dunning.scenario import Reference, Scenario, StepKind, Trigger
from domain.dunning.situation import CustomerSituation
from domain.dunning.steps import next_step
from domain.ledger.entity import DunningOptions
from domain.ledger.open_item import OpenItem
from tests.builders import (
    TODAY,
    a_customer,
    a_dispute,
    a_hold,
    a_profile,
    a_promise,
    a_scenario,
    a_step,
    an_item,
)
from tests.domain.playing import Play, a_situation, days_from

NUMBERS = ["FA-1", "FA-2", "FA-3", "FA-4"]
NO_LIMITS = DunningOptions(days_between_contacts=0)
DAYS = st.integers(-20, 20).map(lambda n: TODAY + timedelta(days=n))


def in_some_currency(item: OpenItem, currency: str) -> OpenItem:
    return replace(
        item,
        invoiced=Money(item.invoiced.cents, currency),
        settled=Money(0, currency),
    )


def items(lowest_cents: int = -300_00) -> st.SearchStrategy[tuple[OpenItem, ...]]:
    """A few items: debits, credits, late or not, some without due date."""
    one = st.builds(
        lambda late, cents, currency: in_some_currency(
            an_item(days_late=late, cents=cents), currency
        ),
        st.integers(-30, 60),
        st.integers(lowest_cents, 900_00).filter(bool),
        st.sampled_from(["EUR", "EUR", "USD"]),
    )
    undated = one.map(lambda item: replace(item, due_on=None))
    return st.lists(one | one | undated, min_size=1, max_size=len(NUMBERS)).map(
        lambda found: tuple(
            replace(item, id=ItemId(number), reference=number)
            for item, number in zip(found, NUMBERS, strict=False)
        )
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Sensible and odd scenarios: any delays, any step switched off."""
    delays = draw(st.lists(st.integers(0, 40), min_size=1, max_size=4))
    reminders = [
        a_step(
            level=level,
            delay_days=delay,
            trigger=draw(st.sampled_from(Trigger)),
            payment_days=draw(st.integers(0, 10)),
            is_active=draw(st.sampled_from([True, True, True, False])),
        )
        for level, delay in enumerate(delays, start=1)
    ]
    notice = a_step(
        level=0,
        kind=StepKind.ADVANCE_NOTICE,
        delay_days=-draw(st.integers(1, 15)),
        is_active=draw(st.booleans()),
    )
    return a_scenario(
        steps=(notice, *reminders),
        reference=draw(st.sampled_from(Reference)),
        repeat_last_days=draw(st.sampled_from([None, None, 1, 9])),
    )


@st.composite
def situations(draw: st.DrawFn) -> CustomerSituation:
    """Any customer: blocks, promises, levels reached, waiting messages."""
    some = st.lists(st.sampled_from(NUMBERS), max_size=1)
    one_or_all = st.lists(st.sampled_from([None, *NUMBERS, *NUMBERS]), max_size=1)
    positions = st.builds(
        lambda level, on: Position(level=level, reached_on=on if level else None),
        st.integers(0, 7),
        DAYS.filter(lambda day: day <= TODAY),
    )
    return a_situation(
        *draw(items()),
        customer=a_customer(
            is_counter_sale=draw(st.sampled_from([False, False, False, True]))
        ),
        profile=a_profile(grouping=draw(st.sampled_from(Grouping))),
        with_email=draw(scenarios()),
        positions=draw(st.dictionaries(st.sampled_from(NUMBERS), positions)),
        holds=tuple(a_hold(item_id=n, ends_on=draw(DAYS)) for n in draw(some)),
        disputes=tuple(a_dispute(item_id=n) for n in draw(one_or_all)),
        promises=tuple(
            a_promise(item_id=n, promised_for=draw(DAYS)) for n in draw(one_or_all)
        ),
        excluded=frozenset(draw(some)),
        pending={ItemId(n): TODAY for n in draw(some)},
        email_problem=draw(st.sampled_from(["", "", "odd"])),
        last_contact_on=draw(st.none() | DAYS),
    )


OPTIONS = st.builds(
    DunningOptions,
    item_threshold=st.integers(0, 100_00).map(Money),
    message_minimum=st.integers(0, 100_00).map(Money),
    message_ceiling=st.none() | st.integers(100_00, 900_00).map(Money),
    days_between_contacts=st.integers(0, 7),
)
PLAYS = st.builds(Play, situations(), OPTIONS)
# Nothing blocks and nothing is owed to the customer: only time decides.
FREE_PLAYS = st.builds(
    lambda found, scenario, grouping, options: Play(
        a_situation(*found, with_email=scenario, profile=a_profile(grouping=grouping)),
        options,
    ),
    items(lowest_cents=1),
    scenarios(),
    st.sampled_from(Grouping),
    st.builds(DunningOptions, days_between_contacts=st.integers(0, 7)),
)
VISITS = st.lists(st.integers(1, 25), min_size=1, max_size=15).map(
    lambda pauses: [TODAY + timedelta(days=n) for n in accumulate(pauses)]
)


def proposed(play: Play, today: date = TODAY) -> list[tuple[PlannedMessage, OpenItem]]:
    return [(m, item) for m in play.look(today).messages for item in m.items]


@settings(deadline=None)
@given(PLAYS)
def test_every_open_item_stands_exactly_once_in_a_plan(play: Play) -> None:
    plan = play.look(TODAY)
    told = [item.id for _, item in proposed(play)]
    told += [left_out.item.id for left_out in plan.left_out]

    assert Counter(told) == Counter(item.id for item in play.situation.open_items)


@settings(deadline=None)
@given(PLAYS)
def test_every_item_not_proposed_has_a_reason_and_no_other_has(play: Play) -> None:
    plan = play.look(TODAY)
    unexplained = [one for one in plan.left_out if not one.exclusions]
    explained = {one.item.id for one in plan.left_out}

    assert unexplained == []
    assert explained.isdisjoint(item.id for _, item in proposed(play))


HAPPENED = {
    Reason.CUSTOMER_HOLD,
    Reason.ITEM_HOLD,
    Reason.SET_ASIDE,
    Reason.DISPUTE,
    Reason.PROMISE_TO_COME,
    Reason.CONTACTED_RECENTLY,
    Reason.CONTACTED_OFTEN,
    Reason.PENDING_MESSAGE,
    Reason.CREDIT_UNUSED,
}
"""The reasons that come from something that happened on a day."""


@settings(deadline=None)
@given(PLAYS)
def test_what_is_kept_back_by_something_says_since_when(play: Play) -> None:
    plan = play.look(TODAY)

    for one in plan.left_out:
        for exclusion in one.exclusions:
            has_day = exclusion.since is not None
            assert has_day or exclusion.reason not in HAPPENED
            reached = play.situation.position(one.item).reached_on
            if exclusion.reason in {Reason.STEP_NOT_DUE, Reason.END_OF_SCENARIO}:
                assert exclusion.since == reached


@settings(deadline=None)
@given(PLAYS)
def test_a_message_asks_for_the_sum_of_its_lines_and_for_something(play: Play) -> None:
    for message in play.look(TODAY).messages:
        assert message.total.cents == sum(item.left.cents for item in message.items)
        assert {item.left.currency for item in message.items} == {
            message.total.currency
        }
        assert message.total.cents > 0
        assert message.due_since <= TODAY


@settings(deadline=None)
@given(PLAYS)
def test_one_message_per_level_and_currency(play: Play) -> None:
    codes = Counter((m.step.code, m.total.currency) for m in play.look(TODAY).messages)

    assert set(codes.values()) <= {1}


@settings(deadline=None)
@given(PLAYS)
def test_a_notice_holds_only_debits_that_are_not_due(play: Play) -> None:
    for message, item in proposed(play):
        if message.step.kind is StepKind.ADVANCE_NOTICE:
            assert not item.is_credit
            assert item.due_on
            assert item.due_on > TODAY


@settings(deadline=None)
@given(PLAYS)
def test_no_message_lowers_a_level(play: Play) -> None:
    for message, item in proposed(play):
        if message.step.kind is StepKind.REMINDER and not item.is_credit:
            assert message.step.level >= play.situation.position(item).level


@settings(deadline=None)
@given(PLAYS, st.sampled_from([1, None]))
def test_nothing_sent_today_is_proposed_again_today(
    play: Play, how_many: int | None
) -> None:
    play.options = replace(play.options, days_between_contacts=0)
    messages = play.look(TODAY).messages[:how_many]
    sent = {item.id for m in messages for item in m.items if not item.is_credit}

    for message in messages:
        play.send(message, TODAY)

    assert sent.isdisjoint(item.id for _, item in proposed(play))


def gap_days(scenario: Scenario, level: int) -> int:
    """Count, independently, the days that follow a reminder of this level."""
    on_calendar, place = {}, 0
    for step in scenario.reminders:
        place = step.delay_days + (place if step.trigger is Trigger.PREVIOUS else 0)
        on_calendar[step.level] = place
    later = [step for step in scenario.reminders if step.level > level]
    if not later:
        return scenario.repeat_last_days or 0
    if later[0].trigger is Trigger.PREVIOUS:
        return later[0].delay_days
    return on_calendar[later[0].level] - on_calendar[level]


@settings(max_examples=200, deadline=None)
@given(FREE_PLAYS, VISITS)
def test_two_reminders_of_an_item_are_never_within_the_gap(
    play: Play, visits: list[date]
) -> None:
    play.work(visits)

    scenario = play.situation.scenario
    assert scenario
    for number in NUMBERS:
        for done, after in pairwise(play.reminders(number)):
            waited = (after.reached_on - done.reached_on).days
            assert waited >= max(1, gap_days(scenario, done.level))
            assert done.deadline_on
            assert after.reached_on > done.deadline_on


@settings(max_examples=200, deadline=None)
@given(FREE_PLAYS, VISITS)
def test_levels_are_climbed_one_at_a_time(play: Play, visits: list[date]) -> None:
    play.work(visits)

    assert play.situation.scenario
    levels = [step.level for step in play.situation.scenario.reminders]
    for number in NUMBERS:
        climbed = play.levels(number)
        once = climbed[: len(levels)]
        if play.situation.profile.grouping is Grouping.PER_LEVEL:
            assert once == levels[: len(once)]
            assert set(climbed[len(levels) :]) <= {levels[-1] if levels else None}
        else:
            assert climbed == sorted(climbed)


@settings(max_examples=50, deadline=None)
@given(items(lowest_cents=1), scenarios())
def test_the_order_of_levels_is_the_same_daily_weekly_or_monthly(
    found: tuple[OpenItem, ...], scenario: Scenario
) -> None:
    climbed = []
    for every in (1, 7, 30):
        play = Play(
            a_situation(*found, with_email=replace(scenario, repeat_last_days=None)),
            NO_LIMITS,
        )
        play.work(days_from(TODAY, 400, every))
        climbed.append([play.levels(number) for number in NUMBERS])

    assert climbed[0] == climbed[1] == climbed[2]


@settings(deadline=None)
@given(FREE_PLAYS, VISITS, st.integers(1, 899_99), st.sampled_from(NUMBERS))
def test_a_payment_never_raises_a_level(
    play: Play, visits: list[date], cents: int, number: str
) -> None:
    *earlier, today = visits
    play.work(earlier)
    before = {item.id: message.step.level for message, item in proposed(play, today)}
    positions = dict(play.situation.positions)

    for item in play.situation.open_items:
        if item.id == number:
            amount = min(Money(cents, item.left.currency), item.left)
            play.pay(item, amount, today)

    assert dict(play.situation.positions) == positions
    for message, item in proposed(play, today):
        assert message.step.level <= before[item.id]


@settings(deadline=None)
@given(FREE_PLAYS, VISITS)
def test_cancelling_a_payment_restores_what_was_proposed(
    play: Play, visits: list[date]
) -> None:
    *earlier, today = visits
    play.work(earlier)
    before = play.situation
    expected = play.look(today)

    play.pay(before.open_items[0], before.open_items[0].left, today)
    play.situation = replace(
        play.situation, open_items=before.open_items, settled_items=()
    )

    assert play.look(today) == expected


@settings(deadline=None)
@given(PLAYS)
def test_the_order_of_the_items_does_not_matter(play: Play) -> None:
    first = play.look(TODAY).messages
    backwards = play.situation.open_items[::-1]
    play.situation = replace(play.situation, open_items=backwards)

    again = play.look(TODAY).messages

    assert sorted(first, key=code_of) == sorted(again, key=code_of)


def code_of(message: PlannedMessage) -> tuple[str, str]:
    return message.step.code, message.total.currency


@settings(deadline=None)
@given(items(), scenarios(), st.integers(0, 60))
def test_a_step_once_due_stays_due_until_it_is_done(
    found: tuple[OpenItem, ...], scenario: Scenario, days: int
) -> None:
    for item in found:
        now = next_step(item, scenario, Position(), TODAY)
        later = next_step(item, scenario, Position(), TODAY + timedelta(days=days))
        if now and later and now.step == later.step:
            assert later.due_on == now.due_on


@given(situations())
def test_what_stands_against_an_item_does_not_depend_on_the_items_before_it(
    situation: CustomerSituation,
) -> None:
    standing = Standing(situation, NO_LIMITS, TODAY)

    together = [standing.against(item) for item in situation.open_items * 2]

    assert together == [
        standing_exclusions(item, situation, NO_LIMITS, TODAY)
        for item in situation.open_items * 2
    ]
