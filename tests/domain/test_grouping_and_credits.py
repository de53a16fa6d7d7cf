"""What one message contains: items of a level or the account, and credits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.basics.money import Money
from domain.dunning.planned import Reason
from domain.dunning.position import Position
from domain.dunning.profile import Profile
from domain.dunning.scenario import Trigger
from domain.ledger.open_item import OpenItem
from tests.builders import TODAY, a_hold, a_promise, a_scenario, a_step, an_item
from tests.domain.playing import (
    OPTIONS,
    WHOLE_ACCOUNT,
    Play,
    a_situation,
    days_from,
    messages,
    plan,
    reached,
    reasons,
)

DAY = timedelta(days=1)
FIRST = an_item(days_late=20, reference="FA-001")
SECOND = an_item(days_late=50, reference="FA-002")
THIRD = an_item(days_late=90, reference="FA-003")
CLIMBED = {"FA-002": reached(1, days_ago=9), "FA-003": reached(2, days_ago=9)}
CREDIT = an_item(days_late=15, cents=-50_00, reference="AV-1")


def in_dollars(cents: int, reference: str, days_late: int = 12) -> OpenItem:
    return an_item(
        days_late=days_late,
        reference=reference,
        invoiced=Money(cents, "USD"),
        settled=Money(0, "USD"),
    )


def test_per_level_items_of_one_level_make_one_message() -> None:
    fourth = an_item(days_late=30, reference="FA-004")
    found = plan(a_situation(FIRST, SECOND, THIRD, fourth, positions=CLIMBED))

    assert sorted(messages(found)) == [
        ("R1", ["FA-004", "FA-001"]),
        ("R2", ["FA-002"]),
        ("R3", ["FA-003"]),
    ]


def test_a_whole_account_makes_one_message_at_the_highest_next_level() -> None:
    found = plan(
        a_situation(FIRST, SECOND, THIRD, positions=CLIMBED, profile=WHOLE_ACCOUNT)
    )

    assert messages(found) == [("R3", ["FA-003", "FA-002", "FA-001"])]


def test_the_grouping_may_change_from_one_look_to_the_next() -> None:
    play = Play(a_situation(FIRST, SECOND))
    play.work([TODAY])
    whole = replace(play.situation, profile=WHOLE_ACCOUNT)
    found = plan(whole, today=TODAY + 8 * DAY)

    assert messages(found) == [("R2", ["FA-002", "FA-001"])]


def test_an_overdue_item_rides_along_with_the_message_for_the_account() -> None:
    young, to_come = (
        an_item(days_late=1, reference="FA-002"),
        an_item(days_late=0, reference="FA-003"),
    )
    found = plan(a_situation(FIRST, young, to_come, profile=WHOLE_ACCOUNT))

    assert messages(found) == [("R1", ["FA-001", "FA-002"])]
    assert reasons(found, "FA-003") == [Reason.NOT_DUE_YET]


def test_an_item_noticed_lately_rides_along_too() -> None:
    young = an_item(days_late=2, reference="FA-002")
    noticed = {"FA-002": Position(noticed_on=TODAY - 6 * DAY)}
    found = plan(a_situation(FIRST, young, positions=noticed, profile=WHOLE_ACCOUNT))

    assert messages(found) == [("R1", ["FA-001", "FA-002"])]


def test_nothing_rides_along_unless_a_step_is_due() -> None:
    young = an_item(days_late=2)
    found = plan(a_situation(young, profile=WHOLE_ACCOUNT))

    assert reasons(found) == [Reason.STEP_NOT_DUE]


def test_an_item_reminded_within_the_gap_does_not_ride_along() -> None:
    positions = {"FA-002": reached(1, days_ago=6), "FA-003": reached(2, days_ago=9)}
    found = plan(a_situation(SECOND, THIRD, positions=positions, profile=WHOLE_ACCOUNT))

    assert messages(found) == [("R3", ["FA-003"])]
    assert reasons(found, "FA-002") == [Reason.STEP_NOT_DUE]


def test_an_item_rides_along_once_its_gap_has_passed() -> None:
    # Its second step, a day at least after the first one, is due in two days.
    steps = (
        a_step(level=1, delay_days=8),
        a_step(level=2, delay_days=9),
        a_step(level=3, trigger=Trigger.PREVIOUS),
    )
    positions = {"FA-002": reached(1, days_ago=1), "FA-003": reached(2, days_ago=9)}
    young = an_item(days_late=7, reference="FA-002")
    situation = a_situation(
        young,
        THIRD,
        positions=positions,
        profile=WHOLE_ACCOUNT,
        with_email=a_scenario(steps=steps),
    )

    assert messages(plan(situation)) == [("R3", ["FA-003", "FA-002"])]


def test_a_message_for_the_account_never_lowers_a_level() -> None:
    steps = (a_step(level=1), a_step(level=2), a_step(level=3, delay_days=200))
    # Reminded early: what separates two levels has passed, its day has not come.
    ahead = an_item(days_late=196, reference="FA-003")
    situation = a_situation(
        FIRST,
        ahead,
        positions={"FA-003": reached(2, days_ago=194)},
        profile=WHOLE_ACCOUNT,
        with_email=a_scenario(steps=steps),
    )
    found = plan(situation)

    assert messages(found) == [("R1", ["FA-001"])]
    assert reasons(found, "FA-003") == [Reason.STEP_NOT_DUE]


def test_an_item_rides_along_up_to_the_highest_level_of_those_due() -> None:
    steps = (a_step(level=1), a_step(level=2, delay_days=100), a_step(level=3))
    positions = {"FA-002": reached(1, days_ago=95), "FA-003": reached(2, days_ago=99)}
    between = an_item(days_late=99, reference="FA-002")
    found = plan(
        a_situation(
            FIRST,
            between,
            THIRD,
            positions=positions,
            profile=WHOLE_ACCOUNT,
            with_email=a_scenario(steps=steps),
        )
    )

    assert messages(found) == [("R3", ["FA-002", "FA-003", "FA-001"])]


def test_items_at_the_end_of_the_scenario_stay_out_of_the_account() -> None:
    found = plan(
        a_situation(
            FIRST,
            THIRD,
            positions={"FA-003": reached(4, days_ago=60)},
            profile=WHOLE_ACCOUNT,
        )
    )

    assert messages(found) == [("R1", ["FA-001"])]
    assert reasons(found, "FA-003") == [Reason.END_OF_SCENARIO]


def test_blocked_items_stay_out_of_the_account() -> None:
    young = an_item(days_late=2, reference="FA-002")
    holds = (a_hold(item_id="FA-002"),)
    found = plan(a_situation(FIRST, young, holds=holds, profile=WHOLE_ACCOUNT))

    assert messages(found) == [("R1", ["FA-001"])]


def test_a_notice_is_not_part_of_the_message_for_the_account() -> None:
    to_come = an_item(days_late=-3, reference="FA-002")
    found = plan(a_situation(FIRST, to_come, profile=WHOLE_ACCOUNT))

    assert sorted(messages(found)) == [("P", ["FA-002"]), ("R1", ["FA-001"])]


def test_the_due_day_of_a_message_is_that_of_its_oldest_step_not_of_riders() -> None:
    young = an_item(days_late=2, reference="FA-002")
    (message,) = plan(a_situation(young, FIRST, profile=WHOLE_ACCOUNT)).messages

    assert message.due_since == TODAY - 12 * DAY


@pytest.mark.parametrize("profile", [WHOLE_ACCOUNT, a_situation().profile])
def test_each_currency_makes_its_own_message(profile: Profile) -> None:
    items = (FIRST, in_dollars(30_00, "US-1"), in_dollars(-10_00, "US-2"), CREDIT)
    found = plan(a_situation(*items, profile=profile))

    assert {m.total for m in found.messages} == {Money(70_00), Money(20_00, "USD")}


def test_a_debit_of_another_currency_does_not_ride_along() -> None:
    young = in_dollars(30_00, "US-1", days_late=2)
    found = plan(a_situation(FIRST, young, profile=WHOLE_ACCOUNT))

    assert messages(found) == [("R1", ["FA-001"])]


def test_credits_come_last_and_are_deducted_from_a_reminder() -> None:
    earlier = an_item(days_late=40, cents=-10_00, reference="AV-2")
    (message,) = plan(a_situation(CREDIT, FIRST, earlier)).messages

    assert [i.reference for i in message.items] == ["FA-001", "AV-2", "AV-1"]
    assert message.total == Money(60_00)


def test_credits_are_never_deducted_from_a_notice() -> None:
    found = plan(a_situation(an_item(days_late=-3), CREDIT))

    assert messages(found) == [("P", ["FA-001"])]
    assert reasons(found, "AV-1") == [Reason.CREDIT_UNUSED]


def test_per_level_credits_go_with_the_oldest_debit_whatever_its_level() -> None:
    found = plan(a_situation(FIRST, SECOND, THIRD, CREDIT, positions=CLIMBED))

    assert sorted(messages(found)) == [
        ("R1", ["FA-001"]),
        ("R2", ["FA-002"]),
        ("R3", ["FA-003", "AV-1"]),
    ]


def test_a_blocked_credit_is_not_deducted() -> None:
    found = plan(a_situation(FIRST, CREDIT, holds=(a_hold(item_id="AV-1"),)))

    assert messages(found) == [("R1", ["FA-001"])]
    assert reasons(found, "AV-1") == [Reason.ITEM_HOLD]


def test_a_credit_in_a_waiting_message_is_not_deducted_twice() -> None:
    found = plan(a_situation(FIRST, CREDIT, pending={"AV-1": TODAY}))

    assert messages(found) == [("R1", ["FA-001"])]


def test_a_promise_for_the_account_leaves_its_credits_unused() -> None:
    found = plan(a_situation(FIRST, CREDIT, promises=(a_promise(),)))

    assert reasons(found) == [Reason.PROMISE_TO_COME]
    assert reasons(found, "AV-1") == [Reason.CREDIT_UNUSED]


def test_a_message_that_its_credits_pay_is_left_out_with_them() -> None:
    to_come = an_item(days_late=0, cents=900_00, reference="FA-002")
    credit = an_item(cents=-120_00, reference="AV-1")
    found = plan(a_situation(FIRST, to_come, credit))

    assert messages(found) == []
    assert reasons(found) == [Reason.BELOW_MESSAGE_MINIMUM]
    assert reasons(found, "AV-1") == [Reason.BELOW_MESSAGE_MINIMUM]


def test_a_credit_does_not_climb() -> None:
    play = Play(a_situation(an_item(days_late=8), CREDIT))

    play.work(days_from(TODAY, 40))

    assert play.levels("FA-001") == [1, 2, 3, 4]
    assert play.levels("AV-1") == []


def test_what_is_left_is_asked_for_not_what_was_invoiced() -> None:
    item = an_item(days_late=8, settled=Money(20_00))
    (message,) = plan(a_situation(item)).messages

    assert message.total == Money(100_00)


def test_whole_accounts_of_any_order_of_items_make_the_same_message() -> None:
    items = (FIRST, SECOND, THIRD, CREDIT)
    forward = a_situation(*items, profile=WHOLE_ACCOUNT)
    backward = a_situation(*items[::-1], profile=WHOLE_ACCOUNT)

    assert plan(forward).messages == plan(backward).messages


def test_a_customer_reached_yesterday_gets_no_second_message_of_another_level() -> None:
    play = Play(a_situation(an_item(days_late=8), an_item(days_late=7, reference="B")))

    play.work([TODAY, TODAY + DAY])

    assert play.levels("B") == []
    assert reasons(play.look(TODAY + DAY), "B") == [Reason.CONTACTED_RECENTLY]
    assert OPTIONS.days_between_contacts == 5
