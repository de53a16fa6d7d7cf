"""A run by criteria: the level that each rule gives, and what is refused."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.dunning.courtesy import Courtesy
from domain.dunning.criteria import (
    LevelRule,
    Output,
    RunRules,
    ThresholdsOrderError,
    customer_level,
    decide,
    plan_run,
)
from domain.dunning.planned import Plan, Reason
from domain.dunning.scenario import Channel
from domain.dunning.situation import CustomerSituation
from domain.ledger.entity import DunningOptions
from tests.builders import TODAY, a_dispute, a_hold, a_promise, an_item
from tests.domain.playing import (
    OPTIONS,
    WHOLE_ACCOUNT,
    a_situation,
    messages,
    reached,
    reasons,
)
from tests.domain.test_dunning_properties import NUMBERS, situations
from tests.domain.test_dunning_properties import OPTIONS as ANY_OPTIONS

RULES = st.builds(
    RunRules,
    rule=st.sampled_from(LevelRule),
    stated_level=st.integers(1, 5),
    thresholds=st.lists(st.integers(0, 60), min_size=1, max_size=5, unique=True).map(
        lambda days: tuple(sorted(days))
    ),
    reissue=st.booleans(),
    minimum=st.integers(0, 300_00).map(Money),
    output=st.sampled_from(Output),
)
TICKS = st.sets(st.sampled_from(NUMBERS)).map(
    lambda names: frozenset(ItemId(name) for name in names)
)
BY_DAYS = RunRules(rule=LevelRule.BY_DAYS, thresholds=(8, 16, 24, 32))
AGAIN = RunRules(reissue=True)


def run(
    situation: CustomerSituation,
    rules: RunRules = AGAIN,
    options: DunningOptions = OPTIONS,
) -> Plan:
    every = [item.id for item in situation.open_items]
    return plan_run(situation, every, rules, options, TODAY)


@settings(deadline=None)
@given(situations(), TICKS, RULES, ANY_OPTIONS)
def test_every_ticked_item_is_in_one_message_or_refused_with_a_reason(
    situation: CustomerSituation,
    ticked: frozenset[ItemId],
    rules: RunRules,
    options: DunningOptions,
) -> None:
    plan = plan_run(situation, ticked, rules, options, TODAY)
    open_ids = {item.id for item in situation.open_items}
    told = [i.id for m in plan.messages for i in m.items]
    refused = [left_out.item.id for left_out in plan.left_out]
    deducted = {i.id for i in situation.open_items if i.is_credit}

    assert max(Counter(told + refused).values(), default=0) <= 1
    assert (ticked & open_ids) - {*told, *refused} == set()
    assert {*told, *refused} - ticked <= deducted
    assert all(left_out.exclusions for left_out in plan.left_out)


@settings(deadline=None)
@given(situations(), RULES, ANY_OPTIONS)
def test_each_message_gives_the_level_of_the_rule_and_only_a_stated_one_lowers(
    situation: CustomerSituation, rules: RunRules, options: DunningOptions
) -> None:
    for message in run(situation, rules, options).messages:
        level = message.step.level
        for item in (i for i in message.items if not i.is_credit):
            now_at = situation.position(item).level
            if rules.rule is LevelRule.STATED:
                assert level == rules.stated_level
            else:
                assert level >= now_at
            if rules.rule is LevelRule.CUSTOMER:
                assert level == customer_level(situation)
            if not rules.reissue:
                assert level != now_at
        assert message.total.cents >= max(1, rules.minimum.cents)
        assert len({item.currency for item in message.items}) == 1


@settings(deadline=None)
@given(situations(), RULES, ANY_OPTIONS)
def test_one_customer_gets_one_message_per_step_and_currency(
    situation: CustomerSituation, rules: RunRules, options: DunningOptions
) -> None:
    keys = [
        (message.step.code, message.total.currency)
        for message in run(situation, rules, options).messages
    ]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("days_late", "step"), [(8, "R1"), (15, "R1"), (16, "R2"), (31, "R3"), (90, "R4")]
)
def test_by_days_overdue_gives_the_highest_level_whose_days_have_passed(
    days_late: int, step: str
) -> None:
    plan = run(a_situation(an_item(days_late=days_late)), BY_DAYS)

    assert messages(plan) == [(step, ["FA-001"])]


def test_an_item_below_every_threshold_is_not_late_enough() -> None:
    plan = run(a_situation(an_item(days_late=7)), BY_DAYS)

    assert reasons(plan) == [Reason.NOT_LATE_ENOUGH]


def test_a_stated_level_may_lower_and_days_overdue_may_not() -> None:
    situation = a_situation(
        an_item(days_late=9), positions={"FA-001": reached(3, days_ago=30)}
    )

    stated = run(situation, RunRules(rule=LevelRule.STATED, stated_level=1))
    assert messages(stated) == [("R1", ["FA-001"])]
    assert reasons(run(situation, BY_DAYS)) == [Reason.LEVEL_PASSED]


def test_the_same_level_goes_again_only_when_allowed() -> None:
    situation = a_situation(
        an_item(days_late=60), positions={"FA-001": reached(4, days_ago=20)}
    )

    assert reasons(run(situation, BY_DAYS)) == [Reason.ALREADY_AT_LEVEL]
    assert reasons(run(situation, RunRules())) == [Reason.END_OF_SCENARIO]
    for rules in (AGAIN, replace(BY_DAYS, reissue=True)):
        assert messages(run(situation, rules)) == [("R4", ["FA-001"])]


def test_sending_again_ignores_the_days_between_contacts_but_not_today() -> None:
    rules = RunRules(rule=LevelRule.STATED, stated_level=1, reissue=True)
    situation = a_situation(
        an_item(), positions={"FA-001": reached(1, days_ago=1)}, last_contact_on=TODAY
    )
    yesterday = replace(situation, last_contact_on=TODAY.replace(day=30))

    assert reasons(run(situation, rules)) == [Reason.CONTACTED_RECENTLY]
    assert messages(run(yesterday, rules)) == [("R1", ["FA-001"])]
    assert reasons(run(yesterday, RunRules())) == [Reason.CONTACTED_RECENTLY]


def test_a_run_respects_the_weekly_cap_but_not_where_it_sends_again() -> None:
    lately = TODAY - timedelta(days=1)
    situation = a_situation(
        an_item(),
        contacts=(lately,),
        courtesy=Courtesy(contacts_per_week=1),
        positions={"FA-001": reached(1, days_ago=9)},
    )
    again = RunRules(rule=LevelRule.STATED, stated_level=1, reissue=True)

    assert reasons(run(situation, RunRules())) == [Reason.CONTACTED_OFTEN]
    assert messages(run(situation, again)) == [("R1", ["FA-001"])]


@pytest.mark.parametrize(
    ("blocked", "reason"),
    [
        ({"holds": (a_hold(),)}, Reason.CUSTOMER_HOLD),
        ({"disputes": (a_dispute(),)}, Reason.DISPUTE),
        ({"promises": (a_promise(),)}, Reason.PROMISE_TO_COME),
        ({"excluded": frozenset([ItemId("FA-001")])}, Reason.EXCLUDED),
        ({"pending": {ItemId("FA-001"): TODAY}}, Reason.PENDING_MESSAGE),
        ({"set_aside_on": TODAY}, Reason.SET_ASIDE),
        ({"with_email": None}, Reason.NO_SCENARIO),
    ],
)
def test_no_rule_forces_what_is_blocked(
    blocked: dict[str, object], reason: Reason
) -> None:
    situation = replace(a_situation(an_item(days_late=40)), **blocked)  # type: ignore[arg-type]
    for rule in LevelRule:
        plan = run(situation, RunRules(rule=rule, reissue=True))
        assert not plan.messages
        assert reasons(plan)[0] is reason


def test_a_formal_notice_stays_a_letter_and_letters_can_be_asked_for_all() -> None:
    by_email = a_situation(an_item(days_late=40))

    (formal,) = run(by_email, BY_DAYS).messages
    (first,) = run(by_email).messages
    (letter,) = run(by_email, RunRules(output=Output.LETTER)).messages
    assert (formal.channel, first.channel) == (Channel.LETTER, Channel.EMAIL)
    assert letter.channel is Channel.LETTER


def test_credits_are_deducted_from_the_message_of_the_oldest_item() -> None:
    situation = a_situation(
        an_item(reference="FA-1", days_late=40, cents=100_00),
        an_item(reference="FA-2", days_late=9, cents=50_00),
        an_item(reference="AV-1", days_late=5, cents=-30_00),
    )

    assert messages(run(situation, BY_DAYS)) == [
        ("R4", ["FA-1", "AV-1"]),
        ("R1", ["FA-2"]),
    ]


def test_the_minimum_counts_what_the_message_asks_for() -> None:
    situation = a_situation(
        an_item(cents=100_00), an_item(reference="AV-1", cents=-30_00)
    )

    plan = run(situation, RunRules(minimum=Money(80_00)))
    assert reasons(plan) == [Reason.BELOW_MESSAGE_MINIMUM]


def test_a_whole_account_leaves_in_one_message_at_its_highest_level() -> None:
    situation = a_situation(
        an_item(reference="FA-1", days_late=40),
        an_item(reference="FA-2", days_late=9),
        profile=WHOLE_ACCOUNT,
    )

    assert messages(run(situation, BY_DAYS)) == [("R4", ["FA-1", "FA-2"])]


def test_a_level_that_the_scenario_lacks_is_refused() -> None:
    item = an_item()
    rules = RunRules(rule=LevelRule.STATED, stated_level=6)

    decision = decide(item, a_situation(item), rules, OPTIONS, TODAY)
    assert [e.reason for e in decision.exclusions] == [Reason.LEVEL_NOT_IN_SCENARIO]


def test_a_customer_never_reminded_has_no_level_of_its_own() -> None:
    plan = run(a_situation(an_item()), RunRules(rule=LevelRule.CUSTOMER))

    assert reasons(plan) == [Reason.CUSTOMER_WITHOUT_LEVEL]


def test_thresholds_must_rise() -> None:
    with pytest.raises(ThresholdsOrderError):
        RunRules(thresholds=(8, 8, 20))
