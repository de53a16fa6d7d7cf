"""Which step is next, and from which day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.dunning.position import LevelCause, Position, position_from
from domain.dunning.scenario import Reference, Scenario, StepKind, Trigger
from domain.dunning.steps import next_step
from domain.ledger.open_item import OpenItem
from tests.builders import TODAY, a_level_change, a_scenario, a_step, an_item
from tests.domain.playing import reached

DAY = timedelta(days=1)
UNTOUCHED = Position()


def step_of(
    item: OpenItem, position: Position = UNTOUCHED, scenario: Scenario | None = None
) -> tuple[str, int] | None:
    """Tell the next step, and in how many days it is due."""
    found = next_step(item, scenario or a_scenario(), position, TODAY)
    return (found.step.code, (found.due_on - TODAY).days) if found else None


def counted_from_due_date(*delays: int) -> Scenario:
    steps = (
        a_step(level=n, delay_days=delay) for n, delay in enumerate(delays, start=1)
    )
    return a_scenario(steps=tuple(steps))


def without(*codes: str) -> Scenario:
    """Switch steps of the ordinary scenario off."""
    scenario = a_scenario()
    steps = (replace(s, is_active=s.code not in codes) for s in scenario.steps)
    return replace(scenario, steps=tuple(steps))


@pytest.mark.parametrize("days_late", [8, 60, 400])
def test_a_very_late_item_still_starts_with_the_first_reminder(days_late: int) -> None:
    assert step_of(an_item(days_late=days_late)) == ("R1", 8 - days_late)


def test_each_level_leads_to_the_next_one_then_to_the_end() -> None:
    item = an_item(days_late=90)
    found = [step_of(item, reached(level, days_ago=5)) for level in range(1, 5)]

    assert found == [("R2", 3), ("R3", 3), ("R4", 3), None]


def test_a_credit_has_no_step() -> None:
    assert step_of(an_item(cents=-120_00)) is None


def test_an_item_without_due_date_has_no_step() -> None:
    assert step_of(an_item(due_on=None)) is None
    by_invoice = a_scenario(reference=Reference.INVOICE_DATE)

    assert step_of(an_item(due_on=None), scenario=by_invoice) is None


def test_the_advance_notice_comes_before_the_due_date_and_not_on_it() -> None:
    assert step_of(an_item(days_late=-10)) == ("P", 2)
    assert step_of(an_item(days_late=-1)) == ("P", -7)
    assert step_of(an_item(days_late=0)) == ("R1", 8)


def test_an_item_first_seen_after_its_due_date_never_gets_the_notice() -> None:
    assert step_of(an_item(days_late=1)) == ("R1", 7)


def test_an_item_warned_once_is_not_warned_again() -> None:
    warned = Position(noticed_on=TODAY - DAY)

    assert step_of(an_item(days_late=-7), warned) == ("R1", 15)


def test_an_item_raised_by_hand_before_its_due_date_gets_no_notice() -> None:
    raised = reached(1, days_ago=0)

    assert step_of(an_item(days_late=-7), raised) == ("R2", 8)


def test_a_notice_sent_late_pushes_the_first_reminder_back() -> None:
    # 16 days stand between the notice and the first reminder.
    warned = Position(noticed_on=TODAY - 3 * DAY)

    assert step_of(an_item(days_late=0), warned) == ("R1", 13)


def test_a_notice_sent_on_time_leaves_the_first_reminder_on_its_day() -> None:
    warned = Position(noticed_on=TODAY - 16 * DAY)

    assert step_of(an_item(days_late=8), warned) == ("R1", 0)


def test_a_notice_switched_off_since_still_counts() -> None:
    warned = Position(noticed_on=TODAY - DAY)

    assert step_of(an_item(days_late=8), warned, without("P")) == ("R1", 15)


def test_a_first_reminder_counted_from_a_previous_one_starts_from_the_due_date() -> (
    None
):
    scenario = a_scenario()
    after = replace(a_step(level=1), trigger=Trigger.PREVIOUS)
    scenario = replace(scenario, steps=(scenario.steps[0], after))
    warned = Position(noticed_on=TODAY - 3 * DAY)

    assert step_of(an_item(days_late=8), scenario=scenario) == ("R1", 0)
    assert step_of(an_item(days_late=0), warned, scenario) == ("R1", 13)


def test_the_invoice_date_drives_the_reminders_and_disables_the_notice() -> None:
    by_invoice = a_scenario(reference=Reference.INVOICE_DATE)
    item = an_item(days_late=-10)  # invoiced 20 days ago

    assert step_of(item, scenario=by_invoice) == ("R1", -12)


def test_a_reminder_of_delay_zero_is_due_on_the_due_date_itself() -> None:
    scenario = counted_from_due_date(0)

    assert step_of(an_item(days_late=0), scenario=scenario) == ("R1", 0)


def test_a_first_reminder_sent_late_pushes_the_second_one_back() -> None:
    scenario = counted_from_due_date(10, 30)
    late, on_time = reached(1, days_ago=1), reached(1, days_ago=31)

    assert step_of(an_item(days_late=41), late, scenario) == ("R2", 19)
    assert step_of(an_item(days_late=41), on_time, scenario) == ("R2", -11)


def test_a_first_reminder_sent_early_does_not_hasten_the_second_one() -> None:
    scenario = counted_from_due_date(10, 30)
    early = reached(1, days_ago=20)

    assert step_of(an_item(days_late=25), early, scenario) == ("R2", 5)


def test_a_step_counted_from_the_due_date_keeps_its_distance_from_counted_ones() -> (
    None
):
    scenario = a_scenario(
        steps=(
            a_step(level=1, delay_days=8),
            a_step(level=2, delay_days=8, trigger=Trigger.PREVIOUS),
            a_step(level=3, delay_days=30),
        )
    )
    second = reached(2, days_ago=4)  # stands on day 16, day 30 is 14 days away

    assert step_of(an_item(days_late=50), second, scenario) == ("R3", 10)


def test_the_deadline_given_in_the_previous_message_is_left_to_pass() -> None:
    given = reached(1, days_ago=8, deadline_in=2)

    assert step_of(an_item(days_late=30), given) == ("R2", 3)
    passed = reached(1, days_ago=8, deadline_in=-1)

    assert step_of(an_item(days_late=30), passed) == ("R2", 0)


def test_steps_switched_off_are_skipped() -> None:
    item = an_item(days_late=90)

    assert step_of(item, scenario=without("R1")) == ("R2", -82)
    assert step_of(item, reached(1, days_ago=8), without("R2")) == ("R3", 0)
    assert step_of(item, reached(3, days_ago=8), without("R4")) is None
    assert step_of(item, scenario=without("R1", "R2", "R3", "R4")) is None


def test_a_step_switched_off_after_it_was_done_still_leads_to_the_next_one() -> None:
    found = step_of(an_item(days_late=90), reached(2, days_ago=5), without("R2"))

    assert found == ("R3", 3)


def test_reminders_are_listed_by_level_without_the_other_steps() -> None:
    mixed = replace(without("R3"), steps=without("R3").steps[::-1])

    assert [step.code for step in mixed.reminders] == ["R1", "R2", "R4"]


def test_a_level_that_the_scenario_no_longer_has_counts_as_the_one_below() -> None:
    scenario = a_scenario(
        steps=(a_step(level=1, delay_days=10), a_step(level=3, delay_days=30))
    )

    found = step_of(an_item(days_late=90), reached(2, days_ago=5), scenario)

    assert found == ("R3", 15)


def test_a_level_below_every_step_counts_from_the_reference() -> None:
    notice = a_scenario().steps[0]
    scenario = a_scenario(steps=(notice, a_step(level=3, delay_days=30)))

    found = step_of(an_item(days_late=90), reached(1, days_ago=5), scenario)

    assert found == ("R3", 25)


def test_the_last_step_may_be_repeated() -> None:
    repeating = a_scenario(repeat_last_days=10)

    assert step_of(an_item(days_late=90), reached(4, days_ago=3), repeating) == (
        "R4",
        7,
    )


def test_a_repeated_step_also_lets_the_deadline_pass() -> None:
    repeating = a_scenario(repeat_last_days=5)
    asked = reached(4, days_ago=5, deadline_in=3)

    assert step_of(an_item(days_late=90), asked, repeating) == ("R4", 4)


def test_the_last_active_step_is_the_one_repeated() -> None:
    repeating = replace(without("R4"), repeat_last_days=10)

    assert step_of(an_item(days_late=90), reached(3, days_ago=3), repeating) == (
        "R3",
        7,
    )


@pytest.mark.parametrize("repeat_last_days", [None, 10])
def test_an_item_taken_over_above_the_last_level_is_at_the_end(
    repeat_last_days: int | None,
) -> None:
    scenario = a_scenario(repeat_last_days=repeat_last_days)

    assert step_of(an_item(days_late=90), reached(7, days_ago=30), scenario) is None


def test_a_scenario_without_reminder_repeats_nothing() -> None:
    empty = replace(without("R1", "R2", "R3", "R4"), repeat_last_days=10)

    assert step_of(an_item(days_late=90), reached(4, days_ago=30), empty) is None


@pytest.mark.parametrize("delays", [(8, 8), (20, 10)])
def test_two_reminders_never_fall_on_one_day_whatever_the_delays(
    delays: tuple[int, int],
) -> None:
    today = reached(1, days_ago=0)

    found = step_of(an_item(days_late=90), today, counted_from_due_date(*delays))

    assert found == ("R2", 1)


def test_a_delay_of_zero_after_the_previous_reminder_waits_for_tomorrow() -> None:
    scenario = a_scenario(
        steps=(
            a_step(level=1),
            a_step(level=2, delay_days=0, trigger=Trigger.PREVIOUS),
        )
    )

    found = step_of(an_item(days_late=90), reached(1, days_ago=0), scenario)

    assert found == ("R2", 1)


def test_a_level_set_by_hand_decides_the_next_step_from_its_own_day() -> None:
    history = [
        a_level_change(level=1, days_ago=40),
        a_level_change(level=3, days_ago=2, cause=LevelCause.BY_HAND),
    ]

    assert step_of(an_item(days_late=90), position_from(history)) == ("R4", 6)


def test_a_level_lowered_by_hand_to_zero_starts_again_at_once() -> None:
    history = [
        a_level_change(level=2, days_ago=40),
        a_level_change(level=0, days_ago=0, cause=LevelCause.BY_HAND),
    ]

    assert step_of(an_item(days_late=90), position_from(history)) == ("R1", -82)


def test_a_position_is_read_off_the_whole_history() -> None:
    history = [
        a_level_change(kind=StepKind.ADVANCE_NOTICE, level=0, days_ago=30),
        a_level_change(level=1, days_ago=20, deadline_on=TODAY - 13 * DAY),
        a_level_change(level=2, days_ago=10, deadline_on=TODAY - 3 * DAY),
        a_level_change(kind=StepKind.THANK_YOU, level=0, days_ago=1),
    ]

    assert position_from(history) == Position(
        level=2,
        reached_on=TODAY - 10 * DAY,
        deadline_on=TODAY - 3 * DAY,
        noticed_on=TODAY - 30 * DAY,
        thanked_on=TODAY - DAY,
    )
