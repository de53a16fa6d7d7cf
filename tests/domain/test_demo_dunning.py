from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from domain.basics.identifiers import CustomerId
from domain.dunning.planned import Reason
from domain.dunning.position import position_from
from domain.dunning.scenario import Channel, StepKind
from tests.domain.demo_reading import (
    A_WEEK,
    TODAY,
    entities,
    items,
    levels_of,
    open_items,
    plans,
)


def test_promises_are_kept_to_come_and_broken() -> None:
    still_open = {item.id for item in open_items()}
    promises = [promise for entity in entities() for promise in entity.promises]
    passed = [p for p in promises if not p.is_to_come(TODAY)]
    assert {p.item_id in still_open for p in passed} == {True, False}
    assert max(Counter(p.customer_id for p in promises).values()) == 3


def test_disputes_are_about_an_item_or_an_account_and_one_is_closed() -> None:
    disputes = [dispute for entity in entities() for dispute in entity.disputes]
    current = [d for d in disputes if d.is_open_on(TODAY)]
    assert {d.item_id is None for d in current} == {True, False}
    assert len(disputes) == len(current) + 1


def test_stops_are_about_an_item_or_an_account_for_a_time_or_lifted() -> None:
    holds = [hold for entity in entities() for hold in entity.holds]
    current = [h for h in holds if h.holds_on(TODAY)]
    assert {(h.item_id is None, h.ends_on is None) for h in current} == {
        (True, True),
        (False, True),
        (True, False),
    }
    assert len(holds) == len(current) + 1


def test_there_are_notes() -> None:
    assert all(entity.notes for entity in entities())


def test_reminders_of_an_item_climb_one_level_at_a_time_and_keep_their_distance() -> (
    None
):
    due_on = {item.id: item.due_on for item in items()}
    for entity in entities():
        for item_id, past in levels_of(entity).items():
            due = due_on[item_id]
            assert due is not None
            reminders = [c for c in past if c.kind is StepKind.REMINDER]
            assert [c.level for c in reminders] == list(range(1, len(reminders) + 1))
            days = [due, *(c.reached_on for c in reminders)]
            for before, after in pairwise(days):
                assert (after - before).days >= 8


def test_advance_notices_came_before_the_due_date() -> None:
    for entity in entities():
        for reminder in entity.past_reminders:
            if reminder.kind is StepKind.ADVANCE_NOTICE:
                for item in reminder.items:
                    assert item.due_on
                    assert 0 < (item.due_on - reminder.sent_on).days <= 8


def test_nobody_was_written_to_twice_within_the_gap() -> None:
    for entity in entities():
        days: dict[CustomerId, set[date]] = defaultdict(set)
        for reminder in entity.past_reminders:
            days[reminder.customer_id].add(reminder.sent_on)
        for contacted in days.values():
            for before, after in pairwise(sorted(contacted)):
                assert (after - before).days >= 5


def test_reminders_were_sent_on_working_days_by_every_means() -> None:
    reminders = [r for entity in entities() for r in entity.past_reminders]
    assert all(reminder.sent_on.weekday() < 5 for reminder in reminders)
    means = {reminder.channel for reminder in reminders}
    assert means == {Channel.EMAIL, Channel.LETTER, Channel.PHONE}


def test_open_items_stand_at_every_level() -> None:
    reached = {
        item_id: position_from(past).level
        for entity in entities()
        for item_id, past in levels_of(entity).items()
    }
    assert {reached.get(item.id, 0) for item in open_items()} == {0, 1, 2, 3, 4}


@pytest.mark.parametrize("today", [*A_WEEK, date(2028, 2, 29)])
def test_whenever_it_is_shown_every_bucket_has_something_to_do(today: date) -> None:
    due = {
        (message.scenario.with_email, message.step.code, message.channel)
        for plan in plans(today)
        for message in plan.messages
    }
    by_email = [(True, code, Channel.EMAIL) for code in ("P", "R1", "R2")]
    by_letter = [(False, code, Channel.LETTER) for code in ("P", "R1", "R2", "R4")]
    by_phone = [(with_email, "R3", Channel.PHONE) for with_email in (True, False)]
    assert due == {*by_email, (True, "R4", Channel.LETTER), *by_letter, *by_phone}


def test_the_engine_has_a_reason_of_every_kind_to_leave_items_out() -> None:
    reasons = {
        exclusion.reason
        for plan in plans()
        for left_out in plan.left_out
        for exclusion in left_out.exclusions
    }
    assert reasons >= {
        Reason.CUSTOMER_HOLD,
        Reason.ITEM_HOLD,
        Reason.COUNTER_SALE,
        Reason.AUTOMATIC_PAYMENT,
        Reason.DISPUTE,
        Reason.PROMISE_TO_COME,
        Reason.INSOLVENCY,
        Reason.EMAIL_TO_CHECK,
        Reason.NOT_DUE_YET,
        Reason.STEP_NOT_DUE,
        Reason.END_OF_SCENARIO,
        Reason.CREDIT_UNUSED,
    }


def test_a_broken_promise_brings_its_item_back() -> None:
    assert any(m.promise_broken for plan in plans() for m in plan.messages)
