from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from domain.basics.identifiers import ItemId
from domain.basics.money import Money
from domain.dunning.courtesy import STARTING, Courtesy, QuietPeriod
from domain.dunning.days_off import days_off
from domain.dunning.planned import Reason
from domain.dunning.scenario import Trigger
from tests.builders import TODAY, a_scenario, a_step, an_item
from tests.domain.playing import (
    OPTIONS,
    Play,
    a_situation,
    by_letter,
    messages,
    plan,
    reached,
    reasons,
)

SUNDAY = date(2026, 4, 12)
EASTER_MONDAY = date(2026, 4, 6)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "why", "until"),
    [
        (SUNDAY, "Sunday", date(2026, 4, 13)),
        (EASTER_MONDAY, "Lundi de Pâques", date(2026, 4, 7)),
        (date(2026, 4, 5), "Sunday", date(2026, 4, 7)),
        (date(2026, 7, 14), "Fête nationale", date(2026, 7, 15)),
    ],
)
def test_a_quiet_day_says_why_and_until_when(day: date, why: str, until: date) -> None:
    quiet = STARTING.quiet_day(day)

    assert quiet
    assert (quiet.why, quiet.until) == (why, until)


def test_a_year_has_eleven_holidays_and_thirteen_in_alsace_and_moselle() -> None:
    year = [date(2026, 1, 1) + n * DAY for n in range(365)]

    def count(alsace_moselle: bool) -> int:
        courtesy = Courtesy(spares_holidays=True, alsace_moselle=alsace_moselle)
        return sum(courtesy.quiet_day(day) is not None for day in year)

    assert (count(False), count(True)) == (11, 13)


def test_a_quiet_period_lasts_from_its_first_to_its_last_day() -> None:
    period = QuietPeriod(
        first_on=TODAY, last_on=TODAY + 4 * DAY, reason="Inventaire annuel"
    )
    courtesy = Courtesy(periods=(period,))

    assert courtesy.quiet_day(TODAY - DAY) is None
    assert courtesy.quiet_day(TODAY + 5 * DAY) is None
    quiet = courtesy.quiet_day(TODAY + 4 * DAY)
    assert quiet
    assert (quiet.why, quiet.until) == ("Inventaire annuel", TODAY + 5 * DAY)


def test_an_email_that_falls_on_a_sunday_is_proposed_on_monday() -> None:
    situation = a_situation(an_item(days_late=40), courtesy=STARTING)

    assert messages(plan(situation, today=SUNDAY)) == []
    assert reasons(plan(situation, today=SUNDAY)) == [Reason.QUIET_DAY]
    [left_out] = plan(situation, today=SUNDAY).left_out
    assert left_out.exclusions[0].until == SUNDAY + DAY
    assert messages(plan(situation, today=SUNDAY + DAY)) == [("R1", ["FA-001"])]


def test_a_letter_may_be_printed_on_a_sunday() -> None:
    situation = a_situation(
        an_item(days_late=40), courtesy=STARTING, email="", without_email=by_letter()
    )

    assert messages(plan(situation, today=SUNDAY)) == [("R1", ["FA-001"])]


def test_a_customer_is_contacted_no_more_often_than_the_cap_in_seven_days() -> None:
    contacts = (TODAY - 6 * DAY, TODAY - 2 * DAY, TODAY - 2 * DAY)
    capped = a_situation(an_item(days_late=40), courtesy=STARTING, contacts=contacts)

    assert reasons(plan(capped)) == [Reason.CONTACTED_OFTEN]
    assert plan(capped).left_out[0].exclusions[0].until == TODAY + DAY
    assert messages(plan(capped, today=TODAY + DAY)) == [("R1", ["FA-001"])]


def test_no_cap_asks_for_no_rest() -> None:
    everyday = tuple(TODAY - n * DAY for n in range(7))

    assert Courtesy(contacts_per_week=0).rested_on(everyday, TODAY) is None


@pytest.mark.parametrize(
    ("reminded_days_ago", "expected"),
    [
        ([], None),
        ([3], None),
        ([9], None),
        ([0, 12], 12),  # what is done today ends nothing before tomorrow
        ([12, 40], 12),
        ([2, 16], 14),  # still being caught up with
        ([1, 5, 9, 13, 16, 30], None),  # back for more than two weeks
    ],
)
def test_days_off_are_ten_days_without_a_reminder(
    reminded_days_ago: list[int], expected: int | None
) -> None:
    found = days_off([TODAY - n * DAY for n in reminded_days_ago], TODAY)

    assert (found.days if found else None) == expected


def test_catching_up_sends_one_message_and_the_next_after_the_gap() -> None:
    scenario = a_scenario(
        steps=tuple(
            a_step(level=n, delay_days=8, trigger=Trigger.PREVIOUS) for n in (1, 2, 3)
        )
    )
    situation = a_situation(
        an_item(reference="A", days_late=60),
        an_item(reference="B", days_late=30),
        with_email=scenario,
        positions={"A": reached(2, days_ago=20)},
        catching_up=True,
    )
    found = plan(situation)

    # R1 of B was due before R3 of A: what should have left first, first.
    assert messages(found) == [("R1", ["B"])]
    assert reasons(found, "A") == [Reason.CATCHING_UP]
    gap = timedelta(days=OPTIONS.days_between_contacts)
    assert found.left_out[0].exclusions[0].until == TODAY + gap
    after = replace(
        situation,
        positions={
            ItemId("A"): reached(2, days_ago=20),
            ItemId("B"): reached(1, days_ago=0),
        },
        last_contact_on=TODAY,
    )
    for n in range(1, OPTIONS.days_between_contacts):
        assert messages(plan(after, today=TODAY + n * DAY)) == []
    assert messages(plan(after, today=TODAY + gap)) == [("R3", ["A"])]


def test_the_days_between_contacts_hold_over_sundays_and_holidays() -> None:
    play = Play(a_situation(an_item(days_late=10, cents=90_00), courtesy=STARTING))
    play.work([TODAY + n * DAY for n in range(120)])

    days = [change.reached_on for change in play.reminders()]
    assert play.levels() == [1, 2, 3, 4]
    by_email = days[:3]
    assert all(STARTING.quiet_day(day) is None for day in by_email)
    assert all((b - a).days >= OPTIONS.days_between_contacts for a, b in pairwise(days))
    assert play.situation.open_items[0].left == Money(90_00)


def test_how_many_days_off_are_caught_up_with_is_the_firms_choice() -> None:
    reminded = [TODAY - 6 * DAY]

    assert days_off(reminded, TODAY) is None
    assert days_off(reminded, TODAY, 5) is not None
    assert days_off([TODAY - 40 * DAY], TODAY, 0) is None
