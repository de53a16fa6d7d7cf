"""Who must be reminded today, of what: told with days that go by."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.basics.money import Money
from domain.dunning.planned import Reason
from domain.dunning.position import Position
from domain.dunning.scenario import Channel, Reference
from tests.builders import TODAY, a_scenario, an_item
from tests.domain.playing import (
    OPTIONS,
    Play,
    a_situation,
    days_from,
    messages,
    plan,
    reached,
    reasons,
)

DAY = timedelta(days=1)
NO_GAP = replace(OPTIONS, days_between_contacts=0)
THANKING = replace(
    a_scenario(),
    steps=tuple(replace(step, is_active=True) for step in a_scenario().steps),
)


def test_an_untouched_item_is_noticed_then_reminded_to_the_end() -> None:
    play = Play(a_situation(an_item(days_late=-20)))

    play.work(days_from(TODAY, 100))

    told = [(c.kind, c.level) for c in play.history["FA-001"]]
    days = [(c.reached_on - TODAY).days for c in play.history["FA-001"]]

    assert [level for _, level in told] == [0, 1, 2, 3, 4]
    assert days == [12, 28, 36, 44, 52]


def test_a_laptop_asleep_for_ten_days_sends_one_message_then_waits() -> None:
    play = Play(a_situation(an_item(days_late=7)))

    play.work([TODAY, TODAY + 10 * DAY])

    assert play.levels() == [1]
    play.work(days_from(TODAY + 10 * DAY, 8))

    assert play.levels() == [1]
    play.work([TODAY + 18 * DAY])

    assert play.levels() == [1, 2]


def test_nothing_is_proposed_again_on_the_day_it_was_sent() -> None:
    play = Play(a_situation(an_item(days_late=90)), NO_GAP)

    play.work([TODAY, TODAY, TODAY])

    assert play.levels() == [1]


def test_what_was_not_sent_is_proposed_again_with_the_day_it_was_due() -> None:
    situation = a_situation(an_item(days_late=8))
    (first,) = plan(situation).messages
    (later,) = plan(situation, today=TODAY + 10 * DAY).messages

    assert first.step == later.step
    assert later.due_since == TODAY


def test_a_message_is_due_since_the_first_of_its_items_was() -> None:
    situation = a_situation(an_item(days_late=9), an_item(days_late=20, reference="B"))
    (message,) = plan(situation).messages

    assert message.due_since == TODAY - 12 * DAY


def test_each_message_takes_the_means_of_its_step() -> None:
    formal = {"FA-001": reached(3, days_ago=8)}
    situation = a_situation(an_item(days_late=90), positions=formal)
    (message,) = plan(situation).messages

    assert (message.step.code, message.channel) == ("R4", Channel.LETTER)


def test_an_item_not_due_yet_says_when_its_first_message_comes() -> None:
    found = plan(a_situation(an_item(days_late=-10)))
    (exclusion,) = found.left_out[0].exclusions

    assert (exclusion.reason, exclusion.until) == (
        Reason.NOT_DUE_YET,
        TODAY + 2 * DAY,
    )


def test_a_late_item_says_when_its_next_step_comes() -> None:
    found = plan(a_situation(an_item(days_late=3)))
    (exclusion,) = found.left_out[0].exclusions

    assert (exclusion.reason, exclusion.until) == (
        Reason.STEP_NOT_DUE,
        TODAY + 5 * DAY,
    )


def test_one_day_after_the_due_date_an_item_is_late() -> None:
    assert reasons(plan(a_situation(an_item(days_late=1)))) == [Reason.STEP_NOT_DUE]


def test_due_today_is_not_late_yet() -> None:
    assert reasons(plan(a_situation(an_item(days_late=0)))) == [Reason.NOT_DUE_YET]


@pytest.mark.parametrize("level", [4, 7])
def test_after_the_last_step_an_item_stays_visible_at_the_end(level: int) -> None:
    positions = {"FA-001": reached(level, days_ago=60)}
    found = plan(a_situation(an_item(days_late=90), positions=positions))

    assert (messages(found), reasons(found)) == ([], [Reason.END_OF_SCENARIO])
    assert (found.left_out[0].next_step, found.left_out[0].next_on) == (None, None)


def test_the_invoice_date_disables_the_notice() -> None:
    by_invoice = a_scenario(reference=Reference.INVOICE_DATE)
    item = an_item(days_late=-5)

    assert messages(plan(a_situation(item))) == [("P", ["FA-001"])]
    found = plan(a_situation(item, with_email=by_invoice))

    assert messages(found) == [("R1", ["FA-001"])]  # 25 days after the invoice


def test_a_notice_is_sent_only_while_the_item_is_not_due() -> None:
    play = Play(a_situation(an_item(days_late=-1)))

    play.work([TODAY + DAY])

    assert play.history == {}


def test_a_partial_payment_leaves_the_level_where_it_was() -> None:
    play = Play(a_situation(item := an_item(days_late=8)))
    play.work([TODAY])

    play.pay(item, Money(100_00), TODAY + DAY)
    (message,) = play.look(TODAY + 8 * DAY).messages

    assert (message.step.code, message.total) == ("R2", Money(20_00))


def test_a_paid_item_is_not_looked_at_any_more() -> None:
    play = Play(a_situation(item := an_item(days_late=8)))
    play.work([TODAY])

    play.pay(item, item.left, TODAY + DAY)
    found = play.look(TODAY + 30 * DAY)

    assert (found.messages, found.left_out) == ((), ())


def paid(days_ago: int = 3, level: int = 1, **others: object) -> Play:
    """Play a customer who paid a reminded item, thanked three days later."""
    play = Play(a_situation(item := an_item(**others), with_email=THANKING))  # type: ignore[arg-type]
    position = Position(level=level, reached_on=TODAY - 20 * DAY if level else None)
    play.situation = replace(play.situation, positions={item.id: position})
    play.pay(item, item.left, TODAY - days_ago * DAY)
    return play


def test_a_payment_after_a_reminder_is_thanked_for_some_days_later() -> None:
    assert messages(paid(days_ago=2).look(TODAY)) == []
    (message,) = paid(days_ago=5).look(TODAY).messages

    assert (message.step.code, message.due_since) == ("M", TODAY - 2 * DAY)
    assert message.total == Money(0)


def test_nobody_is_thanked_twice() -> None:
    play = paid()
    play.options = replace(OPTIONS, thank_everyone=True)

    play.work([TODAY, TODAY + 8 * DAY])

    assert [c.kind for c in play.history["FA-001"]] == ["thank_you"]


def test_payments_of_several_days_are_thanked_for_together_since_the_first() -> None:
    play = paid(days_ago=9)
    (item,) = play.situation.settled_items
    later = replace(item, settled_on=TODAY - 4 * DAY)
    play.situation = replace(play.situation, settled_items=(later, item))
    (message,) = play.look(TODAY).messages

    assert (len(message.items), message.due_since) == (2, TODAY - 6 * DAY)


def test_thanks_stay_due_for_a_month() -> None:
    assert messages(paid(days_ago=33).look(TODAY)) == [("M", ["FA-001"])]
    assert messages(paid(days_ago=34).look(TODAY)) == []


def test_an_item_never_reminded_is_thanked_for_only_by_choice() -> None:
    play = paid(level=0)

    assert messages(play.look(TODAY)) == []
    play.options = replace(OPTIONS, thank_everyone=True)

    assert messages(play.look(TODAY)) == [("M", ["FA-001"])]


def test_a_threshold_does_not_keep_back_thanks() -> None:
    play = paid()
    play.options = replace(OPTIONS, item_threshold=Money(50_00))

    assert messages(play.look(TODAY)) == [("M", ["FA-001"])]


def test_a_credit_used_up_is_not_thanked_for() -> None:
    assert messages(paid(cents=-50_00).look(TODAY)) == []


def test_an_item_whose_settlement_has_no_date_is_not_thanked_for() -> None:
    play = paid()
    (item,) = play.situation.settled_items
    undated = (replace(item, settled_on=None),)
    play.situation = replace(play.situation, settled_items=undated)

    assert messages(play.look(TODAY)) == []


@pytest.mark.parametrize(
    "others",
    [
        {"last_contact_on": TODAY - DAY},
        {"email_problem": "no_domain"},
        {"pending": {"FA-001": TODAY}},
    ],
)
def test_thanks_wait_as_any_message_does(others: dict[str, object]) -> None:
    play = paid()
    play.situation = replace(play.situation, **others)  # type: ignore[arg-type]

    assert messages(play.look(TODAY)) == []


def test_thanks_by_letter_do_not_need_an_address_without_doubt() -> None:
    play = paid()
    letters = tuple(replace(s, channel=Channel.LETTER) for s in THANKING.steps)
    scenario = replace(THANKING, steps=letters)
    play.situation = replace(
        play.situation, with_email=scenario, email_problem="no_domain"
    )

    assert messages(play.look(TODAY)) == [("M", ["FA-001"])]


def test_payments_in_two_currencies_are_thanked_for_apart() -> None:
    play = paid()
    (item,) = play.situation.settled_items
    dollars = replace(item, invoiced=Money(9_00, "USD"), settled=Money(9_00, "USD"))
    play.situation = replace(play.situation, settled_items=(item, dollars))

    totals = [message.total for message in play.look(TODAY).messages]

    assert totals == [Money(0), Money(0, "USD")]


def test_a_customer_without_scenario_is_not_thanked() -> None:
    play = paid()
    play.situation = replace(play.situation, with_email=None)

    assert messages(play.look(TODAY)) == []
